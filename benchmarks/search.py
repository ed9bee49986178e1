"""Measure `search` on synthetic statements, up to a million.

usage: make bench-search [ROWS="100000 1000000"]

The frequency of words follows Zipf's law, as in any language: the first stands in almost every statement, most stand in
very few. Statements have as many words as the questions, answers and speeches of a real month have. The index is built
as a publication builds it, within the memory of a build. Each kind of phrase is searched for with several words, each
phrase three times; what is kept is the median of the phrases and the slowest of them.
"""

import os
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

import duckdb
from results import keep

from orderpaper import config
from orderpaper.warehouse import search, search_index
from orderpaper.warehouse.reader import connect

BATCH = 50_000
SYLLABLES = [consonant + vowel for consonant in "bdfghklmnprstvwz" for vowel in ("a", "en", "i", "ol", "u", "ar")]
WORDS = 200_000
PHRASES = {
    "two words, one of them rare": [(3000 + 211 * n, 300 + 17 * n) for n in range(5)],
    "two words, both common": [(120 + 17 * n, 300 + 19 * n) for n in range(5)],
    "four words, one of them in half of all statements": [(3000 + 211 * n, 300 + 17 * n, 60 + n, 6) for n in range(5)],
    "a sentence with the two most frequent words": [(1, 300 + 17 * n, 2, 3000 + 211 * n, 40 + n) for n in range(5)],
}
"""The words that are searched for, by their ranks of frequency."""

KINDS = ("question", "answer", "contribution")
MAKE = """
CREATE SCHEMA marts;
CREATE SCHEMA ops;
CREATE TABLE marts.dim_topic AS SELECT 't' AS topic_key, 'Topic' AS topic_title;
CREATE TABLE marts.bridge_statement_topic (statement_key VARCHAR, topic_key VARCHAR);
CREATE TABLE marts.dim_member AS SELECT md5(n::VARCHAR) AS member_key, 'Member ' || n AS name FROM range(900) AS _ (n);
CREATE TABLE marts.dim_department AS
    SELECT md5(n::VARCHAR) AS department_key, 'Department ' || n AS department_name FROM range(25) AS _ (n);
"""
TABLE = """
CREATE TABLE marts.{kind} (
    statement_key VARCHAR PRIMARY KEY, member_key VARCHAR, department_key VARCHAR, stated_on DATE, heading VARCHAR,
    statement_text VARCHAR, public_url VARCHAR, cite_as VARCHAR, document_id VARCHAR
);
"""
# As the view of the warehouse: a union of the tables of several kinds, with the names of people and departments.
UNION = " UNION ALL ".join(
    f"SELECT *, '{kind}' AS statement_kind, 'Commons' AS house FROM marts.{kind}" for kind in KINDS
)
VIEW = f"""
CREATE VIEW statements AS
SELECT said.*, members.name AS said_by, departments.department_name AS department
FROM ({UNION}) AS said
LEFT JOIN marts.dim_member AS members USING (member_key)
LEFT JOIN marts.dim_department AS departments USING (department_key)
"""


def word(number: int) -> str:
    """The word of a rank, of two syllables or more."""
    made = ""
    while number or len(made) < 4:
        number, syllable = divmod(number, len(SYLLABLES))
        made += SYLLABLES[syllable]
    return made


def make_statements(connection: duckdb.DuckDBPyConnection, count: int) -> None:
    """Fill the tables of the kinds with so many statements in all, by sets."""
    connection.execute(MAKE + "".join(TABLE.format(kind=kind) for kind in KINDS) + VIEW)
    connection.execute(
        "CREATE TEMP TABLE vocabulary AS SELECT unnest($words) AS word, unnest(range($count)) + 1 AS rank",
        {"words": [word(rank) for rank in range(1, WORDS + 1)], "count": WORDS},
    )
    for first in range(0, count, BATCH):
        # Two in five are questions, two answers. The medians are those of a real month, and a few are much longer.
        for kind, remainders, median in (("question", "0, 1", 35), ("answer", "2, 3", 90), ("contribution", "4", 60)):
            connection.execute(
                f"""
                INSERT INTO marts.{kind}
                WITH numbered AS (
                    SELECT
                        n,
                        greatest(
                            8, {median} * exp(0.7 * sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()))
                        )::INTEGER AS word_count
                    FROM range({first}, {min(first + BATCH, count)}) AS numbers (n)
                    WHERE n % 5 IN ({remainders})
                ),
                words AS (
                    SELECT n, floor(exp(random() * ln({WORDS})))::INTEGER AS rank
                    FROM (SELECT n, unnest(range(word_count)) FROM numbered)
                )
                SELECT
                    md5(n::VARCHAR), md5((n % 900)::VARCHAR), md5((n % 25)::VARCHAR),
                    DATE '2010-01-01' + (n % 5000)::INTEGER, 'Heading ' || n % 3000, string_agg(word, ' '),
                    'https://example.org/' || n, 'PQ ' || n, md5(n::VARCHAR)
                FROM words JOIN vocabulary USING (rank)
                GROUP BY n
                """
            )


def milliseconds(connection: duckdb.DuckDBPyConnection, phrase: str, options: str) -> tuple[float, float]:
    """The medians of three searches for the best 20: by the clock, and of the cores."""
    clocks, cores = [], []
    for _ in range(3):
        started, busy = time.perf_counter(), time.process_time()
        found = connection.execute(f"FROM search(?{options})", [phrase]).fetchall()
        clocks.append((time.perf_counter() - started) * 1000)
        cores.append((time.process_time() - busy) * 1000)
        assert len(found) == 20, phrase
    return statistics.median(clocks), statistics.median(cores)


def size(connection: duckdb.DuckDBPyConnection) -> int:
    """The bytes of the database that are in use."""
    (used,) = connection.execute("SELECT used_blocks * block_size FROM pragma_database_size()").fetchone() or (0,)
    return int(used)


def measure(folder: Path, count: int) -> dict[str, float | int]:
    """Make so many statements, index them and search."""
    database = folder / config.DATABASE_NAME
    with duckdb.connect(
        database, config={"memory_limit": config.memory_limit(), "preserve_insertion_order": False}
    ) as writer:
        make_statements(writer, count)
        writer.execute("CHECKPOINT")
        without = size(writer)
        (characters,) = writer.execute("SELECT avg(length(statement_text)) FROM statements").fetchone() or (0,)
        started = time.perf_counter()
        search_index.update(writer)
        search.create_macro(writer)
        writer.execute("CHECKPOINT")
        indexed, used = time.perf_counter() - started, size(writer)
    result: dict[str, float | int] = {
        "statements": count,
        "mean characters": round(characters),
        "index, s": round(indexed),
        "index, MB": round((used - without) / 1e6),
        "texts, MB": round(without / 1e6),
        "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }
    with connect(database) as reader:
        for kind, phrases in PHRASES.items():
            for name, options in (("", ""), (", of one department", ", department := 'Department 7'")):
                taken = [milliseconds(reader, " ".join(map(word, ranks)), options) for ranks in phrases]
                clocks, cores = zip(*taken, strict=True)
                result[f"{kind}{name}, ms"] = round(statistics.median(clocks))
                result[f"{kind}{name}, slowest, ms"] = round(max(clocks))
                result[f"{kind}{name}, ms of a core"] = round(statistics.median(cores))
    return result


def main() -> None:
    results = {}
    for count in map(int, (os.environ.get("ROWS") or "100000 1000000").split()):
        with tempfile.TemporaryDirectory() as folder:
            results[f"{count:,}"] = result = measure(Path(folder), count)
        sys.stdout.write("".join(f"{key:80} {value:>10,}\n" for key, value in result.items()) + "\n")
    keep("search", results)


if __name__ == "__main__":
    main()
