"""Records of what the words of a statement say, by the lists of phrases that are seeds of dbt."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Annotated, ClassVar

from orderpaper.records.types.base import OneOf, Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicMention(Reading):
    """A phrase of a topic in the heading or the text of a statement. docs/topics.md says how phrases are found."""

    ROW: ClassVar = "statement in a document, topic and phrase of it in the heading or the text"

    topic_key: str
    phrase: str
    is_in_heading: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionWords(Reading):
    """The words of a question, by which the warehouse finds questions that are nearly equal."""

    ROW: ClassVar = "whole question in a document"

    word_hashes: list[int] = field(default_factory=list)
    """Its different words, each as a hash, without "To ask the Secretary of State for …"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NonAnswer(Reading):
    """The way in which an answer does not answer, and the phrase that says so. docs/answers.md explains the kinds."""

    ROW: ClassVar = "answer in a document that does not answer"

    non_answer_kind: Annotated[
        str,
        OneOf("holding", "referral", "will_write", "disproportionate_cost", "not_held", "other_body", "no_plans"),
    ]
    phrase: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerReference(Reading):
    """A reference of an answer to another: by the number of its question, by a link to it, or by its day alone."""

    ROW: ClassVar = "reference of an answer in a document to another answer"

    refers_to_uin: str | None = None
    refers_to_on: dt.date | None = None
    """The day that the reference gives for the answer or the question."""
    linked_on: dt.date | None = None
    """The day on which the question was tabled, as a link to its page says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSignature(Reading):
    """Hashes of what an answer says, by which the warehouse finds answers that say the same."""

    ROW: ClassVar = "whole answer in a document"

    run_hashes: list[int] = field(default_factory=list)
    """Its words and its pairs of neighbouring words, each as a hash."""
    band_hashes: list[int] = field(default_factory=list)
    """MinHash bands of the runs. Answers that say the same are almost certain to have a band in common."""
    number_hashes: list[int] = field(default_factory=list)
    name_hashes: list[int] = field(default_factory=list)
    place_hashes: list[int] = field(default_factory=list)
    """The two neighbours of each word that matters."""
    filling_hashes: list[int] = field(default_factory=list)
    """The same places with the word that stands in them."""
