import re

import duckdb
import pytest

from orderpaper.config import PROJECT
from orderpaper.errors import OrderPaperError
from orderpaper.warehouse import search, search_index

# Key, kind, day, who says it, department, heading and text.
STATEMENTS = [
    ("s1", "question", "2024-11-11", "Ann Field", "Home Office", "Policing", "What steps to police <b>knives</b>."),
    (
        "s2",
        "answer",
        "2024-11-12",
        "Rob Mill",
        "Home Office",
        "Policing",
        "Police and councils act against knife crime.",
    ),
    ("s3", "answer", "2024-11-13", "Rob Mill", "Treasury", "Councils", "Budgets of councils are set by the councils."),
    ("s4", "post_section", None, "Treasury", "Treasury", None, "Élan is the café's word for it."),
    ("s5", "contribution", "2024-11-13", "Ann Field", None, "Councils", None),
]


@pytest.fixture
def connection():
    connection = duckdb.connect()
    connection.execute(
        "CREATE SCHEMA marts; CREATE TABLE marts.dim_topic AS SELECT 't1' AS topic_key, 'Crime' AS topic_title;"
        "CREATE TABLE marts.bridge_statement_topic AS SELECT 's2' AS statement_key, 't1' AS topic_key"
    )
    connection.execute(
        "CREATE TABLE said (statement_key VARCHAR, statement_kind VARCHAR, stated_on DATE, said_by VARCHAR,"
        " department VARCHAR, heading VARCHAR, statement_text VARCHAR, house VARCHAR DEFAULT 'Commons',"
        " public_url VARCHAR, cite_as VARCHAR, document_id VARCHAR)"
    )
    connection.executemany(
        "INSERT INTO said (statement_key, statement_kind, stated_on, said_by, department, heading,"
        " statement_text) VALUES (?, ?, ?, ?, ?, ?, ?)",
        STATEMENTS,
    )
    connection.execute("CREATE VIEW statements AS FROM said")
    search_index.update(connection)
    search.create_macro(connection)
    yield connection
    connection.close()


def keys(connection, phrase, **options):
    return [row["statement_key"] for row in search.find(connection, phrase, **options)]


def test_words_are_compared_by_their_stems_without_accents_and_case(connection):
    assert keys(connection, "KNIVES") == ["s1"]
    assert keys(connection, "council") == ["s3", "s2"]
    assert keys(connection, "cafe élan") == ["s4"]


def test_a_statement_with_more_of_the_words_comes_first(connection):
    assert keys(connection, "police councils") == ["s2", "s3", "s1"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"kind": "question"}, ["s1"]),
        ({"house": "Lords"}, []),
        ({"since": "2024-11-12"}, ["s2"]),
        ({"until": "2024-11-11"}, ["s1"]),
        ({"said_by": "mill"}, ["s2"]),
        ({"department": "home"}, ["s1", "s2"]),
        ({"topic": "crime"}, ["s2"]),
        ({"row_count": 1}, ["s1"]),
    ],
)
def test_results_are_filtered(connection, options, expected):
    assert keys(connection, "police", **options) == expected


@pytest.mark.parametrize("phrase", ["", "...", "zebra", "(?", "'; DROP TABLE statements; --"])
def test_a_phrase_without_a_known_word_finds_nothing(connection, phrase):
    assert keys(connection, phrase) == []


def test_a_result_says_who_said_it_and_for_which_department(connection):
    (row,) = search.find(connection, "police", said_by="mill")
    assert (row["said_by"], row["department"], row["statement_kind"]) == ("Rob Mill", "Home Office", "answer")


def test_the_snippet_is_the_words_around_the_first_hit(connection):
    (row,) = search.find(connection, "knife")
    assert row["snippet"] == "Police and councils act against knife crime."


def test_a_long_text_is_cut_on_both_sides_of_the_hit(connection):
    words = [f"before{number}" for number in range(50)] + ["zebras"] + [f"after{number}" for number in range(50)]
    connection.execute("UPDATE said SET statement_text = ? WHERE statement_key = 's1'", [" ".join(words)])
    search_index.update(connection)
    (row,) = search.find(connection, "zebra")
    assert row["snippet"].split() == words[38:71]


def test_the_index_has_the_words_of_statements_with_text_only(connection):
    assert connection.execute("SELECT count(*) FROM search.statement").fetchone() == (4,)


def index(connection):
    """Return what the index says, without its numbers."""
    postings = connection.execute(
        "SELECT statement_key, stem, occurrence_count, posting.word_count, statement_count FROM search.posting"
        " JOIN search.word USING (word_number) JOIN search.statement USING (statement_number) ORDER BY ALL"
    ).fetchall()
    corpus = connection.execute("SELECT statement_count, mean_word_count FROM search.corpus").fetchall()
    return postings, corpus


CHANGES = {
    "a new statement": "INSERT INTO said (statement_key, statement_text) VALUES ('s6', 'Knives and zebras')",
    "a changed text": "UPDATE said SET statement_text = 'Zebras, zebras' WHERE statement_key = 's3'",
    "a changed heading": "UPDATE said SET heading = 'Zebras' WHERE statement_key = 's1'",
    "a statement that is gone": "DELETE FROM said WHERE statement_key = 's2'",
    "a text that is gone": "UPDATE said SET statement_text = NULL WHERE statement_key = 's2'",
    "a statement without a word": "UPDATE said SET statement_text = '…', heading = NULL WHERE statement_key = 's4'",
    "another department": "UPDATE said SET department = 'Cabinet Office' WHERE statement_key = 's1'",
    "nothing": "SELECT 1",
}


@pytest.mark.parametrize("is_large", [False, True], ids=["small", "large"])
@pytest.mark.parametrize("change", CHANGES)
def test_an_updated_index_says_what_one_made_anew_says(connection, change, is_large):
    if is_large:  # so that the change is not a large part, for which the index is made anew
        connection.execute(
            "INSERT INTO said (statement_key, statement_text) SELECT 'n' || n, 'Number ' || n FROM range(200) AS _ (n)"
        )
        search_index.update(connection)
    connection.execute(CHANGES[change])
    search_index.update(connection)
    updated = index(connection), keys(connection, "zebra police knives", department="cabinet")
    connection.execute("DROP SCHEMA search CASCADE")
    search_index.update(connection)
    assert updated == (index(connection), keys(connection, "zebra police knives", department="cabinet"))


def test_an_index_that_is_made_in_parts_is_the_same(connection, monkeypatch):
    at_once = index(connection), connection.execute("FROM search.statement ORDER BY statement_key").fetchall()
    monkeypatch.setattr(search_index, "_WORDS_AT_ONCE", 2)
    connection.execute("DROP SCHEMA search CASCADE")
    search_index.update(connection)
    in_parts = index(connection), connection.execute("FROM search.statement ORDER BY statement_key").fetchall()
    assert in_parts[0] == at_once[0]
    assert [row[1:] for row in in_parts[1]] == [row[1:] for row in at_once[1]]


@pytest.mark.parametrize("text", ["n", "…"], ids=["words", "no words"])
def test_only_new_texts_are_read(connection, caplog, text):
    connection.execute(
        "INSERT INTO said (statement_key, statement_text) SELECT 'n' || n, ? FROM range(200) AS _ (n)", [text]
    )
    search_index.update(connection)
    connection.execute(CHANGES["a new statement"] + ";" + CHANGES["a changed text"])
    caplog.clear()
    with caplog.at_level("INFO"):
        search_index.update(connection)
    assert caplog.messages == ["Indexing 2 statements for search."]


TRACKED = ("question", "answer", "contribution", "written_statement", "post_section", "quote", "debate")


@pytest.fixture
def tracked(connection):
    """A connection whose builds list what they change, beside many statements that have not changed."""
    connection.execute(
        "INSERT INTO said (statement_key, statement_text) SELECT 'n' || n, 'Number ' || n FROM range(200) AS _ (n)"
    )
    search_index.update(connection)
    connection.execute("CREATE SCHEMA changes; CREATE TABLE changes.audited AS SELECT 'these' AS checks")
    models = [*(f"fct_{name}" for name in TRACKED), "dim_member", "dim_department"]
    connection.execute("CREATE TABLE changes.built AS SELECT unnest(?) AS model_name, false AS is_whole", [models])
    return connection


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        ("SELECT 1", []),
        ("CREATE TABLE changes.fct_quote AS SELECT 's3' AS quote_key, 's9' AS section_key", ["s3"]),
        (
            "CREATE TABLE changes.fct_debate AS SELECT 'd' AS debate_key;"
            "CREATE TABLE marts.fct_contribution AS SELECT 's3' AS contribution_key, 'd' AS debate_key",
            ["s3"],
        ),
        ("CREATE TABLE changes.dim_member AS SELECT 'm' AS member_key", ["s3", "s1"]),
        ("UPDATE changes.built SET is_whole = true WHERE model_name = 'fct_debate'", ["s3", "s1"]),
        ("DELETE FROM changes.built WHERE model_name = 'fct_answer'", ["s3", "s1"]),
        ("DELETE FROM changes.audited", ["s3", "s1"]),
    ],
    ids=["nothing", "a statement", "its debate", "a member", "built from nothing", "not tracked", "no audit"],
)
def test_statements_are_compared_that_a_build_may_have_changed(tracked, listed, found):
    tracked.execute("UPDATE said SET statement_text = 'Zebras, zebras' WHERE statement_key = 's3'")
    tracked.execute("UPDATE said SET statement_text = 'One zebra among words' WHERE statement_key = 's1'")
    tracked.execute(listed)
    search_index.update(tracked)
    assert keys(tracked, "zebra") == found


def test_every_mart_of_the_view_is_followed():
    sql = (PROJECT / "dbt" / "models" / "views" / "statements.sql").read_text()
    followed = {*search_index._STATEMENTS, *search_index._NAMED, *(each[1] for each in search_index._HEADED.values())}
    assert set(re.findall(r"ref\('(\w+)'\)", sql)) == followed


def test_an_index_of_nothing_takes_in_what_comes(connection):
    connection.execute("DELETE FROM said; DROP SCHEMA search CASCADE")
    search_index.update(connection)
    connection.execute(
        "INSERT INTO said (statement_key, statement_text) SELECT 'n' || n, 'Zebra w' || n FROM range(130_000) AS _ (n)"
    )
    search_index.update(connection)
    counts = "SELECT (SELECT count(*) FROM search.word), (SELECT count(*) FROM search.statement), statement_count"
    assert connection.execute(f"{counts} FROM search.corpus").fetchall() == [(130_001, 130_000, 130_000)]


def test_an_index_of_another_version_is_made_anew(connection):
    connection.execute("UPDATE search.corpus SET index_version = 'old'; DELETE FROM search.posting")
    search_index.update(connection)
    assert keys(connection, "knives") == ["s1"]


def test_a_snapshot_without_an_index_says_what_to_do():
    with duckdb.connect() as connection, pytest.raises(OrderPaperError, match="make run"):
        search.find(connection, "police")
