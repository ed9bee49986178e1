"""Join the lines of sentences that a mail program or an editor wrapped at a width.

Such a program fills each line: the first word of the next one would not have fitted. Lines that are broken elsewhere
are left as they are.
"""

import re
from collections.abc import Container, Iterable, Mapping
from itertools import pairwise
from types import MappingProxyType

from orderpaper.reading.hyphens import ends_in_hyphen, is_hyphenated
from orderpaper.reading.lines import Line

_WIDEST = 100
_NARROWEST = 56
_LEAST = 40
"""In characters: the lengths between which texts are wrapped, and a shorter one that no wrapped line has."""
_PROOF = 3
"""So many filled lines are no coincidence."""
_DANGLES = re.compile(
    r"(?:,|(?:^|\s)(?:a|an|the|of|and|or|to|in|on|at|by|for|from|with|into|than|as|if|why|how|when|where|while|because"
    r"|about|around|that|which|who|whose|is|are|was|were|has|have|had|be|been|will|would|can|should|must|not|their|its"
    r"|our|his|her|my|your|this|these|those|Mrs?|Ms|Dr|Sir|Dame|Lord|Lady|Baroness|Viscount|Earl)|[A-Za-z]-)$"
)
"""Matches the end of a line after which a sentence goes on, whatever follows."""
_CLAUSE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|said|says)\b")
"""Matches what a sentence has, and no label of a person."""
_GOES_ON = re.compile(r"[“‘\"']?[a-zà-ÿ]|\([^\W\d_]{2}")
"""Matches a line in the middle of a sentence: it begins with a small letter, or with a word in brackets."""
_DAY = re.compile(r"\b[0-3]?[0-9](?:st|nd|rd|th)?$")
_MONTH = re.compile(
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)(?: [0-9]{4})?\b"
)
_BEGINS = re.compile(r"[“‘\"'(£]?\w")
_LISTED = re.compile(r"\(?[a-z]{1,4}[.)] ")
"""Matches the beginning of an item of a list."""

Edit = tuple[int, int, str]
"""The start and the end of what is replaced in a text, and what stands there instead."""


def goes_on(above: Line, below: Line) -> bool:
    """Return whether a sentence of one line goes on in another: it has not ended, and the other is no item or row.

    The other begins with a small letter, or the sentence stops at a word or bracket that needs more.
    """
    if above.ends_sentence or _LISTED.match(below.text):
        return False
    if _DAY.search(above.text) and _MONTH.match(below.text):
        return True
    first = below.text[0]
    if above.text.count("(") > above.text.count(")") or _DANGLES.search(above.text):
        return first.isalpha() or (_BEGINS.match(below.text) is not None and not is_cell(below))
    is_row = is_cell(below) and (is_cell(above) or len(above.text) < _LEAST)
    return not is_row and _GOES_ON.match(below.text) is not None


def is_cell(line: Line) -> bool:
    """Return whether a line may be an item of a list or a row of a table, rather than a part of a sentence."""
    return line.is_row and not line.ends_sentence and not ends_in_hyphen(line)


def joined(
    text: str,
    pairs: Iterable[tuple[Line, Line]],
    lines: list[Line],
    edits: Iterable[Edit] = (),
    marks: Mapping[int, int] = MappingProxyType({}),
) -> str:
    """Return a text in which each second line of `pairs` follows the first in the same line.

    The line ends between them stand below the sentence, so that each line below keeps its number and no line moves up.

    Args:
        text: the text.
        pairs: the lines that are joined.
        lines: all lines that the text keeps, in order.
        edits: what else is replaced in the text.
        marks: the numbers of lines at whose end a word is divided, and how many characters that are no part of it.
    """
    pairs = list(pairs)
    continued = {above.number for above, _ in pairs}
    ends: dict[int, int] = {}
    end = 0
    for line, next_line in zip(reversed(lines), [None, *reversed(lines)], strict=False):
        goes_on_below = next_line is not None and not line.ends_sentence and _is_next(line, next_line)
        end = end if line.number in continued or goes_on_below else line.end
        ends[line.number] = end
    all_edits = list(edits)
    for above, below in pairs:
        start = above.end - marks.get(above.number, 0)
        between = text[start : below.start]
        space = "" if above.number in marks or is_hyphenated(above, below) else " "
        count = between.count("\n")
        spare = " " * (len(between) - count - len(space))
        all_edits.append((start, below.start, space))
        all_edits.append((ends[below.number], ends[below.number], "\n" + spare + "\n" * (count - 1)))
    kept: list[str] = []
    place = 0
    for first, last, words in sorted(all_edits):
        kept += text[place:first], words
        place = last
    return "".join([*kept, text[place:]])


def _is_next(above: Line, below: Line) -> bool:
    """Return whether no blank line stands between two lines."""
    return below.number == above.number + 1


def wrapped(lines: list[Line], at_breaks: Container[int] = ()) -> list[tuple[Line, Line]]:
    """Return each line that was filled to the width of its text, with the next one, in which its sentence goes on.

    A line may also go on with a capital, if it is a sentence, which no heading and no label is, if the next one is only
    a rest, or if blank lines divide the paragraphs. If several were filled, the text was wrapped, and so are those that
    a no-break space or a web address left shorter.

    Args:
        lines: the lines of the text.
        at_breaks: the numbers of the lines that are the last of their page.
    """
    width = max((len(line.text) for line in lines), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return []
    adjacent = [pair for pair in pairwise(lines) if _is_next(*pair) or pair[0].number in at_breaks]
    filled = [pair for pair in adjacent if len(pair[0].text) + 1 + len(pair[1].text.split(" ", 1)[0]) > width]
    if not any(goes_on(*pair) for pair in filled):
        return []
    above_filled = {above.number for above, _ in filled}
    others = sum(pair[0].number not in above_filled and _is_next(*pair) for pair in adjacent)
    is_spaced = len(filled) >= 2 * others
    sentences: set[int] = set()
    found: list[tuple[Line, Line]] = []
    for above, below in filled:
        is_sentence = above.number in sentences or _CLAUSE.search(above.text) is not None
        is_rest = not below.is_closed and below.number not in above_filled
        is_known = is_sentence or ((is_spaced or is_rest) and above.number not in at_breaks)
        is_announcing = is_spaced and is_rest and above.text.endswith(":")
        is_open = is_announcing or not (above.is_closed or above.is_whole or is_cell(above))
        if goes_on(above, below) or (is_known and is_open and _BEGINS.match(below.text)):
            found.append((above, below))
            sentences |= {below.number} if is_sentence else set()
    if len(found) < _PROOF:
        return found
    shorter = [pair for pair in adjacent if pair[0].number not in above_filled and len(pair[0].text) >= _LEAST]
    return [*found, *(pair for pair in shorter if goes_on(*pair))]
