"""Tell whether the hyphen at the end of a line is that of its word, or that of a printer who divided the word there.

The text itself decides if it has the word elsewhere, with its hyphen or without. Otherwise a list of words decides: the
common words of written answers and debates, in `words.csv`. If neither has the word, the consonants below
the hyphen may still be such as no word begins with. Where all that tells nothing, or both forms are common, the line
stays as it is, and `refuse_divided` refuses the row that it stands in.
"""

import csv
import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from orderpaper.errors import ParseError
from orderpaper.reading.lines import Line, content_lines

_WORDS = Path(__file__).with_name("words.csv")
_ADDRESS = re.compile(r"\S*(?:/|www\.)\S*$")
_HEAD = re.compile(r"(?<![^\W_])(?P<head>[^\W\d_]+(?:[-’'][^\W\d_]+)*)(?P<mark>[-‐¬]?)$")
_TAIL = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_AT_LINE_END = re.compile(r"[^\W\d_]+[-‐¬\xad][^\S\n]*\n\s*[^\W\d_]+")
_SOFT = "\xad"
"""The character with which a text says that a word may be divided there. It is not printed within a line."""
_APART = re.compile(r"(?:and|or|to)\b")
"""Matches what follows the hyphen of a word whose end is left out: “pre- and post-war”."""

_FIRST_LINE = re.compile(r"\s*\n[^\n]+")
_REACH = 1000
"""In characters. So far above a row its first word is looked for."""
_ONSET = re.compile(r"[bcdfghjklmnpqrstvwxz]{2,}")
_ONSETS = frozenset(
    "bh bl br ch chl chr cl cr cz dd dh dr dw ff fj fl fr gh gl gn gr gw gwr kh kl kn kr kw ll mh mn ng ngh nh ph phl"
    " phr pl pn pr ps pt rh rw sc sch schl schm schn schw scl scr sf sh shr sk sl sm sn sp sph spl spr sq squ st str sv"
    " sw th thr thw tr ts tw vl vr wh wl wr zh zl zw".split()
)
"""The consonants with which a word can begin, Welsh ones among them."""


class Divided(NamedTuple):
    """The lines that end in the middle of a word, by their numbers."""

    marks: dict[int, int]
    """How many characters at the end of the line are no part of the word: none, if the hyphen is that of the word."""
    unsure: frozenset[int]
    """The lines whose hyphen may be either."""


@cache
def _common_words() -> frozenset[str]:
    """Return the words of the list."""
    with _WORDS.open(encoding="utf-8", newline="") as lines:
        return frozenset(row["word"] for row in csv.DictReader(lines))


def is_hyphenated(above: Line, below: Line) -> bool:
    """Return whether a word stops at the end of a line with a hyphen and goes on in the next line."""
    return ends_in_hyphen(above) and not _APART.match(below.text)


def ends_in_hyphen(line: Line) -> bool:
    """Return whether a line ends with a hyphen after a letter."""
    return line.text.endswith(("-", "‐")) and line.text[-2:-1].isalpha()


def refuse_divided(text: str, lines: Sequence[Line]) -> None:
    """Refuse a row with a word that is divided at the end of a line, in which the hyphen may be that of the word.

    The other part of the word may stand in the line above the row or below it.

    Args:
        text: the document's text. It is asked because a parser may have joined the lines.
        lines: the lines of the row.

    Raises:
        ParseError: there is such a word.
    """
    last = _FIRST_LINE.match(text, lines[-1].end)
    start, end = _start_of_line_above(text, lines[0].start), last.end() if last else lines[-1].end
    for above, below in pairwise(content_lines(text[start:end])):
        found = _parts(above, below) if is_hyphenated(above, below) else None
        if found:
            one, two, _ = found
            number = text.count("\n", 0, start) + above.number
            raise ParseError(
                f"line {number}: “{one}-” goes on with “{two}” in the next line, and the word may be “{one}{two}” or"
                f" “{one}-{two}”; put it in one line"
            )


def _start_of_line_above(text: str, start: int) -> int:
    """Return where the last line with text above a place begins, within reach; the place itself if there is none."""
    reach = text[max(0, start - _REACH) : start]
    above = reach.rstrip()
    if not above or "\n" not in reach[len(above) :]:
        return start
    return start - len(reach) + above.rfind("\n") + 1


def divided(text: str, pairs: Sequence[tuple[Line, Line]]) -> Divided:
    """Return the lines of a text at whose end a word is divided.

    Args:
        text: the text.
        pairs: lines that follow each other.
    """
    marks: dict[int, int] = {}
    unsure: set[int] = set()
    words: set[str] | None = None
    for above, below in pairs:
        is_soft = text[above.end : above.end + 1] == _SOFT
        found = _parts(above, below, is_soft=is_soft)
        if found is None:
            continue
        head, tail, mark = found
        if is_soft or mark == "¬":
            marks[above.number] = 0 if is_soft else 1
            continue
        if words is None:
            words = {match[0].casefold() for match in _WORD.finditer(_AT_LINE_END.sub(" ", text))}
        is_division = _is_division(head, tail, words)
        if is_division is None:
            unsure.add(above.number)
        elif is_division or not _APART.match(tail):
            marks[above.number] = int(is_division)
    return Divided(marks, frozenset(unsure))


def _parts(above: Line, below: Line, *, is_soft: bool = False) -> tuple[str, str, str] | None:
    """Return the two parts of a word that goes on in the next line with a small letter, and the mark between them."""
    head, tail = _HEAD.search(above.text[-100:]), _TAIL.match(below.text[:100])
    if not (head and tail and (is_soft or head["mark"]) and tail[0].islower()):
        return None
    if not is_soft and _ADDRESS.search(above.text[-100:]):
        return None
    return head["head"], tail[0], head["mark"]


def _is_division(head: str, tail: str, words: set[str]) -> bool | None:
    """Return whether a printer divided a word between two parts, or None if the hyphen may also be that of a word."""
    one, two = head.casefold(), tail.casefold()
    is_own = len(head) == 1 or head.isupper() or "-" in head
    for known in (words, _common_words()):
        if f"{one}-{two}" in known:
            return None if known is not words and f"{one}{two}" in known else False
        if is_own:
            return False
        if f"{one}{two}" in known or f"{one}{two}".removesuffix("s") in known:
            return True
        if _APART.match(two):
            return False
    onset = _ONSET.match(two)
    return True if onset and onset[0] not in _ONSETS else None
