"""Find who published a page of GOV.UK, and when: "From:" and "Published", each with its value beside it or below it.

Above stand the kind of the page, its title and, in most, a sentence that sums it up.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from orderpaper.reading.dates import looks_like_a_day
from orderpaper.reading.lines import Line
from orderpaper.reading.members import OFFICES
from orderpaper.reading.pieces import LeftOut

_FROM = re.compile(r"From ?:?(?P<value>.*)")
_DAY = re.compile(r"(?P<label>Published|(?:Last )?[Uu]pdated) ?:?(?P<value>.*)")
_NAMES = re.compile(r"(?:and )?[A-Z][^£.!?;:]{2,200}")
_MINISTER = re.compile(r"\bMP\b|\bRt Hon\b|\bDowning Street\b|^(?:and )?(?:Lord|Baroness|Earl|Viscount) ")
_CATEGORIES = re.compile(r"[-–|]? ?[Cc]ategor(?:y|ies)\b.*")
_MOST_ABOVE = 20
"""In lines. The byline is looked for so far down."""
_MOST_NAMES = 5
_MOST_LINES = 12
KINDS: LeftOut = {
    r"^(?:Press release|News story|Speech|Oral statement to Parliament|Written statement to Parliament"
    r"|Authored article|Government response|World news story)$": "it is the kind of the page"
}
"""The line above the title of a page, and why no record has it."""
BELOW: LeftOut = {
    r"^(?:Updates to this page|Is this page useful\?|(?:Get emails about|Print) this page|Explore the topic"
    r"|Sign up for emails or print this page|Related content|The following links open in a new tab)$": (
        "it is a heading or a link of the site"
    ),
    r"^(?:Maybe|(?:Yes|No) this page is (?:not )?useful|Report a problem with this page|Help us improve GOV\.UK)$": (
        "it asks what readers think of the page"
    ),
    r"^(?:Published|(?:Last )?[Uu]pdated) ?:? [0-9]{1,2} [A-Z][a-z]{2,8} [0-9]{4}"
    r"(?: [+—–-] (?:show|see) all updates)?$": ("it says again when the page was published"),
}
"""The lines below the text of a page, and why no record has them."""
UPDATED: LeftOut = {r"^(?:Last )?[Uu]pdated ?:?(?: [^£.!?;:]{5,40})?$": "it says when the page was changed last"}
"""The line of a byline with another day, and why no record has it."""
ENDS = (
    r"Updates to this page|Is this page useful\?|(?:Get emails about|Print) this page|Explore the topic|Related content"
)


class GovByline(NamedTuple):
    """The place of a byline among the lines, and the day of publication as printed."""

    start: int
    stop: int
    day: str


def gov_byline(lines: Sequence[Line]) -> GovByline | None:
    """Return the byline of a page of GOV.UK near its top, which names who published it and when."""
    return next(gov_bylines(lines[: 2 * _MOST_ABOVE]), None) if lines else None


def gov_bylines(lines: Sequence[Line]) -> Iterator[GovByline]:
    """Yield each byline of a page of GOV.UK."""
    end = 0
    for start in range(len(lines)):
        if start < end:
            continue
        stop, day, is_from = start, "", False
        while stop < min(len(lines), start + _MOST_LINES):
            if not is_from and (size := _from_size(lines, stop)):
                is_from, stop = True, stop + size
            elif found := _dated(lines, stop):
                label, printed, size = found
                day, stop = day or (printed if label == "Published" else ""), stop + size
            else:
                break
        if is_from and day and not (stop < len(lines) and _CATEGORIES.fullmatch(lines[stop].text)):
            yield GovByline(start, stop, day)
            end = stop


def _from_size(lines: Sequence[Line], number: int) -> int:
    """Return how many lines from here on say from whom a page is, or 0 if none does."""
    match = _FROM.fullmatch(lines[number].text)
    if not match:
        return 0
    if value := match["value"].strip():
        return int(_is_publisher(value))
    below = lines[number + 1 : number + 1 + _MOST_NAMES]
    names = next((n for n, line in enumerate(below) if not _is_publisher(line.text)), len(below))
    return names + 1 if names else 0


def _is_publisher(words: str) -> bool:
    """Return whether words name a department or another body, or a minister."""
    is_named = OFFICES.search(words) is not None or _MINISTER.search(words) is not None
    return is_named and _NAMES.fullmatch(words) is not None and not looks_like_a_day(words)


def _dated(lines: Sequence[Line], number: int) -> tuple[str, str, int] | None:
    """Return the label of a day, the day, and how many lines they take, if such a label stands here."""
    match = _DAY.fullmatch(lines[number].text)
    if not match:
        return None
    if value := match["value"].strip():
        return (match["label"], value, 1) if looks_like_a_day(value) else None
    below = lines[number + 1].text if number + 1 < len(lines) else ""
    return (match["label"], below, 2) if looks_like_a_day(below) else None
