"""The values that the simulated Members API gives: members, their histories, biographies and posts."""

import datetime as dt
from collections.abc import Sequence
from typing import TypeVar

from orderpaper.simulate.departments import departments
from orderpaper.simulate.payloads import Json, at_midnight, link
from orderpaper.simulate.people import HOUSES, TERMS, Member, Name, People, Post, Seat, Spell, last_spell

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
"""The reason with which a membership ends when the House is dissolved."""
_DISSOLUTIONS = {end for _, end in TERMS}


def member_item(member_id: int, value: Json) -> Json:
    """Return a member's value with the links beside it."""
    places = {"self": "", "overview": "", "synopsis": "/Synopsis", "contactInformation": "/Contact"}
    return {"value": value, "links": [link(rel, f"/Members/{member_id}{place}") for rel, place in places.items()]}


def thumbnail_url(member_id: int) -> str:
    """Return the address of a member's picture."""
    return f"https://members-api.parliament.uk/api/Members/{member_id}/Thumbnail"


def member_value(member: Member, as_of: dt.date) -> Json:
    """Return `value` of a search hit or of /Members/{id}."""
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
    """Return `value` of the history endpoint."""
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


def biography_value(people: People, member_id: int, as_of: dt.date) -> Json | None:
    """Return `value` of the biography endpoint, or None if there is no such member."""
    member = people.members.get(member_id)
    if member is None:
        return None
    departments_by_id = {department.answering_body_id: department.name for department in departments()}

    def entry(name: str, entry_id: int, spell: Spell[Value], info: str | None = None) -> Json:
        return {
            "house": member.house,
            "name": name,
            "id": entry_id,
            "startDate": at_midnight(spell.start_on),
            "endDate": at_midnight(spell.end_on),
            "additionalInfo": info,
            "additionalInfoLink": None,
        }

    seats = [entry(spell.value.name, spell.value.seat_id, spell) for spell in _known(member.seats, as_of)]
    house = HOUSES[member.house]
    return {
        "representations": seats if member.house == 1 else [],
        "electionsContested": [],
        "houseMemberships": [entry(house, member.house, spell) for spell in _known(member.seats, as_of)],
        "governmentPosts": [
            entry(post.name, post.post_id, spell, departments_by_id[post.answering_body_id])
            for post in people.posts
            if post.member_id == member_id
            for spell in _known([Spell(post.start_on, post.end_on, post)], as_of)
        ],
        "oppositionPosts": [],
        "otherPosts": [],
        "partyAffiliations": [
            entry(spell.value, _party(spell.value)["id"], spell) for spell in _known(member.parties, as_of)
        ],
        "committeeMemberships": [],
    }


def post_values(people: People, as_of: dt.date) -> list[Json]:
    """Return the values of the list of government posts: each post, with those who hold it on a day."""
    departments_by_id = {department.answering_body_id: department.name for department in departments()}
    held: dict[int, list[Post]] = {}
    for post in people.posts:
        if post.start_on <= as_of and (post.end_on is None or as_of < post.end_on):
            held.setdefault(post.post_id, []).append(post)
    return [
        {
            "type": 0,
            "name": posts[0].name,
            "hansardName": f"The {posts[0].name}",
            "id": post_id,
            "postHolders": [_holder(people.members[post.member_id], post, as_of) for post in posts],
            "governmentDepartments": [
                {
                    "id": posts[0].answering_body_id,
                    "name": departments_by_id[posts[0].answering_body_id],
                    "url": "",
                    "imageUrl": None,
                }
            ],
            "createdWhen": at_midnight(posts[0].start_on),
            "order": order,
        }
        for order, (post_id, posts) in enumerate(sorted(held.items()))
    ]


def _holder(member: Member, post: Post, as_of: dt.date) -> Json:
    return {
        "member": member_item(member.member_id, member_value(member, as_of)),
        "startDate": at_midnight(post.start_on),
        "endDate": None,
        "layingMinisterName": None,
        "isPaid": True,
    }


def _known(spells: Sequence[Spell[Value]], as_of: dt.date) -> list[Spell[Value]]:
    """Return the spells as they are known on a day: none that begins later, and no end that is still to come."""
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
