"""Copies of what is published for readers elsewhere: snapshots and exports in a bucket.

If `ORDERPAPER_PUBLISH` names a bucket or a folder, the snapshot that readers of this machine see is copied there, and
`current.json` names it. That object is written last and at once, so a reader of it finds a whole snapshot. A snapshot
never changes, and one that was replaced stays as long as it does here, so that its readers can finish.
"""

import logging
import tempfile
from collections.abc import Callable
from pathlib import Path

import msgspec

from orderpaper.config import DATABASE_NAME, Paths
from orderpaper.storage import Store
from orderpaper.warehouse.snapshots import SNAPSHOTS_KEPT, current_id, publications

_log = logging.getLogger(__name__)

POINTER = "current.json"
_LAST = "datapackage.json"


class Current(msgspec.Struct, frozen=True, kw_only=True):
    """The content of `current.json`: which snapshot is in force."""

    snapshot_id: str
    url: str
    """Where its database is."""
    sha256: str | None


def follow(paths: Paths) -> None:
    """Show readers elsewhere the snapshot that readers of this machine see. The caller must be `alone`.

    Raises:
        OrderPaperError: the storage refuses. Readers elsewhere see what they saw before. Calling this again is safe.
    """
    snapshot_id = current_id(paths)
    if paths.published is None or snapshot_id is None:
        return
    store = Store(paths.published)
    database = paths.snapshots / snapshot_id / DATABASE_NAME
    name = f"snapshots/{snapshot_id}/{DATABASE_NAME}"
    if store.size(name) != database.stat().st_size:
        _log.info("Copying the snapshot %s to %s.", snapshot_id, store.location)
        store.upload(database, name)
    stated = [line.sha256 for line in publications(paths) if line.snapshot_id == snapshot_id]
    current = Current(snapshot_id=snapshot_id, url=store.where(name), sha256=stated[-1] if stated else None)
    store.write(POINTER, msgspec.json.encode(current))
    present = sorted({entry.name.split("/")[1] for entry in store.entries("snapshots")} - {snapshot_id})
    for old in present[: -(SNAPSHOTS_KEPT - 1)]:
        for entry in store.entries(f"snapshots/{old}"):
            store.remove(entry.name)


def export(write: Callable[[Path], Path], folder: str) -> str:
    """Let `write` make an export in a folder, or in a bucket by way of a temporary folder; return where it is.

    In a bucket, what describes the others is written last, so an export that has it is whole.
    """
    if "://" not in folder:
        return str(write(Path(folder)))
    store = Store(folder.rstrip("/"))
    with tempfile.TemporaryDirectory() as temporary:
        made = write(Path(temporary))
        files = [made] if made.is_file() else [path for path in made.rglob("*") if path.is_file()]
        for file in sorted(files, key=lambda path: (path.name == _LAST, path)):
            store.upload(file, file.relative_to(made.parent).as_posix())
        return store.where(made.name)
