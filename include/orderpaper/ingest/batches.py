"""The batches of a realm: folders of this machine and, if records are in a bucket, those that other machines made.

If `ORDERPAPER_RECORDS` names a bucket, a batch is copied there when it is made, its checksums last: a batch that has
them is whole. A machine copies the batches that it reads, and keeps them under the same names as those that it made.
"""

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

from orderpaper.config import Paths
from orderpaper.ingest import checksums
from orderpaper.storage import Entry, Store


def folders(paths: Paths, source: str = "*") -> list[Path]:
    """Return the folders of all batches, or of those of a source; one in the bucket only is not there yet."""
    if paths.records_url is None:
        # A name that begins with a dot is a batch that is being written or that a killed worker left unfinished.
        return sorted(paths.records.glob(f"{source}/[!.]*"))
    found = [paths.records / entry.name.rpartition("/")[0] for entry in _shared(Store(paths.records_url))]
    return sorted(folder for folder in found if source in ("*", folder.parent.name))


def arrived_at(paths: Paths) -> Iterator[dt.datetime]:
    """Yield when each batch was made."""
    if paths.records_url is None:
        for folder in folders(paths):
            yield dt.datetime.fromtimestamp(folder.stat().st_mtime, dt.UTC)
    else:
        yield from (entry.written_at for entry in _shared(Store(paths.records_url)))


def bring(paths: Paths, folder: Path) -> Path:
    """Copy a batch to this machine, if it is in the bucket only; return its folder."""
    if paths.records_url is None or folder.exists():
        return folder
    store = Store(paths.records_url)
    name = _name(paths, folder)
    if store.size(f"{name}/{checksums.NAME}") is None:
        return folder
    unfinished = folder.with_name(f".{folder.name}")
    shutil.rmtree(unfinished, ignore_errors=True)
    for entry in store.entries(name):
        store.copy(entry.name, unfinished / entry.name.rpartition("/")[2])
    unfinished.rename(folder)
    return folder


def is_whole(paths: Paths, folder: Path) -> bool:
    """Return whether a batch exists and is as it was written; share it, if a killed worker did not."""
    if not checksums.is_sound(bring(paths, folder)):
        return False
    if paths.records_url and Store(paths.records_url).size(f"{_name(paths, folder)}/{checksums.NAME}") is None:
        share(paths, folder)
    return True


def share(paths: Paths, folder: Path) -> None:
    """Copy a batch of this machine to the bucket, in place of a damaged one if there is one."""
    if paths.records_url is None:
        return
    store = Store(paths.records_url)
    name = _name(paths, folder)
    store.remove(f"{name}/{checksums.NAME}")
    for file in sorted(folder.glob("*.parquet")):
        store.upload(file, f"{name}/{file.name}")
    store.upload(folder / checksums.NAME, f"{name}/{checksums.NAME}")
    store.await_listed(f"{name}/{checksums.NAME}")


def remove(paths: Paths, folder: Path) -> None:
    """Remove a batch, here and where it is shared."""
    if paths.records_url is not None:
        store = Store(paths.records_url)
        name = _name(paths, folder)
        store.remove(f"{name}/{checksums.NAME}")  # first, so that what is left is no batch
        for entry in store.entries(name):
            store.remove(entry.name)
    if folder.exists():
        shutil.rmtree(folder)


def _shared(store: Store) -> list[Entry]:
    """Return the checksums of each batch that is whole."""
    return [entry for entry in store.entries("") if entry.name.endswith(f"/{checksums.NAME}")]


def _name(paths: Paths, folder: Path) -> str:
    return folder.relative_to(paths.records).as_posix()
