"""The checks of the reports."""

from orderpaper.quality.checks import between, key, no_rows, references, suite, unique
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
}
