"""Parse documents again that a changed parser may understand now, from the landing zone. Nothing is fetched."""

import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from orderpaper import ingest
from orderpaper.catalogue import load_sources
from orderpaper.config import Paths
from orderpaper.errors import OrderPaperError
from orderpaper.ingest import ParseSummary, batches, checksums, versions
from orderpaper.ingest.batch import read_folder_name
from orderpaper.landing import Landing

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RequeueSummary:
    """The result of a requeue."""

    batch_count: int
    """Batches that were made now."""
    document_count: int
    """Documents in these batches: the quarantined ones and those that share a manifest with one."""
    quarantined_count: int
    """Documents that were refused again."""
    unmended_counts: dict[str, int]
    """For each source, the number of quarantined documents that the present version of its parser has refused."""


def requeue(paths: Paths, *, is_everything: bool = False) -> RequeueSummary:
    """Parse each manifest that has no batch, or a document that only other versions of the parser have refused.

    A document that the present version has refused stays in quarantine until the parser changes.

    Args:
        paths: the realm.
        is_everything: parse each manifest that the present version has not parsed, whether or not it has quarantined
            documents.

    Raises:
        OrderPaperError: a larger share of a source's documents is refused again than it tolerates. The other sources
            were parsed.
    """
    made: list[ParseSummary] = []
    unmended, failures = {}, []
    for source in load_sources():
        version = versions.parser_version(source)
        known = _Batches(paths, source, version)
        if known.unmended_count:
            unmended[source] = known.unmended_count
            log.warning(
                "%s: the parser as it is now has refused %d document(s) that are in quarantine; change the parser in"
                " sources/%s and requeue again.",
                *(source, known.unmended_count, source),
            )
        landing = Landing(paths.landing)
        for manifest in landing.manifests(source):
            if manifest in known.parsed or not (is_everything or known.is_due(manifest)):
                continue
            try:
                made.append(ingest.parse(paths, source, manifest))
            except OrderPaperError as error:
                failures.append(str(error))
            known.read_again |= {ref.document_id for ref in landing.read_manifest(source, manifest).documents}
    if failures:
        raise OrderPaperError("\n".join(failures))
    made = [summary for summary in made if summary.is_new]
    return RequeueSummary(
        batch_count=len(made),
        document_count=sum(summary.document_count for summary in made),
        quarantined_count=sum(summary.quarantined_count for summary in made),
        unmended_counts=unmended,
    )


class _Batches:
    """The state of a source's manifests and documents, as its batches show it.

    Args:
        paths: the realm.
        source: the source.
        version: the parser's present version.
    """

    def __init__(self, paths: Paths, source: str, version: str) -> None:
        self.parsed: set[str] = set()
        """Manifests of which the present version has read every document."""
        self._folders: dict[str, list[Path]] = defaultdict(list)
        for batch in batches.folders(paths, source):
            if not checksums.is_sound(batches.bring(paths, batch)):
                continue
            manifest, batch_version, is_complete = read_folder_name(batch.name)
            self._folders[manifest].append(batch)
            if batch_version == version and is_complete:
                self.parsed.add(manifest)
        present = [batch for manifest in self.parsed for batch in self._folders[manifest]]
        self.read_again = _document_ids(batch / "document.parquet" for batch in present)
        """Documents that the present version has read, understood or not."""
        self.unmended_count = len(_document_ids(batch / "quarantine.parquet" for batch in present))

    def is_due(self, manifest: str) -> bool:
        """Return whether it has no batch, or a quarantined document that the present version has not read."""
        folders = self._folders.get(manifest)
        return not folders or bool(_document_ids(folder / "quarantine.parquet" for folder in folders) - self.read_again)


def _document_ids(files: Iterable[Path]) -> set[str]:
    """Return the ids of the documents in those of these Parquet files that exist."""
    names = [str(file) for file in files if file.exists()]
    if not names:
        return set()
    with duckdb.connect() as connection:
        return {row[0] for row in connection.read_parquet(names).select("document_id").distinct().fetchall()}
