"""The checks of what statements contain (money, quotes, members, topics) and of contradictions with the register."""

from orderpaper.quality.checks import Check, Watched, facts, matches, never, no_rows, suite, warn
from orderpaper.quality.suites.common import ISSUE_KINDS, MATCHED, STATEMENT_KINDS, rows_in_order, span, text_span


def _linked(column: str, name: str, description: str, condition: str) -> Check:
    """Return the check that no figure and the one that its `column` names fulfil `condition`."""
    sql = f"""
        SELECT figure.* FROM $table AS figure
        JOIN marts.fct_funding_figure AS linked ON figure.{column} = linked.figure_key WHERE {condition}
    """
    return no_rows(name, description, sql, column, (Watched("fct_funding_figure", "figure_key", column),))


SUITES = {
    **suite(
        "marts.fct_funding_figure",
        facts(allowed={"statement_kind": STATEMENT_KINDS}),
        matches("currency", "[A-Z]{3}", "currency is an ISO 4217 code."),
        matches(
            "period",
            "[0-9]{4}(-[0-9]{2})?(/[0-9]{4}(-[0-9]{2})?)?",
            "period is a year, a financial year or a span of them: 2025, 2025-26, 2021-22/2024-25.",
        ),
        never(
            "negative_is_printed_so",
            "A negative sum is printed with a minus sign or in brackets, and `rule` says so.",
            "amount_low < 0 AND coalesce(rule, '') NOT LIKE '%minus sign%'",
            "amount_low",
        ),
        never("low_at_most_high", "amount_low is at most amount_high.", "amount_low > amount_high", "amount_low"),
        never(
            "gbp_amounts",
            "The amounts in pounds are the stated amounts where pounds are stated, and null elsewhere.",
            """
            amount_low_gbp IS DISTINCT FROM CASE WHEN currency = 'GBP' THEN amount_low END
            OR amount_high_gbp IS DISTINCT FROM CASE WHEN currency = 'GBP' THEN amount_high END
            """,
            "amount_low_gbp",
        ),
        _linked(
            "first_stated_figure_key",
            "repeats_point_to_the_first",
            "A repeat of a figure points to its first statement, which is not a repeat itself.",
            "linked.first_stated_figure_key IS NOT NULL",
        ),
        _linked(
            "total_figure_key",
            "total_in_same_statement",
            "A part and its total stand in the same statement of the same document.",
            "(figure.statement_key, figure.document_id) IS DISTINCT FROM (linked.statement_key, linked.document_id)",
        ),
        _linked(
            "total_figure_key",
            "part_less_than_total",
            "A part is less than its total, so no chain of parts leads back to itself.",
            "figure.currency != linked.currency OR figure.amount_high >= linked.amount_high",
        ),
        text_span("surface"),
        span("surface"),
        no_rows(
            "found_when_stated",
            "The ledger is not empty if documents state sums.",
            """
            SELECT count(*) AS stated_count FROM raw.funding_figure
            HAVING count(*) > 0 AND NOT EXISTS (SELECT 1 FROM $table)
            """,
        ),
        warn(
            never(
                "amount_is_plausible",
                "No sum is above £2 trillion, more than the state spends in a year.",
                "amount_high_gbp > 2000000000000",
                "amount_high_gbp",
            )
        ),
    ),
    **suite(
        "marts.fct_quote",
        MATCHED,
        span("quote_text"),
        rows_in_order("quote", "quote", "Every quote of a current post is one row, in order."),
    ),
    **suite(
        "marts.fct_member_mention",
        MATCHED,
        facts(allowed={"statement_kind": STATEMENT_KINDS}),
        text_span("as_printed"),
        span("as_printed"),
    ),
    **suite("marts.dim_topic", facts(at_least={"include_phrase_count": 1})),
    **suite(
        "marts.bridge_statement_topic",
        facts(allowed={"statement_kind": STATEMENT_KINDS}, at_least={"phrase_count": 1}),
    ),
    **suite("marts.bridge_figure_topic", facts()),
    **suite("marts.bridge_question_topic", facts(at_least={"phrase_count": 1})),
    **suite("marts.fct_attribution_issue", facts(allowed={"issue_kind": ISSUE_KINDS})),
}
