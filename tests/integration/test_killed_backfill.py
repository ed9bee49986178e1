"""A year of a small Parliament, filled in one go and in six: the rows are the same, and nothing is asked for twice."""

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from orderpaper.config import Paths
from orderpaper.records import RECORD_TYPES
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.server import Server, serve

BACKFILL = """
import datetime as dt, sys
from pathlib import Path
from orderpaper import ingest
from orderpaper.run import backfill
from orderpaper.config import Paths
from orderpaper.catalogue import load_sources
from orderpaper.landing import Window

paths = Paths(Path(sys.argv[1]), "simulated")
sources = [source for source in load_sources().values() if source.is_enabled and source.connection_id]
for source, days in backfill.plan(sources, Window(*map(dt.date.fromisoformat, sys.argv[3:]))):
    fetched = ingest.fetch(paths, source.name, days, sys.argv[2], "backfill", is_backfill=True)
    ingest.parse(paths, source.name, fetched.manifest)
"""
"""Run the tasks that `make backfill` has Airflow run."""

IN_FLIGHT = 4
"""So many requests may be under way when a process is killed: the site has answered them, and nobody listened."""


def start(home: Path, server: Server, first: dt.date, last: dt.date) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", BACKFILL, str(home), server.url, str(first), str(last)]
    return subprocess.Popen(command, env=os.environ)


def landed(paths: Paths) -> Counter[str]:
    """Path and query → how often a document came from there, by the fetch log."""
    lines = [line for file in paths.landing.glob("fetch_log/*/*.jsonl") for line in file.read_text().splitlines()]
    rows = [json.loads(line) for line in lines]
    return Counter(
        row["url"].partition("//")[2].partition("/")[2] for row in rows if row["outcome"] in ("fetched", "not_modified")
    )


def records(paths: Paths) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, but for when and in which batch it came."""
    found = {}
    with duckdb.connect() as connection:
        for table in ("document", *RECORD_TYPES):
            files = [str(path) for path in paths.records.glob(f"*/*/{table}.parquet")]
            if files:
                rows = connection.read_parquet(files)
                columns = ", ".join(column for column in rows.columns if column not in ("fetched_at", "parsed_at"))
                # What two months' lists both hold is in two batches; loading takes it once.
                found[table] = connection.execute(f"SELECT DISTINCT {columns} FROM rows ORDER BY ALL").fetchall()
    return found


@pytest.mark.parametrize(
    ("first", "last", "kills"),
    [
        (dt.date(2025, 2, 25), dt.date(2025, 3, 4), (40, 150)),
        pytest.param(dt.date(2025, 2, 24), dt.date(2025, 3, 28), (40, 150), marks=pytest.mark.slow),
        pytest.param(
            dt.date(2024, 3, 29),
            dt.date(2025, 3, 28),
            (10, 90, 400, 1500, 3000),
            marks=[pytest.mark.slow, pytest.mark.timeout(2400)],
        ),
    ],
    ids=["two months' ends", "a month", "a year"],
)
def test_a_backfill_that_is_killed_ends_as_one_that_is_not(
    tmp_path: Path, first: dt.date, last: dt.date, kills: tuple[int, ...]
) -> None:
    parliament = SimulatedParliament(member_count=24, questions_per_day=1, as_of=last + dt.timedelta(14))
    whole, resumed = (Paths(tmp_path / name, "simulated") for name in ("whole", "resumed"))
    with serve(parliament) as server:
        assert start(whole.home, server, first, last).wait(1200) == 0
        not_there = len(server.requests) - landed(whole).total()
    with serve(parliament) as server:
        for count in kills:
            process = start(resumed.home, server, first, last)
            while len(server.requests) < count:
                assert process.poll() is None, "it ended before it was killed"
                time.sleep(0.001)
            process.send_signal(signal.SIGKILL)
            process.wait()
        assert start(resumed.home, server, first, last).wait(1200) == 0
        before = len(server.requests)
        assert start(resumed.home, server, first, last).wait(1200) == 0
        assert len(server.requests) == before, "a finished backfill asks for nothing"
        asked = len(server.requests)
    assert records(resumed) == records(whole)
    once, repeated = landed(whole), landed(resumed)
    # A feed is read until two passes agree, so a pass that was killed is made again.
    again = {url for url in repeated - once if "/feed/" not in f"/{url}"}
    assert again == set(), "nothing else landed twice"
    # What had landed when the process was killed may lack its line in the log; the records above are all there.
    assert (once - repeated).total() <= IN_FLIGHT * len(kills)
    # What the site does not have (404) is asked for again, and so is what was under way when the process was killed.
    assert asked - repeated.total() <= IN_FLIGHT * len(kills) + not_there * (len(kills) + 1)
