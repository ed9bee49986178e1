"""Load the records of a realm into the tables of schema `raw`, on Spark, by the rules of `orderpaper.warehouse.load`.

A build on Spark begins from nothing, so there are no rows to update: of all batches on disk, those rows are written
that years of daily loads leave in DuckDB.
"""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.pandas.types import from_arrow_schema
from reading import outdated_readings

from orderpaper.catalogue import load_sources
from orderpaper.config import Paths
from orderpaper.enrichment import words
from orderpaper.errors import OrderPaperError
from orderpaper.ingest import batches, checksums
from orderpaper.landing import Landing, set_aside
from orderpaper.records import READING_TYPES, RECORD_TYPES
from orderpaper.records.schema import (
    DOCUMENT_TABLES,
    BatchRow,
    FetchRow,
    arrow_schema,
    document_table_schema,
)
from orderpaper.storage import Store
from orderpaper.warehouse import asides, precedence
from orderpaper.warehouse.load import batch_id, present_version, replaced
from orderpaper.warehouse.raw_tables import source_facts

_LOST_WHEN_SET_ASIDE = {"document_kind", "title", "published_on", "text", "announced_count", "row_count"}
"""The columns that are null for a document that a person has set aside."""
_NOTHING_WHEN_SET_ASIDE = {"record_count", "refused_row_count"}


def load(session: SparkSession, paths: Paths) -> int:
    """Write schema `raw`; return the number of documents.

    Raises:
        OrderPaperError: there are no batches, or one is damaged.
    """
    folders = [batches.bring(paths, folder) for folder in batches.folders(paths)]
    if not folders:
        raise OrderPaperError(f"There are no records in {paths.records}; run the pipeline first.")
    for folder in folders:
        if (damage := checksums.damage(folder)) is not None:
            raise OrderPaperError(f"The batch {folder} is damaged ({damage}); the next `make run` makes it again.")
    _register(session, "present", [(s, present_version(s)) for s in load_sources()], "source string, version string")
    reasons = set_aside.reasons(Landing(paths.landing))
    _register(session, "set_aside", reasons.items(), "document_id string, reason string")
    for table, record_type in DOCUMENT_TABLES.items():
        _read(session, folders, table, document_table_schema(record_type)).createOrReplaceTempView(f"found_{table}")
    _choose(session)
    _write(session, "document", _documents())
    _write(session, "quarantine", _refusals())
    again = outdated_readings(session)
    for table in RECORD_TYPES:
        columns = ", ".join(f"found.{name}" for name in document_table_schema(RECORD_TYPES[table]).names)
        rows = f"""
            SELECT {columns} FROM found_{table} AS found
            INNER JOIN chosen ON found.document_id = chosen.document_id AND found.source = chosen.source
                AND found.batch_id = chosen.batch_id
            LEFT ANTI JOIN set_aside ON found.document_id = set_aside.document_id
        """
        if again and table in READING_TYPES:
            rows += f"""
                LEFT ANTI JOIN outdated ON found.document_id = outdated.document_id AND found.source = outdated.source
                UNION ALL
                SELECT {columns} FROM reread_{table} AS found
            """
        _write(session, table, rows)
    _write_batches(session, folders, {batch_id(folder) for folder in replaced(folders)})
    _write_fetches(session, Store(paths.landing))
    facts = source_facts()
    session.createDataFrame(facts, from_arrow_schema(facts.schema)).createOrReplaceTempView("stated")
    _write(session, "source", "SELECT * FROM stated")
    return session.table("raw.document").count()


def _choose(session: SparkSession) -> None:
    """Find the batch whose rows are kept of each document, and what is known of its address and time."""
    rank = precedence.precedence("document", "present.version")
    session.sql(
        f"""
        SELECT document.document_id, document.source, document.parser_version, document.batch_id, {rank} AS precedence
        FROM found_document AS document LEFT JOIN present ON document.source = present.source
        """
    ).createOrReplaceTempView("candidates")
    session.sql(precedence.chosen("candidates")).cache().createOrReplaceTempView("chosen")
    session.sql(precedence.sighted("found_document")).createOrReplaceTempView("sighted")


def _documents() -> str:
    columns = []
    for name in document_table_schema(DOCUMENT_TABLES["document"]).names:
        if name in ("url", "kind", "media_type", "fetched_at"):
            columns.append(f"sighted.{name}")
        elif name in _LOST_WHEN_SET_ASIDE:
            columns.append(f"CASE WHEN set_aside.document_id IS NULL THEN found.{name} END AS {name}")
        elif name in _NOTHING_WHEN_SET_ASIDE:
            columns.append(f"CASE WHEN set_aside.document_id IS NULL THEN found.{name} ELSE 0 END AS {name}")
        elif name == "reading_version":
            present = f"'{words.version()}'"
            columns.append(f"CASE WHEN found.document_kind IS NULL THEN found.{name} ELSE {present} END AS {name}")
        else:
            columns.append(f"found.{name}")
    return f"""
        SELECT {", ".join(columns)}
        FROM found_document AS found
        INNER JOIN chosen ON found.document_id = chosen.document_id AND found.source = chosen.source
            AND found.batch_id = chosen.batch_id
        INNER JOIN sighted ON found.document_id = sighted.document_id AND found.source = sighted.source
        LEFT JOIN set_aside ON found.document_id = set_aside.document_id
    """


def _refusals() -> str:
    columns = document_table_schema(DOCUMENT_TABLES["quarantine"]).names
    by_hand = {
        "stage": f"'{asides.BY_HAND}'",
        "row_address": "CAST(NULL AS string)",
        "reason": "set_aside.reason",
        "excerpt": "''",
        "quarantined_at": "current_timestamp()",
    }
    return f"""
        SELECT DISTINCT {", ".join(columns)} FROM found_quarantine
        UNION ALL
        SELECT {", ".join(f"{by_hand.get(name, f'found.{name}')} AS {name}" for name in columns)}
        FROM found_document AS found
        INNER JOIN chosen ON found.document_id = chosen.document_id AND found.source = chosen.source
            AND found.batch_id = chosen.batch_id
        INNER JOIN set_aside ON found.document_id = set_aside.document_id
        WHERE found.document_kind IS NOT NULL
    """


def _write_batches(session: SparkSession, folders: list[Path], replaced_ids: set[str]) -> None:
    """Write the batches that are in force, each with its documents."""
    _read(session, folders, "batch", arrow_schema(BatchRow)).createOrReplaceTempView("found_batch")
    _register(session, "replaced", [(name,) for name in replaced_ids], "batch_id string")
    columns = ", ".join(f"found.{name}" for name in arrow_schema(BatchRow).names)
    _write(
        session,
        "batch",
        f"""
        SELECT {columns}, current_timestamp() AS loaded_at, held.fetched_at, held.document_ids
        FROM found_batch AS found
        LEFT ANTI JOIN replaced ON found.batch_id = replaced.batch_id
        LEFT JOIN (
            SELECT batch_id, max(fetched_at) AS fetched_at, array_sort(collect_list(document_id)) AS document_ids
            FROM found_document GROUP BY batch_id
        ) AS held ON found.batch_id = held.batch_id
        """,
    )


def _write_fetches(session: SparkSession, store: Store) -> None:
    """Write the requests that were made. A killed worker leaves a torn last line, which is left out."""
    schema = from_arrow_schema(arrow_schema(FetchRow))
    entries = [entry for entry in store.entries("fetch_log") if entry.byte_count]
    logs = [(entry.name.removeprefix("fetch_log/"), entry.byte_count) for entry in entries]
    _register(session, "fetch_logs", logs, "file_name string, byte_count bigint")
    _write(session, "fetch_file", "SELECT * FROM fetch_logs")
    with store.local_files([entry.name for entry in entries]) as files:
        found = session.read.schema(schema).json([*map(str, files)]) if files else session.createDataFrame([], schema)
        found.createOrReplaceTempView("found_fetch")
        _write(session, "fetch", "SELECT * FROM found_fetch WHERE fetch_id IS NOT NULL")


def _read(session: SparkSession, folders: list[Path], table: str, schema: pa.Schema) -> DataFrame:
    """Return the rows of a table in all batches, with the `batch_id`. Columns that an older batch lacks are null."""
    files = [str(path) for folder in folders if (path := folder / f"{table}.parquet").exists()]
    if not files:
        empty = session.createDataFrame([], from_arrow_schema(schema))
        return empty.selectExpr(*schema.names, "CAST(NULL AS string) AS batch_id")
    rows = session.read.schema(from_arrow_schema(schema)).parquet(*files)
    own = [name for name in schema.names if name != "batch_id"]
    return rows.selectExpr(*own, "regexp_extract(_metadata.file_path, '([^/]+/[^/]+)/[^/]+$', 1) AS batch_id")


def _register(session: SparkSession, name: str, rows: Iterable[tuple[object, ...]], schema: object) -> None:
    session.createDataFrame(list(rows), schema).createOrReplaceTempView(name)


def _write(session: SparkSession, table: str, query: str) -> None:
    session.sql(f"CREATE TABLE raw.{table} USING parquet AS {query}")
