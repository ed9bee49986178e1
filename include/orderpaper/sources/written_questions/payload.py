"""The API's own shape of a written question: what must be there, and of which type."""

import datetime as dt

import msgspec

QUESTION_LIMIT = 255
"""The list cuts `questionText` at this many characters, without a mark."""
ANSWER_LIMIT = 258
"""The list cuts `answerText` at 255 characters and adds "..."."""


class GroupedQuestion(msgspec.Struct, rename="camel"):
    """A question answered together with another."""

    question_uin: str
    date_tabled: dt.datetime


class WrittenQuestion(msgspec.Struct, rename="camel"):
    """`value` of a list row or a detail. A field without a default must be present."""

    id: int
    asking_member_id: int
    house: str
    member_has_interest: bool
    date_tabled: dt.datetime
    date_for_answer: dt.datetime | None
    uin: str
    question_text: str
    answering_body_id: int
    answering_body_name: str
    is_withdrawn: bool
    is_named_day: bool
    answer_is_holding: bool | None
    answer_is_correction: bool | None
    answering_member_id: int | None
    correcting_member_id: int | None
    date_answered: dt.datetime | None
    answer_text: str | None
    date_answer_corrected: dt.datetime | None
    date_holding_answer: dt.datetime | None
    attachment_count: int
    heading: str | None
    grouped_questions: list[str]
    grouped_questions_dates: list[GroupedQuestion]
    original_answer_text: str | None = None

    @property
    def is_question_cut(self) -> bool:
        """Whether this is a list row whose question text the list has cut, as far as its length can tell."""
        return len(self.question_text) == QUESTION_LIMIT

    @property
    def is_answer_cut(self) -> bool:
        """Whether this is a list row whose answer text the list has cut."""
        return len(self.answer_text or "") == ANSWER_LIMIT and (self.answer_text or "").endswith("...")


KNOWN_FIELDS = frozenset(field.encode_name for field in msgspec.structs.fields(WrittenQuestion)) | {
    "askingMember",
    "answeringMember",
    "correctingMember",
    "comparableAnswerText",
    "attachments",
}
"""Fields that are read, and fields that are known and left alone; any other is drift."""


class Item(msgspec.Struct):
    """A question wrapped as the API wraps it."""

    value: WrittenQuestion


class Page(msgspec.Struct, rename="camel"):
    """One page of the list."""

    total_results: int
    results: list[Item]
