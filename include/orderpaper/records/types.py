"""The record types: the contract between parsers and the warehouse.

A parser turns one document into a `Parsed`: what the document says of itself, and a list of records. It never
fills in provenance; `batch.py` stamps every row with `document_id`, `source` and `parser_version` and writes one
Parquet file per record type, which is loaded into `raw.<record type>` unchanged.

Conventions: `ordinal` counts records of one type within their document from 1, in reading order. `char_start` and
`char_end` are a half-open span of Python characters in the document's text (`Parsed.text`) and are None for
documents that are not text (JSON payloads). Names, parties, seats and posts are kept as printed in `*_text`
fields; ids are Parliament's own.
"""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One landed document, as a parser receives it. `document_id` is the sha256 of `body`, in hex."""

    document_id: str
    source: str
    kind: str
    """What the source calls this sort of document: 'list', 'detail', 'search', 'file', …"""
    url: str
    """Its address below the source's site; for a dropped file, its name."""
    media_type: str
    fetched_at: dt.datetime
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question put to a minister or body, in writing or in the House."""

    ordinal: int
    question_type: str
    """written | oral | topical | debate"""
    question_id: int | None = None
    """Parliament's own id of the question in the API it came from."""
    uin: str | None = None
    """Unique identifying number, not unique over time."""
    house: str | None = None
    """Commons | Lords"""
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
    """Who is to answer, where the question says so before it is answered."""
    heading: str | None = None
    text: str
    html: str | None = None
    """The text's markup where the source has any."""
    is_truncated: bool = False
    """The source cut the text; a fuller document of the same question is preferred."""
    grouped_with: list[str] = field(default_factory=list)
    """Questions that the source says were answered together with this one, each as its tabled date and uin:
    2024-11-14/14292."""
    group_ordinal: int | None = None
    """Questions of one document with the same number were grouped for one answer."""
    char_start: int | None = None
    char_end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer or reply to one or more questions of the same document."""

    ordinal: int
    question_ordinals: list[int]
    """Ordinals of the questions of this document that it answers."""
    answered_on: dt.date | None = None
    answering_member_id: int | None = None
    answered_by_text: str | None = None
    answered_by_post_text: str | None = None
    text: str
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
    attachment_count: int = 0
    attachment_titles: list[str] = field(default_factory=list)
    attachment_urls: list[str] = field(default_factory=list)
    """In the order of their titles."""
    char_start: int | None = None
    char_end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Debate:
    """A sitting's item of business that a document reports: a debate, a statement, a question time."""

    ordinal: int
    debate_id: str | None = None
    """Hansard's own id of it (ExtId), which stands in its public address."""
    title: str | None = None
    house: str | None = None
    debated_on: dt.date | None = None
    debate_type_text: str | None = None
    lead_member_text: str | None = None
    announced_contributor_count: int | None = None
    """The number of other contributors that the document itself announces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """One turn of a debate or question time, in order."""

    ordinal: int
    debate_ordinal: int
    contribution_id: str | None = None
    """Hansard's own id of the item that the turn begins with, an anchor on the debate's public page."""
    role: str
    """statement | question | supplementary | reply | shadow | chair | intervention | speech | proceeding: what
    happened, which Hansard reports without a speaker"""
    is_role_inferred: bool = False
    """The document does not print who speaks; the role was read from the wording."""
    speaker_member_id: int | None = None
    speaker_text: str | None = None
    speaker_party_text: str | None = None
    speaker_constituency_text: str | None = None
    speaker_post_text: str | None = None
    reply_to_ordinal: int | None = None
    """Ordinal of the contribution that this one replies to."""
    question_ordinal: int | None = None
    """The Question of the same document with the same text, if this turn is one."""
    answer_ordinal: int | None = None
    """The Answer of the same document with the same text, if this turn is one."""
    text: str
    char_start: int | None = None
    char_end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingDay:
    """A day on which a House sat, as Hansard's headings of that day say."""

    ordinal: int
    house: str
    """Commons | Lords"""
    sat_on: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class PostSection:
    """A headed part of a press post. The introduction has heading None."""

    ordinal: int
    heading: str | None = None
    text: str
    char_start: int | None = None
    char_end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words that a press post puts in somebody's mouth, as a block or between quotation marks."""

    ordinal: int
    section_ordinal: int
    speaker_text: str | None = None
    speaker_post_text: str | None = None
    is_block: bool = True
    """A block quotation ("X said:" and paragraphs) rather than a phrase between quotation marks."""
    text: str
    char_start: int | None = None
    char_end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberMention:
    """A member named in a text: "the hon. Member for Stourbridge (Cat Eccles)", "the Home Secretary"."""

    ordinal: int
    statement_kind: str
    """question | answer | contribution | post_section: the record type whose text it stands in."""
    statement_ordinal: int
    as_printed: str
    member_name_text: str | None = None
    constituency_text: str | None = None
    post_text: str | None = None
    text_char_start: int
    """Span in the statement's own text."""
    text_char_end: int
    char_start: int | None = None
    char_end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FundingFigure:
    """One sum of money as stated. Meanings: docs/funding.md."""

    ordinal: int
    statement_kind: str
    """question | answer | contribution | post_section: the record type whose text it stands in."""
    statement_ordinal: int
    surface: str
    amount_low: Decimal
    amount_high: Decimal
    currency: str
    """ISO 4217 code."""
    qualifier: str
    """exact | approx | at_least | at_most"""
    category: str
    """funding | spend | rate | other"""
    is_increase: bool
    period: str | None = None
    """2025-26 | 2025 | 2021-22/2024-25"""
    programme_text: str | None = None
    recipient_text: str | None = None
    rule: str
    """The rule that decided the category, so that a reader can disagree with it."""
    sentence: str
    list_lead_text: str | None = None
    """The sentence that leads into the list whose item the sum stands in."""
    total_ordinal: int | None = None
    """Ordinal of the figure of the same statement that this one is a part of."""
    text_char_start: int
    """Span of the surface in the statement's own text."""
    text_char_end: int
    char_start: int | None = None
    char_end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member of either House as the register describes them when it was asked."""

    ordinal: int
    member_id: int
    name: str
    list_name: str | None = None
    full_title: str | None = None
    gender: str | None = None
    party_text: str | None = None
    house: str | None = None
    constituency_text: str | None = None
    membership_start_on: dt.date | None = None
    membership_end_on: dt.date | None = None
    is_current: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberPeriod:
    """One stretch of a member's history: what `attribute` was from `start_on` until before `end_on`."""

    ordinal: int
    member_id: int
    attribute: str
    """party | house | constituency | name"""
    value_text: str
    start_on: dt.date | None = None
    end_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GovernmentPost:
    """A government post that a member held."""

    ordinal: int
    member_id: int | None = None
    member_name_text: str | None = None
    post_text: str
    department_text: str | None = None
    start_on: dt.date | None = None
    end_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """A field that the upstream sent and this version does not know: a warning, never an error."""

    ordinal: int
    field_path: str
    example: str


Record = (
    Question
    | Answer
    | Debate
    | Contribution
    | SittingDay
    | PostSection
    | Quote
    | MemberMention
    | FundingFigure
    | Member
    | MemberPeriod
    | GovernmentPost
    | Drift
)

RECORD_TYPES: dict[str, type] = {
    "question": Question,
    "answer": Answer,
    "debate": Debate,
    "contribution": Contribution,
    "sitting_day": SittingDay,
    "post_section": PostSection,
    "quote": Quote,
    "member_mention": MemberMention,
    "funding_figure": FundingFigure,
    "member": Member,
    "member_period": MemberPeriod,
    "government_post": GovernmentPost,
    "drift": Drift,
}
"""Table in schema `raw` → record type that parsers make."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a parser makes of one document."""

    document_kind: str
    """oral_sitting | question_listing | bare_question | debate_digest | press_post | written_question_list | …"""
    parser_version: int
    title: str | None = None
    published_on: dt.date | None = None
    """The day the document itself gives, or None: never the day it was fetched."""
    text: str | None = None
    """The document's text, in which `char_start`/`char_end` count; None for JSON payloads."""
    announced_count: int | None = None
    """How many rows the whole list has of which the document is a page, as the page itself says."""
    records: list[Record] = field(default_factory=list)
