"""The tables of schema `raw`: records with their provenance, and the rows that the framework itself writes."""

import datetime as dt
import typing
from dataclasses import dataclass
from decimal import Decimal

import pyarrow as pa

from orderpaper.records.types import RECORD_TYPES
from orderpaper.records.types.base import columns


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """A document in the warehouse, quarantined or not: one row for each document and source."""

    kind: str
    document_kind: str | None
    """None while the document is quarantined."""
    url: str
    media_type: str
    byte_count: int
    fetched_at: dt.datetime
    title: str | None
    published_on: dt.date | None
    text: str | None
    record_count: int
    """The number of its records, without readings."""
    announced_count: int | None
    """The number of rows in the whole list, as a page of it announces it."""
    row_count: int | None
    """The number of rows that the parser understood: of the record type that has the most. None while the document is
    quarantined."""
    refused_row_count: int
    """The number of rows that the parser refused, while it understood others."""
    parsed_at: dt.datetime
    reading_version: str | None
    """Version of the lists and rules by which its readings were made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantineRow:
    """A refusal: a document, or a row of one, that one version of a parser did not understand, and the reason.

    Refusals stay when a newer version understands the document. `raw.document` has the document's present state.
    """

    kind: str
    url: str
    stage: str
    """landing | parse | manual"""
    row_address: str | None
    """Where the row stands in the document, as a JSON path, an XPath or a line; None if the whole document is refused.
    """
    reason: str
    excerpt: str
    """The beginning of a document; of a row, its text."""
    quarantined_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRow:
    """An interval of one source, parsed with one version of its parser."""

    batch_id: str
    source: str
    interval_start: dt.date
    interval_end: dt.date
    """Inclusive."""
    document_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A source, as its folder describes it."""

    source: str
    title: str
    publisher: str
    licence: str
    base_url: str | None
    """Public address of its site. The addresses of documents are relative to it. None if it is not fetched."""
    houses: list[str]
    """The Houses that every run asks for; empty for a source of neither."""
    freshness_calendar: str
    """The days by which its lag is counted: sitting days, weekdays or days."""
    max_lag_days: int
    allowed_missed_days: int
    """On how many of 30 days it may lag further."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRow:
    """A request that was made, whatever its outcome."""

    fetch_id: str
    source: str
    run_id: str
    url: str
    requested_at: dt.datetime
    status_code: int | None
    outcome: str
    """fetched | not_modified | redirected (and followed) | redirect_refused | not_found | throttled | server_error |
    client_error | not_json | wrong_format | in_band_error | timeout | connection_error | too_large"""
    document_id: str | None
    is_new_document: bool
    byte_count: int
    elapsed_ms: int
    attempt: int
    error: str | None


DOCUMENT_TABLES: dict[str, type] = {"document": DocumentRow, "quarantine": QuarantineRow, **RECORD_TYPES}
"""Every table in schema `raw` whose rows belong to a document and have its provenance."""

_ARROW: dict[type, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    bool: pa.bool_(),
    dt.date: pa.date32(),
    dt.datetime: pa.timestamp("us", tz="UTC"),
    Decimal: pa.decimal128(24, 4),
}


def _arrow_type(annotation: object) -> pa.DataType:
    if typing.get_origin(annotation) is list:
        return pa.list_(_arrow_type(typing.get_args(annotation)[0]))
    if isinstance(annotation, type) and annotation in _ARROW:
        return _ARROW[annotation]
    raise TypeError(f"no Arrow type for {annotation!r}")


def arrow_schema(row_type: type) -> pa.Schema:
    """Return the Arrow schema of a row type's own fields, in declaration order.

    Raises:
        TypeError: a field is annotated with a type that the warehouse does not hold.
    """
    return pa.schema([(column.name, _arrow_type(column.type)) for column in columns(row_type)])


PROVENANCE = pa.schema([("document_id", pa.string()), ("source", pa.string()), ("parser_version", pa.string())])
"""The columns that the framework adds to every row of `DOCUMENT_TABLES`."""


def document_table_schema(record_type: type) -> pa.Schema:
    """Return the Arrow schema of a table in `DOCUMENT_TABLES`: the record's fields, then its provenance."""
    return pa.schema([*arrow_schema(record_type), *PROVENANCE])
