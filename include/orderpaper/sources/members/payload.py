"""The API's own shape of members, their histories and their biographies: what must be there, and of which type."""

import datetime as dt

import msgspec


class Party(msgspec.Struct):
    """A party as the register names it."""

    name: str


class HouseMembership(msgspec.Struct, rename="camel"):
    """A stretch of membership: a seat in the Commons, or the kind of peerage in the Lords."""

    membership_from: str | None
    house: int
    membership_start_date: dt.datetime | None
    membership_end_date: dt.datetime | None


class MemberValue(msgspec.Struct, rename="camel"):
    """`value` of a search row."""

    id: int
    name_display_as: str
    latest_party: Party | None
    gender: str | None
    latest_house_membership: HouseMembership | None
    name_list_as: str | None = None
    name_full_title: str | None = None


class MemberItem(msgspec.Struct):
    """A member wrapped as the API wraps it."""

    value: MemberValue


class SearchPage(msgspec.Struct, rename="camel"):
    """One page of the search."""

    items: list[MemberItem]
    total_results: int


class PartyPeriod(msgspec.Struct, rename="camel"):
    """A party over a time."""

    start_date: dt.datetime
    end_date: dt.datetime | None
    party: Party | None


class NamePeriod(msgspec.Struct, rename="camel"):
    """A name over a time."""

    start_date: dt.datetime
    end_date: dt.datetime | None
    name_display_as: str


class HistoryValue(msgspec.Struct, rename="camel"):
    """`value` of a history row."""

    id: int
    party_history: list[PartyPeriod]
    house_membership_history: list[HouseMembership]
    name_history: list[NamePeriod]


class HistoryItem(msgspec.Struct):
    """A history wrapped as the API wraps it."""

    value: HistoryValue


class Post(msgspec.Struct, rename="camel"):
    """A post in government over a time."""

    name: str
    start_date: dt.datetime
    end_date: dt.datetime | None


class BiographyValue(msgspec.Struct, rename="camel"):
    """`value` of a biography; of all that it holds, the posts."""

    government_posts: list[Post]


class Link(msgspec.Struct):
    """An address that a payload gives."""

    rel: str
    href: str


class Biography(msgspec.Struct):
    """A biography wrapped as the API wraps it. Whose it is stands only in its link to itself."""

    value: BiographyValue
    links: list[Link]


KNOWN_MEMBER_FIELDS = frozenset(field.encode_name for field in msgspec.structs.fields(MemberValue)) | {
    "nameAddressAs",
    "thumbnailUrl",
}
KNOWN_HISTORY_FIELDS = frozenset(field.encode_name for field in msgspec.structs.fields(HistoryValue)) | {"thumbnailUrl"}
