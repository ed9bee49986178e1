"""Captured members: the register of a day, and the payloads of some members.

There are no biographies and no list of posts.

members/current_mps_*.json         the register of a day, each member in one flat object
members/members_<id>.json          a payload as captured
members/members_history_<id>.json  a payload as captured
"""

from pathlib import Path

from orderpaper.simulate.captured import read, values_of
from orderpaper.simulate.part import Part
from orderpaper.simulate.payloads import Json
from orderpaper.sources.members.simulated import part
from orderpaper.sources.members.simulated.values import thumbnail_url

_REGISTER_FIELDS = tuple("id nameDisplayAs party membershipFrom gender is_mp is_current statusStartDate".split())
_PARTY_FIELDS = (
    "id name abbreviation backgroundColour foregroundColour isLordsMainParty isLordsSpiritualParty governmentType"
    " isIndependentParty"
).split()


def replayed(directory: Path) -> Part:
    """Return the API over the captured members of a folder.

    Raises:
        ConfigError: a file is not in the layout.
    """
    folder = directory / "members"
    listed = {
        member["id"]: _registered(member)
        for path in sorted(folder.glob("current_mps_*.json"))
        for member in read(path, _REGISTER_FIELDS)
    }
    captured = values_of(folder, "members_[0-9]*.json")
    histories = values_of(folder, "members_history_*.json")
    return part(
        listed,
        lambda number: captured.get(number) or listed.get(number),
        lambda number: histories.get(number) or (_history(listed[number]) if number in listed else None),
        lambda _: None,
        lambda: None,
    )


def _history(member: Json) -> Json:
    """Return the history of a member of whom none was captured: the name that the register has, since the seat is held.

    The register does not say when a member joined a party, so there is no period of a party, a House or a seat.
    """
    since = member["latestHouseMembership"]["membershipStartDate"]
    name = {"startDate": since, "endDate": None, "nameDisplayAs": member["nameDisplayAs"]}
    fields = ("nameListAs", "nameFullTitle", "nameAddressAs")
    return {
        "id": member["id"],
        "partyHistory": [],
        "houseMembershipHistory": [],
        "nameHistory": [name | {field: member[field] for field in fields}],
    }


def _registered(member: Json) -> Json:
    """Return a member of the flat register in the shape of the API. Fields that the register does not have are null."""
    return {
        "id": member["id"],
        "nameListAs": None,
        "nameDisplayAs": member["nameDisplayAs"],
        "nameFullTitle": None,
        "nameAddressAs": None,
        "latestParty": dict.fromkeys(_PARTY_FIELDS) | {"name": member["party"]},
        "gender": member["gender"],
        "latestHouseMembership": {
            "membershipFrom": member["membershipFrom"],
            "membershipFromId": member.get("membershipFromID"),
            "house": 1 if member["is_mp"] else 2,
            "membershipStartDate": member["statusStartDate"],
            "membershipEndDate": None,
            "membershipEndReason": None,
            "membershipEndReasonNotes": None,
            "membershipEndReasonId": None,
            "membershipStatus": {
                "statusIsActive": member["is_current"],
                "statusDescription": member.get("status"),
                "statusNotes": member.get("statusNotes"),
                "statusId": None,
                "status": None,
                "statusStartDate": member["statusStartDate"],
            },
        },
        "thumbnailUrl": thumbnail_url(member["id"]),
    }
