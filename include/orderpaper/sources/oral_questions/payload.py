"""The shape of a page of the oral-questions API: the fields that must be there, and their types."""

import datetime as dt
import enum

import msgspec

from orderpaper.reading.payloads import Id, known_fields


class QuestionType(enum.IntEnum):
    """The API's numbers for substantive and topical questions.

    The API's description lists only the names. In captured rows, "If he will make a statement on his departmental
    responsibilities", the form in which every topical question is tabled, has 2 and all others have 1.
    """

    SUBSTANTIVE = 1
    TOPICAL = 2


class Status(enum.IntEnum):
    """The status of a question. The numbers follow the order of the API's description and begin at 1.

    Captured rows confirm this: 5 for questions that were to be asked, 11 for those removed from them on the day.
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
    """The member who asks, or who is to answer, as the API described the member on the day."""

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


KNOWN_FIELDS = known_fields(OralQuestion, "Number RemovedFromToBeAskedWhen HansardLink AnsweringMinisterId")
"""Fields that are read, and fields that are known and ignored; any other is drift."""


class Paging(msgspec.Struct, rename="pascal"):
    """The position of a page in the list. `total` is the number of rows that match the query."""

    total: int


class RowPage(msgspec.Struct, rename="pascal"):
    """One page of the list, with rows that are not decoded yet."""

    paging_info: Paging
    response: list[msgspec.Raw]


class Page(msgspec.Struct, rename="pascal"):
    """One page of the list."""

    paging_info: Paging
    success: bool
    errors: list[str]
    response: list[OralQuestion]
