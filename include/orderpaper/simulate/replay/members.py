"""Captured members: the register of a day, flattened by its capturer, and payloads of some as captured."""

from collections.abc import Mapping
from pathlib import Path

from orderpaper.simulate.member_payloads import thumbnail_url
from orderpaper.simulate.replay.files import read, values_of
from orderpaper.simulate.upstream import Json

_REGISTER_FIELDS = (
    "id",
    "nameDisplayAs",
    "party",
    "membershipFrom",
    "gender",
    "is_mp",
    "is_current",
    "statusStartDate",
)


class Members:
    """The captured members of a folder.

    Raises:
        ConfigError: a file is not in the layout.
    """

    def __init__(self, folder: Path) -> None:
        self.register: Mapping[int, Json] = {
            member["id"]: _registered(member)
            for path in sorted(folder.glob("current_mps_*.json"))
            for member in read(path, _REGISTER_FIELDS)
        }
        """Id → member in the API's own shape."""
        self._captured = values_of(folder, "members_[0-9]*.json")
        self.histories: Mapping[int, Json] = values_of(folder, "members_history_*.json")
        """Id → captured history."""

    def of_id(self, member_id: int) -> Json | None:
        """A member captured whole, or of the register."""
        return self._captured.get(member_id) or self.register.get(member_id)


def _registered(member: Json) -> Json:
    """A member of a flattened register in the API's shape; what the register does not say is null."""
    return {
        "id": member["id"],
        "nameListAs": None,
        "nameDisplayAs": member["nameDisplayAs"],
        "nameFullTitle": None,
        "nameAddressAs": None,
        "latestParty": {
            "id": None,
            "name": member["party"],
            "abbreviation": None,
            "backgroundColour": None,
            "foregroundColour": None,
            "isLordsMainParty": None,
            "isLordsSpiritualParty": None,
            "governmentType": None,
            "isIndependentParty": None,
        },
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
