"""Full-text search in a published snapshot: the table macro `search`, which reads the index of `search_index`.

Words are compared by their stems. DuckDB's full-text extension has the stemmer, so a client must load it to search; it
can read everything else without. The index is sorted by word, in a few runs, so a search reads few rows but those
of its own words. The score is Okapi BM25 with its usual constants, k1 = 1.2 and b = 0.75.
"""

from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb

from orderpaper.errors import OrderPaperError
from orderpaper.warehouse.content import quote

WORDS = "regexp_extract_all(lower(strip_accents({})), '[a-z0-9]+')"

# Statements with more of the words come first. A word that stands in every other statement, such as "the", does not
# count, unless the phrase has no other. The number of statements is limited before their texts are read.
_MACRO = f"""
CREATE OR REPLACE MACRO search(
    phrase, kind := NULL, house := NULL, since := NULL, until := NULL, said_by := NULL, department := NULL,
    topic := NULL, row_count := 20
) AS TABLE
WITH asked AS (
    SELECT
        word_number,
        stem,
        mean_word_count,
        words.statement_count >= corpus.statement_count / 2 AS is_everywhere,
        ln(1 + (corpus.statement_count - words.statement_count + 0.5) / (words.statement_count + 0.5)) AS weight
    FROM (SELECT DISTINCT stem(unnest({WORDS.format("phrase")}), 'english') AS stem)
    JOIN search.word AS words USING (stem)
    CROSS JOIN search.corpus AS corpus
    WHERE words.statement_count > 0
),
counted AS (
    SELECT word_number, weight, mean_word_count
    FROM asked
    WHERE NOT is_everywhere OR (SELECT bool_and(is_everywhere) FROM asked)
),
of_topic AS (
    SELECT statement_key
    FROM marts.bridge_statement_topic JOIN marts.dim_topic USING (topic_key)
    WHERE topic IS NOT NULL AND contains(lower(topic_title), lower(topic))
),
scored AS (
    SELECT
        statement_number,
        count(*) AS found_count,
        sum(
            weight * occurrence_count * 2.2 / (occurrence_count + 1.2 * (0.25 + 0.75 * word_count / mean_word_count))
        ) AS score
    FROM search.posting JOIN counted USING (word_number)
    GROUP BY statement_number
),
best AS (
    SELECT statement_number, entries.statement_key, found_count, scored.score
    FROM scored
    JOIN search.statement AS entries USING (statement_number)
    WHERE (kind IS NULL OR entries.statement_kind = kind)
        AND (house IS NULL OR entries.house = house)
        AND (since IS NULL OR entries.stated_on >= since::DATE)
        AND (until IS NULL OR entries.stated_on <= until::DATE)
        AND (said_by IS NULL OR contains(lower(entries.said_by), lower(said_by)))
        AND (department IS NULL OR contains(lower(entries.department), lower(department)))
        AND (topic IS NULL OR entries.statement_key IN (FROM of_topic))
    ORDER BY found_count DESC, scored.score DESC, statement_number
    LIMIT row_count
),
shown AS (
    SELECT
        statements.*,
        row_number() OVER (ORDER BY found_count DESC, best.score DESC, statement_number) AS rank,
        round(best.score, 3) AS score,
        -- The text up to the first of the words, of which the stem is enough.
        regexp_extract(
            statements.statement_text, '(?is)^.*?\\b(?:' || (SELECT string_agg(stem, '|') FROM asked) || ')'
        ) AS head
    FROM best JOIN statements USING (statement_key)
)
SELECT
    rank,
    score,
    statement_kind,
    stated_on,
    shown.said_by,
    shown.department,
    heading,
    CASE
        WHEN head = '' THEN left(statement_text, 200)
        ELSE trim(
            array_to_string(list_slice(string_split_regex(head, '\\s+'), -13, -1), ' ')
            || array_to_string(string_split_regex(substr(statement_text, length(head) + 1), '\\s+')[:21], ' ')
        )
    END AS snippet,
    public_url,
    cite_as,
    statement_key,
    document_id
FROM shown
ORDER BY rank
"""


def extension() -> Path:
    """Return the file of DuckDB's full-text extension, which the package `duckdb-extension-fts` carries.

    Raises:
        OrderPaperError: the package is not installed, or is that of another version of DuckDB.
    """
    if find_spec("duckdb_extension_fts") is None:
        raise OrderPaperError("The package duckdb-extension-fts is not installed; install requirements.txt again.")
    root = Path(str(resources.files("duckdb_extension_fts")))
    path = root / "extensions" / f"v{duckdb.__version__}" / "fts.duckdb_extension"
    if not path.exists():
        raise OrderPaperError(
            f"The package duckdb-extension-fts is not that of DuckDB {duckdb.__version__}; install requirements.txt "
            "again."
        )
    return path


def load_extension(connection: duckdb.DuckDBPyConnection) -> None:
    """Load the full-text extension into the connection's DuckDB instance."""
    connection.execute(f"LOAD {quote(str(extension()))}")


def create_macro(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the macro `search` in the connection's current database, which has the views and the index."""
    load_extension(connection)
    connection.execute(_MACRO)


def find(connection: duckdb.DuckDBPyConnection, phrase: str, **options: object) -> list[dict[str, Any]]:
    """Return the rows of the macro `search` for the phrase, the best first; `options` are its other parameters.

    Raises:
        OrderPaperError: the snapshot was published without an index.
    """
    given = {name: value for name, value in options.items() if value is not None}
    arguments = "".join(f", {name} := ${name}" for name in given)
    try:
        result = connection.execute(f"FROM search($phrase{arguments})", {"phrase": phrase, **given})
    except duckdb.CatalogException as error:
        raise OrderPaperError("This snapshot has no search; publish a new one with `make run`.") from error
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def render(statement: dict[str, Any]) -> str:
    """Return a row of `search` as lines for a terminal: what it is, the words around the first hit, where it is."""
    kind = statement["statement_kind"].replace("_", " ")
    facts = [kind, statement["stated_on"], statement["said_by"], statement["department"]]
    first = f"{statement['rank']}. " + ", ".join(str(fact) for fact in facts if fact is not None)
    words = " ".join(statement["snippet"].split())
    lines = [first, statement["heading"], f"… {words} …", statement["cite_as"], statement["public_url"]]
    return "\n   ".join(line for line in lines if line) + "\n"
