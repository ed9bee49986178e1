"""The status in one word, from incidents, processes and the warehouse that the tests make."""

import datetime as dt
from pathlib import Path

import duckdb
import pytest

from orderpaper.cli import main as cli
from orderpaper.config import DATABASE_NAME, PROJECT, Paths
from orderpaper.errors import UpstreamError
from orderpaper.run import alerts, incidents, status
from orderpaper.run.service import Service
from orderpaper.run.status import Level
from orderpaper.warehouse.snapshots import put_in_force, rollback

NOON = dt.datetime(2025, 3, 14, 12, tzinfo=dt.UTC)
DOWN = alerts.failure("ingest_hansard", "run-1", "fetch", UpstreamError("hansard: the site is down."))


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """A realm in which one snapshot is in force, and nothing is wrong."""
    paths = Paths(tmp_path, "simulated")
    publish(paths, "20250314T110000Z-abcdef12")
    return paths


def publish(paths: Paths, snapshot_id: str) -> None:
    folder = paths.snapshots / snapshot_id
    folder.mkdir(parents=True)
    with duckdb.connect(folder / DATABASE_NAME) as connection:
        connection.execute("CREATE SCHEMA ops")
    put_in_force(paths, snapshot_id, "run-1")


def test_without_anything_wrong_all_is_well(paths: Paths) -> None:
    found = status.read(paths, NOON)
    assert (found.level, found.since, found.findings) == (Level.WELL, None, [])


def test_before_the_first_run_nothing_is_published(tmp_path: Path) -> None:
    found = status.read(Paths(tmp_path, "simulated"), NOON)
    assert (found.level, found.findings[0].what) == (Level.FAILING, "Nothing is published yet")


def test_the_first_failed_try_is_an_incident_until_the_task_succeeds(paths: Paths) -> None:
    assert incidents.begin(paths, DOWN, NOON, is_retried=True)
    assert not incidents.begin(paths, DOWN, NOON + dt.timedelta(minutes=2), is_retried=False)
    (incident,) = incidents.read_all(paths)
    assert (incident.since, incident.failure_count, incident.is_retried) == (NOON, 2, False)
    found = status.read(paths, NOON + dt.timedelta(hours=3))
    assert (found.level, found.since) == (Level.FAILING, NOON)
    assert found.findings[0].cause == "hansard: the site is down."
    assert found.findings[0].section == "A site did not answer as agreed"
    assert found.findings[0].log == ("ingest_hansard", "run-1", "fetch")
    assert incidents.end(paths, "ingest_hansard", "fetch") == incident
    assert incidents.end(paths, "ingest_hansard", "fetch") is None
    assert status.read(paths, NOON).level == Level.WELL


def test_the_incident_of_another_task_stays(paths: Paths) -> None:
    incidents.begin(paths, DOWN, NOON, is_retried=True)
    assert incidents.end(paths, "ingest_hansard", "parse") is None
    assert incidents.end(paths, "ingest_members", "fetch") is None
    assert status.read(paths, NOON).level == Level.FAILING


def test_a_rollback_is_degraded(paths: Paths) -> None:
    publish(paths, "20250314T113000Z-12345678")
    rollback(paths, None)
    (finding,) = status.read(paths, NOON).findings
    assert finding.level == Level.DEGRADED
    assert finding.what == "A person went back to an earlier snapshot, from 20250314T113000Z-12345678"


def test_an_ended_process_of_airflow_is_named(paths: Paths) -> None:
    paths.airflow.mkdir()
    Service(paths.airflow / "services.json", "http://127.0.0.1:1", {"scheduler": (2**22 + 1, 0.0)}, "").save()
    (finding,) = status.read(paths, NOON).findings
    assert (finding.level, "scheduler" in finding.what) == (Level.FAILING, True)


def test_the_worst_and_the_oldest_come_first(paths: Paths) -> None:
    publish(paths, "20250314T113000Z-12345678")
    rollback(paths, None)
    incidents.begin(paths, DOWN, NOON, is_retried=True)
    older = alerts.failure("ingest_members", "run-2", "parse", RuntimeError("broken"))
    incidents.begin(paths, older, NOON - dt.timedelta(days=1), is_retried=False)
    levels = [(finding.level, finding.log and finding.log[0]) for finding in status.read(paths, NOON).findings]
    assert levels == [(Level.FAILING, "ingest_members"), (Level.FAILING, "ingest_hansard"), (Level.DEGRADED, None)]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "less than a minute ago"), (60, "1 minute ago"), (7300, "2 hours ago"), (86400 * 3, "3 days ago")],
)
def test_how_long_ago_is_said_in_the_largest_unit(seconds: int, words: str) -> None:
    assert status.ago(NOON, NOON + dt.timedelta(seconds=seconds)) == words


def test_the_exit_code_is_for_scripts(
    paths: Paths, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ORDERPAPER_HOME", str(paths.home))
    monkeypatch.setenv("SOURCE", "simulated")
    assert cli.main(["status"]) == 0
    assert capsys.readouterr().out.startswith("Order Paper (simulated): all well\nReaders see the snapshot 20250314T11")
    publish(paths, "20250314T113000Z-12345678")
    rollback(paths, None)
    assert cli.main(["status"]) == 4
    incidents.begin(paths, DOWN, NOON, is_retried=True)
    assert cli.main(["status"]) == 1
    shown = capsys.readouterr().out
    assert "failing: ingest_hansard: fetch failed; Airflow tries again\n  hansard: the site is down." in shown
    assert "What to do: docs/runbook.md, “A site did not answer as agreed”" in shown


def test_each_section_that_a_finding_names_is_in_the_runbook() -> None:
    runbook = (PROJECT / "docs" / "runbook.md").read_text(encoding="utf-8")
    source = Path(status.__file__).read_text(encoding="utf-8")
    sections = [line.split('section="')[1].split('"')[0] for line in source.splitlines() if 'section="' in line]
    assert len(sections) >= 5
    for section in sections:
        assert f"# {section}\n" in runbook
