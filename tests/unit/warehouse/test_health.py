"""The facts on the page "Warehouse", read from snapshots that the tests make."""

import datetime as dt

import duckdb
import pytest

from orderpaper.config import DATABASE_NAME, Paths
from orderpaper.landing import Landing
from orderpaper.landing.missing import Missing
from orderpaper.warehouse import dbt_docs, health, ops
from orderpaper.warehouse.ops import Measurement

SNAPSHOT = "20250314T120000Z-abcdef12"
NOW = dt.datetime(2025, 3, 14, 12, tzinfo=dt.UTC)


@pytest.fixture
def paths(tmp_path):
    return Paths(tmp_path, "simulated")


@pytest.fixture
def connection(paths):
    """The published snapshot, open for writing, with five sitting days and no source read yet."""
    (paths.snapshots / SNAPSHOT).mkdir(parents=True)
    paths.current.symlink_to(f"snapshots/{SNAPSHOT}")
    with duckdb.connect(paths.current / DATABASE_NAME) as connection:
        connection.execute("CREATE SCHEMA marts")
        ops.finish_run(connection, "run-1", "published", SNAPSHOT)
        connection.execute(
            """
            SET TimeZone = 'UTC';
            CREATE TABLE marts.dim_date AS
                SELECT DATE '2025-03-10' + CAST(range AS INTEGER) AS date_on, true AS is_sitting_day FROM range(5);
            CREATE TABLE ops.fct_source_freshness (
                source VARCHAR, last_interval_end_on DATE, last_requested_at TIMESTAMPTZ, last_loaded_at TIMESTAMPTZ,
                document_count BIGINT, quarantined_document_count BIGINT
            )
            """
        )
        yield connection


def freshness(connection, source, until, requested_at):
    connection.execute(
        "INSERT INTO ops.fct_source_freshness VALUES (?, ?, ?, ?, 7, 1)", [source, until, requested_at, NOW]
    )


def sources(paths, connection):
    connection.close()
    return {source.source: source for source in health.read(paths, NOW).sources}


def test_before_the_first_run_there_is_nothing(paths):
    assert health.read(paths, NOW) == health.Health()
    assert dbt_docs.render(paths) is None


def test_what_a_site_does_not_give_is_named_before_and_after_anything_is_published(paths, connection):
    absent = Missing(Landing(paths.landing), "hansard", NOW.date())
    absent.note("Commons", dt.date(2025, 3, 10), {"ext-7": "HTTP 404"})
    absent.save()
    named = [
        {
            "source": "hansard",
            "name": "ext-7",
            "day_on": dt.date(2025, 3, 10),
            "reason": "HTTP 404",
            "since_on": NOW.date(),
        }
    ]
    connection.close()
    assert health.read(paths, NOW).missing == named
    paths.current.unlink()
    assert health.read(paths, NOW).missing == named


def test_a_source_is_held_against_the_sitting_calendar(paths, connection):
    freshness(connection, "written_questions", "2025-03-14", NOW)
    freshness(connection, "members", "2025-03-12", NOW)
    freshness(connection, "inbox", "2025-03-11", None)
    connection.execute("UPDATE ops.fct_source_freshness SET last_loaded_at = '2025-03-11' WHERE source = 'inbox'")
    found = sources(paths, connection)
    assert {name: source.lag_sitting_days for name, source in found.items() if source.last_interval_end_on} == {
        "written_questions": 0,
        "members": 2,
        "inbox": 3,
    }
    assert not found["written_questions"].is_late
    assert found["members"].is_late, "two sitting days behind"
    assert not found["inbox"].is_late, "nobody has to drop a file"


def test_in_an_outage_every_live_source_is_behind_today(tmp_path):
    # All sources were last read on Monday 10 March; it is Friday, and the calendar in the warehouse ends on Monday too.
    paths = Paths(tmp_path, "live")
    (paths.snapshots / SNAPSHOT).mkdir(parents=True)
    paths.current.symlink_to(f"snapshots/{SNAPSHOT}")
    with duckdb.connect(paths.current / DATABASE_NAME) as connection:
        ops.finish_run(connection, "run-1", "published", SNAPSHOT)
        connection.execute(
            """
            SET TimeZone = 'UTC';
            CREATE SCHEMA marts;
            CREATE TABLE marts.dim_date AS SELECT DATE '2025-03-10' AS date_on, true AS is_sitting_day;
            CREATE TABLE ops.fct_source_freshness (
                source VARCHAR, last_interval_end_on DATE, last_requested_at TIMESTAMPTZ, last_loaded_at TIMESTAMPTZ,
                document_count BIGINT, quarantined_document_count BIGINT
            )
            """
        )
        freshness(connection, "written_questions", "2025-03-10", NOW)
        freshness(connection, "members", "2025-03-10", NOW)
    found = sources(paths, connection)
    assert found["written_questions"].lag_sitting_days == found["members"].lag_sitting_days == 3
    assert found["written_questions"].is_late


@pytest.mark.parametrize(
    ("read_at", "is_late"),
    [
        (dt.datetime(2025, 3, 14, 7, 31, tzinfo=dt.UTC), False),
        (dt.datetime(2025, 3, 13, 7, 31, tzinfo=dt.UTC), False),
        (dt.datetime(2025, 3, 13, 7, 29, tzinfo=dt.UTC), True),
    ],
    ids=["read today", "today's run may still be going on", "yesterday's run did not happen"],
)
def test_a_source_is_held_against_its_schedule(paths, connection, read_at, is_late):
    freshness(connection, "written_questions", "2025-03-14", read_at)
    assert sources(paths, connection)["written_questions"].is_late is is_late


def test_rows_are_shown_with_their_change(paths, connection):
    for measure, value, published in (("row_count", 1040, 1000), ("empty_share", 0.1, 0.2)):
        row = Measurement(
            table_name="marts.fct_answer", measure=measure, measured_at=NOW, value=value, published_value=published
        )
        ops.record_measurements(connection, f"run-{measure}", [row])
        ops.finish_run(connection, f"run-{measure}", "published", SNAPSHOT)
    connection.close()
    assert health.read(paths, NOW).tables == [{"table_name": "marts.fct_answer", "row_count": 1040, "change_count": 40}]


def test_what_an_older_version_published_is_shown_as_far_as_it_goes(paths, connection):
    connection.execute("DROP TABLE ops.fct_measurement; DROP TABLE ops.fct_source_freshness")
    connection.close()
    found = health.read(paths, NOW)
    assert found.snapshot.name == SNAPSHOT
    assert (found.tables, found.sources, found.fetches, found.quarantine) == ([], [], [], [])


def test_dbt_docs_are_one_page_that_the_manifest_cannot_break_out_of(paths):
    folder = paths.runs / "run-1" / "dbt"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text('{"nodes": {"a": "</script><b>"}}')
    page = dbt_docs.render(paths)
    assert r"<\/script><b>" in page
    assert "</script><b>" not in page
    assert "INLINE DATA" not in page
