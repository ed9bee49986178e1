"""The shapes of payloads of the members API: the fields that must be there, and their types."""

import datetime as dt
from typing import Generic

import msgspec

from orderpaper.reading.payloads import Id, Item, Shape, known_fields


class Party(msgspec.Struct):
    """A party as the register names it."""

    name: str


class HouseMembership(msgspec.Struct, rename="camel"):
    """A period of membership, with the seat in the Commons or the kind of peerage in the Lords."""

    membership_from: str | None
    house: int
    membership_start_date: dt.datetime | None
    membership_end_date: dt.datetime | None


class Row(msgspec.Struct, rename="camel"):
    """The part of `value` that the fetch needs to check a search and to ask for histories and biographies."""

    id: Id
    latest_house_membership: HouseMembership | None

    @property
    def left_on(self) -> dt.date | None:
        """Return the day on which the latest membership ended, or None if it has not ended."""
        end = self.latest_house_membership.membership_end_date if self.latest_house_membership else None
        return end.date() if end else None


class MemberValue(Row, rename="camel"):
    """`value` of a search row."""

    name_display_as: str
    latest_party: Party | None
    gender: str | None
    name_list_as: str | None = None
    name_full_title: str | None = None


class SearchPage(msgspec.Struct, Generic[Shape], rename="camel"):
    """One page of the search. `SearchPage[msgspec.Raw]` has rows that are not decoded yet."""

    items: list[Item[Shape]]
    total_results: int


class PartyPeriod(msgspec.Struct, rename="camel"):
    """A party during a period."""

    start_date: dt.datetime
    end_date: dt.datetime | None
    party: Party | None


class NamePeriod(msgspec.Struct, rename="camel"):
    """A name during a period."""

    start_date: dt.datetime
    end_date: dt.datetime | None
    name_display_as: str


class HistoryValue(msgspec.Struct, rename="camel"):
    """`value` of a history row."""

    id: Id
    party_history: list[PartyPeriod]
    house_membership_history: list[HouseMembership]
    name_history: list[NamePeriod]


class Post(msgspec.Struct, rename="camel"):
    """A government post during a period."""

    name: str
    start_date: dt.datetime
    end_date: dt.datetime | None


class BiographyValue(msgspec.Struct, rename="camel"):
    """`value` of a biography. Only the government posts are read."""

    government_posts: list[Post]


class Link(msgspec.Struct):
    """An address that a payload gives."""

    rel: str
    href: str


class Biography(msgspec.Struct):
    """The API's wrapper of a biography. Only its link to itself identifies the member."""

    value: BiographyValue
    links: list[Link]


KNOWN_MEMBER_FIELDS = known_fields(MemberValue, "nameAddressAs thumbnailUrl")
KNOWN_HISTORY_FIELDS = known_fields(HistoryValue, "thumbnailUrl")
