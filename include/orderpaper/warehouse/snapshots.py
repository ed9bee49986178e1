"""The published snapshots of a realm: list them, find the one that readers see, go back to an earlier one.

A snapshot never changes. Its file is read-only, and the publications log has its hash, because permissions do not stop
an administrator. A client that has a snapshot open for writing keeps others from opening it, but not from copying it.

The publications log says which snapshot was published when. A line is written before the symlink is moved, so a process
that is killed between the two leaves one line too many, never one too few. Readers see the target of the symlink.
"""

import datetime as dt
import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import msgspec

from orderpaper.config import DATABASE_NAME, Paths
from orderpaper.errors import ConfigError, OrderPaperError
from orderpaper.storage import sync
from orderpaper.warehouse.content import count_rows

SNAPSHOTS_KEPT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A line of the log: a snapshot was published."""

    published_at: dt.datetime
    snapshot_id: str
    run_id: str | None
    """The run that published it; None if a person chose it with `make rollback`."""
    sha256: str | None = None
    """The hash of its database; None in lines of older versions."""
    byte_count: int | None = None
    """The size of its database; None in lines of older versions."""
    replaced_id: str | None = None
    """The snapshot that readers saw before. It is not written; it follows from the line before."""

    @property
    def kind(self) -> str:
        """Return `publication` if a run published it; `rollback` or `roll_forward` if a person chose it.

        An id begins with its time, so a lower one is older.
        """
        if self.run_id is not None:
            return "publication"
        return "rollback" if self.snapshot_id < (self.replaced_id or "") else "roll_forward"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A snapshot on disk."""

    snapshot_id: str
    run_id: str
    published_at: dt.datetime
    """The time at which its run published it."""
    row_count: int
    """The number of rows of all its marts."""
    byte_count: int
    is_current: bool
    """Whether readers of its realm see it."""
    damage: str | None = None
    """How it differs from what was published, if it does."""


def list_snapshots(paths: Paths) -> list[Snapshot]:
    """Return every snapshot of the realm, the oldest first; open each read-only."""
    current = current_id(paths)
    return [_read(paths, name, is_current=name == current) for name in sorted(kept_ids(paths))]


def rollback(paths: Paths, snapshot_id: str | None = None) -> str:
    """Let readers see the previous snapshot again, or the one named; return its id.

    The previous snapshot is what readers saw before. A snapshot that was rolled back from is never chosen.

    Raises:
        ConfigError: there is no snapshot of that id.
        OrderPaperError: nothing is published, nothing older is kept, or the snapshot is not as it was published.
    """
    with alone(paths):
        current, present = current_id(paths), kept_ids(paths)
        if current is None:
            raise OrderPaperError(f"Nothing is published in {paths.root}, so there is nothing to go back from.")
        if snapshot_id is None:
            earlier = _seen_before(paths, current)
            if not earlier:
                raise OrderPaperError(
                    f"There is no older snapshot than {current} to go back to; of each realm the last {SNAPSHOTS_KEPT}"
                    f" are kept."
                )
            snapshot_id = earlier[-1]
        elif snapshot_id not in present:
            raise ConfigError(f"There is no snapshot {snapshot_id!r}; there are {', '.join(sorted(present))}.")
        if snapshot_id != current:
            check(paths, snapshot_id)
            put_in_force(paths, snapshot_id, run_id=None)
        return snapshot_id


def current_id(paths: Paths) -> str | None:
    """Return the id of the snapshot that readers of the realm see; None before anything is published."""
    return paths.current.readlink().name if paths.current.is_symlink() else None


@contextmanager
def alone(paths: Paths) -> Iterator[None]:
    """Hold the lock under which a process may move the realm's symlink or remove its snapshots."""
    paths.root.mkdir(parents=True, exist_ok=True)
    with _log_path(paths).open("ab") as log:
        fcntl.flock(log, fcntl.LOCK_EX)
        yield


def check(paths: Paths, snapshot_id: str) -> None:
    """Check that a snapshot is as it was published.

    Raises:
        OrderPaperError: it has changed since.
    """
    if damage := _compare(paths, snapshot_id)[1]:
        raise OrderPaperError(
            f"The snapshot {paths.snapshots / snapshot_id} has changed since it was published ({damage}), so it is not"
            " put in force; choose another one from `make snapshots`, or run the pipeline again."
        )


def put_in_force(paths: Paths, snapshot_id: str, run_id: str | None) -> None:
    """Add a line to the log, then point `current` at the snapshot. The caller must be `alone`."""
    sha256, _ = _compare(paths, snapshot_id)
    database = paths.snapshots / snapshot_id / DATABASE_NAME
    publication = Publication(
        published_at=dt.datetime.now(dt.UTC),
        snapshot_id=snapshot_id,
        run_id=run_id,
        sha256=sha256,
        byte_count=database.stat().st_size if database.exists() else None,
    )
    with _log_path(paths).open("ab") as log:
        log.write(b"\n" + msgspec.json.encode(publication))  # the line end comes first, to end a torn line
        log.flush()
        os.fsync(log.fileno())
    link(paths.current, (paths.snapshots / snapshot_id).relative_to(paths.root))


def link(symlink: Path, target: Path) -> None:
    """Point the symlink at `target`, relative to its folder, in one step."""
    symlink.parent.mkdir(parents=True, exist_ok=True)
    temporary = symlink.with_name(f".{symlink.name}.new")
    temporary.unlink(missing_ok=True)
    temporary.symlink_to(target)
    temporary.replace(symlink)
    sync(symlink.parent)


def prune(paths: Paths) -> None:
    """Remove all but the snapshots that were published last. The caller must be `alone`."""
    present = kept_ids(paths)
    in_force = dict.fromkeys(reversed([publication.snapshot_id for publication in publications(paths)]))
    latest = [name for name in in_force if name in present] + sorted(present - in_force.keys(), reverse=True)
    for name in latest[SNAPSHOTS_KEPT:]:
        if name != current_id(paths):
            shutil.rmtree(paths.snapshots / name)


def publications(paths: Paths) -> list[Publication]:
    """Return the log, the oldest line first, without lines that a full disk tore."""
    if not _log_path(paths).exists():
        return []
    found = []
    for line in _log_path(paths).read_bytes().splitlines():
        try:
            found.append(msgspec.json.decode(line, type=Publication))
        except msgspec.DecodeError:
            continue
    before = [None, *(publication.snapshot_id for publication in found)]
    return [replace(publication, replaced_id=replaced) for publication, replaced in zip(found, before, strict=False)]


def chosen(paths: Paths) -> list[Publication]:
    """Return the publications that a person made by `make rollback`, the newest first."""
    return [publication for publication in reversed(publications(paths)) if publication.run_id is None]


def _seen_before(paths: Paths, current: str) -> list[str]:
    """Return the kept snapshots that readers saw before the current one, the oldest first.

    The log is read as a stack. A new snapshot goes on top; one that is in the stack already removes all above it.
    Snapshots older than the log are at the bottom, in the order of their ids, which begin with their time.
    """
    log, present = publications(paths), kept_ids(paths)
    stack = sorted(name for name in present if not log or name < log[0].snapshot_id)
    for publication in log:
        if publication.snapshot_id in stack:
            del stack[stack.index(publication.snapshot_id) + 1 :]
        else:
            stack.append(publication.snapshot_id)
    if current in stack:
        del stack[stack.index(current) :]
    return [name for name in stack if name in present]


def _log_path(paths: Paths) -> Path:
    return paths.root / "publications.jsonl"


def kept_ids(paths: Paths) -> set[str]:
    """Return the ids of the snapshots on disk."""
    # A snapshot whose name begins with a dot is being written, or was left unfinished by a killed process.
    return {folder.name for folder in paths.snapshots.glob("[!.]*")}


def _compare(paths: Paths, snapshot_id: str) -> tuple[str | None, str | None]:
    """Return the hash of a snapshot's database, and how the snapshot differs from what was published, if it does."""
    folder = paths.snapshots / snapshot_id
    database = folder / DATABASE_NAME
    stated = [line.sha256 for line in publications(paths) if line.snapshot_id == snapshot_id and line.sha256]
    sha256 = None
    if database.exists():
        with database.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    if stated and sha256 != stated[-1]:
        return sha256, f"{DATABASE_NAME} is another file" if sha256 else f"{DATABASE_NAME} is missing"
    others = sorted(path.name for path in folder.iterdir() if path != database)
    return sha256, f"{others[0]} is new" if others else None


@contextmanager
def opened(database: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the database of a snapshot read-only, or a copy of it if a client has it open for writing.

    Raises:
        OrderPaperError: it is not a database that can be read.
    """
    with tempfile.TemporaryDirectory() as folder:
        try:
            try:
                connection = duckdb.connect(database, read_only=True)
            except duckdb.IOException:
                copy = shutil.copyfile(database, Path(folder) / DATABASE_NAME)
                connection = duckdb.connect(copy, read_only=True)
        except (duckdb.Error, OSError) as error:
            raise OrderPaperError(f"The snapshot {database} cannot be read: {str(error).splitlines()[0]}") from error
        with connection:
            yield connection


def _read(paths: Paths, snapshot_id: str, *, is_current: bool) -> Snapshot:
    database = paths.snapshots / snapshot_id / DATABASE_NAME
    with opened(database) as connection:
        published = connection.execute(
            "SELECT run_id, finished_at FROM ops.fct_run WHERE snapshot_id = ?", [snapshot_id]
        ).fetchone()
        counts = count_rows(connection, "marts")
    run_id, published_at = published or ("", dt.datetime.fromtimestamp(database.stat().st_mtime, dt.UTC))
    return Snapshot(
        snapshot_id=snapshot_id,
        run_id=run_id,
        published_at=published_at.astimezone(dt.UTC),
        row_count=sum(counts.values()),
        byte_count=database.stat().st_size,
        is_current=is_current,
        damage=_compare(paths, snapshot_id)[1],
    )
