import duckdb
import pytest

from orderpaper.config import DATABASE_NAME, Paths
from orderpaper.errors import ConfigError
from orderpaper.warehouse import diff


def snapshot(paths, name, rows):
    (paths.snapshots / name).mkdir(parents=True)
    with duckdb.connect(paths.snapshots / name / DATABASE_NAME) as connection:
        connection.execute(
            "CREATE SCHEMA marts; CREATE TABLE marts.fct_question (question_key VARCHAR, status VARCHAR)"
        )
        connection.executemany("INSERT INTO marts.fct_question VALUES (?, ?)", rows)


@pytest.fixture
def paths(tmp_path):
    paths = Paths(tmp_path, "simulated")
    snapshot(paths, "one", [("kept", None), ("answered", "unanswered"), ("deleted", "unanswered")])
    snapshot(paths, "two", [("kept", None), ("answered", "answered"), ("new", "unanswered")])
    return paths


def test_rows_that_appeared_changed_or_went_are_named(paths, tmp_path):
    with diff.compare(paths, "one", "two") as connection:
        assert connection.execute("FROM difference ORDER BY row_key").fetchall() == [
            ("fct_question", "answered", "changed", ["status"]),
            ("fct_question", "deleted", "went", []),
            ("fct_question", "new", "appeared", []),
        ]
        assert dict(diff.counts(connection)) == {
            "fct_question": {"appeared": 1, "changed": 1, "went": 1},
            "fct_answer": {"appeared": 0, "changed": 0, "went": 0},
            "fct_funding_figure": {"appeared": 0, "changed": 0, "went": 0},
        }
        diff.write(connection, tmp_path / "out" / "diff.parquet")
    written = duckdb.sql(f"SELECT count(*) FROM '{tmp_path}/out/diff.parquet'").fetchone()
    assert written == (3,)


@pytest.mark.parametrize("table", ["fct_answer", "fct_funding_figure"])
def test_answers_and_figures_are_compared_too(paths, table):
    for name, keys in (("one", "('kept', 1), ('corrected', 2), ('gone', 3)"), ("two", "('kept', 1), ('corrected', 9)")):
        with duckdb.connect(paths.snapshots / name / DATABASE_NAME) as connection:
            connection.execute(
                f"CREATE TABLE marts.{table} AS SELECT * FROM (VALUES {keys}) AS row ({diff.KEYS[table]}, amount_gbp)"
            )
    with diff.compare(paths, "one", "two") as connection:
        assert dict(diff.counts(connection))[table] == {"appeared": 0, "changed": 1, "went": 1}
        assert connection.execute(
            "SELECT row_key, changed_columns FROM difference WHERE table_name = ? AND change = 'changed'", [table]
        ).fetchall() == [("corrected", ["amount_gbp"])]


def test_a_snapshot_that_is_not_kept_is_named(paths):
    with pytest.raises(ConfigError, match="There is no snapshot 'three'; there are one, two"):
        diff.compare(paths, "one", "three")
