"""Makes the members of both Houses and the governments from a seed and a number of members.

Dates do not depend on the day of asking. Some members changed party, name or seat, and ministers changed in July 2024
and January 2025, so that the register has a history.
"""

import datetime as dt
import itertools
import random
from collections.abc import Callable
from dataclasses import replace

from orderpaper.errors import ConfigError
from orderpaper.simulate import names
from orderpaper.simulate.departments import departments
from orderpaper.simulate.dice import dice
from orderpaper.simulate.people import COMMONS, LORDS, TERMS, Member, Name, People, Post, Seat, Spell, Value

MINIMUM_MEMBERS = 20
FIRST_MEMBER_ID = 6001

_CHANGE_OF_GOVERNMENT = dt.date(2024, 7, 5)
_RESHUFFLE = dt.date(2025, 1, 20)
_DEFECTION = dt.date(2025, 3, 12)
_WEDDING = dt.date(2024, 11, 1)
_BY_ELECTIONS = (
    (dt.date(2025, 4, 3), dt.date(2025, 5, 1), "Reform UK"),
    (dt.date(2025, 9, 2), dt.date(2025, 10, 23), "Liberal Democrat"),
)
"""When a member of the Commons left, when the seat was filled, and the party of the winner."""
_RETIREMENT = dt.date(2025, 6, 26)
"""The day on which a member of the Lords retired."""

_COMMONS_SHARES = {
    "Labour": 359,
    "Conservative": 121,
    "Liberal Democrat": 72,
    "Labour (Co-op)": 43,
    "Independent": 15,
    "Scottish National Party": 9,
    "Reform UK": 8,
    "Democratic Unionist Party": 6,
    "Plaid Cymru": 5,
    "Green Party": 5,
    "Social Democratic & Labour Party": 2,
}
_LORDS_SHARES = {
    "Conservative": 34,
    "Labour": 25,
    "Crossbench": 22,
    "Liberal Democrat": 10,
    "Non-affiliated": 5,
    "Bishops": 4,
}
_QUARTERS = ("North", "South", "East", "West", "Central")
_WITH_SECOND_MINISTER = 12
"""How many departments, the busiest first, have two ministers in the Commons."""
_LABOUR = ("Labour", "Labour (Co-op)")


def populate(seed: int, count: int) -> People:
    """Return the `count` members that follow from a seed, about one in seven of them peers.

    Raises:
        ConfigError: `count` is below 20, too few for two Houses and a government.
    """
    if count < MINIMUM_MEMBERS:
        raise ConfigError(f"A simulated Parliament needs at least {MINIMUM_MEMBERS} members, not {count}.")
    makers = _Makers(dice(seed, "people"))
    commons_count = round(count * 0.85)
    members = [makers.commoner(party, nth) for party, nth in _parties(_COMMONS_SHARES, commons_count)]
    members += [makers.peer(party, nth) for party, nth in _parties(_LORDS_SHARES, count - commons_count)]
    posts = _government(members)
    return People(_moved_on(makers, members, {post.member_id for post in posts}), posts)


def _parties(shares: dict[str, int], count: int) -> list[tuple[str, int]]:
    """Return `count` seats by largest remainder, each as (party, how many of that party came before)."""
    total = sum(shares.values())
    exact = {party: share * count / total for party, share in shares.items()}
    seats = {party: int(quota) for party, quota in exact.items()}
    by_remainder = sorted(exact, key=lambda party: seats[party] - exact[party])
    for party in by_remainder[: count - sum(seats.values())]:
        seats[party] += 1
    return [(party, nth) for party, number in seats.items() for nth in range(number)]


def _moved_on(makers: "_Makers", members: list[Member], ministers: set[int]) -> list[Member]:
    """Return the members, of whom some backbenchers leave in mid-term, and those who replace them."""
    sitting = [m for m in members if m.member_id not in ministers and m.seats[-1].end_on is None]
    commons = [member for member in sitting if member.house == COMMONS]
    lords = [member for member in sitting if member.house == LORDS]
    gone, arrived = {}, []
    for member, (left_on, filled_on, party) in zip(commons[len(commons) // 4 :: 3], _BY_ELECTIONS, strict=False):
        gone[member.member_id] = _leaving(member, left_on)
        arrived.append(makers.winner(party, filled_on, member.seats[-1].value))
    if len(lords) > 2:
        gone[lords[-1].member_id] = _leaving(lords[-1], _RETIREMENT)
    return [*(gone.get(member.member_id, member) for member in members), *arrived]


def _leaving(member: Member, day: dt.date) -> Member:
    return replace(
        member,
        seats=(*member.seats[:-1], replace(member.seats[-1], end_on=day)),
        parties=(*member.parties[:-1], replace(member.parties[-1], end_on=day)),
    )


class _Makers:
    """Makes members one after another, so that no name, seat or id is given twice."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._surnames = rng.sample(names.SURNAMES, len(names.SURNAMES))
        self._taken: set[str] = set()
        self._count = 0

    def commoner(self, party: str, nth: int) -> Member:
        """Return a new member of the Commons. The party decides with `nth` how long they have sat."""
        rng = self._rng
        is_old_party = party == "Conservative"
        first_term = (0, 2, 1, 0, 3)[nth % 5] if is_old_party else (0, 2, 4, 4, 4)[nth % 5]
        terms = TERMS[first_term:]
        if nth and nth % 13 == 0 and first_term < len(TERMS) - 1:
            terms = terms[:-1]
        member_id, gender, name = self._person()
        now, before = self._constituency(party), None
        if terms[0][0] < TERMS[-1][0] and rng.random() < 0.35:
            before = self._constituency(party)
        seats = [Spell(start, end, before if before and end else now) for start, end in terms]
        parties = [Spell(start, end, party) for start, end in terms]
        if party in ("Labour", "Conservative") and nth == 9:
            parties[-1:] = _split(parties[-1], _DEFECTION, "Independent" if party == "Labour" else "Reform UK")
        spells = [Spell(terms[0][0], None, _commons_name(name))]
        if party == "Labour" and nth == 12:
            spells = list(_split(spells[0], _WEDDING, _commons_name((name[0], name[1], f"{name[2]}-Hartwell"))))
        return Member(member_id, gender, COMMONS, tuple(spells), tuple(parties), tuple(seats))

    def winner(self, party: str, elected_on: dt.date, seat: Seat) -> Member:
        """Return a new member of the Commons who has won a by-election."""
        member_id, gender, name = self._person()
        names_borne = (Spell(elected_on, None, _commons_name(name)),)
        since = Spell(elected_on, None, party), Spell(elected_on, None, seat)
        return Member(member_id, gender, COMMONS, names_borne, since[:1], since[1:])

    def peer(self, party: str, nth: int) -> Member:
        """Return a new member of the Lords. The first of each party was created in 2001."""
        rng = self._rng
        created = dt.date(2001 if nth == 0 else rng.randint(2002, 2023), rng.randint(1, 12), rng.randint(1, 28))
        member_id, gender, (_, _, surname) = self._person()
        place = self._unique(lambda: rng.choice(names.ENGLISH_PLACES))
        if party == "Bishops":
            gender = "M"
            title = f"Lord Bishop of {place}"
            name = Name(f"The {title}", f"{place}, Bp.", f"The Rt Rev. the {title}", "Bishop")
            kind = Seat("Bishops", 4)
        else:
            rank = "Lord" if gender == "M" else "Baroness"
            title = self._unique(lambda: surname if rng.random() < 0.6 else f"{surname} of {place}")
            name = Name(f"{rank} {title}", f"{title}, {rank[0]}.", f"The {rank} {title}", f"{rank} {surname}")
            kind = Seat("Life peer", 1)
        spells = (Spell(created, None, party),)
        return Member(member_id, gender, LORDS, (Spell(created, None, name),), spells, (Spell(created, None, kind),))

    def _person(self) -> tuple[int, str, tuple[str, str, str]]:
        """Return a new id, a gender, and (title or "", first name, surname)."""
        rng = self._rng
        gender = "F" if rng.random() < 0.42 else "M"
        surname = self._surnames[self._count % len(self._surnames)]
        forenames = names.WOMEN if gender == "F" else names.MEN
        first = self._unique(lambda: f"{rng.choice(forenames)} {surname}").removesuffix(f" {surname}")
        honours = ("Dame", "Dr", "Ms", "Mrs") if gender == "F" else ("Sir", "Dr", "Mr")
        title = rng.choice(honours) if rng.random() < 0.16 else ""
        self._count += 1
        return FIRST_MEMBER_ID + self._count - 1, gender, (title, first, surname)

    def _constituency(self, party: str) -> Seat:
        """Return a new seat in the part of the country in which the party stands."""
        rng = self._rng
        places = names.ENGLISH_PLACES
        if party == "Scottish National Party":
            places = names.SCOTTISH_PLACES
        elif party == "Plaid Cymru":
            places = names.WELSH_PLACES
        elif party in ("Democratic Unionist Party", "Social Democratic & Labour Party"):
            places = names.IRISH_PLACES
        elif party in _LABOUR and rng.random() < 0.12:
            places = names.SCOTTISH_PLACES + names.WELSH_PLACES

        def invent() -> str:
            first, second = rng.sample(places, 2)
            return rng.choice((first, f"{first} and {second}", f"{first} {rng.choice(_QUARTERS)}", f"Mid {first}"))

        return Seat(self._unique(invent), 4000 + len(self._taken))

    def _unique(self, invent: Callable[[], str]) -> str:
        """Return something from `invent` that is new, with a number added if need be."""
        for attempt in range(1000):
            made = invent()
            if attempt > 50:
                made = f"{made} {attempt - 49}"
            if made not in self._taken:
                self._taken.add(made)
                return made
        raise ConfigError("So many members are more than the simulated Parliament has names for.")


def _split(spell: Spell[Value], day: dt.date, value: Value) -> tuple[Spell[Value], Spell[Value]]:
    return Spell(spell.start_on, day, spell.value), Spell(day, spell.end_on, value)


def _commons_name(name: tuple[str, str, str]) -> Name:
    title, first, surname = name
    display = " ".join(part for part in name if part)
    listed = f"{surname}, {title} {first}" if title else f"{surname}, {first}"
    privy = "Rt Hon " if title in ("Sir", "Dame") else ""
    address = f"{title} {first}" if title in ("Sir", "Dame") else (f"{title} {surname}" if title else "")
    return Name(display, listed, f"{privy}{display} MP", address)


def _government(members: list[Member]) -> list[Post]:
    """Return who holds which post: a head of each department, a second minister of the busier, one in the Lords."""
    return [
        *_cabinet(members, ("Conservative",), TERMS[0][0], _CHANGE_OF_GOVERNMENT),
        *_cabinet(members, _LABOUR, _CHANGE_OF_GOVERNMENT, None),
    ]


def _cabinet(members: list[Member], parties: tuple[str, ...], start: dt.date, end: dt.date | None) -> list[Post]:
    """Return the posts of one government. In the present one, a reshuffle replaced some second ministers."""
    commons = [m for m in members if m.house == COMMONS and _serves(m, parties, end)]
    lords = [m for m in members if m.house == LORDS and m.party_on(start) in parties]
    front = itertools.cycle(commons[: max(1, round(len(commons) * 0.65))])
    peers = itertools.cycle(lords[: max(1, len(lords) // 2)])
    posts = []
    for nth, department in enumerate(departments()):
        titles = [department.head]
        if nth < _WITH_SECOND_MINISTER:
            titles.append(f"{('Parliamentary Under-Secretary', 'Minister of State')[nth % 2]} ({department.name})")
        if department.name == "Ministry of Justice":
            titles.append("Vice Chamberlain (HM Household) (Whip, House of Commons)")
        for place, title in enumerate(titles):
            spells = [(start, end)]
            if end is None and nth % 5 == 1 and place == 1:
                spells = [(start, _RESHUFFLE), (_RESHUFFLE, None)]
            posts += [
                Post(1000 + 10 * nth + place, title, department.answering_body_id, next(front).member_id, since, until)
                for since, until in spells
            ]
        title = f"Parliamentary Under-Secretary ({department.name})"
        posts.append(Post(1009 + 10 * nth, title, department.answering_body_id, next(peers).member_id, start, end))
    return posts


def _serves(member: Member, parties: tuple[str, ...], end: dt.date | None) -> bool:
    """Return whether a member sits for the parties of a government as long as it lasts."""
    if any(spell.value not in parties for spell in member.parties):
        return False
    if end is None:
        return member.seats[-1].end_on is None
    return member.seats[0].start_on == TERMS[0][0]
