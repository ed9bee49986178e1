"""Tell the header of a saved page, its navigation and its day, from the sitting below it."""

import re
from collections.abc import Sequence

from orderpaper.reading.dates import looks_like_a_day
from orderpaper.reading.lines import Line
from orderpaper.reading.of_site import MENU

_BULLET = r" ?(?:[-•*] )?"
_NAVIGATION = (
    rf"^{_BULLET}(?:Skip to (?:main )?content|Menu|Search|(?:House of (?:Commons|Lords) )?Hansard|UK Parliament"
    r"|Download text|Share this debate)$"
)
_PATH = r"^(?:UK Parliament|Home|Hansard)(?: ?[>›»] ?[^>›»]{1,120}){1,8}$"
_DEBATED_ON = rf"^{_BULLET}(?:Volume [0-9]+: )?[Dd]ebated on "
_HOUSE = rf"^{_BULLET}(?:House of (?P<house>Commons|Lords)|(?P<chamber>Commons|Lords) Chamber)$"
_OPENING = (
    r"^(?:Oral Answers to Questions|Prayers|PRAYERS|\[(?:Mr|Madam) (?:Deputy )?Speaker in the Chair\]"
    r"|The House met at [\w’' -]{3,40})$"
)
LEFT_OUT = {
    **MENU,
    _NAVIGATION: "it leads elsewhere",
    _PATH: "it says where the page stands on its site",
    _DEBATED_ON: "the label of the day",
    rf"^{_BULLET}Volume [0-9]{{1,4}}$": "it is the number of the volume",
    _HOUSE: "a debate has the House as Commons or Lords",
    _OPENING: "it opens every sitting",
}
"""The words of a header that are not kept, and why."""
_OF_HEADER = re.compile("|".join(f"(?:{re.sub('[(][?]P<[a-z]+>', '(?:', pattern)})" for pattern in LEFT_OUT))
_OF_MENU = re.compile("|".join(MENU))
_BEGINS_PAGE = re.compile(rf"{_DEBATED_ON}|^Skip to (?:main )?content$")


def split_header(above: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """Return, of the lines above the first question, those of the page's header, and the others, which are headings."""
    header = [line for line in above if is_of_header(line)]
    return header, [line for line in above if line not in header]


def is_of_header(line: Line) -> bool:
    """Return whether a line above the first question is one of the page's header."""
    return _OF_HEADER.search(line.text) is not None or printed_day(line) is not None


def is_of_menu(line: Line) -> bool:
    """Return whether a line is of the menu of a site."""
    return _OF_MENU.search(line.text) is not None


def printed_house(header: Sequence[Line]) -> str | None:
    """Return the House that a line of the header names."""
    found = (re.search(_HOUSE, line.text) for line in header)
    return next((match["house"] or match["chamber"] for match in found if match), None)


def printed_day(line: Line) -> str | None:
    """Return the day of a line that says when the sitting was: a day and nothing else, but for a label before it.

    A day within a heading is a part of its subject: "Floods of 2 January 2024". One in the path of the page is not:
    "Hansard > Commons: 2 January 2024 > Floods".
    """
    if re.search(_PATH, line.text):
        parts = (re.sub(r"^(?:Commons|Lords): ", "", part.strip()) for part in re.split("[>›»]", line.text))
        return next(filter(looks_like_a_day, parts), None)
    words, labels = re.subn(_DEBATED_ON, "", line.text)
    return words if labels or looks_like_a_day(words) else None


def begins_sitting(line: Line, *, is_heading: bool) -> bool:
    """Return whether a line below the first question is the header of another sitting."""
    return _BEGINS_PAGE.search(line.text) is not None or (is_heading and printed_day(line) is not None)
