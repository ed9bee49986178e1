"""Read the lines of a text as a reader sees them: without invisible characters, with one kind of space and letter."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence

from orderpaper.errors import ParseError
from orderpaper.reading.dates import read_day
from orderpaper.reading.lines import Line, content_lines
from orderpaper.reading.tidy import TidyText, is_tidy

_BULLET = re.compile(r"^[^\S\n]*([-*+•▪◦]) +(?=\S)", re.MULTILINE)
_MARK = re.compile(r"[#*_]")
_BULLETED = re.compile(r"^[-*+•▪◦] +(?=\*\*[^*]{1,100}\*\*)")
"""Matches the bullet before words in a stronger print, which are a label in a list of them."""
_HEADING = re.compile(r"^#{1,6} +(?=\S)")
_EMPHASIS = re.compile(r"(?<![\w*_])(\*{1,3}|_{1,3})(?=[^\s*_])([^*_]*[^*_\s])\1(?![\w*_])")
"""Matches words between the marks of Markdown for a stronger print: `**Asked by:**`."""


def without_bullets(text: str) -> str:
    """Return a text without the bullets before its lines, if each has the same one, as a list of all of them has."""
    first = _BULLET.search(text)
    lines = [line for line in text.split("\n") if line.strip()] if first else []
    is_list = len(lines) > 1 and all((found := _BULLET.match(line)) and found[1] == first[1] for line in lines if first)
    return _BULLET.sub("", text) if is_list else text


def printed_lines(text: str) -> list[Line]:
    """Return the lines of `text` that show something, each with its tidy words and with the span of what it shows.

    A label after a zero width space, a byte order mark or a mark of direction looks like any other, and so does one in
    the marks of Markdown.
    """
    if is_tidy(text):
        return [
            line._replace(text=_without_marks(line.text)) if _MARK.search(line.text) else line
            for line in content_lines(text)
        ]
    lines = []
    for line in content_lines(text):
        tidy = TidyText.of(text[line.start : line.end])
        if words := tidy.text.strip():
            first = tidy.text.index(words)
            start, end = tidy.stored_span(first, first + len(words))
            shown = _without_marks(" ".join(words.split()))
            lines.append(Line(line.number, shown, line.start + start, line.start + end))
    return lines


def _without_marks(words: str) -> str:
    """Return a line without the marks of Markdown for headings, emphasis and labels in a list.

    The text of the document keeps them.
    """
    return _HEADING.sub("", without_emphasis(words), count=1)


def without_emphasis(line: str) -> str:
    """Return a line without the marks of Markdown for a stronger print, and without the bullet before a label in it."""
    return _EMPHASIS.sub(r"\2", _BULLETED.sub("", line))


def with_years(lines: Sequence[Line], known: Iterable[dt.date]) -> list[Line]:
    """Return the lines, with its year added to each day that is printed without one and stands near a known day."""
    days = [*known]
    found: list[Line] = []
    for line in lines:
        day = read_day(line.text)
        date = day.near(days) if day and day.year is None else None
        found.append(line._replace(text=f"{line.text} {date.year}") if date else line)
    return found


def days_of(lines: Iterable[Line]) -> Iterator[dt.date]:
    """Yield each day that stands alone on its line, with its year."""
    for line in lines:
        if (day := read_day(line.text)) and day.date:
            yield day.date


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
