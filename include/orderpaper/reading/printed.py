"""Read the lines of a text as a reader sees them: without invisible characters, with one kind of space and letter."""

import datetime as dt

from orderpaper.errors import ParseError
from orderpaper.reading.dates import read_day
from orderpaper.reading.lines import Line, content_lines
from orderpaper.reading.tidy import TidyText


def printed_lines(text: str) -> list[Line]:
    """Return the lines of `text` that show something, each with its tidy words and with the span of what it shows.

    A label after a zero width space, a byte order mark or a mark of direction looks like any other.
    """
    lines = []
    for line in content_lines(text):
        tidy = TidyText.of(text[line.start : line.end])
        if words := tidy.text.strip():
            first = tidy.text.index(words)
            start, end = tidy.stored_span(first, first + len(words))
            lines.append(Line(line.number, " ".join(words.split()), line.start + start, line.start + end))
    return lines


def dated(line: Line, printed: str) -> dt.date:
    """Return the day that is printed in a line.

    Raises:
        ParseError: there is no such day, it can be another, or its form is not known.
    """
    day = read_day(printed)
    if day is None:
        raise ParseError(f"line {line.number}: the day “{printed}” is in no form that is read")
    try:
        return day.dated()
    except ParseError as error:
        raise ParseError(f"line {line.number}: {error}") from error
