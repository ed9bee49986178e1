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
    """The published snapshot, open for writing, with no source read yet."""
    (paths.snapshots / SNAPSHOT).mkdir(parents=True)
    paths.current.symlink_to(f"snapshots/{SNAPSHOT}")
    with duckdb.connect(paths.current / DATABASE_NAME) as connection:
        ops.finish_run(connection, "run-1", "published", SNAPSHOT)
        connection.execute(
            """
            SET TimeZone = 'UTC';
            CREATE TABLE ops.fct_as_of (
                source VARCHAR, house VARCHAR, as_of_on DATE, expected_until_on DATE, lag_days BIGINT,
                is_current BOOLEAN
            );
            CREATE TABLE ops.fct_source_freshness (
                source VARCHAR, last_answered_at TIMESTAMPTZ, last_loaded_at TIMESTAMPTZ, document_count BIGINT,
                quarantined_document_count BIGINT
            );
            CREATE TABLE ops.fct_error_budget (source VARCHAR, measured_on DATE);
            CREATE TABLE ops.fct_freshness (source VARCHAR, measured_on DATE, is_met BOOLEAN)
            """
        )
        yield connection


def freshness(connection, source, answered_at):
    connection.execute("INSERT INTO ops.fct_source_freshness VALUES (?, ?, ?, 7, 1)", [source, answered_at, NOW])


def as_of(connection, source, house, until, lag):
    connection.execute(
        "INSERT INTO ops.fct_as_of VALUES (?, ?, ?, DATE '2025-03-14', ?, ?)",
        [source, house, until, lag, lag is not None],
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


def test_each_source_says_how_far_it_is_complete(paths, connection):
    for source in ("written_questions", "members", "press_blog"):
        freshness(connection, source, NOW)
    freshness(connection, "inbox", None)
    as_of(connection, "written_questions", "Commons", "2025-03-14", 0)
    as_of(connection, "written_questions", "Lords", "2025-03-12", 2)
    as_of(connection, "written_questions", "Commons", "2024-11-20", None)
    as_of(connection, "members", "Commons", "2025-03-13", 1)
    as_of(connection, "press_blog", None, "2025-03-14", 0)
    found = sources(paths, connection)
    assert {name: (source.as_of_on, source.lag_days, source.is_late) for name, source in found.items()} == {
        "written_questions": (dt.date(2025, 3, 12), 2, True),  # it is the Lords that are behind
        "members": (dt.date(2025, 3, 13), 1, False),
        "press_blog": (dt.date(2025, 3, 14), 0, False),
        "inbox": (None, 0, False),  # nobody has to drop a file
    }


@pytest.mark.parametrize(("realm", "lag"), [("live", 3), ("replay-0a1b2c3d", 0)])
def test_the_weekdays_since_the_build_count_in_a_live_realm(tmp_path, realm, lag):
    # The warehouse was built on Tuesday 11 March for the day before, as after every run, and nothing ran since. It is
    # now Friday. The requests of today failed.
    paths = Paths(tmp_path, realm)
    (paths.snapshots / SNAPSHOT).mkdir(parents=True)
    paths.current.symlink_to(f"snapshots/{SNAPSHOT}")
    with duckdb.connect(paths.current / DATABASE_NAME) as connection:
        connection.execute(
            """
            CREATE SCHEMA ops;
            CREATE TABLE ops.fct_error_budget (source VARCHAR);
            CREATE TABLE ops.fct_as_of AS SELECT 'members' AS source, 'Lords' AS house, DATE '2025-03-10' AS as_of_on,
                DATE '2025-03-10' AS expected_until_on, 0 AS lag_days, true AS is_current;
            CREATE TABLE ops.fct_source_freshness AS SELECT 'members' AS source, TIMESTAMPTZ '2025-03-14 05:00:00+00' AS
                last_answered_at, NULL::TIMESTAMPTZ AS last_loaded_at,
                7 AS document_count, 1 AS quarantined_document_count;
            """
        )
    (members,) = (source for source in health.read(paths, NOW).sources if source.source == "members")
    assert (members.as_of_on, members.lag_days, members.is_late) == (dt.date(2025, 3, 10), lag, lag > 1)


@pytest.mark.parametrize(
    ("now", "expected"),
    [("2025-07-14T22:59", "2025-07-13"), ("2025-07-14T23:00", "2025-07-14"), ("2025-01-14T23:30", "2025-01-13")],
    ids=["before midnight in London", "after it, in summer", "before it, in winter"],
)
def test_yesterday_is_londons(tmp_path, now, expected):
    moment = dt.datetime.fromisoformat(f"{now}+00:00")
    assert health.expected_until(Paths(tmp_path, "live"), moment) == dt.date.fromisoformat(expected)
    assert health.expected_until(Paths(tmp_path, "simulated"), moment) is None


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
    freshness(connection, "written_questions", read_at)
    as_of(connection, "written_questions", "Commons", "2025-03-14", 0)
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
    connection.execute("DROP TABLE ops.fct_measurement; DROP TABLE ops.fct_error_budget")
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
