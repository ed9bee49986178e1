"""The input and the result of a parser."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from orderpaper.reading.pieces import Piece
from orderpaper.records.types.base import Reading, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A landed document, as a parser receives it. `document_id` is the sha256 of `body`, in hex."""

    document_id: str
    source: str
    kind: str
    """The source's own name for this sort of document: 'list', 'detail', 'search', 'file', …"""
    url: str
    """Its address below the source's site; for a dropped file, its name."""
    media_type: str
    fetched_at: dt.datetime
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A part of a document that is not understood, while the rest of the document is."""

    address: str
    """Where it stands: a JSON path, an XPath or a line number."""
    reason: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """The outcome of parsing one document."""

    document_kind: str
    """oral_sitting | question_listing | bare_question | debate_digest | press_post | written_question_list | …"""
    title: str | None = None
    published_on: dt.date | None = None
    """The day that the document itself gives, or None. It is never the day on which it was fetched."""
    text: str | None = None
    """The document's text, in which `char_start` and `char_end` count; None for JSON payloads."""
    announced_count: int | None = None
    """The number of rows in the whole list of which the document is a page, as the page itself says."""
    understood_count: int = 0
    """The number of rows that are understood and give no record of their own, such as the headings of a day."""
    records: list[Record] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    """The rows that are not understood. They go to quarantine, and the records of the others are kept."""
    pieces: Sequence[Piece] = ()
    """The text of the document that the parser does not leave out by a rule. `records.accounting` looks for each
    piece in the records."""

    @property
    def record_count(self) -> int:
        """Return the number of records without the readings, which are made again when their lists change."""
        return sum(not isinstance(record, Reading) for record in self.records)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift(Record):
    """A field that the upstream sent and that no parser knows: a warning, not an error."""

    ROW: ClassVar = "unknown field in a document"

    field_path: str
    example: str
