"""Fetch and parse: the two rooms before the database. What the ingest DAGs call, for any source."""

import datetime as dt
import importlib
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pyarrow.parquet as pq

from orderpaper import attempts, config
from orderpaper.batch import BatchWriter, folder_name
from orderpaper.config import Paths
from orderpaper.enrich import ENRICHMENT_VERSION, enrich
from orderpaper.errors import ConfigError, OrderPaperError, ParseError
from orderpaper.http import Client
from orderpaper.landing import DocumentRef, Landing, Manifest
from orderpaper.raw import BatchRow
from orderpaper.records import Document, Drift, Parsed, Record
from orderpaper.sources import Found, Source, Window, calendar, load_sources, volume

Parser = Callable[[Document], Parsed]

_log = logging.getLogger(__name__)

MAX_DOCUMENT_BYTES = 20_000_000
"""A larger document goes to quarantine unread; the largest real ones are under 2 MB."""


@dataclass(frozen=True, slots=True)
class FetchSummary:
    """What one fetch did. `manifest` names what it found for `parse`."""

    manifest: str
    document_count: int
    new_document_count: int
    request_count: int


@dataclass(frozen=True, slots=True)
class ParseSummary:
    """What one parse made. `record_counts` counts rows by table."""

    batch_id: str
    is_new: bool
    """Whether the batch was made now: False when the same documents were parsed before."""
    document_count: int
    record_counts: dict[str, int]
    quarantined_count: int


def fetch(
    paths: Paths,
    source_name: str,
    window: Window,
    base_url: str | None,
    run_id: str,
    *,
    is_backfill: bool = False,
) -> FetchSummary:
    """Land what `source_name` has for `window` and write down which documents that is.

    What an earlier attempt at the same days asked for before it was killed is not asked for again.

    Args:
        paths: the realm to land in.
        source_name: a folder under `sources`.
        window: the days to ask for.
        base_url: where to ask; None for a source that is not fetched over HTTP.
        run_id: the Airflow run, for the fetch log.
        is_backfill: leave out a window that was fetched whole before.

    Raises:
        ConfigError: no such source, or one without an address to ask.
        UpstreamError: the site did not answer as agreed, or gave less or more than can be believed.
    """
    source = _source(source_name)
    landing = Landing(paths.landing)
    if is_backfill and not attempts.is_open(landing, source_name, window):
        name = landing.whole_interval(source_name, window.start_on, window.end_on)
        if name:
            return FetchSummary(name, len(landing.read_manifest(source_name, name).documents), 0, 0)
    found = Found()
    module = importlib.import_module(f"orderpaper.sources.{source_name}.fetch")
    if source.connection_id is None:
        documents, new_count = module.fetch(config.inbox(), landing)
        request_count = 0
    else:
        if not base_url:
            raise ConfigError(f"{source_name} has no address to ask; set the connection {source.connection_id}.")
        began_at = attempts.begin(landing, source_name, window, dt.datetime.now(dt.UTC))
        documents, new_count, request_count = [], 0, 0
        try:
            for site_url, prefix in source.sites_at(base_url):
                with Client(
                    landing=landing,
                    source=source,
                    run_id=run_id,
                    base_url=site_url,
                    prefix=prefix,
                    user_agent=config.user_agent(),
                    pace_folder=paths.pace,
                    attempt_began_at=began_at,
                ) as client:
                    found = found.joined_with(module.fetch(window, client))
                documents += client.documents
                new_count += client.new_document_count
                request_count += client.request_count
            volume.check(source, paths.realm, window, found.count_by_day, calendar.sitting_days(landing, window))
        except OrderPaperError:
            attempts.end(landing, source_name, window)
            raise
    manifest = Manifest(
        source=source_name, interval_start=window.start_on, interval_end=window.end_on, documents=documents
    )
    name = landing.write_manifest(manifest)
    found.when_whole()
    attempts.end(landing, source_name, window)
    return FetchSummary(name, len(documents), new_count, request_count)


def parse(paths: Paths, source_name: str, manifest: str) -> ParseSummary:
    """Turn the documents of a manifest into records on disk, one Parquet file a table.

    The batch's folder is named by the manifest and the parser's version and appears all at once: a batch that is
    there already is not made again, unless documents in it could not be read from the landing zone.

    Raises:
        OrderPaperError: more than the source's tolerated share of documents is not understood.
    """
    source = _source(source_name)
    landing = Landing(paths.landing)
    contents = landing.read_manifest(source_name, manifest)
    module = importlib.import_module(f"orderpaper.sources.{source_name}.parse")
    version = parser_version(source_name)
    folder = paths.records / source_name / folder_name(manifest, version)
    is_new = not folder.exists()
    if is_new:
        batch = BatchWriter(source_name, version)
        # A body that came from two addresses is one document.
        documents = {ref.document_id: ref for ref in reversed(contents.documents)}
        drift: dict[str, str] = {}
        for ref in documents.values():
            parsed = _parse_document(landing, ref, module.parse, batch)
            drift |= {record.field_path: record.example for record in parsed if isinstance(record, Drift)}
        for path, example in sorted(drift.items()):
            _log.warning("%s: a field that is new here: %s, for example %s", source_name, path, example)
        folder = folder.with_name(folder_name(manifest, version, batch.unread_ids))
        is_new = not folder.exists()
    if is_new:
        batch.write(
            folder,
            BatchRow(
                batch_id=f"{source_name}/{folder.name}",
                source=source_name,
                interval_start=contents.interval_start,
                interval_end=contents.interval_end,
                document_count=len(documents),
            ),
        )
    counts = {path.stem: pq.read_metadata(path).num_rows for path in sorted(folder.glob("*.parquet"))}
    counts.pop("batch")
    quarantined, document_count = counts.pop("quarantine", 0), counts.get("document", 0)
    if quarantined > source.max_quarantine_share * document_count:
        window = Window(contents.interval_start, contents.interval_end)
        attempts.reopen(landing, source_name, window, dt.datetime.now(dt.UTC))
        reasons = Counter(pq.read_table(folder / "quarantine.parquet", columns=["reason"])["reason"].to_pylist())
        raise OrderPaperError(
            f"{source_name}: {quarantined} of {document_count} documents are not understood (tolerated:"
            f" {source.max_quarantine_share:.0%}); most often: {reasons.most_common(1)[0][0]}"
        )
    return ParseSummary(f"{source_name}/{folder.name}", is_new, document_count, counts, quarantined)


def parser_version(source_name: str) -> int:
    """The version that the records of a source carry: its parser's, then the enrichment's in the last three digits."""
    parser = importlib.import_module(f"orderpaper.sources.{source_name}.parse")
    return int(parser.PARSER_VERSION) * 1000 + ENRICHMENT_VERSION


def _source(name: str) -> Source:
    try:
        return load_sources()[name]
    except KeyError:
        raise ConfigError(f"There is no source {name!r}; there are {', '.join(load_sources())}.") from None


def _parse_document(landing: Landing, ref: DocumentRef, parser: Parser, batch: BatchWriter) -> Sequence[Record]:
    """Parse one document into `batch`, or put it in quarantine there; its records."""
    try:
        _check_size(landing.size(ref.document_id))
        body = landing.read(ref.document_id)
    except ParseError as error:
        batch.add_refused(ref, str(error), b"")
        return ()
    except OrderPaperError as error:
        batch.add_unread(ref, str(error))
        return ()
    document = Document(
        document_id=ref.document_id,
        source=batch.source,
        kind=ref.kind,
        url=ref.url,
        media_type=ref.media_type,
        fetched_at=ref.fetched_at,
        body=body,
    )
    try:
        parsed = enrich(parser(document))
    except ParseError as error:
        batch.add_refused(ref, str(error), body)
        landing.doubt(batch.source, ref)
        return ()
    batch.add_parsed(ref, parsed, len(body))
    return parsed.records


def _check_size(size: int) -> None:
    if size > MAX_DOCUMENT_BYTES:
        limit = MAX_DOCUMENT_BYTES / 1e6
        raise ParseError(f"the document has {size / 1e6:.1f} MB; a document of more than {limit:.0f} MB is not read")
