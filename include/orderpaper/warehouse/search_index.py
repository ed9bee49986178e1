"""The index of `search`: how often each word stands in each statement of the build database.

The index is kept in the build database. An update reads the words of new and changed statements only, so its cost
follows what is new. Scores are computed when somebody searches, because each of them depends on all statements.
"""

import hashlib
import logging

import duckdb

from orderpaper.warehouse import search

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

_TEXT = "concat_ws(' ', heading, statement_text)"

_CHANGES = f"""
CREATE TEMP TABLE current AS
    SELECT statement_key, hash({_TEXT}) AS text_hash
    FROM statements
    WHERE statement_text IS NOT NULL;
CREATE TEMP TABLE removed AS
    SELECT statement_number FROM search.statement ANTI JOIN current USING (statement_key, text_hash);
CREATE TEMP TABLE added AS
    SELECT
        (SELECT coalesce(max(statement_number), 0) FROM search.statement) + row_number() OVER () AS statement_number,
        statement_key,
        text_hash
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

_UPDATE = """
CREATE TEMP TABLE counted_word AS
    SELECT stem, word_number, (statement_count + coalesce(change, 0))::INTEGER AS statement_count
    FROM search.word LEFT JOIN (SELECT word_number, sum(change) AS change FROM counts GROUP BY word_number)
        USING (word_number);
TRUNCATE search.word;
INSERT INTO search.word FROM counted_word ORDER BY stem;
CREATE TEMP TABLE numbered AS
    SELECT statement_number, statement_key, text_hash, word_count
    FROM search.statement ANTI JOIN removed USING (statement_number)
    UNION ALL
    SELECT statement_number, statement_key, text_hash, coalesce(word_count, 0)
    FROM added LEFT JOIN length USING (statement_number);
TRUNCATE search.statement;
INSERT INTO search.statement
    SELECT
        statement_number, statement_key, text_hash, word_count, statement_kind, house, stated_on, said_by, department
    FROM numbered JOIN statements USING (statement_key)
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
    "current removed added stemmed_word occurrence stemmed length length_of_some found counts counted_word numbered"
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
        connection.execute(_CHANGES)
        if sorted_count is not None and _unsorted_count(connection, sorted_count) > sorted_count / 10:
            sorted_count = None
            connection.execute(_FORGET + _EMPTY + _CHANGES)
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
