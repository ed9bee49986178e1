"""Land the files of a folder."""

import datetime as dt
import mimetypes
import os
from pathlib import Path

from orderpaper.landing import DocumentRef, Held, Landing


def fetch(folder: Path, landing: Landing) -> tuple[list[DocumentRef], int]:
    """Land every file of `folder`, at any depth; return what there is and how many documents were new.

    A file whose size and modification time have not changed is not read again. Files and folders whose names begin
    with a dot belong to the operating system and are ignored, and so are links that lead out of the folder. A file that
    is removed later stays in the landing zone.

    Raises:
        OrderPaperError: a file cannot be read or cannot be landed.
    """
    documents, new_count = [], 0
    root = folder.resolve()
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        # A name may not be UTF-8. Other bytes are written as \x and their number.
        name = os.fsencode(path.relative_to(folder)).decode("utf-8", "backslashreplace")
        if any(part.startswith(".") for part in name.split("/")) or not path.is_file():
            continue
        if not path.resolve().is_relative_to(root):
            continue
        stat = path.stat()
        state = f"{stat.st_size}:{stat.st_mtime_ns}"
        held = landing.held("inbox", name)
        if held is None or held.state != state:
            document_id, is_new = landing.put_file(path)
            new_count += is_new
            fetched_at = held.fetched_at if held and held.document_id == document_id else dt.datetime.now(dt.UTC)
            held = Held(
                url=name,
                document_id=document_id,
                media_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
                fetched_at=fetched_at,
                state=state,
            )
            landing.hold("inbox", held)
        documents.append(
            DocumentRef(
                document_id=held.document_id,
                kind="file",
                url=name,
                media_type=held.media_type,
                fetched_at=held.fetched_at,
            )
        )
    return documents, new_count
