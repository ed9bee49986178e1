"""The invented members of both Houses: names, parties, seats and government posts, each with dates.

`populate` makes them.
"""

import datetime as dt
import functools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

COMMONS, LORDS = 1, 2
HOUSES = {COMMONS: "Commons", LORDS: "Lords"}

TERMS: tuple[tuple[dt.date, dt.date | None], ...] = (
    (dt.date(2010, 5, 6), dt.date(2015, 3, 30)),
    (dt.date(2015, 5, 7), dt.date(2017, 5, 3)),
    (dt.date(2017, 6, 8), dt.date(2019, 11, 6)),
    (dt.date(2019, 12, 12), dt.date(2024, 5, 30)),
    (dt.date(2024, 7, 4), None),
)
"""Each general election, and the dissolution that ended the Parliament it returned."""

PARTY_LABELS = {
    "Labour": "Lab",
    "Labour (Co-op)": "Lab/Co-op",
    "Conservative": "Con",
    "Liberal Democrat": "LD",
    "Scottish National Party": "SNP",
    "Reform UK": "Reform",
    "Democratic Unionist Party": "DUP",
    "Plaid Cymru": "PC",
    "Green Party": "Green",
    "Social Democratic & Labour Party": "SDLP",
    "Independent": "Ind",
    "Crossbench": "CB",
    "Non-affiliated": "Non-Afl",
    "Bishops": "",
}
"""Party → what Hansard prints in brackets behind a member's name. A publisher that prints something else says so."""

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Spell(Generic[Value]):
    """Something that was so from `start_on` until the day before `end_on`."""

    start_on: dt.date
    end_on: dt.date | None
    value: Value


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the register's four forms."""

    display: str
    list_as: str
    full_title: str
    address_as: str


@dataclass(frozen=True, slots=True)
class Seat:
    """A constituency or, for a peer, the kind of peerage."""

    name: str
    seat_id: int


@dataclass(frozen=True, slots=True)
class Post:
    """A government post as one member held it."""

    post_id: int
    name: str
    answering_body_id: int
    member_id: int
    start_on: dt.date
    end_on: dt.date | None


@dataclass(frozen=True, slots=True)
class Member:
    """A member of either House, with the history of name, party and seat."""

    member_id: int
    gender: str
    house: int
    names: tuple[Spell[Name], ...]
    parties: tuple[Spell[str], ...]
    seats: tuple[Spell[Seat], ...]

    def name_on(self, day: dt.date) -> Name:
        """Return the name on `day`."""
        return (spell_on(self.names, day) or self.names[0]).value

    def party_on(self, day: dt.date) -> str:
        """Return the party on `day`: the latest that had begun, or else the first."""
        return (last_spell(self.parties, day) or self.parties[0]).value

    def seat_on(self, day: dt.date) -> Seat:
        """Return the seat on `day`: the latest that had begun, or else the first."""
        return (last_spell(self.seats, day) or self.seats[0]).value


def spell_on(spells: Sequence[Spell[Value]], day: dt.date) -> Spell[Value] | None:
    """Return the spell in which `day` lies."""
    return next((s for s in spells if s.start_on <= day and (s.end_on is None or day < s.end_on)), None)


def last_spell(spells: Sequence[Spell[Value]], day: dt.date) -> Spell[Value] | None:
    """Return the latest spell that had begun by `day`."""
    return next((s for s in reversed(spells) if s.start_on <= day), None)


class People:
    """The members of both Houses, and who answers for which department."""

    def __init__(self, members: Sequence[Member], posts: Sequence[Post]) -> None:
        self.members: dict[int, Member] = {member.member_id: member for member in members}
        self.posts = tuple(posts)
        self._minister_ids = frozenset(post.member_id for post in posts)

    @functools.cache  # noqa: B019 - People live as long as their Parliament
    def askers(self, house: int, day: dt.date) -> tuple[Member, ...]:
        """Return who may ask questions on `day`: members of that House without a government post, if there are two."""
        seated = tuple(m for m in self.members.values() if m.house == house and spell_on(m.seats, day))
        backbench = tuple(m for m in seated if m.member_id not in self._minister_ids)
        return backbench if len(backbench) > 1 else seated

    @functools.cache  # noqa: B019
    def ministers(self, answering_body_id: int, house: int, day: dt.date) -> tuple[Member, ...]:
        """Return who may answer for a department in a House on `day`, the head of the department first."""
        return tuple(
            self.members[post.member_id]
            for post in self.posts
            if post.answering_body_id == answering_body_id
            and post.start_on <= day
            and (post.end_on is None or day < post.end_on)
            and self.members[post.member_id].house == house
        )

    def post_of(self, member_id: int, answering_body_id: int, day: dt.date) -> str:
        """Return the post in which a member answers for a department on `day`.

        Raises:
            LookupError: the member has no post there.
        """
        for post in self.posts:
            if (post.member_id, post.answering_body_id) == (member_id, answering_body_id) and (
                post.start_on <= day and (post.end_on is None or day < post.end_on)
            ):
                return post.name
        raise LookupError(f"member {member_id} does not answer for body {answering_body_id} on {day}")
