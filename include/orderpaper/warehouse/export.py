"""The rows of a query on the published warehouse as CSV that is safe to open in a spreadsheet: `make csv`.

A spreadsheet computes a cell that begins like a formula, and a formula can send the contents of other cells to
anybody. The texts come from documents that anybody may have written. So an apostrophe is put before a text that begins
like a formula; spreadsheets mark text in the same way.
"""

import csv
from decimal import Decimal
from typing import IO

import duckdb

from orderpaper.errors import OrderPaperError

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_ROWS_AT_A_TIME = 10_000


def write_csv(connection: duckdb.DuckDBPyConnection, query: str, out: IO[str]) -> None:
    """Write the rows of `query` to `out`, under a line with the names of its columns.

    Raises:
        OrderPaperError: DuckDB refuses the query; the message is its own.
    """
    try:
        result = connection.execute(query)
        writer = csv.writer(out)
        writer.writerow([cell(column[0]) for column in result.description or ()])
        while rows := result.fetchmany(_ROWS_AT_A_TIME):
            writer.writerows([cell(value) for value in row] for row in rows)
    except duckdb.Error as error:
        raise OrderPaperError(str(error)) from error


def cell(value: object) -> object:
    """Return a value as it is written: a number unchanged, a text so that no spreadsheet computes it."""
    if value is None or isinstance(value, int | float | Decimal):
        return value
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text
