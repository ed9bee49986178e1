"""Records: the rows that parsers make of documents, and the batches that carry them to the warehouse."""

from orderpaper.records.types import READING_TYPES, RECORD_TYPES, STATEMENT_TYPES
from orderpaper.records.types.base import Reading, Record, Statement
from orderpaper.records.types.documents import Document, Drift, Parsed, Refusal
from orderpaper.records.types.findings import FundingFigure, MemberMention
from orderpaper.records.types.press import PostSection, Quote
from orderpaper.records.types.proceedings import Contribution, Debate, SittingDay
from orderpaper.records.types.questions import Answer, Question
from orderpaper.records.types.readings import AnswerReference, AnswerSignature, NonAnswer, QuestionWords, TopicMention
from orderpaper.records.types.register import GovernmentPost, Member, MemberMerge, MemberPeriod

__all__ = [
    "READING_TYPES",
    "RECORD_TYPES",
    "STATEMENT_TYPES",
    "Answer",
    "AnswerReference",
    "AnswerSignature",
    "Contribution",
    "Debate",
    "Document",
    "Drift",
    "FundingFigure",
    "GovernmentPost",
    "Member",
    "MemberMention",
    "MemberMerge",
    "MemberPeriod",
    "NonAnswer",
    "Parsed",
    "PostSection",
    "Question",
    "QuestionWords",
    "Quote",
    "Reading",
    "Record",
    "Refusal",
    "SittingDay",
    "Statement",
    "TopicMention",
]
