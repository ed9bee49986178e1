import os
import subprocess
import sys

import duckdb
import pytest

from orderpaper.warehouse import shell


@pytest.fixture
def home(tmp_path):
    database = tmp_path / "warehouse" / "orderpaper.duckdb"
    database.parent.mkdir()
    with duckdb.connect(database) as connection:
        connection.execute("CREATE SCHEMA marts; CREATE SCHEMA ops; CREATE TABLE ops.fct_run (run_id VARCHAR)")
        connection.execute("CREATE TABLE marts.fct_question AS SELECT unnest(['Why?', 'When?']) AS text")
    return tmp_path


def run(home, *arguments, typed=None):
    return subprocess.run(
        [sys.executable, "-m", "orderpaper", "sql", *arguments],
        env=os.environ | {"ORDERPAPER_HOME": str(home)},
        input=typed,
        stdin=subprocess.DEVNULL if typed is None else None,
        capture_output=True,
        text=True,
        check=False,
    )


def test_prints_the_result_of_one_query(home):
    result = run(home, "SELECT count(*) AS question_count FROM fct_question")
    assert result.returncode == 0
    assert "question_count" in result.stdout
    assert "2" in result.stdout


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("csv", "text\nWhen?\nWhy?\n"),
        ("json", '[{"text":"When?"},\n{"text":"Why?"}]\n'),
        ("markdown", "| text  |\n|-------|\n| When? |\n| Why?  |\n"),
    ],
)
def test_prints_rows_in_other_formats(home, form, shown):
    assert run(home, "SELECT text FROM fct_question ORDER BY text", "--format", form).stdout == shown


def test_lists_tables_without_colours_where_there_is_no_terminal(home):
    listed = run(home, typed=".tables\n").stdout
    assert "fct_question" in listed
    assert "\x1b" not in listed


@pytest.mark.parametrize("command", [".shell ls", ".output rows.txt", ".read query.sql", ".open other.duckdb"])
def test_commands_that_leave_the_warehouse_are_refused(home, command):
    assert "cannot be used" in run(home, typed=f"{command}\n").stderr


def test_a_wrong_query_fails(home):
    result = run(home, "SELECT nope FROM fct_question")
    assert result.returncode != 0
    assert "nope" in result.stderr


def test_reads_queries_from_standard_input(home):
    assert "Why?" in run(home, typed="SELECT min(text), max(text) FROM fct_question;\n").stdout


@pytest.mark.parametrize(
    "query",
    [
        "INSERT INTO fct_question VALUES ('Whether?')",
        "SELECT * FROM read_text('/etc/hostname')",
        "ATTACH 'other.duckdb'",
        "SET enable_external_access = true",
        "COPY fct_question TO 'questions.csv'",
    ],
)
def test_can_neither_write_nor_reach_another_file(home, query):
    result = run(home, query)
    assert result.returncode != 0
    assert result.stderr


def test_says_when_nothing_is_published(tmp_path):
    result = run(tmp_path)
    assert result.returncode == 1
    assert (
        result.stderr == f"Nothing is published yet at {tmp_path}/warehouse/orderpaper.duckdb; run `make run` first.\n"
    )


def test_greets_with_the_tables_and_a_query(home):
    greeting = shell.greeting(home / "warehouse" / "orderpaper.duckdb")
    assert "marts.fct_question          2" in greeting
    assert "ops.fct_run                 0" in greeting
    assert shell.EXAMPLE in greeting
