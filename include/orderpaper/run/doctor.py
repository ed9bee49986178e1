"""Ask each site one small question, and compare the answer with the shape that is expected: `make doctor`.

Nothing is kept of the answers. The sites' pace is kept as in any run.
"""

import importlib
import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from rich.console import Console
from rich.table import Table

from orderpaper import config
from orderpaper.catalogue import Probe, Source, load_sources
from orderpaper.errors import OrderPaperError, ParseError
from orderpaper.http import ATOM, JSON, TEXT, Client, Landed
from orderpaper.landing import Landing
from orderpaper.records import Document, Drift
from orderpaper.records.types.base import table_name
from orderpaper.run import airflow_home, upstream
from orderpaper.run.options import Options

WIDTH = 160
_FORMATS = {"JSON": JSON, "Atom": ATOM, "text": TEXT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The answer of one site."""

    source: str
    site: str
    is_reachable: bool
    is_as_expected: bool
    differs: str
    """The part of the answer that is not as expected or new; empty if there is none."""


def examine(options: Options) -> list[Finding]:
    """Ask each site of the options, one after the other.

    Raises:
        OrderPaperError: the simulated Parliament did not start.
    """
    findings: list[Finding] = []
    with (
        tempfile.TemporaryDirectory() as name,
        (Path(name) / "log").open("wb") as log,
        upstream.running(options, log) as base_url,
    ):
        for source in load_sources().values():
            if source.is_enabled and source.connection_id and source.probe:
                address = base_url or _live_address(source, options)
                findings += _ask_sites(source, source.probe, address, options, Path(name))
    return findings


def _live_address(source: Source, options: Options) -> str:
    os.environ.update(airflow_home.settings(options, None))
    from orderpaper.run import addresses  # noqa: PLC0415  # Airflow reads the settings when it is imported

    return addresses.base_url(source) or ""


def render(findings: list[Finding]) -> Table:
    """Return the findings as a table."""
    table = Table("source", "site", "reachable", "shape", "what differs", box=None, pad_edge=False)
    for finding in findings:
        shape = "as expected" if finding.is_as_expected else "differs" if finding.is_reachable else "not known"
        reachable = "yes" if finding.is_reachable else "no"
        table.add_row(finding.source, finding.site, reachable, shape, finding.differs)
    return table


def show(findings: list[Finding]) -> bool:
    """Print the table; return whether every site answers as expected."""
    Console(highlight=False, markup=False, soft_wrap=True, width=WIDTH).print(render(findings))
    return all(finding.is_as_expected for finding in findings)


def _ask_sites(source: Source, probe: Probe, base_url: str, options: Options, folder: Path) -> Iterator[Finding]:
    for number, (address, prefix) in enumerate(source.sites_at(base_url)):
        landing = Landing(folder / source.name / f"{number}")
        site = urlsplit(address)
        is_as_expected = False
        try:
            with Client(
                landing=landing,
                source=source,
                run_id="doctor",
                base_url=address,
                prefix=prefix,
                user_agent=config.user_agent(),
                pace_folder=options.paths.pace,
            ) as client:
                landed = client.get(probe.path, list(probe.params.items()), due=_FORMATS[probe.format], kind=probe.kind)
            differs = _compare(source, probe, landed)
            is_as_expected = True
        except OrderPaperError as error:
            differs = str(error).removeprefix(f"{source.name}: ")
        yield Finding(
            source=source.name,
            site=f"{site.scheme}://{site.netloc.rpartition('@')[2]}{site.path}",
            is_reachable=_has_answered(landing),
            is_as_expected=is_as_expected,
            differs=differs,
        )


def _compare(source: Source, probe: Probe, landed: Landed | None) -> str:
    """Return what is new in an answer; empty if nothing is.

    Raises:
        ParseError: the answer has another shape, or lacks what was asked for.
    """
    if landed is None:
        raise AssertionError("the answer to a probe is not optional")
    ref = landed.ref
    parser = importlib.import_module(f"orderpaper.sources.{source.name}.parse")
    parsed = parser.parse(
        Document(
            document_id=ref.document_id,
            source=source.name,
            kind=ref.kind,
            url=ref.url,
            media_type=ref.media_type,
            fetched_at=ref.fetched_at,
            body=landed.body,
        )
    )
    if probe.gives and probe.gives not in {table_name(type(record)) for record in parsed.records}:
        raise ParseError(f"the answer has no {probe.gives.replace('_', ' ')}, although it was asked for one")
    new = sorted({record.field_path for record in parsed.records if isinstance(record, Drift)})
    return f"new fields, which are ignored: {', '.join(new)}" if new else ""


def _has_answered(landing: Landing) -> bool:
    """Return whether the site gave any answer, according to the fetch log."""
    logs = [landing.store.read(entry.name) for entry in landing.store.entries("fetch_log")]
    lines = [line for log in logs for line in log.splitlines()]
    return any(json.loads(line)["status_code"] is not None for line in lines)
