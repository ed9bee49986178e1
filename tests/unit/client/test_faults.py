"""Every fault of a site: what the pipeline does, and that it ends with what a faultless site would have given."""

import datetime as dt
import json
from collections import Counter

import pyarrow.parquet as pq
import pytest

from orderpaper import ingest
from orderpaper.config import Paths
from orderpaper.errors import UpstreamError
from orderpaper.http import deadline, transport
from orderpaper.landing import Window
from orderpaper.simulate import server as simulated
from orderpaper.simulate.faults import FAULTS, Fault
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.server import serve

WEEK = Window(dt.date(2025, 3, 10), dt.date(2025, 3, 14))
SOURCES = ("written_questions", "members")
RETRIED = {
    "http_500": "server_error",
    "http_429": "throttled",
    "http_429_date": "throttled",
    "in_band_500": "in_band_error",
    "html_for_json": "not_json",
    "empty_body": "not_json",
    "truncated_body": "connection_error",
    "short_length": "not_json",
    "slow": "timeout",
    "slow_drip": "timeout",
    "reset": "connection_error",
}
"""Fault → its outcome in the fetch log; the request is made again at once."""
FOLLOWED = {"redirect": "redirected"}
REFUSED = {
    "gzip_bomb": "too_large",
    "redirect_elsewhere": "redirect_refused",
    "redirect_to_private": "redirect_refused",
}
"""Fault → its outcome; the task fails, and Airflow's next try takes up what is missing."""


def in_turn(faults):
    """Pair each fault with each source; `make test` has one source for each fault, in turn."""
    return [
        pytest.param(fault, source, marks=[pytest.mark.slow] * ((number + turn) % len(SOURCES) != 0))
        for number, fault in enumerate(faults)
        for turn, source in enumerate(SOURCES)
    ]


@pytest.fixture(scope="module")
def parliament():
    return SimulatedParliament(member_count=20, questions_per_day=8)


def records(paths, source):
    """Every row of every table of the source's records, but for when its document came."""
    tables = {}
    for path in paths.records.glob(f"{source}/*/*.parquet"):
        rows = pq.read_table(path).to_pylist()
        tables[path.stem] = sorted(
            json.dumps(
                {name: value for name, value in row.items() if name not in ("fetched_at", "parsed_at")}, default=str
            )
            for row in rows
            if row.pop("batch_id", None) is None
        )
    return tables


def read(paths, source, url):
    ingest.parse(paths, source, ingest.fetch(paths, source, WEEK, url, "run").manifest)


@pytest.fixture(scope="module")
def faultless(parliament, tmp_path_factory):
    paths = Paths(tmp_path_factory.mktemp("faultless"), "simulated")
    with serve(parliament, shifting_pages=False) as server:
        for source in SOURCES:
            read(paths, source, server.url)
    found = {source: records(paths, source) for source in SOURCES}
    assert {"question", "answer", "document"} <= found["written_questions"].keys()
    assert {"member", "document"} <= found["members"].keys()
    return found


def outcomes(paths):
    lines = [line for path in paths.landing.glob("fetch_log/*/*.jsonl") for line in path.read_text().splitlines()]
    return Counter(json.loads(line)["outcome"] for line in lines)


def test_every_fault_is_in_one_of_the_tables():
    assert {*RETRIED, *FOLLOWED, *REFUSED} == FAULTS.keys()


@pytest.fixture
def impatience(monkeypatch):
    """Shorten all waits, so that the tests are fast."""
    monkeypatch.setattr("time.sleep", lambda _: None)
    monkeypatch.setattr(simulated, "LATE_SECONDS", 2)
    monkeypatch.setattr(transport, "READ_SECONDS", 1)
    monkeypatch.setattr(deadline, "TOTAL_SECONDS", 1.5)


@pytest.mark.usefixtures("impatience")
@pytest.mark.parametrize(("fault", "source"), in_turn(RETRIED | FOLLOWED))
def test_what_passes_is_asked_for_again(parliament, faultless, tmp_path, fault, source):
    paths = Paths(tmp_path, "simulated")
    with serve(parliament, shifting_pages=False, faults=[Fault(fault, 1), Fault(fault, 5)]) as server:
        read(paths, source, server.url)
    assert outcomes(paths)[(RETRIED | FOLLOWED)[fault]] >= 2
    assert outcomes(paths).total() == len(server.requests)
    assert records(paths, source) == faultless[source]


@pytest.mark.parametrize(("fault", "source"), in_turn(REFUSED))
def test_what_is_refused_fails_the_task_and_the_next_try_completes_it(parliament, faultless, tmp_path, fault, source):
    paths = Paths(tmp_path, "simulated")
    with serve(parliament, shifting_pages=False, faults=[Fault(fault, 2)]) as server:
        with pytest.raises(UpstreamError):
            read(paths, source, server.url)
        assert outcomes(paths)[REFUSED[fault]] == 1
        read(paths, source, server.url)
    assert records(paths, source) == faultless[source]


@pytest.mark.parametrize("fault", RETRIED)
def test_what_lasts_fails_with_one_sentence_and_leaves_nothing_behind(parliament, tmp_path, monkeypatch, fault):
    monkeypatch.setattr("time.sleep", lambda _: None)
    monkeypatch.setattr(transport, "READ_SECONDS", 0.2)
    monkeypatch.setattr(deadline, "TOTAL_SECONDS", 0.5)
    paths = Paths(tmp_path, "simulated")
    with (
        serve(parliament, faults=[Fault(fault)]) as server,
        pytest.raises(UpstreamError, match=r"attempt 5 of 5") as caught,
    ):
        read(paths, "written_questions", server.url)
    assert "\n" not in str(caught.value)
    assert outcomes(paths) == {RETRIED[fault]: 5}
    assert not list(paths.landing.glob("documents/*/*"))
    assert not paths.records.exists()
