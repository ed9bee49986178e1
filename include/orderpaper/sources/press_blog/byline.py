"""Find the lines under a post's title that say who published it, when, and in which categories."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from orderpaper.reading.dates import find_days
from orderpaper.reading.lines import Line
from orderpaper.reading.pieces import LeftOut
from orderpaper.sources.press_blog.gov_uk import gov_byline, gov_bylines

_BY = r"(?:(?:[Pp]osted|[Pp]ublished|[Ww]ritten) by|[Bb]y|[Aa]uthor|From(?= ?:))"
_ON = r"(?:(?:[Pp]osted|[Pp]ublished) on|[Dd]ate|Published(?= ?:))"
_IN = r"[Cc]ategor(?:ies|y)"
_LABEL = re.compile(rf"[,|–-]? ?(?P<label>{_BY}|{_ON}|{_IN})\b ?:?(?P<value>.*)")
POSTED: LeftOut = {
    rf"^(?:(?:,? ?(?:{_BY}|{_ON}) ?:|[-–|]? ?{_IN} ?:)[^£.!?;]*|[^£.!?;:]*(?: [-–|] ?{_IN} ?:[^£.!?;:]*)?)$": (
        "it says who published the post, when, and in which categories"
    )
}
"""Lines of a byline that no record has, and why."""
_POSTED = re.compile("|".join(POSTED))
_WHOLE = re.compile(rf"{_BY} ?:[^£.!?;:]*(?:,? ?{_ON} ?:[^£.!?;:]*)?(?:[-–|] ?)?{_IN} ?:[^£.!?;:]*")
"""Matches a byline with all of its labels in one line."""
_UNSORTED = re.compile(rf"{_BY} ?:[^£.!?;:]*,? ?{_ON} ?:[^£.!?;:]*[0-9][^£.!?;:]*")
"""Matches a byline in one line that has a day and no categories."""
POSTED_BY = re.compile(r"Posted by ?:")
"""Matches the line with which nearly every byline begins."""
_START = re.compile(rf"{_BY} ?:?(?: [A-Z][^£.!?;:]{{1,80}})?")
"""Matches how a byline begins otherwise: with a label alone, or with one and a name."""
_CATEGORIES = re.compile(r"\bCategories ?:")
_IN_LINE = re.compile(rf"^[-–|]? ?{_IN}\b ?(?::.*)?$")
_ON_LINE = re.compile(rf",? ?{_ON} ?:?(?: .*)?")
_WHEN = re.compile(rf"\b{_ON} ?:?(?P<when>.*?)(?:[-–|] ?)?(?:\b{_IN}\b|$)")
_NAMED = r"[A-Z][^£.!?;:|]{1,80}?"
_DATED = re.compile(
    rf"(?:(?:[Pp]osted|[Pp]ublished)(?: on)? ?:? )?\0,? (?:[–|-] )?[Bb]y:? {_NAMED}(?: [–|-] [^£.!?;:]{{1,120}})?"
    rf"|(?:(?:[Pp]osted|[Pp]ublished|[Ww]ritten) )?[Bb]y:? {_NAMED}(?:,| on|, on| [–|-]) \0"
)
"""Matches a byline of one line that has a day, for which a NUL stands: “8 March 2023 by Jo Ash”."""
_MOST_ABOVE = 12
"""Such a line is looked for so far down, in lines."""
_FEW_LINES = 5
_MOST_LINES = 12
_LONGEST_CATEGORY = 60
_LONGEST = 200


def bylines(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Yield the first line and the end of each byline.

    Its labels and what they name stand in one line, or each in a line of its own. Without labels, it has the day and a
    name in one line.
    """
    if not any(POSTED_BY.match(line.text) for line in lines):
        if gov_byline(lines):
            yield from ((of_gov.start, of_gov.stop) for of_gov in gov_bylines(lines))
            return
        yield from ((n, n + 1) for n, line in enumerate(lines[:_MOST_ABOVE]) if n and _dated(line))
    for start, line in enumerate(lines):
        if POSTED_BY.match(line.text):
            stop = _end(lines, start, _CATEGORIES, _FEW_LINES) or _spread_end(lines, start)
            stop = stop or (start + 1 if _UNSORTED.fullmatch(line.text) else None)
        else:
            stop = _spread_end(lines, start) if _START.fullmatch(line.text) else None
        if stop is not None:
            yield start, _with_categories(lines, start, stop)


def is_wrapped(lines: Sequence[Line]) -> bool:
    """Return whether lines are a byline that stood in one line before it was wrapped."""
    return _WHOLE.fullmatch(" ".join(line.text for line in lines)) is not None


def day_printed(lines: Sequence[Line]) -> str:
    """Return what a byline prints as the day of the post; nothing if it prints none."""
    if of_gov := gov_byline(lines):
        return of_gov.day
    if len(lines) == 1 and (day := _dated(lines[0])):
        return day
    match = _WHEN.search(" ".join(line.text for line in lines))
    return match["when"].strip(" ,") if match else ""


def _dated(line: Line) -> str | None:
    """Return the day of a byline of one line, which has only the day and who published the post."""
    days = find_days(line.text) if len(line.text) <= _LONGEST else []
    is_byline = len(days) == 1 and days[0].date and _DATED.fullmatch(line.text.replace(days[0].as_printed, "\0", 1))
    return days[0].as_printed if is_byline else None


def _end(lines: Sequence[Line], start: int, categories: re.Pattern[str], most: int) -> int | None:
    """Return the number of the line after the first one that has the categories, if it is one of the next lines."""
    numbers = range(start, min(start + most, len(lines)))
    return next((number + 1 for number in numbers if categories.search(lines[number].text)), None)


def _spread_end(lines: Sequence[Line], start: int) -> int | None:
    """Return the end of a byline of several lines, all of which are such as a byline has, and which says when."""
    stop = _end(lines, start, _IN_LINE, _MOST_LINES)
    found = lines[start:stop] if stop else []
    is_byline = all(_POSTED.fullmatch(line.text) for line in found) and any(_ON_LINE.fullmatch(x.text) for x in found)
    return stop if is_byline else None


def _with_categories(lines: Sequence[Line], start: int, stop: int) -> int:
    """Return the end of a byline with the categories below their label.

    They stand there if the name or the day stands below its label, if a comma divides them, or if they are the only
    line between the label and a blank one, because the byline was wrapped.
    """
    labels = [_LABEL.fullmatch(line.text) for line in lines[start:stop]]
    is_spread = any(label and not label["value"].strip() and not below for label, below in pairwise(labels))
    is_empty = lines[stop - 1].text.endswith(("Categories:", "Categories :")) or (
        labels[-1] is not None and not labels[-1]["value"].strip()
    )
    below = lines[stop + 1].number if stop + 1 < len(lines) else 0
    is_wrapped = (
        stop < len(lines) and lines[stop].number == lines[stop - 1].number + 1 and below > lines[stop].number + 1
    )
    if is_empty and (is_spread or is_wrapped) and stop < len(lines) and _is_category(lines[stop]):
        stop += 1
    while stop < len(lines) and _is_category(lines[stop]) and _goes_on(lines[stop - 1].text, lines[stop].text):
        stop += 1
    return stop


def _is_category(line: Line) -> bool:
    return len(line.text) <= _LONGEST_CATEGORY and _POSTED.fullmatch(line.text) is not None


def _goes_on(above: str, text: str) -> bool:
    """Return whether a comma divides two lines."""
    return above.endswith(",") or text.startswith(",")
