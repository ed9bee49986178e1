"""Read the lists of a division of either House or of a committee."""

import re
from collections.abc import Iterator
from typing import Any

from orderpaper.errors import ParseError
from orderpaper.sources._official_report.divisions import ListedDivision, ListedVote
from orderpaper.sources._official_report.turns import Turn
from orderpaper.sources.theyworkforyou.payload import File
from orderpaper.sources.theyworkforyou.words import line_of

MOST_DIGITS = 5
_NUMBERS = ("ayes", "noes", "content", "not-content")
"""The attributes with the numbers of the Commons and of the Lords."""
_PAIRS = (("ayes", "content"), ("noes", "not-content"))
_NAMES = ("mpname", "lord")
_VOTER = ("id", "memberid", "person_id")
"""The attributes that say who votes, in files of different years."""
_NUMBER = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+")
_SIDES = {
    "aye": "aye",
    "no": "no",
    "content": "content",
    "not-content": "not_content",
    "both": "both",
    "abstains": "abstained",
}


def division_turn(file: File, element: Any) -> Turn:
    """Return a division as an event: its count, then a line with the names of each side.

    A vote is refused if its side is unknown or its name is missing.

    Raises:
        ParseError: a number is none, or larger than any of a division; the division is of another day, has its numbers
            twice or none at all, or has the number of one before it.
    """
    division = _division(file, element)
    count = _count(element)
    given = [f"{side} {count.get(side)}" for side in _NUMBERS if count.get(side)]
    lines = [f"Division {element.get('divnumber', '')}".strip() + (f": {', '.join(given)}" if given else "")]
    for side in dict.fromkeys(vote.side for vote in division.votes):
        names = "; ".join(vote.printed for vote in division.votes if vote.side == side)
        lines.append(f"{side.replace('_', '-')}: {names}")
    return Turn("\n".join(lines), None, None, None, division=division)


def _count(element: Any) -> Any:
    """Return the element with the numbers. In committees it is the division itself.

    Raises:
        ParseError: several elements have them, or they are of both Houses.
    """
    inner = list(element.iterdescendants("divisioncount"))
    holders = [each for each in (element, *inner) if any(side in each.attrib for side in _NUMBERS)] or [element]
    sides = {side for side in _NUMBERS if side in holders[0].attrib}
    if len(inner) > 1 or len(holders) > 1 or (sides & set(_NUMBERS[:2]) and sides & set(_NUMBERS[2:])):
        raise ParseError(f"line {element.sourceline}: a division has its numbers twice")
    return holders[0]


def _division(file: File, element: Any) -> ListedDivision:
    count = _count(element)
    day = element.get("divdate", file.day.isoformat())
    if day != file.day.isoformat():
        raise ParseError(f"line {element.sourceline}: a division of {day[:20]} stands in a file of {file.day}")
    number = _number(element.get("divnumber"))
    ayes, noes = (_number(count.get(first) or count.get(other)) for first, other in _PAIRS)
    if number in file.division_numbers:
        raise ParseError(f"line {element.sourceline}: the division {number} is given twice")
    if ayes is None and noes is None and not any(True for _ in element.iter(*_NAMES)):
        raise ParseError(f"line {element.sourceline}: a division has neither numbers nor names")
    if number is not None:
        file.division_numbers.add(number)
    return ListedDivision(number, ayes, noes, tuple(_votes(file, element)))


def _votes(file: File, element: Any) -> Iterator[ListedVote]:
    """Yield the votes of a division. One that is not understood, or is given twice, is refused."""
    seen: set[tuple[str, str]] = set()
    for name in list(element.iter(*_NAMES)):
        voter = next((given.casefold() for what in _VOTER if (given := name.get(what))), None)
        try:
            vote = _vote(name)
        except ParseError as error:
            file.refuse(name, str(error))
            continue
        if (voter or vote.printed, vote.side) in seen:
            file.refuse(name, f"line {name.sourceline}: the vote of {vote.printed} is given twice")
            continue
        seen |= {(voter or vote.printed, vote.side), (vote.printed, vote.side)}
        yield vote


def _vote(name: Any) -> ListedVote:
    """Return the vote of a member.

    Raises:
        ParseError: the side is unknown, the name is missing, or it is not said whether the member is a teller.
    """
    said, listed = name.get("vote"), name.getparent().get("vote")
    printed = line_of(name)
    if not printed:
        raise ParseError(f"line {name.sourceline}: a vote has no name")
    if said != listed:
        raise ParseError(f"line {name.sourceline}: the vote of {printed} is {said!r} in the list of {listed!r}")
    if said not in _SIDES:
        raise ParseError(f"line {name.sourceline}: the vote of {printed} is {said!r}, which is no side that is known")
    teller = name.get("teller", "no")
    if teller not in ("yes", "no"):
        raise ParseError(f"line {name.sourceline}: the vote of {printed} has teller={teller[:20]!r}")
    return ListedVote(_SIDES[said], printed, is_teller=teller == "yes")


def _number(printed: str | None) -> int | None:
    """Return the number in an attribute, or None if it has none.

    Raises:
        ParseError: it is none, or is larger than any number of a division or of votes.
    """
    if not printed or not printed.strip():
        return None
    if not _NUMBER.fullmatch(printed.strip()):
        raise ParseError(f"a division has {printed[:20]!r} where a number is expected")
    digits = printed.replace(",", "").strip()
    if len(digits) > MOST_DIGITS:
        raise ParseError(f"a division has the number {digits[:20]}…, with {len(digits):,} digits")
    return int(digits)
