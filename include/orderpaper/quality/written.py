"""The rows that an audit checks again: those that builds have written since the last audit that passed, and those whose
result depends on what was written or deleted.

They are copied into the schema `written` for the time of the audit. What was written is what `changes` lists. A row of
`raw` is written with its document.
"""

from collections.abc import Iterator, Mapping

import duckdb

from orderpaper.quality.checks import Check, Watched
from orderpaper.records import RECORD_TYPES
from orderpaper.warehouse import changes
from orderpaper.warehouse.content import tables
from orderpaper.warehouse.declared import primary_keys

SCHEMA = "written"
_DOCUMENTS = "stg_landing__document_source"
OF_DOCUMENTS = {"raw.document", *(f"raw.{table}" for table in RECORD_TYPES)}
"""The tables of `raw` whose rows are loaded with their document."""


def gather(
    connection: duckdb.DuckDBPyConnection, suites: Mapping[str, tuple[Check, ...]], version: str
) -> dict[str, set[str]]:
    """Copy the rows that are checked again; return, for each table with a copy, the names of the checks that read it.

    A table that was built from nothing has no copy, because all its rows count as written. No table has one if the last
    audit that passed made checks of another `version`. Warnings count the rows of whole tables, so they read no copy.
    """
    drop(connection)
    connection.execute(f"CREATE SCHEMA {SCHEMA}")
    listed = changes.tracked(connection, version)
    schemas = {table.split(".")[0] for table in suites} & {"marts", "raw"}
    present = {f"{schema}.{name}" for schema in schemas for name in tables(connection, schema)}
    names: dict[str, set[str]] = {}
    for table in suites.keys() & present:
        model, key = _unit(table)
        if model in listed:
            checks = [check for check in suites[table] if check.severity == "stop" and _is_followed(check, listed)]
            ways = [f"SELECT {key} FROM changes.{model}"] if listed[model] else []
            ways += dict.fromkeys(_ways(connection, table, checks, listed))
            ways.append(f"SELECT {key} FROM {table} WHERE false")
            without_key = " OR ".join(f"{column} IS NULL" for column in key.split(", "))
            # DuckDB reads all columns of all rows to find a few keys, but not to find a few rowids.
            connection.execute(
                f"CREATE TABLE {copy_of(table)} AS FROM {table} WHERE rowid IN ("
                f"SELECT rowid FROM {table} SEMI JOIN ({' UNION '.join(ways)}) USING ({key})"
                f" UNION ALL SELECT rowid FROM {table} WHERE {without_key})"
            )
            names[table] = {check.name for check in checks}
    return names


def drop(connection: duckdb.DuckDBPyConnection) -> None:
    """Remove the copies."""
    connection.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")


def copy_of(table: str) -> str:
    """Return the table that has the rows of `table` that are checked again."""
    return f"{SCHEMA}.{table.split('.')[1]}"


def _unit(table: str) -> tuple[str, str]:
    """Return the model whose changed rows are those of a table, and the columns by which they are found."""
    if table in OF_DOCUMENTS:
        return _DOCUMENTS, "document_id"
    name = table.split(".")[1]
    return name, ", ".join(primary_keys().get(name, ()))


def _is_followed(check: Check, listed: Mapping[str, list[str]]) -> bool:
    """Return whether the lists say on which rows that were written or deleted the results of a check depend."""
    if check.watched is None:
        return bool(check.unique_columns)
    return all(
        watched.mart in listed and (not listed[watched.mart] or watched.column in listed[watched.mart])
        for watched in check.watched
    )


def _ways(
    connection: duckdb.DuckDBPyConnection, table: str, checks: list[Check], listed: Mapping[str, list[str]]
) -> Iterator[str]:
    """Yield queries of the keys of rows that were not written, but whose result may be another."""
    model, key = _unit(table)
    for check in checks:
        for watched in check.watched or ():
            values = _values(watched)
            if listed[watched.mart] and connection.execute(f"FROM ({values}) LIMIT 1").fetchone():
                yield f"SELECT {key} FROM {table} WHERE {watched.own} IN ({values})"
        if listed[model] and check.unique_columns and not set(key.split(", ")) <= set(check.unique_columns):
            shared = ", ".join(check.unique_columns)
            written = f"SELECT {shared} FROM {table} SEMI JOIN changes.{model} USING ({key})"
            yield f"SELECT {key} FROM {table} SEMI JOIN ({written}) USING ({shared})"


def _values(watched: Watched) -> str:
    gone = f"ANTI JOIN marts.{watched.mart} USING ({watched.column})" if watched.is_until_gone else ""
    return f"SELECT DISTINCT {watched.column} FROM changes.{watched.mart} {gone}"
