"""The Members API's shapes, from the simulated people as they are known on one day."""

import datetime as dt
from collections.abc import Sequence
from typing import TypeVar

from orderpaper.simulate.departments import departments
from orderpaper.simulate.people import TERMS, Member, Name, People, Post, Seat, Spell, last_spell
from orderpaper.simulate.upstream import Json

Value = TypeVar("Value")

_PARTIES = {
    "Labour": (15, "Lab", "d50000", "ffffff"),
    "Labour (Co-op)": (15, "Lab", "d50000", "ffffff"),
    "Conservative": (4, "Con", "0000ff", "ffffff"),
    "Liberal Democrat": (17, "LD", "ff9900", "000000"),
    "Scottish National Party": (29, "SNP", "ffff00", "000000"),
    "Reform UK": (1036, "RUK", "12b6cf", "ffffff"),
    "Democratic Unionist Party": (7, "DUP", "660066", "ffffff"),
    "Plaid Cymru": (22, "PC", "348837", "ffffff"),
    "Green Party": (44, "Green", "78b82a", "ffffff"),
    "Social Democratic & Labour Party": (31, "SDLP", "4ea268", "ffffff"),
    "Independent": (8, "Ind", "C0C0C0", "FFFFFF"),
    "Crossbench": (6, "XB", "dcdcdc", "000000"),
    "Non-affiliated": (49, "Non-affiliated", "e5e5e5", "000000"),
    "Bishops": (3, "Bshp", "b10891", "ffffff"),
}
"""Party → id, abbreviation, background and foreground colour."""

_GENERAL_ELECTION = 7
"""Why a membership ended: the house was dissolved."""
_DISSOLUTIONS = {end for _, end in TERMS}


def at_midnight(day: dt.date | None) -> str | None:
    """A date as the APIs give it."""
    return None if day is None else f"{day.isoformat()}T00:00:00"


def links(member_id: int) -> list[Json]:
    """The links beside a member's value."""
    self_link = f"/Members/{member_id}"
    hrefs = {
        "self": self_link,
        "overview": self_link,
        "synopsis": f"{self_link}/Synopsis",
        "contactInformation": f"{self_link}/Contact",
    }
    return [{"rel": rel, "href": href, "method": "GET"} for rel, href in hrefs.items()]


def thumbnail_url(member_id: int) -> str:
    """Where the register has a member's picture."""
    return f"https://members-api.parliament.uk/api/Members/{member_id}/Thumbnail"


def member_value(member: Member, as_of: dt.date) -> Json:
    """`value` of a search hit or of /Members/{id}."""
    name = member.name_on(as_of)
    seat = last_spell(member.seats, as_of) or member.seats[0]
    return {
        "id": member.member_id,
        "nameListAs": name.list_as,
        "nameDisplayAs": name.display,
        "nameFullTitle": name.full_title,
        "nameAddressAs": name.address_as,
        "latestParty": _party(member.party_on(as_of)),
        "gender": member.gender,
        "latestHouseMembership": _membership(member, seat, as_of),
        "thumbnailUrl": thumbnail_url(member.member_id),
    }


def history_value(member: Member, as_of: dt.date) -> Json:
    """`value` of the history endpoint."""
    return {
        "id": member.member_id,
        "thumbnailUrl": thumbnail_url(member.member_id),
        "partyHistory": [
            {
                "startDate": at_midnight(spell.start_on),
                "endDate": at_midnight(spell.end_on),
                "party": _party(spell.value),
            }
            for spell in _known(member.parties, as_of)
        ],
        "houseMembershipHistory": [
            _membership(member, spell, as_of) | {"membershipStatus": None} for spell in _known(member.seats, as_of)
        ],
        "nameHistory": [_name_spell(spell) for spell in _known(member.names, as_of)],
    }


def biography_value(member: Member, posts: Sequence[Post], as_of: dt.date) -> Json:
    """`value` of the biography endpoint."""
    departments_by_id = {department.answering_body_id: department.name for department in departments()}

    def item(name: str, item_id: int, spell: Spell[Value], info: str | None = None) -> Json:
        return {
            "house": member.house,
            "name": name,
            "id": item_id,
            "startDate": at_midnight(spell.start_on),
            "endDate": at_midnight(spell.end_on),
            "additionalInfo": info,
            "additionalInfoLink": None,
        }

    seats = [item(spell.value.name, spell.value.seat_id, spell) for spell in _known(member.seats, as_of)]
    house = {1: "Commons", 2: "Lords"}[member.house]
    return {
        "representations": seats if member.house == 1 else [],
        "electionsContested": [],
        "houseMemberships": [item(house, member.house, spell) for spell in _known(member.seats, as_of)],
        "governmentPosts": [
            item(post.name, post.post_id, spell, departments_by_id[post.answering_body_id])
            for post in posts
            for spell in _known([Spell(post.start_on, post.end_on, post)], as_of)
        ],
        "oppositionPosts": [],
        "otherPosts": [],
        "partyAffiliations": [
            item(spell.value, _party(spell.value)["id"], spell) for spell in _known(member.parties, as_of)
        ],
        "committeeMemberships": [],
    }


def government_posts(people: People, as_of: dt.date) -> list[Json]:
    """The `value`s of /Posts/GovernmentPosts: the posts that are held, with who holds them."""
    posts: dict[tuple[int, str], Json] = {}
    departments_by_id = {department.answering_body_id: department for department in departments()}
    for post in people.posts:
        if post.start_on > as_of or (post.end_on is not None and post.end_on <= as_of):
            continue
        department = departments_by_id[post.answering_body_id]
        value = posts.setdefault(
            (post.post_id, post.name),
            {
                "type": 0,
                "name": post.name,
                "hansardName": post.name,
                "id": post.post_id,
                "postHolders": [],
                "governmentDepartments": [
                    {
                        "id": department.answering_body_id,
                        "name": department.name,
                        "url": f"https://www.gov.uk/government/organisations/{department.slug}",
                        "imageUrl": f"/api/Departments/{department.answering_body_id}/Logo",
                    }
                ],
                "createdWhen": at_midnight(post.start_on),
                "order": len(posts) + 1,
            },
        )
        holder = people.members[post.member_id]
        value["postHolders"].append(
            {
                "member": {"value": member_value(holder, as_of), "links": links(post.member_id)},
                "startDate": at_midnight(post.start_on),
                "endDate": None,
                "layingMinisterName": None,
                "isPaid": True,
            }
        )
    return list(posts.values())


def _known(spells: Sequence[Spell[Value]], as_of: dt.date) -> list[Spell[Value]]:
    """The spells as they are known on a day: none that begins later, no end that is still to come."""
    return [
        Spell(spell.start_on, spell.end_on if spell.end_on and spell.end_on <= as_of else None, spell.value)
        for spell in spells
        if spell.start_on <= as_of
    ]


def _party(name: str) -> Json:
    party_id, abbreviation, background, foreground = _PARTIES[name]
    return {
        "id": party_id,
        "name": name,
        "abbreviation": abbreviation,
        "backgroundColour": background,
        "foregroundColour": foreground,
        "isLordsMainParty": name in ("Labour", "Conservative", "Liberal Democrat", "Crossbench"),
        "isLordsSpiritualParty": name == "Bishops",
        "governmentType": 0 if name.startswith("Labour") else None,
        "isIndependentParty": name == "Independent",
    }


def _membership(member: Member, spell: Spell[Seat], as_of: dt.date) -> Json:
    ended = spell.end_on is not None and spell.end_on <= as_of
    return {
        "membershipFrom": spell.value.name,
        "membershipFromId": spell.value.seat_id,
        "house": member.house,
        "membershipStartDate": at_midnight(spell.start_on),
        "membershipEndDate": at_midnight(spell.end_on) if ended else None,
        "membershipEndReason": None,
        "membershipEndReasonNotes": None,
        "membershipEndReasonId": _GENERAL_ELECTION if ended and spell.end_on in _DISSOLUTIONS else None,
        "membershipStatus": None
        if ended
        else {
            "statusIsActive": True,
            "statusDescription": "Current Member",
            "statusNotes": None,
            "statusId": 0,
            "status": 0,
            "statusStartDate": at_midnight(spell.start_on),
        },
    }


def _name_spell(spell: Spell[Name]) -> Json:
    return {
        "startDate": at_midnight(spell.start_on),
        "endDate": at_midnight(spell.end_on),
        "nameListAs": spell.value.list_as,
        "nameDisplayAs": spell.value.display,
        "nameFullTitle": spell.value.full_title,
        "nameAddressAs": spell.value.address_as,
    }
