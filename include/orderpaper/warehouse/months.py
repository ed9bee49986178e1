"""The rows of a mart by month, so that an export writes only the months that differ from an earlier export.

A fact, and `dim_document`, is divided by its first date. A table that links facts is divided by the first date of the
first fact to which it refers. Other tables are one part.
"""

import hashlib
from dataclasses import dataclass

import duckdb

from orderpaper.warehouse.content import quote
from orderpaper.warehouse.declared import ForeignKey

UNDATED = "undated"
"""The part of the rows without a date."""


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of a table of one month, or all its rows."""

    name: str
    """The path of its files without their ending, such as `fct_question/2025-03` or `dim_topic`."""
    query: str
    """The query of its rows, in an order that follows from the rows."""
    digest: str
    """Equal if columns and rows are equal."""


def parts(connection: duckdb.DuckDBPyConnection, table: str, keys: list[ForeignKey]) -> list[Part]:
    """Return the parts of a mart, the earliest month first and rows without a date last.

    Args:
        connection: a connection to the snapshot.
        table: the mart.
        keys: its references to other marts.
    """
    columns = _columns(connection, table)
    rows = f'marts."{table}" AS rows'
    month = f"'{UNDATED}'"
    if date := _date(connection, table):
        month = f"coalesce(strftime(rows.\"{date}\", '%Y-%m'), '{UNDATED}')"
    elif table.startswith("bridge_"):
        for key in keys:
            if date := _date(connection, key.target_table):
                rows += f' LEFT JOIN marts."{key.target_table}" AS fact'
                rows += f' ON rows."{key.column}" = fact."{key.target_column}"'
                month = f"coalesce(strftime(fact.\"{date}\", '%Y-%m'), '{UNDATED}')"
                break
    found = connection.execute(
        f"SELECT {month} AS month, count(*), sum(hash(rows)::HUGEINT) FROM {rows} GROUP BY month ORDER BY month"
    ).fetchall()
    return [
        Part(
            name=table if date is None else f"{table}/{name}",
            query=f"SELECT rows.* FROM {rows} WHERE {month} = {quote(name)} ORDER BY ALL",
            digest=hashlib.sha256(f"{duckdb.__version__} {columns} {count} {total}".encode()).hexdigest()[:16],
        )
        for name, count, total in found or [(UNDATED, 0, 0)]
    ]


def _date(connection: duckdb.DuckDBPyConnection, table: str) -> str | None:
    """Return the first column of a fact that is a date, or None."""
    if not table.startswith("fct_") and table != "dim_document":
        return None
    return next((name for name, data_type in _columns(connection, table) if data_type == "DATE"), None)


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> list[tuple[str, str]]:
    return connection.execute(
        """
        SELECT column_name, data_type FROM duckdb_columns()
        WHERE database_name = current_database() AND schema_name = 'marts' AND table_name = ? ORDER BY column_index
        """,
        [table],
    ).fetchall()
