"""The published warehouse as one SQLite file with full-text search: `make export FORMAT=sqlite`, and for `make site`.

It has the views as tables with keys of their own, the marts, the lists of schema `reference` and the tables `about…`.
Booleans are 0 and 1, days and moments are text, sums of money are numbers.
"""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

import duckdb

from orderpaper.errors import OrderPaperError
from orderpaper.warehouse.content import quote

VIEW_KEYS = {
    "questions": "question_key",
    "answers": "answer_key",
    "statements": "statement_key",
    "funding": "figure_key",
    "members": "member_key",
    "departments": "department_key",
}
"""The views that become tables, and the column that names a row of each."""

SEARCHED = {
    "statements": ("heading", "statement_text", "said_by", "department"),
    "members": ("name", "party", "constituency", "posts"),
    "departments": ("department", "abbreviation"),
    "funding": ("programme", "recipient", "sentence"),
}
"""The tables with an index of words, and the columns whose words are in it."""

_TYPES = {"BIGINT": "INTEGER", "INTEGER": "INTEGER", "BOOLEAN": "INTEGER", "DOUBLE": "REAL"}


def write(database: Path, path: Path) -> Path:
    """Write the snapshot `database` to the SQLite file `path`, which appears when it is complete; return `path`.

    If it is there already, nothing is done, because a snapshot never changes.

    Raises:
        OrderPaperError: the file cannot be written, or the snapshot was published without what it needs.
    """
    if path.exists():
        return path
    unfinished = path.with_name(f".{path.name}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.unlink(missing_ok=True)
        with duckdb.connect() as connection:
            connection.execute(f"ATTACH {quote(str(database))} AS snapshot (READ_ONLY)")
            connection.execute("USE snapshot")
            table_list = _tables(connection)
            with closing(sqlite3.connect(unfinished)) as target:
                for table in table_list:
                    target.execute(_definition(table))
            _copy(connection, table_list, unfinished)
        with closing(sqlite3.connect(unfinished)) as target:
            _index(target, table_list)
        unfinished.rename(path)
    except (OSError, sqlite3.Error, duckdb.Error) as error:
        raise OrderPaperError(f"{database} could not be written to {path} as SQLite: {error}") from error
    return path


def extension() -> Path:
    """Return the file of DuckDB's SQLite extension, which the package `duckdb-extension-sqlite-scanner` carries.

    Raises:
        OrderPaperError: the package is not installed, or is that of another version of DuckDB.
    """
    if find_spec("duckdb_extension_sqlite_scanner"):
        root = Path(str(resources.files("duckdb_extension_sqlite_scanner")))
        path = root / "extensions" / f"v{duckdb.__version__}" / "sqlite_scanner.duckdb_extension"
        if path.exists():
            return path
    raise OrderPaperError(
        f"The package duckdb-extension-sqlite-scanner of DuckDB {duckdb.__version__} is not installed; install "
        "requirements.txt again."
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """A table of the file."""

    name: str
    source: str
    """Where its rows are in the snapshot."""
    columns: list[tuple[str, str]]
    """Its columns with their types in DuckDB."""
    primary: str
    """The columns of its primary key, separated by commas; empty without one."""
    foreign: dict[str, tuple[str, str]]
    """Column → table and column to which it refers."""


def _tables(connection: duckdb.DuckDBPyConnection) -> list[_Table]:
    columns: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for schema, table, column, data_type in connection.execute(
        """
        SELECT schema_name, table_name, column_name, data_type FROM about_columns
        WHERE schema_name IN ('main', 'marts', 'reference') ORDER BY schema_name, table_name, position
        """
    ).fetchall():
        columns.setdefault((schema, table), []).append((column, data_type))
    keys = connection.execute(
        """
        SELECT table_name, column_names, target_table, target_column FROM about_keys
        WHERE schema_name IN ('main', 'marts')
        """
    ).fetchall()
    primary = {table: names for table, names, target, _ in keys if target is None} | VIEW_KEYS
    return [
        _Table(
            name=f"reference_{table}" if schema == "reference" else table,
            source=f'{schema}."{table}"',
            columns=found,
            primary=primary.get(table, ""),
            foreign=_view_references(table, found)
            if table in VIEW_KEYS
            else {column: (target, field) for name, column, target, field in keys if name == table and target},
        )
        for (schema, table), found in columns.items()
    ]


def _view_references(view: str, columns: list[tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Return what the columns of a view refer to, which their names say: `first_question_key` is one of `questions`."""
    targets = {key: table for table, key in VIEW_KEYS.items()} | {
        "member_key": "dim_member",  # the view has the newest period of a member only
        "document_id": "dim_document",
    }
    return {
        column: (target, key)
        for column, _ in columns
        for key, target in targets.items()
        if (column == key or column.endswith(f"_{key}")) and column != VIEW_KEYS[view]
    }


def _definition(table: _Table) -> str:
    """Return the statement that creates a table."""
    parts = [f'"{column}" {_TYPES.get(data_type, _text_or_number(data_type))}' for column, data_type in table.columns]
    if table.primary:
        parts.append(f"PRIMARY KEY ({table.primary})")
    parts += [
        f'FOREIGN KEY ("{column}") REFERENCES "{target}" ("{field}")'
        for column, (target, field) in table.foreign.items()
    ]
    return f'CREATE TABLE "{table.name}" ({", ".join(parts)})'


def _text_or_number(data_type: str) -> str:
    return "NUMERIC" if data_type.startswith("DECIMAL") else "TEXT"


def _value(column: str, data_type: str) -> str:
    """Return the expression for a column's value as SQLite holds it."""
    if data_type == "TIMESTAMP WITH TIME ZONE":
        return f"strftime(\"{column}\" AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%SZ')"
    if data_type.startswith("DECIMAL"):
        return f'"{column}"::DOUBLE'
    kind = {"INTEGER": "BIGINT", "REAL": "DOUBLE"}.get(_TYPES.get(data_type, ""), "VARCHAR")
    return f'"{column}"::{kind}'


def _copy(connection: duckdb.DuckDBPyConnection, table_list: list[_Table], path: Path) -> None:
    connection.execute(f"LOAD {quote(str(extension()))}")
    connection.execute(f"ATTACH {quote(str(path))} AS target (TYPE sqlite)")
    for table in table_list:
        values = ", ".join(_value(*column) for column in table.columns)
        order = f" ORDER BY {table.primary}" if table.primary else ""
        connection.execute(f'INSERT INTO target."{table.name}" SELECT {values} FROM {table.source}{order}')
    connection.execute("DETACH target")


def _index(target: sqlite3.Connection, table_list: list[_Table]) -> None:
    """Index the references, and the words of `SEARCHED`."""
    for table in table_list:
        for column in table.foreign:
            target.execute(f'CREATE INDEX "{table.name}_{column}" ON "{table.name}" ("{column}")')
    for name, columns in SEARCHED.items():
        names = ", ".join(columns)
        target.execute(
            f"CREATE VIRTUAL TABLE {name}_fts USING fts5 ({names}, content='{name}',"
            " tokenize='porter unicode61 remove_diacritics 2')"
        )
        target.execute(f"INSERT INTO {name}_fts (rowid, {names}) SELECT rowid, {names} FROM {name}")
    target.commit()
    target.execute("ANALYZE")
    target.execute("VACUUM")
