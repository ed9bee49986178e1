"""The rows of a batch: records with their provenance, and what the framework itself says of each document."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import pyarrow as pa

from orderpaper.enrichment import words
from orderpaper.landing import DocumentRef
from orderpaper.records.schema import DOCUMENT_TABLES, DocumentRow, QuarantineRow, document_table_schema
from orderpaper.records.types.base import Finding, table_name
from orderpaper.records.types.documents import Drift, Parsed

EXCERPT_LENGTH = 300
ROW_TEXT_LENGTH = 20_000
UNREAD_VERSION = "unread"
"""Parser version of a document whose body could not be read from the landing zone. No parser has seen it, so the
records of any real version replace it."""


class BatchRows:
    """A collector of the rows of documents, which adds their provenance.

    Args:
        source: the source's name.
        version: the parser's version.
        parsed_at: when the parsing of the batch began.
    """

    def __init__(self, source: str, version: str, parsed_at: dt.datetime) -> None:
        self.source = source
        self.unread_ids: list[str] = []
        """Documents whose bodies could not be read from the landing zone."""
        self._version = version
        self._parsed_at = parsed_at
        self._tables: dict[str, tuple[list[Any], list[str], list[str]]] = {}

    def add_parsed(self, ref: DocumentRef, parsed: Parsed, byte_count: int) -> None:
        """Add a document that the parser understood, and its records."""
        self._add_document(ref, parsed, byte_count, self._version)
        for record in parsed.records:
            self._add(table_name(type(record)), record, ref.document_id, self._version)
        for refusal in parsed.refusals:
            row = self._quarantine_row(ref, "parse", refusal.address, refusal.reason, refusal.text[:ROW_TEXT_LENGTH])
            self._add("quarantine", row, ref.document_id, self._version)

    def add_refused(self, ref: DocumentRef, reason: str, body: bytes) -> None:
        """Add a document that the parser did not understand, and the reason."""
        self._add_quarantined(ref, "parse", reason, body, self._version)

    def add_unread(self, ref: DocumentRef, reason: str) -> None:
        """Add a document whose body is damaged or missing in the landing zone."""
        self.unread_ids.append(ref.document_id)
        self._add_quarantined(ref, "landing", reason, b"", UNREAD_VERSION)

    def tables(self) -> Iterator[tuple[str, pa.Table]]:
        """Yield the name and the rows of each table that has rows."""
        for table, (rows, ids, versions) in self._tables.items():
            provenance = [ids, [self.source] * len(ids), versions]
            schema = document_table_schema(DOCUMENT_TABLES[table])
            yield table, pa.table([*columns_of(rows), *provenance], schema=schema)

    def _add_quarantined(self, ref: DocumentRef, stage: str, reason: str, body: bytes, version: str) -> None:
        self._add_document(ref, None, len(body), version)
        excerpt = body[:EXCERPT_LENGTH].decode("utf-8", "replace")
        self._add("quarantine", self._quarantine_row(ref, stage, None, reason, excerpt), ref.document_id, version)

    def _add_document(self, ref: DocumentRef, parsed: Parsed | None, byte_count: int, version: str) -> None:
        row = DocumentRow(
            kind=ref.kind,
            document_kind=parsed.document_kind if parsed else None,
            url=ref.url,
            media_type=ref.media_type,
            byte_count=byte_count,
            fetched_at=ref.fetched_at,
            title=parsed.title if parsed else None,
            published_on=parsed.published_on if parsed else None,
            text=parsed.text if parsed else None,
            record_count=parsed.record_count if parsed else 0,
            announced_count=parsed.announced_count if parsed else None,
            row_count=_row_count(parsed) if parsed else None,
            refused_row_count=len(parsed.refusals) if parsed else 0,
            parsed_at=self._parsed_at,
            reading_version=words.version(),
        )
        self._add("document", row, ref.document_id, version)

    def _quarantine_row(
        self, ref: DocumentRef, stage: str, address: str | None, reason: str, excerpt: str
    ) -> QuarantineRow:
        return QuarantineRow(
            kind=ref.kind,
            url=ref.url,
            stage=stage,
            row_address=address,
            reason=reason,
            excerpt=excerpt.replace("\0", "\ufffd"),
            quarantined_at=self._parsed_at,
        )

    def _add(self, table: str, row: Any, document_id: str, version: str) -> None:
        rows, ids, versions = self._tables.setdefault(table, ([], [], []))
        rows.append(row)
        ids.append(document_id)
        versions.append(version)


def _row_count(parsed: Parsed) -> int:
    """Return the number of rows of a document that are understood: of the record type that has the most, or of those
    that give no record. Findings are not rows.
    """
    counts = Counter(type(record) for record in parsed.records if not isinstance(record, Drift | Finding))
    return max(parsed.understood_count, *counts.values(), 0)


def columns_of(rows: list[Any]) -> list[list[Any]]:
    """Return the columns of rows of one type."""
    return [[getattr(row, field.name) for row in rows] for field in fields(rows[0])]
