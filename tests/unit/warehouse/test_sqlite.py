import sqlite3
from contextlib import closing

import duckdb
import pytest

from orderpaper.errors import OrderPaperError
from orderpaper.warehouse import about, site, sqlite


@pytest.fixture
def snapshot(tmp_path):
    """A snapshot with one question, one member and the tables that describe them."""
    database = tmp_path / "simulated" / "snapshots" / "20241121T170000Z-00000000" / "orderpaper.duckdb"
    database.parent.mkdir(parents=True)
    with duckdb.connect(database) as connection:
        connection.execute(
            """
            CREATE SCHEMA marts;
            CREATE SCHEMA reference;
            CREATE TABLE reference.topic (topic_key VARCHAR);
            CREATE TABLE marts.dim_document (document_id VARCHAR PRIMARY KEY, title VARCHAR);
            CREATE TABLE marts.dim_member (member_key VARCHAR PRIMARY KEY, name VARCHAR);
            CREATE TABLE marts.fct_question (
                question_key VARCHAR PRIMARY KEY, as_of_on DATE, asking_member_key VARCHAR, document_id VARCHAR,
                text VARCHAR, is_answered BOOLEAN, cost DECIMAL(18, 4), seen_at TIMESTAMPTZ
            );
            INSERT INTO marts.dim_document VALUES ('aa', 'A list');
            INSERT INTO marts.dim_member VALUES ('m', 'Ada Quill');
            INSERT INTO marts.fct_question VALUES
                ('q', '2024-11-20', 'm', 'aa', 'What steps on policing?', true, 2.50, '2024-11-21 17:00:00+01:00');
            CREATE VIEW questions AS
                SELECT question_key, asking_member_key, document_id, text AS question_text FROM marts.fct_question;
            CREATE VIEW statements AS
                SELECT question_key AS statement_key, 'Policing' AS heading, text AS statement_text,
                    'Ada Quill' AS said_by, 'Home Office' AS department
                FROM marts.fct_question;
            CREATE VIEW members AS
                SELECT member_key, name, NULL::VARCHAR AS party, NULL::VARCHAR AS constituency, NULL::VARCHAR AS posts
                FROM marts.dim_member;
            CREATE VIEW departments AS SELECT 'd' AS department_key, 'Home Office' AS department, 'HO' AS abbreviation;
            CREATE VIEW funding AS
                SELECT 'f' AS figure_key, 'Fund' AS programme, NULL::VARCHAR AS recipient, '£5' AS sentence;
            COMMENT ON TABLE marts.fct_question IS 'One row per `question`.';
            COMMENT ON VIEW questions IS 'One row per question.'
            """
        )
        about.fill(connection, database.parent.name, "simulated")
    return database


def rows(path, query):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def test_values_are_those_of_the_snapshot(snapshot, tmp_path):
    path = sqlite.write(snapshot, tmp_path / "x.sqlite")
    assert rows(path, "SELECT as_of_on, is_answered, cost, seen_at FROM fct_question") == [
        ("2024-11-20", 1, 2.5, "2024-11-21T16:00:00Z")
    ]
    assert rows(path, "SELECT count(*) FROM reference_topic") == [(0,)]
    assert rows(path, "SELECT realm, is_invented FROM about") == [("simulated", 1)]


def test_rows_lead_to_the_rows_that_they_refer_to(snapshot, tmp_path):
    path = sqlite.write(snapshot, tmp_path / "x.sqlite")
    for table in ("fct_question", "questions"):
        links = rows(path, f'SELECT "from", "table", "to" FROM pragma_foreign_key_list(\'{table}\') ORDER BY 1')
        assert links == [
            ("asking_member_key", "dim_member", "member_key"),
            ("document_id", "dim_document", "document_id"),
        ]
    assert rows(path, "PRAGMA foreign_key_check") == []
    assert rows(path, "SELECT name FROM pragma_table_info('questions') WHERE pk") == [("question_key",)]


def test_words_are_found_by_their_stem(snapshot, tmp_path):
    path = sqlite.write(snapshot, tmp_path / "x.sqlite")
    query = "SELECT statement_key FROM statements WHERE rowid IN (SELECT rowid FROM statements_fts('policed'))"
    assert rows(path, query) == [("q",)]


def test_a_file_that_is_there_is_left_alone_and_an_unfinished_one_is_made_again(snapshot, tmp_path):
    (tmp_path / ".x.sqlite").write_text("cut off")
    path = sqlite.write(snapshot, tmp_path / "x.sqlite")
    assert not (tmp_path / ".x.sqlite").exists()
    path.write_text("mine")
    assert sqlite.write(snapshot, path).read_text() == "mine"


def test_a_snapshot_that_does_not_describe_itself_is_refused(tmp_path):
    duckdb.connect(tmp_path / "old.duckdb").close()
    with pytest.raises(OrderPaperError, match="could not be written"):
        sqlite.write(tmp_path / "old.duckdb", tmp_path / "x.sqlite")


def test_the_site_says_what_dbt_says_and_asks_what_the_cookbook_asks(snapshot):
    folder = site.prepare(snapshot)
    metadata = site.metadata(folder / "orderpaper.sqlite")
    database = metadata["databases"]["orderpaper"]
    assert "The people, questions and sums are invented." in metadata["description"]
    assert database["tables"]["fct_question"]["description"] == "One row per question."
    assert database["tables"]["questions"]["label_column"] == "heading"
    assert set(database["queries"]) > {"departments_that_answer_late", "feed_of_words"}


def test_the_site_keeps_the_file_of_one_snapshot_only(snapshot):
    older = snapshot.parents[2] / "site" / "older"
    older.mkdir(parents=True)
    assert [path.name for path in site.prepare(snapshot).parent.iterdir()] == [snapshot.parent.name]


def test_the_site_is_served_on_loopback_from_a_file_that_never_changes(snapshot, tmp_path):
    line = site.command(tmp_path, 8001)
    assert line[line.index("--host") + 1] == "127.0.0.1"
    assert line[line.index("--immutable") + 1] == str(tmp_path / "orderpaper.sqlite")


def test_a_site_without_datasette_names_the_command_that_installs_it(snapshot, tmp_path, monkeypatch):
    monkeypatch.setattr(site, "PROGRAM", tmp_path / "datasette")
    with pytest.raises(OrderPaperError, match="make site"):
        site.serve(snapshot, 8001)
