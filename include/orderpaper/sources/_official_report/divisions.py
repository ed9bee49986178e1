"""The lists of a division: who voted on which side, with the names in the order in which they are spoken."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from orderpaper.records import Record
from orderpaper.records.types.divisions import Division, Vote

_RANKS = {
    "L.": "Lord",
    "B.": "Baroness",
    "Ly.": "Lady",
    "V.": "Viscount",
    "Vct.": "Viscount",
    "E.": "Earl",
    "C.": "Countess",
    "M.": "Marquess",
    "D.": "Duke",
    "Bp.": "Bishop of",
    "Abp.": "Archbishop of",
}
"""How the lists of the Lords shorten the ranks that stand after a title."""
_TELLER = re.compile(r"\s*\[Teller\]$", re.IGNORECASE)
_SEAT = re.compile(r"\s*\((?P<seat>[^()]+)\)$")
_RIGHT_HONOURABLE = re.compile(r"(?:rh|hon\.?)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ListedVote:
    """A name in the list of one side."""

    side: str
    printed: str
    is_teller: bool


@dataclass(frozen=True, slots=True)
class ListedDivision:
    """A division: its number, the numbers announced and the names."""

    number: int | None
    ayes: int | None
    noes: int | None
    votes: tuple[ListedVote, ...]


def division_records(
    division: ListedDivision, house: str, day: dt.date, *, debate: int, contribution: int, ordinal: int, first_vote: int
) -> Iterator[Record]:
    """Yield a division and its votes. `debate` and `contribution` are the ordinals of what it stands in."""
    yield Division(
        ordinal=ordinal,
        debate_ordinal=debate,
        contribution_ordinal=contribution,
        division_number=division.number,
        house=house,
        divided_on=day,
        announced_aye_count=division.ayes,
        announced_no_count=division.noes,
    )
    for vote_ordinal, vote in enumerate(division.votes, start=first_vote):
        name, seat = spoken_name(vote.printed)
        yield Vote(
            ordinal=vote_ordinal,
            division_ordinal=ordinal,
            side=vote.side,
            is_teller=vote.is_teller,
            printed_name_text=vote.printed,
            voter_text=name,
            voter_constituency_text=seat,
        )


def spoken_name(printed: str) -> tuple[str, str | None]:
    """Return a name of a list as it is spoken, and the seat if it is printed.

    "Ainsworth, rh Mr. Peter" is Mr. Peter Ainsworth, and "Barker, B." is Baroness Barker.
    """
    name = _TELLER.sub("", printed)
    seat = _SEAT.search(name)
    family, comma, given = _SEAT.sub("", name).partition(", ")
    if comma and given in _RANKS:
        name = f"{_RANKS[given]} {family}"
    elif comma:
        name = f"{_RIGHT_HONOURABLE.sub('', given)} {family}"
    else:
        name = family
    return " ".join(name.split()), seat["seat"].strip() if seat else None
