"""Parse again, from the landing zone, what a mended parser may understand now. Nothing is fetched."""

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
from orderpaper.ingest import ParseSummary
from orderpaper.ingest.batch import read_folder_name
from orderpaper.landing import Landing

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RequeueSummary:
    """What was parsed again."""

    batch_count: int
    """Batches that were made now."""
    document_count: int
    """Documents in them: the quarantined ones and those that share a manifest with one."""
    quarantined_count: int
    """Those that were refused again."""
    unmended_counts: dict[str, int]
    """Source → documents in quarantine that the present version of its parser has refused already."""


def requeue(paths: Paths, *, is_everything: bool = False) -> RequeueSummary:
    """Parse each manifest with a document that only older versions of the parser have refused, or without any batch.

    A document that the present version has refused is left where it is: a mended parser has a higher PARSER_VERSION.

    Args:
        paths: the realm.
        is_everything: each manifest that the present version has not parsed, quarantine or not.

    Raises:
        OrderPaperError: of a source, more than the tolerated share is refused again; the others were parsed.
    """
    made: list[ParseSummary] = []
    unmended, failures = {}, []
    for source in load_sources():
        version = ingest.parser_version(source)
        batches = _Batches(paths.records / source, version)
        if batches.unmended_count:
            unmended[source] = batches.unmended_count
            log.warning(
                "%s: version %d of the parser has refused %d document(s) that are in quarantine; mend it, and raise"
                " PARSER_VERSION in sources/%s/parse.py.",
                *(source, version // 1000, batches.unmended_count, source),
            )
        landing = Landing(paths.landing)
        for manifest in landing.manifests(source):
            if manifest in batches.parsed or not (is_everything or batches.is_due(manifest)):
                continue
            try:
                made.append(ingest.parse(paths, source, manifest))
            except OrderPaperError as error:
                failures.append(str(error))
            batches.read_again |= {ref.document_id for ref in landing.read_manifest(source, manifest).documents}
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
    """What the batches of a source say of its manifests and documents.

    Args:
        folder: the source's records.
        version: the parser's present version.
    """

    def __init__(self, folder: Path, version: int) -> None:
        self.parsed: set[str] = set()
        """Manifests that the present version has parsed, with every document read."""
        self._folders: dict[str, list[Path]] = defaultdict(list)
        for batch in folder.glob("[!.]*"):
            manifest, batch_version, is_complete = read_folder_name(batch.name)
            self._folders[manifest].append(batch)
            if batch_version == version and is_complete:
                self.parsed.add(manifest)
        present = [batch for manifest in self.parsed for batch in self._folders[manifest]]
        self.read_again = _document_ids(batch / "document.parquet" for batch in present)
        """Documents that the present version has read, whatever it made of them."""
        self.unmended_count = len(_document_ids(batch / "quarantine.parquet" for batch in present))

    def is_due(self, manifest: str) -> bool:
        """Whether it has no batch, or one with a quarantined document that the present version has not read."""
        folders = self._folders.get(manifest)
        return not folders or bool(_document_ids(folder / "quarantine.parquet" for folder in folders) - self.read_again)


def _document_ids(files: Iterable[Path]) -> set[str]:
    """The documents in these Parquet files, as far as there are such files."""
    names = [str(file) for file in files if file.exists()]
    if not names:
        return set()
    with duckdb.connect() as connection:
        return {row[0] for row in connection.read_parquet(names).select("document_id").distinct().fetchall()}
