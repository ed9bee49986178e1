"""The checks of what statements contain (money, quotes, members, topics) and of contradictions with the register."""

from orderpaper.quality.checks import (
    between,
    key,
    matches,
    no_rows,
    not_null,
    one_of,
    reconciles,
    references,
    suite,
    unique,
    warn,
)
from orderpaper.quality.suites.common import (
    CATEGORIES,
    CURRENT,
    ISSUE_KINDS,
    QUALIFIERS,
    STATEMENT_KINDS,
    department,
    document,
    matched,
    member,
    span,
    text_span,
)

SUITES = {
    **suite(
        "marts.fct_funding_figure",
        *key("figure_key"),
        *document(),
        not_null("statement_key"),
        one_of("statement_kind", STATEMENT_KINDS),
        one_of("qualifier", QUALIFIERS),
        one_of("category", CATEGORIES),
        not_null("category"),
        not_null("is_increase"),
        matches("currency", "[A-Z]{3}", "currency is an ISO 4217 code."),
        matches(
            "period",
            "[0-9]{4}(-[0-9]{2})?(/[0-9]{4}(-[0-9]{2})?)?",
            "period is a year, a financial year or a span of them: 2025, 2025-26, 2021-22/2024-25.",
        ),
        not_null("amount_low"),
        not_null("amount_high"),
        no_rows(
            "negative_is_printed_so",
            "A negative sum is printed with a minus sign or in brackets, and `rule` says so.",
            "SELECT * FROM $table WHERE amount_low < 0 AND coalesce(rule, '') NOT LIKE '%minus sign%'",
            "amount_low",
        ),
        no_rows(
            "low_at_most_high",
            "amount_low is at most amount_high.",
            "SELECT * FROM $table WHERE amount_low > amount_high",
            "amount_low",
        ),
        no_rows(
            "gbp_amounts",
            "The amounts in pounds are the stated amounts where pounds are stated, and null elsewhere.",
            """
            SELECT * FROM $table
            WHERE amount_low_gbp IS DISTINCT FROM CASE WHEN currency = 'GBP' THEN amount_low END
            OR amount_high_gbp IS DISTINCT FROM CASE WHEN currency = 'GBP' THEN amount_high END
            """,
            "amount_low_gbp",
        ),
        references("question_key", "marts.fct_question"),
        department(),
        member("said_by_member_key"),
        references("first_stated_figure_key", "marts.fct_funding_figure", "figure_key"),
        references("total_figure_key", "marts.fct_funding_figure", "figure_key"),
        no_rows(
            "repeats_point_to_the_first",
            "A repeat of a figure points to its first statement, which is not a repeat itself.",
            """
            SELECT figure.* FROM $table AS figure
            JOIN $table AS first ON figure.first_stated_figure_key = first.figure_key
            WHERE first.first_stated_figure_key IS NOT NULL
            """,
            "first_stated_figure_key",
        ),
        no_rows(
            "total_in_same_statement",
            "A part and its total stand in the same statement of the same document.",
            """
            SELECT part.* FROM $table AS part
            JOIN $table AS total ON part.total_figure_key = total.figure_key
            WHERE (part.statement_key, part.document_id) IS DISTINCT FROM (total.statement_key, total.document_id)
            """,
            "total_figure_key",
        ),
        no_rows(
            "part_less_than_total",
            "A part is less than its total, so no chain of parts leads back to itself.",
            """
            SELECT part.* FROM $table AS part
            JOIN $table AS total ON part.total_figure_key = total.figure_key
            WHERE part.currency != total.currency OR part.amount_high >= total.amount_high
            """,
            "total_figure_key",
        ),
        text_span("surface"),
        *span("surface"),
        no_rows(
            "found_when_stated",
            "The ledger is not empty if documents state sums.",
            """
            SELECT count(*) AS stated_count FROM raw.funding_figure
            HAVING count(*) > 0 AND NOT EXISTS (SELECT 1 FROM $table)
            """,
        ),
        warn(
            no_rows(
                "amount_is_plausible",
                "No sum is above £2 trillion, more than the state spends in a year.",
                "SELECT * FROM $table WHERE amount_high_gbp > 2000000000000",
                "amount_high_gbp",
            )
        ),
    ),
    **suite(
        "marts.fct_quote",
        *key("quote_key"),
        *document(),
        not_null("quote_text"),
        *matched(),
        references("section_key", "marts.fct_post_section"),
        member(),
        *span("quote_text"),
        reconciles(
            "reconciles_with_raw",
            "Every quote of a current post is one row, in order.",
            "SELECT document_id, quote_ordinal FROM $table",
            f"SELECT document_id, ordinal AS quote_ordinal FROM raw.quote WHERE {CURRENT}",
        ),
    ),
    **suite(
        "marts.fct_member_mention",
        *key("mention_key"),
        *document(),
        not_null("as_printed"),
        one_of("statement_kind", STATEMENT_KINDS),
        *matched(),
        member(),
        text_span("as_printed"),
        *span("as_printed"),
    ),
    **suite(
        "marts.dim_topic",
        *key("topic_key"),
        not_null("topic_title"),
        between("include_phrase_count", 1),
    ),
    **suite(
        "marts.bridge_statement_topic",
        unique("statement_key", "topic_key"),
        not_null("statement_key"),
        one_of("statement_kind", STATEMENT_KINDS),
        references("topic_key", "marts.dim_topic"),
        not_null("topic_key"),
        between("phrase_count", 1),
        not_null("phrases_text"),
    ),
    **suite(
        "marts.bridge_question_topic",
        unique("question_key", "topic_key"),
        not_null("question_key"),
        references("question_key", "marts.fct_question"),
        references("topic_key", "marts.dim_topic"),
        not_null("topic_key"),
        between("phrase_count", 1),
        not_null("phrases_text"),
    ),
    **suite(
        "marts.fct_attribution_issue",
        *key("issue_key"),
        *document(),
        not_null("as_printed"),
        not_null("issue_kind"),
        one_of("issue_kind", ISSUE_KINDS),
        one_of("severity", ("high", "medium", "low")),
        member(),
    ),
}
