"""Checks and values that the suites of several tables share."""

import csv
from typing import get_args

from orderpaper.config import PROJECT
from orderpaper.quality.checks import Check, Watched, facts, matches, never, no_rows, reconciles
from orderpaper.records import STATEMENT_TYPES
from orderpaper.records.types.base import House, short_name

HOUSES = get_args(House)[1].values
STATEMENT_KINDS = tuple(STATEMENT_TYPES)


def _seed(name: str) -> list[dict[str, str]]:
    """Return the rows of a seed of dbt, which lists the values that are allowed."""
    with (PROJECT / "dbt" / "seeds" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


_METHODS = {row["match_method"]: row["is_in_register"] == "true" for row in _seed("match_method")}
UNMATCHED = tuple(method for method, is_in_register in _METHODS.items() if not is_in_register)
"""Match methods that find no member in the register. The tuple is written into SQL as a list."""
ISSUE_KINDS = tuple(row["issue_kind"] for row in _seed("attribution_issue_kind"))

CURRENT = "document_id IN (SELECT document_id FROM marts.dim_document WHERE is_current)"
"""The condition for current rows of `raw`: only the newest version of a revised document counts."""

_STATEMENTS = tuple(
    Watched(f"fct_{table}", f"{short_name(record_type)}_key", "statement_key")
    for table, record_type in STATEMENT_TYPES.items()
)
_STATEMENT_TEXTS = " UNION ALL ".join(
    f"SELECT {name}_key AS statement_key, {name}_text AS statement_text FROM marts.fct_{table}"
    for table, name in ((table, short_name(record_type)) for table, record_type in STATEMENT_TYPES.items())
)

IS_SHA256 = matches("document_id", "[0-9a-f]{64}", "document_id is a sha256 in hex.")

MATCHED = facts(allowed={"match_method": _METHODS}, shares="match_confidence")
"""The checks that the match method is a known one, and that its confidence is a share."""


def adds_up(name: str, description: str, column: str, table: str, condition: str = "TRUE") -> Check:
    """Return the check that the sum of `column` is the number of rows of `table` that fulfil `condition`."""
    return no_rows(
        name,
        description,
        f"""
        SELECT count(*) AS fact_count, (SELECT coalesce(sum({column}), 0) FROM $table) AS report_count
        FROM {table} WHERE {condition} HAVING fact_count != report_count
        """,
    )


def rows_in_order(table: str, name: str, description: str) -> Check:
    """Return the check that each row of `raw.<table>` of a current document is a row, under the same ordinal."""
    return reconciles(
        "reconciles_with_raw",
        description,
        f"SELECT document_id, {name}_ordinal FROM $table",
        f"SELECT document_id, ordinal AS {name}_ordinal FROM raw.{table} WHERE {CURRENT}",
    )


def span(text_column: str) -> tuple[Check, Check]:
    """Return the checks that `char_start` and `char_end` cut exactly `text_column` out of the document's text."""
    return (
        never(
            "span_complete",
            "char_start and char_end are given together, and the end is after the start.",
            "(char_start IS NULL) != (char_end IS NULL) OR char_start < 0 OR char_end <= char_start",
            "char_start",
        ),
        no_rows(
            "span_slices_document",
            f"char_start and char_end cut {text_column} out of the document's text.",
            f"""
            SELECT cited.* FROM $table AS cited
            INNER JOIN marts.dim_document AS document ON cited.document_id = document.document_id
            WHERE cited.char_start IS NOT NULL
                AND substr(document.document_text, cited.char_start + 1, cited.char_end - cited.char_start)
                IS DISTINCT FROM cited.{text_column}
            """,
            "char_start",
            (Watched("dim_document", "document_id", "document_id"),),
        ),
    )


def text_span(text_column: str) -> Check:
    """Return the check that `text_char_start` and `text_char_end` cut `text_column` out of the statement's text."""
    return no_rows(
        "text_span_slices_statement",
        f"text_char_start and text_char_end cut {text_column} out of the text of its statement.",
        f"""
        SELECT cited.* FROM $table AS cited
        LEFT JOIN ({_STATEMENT_TEXTS}) AS statement ON cited.statement_key = statement.statement_key
        WHERE substr(statement.statement_text, cited.text_char_start + 1, cited.text_char_end - cited.text_char_start)
            IS DISTINCT FROM cited.{text_column}
        """,
        "text_char_start",
        _STATEMENTS,
    )
