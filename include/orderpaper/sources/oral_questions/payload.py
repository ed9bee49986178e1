"""The shape of a page of the oral-questions API: the fields that must be there, and their types."""

import datetime as dt
import enum

import msgspec

from orderpaper.reading.payloads import Id


class QuestionType(enum.IntEnum):
    """The API's numbers for what it calls Substantive and Topical.

    Its description gives the names alone, counted from one; in captured rows, "If he will make a statement on his
    departmental responsibilities", the question that every topical one is tabled as, has 2 and all others have 1.
    """

    SUBSTANTIVE = 1
    TOPICAL = 2


class Status(enum.IntEnum):
    """What became of a question, in the order in which the API describes its statuses, counted from one.

    Captured rows agree: 5 for those that were to be asked; 11 for those that were removed from them on the day.
    """

    SUBMITTED = 1
    CARDED = 2
    UNSAVED = 3
    READY_FOR_SHUFFLE = 4
    TO_BE_ASKED = 5
    SHUFFLE_UNSUCCESSFUL = 6
    WITHDRAWN = 7
    UNSTARRED = 8
    DRAFT = 9
    FOR_REVIEW = 10
    UNASKED = 11
    TRANSFERRED = 12


class Member(msgspec.Struct, rename="pascal"):
    """The member who asks, or is to answer, as the API described them on the day."""

    name: str
    constituency: str | None
    party: str | None


class Row(msgspec.Struct, rename="pascal"):
    """The part of a row that the fetch needs to check a list. Ids are never reused."""

    id: Id
    answering_when: dt.datetime


class OralQuestion(Row, rename="pascal"):
    """One row of the list. `uin` starts again each session."""

    question_type: QuestionType
    question_text: str
    status: Status
    tabled_when: dt.datetime
    declarable_interest_detail: str | None
    uin: Id = msgspec.field(name="UIN")
    answering_body_id: Id
    answering_body: str
    answering_minister_title: str | None
    answering_minister: Member | None
    asking_member: Member | None
    asking_member_id: Id


KNOWN_FIELDS = frozenset(field.encode_name for field in msgspec.structs.fields(OralQuestion)) | {
    "Number",
    "RemovedFromToBeAskedWhen",
    "HansardLink",
    "AnsweringMinisterId",
}
"""Fields that are read, and fields that are known and left alone; any other is drift."""


class Paging(msgspec.Struct, rename="pascal"):
    """Where in the list a page stands. `total` counts what the query matches."""

    total: int


class RowPage(msgspec.Struct, rename="pascal"):
    """One page of the list, its rows unread."""

    paging_info: Paging
    response: list[msgspec.Raw]


class Page(msgspec.Struct, rename="pascal"):
    """One page of the list."""

    paging_info: Paging
    success: bool
    errors: list[str]
    response: list[OralQuestion]
