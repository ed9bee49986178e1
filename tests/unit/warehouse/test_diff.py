import duckdb
import pytest

from orderpaper.config import DATABASE_NAME, Paths
from orderpaper.errors import ConfigError
from orderpaper.warehouse import diff
from orderpaper.warehouse.diff import Sample


def snapshot(paths, name, rows):
    (paths.snapshots / name).mkdir(parents=True)
    with duckdb.connect(paths.snapshots / name / DATABASE_NAME) as connection:
        connection.execute(
            """
            CREATE SCHEMA marts;
            CREATE TABLE about_keys (
                schema_name VARCHAR, table_name VARCHAR, key_kind VARCHAR, column_names VARCHAR, target_table VARCHAR
            );
            INSERT INTO about_keys VALUES ('marts', 'fct_question', 'foreign', 'status', 'dim_status')
            """
        )
    add_mart(paths, name, "fct_question", "question_key VARCHAR, status VARCHAR", rows, key="question_key")


def add_mart(paths, name, table, columns, rows=(), *, key):
    with duckdb.connect(paths.snapshots / name / DATABASE_NAME) as connection:
        connection.execute(f"CREATE TABLE marts.{table} ({columns})")
        connection.execute("INSERT INTO about_keys VALUES ('marts', ?, 'primary', ?, NULL)", [table, key])
        for row in rows:
            connection.execute(f"INSERT INTO marts.{table} VALUES ({', '.join('?' * len(row))})", row)


def add(paths, name, statement):
    with duckdb.connect(paths.snapshots / name / DATABASE_NAME) as connection:
        connection.execute(statement)


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
        assert dict(diff.counts(connection)) == {"fct_question": {"appeared": 1, "changed": 1, "went": 1}}
        diff.write(connection, tmp_path / "out" / "diff.parquet")
    written = duckdb.sql(f"SELECT count(*) FROM '{tmp_path}/out/diff.parquet'").fetchone()
    assert written == (3,)


def test_a_mart_whose_key_has_several_columns_is_compared(paths):
    for name, rows in (("one", [("a", 1, 5), ("a", 2, 5)]), ("two", [("a", 1, 5), ("a", 2, 6), ("b", 2, 5)])):
        columns = "department VARCHAR, month BIGINT, answer_count BIGINT"
        add_mart(paths, name, "rpt_months", columns, rows, key="department, month")
    with diff.compare(paths, "one", "two") as connection:
        assert dict(diff.counts(connection))["rpt_months"] == {"appeared": 1, "changed": 1, "went": 0}
        assert connection.execute(
            "SELECT row_key, change, changed_columns FROM difference WHERE table_name = 'rpt_months' ORDER BY row_key"
        ).fetchall() == [("a, 2", "changed", ["answer_count"]), ("b, 2", "appeared", [])]


def test_a_mart_that_only_one_snapshot_has_or_that_has_another_key_is_left_out(paths):
    add_mart(paths, "two", "fct_new", "new_key VARCHAR", key="new_key")
    add_mart(paths, "one", "fct_other", "first_key VARCHAR, second_key VARCHAR", key="first_key")
    add_mart(paths, "two", "fct_other", "first_key VARCHAR, second_key VARCHAR", key="second_key")
    with diff.compare(paths, "one", "two") as connection:
        assert [name for name, _ in diff.counts(connection)] == ["fct_question"]


def test_marts_that_are_views_of_files_are_left_out(paths):
    for name in ("one", "two"):
        add(paths, name, "INSERT INTO about_keys VALUES ('marts', 'fct_view', 'primary', 'view_key', NULL)")
        add(paths, name, f"CREATE VIEW marts.fct_view AS SELECT '{name}' AS view_key")
    with diff.compare(paths, "one", "two") as connection:
        assert [name for name, _ in diff.counts(connection)] == ["fct_question"]


def test_a_column_that_only_one_snapshot_has_is_no_change(paths):
    add(paths, "two", "ALTER TABLE marts.fct_question ADD COLUMN note VARCHAR DEFAULT 'new'")
    with diff.compare(paths, "one", "two") as connection:
        assert dict(diff.counts(connection))["fct_question"] == {"appeared": 1, "changed": 1, "went": 1}


def test_a_sample_names_the_row_and_what_changed(paths):
    assert samples(paths, 5) == [
        Sample(
            table="fct_question",
            row_key="new",
            change="appeared",
            label="unanswered",
            columns=[],
            before={},
            after={},
        ),
        Sample(
            table="fct_question",
            row_key="answered",
            change="changed",
            label="answered",
            columns=["status"],
            before={"status": "unanswered"},
            after={"status": "answered"},
        ),
        Sample(
            table="fct_question",
            row_key="deleted",
            change="went",
            label="unanswered",
            columns=[],
            before={},
            after={},
        ),
    ]


def test_a_sample_has_the_lowest_keys_of_each_change_and_short_values(paths):
    long = "word " * 100
    add(paths, "two", f"INSERT INTO marts.fct_question VALUES ('earlier', '{long}'), ('zzz', NULL)")
    add(paths, "two", f"UPDATE marts.fct_question SET status = '{long}' WHERE question_key = 'answered'")
    found = samples(paths, 1)
    assert [(row.change, row.row_key) for row in found] == [
        ("appeared", "earlier"),
        ("changed", "answered"),
        ("went", "deleted"),
    ]
    assert found[1].after["status"] == f"{long[: diff.VALUE_LENGTH - 1]}…"
    assert len(found[0].label) == diff.VALUE_LENGTH


def test_a_sample_is_named_by_its_citation_if_it_has_one(paths):
    for name in ("one", "two"):
        add(paths, name, "ALTER TABLE marts.fct_question ADD COLUMN cite_as VARCHAR")
        add(paths, name, "UPDATE marts.fct_question SET cite_as = 'HC ' || question_key")
    assert [row.label for row in samples(paths, 5)] == ["HC new", "HC answered", "HC deleted"]


def test_a_row_without_words_is_named_by_its_key(paths):
    for name, rows in (("one", [("q1", "crime", False)]), ("two", [("q1", "crime", True), ("q2", "crime", True)])):
        columns = "question_key VARCHAR, topic_key VARCHAR, is_first BOOLEAN"
        add_mart(paths, name, "bridge_topic", columns, rows, key="question_key, topic_key")
    assert [row.label for row in samples(paths, 5) if row.table == "bridge_topic"] == ["q2, crime", "q1, crime"]


def samples(paths, limit):
    with diff.compare(paths, "one", "two") as connection:
        return diff.samples(connection, limit)


def test_a_snapshot_that_is_not_kept_is_named(paths):
    with pytest.raises(ConfigError, match="There is no snapshot 'three'; there are one, two"):
        diff.compare(paths, "one", "three")
