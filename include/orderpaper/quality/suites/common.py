"""Checks and values that the suites of several tables share."""

import csv

from orderpaper.config import PROJECT
from orderpaper.quality.checks import Check, between, no_rows, not_null, one_of, references
from orderpaper.records import STATEMENT_TYPES, Contribution, FundingFigure, Question, Record
from orderpaper.records.types.base import OneOf, columns, short_name


def _allowed(record_type: type[Record], name: str) -> tuple[str, ...]:
    """Return the values that a record type allows in a column."""
    rules = (rule for column in columns(record_type) if column.name == name for rule in column.rules)
    return tuple(value for rule in rules if isinstance(rule, OneOf) for value in rule.values)


HOUSES = _allowed(Question, "house")
QUESTION_TYPES = _allowed(Question, "question_type")
ROLES = _allowed(Contribution, "role")
QUALIFIERS = _allowed(FundingFigure, "qualifier")
CATEGORIES = _allowed(FundingFigure, "category")
STATEMENT_KINDS = tuple(STATEMENT_TYPES)


def _seed(name: str) -> list[dict[str, str]]:
    """Return the rows of a seed of dbt, which lists the values that are allowed."""
    with (PROJECT / "dbt" / "seeds" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


MATCH_METHODS = tuple(row["match_method"] for row in _seed("match_method"))
UNMATCHED = tuple(row["match_method"] for row in _seed("match_method") if row["is_in_register"] == "false")
"""Match methods that find no member in the register. The tuple is written into SQL as a list."""
ISSUE_KINDS = tuple(row["issue_kind"] for row in _seed("attribution_issue_kind"))

CURRENT = "document_id IN (SELECT document_id FROM marts.dim_document WHERE is_current)"
"""The condition for current rows of `raw`: only the newest version of a revised document counts."""

_STATEMENT_TEXTS = " UNION ALL ".join(
    f"SELECT {name}_key AS statement_key, {name}_text AS statement_text FROM marts.fct_{table}"
    for table, name in ((table, short_name(record_type)) for table, record_type in STATEMENT_TYPES.items())
)


def document() -> tuple[Check, Check]:
    """Return the checks that every row cites a document that exists."""
    return not_null("document_id"), references("document_id", "marts.dim_document")


def member(column: str = "member_key") -> Check:
    """Return the check that a member, where one is given, exists."""
    return references(column, "marts.dim_member", "member_key")


def matched() -> tuple[Check, Check]:
    """Return the checks that the match method is a known one, and that its confidence is a share."""
    return one_of("match_method", MATCH_METHODS), between("match_confidence", 0, 1)


def department() -> Check:
    """Return the check that a department, where one is given, exists."""
    return references("department_key", "marts.dim_department")


def span(text_column: str) -> tuple[Check, Check]:
    """Return the checks that `char_start` and `char_end` cut exactly `text_column` out of the document's text."""
    return (
        no_rows(
            "span_complete",
            "char_start and char_end are given together, and the end is after the start.",
            """
            SELECT * FROM $table
            WHERE (char_start IS NULL) != (char_end IS NULL) OR char_start < 0 OR char_end <= char_start
            """,
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
    )
