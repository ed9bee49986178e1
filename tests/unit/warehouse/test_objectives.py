"""What is promised to readers, and how often it was missed: up to the build, and since then by the clock."""

import datetime as dt
import os

import duckdb
import pytest

from orderpaper.config import DATABASE_NAME, Paths
from orderpaper.run import status
from orderpaper.run.status import Level
from orderpaper.warehouse import health, objectives, ops

SNAPSHOT = "20250314T120000Z-abcdef12"
BUILT = dt.datetime(2025, 3, 11, 6, 30, tzinfo=dt.UTC)
"""A Tuesday."""


@pytest.fixture
def paths(tmp_path):
    """A live realm that was built on Tuesday for the days up to Monday; ten days were measured, and three missed."""
    paths = Paths(tmp_path, "live")
    (paths.snapshots / SNAPSHOT).mkdir(parents=True)
    paths.current.symlink_to(f"snapshots/{SNAPSHOT}")
    with duckdb.connect(paths.current / DATABASE_NAME) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        ops.ensure_ops(connection)
        connection.execute(
            f"""
            CREATE TABLE ops.fct_as_of AS
            SELECT source, 'Commons' AS house, DATE '2025-03-10' AS as_of_on, DATE '2025-03-10' AS expected_until_on,
                0 AS lag_days, true AS is_current
            FROM (VALUES ('hansard'), ('members')) AS sources (source);
            CREATE TABLE ops.fct_source_freshness AS
            SELECT source, TIMESTAMPTZ '{BUILT}' AS last_answered_at, TIMESTAMPTZ '{BUILT}' AS last_loaded_at,
                7 AS document_count, 0 AS quarantined_document_count
            FROM ops.fct_as_of;
            CREATE TABLE ops.fct_freshness AS
            SELECT source, DATE '2025-03-02' + CAST(day AS INTEGER) AS measured_on, day >= 3 AS is_met
            FROM ops.fct_as_of, range(10) AS days (day);
            CREATE TABLE ops.fct_error_budget AS
            SELECT source, DATE '2025-03-11' AS measured_on FROM ops.fct_as_of;
            """
        )
    return paths


def budgets(paths, now):
    return {budget.title: budget for budget in health.read(paths, now).budgets}


def test_on_the_day_of_the_build_the_days_are_those_that_it_measured(paths):
    found = budgets(paths, BUILT + dt.timedelta(hours=1))
    hansard = found["Hansard"]
    assert (hansard.promise, len(hansard.history), hansard.missed_count) == ("at most 1 sitting day behind", 10, 3)
    assert not hansard.is_spent
    assert found["Members"].promise == "at most 1 day behind"


def test_the_days_without_a_build_count_by_the_clock(paths):
    # On Saturday 15 March, Friday is the last day that is over. On Wednesday one sitting day may have been missing,
    # on Thursday two, on Friday three.
    found = budgets(paths, BUILT + dt.timedelta(days=4))
    hansard = found["Hansard"]
    assert hansard.history[-3:] == [("2025-03-12", True), ("2025-03-13", False), ("2025-03-14", False)]
    assert (hansard.missed_count, hansard.is_spent) == (5, True)


def test_a_weekend_is_no_sitting_day_and_a_day_of_the_register_all_the_same(paths):
    later = BUILT + dt.timedelta(days=7)
    assert objectives.days_of("sitting days", dt.date(2025, 3, 14), dt.date(2025, 3, 17)) == 1
    assert objectives.days_of("weekdays", dt.date(2025, 3, 14), dt.date(2025, 3, 17)) == 1
    assert objectives.days_of("days", dt.date(2025, 3, 14), dt.date(2025, 3, 17)) == 3
    assert objectives.days_of("days", None, dt.date(2025, 3, 17)) == 0
    assert budgets(paths, later)["Members"].missed_count == 3 + 5


def test_a_realm_with_days_of_its_own_does_not_age(paths):
    simulated = Paths(paths.home, "simulated")
    simulated.root.mkdir()
    simulated.snapshots.symlink_to(paths.snapshots)
    simulated.current.symlink_to(f"snapshots/{SNAPSHOT}")
    found = budgets(simulated, BUILT + dt.timedelta(days=20))
    assert found["Hansard"].missed_count == 3


@pytest.mark.parametrize(
    ("run_status", "hours", "is_met"), [("published", 1, True), ("published", 3, False), ("refused", 1, False)]
)
def test_a_build_is_in_time_if_it_was_published_within_the_deadline(paths, run_status, hours, is_met):
    with duckdb.connect(paths.current / DATABASE_NAME) as connection:
        connection.execute(
            "INSERT INTO ops.fct_run VALUES ('r', ?, ?, ?, NULL, 1, 0)",
            [run_status, BUILT, BUILT + dt.timedelta(hours=hours)],
        )
    found = budgets(paths, BUILT + dt.timedelta(hours=4))["Builds"]
    assert found.history == [("2025-03-11 06:30 UTC", is_met)]
    assert budgets(paths, BUILT + dt.timedelta(days=31))["Builds"].history == []


def test_a_spent_budget_and_news_that_wait_are_degraded(paths):
    now = BUILT + dt.timedelta(hours=3)
    assert [finding for finding in status.read(paths, now).findings if "budget" in finding.what] == []
    batch = paths.records / "hansard" / "2025-03-10_2025-03-10_abc_v1"
    batch.mkdir(parents=True)
    os.utime(batch, (now.timestamp(), now.timestamp()))
    assert health.read(paths, now).waiting_since == now
    early = status.read(paths, now + dt.timedelta(hours=1)).findings
    assert "New records" not in " ".join(finding.what for finding in early)
    late = [
        finding for finding in status.read(paths, now + dt.timedelta(hours=3)).findings if "New rec" in finding.what
    ]
    assert [(finding.level, finding.since, finding.section) for finding in late] == [
        (Level.DEGRADED, now, "A build is late")
    ]
    spent = [finding for finding in status.read(paths, now + dt.timedelta(days=4)).findings if "budget" in finding.what]
    assert spent[0].what == (
        "The error budget of Hansard is spent: of the last 13 days, 5 missed “at most 1 sitting day behind”, and 3 may"
    )
