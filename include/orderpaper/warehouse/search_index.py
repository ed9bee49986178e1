"""The index of `search`: how often each word stands in each statement of the build database.

The index is kept in the build database. An update compares the statements that builds have changed since the last audit
that passed with those in the index, and reads the words of the new and changed ones. Scores are computed when somebody
searches, because each of them depends on all statements.
"""

import hashlib
import logging

import duckdb

from orderpaper.warehouse import changes, search

_log = logging.getLogger(__name__)

_EMPTY = """
DROP SCHEMA IF EXISTS search CASCADE;
CREATE SCHEMA search;
CREATE TABLE search.statement (
    statement_number INTEGER, statement_key VARCHAR, text_hash UBIGINT, word_count INTEGER, statement_kind VARCHAR,
    house VARCHAR, stated_on DATE, said_by VARCHAR, department VARCHAR
);
CREATE TABLE search.word (stem VARCHAR, word_number INTEGER, statement_count INTEGER);
CREATE TABLE search.posting (
    word_number INTEGER, statement_number INTEGER, occurrence_count INTEGER, word_count INTEGER
);
CREATE TABLE search.corpus (
    statement_count INTEGER, mean_word_count DOUBLE, sorted_statement_count INTEGER, index_version VARCHAR
);
"""

_STATEMENTS = {
    "fct_question": "question_key",
    "fct_answer": "answer_key",
    "fct_contribution": "contribution_key",
    "fct_written_statement": "written_statement_key",
    "fct_post_section": "section_key",
    "fct_quote": "quote_key",
}
"""The marts whose rows are statements, with their keys."""
_HEADED = {
    "fct_answer": ("first_question_key", "fct_question", "question_key"),
    "fct_contribution": ("debate_key", "fct_debate", "debate_key"),
    "fct_quote": ("section_key", "fct_post_section", "section_key"),
}
"""The marts whose statements take their heading from a row of another mart: by which column, and of which column."""
_NAMED = ("dim_member", "dim_department")
"""The marts from which statements take the names of who said them."""

_TEXT = "concat_ws(' ', heading, statement_text)"

_FACTS = "statement_kind, house, stated_on, said_by, department"


def _row(table: str) -> str:
    return "(" + ", ".join(f"{table}.{fact}" for fact in _FACTS.split(", ")) + ")"


_CHANGES = f"""
CREATE TEMP TABLE current AS
    SELECT statement_key, hash({_TEXT}) AS text_hash, {_FACTS}
    FROM statements
    WHERE statement_text IS NOT NULL AND {{candidates}};
CREATE TEMP TABLE removed AS
    SELECT statement_number
    FROM (FROM search.statement WHERE {{candidates}}) ANTI JOIN current USING (statement_key, text_hash);
CREATE TEMP TABLE added AS
    SELECT
        (SELECT coalesce(max(statement_number), 0) FROM search.statement) + row_number() OVER () AS statement_number,
        statement_key,
        text_hash,
        {_FACTS}
    FROM current ANTI JOIN search.statement USING (statement_key, text_hash);
CREATE TEMP TABLE stemmed_word (word VARCHAR, word_number INTEGER);
CREATE TEMP TABLE length (statement_number INTEGER, word_count INTEGER);
CREATE TEMP TABLE counts AS
    SELECT word_number, -count(*) AS change
    FROM search.posting SEMI JOIN removed USING (statement_number)
    GROUP BY word_number;
DELETE FROM search.posting WHERE statement_number IN (FROM removed);
"""

_WORDS_AT_ONCE = 400_000
"""The words of so many statements fit into the memory of a build."""
_WORDS_OF_SOME = f"""
CREATE OR REPLACE TEMP TABLE occurrence AS
    SELECT statement_number, word, count(*) AS occurrence_count
    FROM (
        SELECT statement_number, unnest({search.WORDS.format(_TEXT)}) AS word
        FROM statements JOIN added USING (statement_key)
        WHERE statement_number BETWEEN $first AND $last
    )
    GROUP BY ALL
"""

_ADD_WORDS = """
CREATE OR REPLACE TEMP TABLE stemmed AS
    SELECT word, stem(word, 'english') AS stem
    FROM (SELECT DISTINCT word FROM occurrence) ANTI JOIN stemmed_word USING (word);
INSERT INTO search.word
    SELECT stem, (SELECT coalesce(max(word_number), 0) FROM search.word) + row_number() OVER (ORDER BY stem), 0
    FROM (SELECT DISTINCT stem FROM stemmed) ANTI JOIN search.word USING (stem);
INSERT INTO stemmed_word SELECT word, word_number FROM stemmed JOIN search.word USING (stem);
CREATE OR REPLACE TEMP TABLE length_of_some AS
    SELECT statement_number, sum(occurrence_count) AS word_count FROM occurrence GROUP BY statement_number;
INSERT INTO length FROM length_of_some;
CREATE OR REPLACE TEMP TABLE found AS
    SELECT word_number, statement_number, sum(occurrence_count) AS occurrence_count
    FROM occurrence JOIN stemmed_word USING (word)
    GROUP BY word_number, statement_number;
INSERT INTO counts SELECT word_number, count(*) FROM found GROUP BY word_number;
INSERT INTO search.posting
    SELECT word_number, statement_number, occurrence_count, word_count
    FROM found JOIN length_of_some USING (statement_number)
    ORDER BY word_number, statement_number;
"""

_UPDATE = f"""
CREATE TEMP TABLE counted_word AS
    SELECT stem, word_number, (statement_count + coalesce(change, 0))::INTEGER AS statement_count
    FROM search.word LEFT JOIN (SELECT word_number, sum(change) AS change FROM counts GROUP BY word_number)
        USING (word_number);
TRUNCATE search.word;
INSERT INTO search.word FROM counted_word ORDER BY stem;
DELETE FROM search.statement WHERE statement_number IN (FROM removed);
UPDATE search.statement
    SET {", ".join(f"{fact} = current.{fact}" for fact in _FACTS.split(", "))}
    FROM current
    WHERE statement.statement_key = current.statement_key
        AND {_row("statement")} IS DISTINCT FROM {_row("current")};
INSERT INTO search.statement
    SELECT statement_number, statement_key, text_hash, coalesce(word_count, 0), {_FACTS}
    FROM added LEFT JOIN length USING (statement_number)
    ORDER BY statement_number;
"""

_CORPUS = """
CREATE OR REPLACE TABLE search.corpus AS
    SELECT
        count(*) AS statement_count,
        avg(word_count) AS mean_word_count,
        coalesce($sorted, (SELECT max(statement_number) FROM search.statement), 0) AS sorted_statement_count,
        $version AS index_version
    FROM search.statement
    WHERE word_count > 0
"""

_TEMPORARY = (
    "candidate current removed added stemmed_word occurrence stemmed length length_of_some found counts counted_word"
)
_FORGET = "".join(f"DROP TABLE IF EXISTS {table};" for table in _TEMPORARY.split())


def update(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring schema `search` of the connection's current database up to date with its view `statements`.

    The rows are sorted by word, in runs of many thousand statements. The index is made from nothing if its tables
    had another form, or if the statements added since are more than a tenth, because their runs are short. A database
    without the view, as Spark builds it, gets no index.
    """
    if not _count(connection, "duckdb_views() WHERE database_name = current_database() AND view_name = 'statements'"):
        return
    search.load_extension(connection)
    version = hashlib.sha256(
        f"{duckdb.__version__}{_EMPTY}{_CHANGES}{_WORDS_OF_SOME}{_ADD_WORDS}{_UPDATE}".encode()
    ).hexdigest()[:16]
    connection.begin()
    try:
        sorted_count = _sorted_count(connection, version)
        if sorted_count is None:
            connection.execute(_EMPTY)
        changed = _changed_statements(connection) if sorted_count is not None else None
        connection.execute(_CHANGES.format(candidates=changed or "true"))
        if sorted_count is not None and _unsorted_count(connection, sorted_count) > sorted_count / 10:
            sorted_count = None
            connection.execute(_FORGET + _EMPTY + _CHANGES.format(candidates="true"))
        added = _count(connection, "added")
        _log.info("Indexing %s statements for search.", f"{added:,}")
        last = _last_number(connection)
        for first in range(last + 1, last + added + 1, _WORDS_AT_ONCE):
            connection.execute(_WORDS_OF_SOME, {"first": first, "last": first + _WORDS_AT_ONCE - 1})
            connection.execute(_ADD_WORDS)
        connection.execute(_UPDATE)
        connection.execute(_CORPUS, {"sorted": sorted_count, "version": version})
        connection.execute(_FORGET)
        connection.commit()
    except Exception:
        connection.rollback()
        raise


def _changed_statements(connection: duckdb.DuckDBPyConnection) -> str | None:
    """Return the condition of the statements that builds may have changed since an audit passed; None if any may be."""
    listed = changes.tracked(connection)
    parents = {*_STATEMENTS, *(headed[1] for headed in _HEADED.values()), *_NAMED}
    if not parents <= listed.keys() or any(_has_rows(connection, listed, mart) for mart in _NAMED):
        return None
    ways = [f"SELECT {key} FROM changes.{mart}" for mart, key in _STATEMENTS.items() if listed[mart]]
    ways += [
        f"SELECT {_STATEMENTS[mart]} FROM marts.{mart} WHERE {column} IN (SELECT {key} FROM changes.{parent})"
        for mart, (column, parent, key) in _HEADED.items()
        if listed[parent]
    ]
    connection.execute("CREATE TEMP TABLE candidate (statement_key VARCHAR)")
    if ways:
        connection.execute(f"INSERT INTO candidate {' UNION '.join(ways)}")
    return "statement_key IN (FROM candidate)"


def _has_rows(connection: duckdb.DuckDBPyConnection, listed: dict[str, list[str]], mart: str) -> bool:
    return bool(listed[mart] and _count(connection, f"changes.{mart}"))


def _sorted_count(connection: duckdb.DuckDBPyConnection, version: str) -> int | None:
    """Return the number of statements whose words are sorted, or None if there is no index of this version."""
    tables = "duckdb_tables() WHERE database_name = current_database() AND schema_name = 'search'"
    if not _count(connection, f"{tables} AND table_name = 'corpus'"):
        return None
    rows = connection.execute(
        "SELECT sorted_statement_count FROM search.corpus WHERE index_version = ?", [version]
    ).fetchall()
    return int(rows[0][0]) if rows else None


def _unsorted_count(connection: duckdb.DuckDBPyConnection, sorted_count: int) -> int:
    """Return how many statements were added since the words were sorted, with those that are to be added now."""
    return _last_number(connection) - sorted_count + _count(connection, "added")


def _last_number(connection: duckdb.DuckDBPyConnection) -> int:
    (last,) = connection.execute("SELECT coalesce(max(statement_number), 0) FROM search.statement").fetchone() or (0,)
    return int(last)


def _count(connection: duckdb.DuckDBPyConnection, rows: str) -> int:
    (count,) = connection.execute(f"SELECT count(*) FROM {rows}").fetchone() or (0,)
    return int(count)
