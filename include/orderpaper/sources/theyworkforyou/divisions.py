"""Read the lists of a division of either House or of a committee."""

from typing import Any

from orderpaper.errors import ParseError
from orderpaper.sources._official_report.divisions import ListedDivision, ListedVote
from orderpaper.sources._official_report.turns import Turn
from orderpaper.sources.theyworkforyou.payload import File
from orderpaper.sources.theyworkforyou.words import line_of

MOST_DIGITS = 5
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
        ParseError: a number is larger than any of a division.
    """
    division = _division(file, element)
    count = _count(element)
    given = [f"{side} {count.get(side)}" for side in ("ayes", "noes", "content", "not-content") if count.get(side)]
    lines = [f"Division {element.get('divnumber', '')}".strip() + (f": {', '.join(given)}" if given else "")]
    for side in dict.fromkeys(vote.side for vote in division.votes):
        names = "; ".join(vote.printed for vote in division.votes if vote.side == side)
        lines.append(f"{side.replace('_', '-')}: {names}")
    return Turn("\n".join(lines), None, None, None, division=division)


def _count(element: Any) -> Any:
    """Return the element with the numbers. In committees it is the division itself."""
    inner = element.find("divisioncount")
    return element if inner is None else inner


def _division(file: File, element: Any) -> ListedDivision:
    count = _count(element)
    votes = []
    seen: set[tuple[str, str]] = set()
    for name in element.iter("mpname", "lord"):
        try:
            vote = _vote(name)
        except ParseError as error:
            file.refuse(name, str(error))
            continue
        voter = name.get("id") or name.get("memberid") or ""
        if voter and (voter, vote.side) in seen:
            file.refuse(name, f"line {name.sourceline}: the vote of {vote.printed} is given twice")
            continue
        seen.add((voter, vote.side))
        votes.append(vote)
    return ListedDivision(
        number=_number(element.get("divnumber")),
        ayes=_number(count.get("ayes") or count.get("content")),
        noes=_number(count.get("noes") or count.get("not-content")),
        votes=tuple(votes),
    )


def _vote(name: Any) -> ListedVote:
    """Return the vote of a member.

    Raises:
        ParseError: the side is unknown, or the name is missing.
    """
    said, listed = name.get("vote"), name.getparent().get("vote")
    printed = line_of(name)
    if not printed:
        raise ParseError(f"line {name.sourceline}: a vote has no name")
    if said not in _SIDES or said != listed:
        raise ParseError(f"line {name.sourceline}: the vote of {printed} is {said!r} in the list of {listed!r}")
    return ListedVote(_SIDES[said], printed, is_teller=name.get("teller") == "yes")


def _number(printed: str | None) -> int | None:
    """Return the number in an attribute, or None if it has none.

    Raises:
        ParseError: it is larger than any number of a division or of votes.
    """
    if not printed or not printed.isdecimal():
        return None
    if len(printed) > MOST_DIGITS:
        raise ParseError(f"a division has the number {printed[:20]}…, with {len(printed):,} digits")
    return int(printed)
