"""Split a plain text into lines, each with its span in the text."""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple, TypedDict

from orderpaper.errors import ParseError

_FULL_STOPS = tuple(".!?:;…")
_CLOSERS = ")]”’\"'"


_FOOTER = re.compile(
    r"(?:©|\(c\) |Copyright\b).*|Cookies?(?: (?:policy|settings|preferences|notice))?|Privacy(?: (?:notice|policy))?"
    r"|Accessibility(?: statement)?|Contact us|About us|Terms(?: (?:and|&) conditions| of use)?|Back to top"
    r"|(?:Next|Previous)(?: page)?|(?:Follow|Find|Join) us\b.*|Site ?map|(?:Share|Print)(?: this page)?",
    re.IGNORECASE,
)
"""Matches a line that a site prints below every page, and with which no answer ends."""


class Line(NamedTuple):
    """A line that is not blank. `text` has its white space folded; `start` and `end` are the span of the whole line."""

    number: int
    text: str
    start: int
    end: int

    @property
    def ends_sentence(self) -> bool:
        """Whether the line ends with a full stop or similar mark. Closing quotation marks and brackets are ignored."""
        return self.text.rstrip(_CLOSERS).endswith(_FULL_STOPS)

    @property
    def is_closed(self) -> bool:
        """Whether the line can be the last: it ends a sentence, a bracket or a quotation."""
        return self.ends_sentence or self.text.endswith(tuple(_CLOSERS))


def without_footer(lines: list[Line]) -> list[Line]:
    """Return the lines without those at the end that a site prints below every page."""
    end = len(lines)
    while end and _FOOTER.fullmatch(lines[end - 1].text):
        end -= 1
    return lines[:end]


def content_lines(text: str) -> list[Line]:
    """Return the lines of `text` that are not blank, in order, with the line numbers of an editor."""
    lines = []
    position = 0
    for number, raw in enumerate(text.split("\n"), start=1):
        if content := raw.strip():
            start = position + raw.index(content)
            lines.append(Line(number, " ".join(content.split()), start, start + len(content)))
        position += len(raw) + 1
    return lines


class Passage(TypedDict):
    """The fields of a record for a part of a document: its text, and the span of that text in the document."""

    text: str
    char_start: int
    char_end: int


def passage(text: str, lines: Sequence[Line]) -> Passage:
    """Return the passage from the first of `lines` to the last, with the line ends between them."""
    start, end = lines[0].start, lines[-1].end
    return {"text": text[start:end], "char_start": start, "char_end": end}


def require_complete(lines: Sequence[Line], may_end_in_list: bool = False) -> None:
    """Refuse a text that was cut, which stops in the middle of a sentence.

    A last line without punctuation is accepted if it ends in a web address. With `may_end_in_list`, it is also accepted
    if it closes a list or table: two lines without punctuation after a colon, or three or more such lines.

    Raises:
        ParseError: the last line is cut.
    """
    last = lines[-1]
    address = last.text.rsplit(" ", 1)[-1]
    if (last.ends_sentence and not last.text.endswith((":", ";"))) or "://" in address or address.startswith("www."):
        return
    above = list(takewhile(lambda line: not line.is_closed, reversed(lines)))
    intro = lines[-len(above) - 1] if len(above) < len(lines) else None
    if may_end_in_list and (len(above) > 2 or (len(above) == 2 and intro and intro.text.endswith(":"))):
        return
    raise ParseError(f"line {last.number}: the text stops in the middle of a sentence, at “…{last.text[-60:]}”")
