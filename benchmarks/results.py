"""Fetch documents of the simulated Parliament for the benchmarks, and keep their results in one file."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from orderpaper import ingest
from orderpaper.catalogue import load_sources
from orderpaper.config import Paths
from orderpaper.landing import Window
from orderpaper.simulate import DEFAULT_TO
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.server import serve

RESULTS = Path(__file__).with_name("results.json")


def fetch_weeks(paths: Paths, weeks: int) -> dict[str, str]:
    """Fetch some weeks of the simulated Parliament; return the manifest of each source."""
    window = Window(DEFAULT_TO - dt.timedelta(weeks=weeks), DEFAULT_TO)
    with serve(SimulatedParliament()) as server:
        return {
            source.name: ingest.fetch(paths, source.name, window, server.url, "bench").manifest
            for source in load_sources().values()
            if source.is_enabled and source.connection_id
        }


def keep(name: str, result: Any) -> None:
    """Keep a result in the file, in place of an earlier one of the same name."""
    held = json.loads(RESULTS.read_bytes()) if RESULTS.exists() else {}
    RESULTS.write_text(json.dumps(held | {name: result}, indent=1) + "\n")
