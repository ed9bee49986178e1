"""Parse a chunk of documents: the piece of a batch that one process reads at a time."""

import datetime as dt
import importlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import pyarrow as pa

from orderpaper.errors import OrderPaperError, ParseError, StorageError
from orderpaper.ingest.rows import BatchRows
from orderpaper.landing import DocumentRef, Landing
from orderpaper.records import Document, Drift, Parsed, Record
from orderpaper.records.accounting import account
from orderpaper.storage import Location

Parser = Callable[[Document], Parsed]

MAX_DOCUMENT_BYTES = 20_000_000
"""A larger document goes to quarantine unread. The largest real ones are under 2 MB."""
DOCUMENTS_IN_A_CHUNK = 100


@dataclass(frozen=True, slots=True)
class Chunk:
    """The documents of a source that are parsed together, and all that is needed to parse them."""

    landing: Location
    source: str
    version: str
    """The parser's version."""
    parsed_at: dt.datetime
    """When the parsing of the batch began. It is the same for all chunks."""
    documents: Sequence[DocumentRef]


@dataclass(frozen=True, slots=True)
class ChunkRecords:
    """The rows that were made of a chunk, in the order of its documents."""

    tables: dict[str, bytes]
    """Each table that has rows, as a stream of Arrow."""
    unread_ids: list[str]
    """Documents whose bodies could not be read from the landing zone."""
    drift: dict[str, str]
    """Fields that no parser knows, each with an example."""


def chunks_of(
    landing: Location, source: str, version: str, parsed_at: dt.datetime, documents: Sequence[DocumentRef]
) -> list[Chunk]:
    """Return the documents of a batch in chunks, which do not depend on how many processes parse them."""
    rest = iter(documents)
    return [
        Chunk(landing, source, version, parsed_at, chunk)
        for chunk in iter(lambda: list(islice(rest, DOCUMENTS_IN_A_CHUNK)), [])
    ]


def parse_chunk(chunk: Chunk, begin: Callable[[int], object] = lambda number: None) -> ChunkRecords:
    """Return the records of the documents of a chunk.

    Args:
        chunk: the documents.
        begin: called with the number of each document before it is parsed.
    """
    parser: Parser = importlib.import_module(f"orderpaper.sources.{chunk.source}.parse").parse
    landing = Landing(chunk.landing)
    rows = BatchRows(chunk.source, chunk.version, chunk.parsed_at)
    drift: dict[str, str] = {}
    for number, ref in enumerate(chunk.documents):
        begin(number)
        records = _parse_document(landing, ref, parser, rows)
        drift |= {record.field_path: record.example for record in records if isinstance(record, Drift)}
    return ChunkRecords(dict(_streams(rows)), rows.unread_ids, drift)


def read_stream(stream: bytes) -> pa.Table:
    """Return the table of a chunk that a stream of Arrow holds."""
    with pa.ipc.open_stream(stream) as reader:
        return reader.read_all()


def _streams(rows: BatchRows) -> Iterator[tuple[str, bytes]]:
    for name, table in rows.tables():
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, table.schema) as writer:
            writer.write_table(table)
        yield name, sink.getvalue().to_pybytes()


def _parse_document(landing: Landing, ref: DocumentRef, parser: Parser, rows: BatchRows) -> Sequence[Record]:
    """Add the records of one document to `rows`, or put it in quarantine there; return its records."""
    try:
        _check_size(landing.size(ref.document_id))
        body = landing.read(ref.document_id)
    except ParseError as error:
        rows.add_refused(ref, str(error), b"")
        return ()
    except StorageError:  # it says nothing about the document
        raise
    except OrderPaperError as error:
        rows.add_unread(ref, str(error))
        return ()
    document = Document(
        document_id=ref.document_id,
        source=rows.source,
        kind=ref.kind,
        url=ref.url,
        media_type=ref.media_type,
        fetched_at=ref.fetched_at,
        body=body,
    )
    from orderpaper.enrichment.statements import enrich  # noqa: PLC0415  # half a second, and only this needs it

    try:
        parsed = enrich(account(parser(document)))
    except ParseError as error:
        rows.add_refused(ref, str(error), body)
        landing.doubt(rows.source, ref)
        return ()
    rows.add_parsed(ref, parsed, len(body))
    return parsed.records


def _check_size(size: int) -> None:
    if size > MAX_DOCUMENT_BYTES:
        limit = MAX_DOCUMENT_BYTES / 1e6
        raise ParseError(f"the document has {size / 1e6:.1f} MB; a document of more than {limit:.0f} MB is not read")
