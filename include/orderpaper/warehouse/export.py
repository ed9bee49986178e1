"""The rows of a query on the published warehouse as CSV that is safe to open in a spreadsheet: `make csv`.

A spreadsheet computes a cell that begins like a formula, and a formula can send the contents of other cells to
anybody. The texts come from documents that anybody may have written. So an apostrophe is put before a text that begins
like a formula; spreadsheets mark text in the same way.

A spreadsheet of another locale splits cells at semicolons, and at line ends inside a text. So a part of a text that
would then begin like a formula gets an apostrophe too, and so does the text, which shows that something was inserted.
"""

import csv
import re
from decimal import Decimal
from typing import IO

import duckdb

from orderpaper.errors import OrderPaperError

_FORMULA = r"[=+\-@＝＋－＠]"
_BLANK = (
    r"[\s\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]"
)
"""The characters that may stand unseen before a formula: white space, control characters and invisible characters."""
_START = re.compile(rf"[\t\r\n]|{_BLANK}*{_FORMULA}")
_PART = re.compile(rf"(?<=[;|\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029])(?={_BLANK}*{_FORMULA})")
"""The place before a formula that follows a separator."""
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
    blank = len(text) - len(text.lstrip())
    marked = text[:blank] + _PART.sub("'", text[blank:])
    return f"'{marked}" if marked != text or _START.match(text) else text
