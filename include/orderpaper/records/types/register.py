"""The register of members: who they are, what they were and which government posts they held."""

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, ClassVar

from orderpaper.records.types.base import House, OneOf, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Member(Record):
    """A member of either House as the register described them when it was asked."""

    ROW: ClassVar = "member in a document of the register"
    LIST_ID: ClassVar = "member_id"
    KEY: ClassVar = ("member_id",)

    member_id: int
    name: str
    list_name: str | None = None
    full_title: str | None = None
    gender: str | None = None
    party_text: str | None = None
    house: House | None = None
    constituency_text: str | None = None
    membership_start_on: dt.date | None = None
    membership_end_on: dt.date | None = None
    membership_end_reason_text: str | None = None
    membership_end_reason_id: int | None = None
    membership_end_notes_text: str | None = None
    status_text: str | None = None
    """"Current Member", "Suspended" and the like."""
    status_notes_text: str | None = None
    status_start_on: dt.date | None = None
    is_current: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberPeriod(Record):
    """A stretch of a member's history: the value of `attribute` from `start_on` to `end_on`.

    Only a stretch in a House has a reason why it ended.
    """

    ROW: ClassVar = "period of a member's history in a document of the register"
    NAME: ClassVar = "period"
    KEY: ClassVar = ("member_id", "attribute", "value_text", "start_on")

    member_id: int
    attribute: Annotated[str, OneOf("party", "house", "constituency", "name")]
    value_text: str
    start_on: dt.date | None = None
    end_on: dt.date | None = None
    end_reason_text: str | None = None
    end_reason_id: int | None = None
    end_notes_text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberMerge(Record):
    """An id of a member that the register answers with another id, because both are one person."""

    ROW: ClassVar = "id of a member that the register answers with another id"
    NAME: ClassVar = "merge"
    KEY: ClassVar = ("member_id",)

    member_id: int
    merged_into_member_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GovernmentPost(Record):
    """A government post that a member held."""

    ROW: ClassVar = "post in a document of the register"
    NAME: ClassVar = "post"

    member_id: int | None = None
    member_name_text: str | None = None
    post_text: str
    department_text: str | None = None
    start_on: dt.date | None = None
    end_on: dt.date | None = None
