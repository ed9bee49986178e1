"""List what the attributes of a file's elements have to account for, and which are left out, with the reason."""

import re
from collections.abc import Iterator
from typing import Any

from orderpaper.errors import ParseError
from orderpaper.reading.pieces import Piece, has_words
from orderpaper.records.rows import Rows
from orderpaper.sources.theyworkforyou.payload import WINDOWS, File

NO_NUMBER = "0"
"""The `qnum` of a question whose number is not printed."""
_NUMBER = re.compile(r"(?:HL)?[0-9]{1,7}")
_KEPT = frozenset("speakername speakeroffice divnumber ayes noes content not-content".split())
_KEPT_OF_A_BILL = frozenset({"title"})
_OF_A_QUESTION = "qnum"
_PLACE = "it says where the element stands, on the site or in the volume"
_LAYOUT = "it says how the words look"
_READ = "it is read, and says nothing that a record does not say in other words"
_IDS = "it is an id of the site, by which nothing else is known"
CODES = {
    **dict.fromkeys("id pid speakerid person_id memberid hansard_membership_id oldstyleid proxy code".split(), _IDS),
    **dict.fromkeys("url colnum time oral-qnum session".split(), _PLACE),
    **dict.fromkeys("href src name lang scope".split(), _PLACE),
    **dict.fromkeys("colon type inserted-heading amendmenttext amendmentlevel pwmotiontext".split(), _LAYOUT),
    **dict.fromkeys("class style align valign width height border colspan rowspan start nowrap".split(), _LAYOUT),
    **dict.fromkeys("cellpadding cellspacing bgcolor frame rules".split(), _LAYOUT),
    **dict.fromkeys("nospeaker vote teller divdate scrapeversion scraperversion latest".split(), _READ),
    **dict.fromkeys("oldgid newgid matchtype".split(), "they say where an older version has the element"),
    "attending": "the members of a committee are kept as they are listed",
    "tellerayes": "the tellers are among the votes",
    "tellernoes": "the tellers are among the votes",
    _OF_A_QUESTION: "beside a question it numbers one that the words quote",
}
"""Attributes that hold a code. One that has words is accounted for as one that is not known."""
REPEATED = {
    "membername": "it is the name of the member on the site, and the printed name is kept",
    "error": "it says that the site does not know the speaker",
    "phrase.name": "it names the member whom the words name",
    "phrase.title": "it names what the words name",
}
"""Attributes that say in words what stands elsewhere."""


def add_attributes(rows: Rows[Any], file: File) -> None:
    """Add what there is to account for in the attributes of a file, without the elements that are refused."""
    for top in [file.root, *file.root.iterchildren("*")]:
        if file.has_refused(top):
            continue
        for element in [top] if top is file.root else top.iter("*"):
            if not element.attrib or file.has_refused(element):
                continue
            kept = _kept(top, element)
            others = {
                name: value
                for name, value in _words(element)
                if name not in kept and not _is_left_out(name, value, element.tag)
            }
            if kept or others:
                address = file.path(element)
                rows.pieces += [Piece(f"{address}/@{name}", value) for name, value in kept.items()]
                rows.add_others(others, frozenset(), f"{address}/@*", "publicwhip.*@")


def _words(element: Any) -> Iterator[tuple[str, str]]:
    for name, value in element.attrib.items():
        yield name, value.translate(WINDOWS)


def _kept(top: Any, element: Any) -> dict[str, str]:
    """Return the attributes whose words a record has to have."""
    names = _KEPT | _KEPT_OF_A_BILL if element.tag == "bill" else _KEPT
    found = {name: value for name, value in _words(element) if name in names and value.strip()}
    number = element.get(_OF_A_QUESTION, NO_NUMBER)
    if number != NO_NUMBER and (top.tag == "ques" or top.get("oral-qnum")):
        found[_OF_A_QUESTION] = number
    return found


def number_of(element: Any) -> str | None:
    """Return the number that an element gives to a question; "0" if its number is not printed.

    Raises:
        ParseError: it is no such number.
    """
    number: str | None = element.get(_OF_A_QUESTION)
    if number is not None and not _NUMBER.fullmatch(number):
        raise ParseError(f"line {element.sourceline}: a question has qnum='{number[:40]}', which is no number of one")
    return number


def _is_left_out(name: str, value: str, tag: str) -> bool:
    """Return whether an attribute is left out by a rule."""
    if name in REPEATED or f"{tag}.{name}" in REPEATED:
        return True
    return (name in CODES or name in _KEPT) and not has_words([value])
