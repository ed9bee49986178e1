"""Packs: the bodies of the documents of one fetch in one immutable Parquet file.

A pack is named by the hash of its bytes and appears at once. It has a row for each document that the fetch found: where
it came from, when, and its body. What came back the same as before has no body, and refers to the earlier one by its
hash. Rows are in the order in which documents are parsed, in groups that fit in memory, so a parse reads packs as a
stream.

`.index.sqlite` says in which pack and group a body is. It is made from the packs, and can be deleted.
"""

import contextlib
import datetime as dt
import hashlib
import logging
import os
import sqlite3
import threading
import uuid
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

_log = logging.getLogger(__name__)

LARGEST_BODY = 4_000_000
"""A larger body stays a file of its own, so that a group of rows is never much larger."""
ROWS_IN_A_GROUP = 100
GROUPS_IN_MEMORY = 4
_WAIT_SECONDS = 60
_DAMAGED = (OSError, ValueError)
"""The errors that pyarrow raises for a file that is not Parquet, or whose pages are damaged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedDocument:
    """A row of a pack."""

    document_id: str
    url: str
    kind: str
    media_type: str
    fetched_at: dt.datetime
    """When the site first gave this body at this address."""
    etag: str | None
    last_modified: str | None
    byte_count: int | None
    """The size of the body; None if an earlier row or pack has it."""
    body: bytes | None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a body is."""

    pack: str
    group: int
    byte_count: int


class Packs:
    """The packs of a landing zone. Any number of processes may read and add packs."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = threading.RLock()
        self._index: sqlite3.Connection | None = None
        self._listed: dict[Path, int] = {}
        """The folders that were listed, with their times of modification."""
        self._groups: OrderedDict[tuple[str, int], dict[str, bytes]] = OrderedDict()

    def read(self, document_id: str) -> bytes | None:
        """Return the body of a document, or None if no pack has it undamaged."""
        with self._lock:
            for place in self._places(document_id):
                body = self._group(place).get(document_id)
                if body is not None and hashlib.sha256(body).hexdigest() == document_id:
                    return body
        return None

    def size(self, document_id: str) -> int | None:
        """Return the size of a document's body, or None if no pack has it."""
        with self._lock:
            return next((place.byte_count for place in self._places(document_id)), None)

    def add(self, source: str, documents: Iterable[PackedDocument]) -> None:
        """Write a pack of these documents."""
        import pyarrow as pa  # noqa: PLC0415  # most commands read no pack
        import pyarrow.parquet as pq  # noqa: PLC0415

        schema = pa.schema(
            [
                ("document_id", pa.string()),
                ("url", pa.string()),
                ("kind", pa.string()),
                ("media_type", pa.string()),
                ("fetched_at", pa.timestamp("us", tz="UTC")),
                ("etag", pa.string()),
                ("last_modified", pa.string()),
                ("byte_count", pa.int64()),
                ("body", pa.binary()),
            ]
        )
        folder = self._root / source
        folder.mkdir(parents=True, exist_ok=True)
        temporary = folder / f".tmp-{uuid.uuid4().hex}"
        try:
            with pq.ParquetWriter(
                temporary, schema, compression="zstd", use_dictionary=["kind", "media_type"], write_statistics=False
            ) as writer:
                for rows in _groups(documents):
                    writer.write_table(pa.Table.from_pylist([asdict(row) for row in rows], schema=schema))
            self._store(temporary, folder)
        finally:
            temporary.unlink(missing_ok=True)
        self._listed = {}

    def _store(self, temporary: Path, folder: Path) -> None:
        """Give a pack that is written its name, once it is on disk."""
        with temporary.open("rb") as file:
            name = f"{hashlib.file_digest(file, 'sha256').hexdigest()[:32]}.parquet"
            os.fsync(file.fileno())
        temporary.replace(folder / name)
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def _places(self, document_id: str) -> list[_Place]:
        """Return where the body of a document is, in the pack that was found last first."""
        index = self._current_index()
        if index is None:
            return []
        rows = index.execute(
            "SELECT name, row_group, byte_count FROM body INNER JOIN pack ON pack.number = body.pack"
            " WHERE document_id = ? ORDER BY pack DESC",
            [document_id],
        )
        return [_Place(*row) for row in rows.fetchall()]

    def _group(self, place: _Place) -> dict[str, bytes]:
        """Return the bodies of a group of rows by their ids; none if the pack is damaged."""
        key = (place.pack, place.group)
        if key not in self._groups:
            self._groups[key] = self._read_group(self._root / place.pack, place.group)
            if len(self._groups) > GROUPS_IN_MEMORY:
                self._groups.popitem(last=False)
        self._groups.move_to_end(key)
        return self._groups[key]

    @staticmethod
    def _read_group(path: Path, group: int) -> dict[str, bytes]:
        import pyarrow.parquet as pq  # noqa: PLC0415

        try:
            with pq.ParquetFile(path) as pack:
                columns = pack.read_row_group(group, columns=["document_id", "body"], use_threads=False).to_pydict()
        except _DAMAGED as error:
            _log.warning("The pack %s is damaged: %s", path, error)
            return {}
        pairs = zip(columns["document_id"], columns["body"], strict=True)
        return {document_id: body for document_id, body in pairs if body is not None}

    def _current_index(self) -> sqlite3.Connection | None:
        """Return the index of all packs that there are now, or None if there are none."""
        folders = {path: path.stat().st_mtime_ns for path in self._root.glob("[!.]*/")}
        if folders != self._listed:
            names = sorted(f"{path.parent.name}/{path.name}" for path in self._root.glob("[!.]*/[!.]*.parquet"))
            try:
                self._index = self._index or self._opened(self._root / ".index.sqlite")
                self._enter(self._index, names)
            except sqlite3.Error as error:
                # It is damaged, or the folder cannot be written. What is asked for is found all the same.
                _log.warning("The index of the packs in %s is made again: %s", self._root, error)
                with contextlib.suppress(OSError):
                    (self._root / ".index.sqlite").unlink(missing_ok=True)
                self._index = self._opened(":memory:")
                self._enter(self._index, names)
            self._listed = folders
        return self._index if folders else None

    @staticmethod
    def _opened(path: Path | str) -> sqlite3.Connection:
        index = sqlite3.connect(path, timeout=_WAIT_SECONDS, check_same_thread=False, isolation_level=None)
        index.executescript(
            """
            CREATE TABLE IF NOT EXISTS pack (number INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL);
            CREATE TABLE IF NOT EXISTS body (
                document_id TEXT, pack INTEGER, row_group INTEGER, byte_count INTEGER, PRIMARY KEY (document_id, pack)
            ) WITHOUT ROWID;
            """
        )
        return index

    def _enter(self, index: sqlite3.Connection, names: list[str]) -> None:
        """Make the index that of the packs of these names."""
        known = {name for (name,) in index.execute("SELECT name FROM pack")}
        for name in known.difference(names):
            index.execute("DELETE FROM body WHERE pack = (SELECT number FROM pack WHERE name = ?)", [name])
            index.execute("DELETE FROM pack WHERE name = ?", [name])
        for name in names:
            if name not in known:
                rows = list(_bodies(self._root / name))
                index.execute("BEGIN IMMEDIATE")
                index.execute("INSERT OR IGNORE INTO pack (name) VALUES (?)", [name])
                ((number,),) = index.execute("SELECT number FROM pack WHERE name = ?", [name]).fetchall()
                bodies = [(document_id, number, group, size) for document_id, group, size in rows]
                index.executemany("INSERT OR IGNORE INTO body VALUES (?, ?, ?, ?)", bodies)
                index.execute("COMMIT")


def _bodies(path: Path) -> Iterator[tuple[str, int, int]]:
    """Yield the id, group and size of each body of a pack; none if the pack is damaged."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        with pq.ParquetFile(path) as pack:
            for group in range(pack.num_row_groups):
                columns = pack.read_row_group(
                    group, columns=["document_id", "byte_count"], use_threads=False
                ).to_pydict()
                for document_id, byte_count in zip(columns["document_id"], columns["byte_count"], strict=True):
                    if byte_count is not None:
                        yield document_id, group, byte_count
    except _DAMAGED as error:
        _log.warning("The pack %s is damaged: %s", path, error)


def _groups(documents: Iterable[PackedDocument]) -> Iterator[list[PackedDocument]]:
    """Yield documents in groups of at most `ROWS_IN_A_GROUP`, whose bodies are together no larger than one may be."""
    group: list[PackedDocument] = []
    byte_count = 0
    for document in documents:
        size = document.byte_count or 0
        if group and (len(group) == ROWS_IN_A_GROUP or byte_count + size > LARGEST_BODY):
            yield group
            group, byte_count = [], 0
        group.append(document)
        byte_count += size
    if group:
        yield group
