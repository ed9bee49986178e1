"""Records to the `raw` schema of the build database: set-based, idempotent, new batches only."""

import shutil
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from orderpaper.catalogue import load_sources
from orderpaper.config import Paths
from orderpaper.errors import OrderPaperError
from orderpaper.ingest.batch import read_folder_name
from orderpaper.records.schema import (
    DOCUMENT_TABLES,
    BatchRow,
    FetchRow,
    SourceRow,
    arrow_schema,
    document_table_schema,
)


@dataclass(frozen=True, slots=True)
class LoadSummary:
    """What one load added."""

    batch_count: int
    document_count: int
    fetch_count: int
    seconds: float


_HEADER_BYTES = 3 * 4096
"""A DuckDB file begins with three headers: a shorter one was being created when its process was killed or the disk was
full, and can never be opened."""


@contextmanager
def build_connection(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-write connection to the build database, closed at the end.

    Raises:
        OrderPaperError: another process has the database open, its folder cannot be written, or it is damaged.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.stat().st_size < _HEADER_BYTES:
            # What a write-ahead log without its database holds would be replayed into the new one.
            for leftover in (path, path.with_name(f"{path.name}.wal")):
                leftover.unlink(missing_ok=True)
        connection = duckdb.connect(path)
    except (duckdb.Error, OSError) as error:
        reason = str(error).splitlines()[0]
        is_damaged = "read" in reason or "valid" in reason
        advice = "; delete it: the next run makes it again from the records" if is_damaged else ""
        raise OrderPaperError(f"The build database {path} cannot be opened for writing: {reason}{advice}") from error
    try:
        connection.execute("SET TimeZone = 'UTC'")
        yield connection
    finally:
        connection.close()


def ensure_raw(connection: duckdb.DuckDBPyConnection) -> None:
    """Create schema `raw` and every table of the record contract, where absent; state the sources' facts.

    A table that an older version made with other columns is dropped with all that was loaded, so that the next load
    takes everything again from the records on disk.
    """
    connection.execute("CREATE SCHEMA IF NOT EXISTS raw")
    schemas = {name: document_table_schema(record_type) for name, record_type in DOCUMENT_TABLES.items()}
    schemas["batch"] = arrow_schema(BatchRow).append(pa.field("loaded_at", pa.timestamp("us", tz="UTC")))
    schemas["fetch"] = arrow_schema(FetchRow)
    schemas["source"] = arrow_schema(SourceRow)
    schemas["fetch_file"] = pa.schema([("file_name", pa.string()), ("byte_count", pa.int64())])
    for name, schema in schemas.items():
        connection.register("wanted", schema.empty_table())
        connection.execute(f"CREATE TABLE IF NOT EXISTS raw.{name} AS FROM wanted")
        has = connection.execute(f"DESCRIBE raw.{name}").fetchall()
        wants = connection.execute("DESCRIBE FROM wanted").fetchall()
        connection.unregister("wanted")
        if has != wants:
            connection.execute("DROP SCHEMA raw CASCADE")
            return ensure_raw(connection)
    _load_sources(connection)
    return None


def _load_sources(connection: duckdb.DuckDBPyConnection) -> None:
    """Say what the sources' own folders say of them."""
    rows = [
        {"source": s.name, "title": s.title, "publisher": s.publisher, "licence": s.licence, "base_url": s.base_url}
        for s in load_sources().values()
    ]
    connection.register("stated", pa.Table.from_pylist(rows, schema=arrow_schema(SourceRow)))
    connection.execute("DELETE FROM raw.source")
    connection.execute("INSERT INTO raw.source FROM stated")
    connection.unregister("stated")


def load(paths: Paths) -> LoadSummary:
    """Load every batch and fetch log that is on disk and not yet in the build database, in one transaction.

    A document is loaded once for each parser version: a newer version's rows replace the older's. Loading the same
    batch again changes nothing.

    Raises:
        OrderPaperError: the build database cannot be opened, or a batch file cannot be read.
    """
    started = time.monotonic()
    with build_connection(paths.build_database) as connection:
        try:
            ensure_raw(connection)
            loaded = {row[0] for row in connection.execute("SELECT batch_id FROM raw.batch").fetchall()}
            # A name that begins with a dot is a batch that is being written, or that a killed worker left unfinished.
            batches = sorted(folder for folder in paths.records.glob("*/[!.]*") if _batch_id(folder) not in loaded)
            connection.begin()
            document_count = _load_batches(connection, batches) if batches else 0
            fetch_count = _load_fetch_log(connection, paths.landing / "fetch_log")
            connection.commit()
        except duckdb.Error as error:  # closing the connection undoes what was not committed
            raise OrderPaperError(f"Loading {paths.records} failed: {str(error).splitlines()[0]}") from error
    _prune(paths.records)
    return LoadSummary(len(batches), document_count, fetch_count, time.monotonic() - started)


def _batch_id(folder: Path) -> str:
    return f"{folder.parent.name}/{folder.name}"


def _prune(records: Path) -> None:
    """Remove loaded batches that another of the same manifest has replaced.

    That is one of a later parser, or one in which no document is unread any more. Their records can be made again
    from the landing zone; their refusals stay in `raw.quarantine`.
    """
    by_manifest: dict[tuple[str, str], list[tuple[int, bool, Path]]] = defaultdict(list)
    for folder in records.glob("*/[!.]*"):
        manifest, version, is_complete = read_folder_name(folder.name)
        by_manifest[folder.parent.name, manifest].append((version, is_complete, folder))
    for batches in by_manifest.values():
        newest_complete = max((version for version, is_complete, _ in batches if is_complete), default=0)
        for version, is_complete, folder in batches:
            if (version, is_complete) < (newest_complete, True):
                shutil.rmtree(folder)


def _load_batches(connection: duckdb.DuckDBPyConnection, batches: list[Path]) -> int:
    """Insert the rows of all `batches`; return how many documents were new or newer."""

    def files(table: str) -> list[str]:
        return [str(path) for folder in batches if (path := folder / f"{table}.parquet").exists()]

    def read(table: str) -> str:
        # A batch that an older version wrote lacks the columns that came since: they are empty in it.
        columns = f"SELECT *, '' AS filename FROM raw.{table} LIMIT 0"
        if not files(table):
            return f"({columns})"
        names = ", ".join("'" + name.replace("'", "''") + "'" for name in files(table))
        rows = f"SELECT * FROM read_parquet([{names}], union_by_name = true, filename = true)"
        return f"(({columns}) UNION ALL BY NAME {rows})"

    # One batch serves each document: batches that share a document hold equal rows for it.
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE incoming AS
        WITH ranked AS (
            SELECT document_id, source, parser_version, parse_dirpath(filename) AS folder,
                row_number() OVER (PARTITION BY document_id, source ORDER BY parser_version DESC, filename) AS rank
            FROM {read("document")}
        )
        SELECT ranked.* EXCLUDE (rank) FROM ranked
        LEFT JOIN raw.document AS held ON ranked.document_id = held.document_id AND ranked.source = held.source
        WHERE rank = 1 AND ranked.parser_version > coalesce(held.parser_version, -1)
        """
    )
    # A body may come from several addresses, again and again (an empty page does): it keeps the first of them by name
    # and the last time, so that the order of loading makes no difference.
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE seen AS
        WITH sightings AS (
            SELECT document_id, source, kind, url, media_type, fetched_at FROM {read("document")}
            UNION ALL
            SELECT held.document_id, held.source, kind, url, media_type, fetched_at FROM raw.document AS held
            SEMI JOIN {read("document")} AS again
                ON held.document_id = again.document_id AND held.source = again.source
        )
        SELECT document_id, source, max(fetched_at) AS fetched_at,
            min({{'url': url, 'kind': kind, 'media_type': media_type}}) AS first
        FROM sightings GROUP BY document_id, source
        """
    )
    _replace_documents(connection, read)
    refusal = ", ".join(document_table_schema(DOCUMENT_TABLES["quarantine"]).names)
    connection.execute(f"INSERT INTO raw.quarantine SELECT {refusal} FROM {read('quarantine')}")
    connection.execute(
        """
        UPDATE raw.document
        SET fetched_at = seen.fetched_at, url = first.url, kind = first.kind, media_type = first.media_type
        FROM seen WHERE document.document_id = seen.document_id AND document.source = seen.source
            AND (document.fetched_at, document.url, document.kind, document.media_type)
                != (seen.fetched_at, first.url, first.kind, first.media_type)
        """
    )
    connection.execute(
        f"INSERT INTO raw.batch SELECT * EXCLUDE (filename) REPLACE (now() AS loaded_at) FROM {read('batch')}"
    )
    (count,) = connection.execute("SELECT count(*) FROM incoming").fetchone() or (0,)
    return int(count)


def _replace_documents(connection: duckdb.DuckDBPyConnection, read: Callable[[str], str]) -> None:
    """Put the rows of the incoming documents in the place of what an older version made of them."""
    for table, record_type in DOCUMENT_TABLES.items():
        if table == "quarantine":  # every refusal stays
            continue
        connection.execute(
            f"DELETE FROM raw.{table} USING incoming WHERE {table}.document_id = incoming.document_id"
            f" AND {table}.source = incoming.source"
        )
        columns = ", ".join(f"rows.{name}" for name in document_table_schema(record_type).names)
        connection.execute(
            f"""
            INSERT INTO raw.{table}
            SELECT {columns} FROM {read(table)} AS rows
            INNER JOIN incoming ON rows.document_id = incoming.document_id AND rows.source = incoming.source
                AND parse_dirpath(rows.filename) = incoming.folder
            """
        )


def _load_fetch_log(connection: duckdb.DuckDBPyConnection, folder: Path) -> int:
    """Insert the requests of log files that are new or have grown; return how many."""
    loaded = dict(connection.execute("SELECT file_name, byte_count FROM raw.fetch_file").fetchall())
    sizes = {f"{path.parent.name}/{path.name}": path.stat().st_size for path in folder.glob("*/*.jsonl")}
    grown = {name: size for name, size in sizes.items() if loaded.get(name) != size and size}
    if not grown:
        return 0
    names = ", ".join("'" + str(folder / name).replace("'", "''") + "'" for name in sorted(grown))
    columns = {row[0]: row[1] for row in connection.execute("DESCRIBE raw.fetch").fetchall()}
    types = ", ".join(f"{name}: '{kind}'" for name, kind in columns.items())
    # A worker that was killed leaves a torn last line: ignore_errors reads it as nulls, which the filter leaves out.
    before = connection.execute("SELECT count(*) FROM raw.fetch").fetchall()[0][0]
    connection.execute(
        f"""
        INSERT INTO raw.fetch
        SELECT incoming.* FROM read_json(
            [{names}], format = 'newline_delimited', columns = {{{types}}}, ignore_errors = true
        ) AS incoming
        ANTI JOIN raw.fetch AS held ON incoming.fetch_id = held.fetch_id
        WHERE incoming.fetch_id IS NOT NULL
        """
    )
    connection.register("grown", pa.table({"file_name": list(grown), "byte_count": list(grown.values())}))
    connection.execute("DELETE FROM raw.fetch_file USING grown WHERE fetch_file.file_name = grown.file_name")
    connection.execute("INSERT INTO raw.fetch_file FROM grown")
    connection.unregister("grown")
    return int(connection.execute("SELECT count(*) FROM raw.fetch").fetchall()[0][0]) - int(before)
