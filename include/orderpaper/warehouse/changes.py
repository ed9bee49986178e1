"""Read and clear the list of what builds changed since the last audit that passed.

The list is the schema `changes` of the build database, which dbt fills.
`dbt/macros/changes.sql` says what the tables of the schema hold.
"""

import duckdb

from orderpaper.warehouse.content import tables
from orderpaper.warehouse.declared import primary_keys

WRITTEN = "written"
"""The schema with the rows of the marts that were written, for the time of an audit."""
_OF_ALL_MODELS = ("anew", "audited", "built", "input")


def computed_anew(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Return the models that the last build computed anew among others that it updated, and for which parent."""
    if "anew" not in tables(connection, "changes"):
        return []
    return connection.execute("SELECT model_name, parent_name FROM changes.anew ORDER BY ALL").fetchall()


def gather_written(connection: duckdb.DuckDBPyConnection, checks: str) -> set[str]:
    """Copy the rows of the marts that were written into the schema `written`; return the marts that are there.

    A mart that was built from nothing is not there: all its rows count as written. No mart is there if the last audit
    that passed made other `checks`.
    """
    connection.execute(f"DROP SCHEMA IF EXISTS {WRITTEN} CASCADE")
    if not {"built", "audited"} <= {*tables(connection, "changes")}:
        return set()
    if connection.execute("SELECT checks FROM changes.audited").fetchall() != [(checks,)]:
        return set()
    connection.execute(f"CREATE SCHEMA {WRITTEN}")
    tracked = connection.execute(
        "SELECT model_name FROM changes.built GROUP BY model_name HAVING NOT bool_or(is_whole)"
    ).fetchall()
    keys = primary_keys()
    changed = tables(connection, "changes")
    marts = sorted(keys.keys() & {name for (name,) in tracked})
    for mart in marts:
        columns = ", ".join(keys[mart])
        rows = f"SEMI JOIN changes.{mart} USING ({columns})" if mart in changed else "LIMIT 0"
        connection.execute(f"CREATE TABLE {WRITTEN}.{mart} AS FROM marts.{mart} {rows}")
    return set(marts)


def forget(connection: duckdb.DuckDBPyConnection, checks: str) -> None:
    """Forget the changed rows, once an audit has passed them and so every model has seen them."""
    connection.execute(f"DROP SCHEMA IF EXISTS {WRITTEN} CASCADE")
    names = tables(connection, "changes")
    if names:
        connection.execute("CREATE OR REPLACE TABLE changes.audited AS SELECT $checks AS checks", {"checks": checks})
    for table in names:
        if table not in _OF_ALL_MODELS:
            connection.execute(f"DELETE FROM changes.{table}")
    if "built" in names:
        connection.execute(
            """
            DELETE FROM changes.built WHERE step < (
                SELECT max(step) FROM changes.built AS newer WHERE newer.model_name = built.model_name
            );
            UPDATE changes.built SET is_whole = false;
            DELETE FROM changes.input WHERE NOT EXISTS (
                FROM changes.built
                WHERE built.model_name = input.model_name AND built.invocation_id = input.invocation_id
            )
            """
        )
