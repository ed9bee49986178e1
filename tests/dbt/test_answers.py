"""Answers in the marts: how late they are, which others they repeat and refer to, and how they changed."""

import hashlib
from collections.abc import Callable

import duckdb
import pytest
from building import COASTS, FRIDAY, FUND, PLANS, Landed, answer, day, member, one, question, rows

from orderpaper.records import Debate

Warehouse = duckdb.DuckDBPyConnection
REFERRAL = "I refer the hon. Member to the answer given on 6 November 2024 to Question 5005."


@pytest.fixture(scope="module")
def warehouse(build_marts: Callable[..., Warehouse]) -> Warehouse:
    landed = Landed()
    landed.register(
        member(1, 102, "Ben Oake", "Independent", "Hollow Bay"),
        member(2, 104, "Jess Thornbury", "Labour", "Eastmere"),
        member(3, 105, "Lord Marrow of Weir", "Crossbench", "Life peer", house="Lords"),
    )
    landed.question_list(
        "list of Monday",
        question(2, 5002, tabled_on=day("2024-11-05")),
        answer(2, FUND + " It will be spent on " + "boats, ropes, nets, lamps and crabs, more " * 10 + "gulls."),
        question(4, 5004, asking_member_id=105, house="Lords", due_on=day("2024-11-18")),
        question(5, 5005, is_named_day=True),
        answer(5, "It has not proved possible to respond in time.", is_holding=True, answered_on=day("2024-11-06")),
        question(6, 5006, is_named_day=True, answering_body_id=999, answering_body_text="Office of Tides"),
        answer(6, REFERRAL),
        question(7, 5007),
        answer(7, REFERRAL.upper(), answered_on=day("2024-11-06")),
        question(9, 5009, text=COASTS.format("high risk")),
        answer(9, PLANS.format("2025")),
        is_searched=True,
    )
    landed.question_list(
        "list of Friday",
        question(2, 5005, is_named_day=True),
        answer(2, FUND, answered_on=day("2024-11-12"), held_on=day("2024-11-06")),
        question(3, 5010, text=COASTS.format("high-risk")),
        answer(3, PLANS.format("2025, as before"), answered_on=day("2024-11-13")),
        fetched_at=FRIDAY,
        is_searched=True,
    )
    landed.document(
        "digest",
        "inbox",
        "file",
        "debate_digest",
        records=[Debate(ordinal=1, title="Tides", house="Commons", debated_on=day("2024-11-12"))],
        published_on=day("2024-11-12"),
    )
    landed.batch()
    return build_marts(
        landed,
        "dim_date",
        "dim_document",
        "bridge_question_answer",
        "fct_answer_version",
        "rpt_repeated_answers",
        "rpt_answers_by_reference",
        "rpt_unanswered_by_age",
        "rpt_late_named_day_answers",
        "rpt_department_response_times",
        "rpt_member_activity",
    )


def test_response_time_counts_calendar_and_sitting_days(warehouse: Warehouse) -> None:
    # Questions were tabled on Monday 4 and Tuesday 5 November and a debate was held on Tuesday 12.
    assert one(
        warehouse,
        """
        SELECT a.response_days, a.response_sitting_days, a.is_late, a.held_on::VARCHAR
        FROM marts.fct_question JOIN marts.bridge_question_answer AS b USING (question_key)
        JOIN marts.fct_answer AS a ON b.answer_key = a.answer_key WHERE question_id = 5005
        """,
    ) == (8, 2, True, "2024-11-06")
    assert rows(warehouse, "SELECT date_on::VARCHAR FROM marts.dim_date WHERE is_commons_sitting_day ORDER BY 1") == [
        ("2024-11-04",),
        ("2024-11-05",),
        ("2024-11-12",),
    ]


def test_answers_that_are_nearly_the_same_are_a_cluster_named_by_the_earliest(warehouse: Warehouse) -> None:
    words = "we will work with councils charities and schools to keep the coast and those who live by it safe by 2025"
    assert rows(
        warehouse,
        """
        SELECT q.question_id, a.repeat_cluster_key
        FROM marts.fct_answer AS a JOIN marts.bridge_question_answer USING (answer_key)
        JOIN marts.fct_question AS q USING (question_key) WHERE q.question_id IN (5009, 5010) ORDER BY 1
        """,
    ) == [(id_, hashlib.md5(words.encode()).hexdigest()) for id_ in (5009, 5010)]


def test_equal_answers_are_a_cluster_and_a_referral_is_no_answer(warehouse: Warehouse) -> None:
    assert rows(
        warehouse,
        """
        SELECT q.question_id, a.non_answer_kind, count(*) OVER (PARTITION BY a.repeat_cluster_key)
        FROM marts.fct_answer AS a JOIN marts.bridge_question_answer USING (answer_key)
        JOIN marts.fct_question AS q USING (question_key)
        WHERE a.repeat_cluster_key IS NOT NULL AND q.question_id IN (5006, 5007) ORDER BY 1
        """,
    ) == [(5006, "referral", 2), (5007, "referral", 2)]
    assert one(
        warehouse,
        "SELECT answer_count, first_answered_on::VARCHAR, last_answered_on::VARCHAR"
        " FROM marts.rpt_repeated_answers WHERE answer_text ILIKE '%refer%'",
    ) == (2, "2024-11-06", "2024-11-07")


def test_answers_repeat_only_by_their_whole_text(warehouse: Warehouse) -> None:
    assert one(warehouse, "SELECT repeat_cluster_key FROM marts.fct_answer WHERE answer_text = ?", FUND) == (None,)


def test_an_answer_by_reference_points_to_the_question_that_was_answered(warehouse: Warehouse) -> None:
    assert rows(
        warehouse,
        """
        SELECT asked.question_id, a.refers_to_uin, a.refers_to_on::VARCHAR, answered.question_id, a.reference_count
        FROM marts.fct_answer AS a JOIN marts.bridge_question_answer USING (answer_key)
        JOIN marts.fct_question AS asked USING (question_key)
        JOIN marts.fct_question AS answered ON a.refers_to_question_key = answered.question_key ORDER BY 1
        """,
    ) == [(5006, "5005", "2024-11-06", 5005, 1), (5007, "5005", "2024-11-06", 5005, 1)]
    assert rows(
        warehouse,
        "SELECT department_name, answer_count, resolved_answer_count, all_answer_count"
        " FROM marts.rpt_answers_by_reference ORDER BY 1",
    ) == [("Home Office", 1, 1, 5), ("Office of Tides", 1, 1, 1)]


def test_an_answer_keeps_its_history(warehouse: Warehouse) -> None:
    assert rows(
        warehouse,
        """
        SELECT v.version_number, v.version_kind, v.stated_on::VARCHAR, d.url[-14:], v.is_current, v.is_figure_changed
        FROM marts.fct_answer_version AS v JOIN marts.bridge_question_answer USING (answer_key)
        JOIN marts.fct_question AS q USING (question_key)
        JOIN marts.dim_document AS d ON v.document_id = d.document_id WHERE q.question_id = 5005 ORDER BY 1
        """,
    ) == [
        (1, "holding", "2024-11-06", "list of Monday", False, None),
        (2, "final", "2024-11-12", "list of Friday", True, True),
    ]
    assert (
        rows(
            warehouse,
            """
        SELECT a.answer_key FROM marts.fct_answer AS a LEFT JOIN marts.fct_answer_version AS v
            ON a.answer_key = v.answer_key AND v.is_current
        WHERE a.answer_text IS DISTINCT FROM v.answer_text
        """,
        )
        == []
    )


def test_reports_answer_their_question(warehouse: Warehouse) -> None:
    assert rows(
        warehouse,
        "SELECT house, has_only_holding_answer, age_band, question_count, overdue_question_count, as_of_on::VARCHAR"
        " FROM marts.rpt_unanswered_by_age",
    ) == [("Lords", False, "8-14 days", 1, 0, "2024-11-15")]
    assert rows(
        warehouse,
        "SELECT uin, days_late_count, is_holding FROM marts.rpt_late_named_day_answers ORDER BY 1",
    ) == [("5005", 6, False), ("5006", 1, False)]
    assert one(
        warehouse,
        """
        SELECT answered_question_count, binding_question_count, late_question_count, named_day_late_share,
            after_nominal_date_question_count, median_response_days
        FROM marts.rpt_department_response_times WHERE department_name = 'Home Office'
        """,
    ) == (5, 1, 1, 1.0, 3, 3.0)
    assert one(
        warehouse,
        "SELECT written_question_count, answered_question_count FROM marts.rpt_member_activity WHERE member_id = 102",
    ) == (6, 6)
