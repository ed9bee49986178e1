"""Tell the header of a saved page, its navigation and its day, from the sitting below it."""

import re
from collections.abc import Sequence

from orderpaper.reading.dates import looks_like_a_day
from orderpaper.reading.lines import Line

_NAVIGATION = (
    r"^(?:Skip to (?:main )?content|Menu|Search|(?:House of (?:Commons|Lords) )?Hansard|UK Parliament|Download text"
    r"|Share this debate)$"
)
_DEBATED_ON = r"^(?:Volume [0-9]+: )?[Dd]ebated on "
LEFT_OUT = {_NAVIGATION: "it leads elsewhere", _DEBATED_ON: "the label of the day"}
"""The words of a header that are not kept, and why."""
_BEGINS_PAGE = re.compile(rf"{_DEBATED_ON}|^Skip to (?:main )?content$")


def split_header(above: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Return, of the lines above the first question, those of the page's header, and the others, which are headings."""
    header = [line for line in above if re.search(_NAVIGATION, line.text) or printed_day(line)]
    return header, [line for line in above if line not in header]


def printed_day(line: Line) -> str | None:
    """Return the day of a line that says when the sitting was: a day and nothing else, but for a label before it.

    A day within a heading is a part of its subject: "Floods of 2 January 2024".
    """
    words, labels = re.subn(_DEBATED_ON, "", line.text)
    return words if labels or looks_like_a_day(words) else None


def begins_sitting(line: Line, *, is_heading: bool) -> bool:
    """Return whether a line below the first question is the header of another sitting."""
    return _BEGINS_PAGE.search(line.text) is not None or (is_heading and printed_day(line) is not None)
