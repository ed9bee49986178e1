"""Read and clear the list of what builds changed since the last audit that passed.

The list is the schema `changes` of the build database, which dbt fills.
`dbt/macros/changes.sql` says what the tables of the schema hold.
"""

import duckdb

from orderpaper.warehouse.content import tables

_OF_ALL_MODELS = ("anew", "audited", "built", "input")


def computed_anew(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Return the models that the last build computed anew among others that it updated, and for which parent."""
    if "anew" not in tables(connection, "changes"):
        return []
    return connection.execute("SELECT model_name, parent_name FROM changes.anew ORDER BY ALL").fetchall()


def tracked(connection: duckdb.DuckDBPyConnection, checks: str | None = None) -> dict[str, list[str]]:
    """Return the models whose changed rows are all listed, and the columns of each list.

    A list without columns is not there yet, because nothing has changed. A model that was built from nothing is not
    there: all its rows count as changed. If `checks` are given, no model is there if the last audit made others.
    """
    columns: dict[str, list[str]] = {}
    for name, column in connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'changes'"
    ).fetchall():
        columns.setdefault(name, []).append(column)
    if not {"built", "audited"} <= columns.keys():
        return {}
    audited = connection.execute("SELECT checks FROM changes.audited").fetchall()
    if not audited or (checks is not None and audited != [(checks,)]):
        return {}
    names = connection.execute(
        "SELECT model_name FROM changes.built GROUP BY model_name HAVING NOT bool_or(is_whole)"
    ).fetchall()
    return {name: columns.get(name, []) for (name,) in names}


def forget(connection: duckdb.DuckDBPyConnection, checks: str) -> None:
    """Forget the changed rows, once an audit has passed them and so every model has seen them."""
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
