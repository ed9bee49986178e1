"""`python -m orderpaper.sources` writes docs/sources.md from the sources' own folders."""

import sys
from pathlib import Path

from orderpaper.config import PROJECT
from orderpaper.sources import Source, load_sources

PATH: Path = PROJECT / "docs" / "sources.md"

_HEAD = """# Sources

Generated from each `include/orderpaper/sources/<source>/source.yml` by `python -m orderpaper.sources`; do not edit.

A source is a folder: `source.yml` (facts), `fetch.py` (what to ask for, and how to know that the answer is whole) and
`parse.py` (bytes to records). A folder with `is_enabled: true` has a DAG, `ingest_<source>`, and needs no DAG code.
Its site's address is the Airflow connection named here, or, where that is not set, the public address.
"""


def render() -> str:
    """The page as Markdown."""
    return _HEAD + "".join(_section(source) for source in load_sources().values())


def _section(source: Source) -> str:
    facts = {
        "Enabled": "yes" if source.is_enabled else "no: complete in code and tests, not yet part of a run",
        "Publisher": source.publisher,
        "Licence": source.licence,
        "Schedule": f"`{source.schedule}` (UTC)",
        "From": f"{source.start_on}",
        "Site": f"{source.base_url} (connection `{source.connection_id}`)" if source.base_url else "a folder",
        "Pace": f"{source.requests_per_second:g} requests a second" if source.base_url else "",
        "Run fails when": f"more than {source.max_quarantine_share:.0%} of its documents are not understood"
        if source.max_quarantine_share < 1
        else "never for documents that are not understood: they are in quarantine",
    }
    rows = "".join(f"| {name} | {value} |\n" for name, value in facts.items() if value)
    return f"\n## {source.title} (`{source.name}`)\n\n{source.description}\n\n| | |\n|---|---|\n{rows}"


if __name__ == "__main__":
    PATH.write_text(render(), encoding="utf-8")
    sys.stdout.write(f"{PATH}\n")
