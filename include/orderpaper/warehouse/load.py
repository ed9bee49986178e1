"""Load new batches of records into schema `raw` of the build database: set-based and idempotent."""

import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from orderpaper import ingest
from orderpaper.catalogue import find_source, load_sources
from orderpaper.config import Paths, memory_limit
from orderpaper.errors import OrderPaperError
from orderpaper.ingest import batches, checksums, versions
from orderpaper.ingest.batch import read_folder_name
from orderpaper.landing import Landing, set_aside
from orderpaper.records.schema import DOCUMENT_TABLES, document_table_schema
from orderpaper.storage import Store
from orderpaper.warehouse import asides, damage, fetch_log, news, precedence, rereading
from orderpaper.warehouse.content import HEADER_BYTES, attach_work, quote
from orderpaper.warehouse.raw_tables import ensure_raw

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LoadSummary:
    """The result of one load."""

    batch_count: int
    document_count: int
    fetch_count: int
    remade_count: int
    """Batches that were damaged, and were made again from the landing zone."""
    seconds: float


@contextmanager
def build_connection(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a read-write connection to the build database, or to the work database alone; close it at the end.

    The work database is attached to the build database, and its schemas are found under their own names.

    Raises:
        OrderPaperError: another process has the database open, its folder cannot be written, or it is damaged.
        ConfigError: the memory limit of the configuration is not one.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.stat().st_size < HEADER_BYTES:
            # A file without its headers cannot be opened: its process was killed, or the disk was full, while it was
            # created. A write-ahead log that lost its database would be replayed into the new one.
            for leftover in (path, path.with_name(f"{path.name}.wal")):
                leftover.unlink(missing_ok=True)
        connection = duckdb.connect(path)
        attach_work(connection, path)
    except (duckdb.Error, OSError) as error:
        reason = str(error).splitlines()[0]
        what_to_do = damage.advice(reason, path.parent)
        raise OrderPaperError(
            f"The build database {path} cannot be opened for writing: {reason}{what_to_do}"
        ) from error
    try:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(f"SET memory_limit = {quote(memory_limit())}")
        yield connection
    except duckdb.Error as error:
        reason = str(error).splitlines()[0]
        if not (what_to_do := damage.advice(reason, path.parent)):
            raise
        raise OrderPaperError(f"The build database {path} cannot be read: {reason}{what_to_do}") from error
    finally:
        connection.close()


def load(paths: Paths) -> LoadSummary:
    """Load every batch and fetch log that is on disk and not yet in the build database, in one transaction.

    Of each document, the rows of the present parser version replace all others; otherwise the newest rows replace older
    ones. Loading the same batch again changes nothing. A damaged batch is made again from the landing zone first.
    Statements that were read with other lists of phrases are read again.

    Raises:
        OrderPaperError: the build database cannot be opened, or a damaged batch cannot be made again.
    """
    started = time.monotonic()
    news.forget(paths)
    with build_connection(paths.work_database) as connection:
        try:
            ensure_raw(connection)
            asides.forget_released(connection, set_aside.reasons(Landing(paths.landing)))
            loaded = {row[0] for row in connection.execute("SELECT batch_id FROM raw.batch").fetchall()}
            found = [batches.bring(paths, each) for each in batches.folders(paths) if batch_id(each) not in loaded]
            sound, remade_count = mend(paths, found)
            due = sorted(folder for folder in sound if batch_id(folder) not in loaded)
            _log.info("Loading %s new batches; %s were loaded before.", f"{len(due):,}", f"{len(loaded):,}")
            connection.begin()
            document_count = _load_batches(connection, due) if due else 0
            asides.keep_out(connection, set_aside.reasons(Landing(paths.landing)))
            fetch_count = fetch_log.load(connection, Store(paths.landing))
            _log.info(
                "%s documents are new or were read anew; %s requests were added to the fetch log.",
                f"{document_count:,}",
                f"{fetch_count:,}",
            )
            gone = replaced(batches.folders(paths))
            ids = [batch_id(folder) for folder in gone]
            connection.execute("DELETE FROM raw.batch WHERE batch_id IN (SELECT unnest($ids))", {"ids": ids})
            rereading.read_again(connection)
            connection.commit()
            held = connection.execute("SELECT batch_id FROM raw.batch").fetchall()
        except duckdb.Error as error:  # closing the connection undoes what was not committed
            reason = str(error).splitlines()[0]
            what_to_do = damage.advice(reason, paths.work_database.parent)
            raise OrderPaperError(f"Loading {paths.records} failed: {reason}{what_to_do}") from error
    for folder in gone:
        batches.remove(paths, folder)
    news.note_loaded(paths, (batch for (batch,) in held))
    return LoadSummary(len(due), document_count, fetch_count, remade_count, time.monotonic() - started)


def mend(paths: Paths, folders: list[Path]) -> tuple[set[Path], int]:
    """Make those of these batches again that are damaged; return all that are sound, and how many were damaged.

    Raises:
        OrderPaperError: a damaged batch cannot be made again.
    """
    damaged = {folder: what for folder in folders if (what := checksums.damage(folder)) is not None}
    remade = {_remake(paths, folder, what) for folder, what in damaged.items()}
    return remade | {*folders} - damaged.keys(), len(damaged)


def _remake(paths: Paths, folder: Path, reason: str) -> Path:
    """Make a damaged batch again and remove it; return the new folder, which has the version of the present parser.

    Raises:
        OrderPaperError: its manifest is not in the landing zone, or its source no longer exists.
    """
    manifest, _, _ = read_folder_name(folder.name)
    try:
        remade, _ = ingest.make_batch(paths, find_source(folder.parent.name).name, manifest)
    except OrderPaperError as error:
        raise OrderPaperError(f"The damaged batch {folder} cannot be made again: {error}") from error
    if remade != folder:  # otherwise it was replaced, and the log says so
        checksums.warn(folder, reason)
        batches.remove(paths, folder)
    return remade


def batch_id(folder: Path) -> str:
    """Return the id of the batch in a folder: its source and the folder's name."""
    return f"{folder.parent.name}/{folder.name}"


def replaced(folders: list[Path]) -> list[Path]:
    """Return those of these batches that the whole batch of the same manifest by the present parser has replaced.

    Their records can be made again from the landing zone; their refusals stay in `raw.quarantine`. They no longer count
    as loaded, so that a parser that is changed back can make and load them again.
    """
    by_manifest: dict[tuple[str, str], list[Path]] = defaultdict(list)
    kept: dict[tuple[str, str], Path] = {}
    for folder in folders:
        manifest, version, is_complete = read_folder_name(folder.name)
        key = folder.parent.name, manifest
        by_manifest[key].append(folder)
        if is_complete and version == present_version(folder.parent.name):
            kept[key] = folder
    return [folder for key, present in kept.items() for folder in by_manifest[key] if folder != present]


def present_version(source: str) -> str | None:
    """Return the present version of a source's parser; None for a source that no longer exists."""
    return versions.parser_version(source) if source in load_sources() else None


def _load_batches(connection: duckdb.DuckDBPyConnection, folders: list[Path]) -> int:
    """Insert the rows of all batches in `folders`; return how many documents were new or replaced."""

    def files(table: str) -> list[str]:
        return [str(path) for folder in folders if (path := folder / f"{table}.parquet").exists()]

    def read(table: str) -> str:
        # A batch that an older version wrote lacks newer columns; they are read as empty.
        columns = f"SELECT *, '' AS filename FROM raw.{table} LIMIT 0"
        if not files(table):
            return f"({columns})"
        names = ", ".join(map(quote, files(table)))
        rows = f"SELECT * FROM read_parquet([{names}], union_by_name = true, filename = true)"
        return f"(({columns}) UNION ALL BY NAME {rows})"

    sources = sorted({folder.parent.name for folder in folders})
    present = pa.table({"source": sources, "version": pa.array(map(present_version, sources), pa.string())})
    connection.register("present", present)
    rank = precedence.precedence("document", "present.version")
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE incoming AS
        WITH found AS (
            SELECT document_id, source, parser_version, parse_dirpath(filename) AS batch_id, {rank} AS precedence
            FROM {read("document")} AS document INNER JOIN present USING (source)
        ),
        chosen AS ({precedence.chosen("found")}),
        held AS (
            SELECT document_id, source, parser_version, {rank} AS precedence
            FROM raw.document AS document INNER JOIN present USING (source)
        )
        SELECT chosen.document_id, chosen.source, chosen.parser_version, chosen.batch_id AS folder FROM chosen
        LEFT JOIN held ON chosen.document_id = held.document_id AND chosen.source = held.source
        WHERE held.document_id IS NULL
            OR (chosen.parser_version != held.parser_version AND chosen.precedence > held.precedence)
        """
    )
    connection.unregister("present")
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
        {precedence.sighted("sightings")}
        """
    )
    _replace_documents(connection, read)
    refusal = ", ".join(document_table_schema(DOCUMENT_TABLES["quarantine"]).names)
    connection.execute(
        f"INSERT INTO raw.quarantine SELECT {refusal} FROM {read('quarantine')} EXCEPT FROM raw.quarantine"
    )
    connection.execute(
        """
        UPDATE raw.document
        SET fetched_at = seen.fetched_at, url = seen.url, kind = seen.kind, media_type = seen.media_type
        FROM seen WHERE document.document_id = seen.document_id AND document.source = seen.source
            AND (document.fetched_at, document.url, document.kind, document.media_type)
                != (seen.fetched_at, seen.url, seen.kind, seen.media_type)
        """
    )
    connection.execute(
        f"""
        INSERT INTO raw.batch BY NAME
        SELECT batch.* EXCLUDE (filename, fetched_at, document_ids) REPLACE (now() AS loaded_at),
            held.fetched_at, held.document_ids
        FROM {read("batch")} AS batch
        LEFT JOIN (
            SELECT parse_dirpath(filename) AS folder, max(fetched_at) AS fetched_at,
                list(document_id ORDER BY document_id) AS document_ids
            FROM {read("document")} GROUP BY folder
        ) AS held ON parse_dirpath(batch.filename) = held.folder
        """
    )
    (count,) = connection.execute("SELECT count(*) FROM incoming").fetchone() or (0,)
    return int(count)


def _replace_documents(connection: duckdb.DuckDBPyConnection, read: Callable[[str], str]) -> None:
    """Replace the rows of the incoming documents."""
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
