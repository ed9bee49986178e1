"""What builds changed since the last audit that passed."""

import duckdb
import pytest

from orderpaper.warehouse import changes


@pytest.fixture
def connection():
    with duckdb.connect() as connection:
        connection.execute(
            """
            CREATE SCHEMA marts;
            CREATE TABLE marts.fct_question (question_key VARCHAR PRIMARY KEY, text VARCHAR);
            INSERT INTO marts.fct_question VALUES ('a', 'Why?'), ('b', 'When?'), ('c', 'Where?');
            CREATE TABLE marts.dim_date (date_on DATE PRIMARY KEY);
            CREATE SCHEMA changes;
            CREATE TABLE changes.built (model_name VARCHAR, step BIGINT, invocation_id VARCHAR, is_whole BOOLEAN);
            CREATE TABLE changes.input (model_name VARCHAR, parent_name VARCHAR, invocation_id VARCHAR);
            CREATE TABLE changes.anew (model_name VARCHAR, parent_name VARCHAR);
            INSERT INTO changes.built VALUES ('fct_question', 1, 'one', true), ('dim_date', 2, 'one', true)
            """
        )
        yield connection


def change(connection, *keys):
    connection.execute("CREATE TABLE IF NOT EXISTS changes.fct_question (question_key VARCHAR, step BIGINT)")
    connection.executemany("INSERT INTO changes.fct_question VALUES (?, 3)", [[key] for key in keys])
    connection.execute("INSERT INTO changes.built VALUES ('fct_question', 4, 'two', false)")


def test_what_was_built_from_nothing_is_not_tracked(connection):
    assert changes.tracked(connection, "these") == {}
    changes.forget(connection, "these")
    connection.execute("INSERT INTO changes.built VALUES ('dim_date', 3, 'two', true)")
    assert changes.tracked(connection, "these") == {"fct_question": []}


def test_what_was_changed_since_the_last_audit_is_tracked(connection):
    changes.forget(connection, "these")
    assert changes.tracked(connection, "these") == {"dim_date": [], "fct_question": []}
    change(connection, "a")
    assert changes.tracked(connection, "these") == {"dim_date": [], "fct_question": ["question_key", "step"]}
    changes.forget(connection, "these")
    assert connection.execute("FROM changes.fct_question").fetchall() == []


def test_nothing_is_tracked_where_the_checks_are_others(connection):
    changes.forget(connection, "these")
    change(connection, "a")
    assert changes.tracked(connection, "others") == {}


def test_a_model_keeps_its_last_build_and_what_it_saw_then(connection):
    connection.execute("INSERT INTO changes.input VALUES ('fct_question', 'topic', 'one')")
    change(connection, "a")
    connection.execute("INSERT INTO changes.input VALUES ('fct_question', 'topic', 'two')")
    changes.forget(connection, "these")
    assert connection.execute("SELECT * FROM changes.built ORDER BY step").fetchall() == [
        ("dim_date", 2, "one", False),
        ("fct_question", 4, "two", False),
    ]
    assert connection.execute("SELECT invocation_id FROM changes.input").fetchall() == [("two",)]


def test_says_what_was_computed_anew(connection):
    connection.execute("INSERT INTO changes.anew VALUES ('int_person_matches', 'int_member_periods')")
    assert changes.computed_anew(connection) == [("int_person_matches", "int_member_periods")]


def test_a_database_of_an_older_version_has_no_changes():
    with duckdb.connect() as connection:
        assert changes.computed_anew(connection) == []
        assert changes.tracked(connection, "these") == {}
        changes.forget(connection, "these")
        assert changes.tracked(connection, "these") == {}
