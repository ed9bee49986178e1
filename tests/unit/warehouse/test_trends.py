"""What the pages say of the last runs and builds, over a realm with a month of history."""

import datetime as dt
import json
from dataclasses import replace

import duckdb
import history
import pytest

from orderpaper.config import DATABASE_NAME, Paths
from orderpaper.warehouse import builds, trends
from orderpaper.warehouse.audit_report import write_report
from orderpaper.warehouse.builds import Outcome
from orderpaper.warehouse.snapshots import rollback

NOW = dt.datetime(2025, 3, 14, 12, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def paths(tmp_path_factory):
    paths = Paths(tmp_path_factory.mktemp("realm"), "simulated")
    history.make(paths, NOW)
    return paths


@pytest.fixture
def found(paths):
    with duckdb.connect(paths.current / DATABASE_NAME, read_only=True) as connection:
        return trends.read(paths, connection)


def test_every_run_has_its_figures_the_oldest_first(found):
    assert [run.run_id for run in found.runs] == [history.run_id(number) for number in range(30)]
    assert found.runs[11].status == "refused"
    assert (found.documents[0], found.documents[-1]) == (20_000, 28_990)
    assert found.rows["marts.fct_question"][-1] == 83_160
    assert set(found.rows) == {f"marts.{name}" for name in history.MARTS}
    assert (found.stops[11], sum(found.stops)) == (1, 1)
    assert found.warnings[:5] == [1, 0, 2, 1, 3]


def test_a_size_is_known_of_what_was_published(found):
    assert [size is not None for size in found.byte_counts] == [False] * 25 + [True] * 5


def test_a_request_belongs_to_the_first_build_after_it(found):
    site_count = 7  # of the enabled sources, one is a folder
    assert found.requests["fetched"] == [5 * site_count] * 30
    assert found.requests["not_modified"] == [7 * site_count] * 30
    assert sum(value or 0 for value in found.requests["timeout"]) > 0


def test_the_slowest_model_of_the_newest_run_comes_first(found):
    last = [values[-1] for values in found.model_seconds.values()]
    assert last == sorted(last, reverse=True)


def test_only_the_last_runs_are_compared(paths, tmp_path):
    database = tmp_path / DATABASE_NAME
    database.write_bytes((paths.current / DATABASE_NAME).read_bytes())
    with duckdb.connect(database) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(
            "INSERT INTO ops.fct_run SELECT 'newest', 'failed', max(started_at) + INTERVAL 1 DAY, NULL, NULL, 7, 0"
            " FROM ops.fct_run"
        )
        found = trends.read(paths, connection)
    assert [run.run_id for run in found.runs] == [*(history.run_id(number) for number in range(1, 30)), "newest"]
    assert found.requests["fetched"][0] == 35
    assert found.requests["fetched"][-1] is None
    assert found.rows["marts.fct_question"][-1] is None


def test_an_older_version_has_no_trends(paths):
    with duckdb.connect() as connection:
        assert trends.read(paths, connection) == trends.Trends()


def test_each_build_says_how_far_it_got(tmp_path):
    paths = Paths(tmp_path, "simulated")
    history.make(paths, NOW)
    for name, result in (("refused", None), ("failed", "error"), ("built", "success")):
        folder = paths.runs / name / "dbt"
        folder.mkdir(parents=True)
        results = json.loads((paths.runs / history.run_id(29) / "dbt" / "run_results.json").read_text())
        results["results"][0]["status"] = result or "success"
        (folder / "run_results.json").write_text(json.dumps(results))
    (paths.runs / "begun").mkdir()
    write_report(paths, history.report(29, NOW, replace(history.CHECK, is_success=False), run="refused"))
    rollback(paths)
    outcomes = {build.run_id: build.outcome for build in builds.read_all(paths)}
    assert outcomes == {
        **{history.run_id(number): Outcome.PUBLISHED for number in range(25, 30)},
        "refused": Outcome.REFUSED,
        "failed": Outcome.FAILED,
        "built": Outcome.BUILT,
        "begun": Outcome.UNFINISHED,
    }
    (current,) = (build for build in builds.read_all(paths) if build.is_current)
    assert (current.run_id, current.is_kept) == (history.run_id(28), True)
    made = {build.run_id: build for build in builds.read_all(paths)}
    changed = builds.changes(made[history.run_id(29)], made[history.run_id(28)])
    assert ("marts.fct_question", 83_160, 82_320) in changed
    assert builds.changes(made["begun"], None) == []
