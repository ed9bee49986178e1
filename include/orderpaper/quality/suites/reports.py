"""The checks of the reports."""

from orderpaper.quality.checks import facts, never, no_rows, suite, unique
from orderpaper.quality.suites.common import adds_up

_COUNTED = "answered_on IS NOT NULL AND department_key IS NOT NULL AND house IS NOT NULL"
"""The condition for answers that the reports by department and month count."""

SUITES = {
    **suite(
        "marts.rpt_department_response_times",
        never(
            "late_at_most_binding",
            "No more questions are late than have a due date that binds, and no more have one than are answered.",
            "late_question_count > binding_question_count OR binding_question_count > answered_question_count",
            "late_question_count",
        ),
    ),
    **suite(
        "marts.rpt_late_named_day_answers",
        unique("question_key", "answer_key"),
        facts(at_least={"days_late_count": 1}),
    ),
    **suite("marts.rpt_repeated_answers", facts(at_least={"answer_count": 2})),
    **suite(
        "marts.rpt_funding_by_programme",
        facts(at_least={"figure_count": 1}),
        never(
            "statements_add_up",
            "Every statement is a commitment's first one or a repeat of it.",
            "statement_count != figure_count + restated_count",
            "statement_count",
        ),
        adds_up(
            "every_commitment_counted",
            "The report's commitments are the ledger's first statements that name a programme's funding in pounds.",
            "figure_count",
            "marts.fct_funding_figure",
            """
            category = 'funding' AND programme_text IS NOT NULL AND amount_low_gbp IS NOT NULL
            AND first_stated_figure_key IS NULL
            """,
        ),
    ),
    **suite(
        "marts.rpt_funding_disagreement",
        facts(at_least={"statement_count": 1}),
        no_rows(
            "two_sides",
            "A disagreement has two amounts at least.",
            "SELECT disagreement_key FROM $table GROUP BY disagreement_key HAVING count(*) < 2",
            "disagreement_key",
        ),
    ),
    **suite("marts.rpt_member_activity", facts(keys="member_key")),
    **suite("marts.rpt_unanswered_by_age", facts(at_least={"question_count": 1})),
    **suite(
        "marts.rpt_topics_by_month",
        facts(at_least={"question_count": 1}),
        never(
            "answered_at_most_asked",
            "No topic has more questions answered than asked.",
            "answered_question_count > question_count",
            "answered_question_count",
        ),
    ),
    **suite(
        "marts.rpt_non_answers_by_department",
        facts(at_least={"answer_count": 1}, shares="answer_share"),
        adds_up(
            "every_non_answer_counted",
            "The report's non-answers are those of the answers that have a date, a department and a House.",
            "answer_count",
            "marts.fct_answer",
            f"non_answer_kind IS NOT NULL AND {_COUNTED}",
        ),
    ),
    **suite(
        "marts.rpt_answers_by_reference",
        facts(at_least={"answer_count": 1}, shares="answer_share"),
        never(
            "resolved_at_most_all",
            "No more references are resolved than there are.",
            "resolved_answer_count > answer_count",
            "resolved_answer_count",
        ),
        adds_up(
            "every_reference_counted",
            "The report's answers are those that point to another and have a date, a department and a House.",
            "answer_count",
            "marts.fct_answer",
            f"reference_count > 0 AND {_COUNTED}",
        ),
    ),
    **suite(
        "marts.rpt_attribution_issues_by_publisher",
        never(
            "faulty_at_most_all",
            "No more documents have an issue than there are.",
            "faulty_document_count > document_count",
            "faulty_document_count",
        ),
        adds_up(
            "every_issue_counted",
            "The report's issues are those of fct_attribution_issue.",
            "issue_count",
            "marts.fct_attribution_issue",
        ),
    ),
}
