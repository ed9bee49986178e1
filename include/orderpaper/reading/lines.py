"""A plain text as its lines, each with the span it takes in the text: what the parsers of saved documents read."""

from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple, TypedDict

from orderpaper.errors import ParseError

_FULL_STOPS = tuple(".!?:;…")
_CLOSERS = ")]”’\"'"


class Line(NamedTuple):
    """One line that is not blank. `text` has its white space folded; `start` and `end` span the line as it stands."""

    number: int
    text: str
    start: int
    end: int

    @property
    def ends_sentence(self) -> bool:
        """Whether the line ends with a full stop or the like, quotation marks and brackets apart."""
        return self.text.rstrip(_CLOSERS).endswith(_FULL_STOPS)

    @property
    def is_closed(self) -> bool:
        """Whether nothing need follow: the line ends a sentence, a bracket or a quotation."""
        return self.ends_sentence or self.text.endswith(tuple(_CLOSERS))


def content_lines(text: str) -> list[Line]:
    """The lines of `text` that are not blank, in order, numbered as an editor numbers them."""
    lines = []
    position = 0
    for number, raw in enumerate(text.split("\n"), start=1):
        if content := raw.strip():
            start = position + raw.index(content)
            lines.append(Line(number, " ".join(content.split()), start, start + len(content)))
        position += len(raw) + 1
    return lines


class Passage(TypedDict):
    """A stretch of a document as a record states it: `text` is the document's text from `char_start` to `char_end`."""

    text: str
    char_start: int
    char_end: int


def passage(text: str, lines: Sequence[Line]) -> Passage:
    """The passage from the first of `lines` to the last, the line ends between them included."""
    start, end = lines[0].start, lines[-1].end
    return {"text": text[start:end], "char_start": start, "char_end": end}


def require_complete(lines: Sequence[Line], may_end_in_list: bool = False) -> None:
    """Refuse a body of text that was cut: it must not stop in the middle of a sentence.

    A last line without punctuation is accepted where it ends in an address on the web, and, if `may_end_in_list`,
    where it closes a list or table: lines without punctuation that a colon introduces, or three of them and more.

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
