"""Make the tables of schema `raw`, which a load fills, and write the facts of the sources into theirs."""

import functools

import duckdb
import pyarrow as pa

from orderpaper.catalogue import load_sources
from orderpaper.records.schema import (
    DOCUMENT_TABLES,
    BatchRow,
    FetchRow,
    SourceRow,
    arrow_schema,
    document_table_schema,
)

BATCH_FACTS = (
    pa.field("loaded_at", pa.timestamp("us", tz="UTC")),
    pa.field("fetched_at", pa.timestamp("us", tz="UTC")),
    pa.field("document_ids", pa.list_(pa.string())),
)
"""The facts of a batch that are known when it is loaded: the time of loading, the time at which its last document was
fetched first, and its documents."""


def ensure_raw(connection: duckdb.DuckDBPyConnection) -> None:
    """Create schema `raw` and its tables where they are missing, and write the facts of the sources.

    When a table has other columns, because an older version made it, the whole schema is dropped: the next load takes
    everything again from the records on disk.
    """
    connection.execute("CREATE SCHEMA IF NOT EXISTS raw")
    wanted, held = _raw_columns(), _columns(connection)
    if any(held.get(name, columns) != columns for name, columns in wanted.items()):
        connection.execute("DROP SCHEMA raw CASCADE; CREATE SCHEMA raw")
        held = {}
    for name, columns in wanted.items():
        if name not in held:
            definitions = ", ".join(f'"{column}" {kind}' for column, kind in columns)
            connection.execute(f"CREATE TABLE raw.{name} ({definitions})")
    _write_source_facts(connection)


@functools.cache
def _raw_columns() -> dict[str, list[tuple[str, str]]]:
    """Return the columns that the tables of `raw` have, with the types of DuckDB."""
    schemas = {name: document_table_schema(record_type) for name, record_type in DOCUMENT_TABLES.items()}
    schemas["batch"] = pa.schema([*arrow_schema(BatchRow), *BATCH_FACTS])
    schemas["fetch"] = arrow_schema(FetchRow)
    schemas["source"] = arrow_schema(SourceRow)
    schemas["fetch_file"] = pa.schema([("file_name", pa.string()), ("byte_count", pa.int64())])
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA raw")
        for name, schema in schemas.items():
            connection.register("wanted", schema.empty_table())
            connection.execute(f"CREATE TABLE raw.{name} AS FROM wanted")
            connection.unregister("wanted")
        return _columns(connection)


def _columns(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[str, str]]]:
    """Return the columns and types of each table in the schema `raw` of a database."""
    found: dict[str, list[tuple[str, str]]] = {}
    for table, column, kind in connection.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns()"
        " WHERE schema_name = 'raw' AND database_name = current_database() ORDER BY table_name, column_index"
    ).fetchall():
        found.setdefault(table, []).append((column, kind))
    return found


def source_facts() -> pa.Table:
    """Return the rows of `raw.source`: what is stated of each source."""
    schema = arrow_schema(SourceRow)
    rows = [
        {
            "source": source.name,
            **{name: getattr(source, name) for name in schema.names if hasattr(source, name)},
            "freshness_calendar": source.freshness.calendar,
            "max_lag_days": source.freshness.max_lag_days,
            "allowed_missed_days": source.freshness.allowed_missed_days,
        }
        for source in load_sources().values()
    ]
    return pa.Table.from_pylist(rows, schema=schema)


def _write_source_facts(connection: duckdb.DuckDBPyConnection) -> None:
    """Replace the facts of the sources in `raw.source`."""
    connection.register("stated", source_facts())
    connection.execute("DELETE FROM raw.source")
    connection.execute("INSERT INTO raw.source FROM stated")
    connection.unregister("stated")
