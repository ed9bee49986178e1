"""Compare two snapshots: the rows of the marts that appeared, changed or went."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orderpaper.config import DATABASE_NAME, Paths
from orderpaper.errors import ConfigError
from orderpaper.warehouse.content import quote

CHANGES = ("appeared", "changed", "went")
LABEL_COLUMNS = 3
"""How many columns name a row that has no citation."""
VALUE_LENGTH = 120
"""The characters of a value that a sample shows."""

Values = dict[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A row that differs, for a person to look at."""

    table: str
    row_key: str
    change: str
    label: str
    """Its citation, or its first columns that say something; its key if there is none."""
    columns: list[str]
    """The columns whose values differ, if it changed."""
    before: Values
    """Their values in the older snapshot, shortened."""
    after: Values


def compare(paths: Paths, from_id: str, to_id: str) -> duckdb.DuckDBPyConnection:
    """Return a database in memory whose table `difference` has a row for each row that differs.

    Its columns are `table_name`, `row_key`, `change` (one of `CHANGES`) and `changed_columns`, the names of the columns
    that both snapshots have and whose values differ. The marts that both snapshots have with the same primary key are
    compared; the table `compared` names them. A key of several columns is written with a comma between their values.

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
        """
        CREATE TABLE difference (table_name VARCHAR, row_key VARCHAR, change VARCHAR, changed_columns VARCHAR[]);
        CREATE TABLE compared AS
        SELECT table_name, string_split(column_names, ', ') AS keys
        FROM older.about_keys INNER JOIN newer.about_keys USING (schema_name, table_name, key_kind, column_names)
        WHERE schema_name = 'marts' AND key_kind = 'primary'
            -- In a snapshot that Spark has built, the marts are views of files.
            AND table_name IN (SELECT table_name FROM duckdb_tables() WHERE database_name = 'older')
            AND table_name IN (SELECT table_name FROM duckdb_tables() WHERE database_name = 'newer')
        """
    )
    for table, keys in _compared(connection):
        if _hash(connection, "older", table) == _hash(connection, "newer", table):
            continue
        older, newer = (_columns(connection, name, table) for name in ("older", "newer"))
        shared = [column for column in older if column in newer and column not in keys]
        connection.execute(_query(table, keys, shared))
    return connection


def counts(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[str, dict[str, int]]]:
    """Yield each mart that was compared and, for each kind of change, the number of its rows."""
    found = connection.execute("SELECT table_name, change, count(*) FROM difference GROUP BY ALL").fetchall()
    numbers = {(name, change): count for name, change, count in found}
    for table, _ in _compared(connection):
        yield table, {change: numbers.get((table, change), 0) for change in CHANGES}


def samples(connection: duckdb.DuckDBPyConnection, limit: int) -> list[Sample]:
    """Return up to `limit` rows of each mart and kind of change, those with the lowest keys."""
    found = []
    for table, keys in _compared(connection):
        chosen = connection.execute(
            """
            SELECT row_key, change, changed_columns FROM difference WHERE table_name = ?
            QUALIFY row_number() OVER (PARTITION BY change ORDER BY row_key) <= ?
            ORDER BY change, row_key
            """,
            [table, limit],
        ).fetchall()
        rows = {name: _read(connection, name, table, keys, [row[0] for row in chosen]) for name in ("older", "newer")}
        for row_key, change, columns in chosen:
            before, after = (rows[name].get(row_key, {}) for name in ("older", "newer"))
            found.append(
                Sample(
                    table=table,
                    row_key=row_key,
                    change=change,
                    label=_label(after or before) or row_key,
                    columns=columns,
                    before={column: _shorten(before[column]) for column in columns},
                    after={column: _shorten(after[column]) for column in columns},
                )
            )
    return found


def write(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write the rows that differ as a Parquet file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection.execute(f"COPY (FROM difference ORDER BY ALL) TO {quote(str(path))} (FORMAT parquet)")


def _compared(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, list[str]]]:
    return connection.execute("FROM compared ORDER BY table_name").fetchall()


def _hash(connection: duckdb.DuckDBPyConnection, database: str, table: str) -> tuple[int, int] | None:
    """Return a value that is the same for the same rows in any order. It costs a fifth of a comparison."""
    return connection.execute(
        f'SELECT count(*), sum(hash(mart)::HUGEINT) FROM {database}.marts."{table}" AS mart'
    ).fetchone()


def _columns(connection: duckdb.DuckDBPyConnection, database: str, table: str) -> list[str]:
    found = connection.execute(
        "SELECT column_name FROM duckdb_columns() WHERE database_name = ? AND schema_name = 'marts' AND table_name = ?"
        " ORDER BY column_index",
        [database, table],
    )
    return [name for (name,) in found.fetchall()]


def _query(table: str, keys: list[str], columns: list[str]) -> str:
    older_values, newer_values = (
        ", ".join(f'{side}."{name}"' for name in columns) for side in ("older_row", "newer_row")
    )
    names = ", ".join(
        f'CASE WHEN older_row."{name}" IS DISTINCT FROM newer_row."{name}" THEN {quote(name)} END' for name in columns
    )
    is_changed = f"row({older_values}) IS DISTINCT FROM row({newer_values})" if columns else "false"
    same_key = " AND ".join(f'older_row."{key}" = newer_row."{key}"' for key in keys)
    older_only, newer_only = f'newer_row."{keys[0]}" IS NULL', f'older_row."{keys[0]}" IS NULL'
    return f"""
        INSERT INTO difference
        SELECT
            {quote(table)},
            coalesce({_row_key("newer_row", keys)}, {_row_key("older_row", keys)}),
            CASE WHEN {newer_only} THEN 'appeared' WHEN {older_only} THEN 'went' ELSE 'changed' END,
            CASE
                WHEN {newer_only} OR {older_only} THEN []::VARCHAR[]
                ELSE list_filter([{names}]::VARCHAR[], lambda name: name IS NOT NULL)
            END
        FROM older.marts."{table}" AS older_row
        FULL JOIN newer.marts."{table}" AS newer_row ON {same_key}
        WHERE {newer_only} OR {older_only} OR {is_changed}
    """


def _row_key(row: str, keys: list[str]) -> str:
    """Return the SQL of a row's key as one text, which is null where the row is absent."""
    return " || ', ' || ".join(f'{row}."{key}"::VARCHAR' for key in keys)


def _read(
    connection: duckdb.DuckDBPyConnection, database: str, table: str, keys: list[str], row_keys: list[str]
) -> dict[str, Values]:
    """Return the rows of a mart that have one of some keys, as text: key → column → value."""
    if not row_keys:
        return {}
    cursor = connection.execute(
        f'SELECT {_row_key("mart", keys)}, COLUMNS(*)::VARCHAR FROM {database}.marts."{table}" AS mart'
        f" WHERE {_row_key('mart', keys)} IN (SELECT unnest(?))",
        [row_keys],
    )
    names = [column[0] for column in cursor.description or []][1:]
    return {row[0]: dict(zip(names, row[1:], strict=True)) for row in cursor.fetchall()}


def _label(row: Values) -> str | None:
    if cited := row.get("cite_as"):
        return cited
    said = [
        value
        for name, value in row.items()
        if value is not None
        and not name.startswith(("is_", "has_"))
        and not name.endswith(("_key", "_id", "_hash", "_count", "_ordinal"))
    ]
    return _shorten(" · ".join(said[:LABEL_COLUMNS])) or None


def _shorten(value: str | None) -> str | None:
    return value if value is None or len(value) <= VALUE_LENGTH else f"{value[: VALUE_LENGTH - 1]}…"
