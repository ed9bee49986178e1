"""The shape of a page of the oral-questions API: the fields that must be there, and their types."""

import datetime as dt
import enum
from typing import Any

import msgspec

from orderpaper.reading.payloads import Id


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


_OF_A_MEMBER = "MnisId PimsId ListAs Status PartyId PartyColour PhotoUrl".split()

LEFT_OUT = {
    "QuestionType": "it is read as the kind of question",
    "Status": "it is read as whether the question is withdrawn",
    "Number": "it is the place in the order of the day, which Hansard has as it was called",
    "RemovedFromToBeAskedWhen": "it is when the status changed",
    "HansardLink": "Hansard has the question with its answer",
    "AnsweringMinisterId": "Hansard has the minister who answers",
    "AnsweringMinister.Constituency": "the register of members has it",
    "AnsweringMinister.Party": "the register of members has it",
    **{
        f"{member}.{name}": "the register of members has it"
        for member in ("AskingMember", "AnsweringMinister")
        for name in _OF_A_MEMBER
    },
}
"""The fields of a row that are not kept, and why. Any other field that is not read is drift."""


class Paging(msgspec.Struct, rename="pascal"):
    """The position of a page in the list. `total` is the number of rows that match the query."""

    total: int


class RowPage(msgspec.Struct, rename="pascal"):
    """One page of the list, with rows that are not decoded yet."""

    paging_info: Paging
    response: list[msgspec.Raw]


class Page(msgspec.Struct, rename="pascal"):
    """One page of the list. Its rows are read one by one."""

    paging_info: Paging
    success: bool
    errors: list[str]
    response: list[Any]


PAGE_LEFT_OUT = {
    "Response": "each row is accounted for by itself",
    "StatusCode": "it says that the request succeeded",
    **{
        f"PagingInfo.{name}": "it says which part of the list the page is"
        for name in ("Skip", "Take", "GlobalTotal", "GlobalLimit", "StatusCounts", "GlobalStatusCounts")
    },
}
"""The fields of a page that are not kept, and why."""
