"""Parse landed documents into records: a batch of Parquet files for each manifest."""

import datetime as dt
import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from orderpaper.catalogue import Source, find_source
from orderpaper.config import Paths, workers
from orderpaper.errors import OrderPaperError
from orderpaper.ingest import batches, versions
from orderpaper.ingest import workers as processes
from orderpaper.ingest.batch import BatchWriter, folder_name
from orderpaper.ingest.chunks import Chunk, ChunkRecords, chunks_of
from orderpaper.landing import Landing, Window, attempts
from orderpaper.meter import Meter
from orderpaper.records.schema import BatchRow

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ParseSummary:
    """The result of one parse. `record_counts` counts rows by table."""

    batch_id: str
    is_new: bool
    """Whether the batch was made now. False when the same documents were parsed before."""
    document_count: int
    record_counts: dict[str, int]
    quarantined_count: int
    """Documents that were refused whole."""
    refused_row_count: int
    """Rows that were refused in documents that were understood."""


def parse(paths: Paths, source_name: str, manifest: str) -> ParseSummary:
    """Turn the documents of a manifest into records on disk, one Parquet file for each table.

    Raises:
        OrderPaperError: the parser refused a larger share of the documents than the source tolerates.
    """
    source = find_source(source_name)
    folder, is_new = make_batch(paths, source_name, manifest)
    counts = {path.stem: pq.read_metadata(path).num_rows for path in sorted(folder.glob("*.parquet"))}
    counts.pop("batch")
    document_count = counts.get("document", 0)
    refusals = _refusals(folder / "quarantine.parquet") if counts.pop("quarantine", 0) else []
    whole = [refusal for refusal in refusals if refusal["row_address"] is None]
    of_documents = [refusal["reason"] for refusal in whole]
    of_rows = [refusal["reason"] for refusal in refusals if refusal["row_address"] is not None]
    try:
        is_above = _check_share(source, "documents", of_documents, document_count)
        if of_rows:
            _check_share(source, "rows", of_rows, _row_count(folder / "document.parquet"))
    except OrderPaperError:
        _reopen(paths, source_name, manifest)
        raise
    if is_above:
        url, reason = whole[0]["url"], whole[0]["reason"]
        _log.warning("%s: 1 of %s documents is not understood, %s: %s", source_name, document_count, url, reason)
        _reopen(paths, source_name, manifest)
    return ParseSummary(
        batch_id=f"{source_name}/{folder.name}",
        is_new=is_new,
        document_count=document_count,
        record_counts=counts,
        quarantined_count=len(of_documents),
        refused_row_count=len(of_rows),
    )


def _refusals(file: Path) -> list[dict[str, Any]]:
    """Return the refusals of a batch. One without the address of a row is of a whole document."""
    refusals: list[dict[str, Any]] = pq.read_table(file, columns=["url", "kind", "reason", "row_address"]).to_pylist()
    return refusals


def _reopen(paths: Paths, source_name: str, manifest: str) -> None:
    """Make the next fetch of an interval ask for it again."""
    landing = Landing(paths.landing)
    contents = landing.read_manifest(source_name, manifest)
    window = Window(contents.interval_start, contents.interval_end)
    attempts.reopen(landing, source_name, window, dt.datetime.now(dt.UTC))


def _row_count(file: Path) -> int:
    """Return the number of rows of the documents of a batch that were understood, the refused rows too."""
    table = pq.read_table(file, columns=["row_count", "refused_row_count"])
    return sum(sum(filter(None, column.to_pylist())) for column in table.columns)


def _check_share(source: Source, what: str, reasons: list[str], count: int) -> bool:
    """Check that few documents or rows were refused.

    One is tolerated here, whatever its share: the audit decides whether what it loses may be missing from what is
    published (`ops.fct_source_loss`).

    Returns:
        Whether one was refused, and that is more than their share allows.

    Raises:
        OrderPaperError: a larger share was refused than the source tolerates.
    """
    is_above = len(reasons) > source.max_quarantine_share * count
    if is_above and len(reasons) > 1:
        raise OrderPaperError(
            f"{source.name}: {len(reasons)} of {count} {what} are not understood (tolerated:"
            f" {source.max_quarantine_share:.0%}); most often: {Counter(reasons).most_common(1)[0][0]}"
        )
    return is_above


def on_all_cores(chunks: Sequence[Chunk]) -> Iterator[ChunkRecords]:
    """Yield the records of each chunk, in the order of the chunks, parsed on this machine."""
    return processes.parse_chunks(chunks, workers())


def make_batch(
    paths: Paths,
    source_name: str,
    manifest: str,
    parse_chunks: Callable[[Sequence[Chunk]], Iterator[ChunkRecords]] = on_all_cores,
) -> tuple[Path, bool]:
    """Parse the documents of a manifest into a batch; return its folder, and whether it was made now.

    The folder is named by the manifest and the parser's version, and appears all at once. A batch that exists is not
    made again, unless it is damaged or some of its documents could not be read from the landing zone.

    Args:
        paths: the folders of the realm.
        source_name: the source.
        manifest: the manifest.
        parse_chunks: what parses the documents; it yields the records of each chunk, in the order of the chunks.

    Raises:
        OrderPaperError: the manifest cannot be read, the batch cannot be written, or a process that parses ended.
    """
    landing = Landing(paths.landing)
    contents = landing.read_manifest(source_name, manifest)
    version = versions.parser_version(source_name)
    folder = paths.records / source_name / folder_name(manifest, version)
    if batches.is_whole(paths, folder):
        _log.info("%s: these documents were parsed before, as %s.", source_name, folder.name)
        return folder, False
    # A body that came from two addresses is one document.
    documents = list({ref.document_id: ref for ref in reversed(contents.documents)}.values())
    chunks = chunks_of(landing.root, source_name, version, dt.datetime.now(dt.UTC), documents)
    _log.info("%s: parsing %s documents (parser %s).", source_name, f"{len(documents):,}", version)
    meter = Meter(_log, "documents", len(documents))
    unread_ids: list[str] = []
    drift: dict[str, str] = {}
    with BatchWriter(folder) as batch:
        for chunk, records in zip(chunks, parse_chunks(chunks), strict=True):
            batch.add(records)
            meter.add(len(chunk.documents))
            unread_ids += records.unread_ids
            drift |= records.drift
        for path, example in sorted(drift.items()):
            _log.warning("%s: a field that is new here: %s, for example %s", source_name, path, example)
        if unread_ids:
            folder = folder.with_name(folder_name(manifest, version, unread_ids))
            if batches.is_whole(paths, folder):
                return folder, False
        batch.finish(
            folder,
            BatchRow(
                batch_id=f"{source_name}/{folder.name}",
                source=source_name,
                interval_start=contents.interval_start,
                interval_end=contents.interval_end,
                document_count=len(documents),
            ),
        )
    batches.share(paths, folder)
    return folder, True
