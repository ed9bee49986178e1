"""The checks of the reports."""

from orderpaper.quality.checks import between, key, no_rows, not_null, references, suite, unique
from orderpaper.quality.suites.common import department, member

SUITES = {
    **suite(
        "marts.rpt_department_response_times",
        unique("department_key", "house", "month_start_on"),
        department(),
        no_rows(
            "late_at_most_answered",
            "No department is late more often than it answers.",
            "SELECT * FROM $table WHERE late_question_count > answered_question_count",
            "late_question_count",
        ),
    ),
    **suite(
        "marts.rpt_late_named_day_answers",
        unique("question_key", "answer_key"),
        references("question_key", "marts.fct_question"),
        between("days_late_count", 1),
    ),
    **suite(
        "marts.rpt_repeated_answers",
        *key("repeat_cluster_key"),
        references("first_answer_key", "marts.fct_answer", "answer_key"),
        between("answer_count", 2),
    ),
    **suite(
        "marts.rpt_funding_by_programme",
        *key("programme_period_key"),
        department(),
        between("figure_count", 1),
        not_null("has_disagreement"),
        no_rows(
            "statements_add_up",
            "Every statement is a commitment's first one or a repeat of it.",
            "SELECT * FROM $table WHERE statement_count != figure_count + restated_count",
            "statement_count",
        ),
        no_rows(
            "every_commitment_counted",
            "The report's commitments are the ledger's first statements that name a programme's funding in pounds.",
            """
            SELECT count(*) AS ledger_count, (SELECT coalesce(sum(figure_count), 0) FROM $table) AS report_count
            FROM marts.fct_funding_figure
            WHERE category = 'funding' AND programme_text IS NOT NULL AND amount_low_gbp IS NOT NULL
            AND first_stated_figure_key IS NULL
            HAVING ledger_count != report_count
            """,
        ),
    ),
    **suite(
        "marts.rpt_funding_disagreement",
        *key("disagreement_amount_key"),
        references("figure_key", "marts.fct_funding_figure"),
        between("statement_count", 1),
        no_rows(
            "two_sides",
            "A disagreement has two amounts at least.",
            "SELECT disagreement_key FROM $table GROUP BY disagreement_key HAVING count(*) < 2",
            "disagreement_key",
        ),
    ),
    **suite(
        "marts.rpt_member_activity",
        *key("member_key"),
        member(),
        unique("member_id"),
    ),
    **suite(
        "marts.rpt_unanswered_by_age",
        between("question_count", 1),
        department(),
    ),
    **suite(
        "marts.rpt_topics_by_month",
        unique("topic_key", "house", "month_start_on"),
        references("topic_key", "marts.dim_topic"),
        between("question_count", 1),
        no_rows(
            "answered_at_most_asked",
            "No topic has more questions answered than asked.",
            "SELECT * FROM $table WHERE answered_question_count > question_count",
            "answered_question_count",
        ),
    ),
    **suite(
        "marts.rpt_non_answers_by_department",
        unique("department_key", "house", "month_start_on", "non_answer_kind"),
        department(),
        not_null("non_answer_kind"),
        between("answer_count", 1),
        between("answer_share", 0, 1),
        no_rows(
            "every_non_answer_counted",
            "The report's non-answers are those of the answers that have a date.",
            """
            SELECT count(*) AS fact_count, (SELECT coalesce(sum(answer_count), 0) FROM $table) AS report_count
            FROM marts.fct_answer WHERE non_answer_kind IS NOT NULL AND answered_on IS NOT NULL
            HAVING fact_count != report_count
            """,
        ),
    ),
    **suite(
        "marts.rpt_answers_by_reference",
        unique("department_key", "house", "month_start_on"),
        department(),
        between("answer_count", 1),
        between("answer_share", 0, 1),
        no_rows(
            "resolved_at_most_all",
            "No more references are resolved than there are.",
            "SELECT * FROM $table WHERE resolved_answer_count > answer_count",
            "resolved_answer_count",
        ),
        no_rows(
            "every_reference_counted",
            "The report's answers are those that point to another and have a date.",
            """
            SELECT count(*) AS fact_count, (SELECT coalesce(sum(answer_count), 0) FROM $table) AS report_count
            FROM marts.fct_answer WHERE reference_count > 0 AND answered_on IS NOT NULL
            HAVING fact_count != report_count
            """,
        ),
    ),
    **suite(
        "marts.rpt_attribution_issues_by_publisher",
        unique("source", "document_kind", "issue_kind"),
        references("source", "marts.dim_source"),
        no_rows(
            "faulty_at_most_all",
            "No more documents have an issue than there are.",
            "SELECT * FROM $table WHERE faulty_document_count > document_count",
            "faulty_document_count",
        ),
        no_rows(
            "every_issue_counted",
            "The report's issues are those of fct_attribution_issue.",
            """
            SELECT count(*) AS fact_count, (SELECT coalesce(sum(issue_count), 0) FROM $table) AS report_count
            FROM marts.fct_attribution_issue HAVING fact_count != report_count
            """,
        ),
    ),
}
