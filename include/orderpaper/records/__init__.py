"""Records: the rows that parsers make of documents, and the batches that carry them to the warehouse."""

from orderpaper.records.types import RECORD_TYPES, STATEMENT_TYPES
from orderpaper.records.types.base import Record, Statement
from orderpaper.records.types.documents import Document, Drift, Parsed, Refusal
from orderpaper.records.types.findings import FundingFigure, MemberMention
from orderpaper.records.types.press import PostSection, Quote
from orderpaper.records.types.proceedings import Contribution, Debate, SittingDay
from orderpaper.records.types.questions import Answer, Question
from orderpaper.records.types.register import GovernmentPost, Member, MemberPeriod

__all__ = [
    "RECORD_TYPES",
    "STATEMENT_TYPES",
    "Answer",
    "Contribution",
    "Debate",
    "Document",
    "Drift",
    "FundingFigure",
    "GovernmentPost",
    "Member",
    "MemberMention",
    "MemberPeriod",
    "Parsed",
    "PostSection",
    "Question",
    "Quote",
    "Record",
    "Refusal",
    "SittingDay",
    "Statement",
]
