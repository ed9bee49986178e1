import duckdb
import pytest

from orderpaper.warehouse import about


@pytest.fixture
def connection():
    with duckdb.connect() as connection:
        connection.execute(
            """
            CREATE SCHEMA marts;
            CREATE SCHEMA search;
            CREATE TABLE search.word (stem VARCHAR);
            CREATE SCHEMA ops;
            CREATE TABLE ops.run (run_id VARCHAR PRIMARY KEY);
            CREATE TABLE marts.dim_document (document_id VARCHAR NOT NULL);
            CREATE TABLE marts.fct_question (
                question_key VARCHAR NOT NULL, as_of_on DATE, status VARCHAR NOT NULL,
                asking_member_key VARCHAR, document_id VARCHAR
            );
            CREATE VIEW questions AS SELECT question_key FROM marts.fct_question;
            INSERT INTO marts.dim_document VALUES ('aa');
            INSERT INTO marts.fct_question VALUES ('q', '2024-11-20', 'answered', NULL, 'aa');
            COMMENT ON TABLE marts.fct_question IS E'One row per question.\\n\\nText. Usage warning: a\\ntrap.';
            COMMENT ON COLUMN marts.fct_question.status IS 'How it stands.'
            """
        )
        about.fill(connection, "20241121T170000Z-00000000", "simulated")
        yield connection


def test_one_row_says_which_snapshot_this_is(connection):
    row = connection.execute("SELECT snapshot_id, as_of_on::VARCHAR, realm, is_invented, document_count FROM about")
    assert row.fetchall() == [("20241121T170000Z-00000000", "2024-11-20", "simulated", True, 1)]


def test_tables_have_their_grain_warning_and_rows(connection):
    rows = connection.execute(
        "SELECT schema_name, table_name, is_view, grain, usage_warning, row_count FROM about_tables"
        " WHERE schema_name IN ('main', 'marts') AND table_name NOT LIKE 'about%' ORDER BY ALL"
    ).fetchall()
    assert rows == [
        ("main", "questions", True, None, None, None),
        ("marts", "dim_document", False, None, None, 1),
        ("marts", "fct_question", False, "One row per question.", "a trap.", 1),
    ]


def test_the_tables_describe_themselves(connection):
    rows = connection.execute(
        "SELECT table_name, grain, row_count > 0 FROM about_tables WHERE table_name LIKE 'about%'"
    ).fetchall()
    assert sorted(name for name, *_ in rows) == sorted(about._TABLES)
    assert all(grain.startswith("One row") for _, grain, _ in rows)


def test_columns_have_type_and_description(connection):
    row = connection.execute("FROM about_columns WHERE table_name = 'fct_question' AND column_name = 'status'")
    assert row.fetchall() == [("marts", "fct_question", "status", 3, "VARCHAR", True, "How it stands.")]


def test_keys_that_are_not_constraints_are_listed_too(connection):
    rows = connection.execute(
        "SELECT table_name, key_kind, column_names, target_table, is_declared FROM about_keys"
        " WHERE schema_name != 'main' ORDER BY ALL"
    ).fetchall()
    assert rows == [
        ("dim_document", "primary", "document_id", None, False),
        ("fct_question", "foreign", "asking_member_key", "dim_member", False),
        ("fct_question", "foreign", "document_id", "dim_document", False),
        ("fct_question", "primary", "question_key", None, False),
        ("run", "primary", "run_id", None, True),
    ]


def test_closed_lists_of_values_are_rows(connection):
    rows = connection.execute("SELECT value FROM about_values WHERE column_name = 'status' ORDER BY 1").fetchall()
    assert rows == [("answered",), ("deleted",), ("lapsed",), ("unanswered",), ("withdrawn",)]
