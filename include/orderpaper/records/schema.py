"""The tables of schema `raw`: records with their provenance, and what the framework itself writes down."""

import datetime as dt
import types
import typing
from dataclasses import dataclass, fields
from decimal import Decimal

import pyarrow as pa

from orderpaper.records.types import RECORD_TYPES


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """What the warehouse keeps of a document: one row per document and source, quarantined ones too."""

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
    announced_count: int | None
    """Rows of the whole list, as a page of it announces them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantineRow:
    """One refusal: a document that a parser's version did not understand, and why.

    Refusals stay when a newer version understands the document: `raw.document` says how it stands now.
    """

    kind: str
    url: str
    stage: str
    """landing | parse"""
    reason: str
    excerpt: str
    quarantined_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRow:
    """One interval of one source, parsed with one version of its parser."""

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
    """Public address of its site; documents' addresses count from here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRow:
    """One request made, whatever came of it."""

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
"""Every table in schema `raw` whose rows belong to a document and carry its provenance."""

_ARROW: dict[type, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    bool: pa.bool_(),
    dt.date: pa.date32(),
    dt.datetime: pa.timestamp("us", tz="UTC"),
    Decimal: pa.decimal128(24, 4),
}


def arrow_type(annotation: object) -> pa.DataType:
    """The Arrow type of a record field's annotation.

    Raises:
        TypeError: an annotation that the contract does not use.
    """
    if isinstance(annotation, types.UnionType):
        (annotation,) = (a for a in typing.get_args(annotation) if a is not type(None))
    if typing.get_origin(annotation) is list:
        return pa.list_(arrow_type(typing.get_args(annotation)[0]))
    if isinstance(annotation, type) and annotation in _ARROW:
        return _ARROW[annotation]
    raise TypeError(f"no Arrow type for {annotation!r}")


def arrow_schema(record_type: type) -> pa.Schema:
    """The Arrow schema of a record type's own fields, in declaration order."""
    hints = typing.get_type_hints(record_type)
    return pa.schema([(f.name, arrow_type(hints[f.name])) for f in fields(record_type)])


PROVENANCE = pa.schema([("document_id", pa.string()), ("source", pa.string()), ("parser_version", pa.int64())])
"""The columns that the framework adds to every row of `DOCUMENT_TABLES`."""


def document_table_schema(record_type: type) -> pa.Schema:
    """The Arrow schema of a table in `DOCUMENT_TABLES`: the record's fields, then its provenance."""
    return pa.schema([*arrow_schema(record_type), *PROVENANCE])
