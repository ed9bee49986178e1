"""The shapes of payloads of the members API: the fields that must be there, and their types."""

import datetime as dt
from typing import Any, Generic

import msgspec

from orderpaper.reading.dates import day_of
from orderpaper.reading.payloads import Id, Item, Shape


class Party(msgspec.Struct):
    """A party as the register names it."""

    name: str


class MembershipStatus(msgspec.Struct, rename="camel"):
    """Whether a member may take part: "Current Member", or "Suspended" with the reason."""

    status_description: str | None = None
    status_notes: str | None = None
    status_start_date: dt.datetime | None = None


class HouseMembership(msgspec.Struct, rename="camel"):
    """A period of membership, with the seat in the Commons or the kind of peerage in the Lords."""

    membership_from: str | None
    house: int
    membership_start_date: dt.datetime | None
    membership_end_date: dt.datetime | None
    membership_end_reason: str | None = None
    membership_end_reason_notes: str | None = None
    membership_end_reason_id: Id | None = None
    membership_status: MembershipStatus | None = None

    @property
    def words(self) -> str | None:
        """The seat, or the kind of peerage."""
        return self.membership_from


class Row(msgspec.Struct, rename="camel"):
    """The part of `value` that the fetch needs to check a search and to ask for histories and biographies."""

    id: Id
    latest_house_membership: HouseMembership | None

    @property
    def left_on(self) -> dt.date | None:
        """Return the day on which the latest membership ended, or None if it has not ended."""
        end = self.latest_house_membership.membership_end_date if self.latest_house_membership else None
        return day_of(end)


class MemberValue(Row, rename="camel"):
    """`value` of a search row."""

    name_display_as: str
    latest_party: Party | None
    gender: str | None
    name_list_as: str | None = None
    name_full_title: str | None = None


class SearchPage(msgspec.Struct, Generic[Shape], rename="camel"):
    """One page of the search. The rows of a `SearchPage[Any]` are not read yet."""

    items: list[Shape]
    total_results: int


class PartyPeriod(msgspec.Struct, rename="camel"):
    """A party during a period."""

    start_date: dt.datetime
    end_date: dt.datetime | None
    party: Party | None

    @property
    def words(self) -> str | None:
        """The name of the party."""
        return self.party.name if self.party else None


class NamePeriod(msgspec.Struct, rename="camel"):
    """A name during a period."""

    start_date: dt.datetime
    end_date: dt.datetime | None
    name_display_as: str

    @property
    def words(self) -> str:
        """The name."""
        return self.name_display_as


class HistoryValue(msgspec.Struct, rename="camel"):
    """`value` of a history row."""

    id: Id
    party_history: list[PartyPeriod]
    house_membership_history: list[HouseMembership]
    name_history: list[NamePeriod]


Period = PartyPeriod | NamePeriod | HouseMembership


def days(period: Period) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Return the first and the last day of a period."""
    if isinstance(period, HouseMembership):
        return period.membership_start_date, period.membership_end_date
    return period.start_date, period.end_date


def oddity(period: Period) -> str | None:
    """Return why a period is none of the member's history, if it is none."""
    if isinstance(period, PartyPeriod) and period.party is None:
        return "a period of a member's history has no party"
    start, end = (day_of(day) for day in days(period))
    return "a period of a member's history ends before it begins" if start and end and end < start else None


class Post(msgspec.Struct, rename="camel"):
    """A government post during a period."""

    name: str
    start_date: dt.datetime
    end_date: dt.datetime | None


class ListedMember(msgspec.Struct, rename="camel"):
    """The member of a holder of a post."""

    id: Id
    name_display_as: str


class PostHolder(msgspec.Struct, rename="camel"):
    """A member who holds a listed post."""

    member: Item[ListedMember]
    start_date: dt.datetime
    end_date: dt.datetime | None


class ListedPost(msgspec.Struct, rename="camel"):
    """`value` of a row of the list of government posts: a post and those who hold it now."""

    id: Id
    name: str
    post_holders: list[PostHolder]


class BiographyValue(msgspec.Struct, rename="camel"):
    """`value` of a biography. Only the government posts are read, one by one."""

    government_posts: list[Any]


class Link(msgspec.Struct):
    """An address that a payload gives."""

    rel: str
    href: str


class Biography(msgspec.Struct):
    """The API's wrapper of a biography. Only its link to itself identifies the member."""

    value: BiographyValue
    links: list[Link]


_PARTY = "id abbreviation backgroundColour foregroundColour isLordsMainParty isLordsSpiritualParty governmentType"
_MEMBERSHIP = "membershipFromId membershipStartReason membershipStartReasonNotes membershipStartReasonId"
_LINKS = "they are addresses of the API itself"
_PICTURE = "it is the address of a picture"


def _within(path: str, names: str, reason: str) -> dict[str, str]:
    return {f"{path}.{name}": reason for name in names.split()}


LEFT_OUT_OF_A_MEMBER = {
    "value.nameAddressAs": "it is a form of address made from the other names",
    "value.thumbnailUrl": _PICTURE,
    "value.latestHouseMembership.house": "it is read as the name of the House",
    **_within("value.latestHouseMembership", _MEMBERSHIP, "a membership is kept by its seat, its dates and its end"),
    **_within(
        "value.latestHouseMembership.membershipStatus",
        "statusIsActive statusId status",
        "a status is kept by its description",
    ),
    **_within("value.latestParty", f"{_PARTY} isIndependentParty", "a party is kept by its name"),
    "links": _LINKS,
}
LEFT_OUT_OF_A_HISTORY = {
    "value.thumbnailUrl": _PICTURE,
    "value.houseMembershipHistory.house": "it is read as the name of the House",
    **_within("value.houseMembershipHistory", _MEMBERSHIP, "a membership is kept by its seat, its dates and its end"),
    "value.houseMembershipHistory.membershipStatus": "the latest description of a member has the status",
    **_within("value.houseMembershipHistory", "id", "a membership is kept by its dates"),
    **_within("value.partyHistory.party", f"{_PARTY} isIndependentParty", "a party is kept by its name"),
    **_within("value.nameHistory", "nameListAs nameFullTitle nameAddressAs", "a name is kept as it is displayed"),
    "links": _LINKS,
}
LEFT_OUT_OF_A_POST = {
    "house": "the register of members has the House",
    "id": "a post is kept by its name",
    "additionalInfo": "it describes the body, which the name of the post has",
    "additionalInfoLink": "it is the address of the body",
}
LEFT_OUT_OF_A_LISTED_POST = {
    "value.id": "a post is kept by its name",
    "value.postHolders.member.links": _LINKS,
    **_within(
        "value.postHolders.member.value",
        "nameListAs nameFullTitle nameAddressAs latestParty gender latestHouseMembership thumbnailUrl",
        "the register of members has it",
    ),
    **_within("value.postHolders", "layingMinisterName isPaid", "a holder is kept by member and dates"),
    **_within(
        "value",
        "type hansardName governmentDepartments createdWhen order",
        "a post is kept by its name, which has the department",
    ),
    "links": _LINKS,
}
LEFT_OUT_OF_A_BIOGRAPHY = {
    "value.governmentPosts": "each post is accounted for by itself",
    **_within(
        "value",
        "representations electionsContested houseMemberships oppositionPosts otherPosts partyAffiliations"
        " committeeMemberships",
        "only government posts are kept",
    ),
    "links": "the link to itself is read as the member's id",
}
LEFT_OUT_OF_A_SEARCH = {
    "items": "each row is accounted for by itself",
    "links": _LINKS,
    "resultContext": "it repeats the query",
    "skip": "it says which part of the list the page is",
    "take": "it says which part of the list the page is",
    "resultType": "it repeats the query",
}
"""The fields that are not kept, and why. Any other field that is not read is drift."""
