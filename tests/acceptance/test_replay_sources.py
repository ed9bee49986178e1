"""Replayed over loopback HTTP, every captured payload reaches the records through its own source."""

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from orderpaper import ingest
from orderpaper.config import Paths
from orderpaper.landing import Window
from orderpaper.simulate.replay import Replay
from orderpaper.simulate.server import serve


@pytest.fixture(scope="module")
def url(captured: Path) -> Iterator[str]:
    with serve(Replay(captured), shifting_pages=False) as server:
        yield server.url


def ingested(folder: Path, source: str, url: str, first: str, last: str) -> tuple[Path, ingest.ParseSummary]:
    """The batch of a source for some days, and its summary."""
    paths = Paths(folder, "replay-0")
    window = Window(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    parsed = ingest.parse(paths, source, ingest.fetch(paths, source, window, url, "run").manifest)
    return paths.records / parsed.batch_id, parsed


def test_the_days_of_hansard_are_walked_for_the_306_contributions(captured: Path, tmp_path: Path, url: str) -> None:
    batch, parsed = ingested(tmp_path, "hansard", url, "2024-07-17", "2026-07-16")
    assert (parsed.quarantined_count, parsed.record_counts["debate"]) == (0, 202)
    records = json.loads((captured / "hansard" / "corbyn_spoken.json").read_text())["records"]
    found = pq.read_table(batch / "contribution.parquet", columns=["contribution_id"])["contribution_id"].to_pylist()
    assert set(found) == {record["contribution_external_id"] for record in records}
    assert len(set(found)) == 306
    days = pq.read_table(batch / "sitting_day.parquet", columns=["sat_on"])["sat_on"].to_pylist()
    assert set(days) == {dt.date.fromisoformat(record["sitting_date"]) for record in records}


def test_the_newest_versions_of_a_week_of_theyworkforyou_are_found_by_their_dates(tmp_path: Path, url: str) -> None:
    _, parsed = ingested(tmp_path, "theyworkforyou", url, "2009-10-26", "2009-10-28")
    assert parsed.quarantined_count == 0
    counts = {kind: parsed.record_counts[kind] for kind in ("contribution", "division", "vote", "written_statement")}
    assert counts == {"contribution": 1777, "division": 13, "vote": 2633, "written_statement": 34}


def test_the_ninety_details_are_on_the_list_of_their_days(captured: Path, tmp_path: Path, url: str) -> None:
    packet = json.loads((captured / "written_questions" / "detail_payloads.json").read_text())["records"]
    days = sorted(record["tabled_date"] for record in packet)
    batch, parsed = ingested(tmp_path, "written_questions", url, "2026-01-01", days[-1])
    assert parsed.quarantined_count == 0
    held = pq.read_table(batch / "question.parquet", columns=["question_id"])["question_id"].to_pylist()
    assert {record["question_id"] for record in packet if record["tabled_date"] >= "2026-01-01"} <= set(held)


def test_days_of_which_only_some_sources_were_captured_are_no_failure(tmp_path: Path, url: str) -> None:
    """Hansard has something of 21 November 2024; the lists of written questions were captured up to the 20th."""
    ingested(tmp_path, "hansard", url, "2024-11-18", "2024-11-21")
    _, parsed = ingested(tmp_path, "written_questions", url, "2024-11-21", "2024-11-21")
    assert parsed.record_counts.get("question", 0) == 0
