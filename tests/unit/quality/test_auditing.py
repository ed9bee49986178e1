import json
import logging
import subprocess
import sys

import duckdb
import pytest
import sqlalchemy as sa
from flips import flip_in_table
from tables import create, place

from orderpaper import quality
from orderpaper.config import Paths
from orderpaper.errors import OrderPaperError
from orderpaper.quality import auditing, dialect, results
from orderpaper.quality.checks import (
    Check,
    between,
    key,
    matches,
    no_rows,
    not_null,
    one_of,
    references,
    share_at_most,
    suite,
    unique,
    warn,
)
from orderpaper.quality.suites import SUITES
from orderpaper.warehouse.load import build_connection

QUESTIONS = "marts.fct_question"


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "orderpaper.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute("CREATE SCHEMA marts; CREATE TABLE marts.parent AS SELECT unnest(range(1000)) AS parent_key")
        connection.execute(
            "CREATE TABLE marts.child AS SELECT range AS child_key, range % 1001 AS parent_key,"
            " 'kind ' || (range % 3) AS kind, CAST(range AS DECIMAL(24, 2)) AS amount_gbp,"
            " repeat('long ', 100) AS text, CASE WHEN range < 2000 THEN 'x' END AS note FROM range(2002)"
        )
    return path


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    return create(tmp_path_factory.mktemp("empty") / "orderpaper.duckdb", {})


@pytest.fixture
def paths(tmp_path, empty):
    """A realm with a build database that has every table and no row."""
    return place(empty, tmp_path / "home")


@pytest.fixture
def engine(database):
    dialect.register()
    engine = sa.create_engine(f"{dialect.SCHEME}:///{database}", connect_args={"read_only": True})
    yield engine
    engine.dispose()


def outcome(database, check):
    (result,) = auditing.validate(database, suite("marts.child", check))
    return result


def test_a_view_is_checked_like_a_table(database):
    with duckdb.connect(database) as connection:
        connection.execute("CREATE VIEW marts.seen AS FROM marts.child")
    found = auditing.validate(database, suite("marts.seen", not_null("note"), unique("child_key")))
    assert [(result.error, result.unexpected_count) for result in found] == [(None, 2), (None, 0)]


def test_dialect_rows_can_be_fetched_after_the_connection_is_given_back(engine):
    with engine.connect() as connection:
        result = connection.exec_driver_sql("SELECT count(*) FROM marts.child")
    assert result.fetchall() == [(2002,)]


def test_dialect_can_not_write(engine):
    with engine.connect() as connection, pytest.raises(sa.exc.DBAPIError, match="read-only"):
        connection.exec_driver_sql("DELETE FROM marts.child")


def test_dialect_reflects_columns(engine):
    columns = sa.inspect(engine).get_columns("child", schema="marts")
    assert [column["name"] for column in columns] == [
        "child_key",
        "parent_key",
        "kind",
        "amount_gbp",
        "text",
        "note",
    ]
    assert isinstance(columns[0]["type"], sa.BigInteger)


@pytest.mark.parametrize(
    ("check", "unexpected_count"),
    [
        (not_null("note"), 2),
        (unique("parent_key"), 2002),
        (unique("parent_key", "kind"), 0),
        (one_of("kind", ["kind 0", "kind 1"]), 667),
        (between("amount_gbp", 10, 2000), 11),
        (between("amount_gbp", 10), 10),
        (matches("kind", "kind [0-9]{1,2}", "kind is numbered."), 0),
        (matches("kind", "[0-9]", "kind is a digit."), 2002),
        (references("parent_key", "marts.parent"), 2),
        (no_rows("braces", "No braces.", "SELECT '{' || kind || '}' AS kind FROM $table LIMIT 7"), 7),
        (share_at_most("share", "At most a tenth.", 0.1, "note IS NULL"), 0),
        (share_at_most("share", "At most a tenth.", 0.1, "child_key < 50", "child_key < 100"), 1),
    ],
    ids=lambda value: value.name if isinstance(value, Check) else None,
)
def test_each_kind_of_check_counts_the_rows_that_break_it(database, check, unexpected_count):
    result = outcome(database, check)
    assert result.error is None
    assert result.unexpected_count == unexpected_count
    assert result.is_success is (unexpected_count == 0)
    assert bool(json.loads(result.sample)) is (unexpected_count > 0)


def test_checks_of_a_copy_read_only_its_rows(database):
    with duckdb.connect(database) as connection:
        connection.execute("CREATE SCHEMA written; CREATE TABLE written.child AS FROM marts.child WHERE note IS NULL")
    checks = suite("marts.child", not_null("text"), not_null("note"), warn(one_of("kind", ["x"])), unique("child_key"))

    copied = {"marts.child": {"text_not_null", "note_not_null", "child_key_unique"}}
    results = auditing.validate(database, checks, of_copies=copied)

    assert [result.table for result in results] == ["marts.child"] * 4
    observed = ["0 of 2 rows", "2 of 2 rows", "2002 of 2002 rows", "0 of 2 rows"]
    assert [result.observed for result in results] == observed
    assert [result.check for result in results] == [check.name for check in checks["marts.child"]]


def test_nothing_is_read_into_pandas(database, monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("the check was not pushed down")

    monkeypatch.setattr("pandas.read_sql", refuse)
    monkeypatch.setattr("duckdb.DuckDBPyConnection.df", refuse, raising=False)
    assert all(result.is_success for result in auditing.validate(database, suite("marts.child", *key("child_key"))))


def test_a_sample_is_short_and_json(database):
    result = outcome(database, not_null("note"))
    rows = json.loads(result.sample)
    assert [row["child_key"] for row in rows] == [2000, 2001]
    assert len(rows[0]["text"]) == results.SAMPLE_CHARACTERS
    assert "note" not in rows[0]
    assert result.finding == (
        "marts.child: Every row has note. Broken by 2 row(s), for example "
        "child_key='2000', parent_key='999', kind='kind 2', amount_gbp='2000.00'"
    )


@pytest.mark.parametrize(
    "check",
    [not_null("no_such_column"), no_rows("wrong", "Right.", "SELECT no_such_column FROM $table")],
    ids=["column", "sql"],
)
def test_a_check_that_cannot_be_evaluated_fails_and_says_so(database, check):
    result = outcome(database, check)
    assert not result.is_success
    assert "no_such_column" in result.error
    assert f"{check.description} Could not be evaluated: " in result.finding


def test_a_missing_table_fails_its_checks(database):
    (result,) = auditing.validate(database, suite("marts.missing", not_null("note")))
    assert not result.is_success
    assert result.error == "The table does not exist."


def test_the_file_is_free_afterwards(database):
    outcome(database, not_null("no_such_column"))
    with duckdb.connect(database) as connection:
        connection.execute("DROP TABLE marts.child")


def test_an_audit_leaves_a_report_rows_and_pages(paths, caplog, monkeypatch):
    (whole,) = (check for check in SUITES[QUESTIONS] if check.name == "text_is_whole")
    comparisons = {auditing.COMPARISONS: SUITES[auditing.COMPARISONS]}
    monkeypatch.setattr(auditing, "SUITES", {QUESTIONS: (*key("question_key"), whole)} | comparisons)
    caplog.set_level(logging.INFO)
    with duckdb.connect(paths.build_database) as connection:
        connection.execute(
            f"INSERT INTO {QUESTIONS} (question_key, question_id, is_truncated) VALUES ('1', 1, true), ('2', 2, false)"
        )

    report = quality.audit(paths, "run-1")

    assert [result.check for result in report.warnings] == ["text_is_whole"]
    assert "Warning: marts.fct_question: No question is left with the text that the list cut short." in caplog.text
    assert {record.name for record in caplog.records} == {"orderpaper.quality.auditing"}  # and no line of a library
    assert (paths.runs / "run-1" / "data_docs" / "index.html").exists()
    with duckdb.connect(paths.build_database, read_only=True) as connection:
        counts = connection.execute(
            "SELECT count(*), count(*) FILTER (NOT is_success) FROM ops.fct_quality_result WHERE run_id = 'run-1'"
        ).fetchone()
        status = connection.execute("SELECT status FROM ops.fct_run").fetchall()
    assert counts == (len(report.results), 1)
    assert status == [("audited",)]


def test_there_must_be_something_to_audit(tmp_path):
    with pytest.raises(OrderPaperError, match="There is nothing to audit"):
        quality.audit(Paths(home=tmp_path, realm="simulated"), "run-1")


def test_another_writer_is_named(paths):
    command = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print(flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", command, str(paths.build_database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        writer.stdout.readline()
        with pytest.raises(OrderPaperError, match=r"cannot be opened for writing: .*lock"):
            quality.audit(paths, "run-1")
        writer.stdin.close()


def test_a_damaged_database_is_an_error_of_the_check_that_reads_it(database):
    flip_in_table(database, "marts.child")
    results = auditing.validate(database, {"marts.child": (not_null("child_key"), not_null("text"))})
    found = {result.column: result.error for result in results}
    assert f"in {database.parent} is damaged: delete that folder, and the next run" in str(found["text"])


def test_an_audit_that_is_asked_for_leaves_what_changed_to_the_next_build(paths, monkeypatch):
    monkeypatch.setattr(auditing, "SUITES", {})

    def changed(connection):
        return connection.execute("SELECT question_key FROM changes.fct_question").fetchall()

    with build_connection(paths.build_database) as connection:
        connection.execute("CREATE SCHEMA changes; CREATE TABLE changes.fct_question AS SELECT 'a' AS question_key")
    quality.audit(paths, "on request", is_whole=True)
    with build_connection(paths.build_database) as connection:
        assert changed(connection) == [("a",)]
    quality.audit(paths, "of a run")
    with build_connection(paths.build_database) as connection:
        assert changed(connection) == []


def test_an_empty_warehouse_passes(paths):
    results = auditing.validate(paths.build_database, SUITES)
    assert [result.finding for result in results if not result.is_success] == []


def test_a_warning_is_the_same_check():
    check = not_null("note")
    (warned,) = warn(check)
    assert warned.severity == "warn"
    assert warned.arguments == check.arguments
