"""Measure how many documents of each source one core parses in a second, and compare with plain BeautifulSoup.

usage: make bench-parse [WEEKS=2]

The documents are those of the simulated Parliament, or of a landing zone that LANDING names. Parsing includes the
account of every piece of text, the sums, members and words of each statement, and the tables of Arrow. BeautifulSoup
only makes text of the same documents: of each markup in a payload with `html.parser`, and of XML and pages with `lxml`.
Times are of the processor, and the best of three.
"""

import datetime as dt
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup
from results import fetch_weeks, keep

from orderpaper.catalogue import load_sources
from orderpaper.config import Paths
from orderpaper.ingest.chunks import Chunk, parse_chunk
from orderpaper.landing import DocumentRef, Landing

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
LEAST = 5
"""Kinds of which there are fewer documents are not measured."""


def kinds_of(landing: Landing) -> Iterator[tuple[str, str, list[DocumentRef]]]:
    for source in load_sources():
        found: dict[str, dict[str, DocumentRef]] = {}
        for manifest in landing.manifests(source):
            for ref in landing.read_manifest(source, manifest).documents:
                found.setdefault(ref.kind, {})[ref.document_id] = ref
        for kind, refs in sorted(found.items()):
            if len(refs) >= LEAST:
                yield source, kind, list(refs.values())


def text_by_soup(body: bytes) -> int:
    """Return the length of the text that BeautifulSoup makes of a document."""
    if body[:1] not in (b"{", b"["):
        return len(BeautifulSoup(body, "lxml").get_text())
    return sum(len(BeautifulSoup(text, "html.parser").get_text()) for text in markup_of(json.loads(body)))


def markup_of(value: Any) -> Iterator[str]:
    if isinstance(value, str) and ("<" in value or "&" in value):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from markup_of(inner)


def best(action: Callable[[], object]) -> float:
    """Return the least time of the processor that an action took in three turns."""
    times = []
    for _ in range(3):
        started = time.process_time()
        action()
        times.append(time.process_time() - started)
    return min(times)


def measure(landing: Landing) -> list[dict[str, Any]]:
    results = []
    for source, kind, refs in kinds_of(landing):
        chunk = Chunk(landing.root, source, "bench", NOW, refs)
        bodies = [landing.read(ref.document_id) for ref in refs]
        ours = best(lambda: parse_chunk(chunk))  # noqa: B023  # called at once
        soup = best(lambda: [text_by_soup(body) for body in bodies])  # noqa: B023
        results.append(
            {
                "source": source,
                "kind": kind,
                "documents": len(refs),
                "mean_bytes": round(sum(map(len, bodies)) / len(bodies)),
                "per_second": round(len(refs) / ours),
                "soup_per_second": round(len(refs) / max(soup, 1e-9)),
                "of_soup": round(ours / max(soup, 1e-9), 2),
            }
        )
    return results


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        if named := os.environ.get("LANDING"):
            landing = Landing(Path(named))
        else:
            paths = Paths(home=Path(folder), realm="simulated")
            fetch_weeks(paths, int(os.environ.get("WEEKS") or 2))
            landing = Landing(paths.landing)
        results = measure(landing)
    if not named:
        keep("parse", results)
    sys.stdout.write("| documents | mean bytes | a second and core | BeautifulSoup alone | our time against its |\n")
    sys.stdout.write("|---|---|---|---|---|\n")
    for result in results:
        line = (
            "| {source} {kind} ({documents:,}) | {mean_bytes:,} | {per_second:,} | {soup_per_second:,} | {of_soup} |\n"
        )
        sys.stdout.write(line.format(**result))


if __name__ == "__main__":
    main()
