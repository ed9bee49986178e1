"""The row counts and content hashes of the tables of a warehouse file, by which files can be compared."""

import hashlib
from pathlib import Path

import duckdb


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
    """Return the number of rows of each table of some schemas, or of all, of the connection's current database."""
    names = connection.execute(
        """
        SELECT schema_name, table_name FROM duckdb_tables()
        WHERE database_name = current_database() ORDER BY schema_name, table_name
        """
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


def tables(connection: duckdb.DuckDBPyConnection, schema: str) -> list[str]:
    """Return the tables of a schema of the connection's current database, ordered by name."""
    rows = connection.execute(
        """
        SELECT table_name FROM duckdb_tables()
        WHERE database_name = current_database() AND schema_name = ? ORDER BY table_name
        """,
        [schema],
    ).fetchall()
    return [name for (name,) in rows]


def quote(text: str) -> str:
    """Return `text` as a SQL string literal."""
    return "'" + text.replace("'", "''") + "'"
