"""Packs: the bodies of the documents of one fetch in one immutable Parquet file.

A pack is named by the hash of its bytes and appears at once. It has a row for each document that the fetch found: where
it came from, when, and its body. What came back the same as before has no body, and refers to the earlier one by its
hash. Rows are in the order in which documents are parsed, in groups that fit in memory, so a parse reads packs as a
stream.

`.index.sqlite` says in which pack and group a body is. It is made from the packs, and can be deleted. It is beside them
if they are on a disk. For packs in a bucket it is in `$ORDERPAPER_HOME/cache`.
"""

import contextlib
import datetime as dt
import hashlib
import logging
import sqlite3
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from orderpaper.config import paths
from orderpaper.storage import Store

_log = logging.getLogger(__name__)

LARGEST_BODY = 4_000_000
"""A larger body stays a file of its own, so that a group of rows is never much larger."""
ROWS_IN_A_GROUP = 100
GROUPS_IN_MEMORY = 4
_WAIT_SECONDS = 60
_LISTED_FOR_SECONDS = 30
"""How long a listing of packs in a bucket is believed, unless a body is not where it should be."""
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

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.RLock()
        self._index: sqlite3.Connection | None = None
        self._folders: dict[Path, int] = {}
        """The folders of packs on a disk when they were listed, with their times of modification."""
        self._listed_at: float | None = None
        """When packs in a bucket were listed."""
        self._is_empty = True
        self._groups: OrderedDict[tuple[str, int], dict[str, bytes]] = OrderedDict()
        self._is_made_anew = False

    def read(self, document_id: str, *, is_listed_anew: bool = False) -> bytes | None:
        """Return the body of a document, or None if no pack has it undamaged.

        Args:
            document_id: the document.
            is_listed_anew: whether the packs are listed first, however short a time ago they were.
        """
        with self._lock:
            if is_listed_anew:
                self._listed_at = None
            for place in self._places(document_id):
                body = self._group(place).get(document_id)
                if body is not None and hashlib.sha256(body).hexdigest() == document_id:
                    return body
        return None

    def recover(self, document_id: str) -> bytes | None:
        """Return the body of a document after making the index anew, once in a process, because it may be damaged."""
        with self._lock:
            if self._is_made_anew:
                return None
            self._is_made_anew = True
            self._discard_index("a body was not where it says")
            return self.read(document_id)

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
        with self._store.new_file() as file:
            with pq.ParquetWriter(
                file, schema, compression="zstd", use_dictionary=["kind", "media_type"], write_statistics=False
            ) as writer:
                for rows in _groups(documents):
                    writer.write_table(pa.Table.from_pylist([asdict(row) for row in rows], schema=schema))
            with file.open("rb") as written:
                name = f"packs/{source}/{hashlib.file_digest(written, 'sha256').hexdigest()[:32]}.parquet"
            self._store.place(file, name)
        self._store.await_listed(name)  # others find packs by a listing, and bodies are removed after this
        self._listed_at, self._folders = None, {}

    def _places(self, document_id: str) -> list[_Place]:
        """Return where the body of a document is, in the pack that was found last first."""
        try:
            return self._looked_up(document_id)
        except sqlite3.DatabaseError as error:
            self._discard_index(error)
            return self._looked_up(document_id)

    def _looked_up(self, document_id: str) -> list[_Place]:
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
            self._groups[key] = self._read_group(place.pack, place.group)
            if len(self._groups) > GROUPS_IN_MEMORY:
                self._groups.popitem(last=False)
        self._groups.move_to_end(key)
        return self._groups[key]

    def _read_group(self, name: str, group: int) -> dict[str, bytes]:
        import pyarrow.parquet as pq  # noqa: PLC0415

        try:
            with pq.ParquetFile(self._store.parquet(f"packs/{name}"), pre_buffer=True) as pack:
                columns = pack.read_row_group(group, columns=["document_id", "body"], use_threads=False).to_pydict()
        except _DAMAGED as error:
            _log.warning("The pack %s is damaged: %s", self._store.where(f"packs/{name}"), error)
            return {}
        pairs = zip(columns["document_id"], columns["body"], strict=True)
        return {document_id: body for document_id, body in pairs if body is not None}

    def _current_index(self) -> sqlite3.Connection | None:
        """Return the index of all packs that there are now, or None if there are none."""
        if self._is_to_be_listed():
            entries = self._store.entries("packs")
            names = [entry.name.removeprefix("packs/") for entry in entries if entry.name.endswith(".parquet")]
            path = self._index_path()
            try:
                if self._index is None and (names or path.exists()):
                    path.parent.mkdir(parents=True, exist_ok=True)
                    self._index = self._opened(path)
                if self._index is not None:
                    self._enter(self._index, names)
            except (sqlite3.Error, OSError) as error:
                # It is damaged, or the folder cannot be written. What is asked for is found all the same.
                self._discard_index(error)
                self._index = self._opened(":memory:")
                self._enter(self._index, names)
            self._is_empty = not names
        return None if self._is_empty else self._index

    def _is_to_be_listed(self) -> bool:
        """Return whether there may be other packs than when they were listed; the caller lists them then.

        On a disk the folders tell. In a bucket only a listing does, which is a request.
        """
        if self._store.folder is None:
            is_due = self._listed_at is None or time.monotonic() > self._listed_at + _LISTED_FOR_SECONDS
            if is_due:
                self._listed_at = time.monotonic()
            return is_due
        folders = {path: path.stat().st_mtime_ns for path in (self._store.folder / "packs").glob("[!.]*/")}
        is_due = folders != self._folders
        self._folders = folders
        return is_due

    def _index_path(self) -> Path:
        if self._store.folder is not None:
            return self._store.folder / "packs" / ".index.sqlite"
        name = hashlib.sha256(f"{self._store.location}".encode()).hexdigest()[:16]
        return paths().cache / f"packs-{name}.sqlite"

    def _discard_index(self, reason: object) -> None:
        """Remove the index, so that it is made again from the packs."""
        _log.warning("The index of the packs in %s is made again: %s", self._store.where("packs"), reason)
        if self._index:
            self._index.close()
        self._index, self._folders, self._listed_at = None, {}, None
        with contextlib.suppress(OSError):
            self._index_path().unlink(missing_ok=True)

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
                rows = list(self._bodies(name))
                index.execute("BEGIN IMMEDIATE")
                index.execute("INSERT OR IGNORE INTO pack (name) VALUES (?)", [name])
                ((number,),) = index.execute("SELECT number FROM pack WHERE name = ?", [name]).fetchall()
                bodies = [(document_id, number, group, size) for document_id, group, size in rows]
                index.executemany("INSERT OR IGNORE INTO body VALUES (?, ?, ?, ?)", bodies)
                index.execute("COMMIT")

    def _bodies(self, name: str) -> Iterator[tuple[str, int, int]]:
        """Yield the id, group and size of each body of a pack; none if the pack is damaged."""
        import pyarrow.parquet as pq  # noqa: PLC0415

        try:
            with pq.ParquetFile(self._store.parquet(f"packs/{name}"), pre_buffer=True) as pack:
                for group in range(pack.num_row_groups):
                    columns = pack.read_row_group(
                        group, columns=["document_id", "byte_count"], use_threads=False
                    ).to_pydict()
                    for document_id, byte_count in zip(columns["document_id"], columns["byte_count"], strict=True):
                        if byte_count is not None:
                            yield document_id, group, byte_count
        except _DAMAGED as error:
            _log.warning("The pack %s is damaged: %s", self._store.where(f"packs/{name}"), error)


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
