"""The row counts and content hashes of the tables of a warehouse file, by which files can be compared."""

import hashlib
from pathlib import Path
from typing import BinaryIO

import duckdb

from orderpaper.config import WORK_NAME

HEADER_BYTES = 3 * 4096
"""A DuckDB file begins with three headers."""

OWN_CATALOGS = "database_name IN (current_database(), 'work')"
"""The condition for what is in the file that a connection has open, or in the work database attached to it."""

_TABLES = "SELECT database_name, schema_name, table_name FROM duckdb_tables()"
_VIEWS = "SELECT database_name, schema_name, view_name AS table_name FROM duckdb_views() WHERE NOT internal"
"""The query of the views of Parquet files that a build on Spark has instead of tables."""


def content_hash(database: Path) -> dict[str, str]:
    """Return a hash of the rows of each table of schema `marts`, in any order; open `database` read-only.

    Equal hashes mean equal columns and rows. DuckDB hashes the rows, so compare only hashes of one DuckDB version.
    """
    with duckdb.connect(database, read_only=True) as connection:
        return hash_marts(connection)


def row_counts(database: Path) -> dict[str, int]:
    """Return the number of rows of each table of schemas `marts` and `ops`; open `database` read-only."""
    with duckdb.connect(database, read_only=True) as connection:
        return count_rows(connection, "marts", "ops")


def count_rows(connection: duckdb.DuckDBPyConnection, *schemas: str) -> dict[str, int]:
    """Return the number of rows of each table of some schemas, or of all, of a warehouse or build.

    If schemas are named, their views count as tables.
    """
    relations = f"{_TABLES} UNION ALL {_VIEWS}" if schemas else _TABLES
    names = connection.execute(
        f"SELECT schema_name, table_name FROM ({relations}) WHERE {OWN_CATALOGS} ORDER BY schema_name, table_name"
    ).fetchall()
    counts = [
        f'SELECT {quote(f"{schema}.{table}")}, count(*) FROM "{schema}"."{table}"'
        for schema, table in names
        if not schemas or schema in schemas
    ]
    return dict(connection.execute(" UNION ALL ".join(counts)).fetchall()) if counts else {}


def hash_marts(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return the same as `content_hash` for the connection's current database."""
    hashes = {}
    for table in tables(connection, "marts"):
        columns = [row[0] for row in connection.execute(f'DESCRIBE marts."{table}"').fetchall()]
        ((count, total),) = connection.execute(
            f'SELECT count(*), coalesce(sum(hash(mart)::HUGEINT), 0) FROM marts."{table}" AS mart'
        ).fetchall()
        hashes[table] = hashlib.sha256(f"{columns} {count} {total}".encode()).hexdigest()[:16]
    return hashes


def file_version(database: BinaryIO) -> str:
    """Return a value for the state of a database file: each change of its tables gives another one.

    It is the hash of DuckDB's headers, which every checkpoint renews. A copy of the file has the same version.
    """
    database.seek(0)
    return hashlib.sha256(database.read(HEADER_BYTES)).hexdigest()[:16]


def tables(connection: duckdb.DuckDBPyConnection, schema: str) -> list[str]:
    """Return the tables and views of a schema of a warehouse or build, ordered by name."""
    rows = connection.execute(
        f"SELECT table_name FROM ({_TABLES} UNION ALL {_VIEWS}) WHERE {OWN_CATALOGS} AND schema_name = ?"
        " ORDER BY table_name",
        [schema],
    ).fetchall()
    return [name for (name,) in rows]


def attach_work(connection: duckdb.DuckDBPyConnection, database: Path, *, read_only: bool = False) -> None:
    """Attach the work database that is beside a build database, if there is one, so that its schemas are found."""
    work = database.with_name(WORK_NAME)
    if work == database or not work.exists():
        return
    connection.execute(f"ATTACH IF NOT EXISTS {quote(str(work))} AS work{' (READ_ONLY)' if read_only else ''}")
    schemas = connection.execute(
        "SELECT schema_name FROM duckdb_schemas() WHERE database_name = 'work' AND NOT internal"
    ).fetchall()
    (catalog,) = connection.execute("SELECT current_database()").fetchone() or ("",)
    path = [f"{catalog}.main", *(f"work.{schema}" for (schema,) in schemas)]
    connection.execute(f"SET search_path = {quote(','.join(path))}")


def quote(text: str) -> str:
    """Return `text` as a SQL string literal."""
    return "'" + text.replace("'", "''") + "'"
