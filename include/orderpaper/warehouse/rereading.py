"""Read the words of loaded statements again when the lists of phrases, or the rules that use them, have changed."""

import logging
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields

import duckdb
import pyarrow as pa

from orderpaper.enrichment import words
from orderpaper.records import READING_TYPES, STATEMENT_TYPES, Reading, Statement
from orderpaper.records.schema import document_table_schema
from orderpaper.records.types.base import table_name

DOCUMENTS_AT_ONCE = 20_000
"""So many documents fit in memory with their statements, however many there are."""

_log = logging.getLogger(__name__)

Provenance = tuple[str, str, str]
"""Document id, source and parser version of a row."""


def read_again(connection: duckdb.DuckDBPyConnection) -> int:
    """Replace the readings of all documents that other lists or rules were used for; return how many documents.

    The texts come from the records in `raw`. No document is parsed again.
    """
    connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE outdated AS
        SELECT document_id, source, parser_version, (row_number() OVER () - 1) // $at_once AS portion
        FROM raw.document WHERE reading_version IS DISTINCT FROM $version AND document_kind IS NOT NULL
        """,
        {"at_once": DOCUMENTS_AT_ONCE, "version": words.version()},
    )
    document_count, portion_count = connection.execute(
        "SELECT count(*), coalesce(max(portion) + 1, 0) FROM outdated"
    ).fetchall()[0]
    if not document_count:
        return 0
    _log.info(
        "The lists of phrases, or the rules that use them, have changed: the statements of %s documents are read again"
        " from their records.",
        f"{document_count:,}",
    )
    for table in READING_TYPES:
        connection.execute(
            f"DELETE FROM raw.{table} AS reading USING outdated"
            " WHERE reading.document_id = outdated.document_id AND reading.source = outdated.source"
        )
    for portion in range(portion_count):
        _insert(connection, _readings(connection, portion))
    connection.execute(
        """
        UPDATE raw.document SET reading_version = $version FROM outdated
        WHERE document.document_id = outdated.document_id AND document.source = outdated.source
        """,
        {"version": words.version()},
    )
    return int(document_count)


def _readings(connection: duckdb.DuckDBPyConnection, portion: int) -> Iterator[tuple[Provenance, Reading]]:
    """Yield the readings of the statements of one portion of the outdated documents, with their provenance."""
    statements: dict[Provenance, list[Statement]] = defaultdict(list)
    for table, statement_type in STATEMENT_TYPES.items():
        names = [field.name for field in fields(statement_type)]
        rows = connection.execute(
            f"""
            SELECT document_id, source, outdated.parser_version, {", ".join(f"statement.{name}" for name in names)}
            FROM raw.{table} AS statement INNER JOIN outdated USING (document_id, source)
            WHERE portion = ? ORDER BY document_id, source, ordinal
            """,
            [portion],
        ).fetchall()
        for document_id, source, version, *values in rows:
            provenance = (document_id, source, version)
            statements[provenance].append(statement_type(**dict(zip(names, values, strict=True))))
    for provenance, found in statements.items():
        for reading in words.read_words(found):
            yield provenance, reading


def _insert(connection: duckdb.DuckDBPyConnection, readings: Iterator[tuple[Provenance, Reading]]) -> None:
    rows: dict[str, list[dict[str, object]]] = defaultdict(list)
    for (document_id, source, version), reading in readings:
        own = {field.name: getattr(reading, field.name) for field in fields(reading)}
        provenance = {"document_id": document_id, "source": source, "parser_version": version}
        rows[table_name(type(reading))].append(own | provenance)
    for table, found in rows.items():
        connection.register("found", pa.Table.from_pylist(found, schema=document_table_schema(READING_TYPES[table])))
        connection.execute(f"INSERT INTO raw.{table} FROM found")
        connection.unregister("found")
