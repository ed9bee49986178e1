"""Compare two snapshots: the questions, answers and figures that appeared, changed or went."""

from collections.abc import Iterator
from pathlib import Path

import duckdb

from orderpaper.config import DATABASE_NAME, Paths
from orderpaper.errors import ConfigError
from orderpaper.warehouse.content import quote

KEYS = {"fct_question": "question_key", "fct_answer": "answer_key", "fct_funding_figure": "figure_key"}
"""Mart → the column by which its rows are told apart."""
CHANGES = ("appeared", "changed", "went")


def compare(paths: Paths, from_id: str, to_id: str) -> duckdb.DuckDBPyConnection:
    """Return a database in memory whose table `difference` has a row for each row that differs.

    Its columns are `table_name`, `row_key`, `change` (one of `CHANGES`) and `changed_columns`, the names of the columns
    that both snapshots have and whose values differ.

    Raises:
        ConfigError: there is no snapshot of that id.
    """
    connection = duckdb.connect()
    for name, snapshot_id in (("older", from_id), ("newer", to_id)):
        database = paths.snapshots / snapshot_id / DATABASE_NAME
        if not database.is_file():
            present = sorted(folder.name for folder in paths.snapshots.glob("[!.]*"))
            raise ConfigError(f"There is no snapshot {snapshot_id!r}; there are {', '.join(present) or 'none'}.")
        connection.execute(f"ATTACH {quote(str(database))} AS {name} (READ_ONLY)")
    connection.execute(
        "CREATE TABLE difference (table_name VARCHAR, row_key VARCHAR, change VARCHAR, changed_columns VARCHAR[])"
    )
    for table, key in KEYS.items():
        if all(columns := [_columns(connection, name, table) for name in ("older", "newer")]):
            shared = [column for column in columns[0] if column in columns[1] and column != key]
            connection.execute(_query(table, key, shared))
    return connection


def counts(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, dict[str, int]]]:
    """Yield each mart and, for each kind of change, the number of its rows."""
    found = connection.execute("SELECT table_name, change, count(*) FROM difference GROUP BY ALL").fetchall()
    for table in KEYS:
        yield (
            table,
            {change: sum(n for name, kind, n in found if (name, kind) == (table, change)) for change in CHANGES},
        )


def write(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write the rows that differ as a Parquet file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection.execute(f"COPY (FROM difference ORDER BY ALL) TO {quote(str(path))} (FORMAT parquet)")


def _columns(connection: duckdb.DuckDBPyConnection, database: str, table: str) -> list[str]:
    found = connection.execute(
        "SELECT column_name FROM duckdb_columns() WHERE database_name = ? AND schema_name = 'marts' AND table_name = ?"
        " ORDER BY column_index",
        [database, table],
    )
    return [name for (name,) in found.fetchall()]


def _query(table: str, key: str, columns: list[str]) -> str:
    differing = ", ".join(
        f'CASE WHEN older_row."{name}" IS DISTINCT FROM newer_row."{name}" THEN {quote(name)} END' for name in columns
    )
    return f"""
        INSERT INTO difference
        FROM (
            SELECT
                {quote(table)} AS table_name,
                coalesce(older_row."{key}", newer_row."{key}") AS row_key,
                CASE
                    WHEN older_row."{key}" IS NULL THEN 'appeared'
                    WHEN newer_row."{key}" IS NULL THEN 'went'
                    ELSE 'changed'
                END AS change,
                CASE
                    WHEN older_row."{key}" IS NULL OR newer_row."{key}" IS NULL THEN []
                    ELSE list_filter([{differing}], name -> name IS NOT NULL)
                END AS changed_columns
            FROM older.marts."{table}" AS older_row
            FULL JOIN newer.marts."{table}" AS newer_row ON older_row."{key}" = newer_row."{key}"
        )
        WHERE change != 'changed' OR len(changed_columns) > 0
    """
