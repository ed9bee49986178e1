"""Checks and values that the suites of several tables share."""

import csv

from orderpaper.config import PROJECT
from orderpaper.quality.checks import Check, between, no_rows, not_null, one_of, references

HOUSES = ("Commons", "Lords")
QUESTION_TYPES = ("written", "oral", "topical", "debate")
ROLES = ("statement", "question", "supplementary", "reply", "shadow", "chair", "intervention", "speech", "proceeding")
STATEMENT_KINDS = ("question", "answer", "contribution", "post_section")


def _seed(name: str) -> list[dict[str, str]]:
    """The rows of a seed of dbt: the values that it allows stand there, once."""
    with (PROJECT / "dbt" / "seeds" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


MATCH_METHODS = tuple(row["match_method"] for row in _seed("match_method"))
UNMATCHED = tuple(row["match_method"] for row in _seed("match_method") if row["is_in_register"] == "false")
"""Match methods that name no member of the register; printed as it is, a list in SQL."""
ISSUE_KINDS = tuple(row["issue_kind"] for row in _seed("attribution_issue_kind"))

CURRENT = "document_id IN (SELECT document_id FROM marts.dim_document WHERE is_current)"
"""What holds for rows of `raw` that count: of what was revised, those of the newest version."""

_STATEMENT_TEXTS = """
    SELECT question_key AS statement_key, question_text AS statement_text FROM marts.fct_question
    UNION ALL SELECT answer_key, answer_text FROM marts.fct_answer
    UNION ALL SELECT contribution_key, contribution_text FROM marts.fct_contribution
    UNION ALL SELECT section_key, section_text FROM marts.fct_post_section
"""


def document() -> tuple[Check, Check]:
    """Every row cites a document that is there."""
    return not_null("document_id"), references("document_id", "marts.dim_document")


def member(column: str = "member_key") -> Check:
    """Where a member is given, it is there."""
    return references(column, "marts.dim_member", "member_key")


def matched() -> tuple[Check, Check]:
    """How a person was found is one of the known ways, and how sure that is a share."""
    return one_of("match_method", MATCH_METHODS), between("match_confidence", 0, 1)


def department() -> Check:
    """Where a department is given, it is there."""
    return references("department_key", "marts.dim_department")


def span(text_column: str) -> tuple[Check, Check]:
    """`char_start` and `char_end` cut exactly `text_column` out of the document's text."""
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
    """`text_char_start` and `text_char_end` cut exactly `text_column` out of the statement's own text."""
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
