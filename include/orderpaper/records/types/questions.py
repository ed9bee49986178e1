"""Questions and their answers."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Annotated, ClassVar

from orderpaper.records.types.base import AtLeast, House, OneOf, Ordinal, RowOf, Statement

QuestionType = Annotated[str, OneOf("written", "oral", "topical", "debate")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Statement):
    """A question put to a minister or body, in writing or in the House."""

    ROW: ClassVar = "question in a document"
    ROLE: ClassVar = "asker"
    LIST_ID: ClassVar = "question_id"
    KEY: ClassVar = ("question_id",)

    question_type: QuestionType
    question_id: int | None = None
    """Parliament's own id of the question in the API that it came from."""
    uin: str | None = None
    """Unique identifying number. Parliament uses it again in another session."""
    house: House | None = None
    tabled_on: dt.date | None = None
    due_on: dt.date | None = None
    is_named_day: bool | None = None
    is_withdrawn: bool | None = None
    has_declared_interest: bool | None = None
    declared_interest_text: str | None = None
    asking_member_id: int | None = None
    asked_by_text: str | None = None
    asked_by_party_text: str | None = None
    asked_by_constituency_text: str | None = None
    answering_body_id: int | None = None
    answering_body_text: str | None = None
    answering_post_text: str | None = None
    """The post that the question is put to: "the Secretary of State for Defence"."""
    answering_member_text: str | None = None
    """The member who is to answer, where the question names them before it is answered."""
    heading: str | None = None
    html: str | None = None
    """The text with its markup, where the source has any."""
    is_truncated: bool = False
    """The source cut the text. A fuller document of the same question is preferred."""
    grouped_with: list[str] = field(default_factory=list)
    """Questions that the source says were answered together with this one, each as its tabled date and uin:
    2024-11-14/14292."""
    group_ordinal: Ordinal | None = None
    """Questions of one document with the same number were grouped for one answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Statement):
    """The answer or reply to one or more questions of the same document."""

    ROW: ClassVar = "answer in a document"
    ROLE: ClassVar = "answerer"

    question_ordinals: Annotated[list[int], RowOf("question")]
    """Ordinals of the questions of this document that it answers."""
    answered_on: dt.date | None = None
    answering_member_id: int | None = None
    answered_by_text: str | None = None
    answered_by_post_text: str | None = None
    html: str | None = None
    is_truncated: bool = False
    is_holding: bool = False
    is_correction: bool = False
    held_on: dt.date | None = None
    """Date of the holding answer."""
    corrected_on: dt.date | None = None
    correcting_member_id: int | None = None
    original_text: str | None = None
    """The text before it was corrected, where the source gives it."""
    attachment_count: Annotated[int, AtLeast(0)] = 0
    attachment_titles: list[str] = field(default_factory=list)
    attachment_urls: list[str] = field(default_factory=list)
    """In the order of their titles."""
