"""Publish an audited build as a new snapshot, to which readers move in one step.

A snapshot is a folder that is written under a hidden name and renamed when it is complete. `current` is a symlink that
is replaced in one step (see `snapshots`). Readers that have the previous snapshot open can finish. All links are
relative, so that `$ORDERPAPER_HOME` can be moved.
"""

import datetime as dt
import fcntl
import logging
import os
import shutil
from pathlib import Path
from typing import BinaryIO

import duckdb

from orderpaper.config import DATABASE_NAME, Paths, memory_limit
from orderpaper.errors import AuditError, OrderPaperError
from orderpaper.storage import sync
from orderpaper.warehouse import about, news, ops, search, shared
from orderpaper.warehouse.audit_report import AuditReport, read_report
from orderpaper.warehouse.content import content_hash, file_version, quote, row_counts
from orderpaper.warehouse.load import build_connection
from orderpaper.warehouse.snapshots import (
    Publication,
    alone,
    check,
    current_id,
    link,
    prune,
    publications,
    put_in_force,
)
from orderpaper.warehouse.views import free_views

__all__ = ["content_hash", "publish", "row_counts"]

_log = logging.getLogger(__name__)

_FICLONE = 0x40049409
"""Linux's request to share the blocks of another file."""
_AT_ONCE = 16 * 2**20


def publish(paths: Paths, run_id: str) -> Path:
    """Publish the build that passed the run's audit; return the database of the snapshot.

    Publishing the same audit again publishes the same snapshot. If the process is killed, the previous snapshot stays
    published, and the next publication removes the remains.

    Raises:
        AuditError: the run was not audited, its audit failed, or the build has changed since.
        OrderPaperError: the snapshot could not be written.
    """
    report = _passed(paths, run_id)
    snapshot_id = f"{report.audited_at:%Y%m%dT%H%M%SZ}-{report.build_version[:8]}"
    snapshot = paths.snapshots / snapshot_id
    with alone(paths):
        try:
            _remove_leftovers(paths)
            if snapshot.exists():
                _log.info("The snapshot %s exists already; its hash is checked.", snapshot_id)
                check(paths, snapshot_id)
            else:
                _write(paths, report, snapshot)
            if current_id(paths) != snapshot_id:
                put_in_force(paths, snapshot_id, run_id)
                _log.info("Readers now see %s.", snapshot_id)
            link(paths.warehouse, Path(os.path.relpath(paths.current / DATABASE_NAME, paths.warehouse.parent)))
            prune(paths)
            shared.follow(paths)
        except (OSError, duckdb.Error) as error:
            _remove_leftovers(paths)
            raise OrderPaperError(f"The snapshot {snapshot} could not be published: {error}") from error
        with build_connection(paths.build_database) as connection:
            ops.finish_run(connection, run_id, "published", snapshot_id)
        news.note_published(paths)
    return snapshot / DATABASE_NAME


def _passed(paths: Paths, run_id: str) -> AuditReport:
    report = read_report(paths, run_id)
    if report is None:
        raise AuditError(f"Run {run_id} was not audited, so it is not published; run the audit first.")
    report.raise_for_stops()
    return report


def _write(paths: Paths, report: AuditReport, snapshot: Path) -> None:
    """Write the folder of the snapshot; rename it when it is complete, on disk and read-only."""
    folder = snapshot.with_name(f".{snapshot.name}")
    folder.mkdir(parents=True)
    database = folder / DATABASE_NAME
    _log.info("Copying the audited marts into the snapshot %s.", snapshot.name)
    _copy(paths, report, database)
    this = Publication(
        published_at=dt.datetime.now(dt.UTC),
        snapshot_id=snapshot.name,
        run_id=report.run_id,
        replaced_id=current_id(paths),
    )
    with duckdb.connect(database) as copy:
        copy.execute(f"SET memory_limit = {quote(memory_limit())}")
        ops.record_publications(copy, [*publications(paths), this])
        ops.finish_run(copy, report.run_id, "published", snapshot.name)
        if "statements" in free_views(copy):
            search.create_macro(copy)
        about.fill(copy, snapshot.name, paths.realm)
        copy.execute("CHECKPOINT")
    if (leftover := database.with_name(f"{DATABASE_NAME}.wal")).exists():
        raise OrderPaperError(f"{leftover} was left behind: the snapshot is not complete.")
    database.chmod(0o444)
    sync(database)
    sync(folder)
    folder.rename(snapshot)
    sync(snapshot.parent)


def _copy(paths: Paths, report: AuditReport, database: Path) -> None:
    """Copy the file of the build database, which must be as it was audited.

    The connection keeps other writers out. The file stays open until the connection is closed, because closing a file
    would end the lock that the same process has on it.
    """
    source = paths.build_database
    with source.open("rb") as file, build_connection(source):
        if source.with_name(f"{source.name}.wal").exists() or file_version(file) != report.build_version:
            raise AuditError(f"The build database has changed since the audit of run {report.run_id}; audit it again.")
        file.seek(0)
        with database.open("wb") as copy:
            _clone(file, copy)


def _clone(source: BinaryIO, target: BinaryIO) -> None:
    """Copy a file: in one step where the file system can share its blocks (Btrfs, XFS), otherwise its bytes."""
    try:
        fcntl.ioctl(target, _FICLONE, source.fileno())
    except OSError:
        shutil.copyfileobj(source, target, _AT_ONCE)


def _remove_leftovers(paths: Paths) -> None:
    """Remove the unfinished snapshots of failed or killed publications."""
    paths.snapshots.mkdir(parents=True, exist_ok=True)
    for folder in paths.snapshots.glob(".*"):
        shutil.rmtree(folder)
