"""`make csv Q="select …" > rows.csv`: the rows of a query on the published warehouse as CSV, safe in a spreadsheet.

A spreadsheet computes a cell that begins like a formula, and a formula can send what stands in other cells to anybody.
Text comes from documents that anybody may have written: text that begins so gets an apostrophe in front, as
spreadsheets themselves mark text.
"""

import csv
import sys
from decimal import Decimal
from typing import IO

import duckdb

from orderpaper.errors import ConfigError, OrderPaperError
from orderpaper.warehouse.reader import connect

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_ROWS_AT_A_TIME = 10_000


def write_csv(connection: duckdb.DuckDBPyConnection, query: str, out: IO[str]) -> None:
    """Write the rows of `query` to `out`, under a line with the names of its columns.

    Raises:
        ConfigError: DuckDB refuses the query; the message is its own.
    """
    try:
        result = connection.execute(query)
        writer = csv.writer(out)
        writer.writerow([cell(column[0]) for column in result.description or ()])
        while rows := result.fetchmany(_ROWS_AT_A_TIME):
            writer.writerows([cell(value) for value in row] for row in rows)
    except duckdb.Error as error:
        raise ConfigError(str(error)) from error


def cell(value: object) -> object:
    """A value as it stands in the file: a number as it is, text so that no spreadsheet takes it for a formula."""
    if value is None or isinstance(value, int | float | Decimal):
        return value
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def main(arguments: list[str]) -> None:
    """Write the rows of the query in `arguments` to standard output."""
    query = " ".join(arguments).strip()
    try:
        if not query:
            raise ConfigError('There is no query; say which: make csv Q="select …".')
        with connect() as connection:
            write_csv(connection, query, sys.stdout)
    except OrderPaperError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main(sys.argv[1:])
