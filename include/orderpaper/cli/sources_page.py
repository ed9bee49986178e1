"""Render docs/sources.md, the page of all sources, from their folders."""

from pathlib import Path

from orderpaper.catalogue import Source, load_sources
from orderpaper.config import PROJECT

PATH: Path = PROJECT / "docs" / "sources.md"

_HEAD = """# Sources

Generated from each `include/orderpaper/sources/<source>/source.yml` by `orderpaper docs`; do not edit.

A source is a folder: `source.yml` (facts), `fetch.py` (what to ask for, and how to know that the answer is whole) and
`parse.py` (bytes to records). A folder with `is_enabled: true` has a DAG, `ingest_<source>`, and needs no DAG code.
Its site's address is the Airflow connection named here, or, where that is not set, the public address.
"""


def render() -> str:
    """Return the page as Markdown."""
    sources = load_sources().values()
    columns = ("Source", "Yields", "Windows", "Limits (requests)", "Traps handled", "Licence", "Tested by")
    table = [columns, ("---",) * len(columns), *map(_row, sources)]
    overview = "".join(f"| {' | '.join(row)} |\n" for row in table)
    return f"{_HEAD}\n{overview}" + "".join(_section(source) for source in sources)


def _row(source: Source) -> tuple[str, ...]:
    """Return the row of a source in the table of all sources."""
    pace = f"{_pace(source.requests_per_second)}; " if source.connection_id else ""
    return (
        f"[{source.title}](#{_anchor(source)})",
        ", ".join(f"`{table}`" for table in source.yields),
        source.windows,
        pace + source.limits,
        "<br>".join(source.traps),
        source.licence,
        "<br>".join(f"`{test}`" for test in source.tests),
    )


def _pace(requests_per_second: float) -> str:
    if requests_per_second >= 1:
        return f"{requests_per_second:g} a second"
    return f"one in {1 / requests_per_second:.0f} seconds"


def _section(source: Source) -> str:
    facts = {
        "Enabled": "yes" if source.is_enabled else "no: its code is complete and tested, but no run reads it",
        "Publisher": source.publisher,
        "Schedule": f"`{source.schedule}` (UTC)",
        "Read after": ", ".join(f"`{name}`" for name in source.after),
        "From": f"{source.start_on}",
        "Site": _site(source),
        "Further sites": "<br>".join(f"{site.title}: {site.base_url}" for site in source.further_sites),
        "robots.txt": "asked and obeyed" if source.obeys_robots else "",
        "Volume": "<br>".join(f"{v.min:,} to {v.max:,} {v.of} a {v.per}" for v in source.volume),
        "Promised": _promise(source),
        "Loading the past": source.past or "",
        "Run fails when": f"more than {source.max_quarantine_share:.0%} of its documents, and not only one, are refused"
        if source.max_quarantine_share < 1
        else "never for documents that are not understood: they are in quarantine",
    }
    rows = "".join(f"| {name} | {value} |\n" for name, value in facts.items() if value)
    return f"\n## {source.title} (`{source.name}`)\n\n{source.description}\n\n| | |\n|---|---|\n{rows}"


def _promise(source: Source) -> str:
    if source.connection_id is None:
        return ""
    return f"{source.freshness.promise}; more on at most {source.freshness.allowed_missed_days} of 30 days"


def _site(source: Source) -> str:
    if source.connection_id is None:
        return "a folder"
    return f"{source.base_url or 'none named'} (connection `{source.connection_id}`)"


def _anchor(source: Source) -> str:
    """Return the anchor that Markdown gives to the section of a source: its heading in lower case, with hyphens."""
    return f"{source.title} {source.name}".lower().replace(" ", "-")
