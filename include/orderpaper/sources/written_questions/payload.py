"""The shape of a written question of the API: the fields that must be there, and their types."""

import datetime as dt
from typing import Annotated

import msgspec

from orderpaper.reading.payloads import Attachment, House, Id

QUESTION_LIMIT = 255
"""The list cuts `questionText` at this many characters, and does not mark the cut."""
ANSWER_LIMIT = 258
"""The list cuts `answerText` at 255 characters and adds "..."."""


class GroupedQuestion(msgspec.Struct, rename="camel"):
    """A question answered together with another."""

    question_uin: str
    date_tabled: dt.datetime


class Row(msgspec.Struct, rename="camel"):
    """The part of `value` that the fetch needs to check a list and to choose details."""

    id: Id
    date_tabled: dt.datetime
    date_answered: dt.datetime | None
    date_answer_corrected: dt.datetime | None
    is_withdrawn: bool
    answer_is_holding: bool | None
    question_text: str
    answer_text: str | None

    @property
    def is_question_cut(self) -> bool:
        """Return whether the list has cut the question text, judging by its length."""
        return len(self.question_text) == QUESTION_LIMIT

    @property
    def is_answer_cut(self) -> bool:
        """Return whether the list has cut the answer text."""
        return len(self.answer_text or "") == ANSWER_LIMIT and (self.answer_text or "").endswith("...")

    @property
    def is_open(self) -> bool:
        """Return whether there is no answer, or only a holding answer."""
        return not self.is_withdrawn and (self.date_answered is None or self.answer_is_holding is True)


class WrittenQuestion(Row, rename="camel"):
    """`value` of a list row or a detail. A field without a default must be present."""

    asking_member_id: Id
    house: House
    member_has_interest: bool
    date_for_answer: dt.datetime | None
    uin: str
    answering_body_id: Id
    answering_body_name: str
    is_named_day: bool
    answer_is_correction: bool | None
    answering_member_id: Id | None
    correcting_member_id: Id | None
    date_holding_answer: dt.datetime | None
    attachment_count: Annotated[int, msgspec.Meta(ge=0, le=2**31)]
    attachments: list[Attachment]
    heading: str | None
    grouped_questions: list[str]
    grouped_questions_dates: list[GroupedQuestion]
    original_answer_text: str | None = None
    comparable_answer_text: str | None = None

    @property
    def undated(self) -> list[str]:
        """Return the questions answered together with it whose days are not given."""
        dated = {other.question_uin for other in self.grouped_questions_dates}
        return [uin for uin in self.grouped_questions if uin not in dated]


_IN_THE_REGISTER = "the register of members has the person"

LEFT_OUT = {
    "askingMember": _IN_THE_REGISTER,
    "answeringMember": _IN_THE_REGISTER,
    "correctingMember": _IN_THE_REGISTER,
    "comparableAnswerText": "it marks the difference between the two texts of a corrected answer, which are kept; "
    "without an original text it is accounted for by itself",
    "groupedQuestions": "groupedQuestionsDates has the same questions, with their dates; one without is refused",
    "attachments.fileType": "the address of the file says it",
    "attachments.fileSizeBytes": "it is a fact about the file, not about the answer",
}
"""The fields that are not kept, and why. Any other field that is not read is drift."""
