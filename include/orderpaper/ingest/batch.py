"""A batch of records on disk: one Parquet file for each table, in a folder that appears whole or not at all."""

import contextlib
import hashlib
import re
import shutil
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

import pyarrow as pa
import pyarrow.parquet as pq

from orderpaper.errors import OrderPaperError
from orderpaper.ingest import checksums
from orderpaper.ingest.chunks import ChunkRecords, read_stream
from orderpaper.ingest.rows import columns_of
from orderpaper.records.schema import BatchRow, arrow_schema

ROW_GROUP_BYTES = 32_000_000
"""How many bytes of a table are held in memory before they are written."""


def folder_name(manifest: str, version: str, unread_ids: Sequence[str] = ()) -> str:
    """Return the name of a batch's folder: its manifest, the parser's version, and a hash of what was unread, if any.

    A batch with unread documents has another name than the whole batch, so that the whole batch is made later.
    """
    unread = f"_unread-{hashlib.sha256(repr(sorted(unread_ids)).encode()).hexdigest()[:8]}" if unread_ids else ""
    return f"{manifest}_v{version}{unread}"


def read_folder_name(name: str) -> tuple[str, str, bool]:
    """Return the manifest and the version in the name of a batch's folder, and whether all its documents were read.

    Raises:
        OrderPaperError: the name is not that of a batch.
    """
    found = re.fullmatch(r"(?P<manifest>.+)_v(?P<version>[0-9a-f]+)(?P<unread>_unread-\w+)?", name)
    if found is None:
        raise OrderPaperError(f"{name!r} is not the name of a batch; move it out of the records.")
    return found["manifest"], found["version"], found["unread"] is None


class BatchWriter:
    """A writer of the files of one batch, chunk by chunk, so that memory does not grow with the batch.

    The files are written into a hidden folder beside `folder`. `finish` gives it its name. Otherwise nothing is left.

    Raises:
        OrderPaperError: a file cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._temporary = folder.with_name(f".{folder.name}")
        self._files: dict[str, pq.ParquetWriter] = {}
        self._waiting: dict[str, list[bytes]] = defaultdict(list)
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            shutil.rmtree(self._temporary, ignore_errors=True)
            self._temporary.mkdir()
        except OSError as error:
            raise _unwritable(folder, error) from error

    def __enter__(self) -> "BatchWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for file in self._files.values():
            with contextlib.suppress(OSError):
                file.close()
        shutil.rmtree(self._temporary, ignore_errors=True)

    def add(self, records: ChunkRecords) -> None:
        """Add the rows of the next chunk."""
        for table, stream in records.tables.items():
            self._waiting[table].append(stream)
            if sum(map(len, self._waiting[table])) >= ROW_GROUP_BYTES:
                self._flush(table)

    def finish(self, folder: Path, batch: BatchRow) -> None:
        """Make the batch appear as `folder`, in place of a damaged one if there is one."""
        for table in self._waiting:
            self._flush(table)
        try:
            while self._files:
                self._files.popitem()[1].close()
            pq.write_table(
                pa.table(columns_of([batch]), schema=arrow_schema(BatchRow)), self._temporary / "batch.parquet"
            )
            checksums.write(self._temporary)
            shutil.rmtree(folder, ignore_errors=True)
            self._temporary.rename(folder)
        except OSError as error:
            raise _unwritable(folder, error) from error

    def _flush(self, table: str) -> None:
        """Write what waits of a table as one row group."""
        if not self._waiting[table]:
            return
        rows = pa.concat_tables(map(read_stream, self._waiting[table])).combine_chunks()
        self._waiting[table].clear()
        path = self._temporary / f"{table}.parquet"
        try:
            if table not in self._files:
                self._files[table] = pq.ParquetWriter(path, rows.schema)
            self._files[table].write_table(rows, row_group_size=len(rows))
        except OSError as error:
            raise _unwritable(path, error) from error


def _unwritable(path: Path, error: OSError) -> OrderPaperError:
    return OrderPaperError(f"{path} cannot be written: {error.strerror or error}")
