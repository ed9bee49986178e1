"""What the marts say of the invented Parliament in parliament.py."""

import hashlib
from pathlib import Path
from typing import Any

import duckdb
import pytest
from building import document_id
from parliament import FUND

Warehouse = duckdb.DuckDBPyConnection
CITED = [
    "https://hansard-api.parliament.uk/debates/debate/7.json",
    "https://oralquestionsandmotions-api.parliament.uk/oral list",
]


def rows(warehouse: Warehouse, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    return warehouse.execute(sql, values).fetchall()


def one(warehouse: Warehouse, sql: str, *values: Any) -> tuple[Any, ...]:
    (row,) = rows(warehouse, sql, *values)
    return row


def test_a_question_is_one_row_however_many_documents_carry_it(warehouse: Warehouse) -> None:
    assert rows(warehouse, "SELECT question_type, count(*) FROM marts.fct_question GROUP BY ALL ORDER BY ALL") == [
        ("debate", 6),
        ("topical", 2),
        ("written", 11),
    ]
    assert rows(
        warehouse,
        """
        SELECT q.question_id, d.url, b.is_text_chosen, b.is_state_chosen FROM marts.fct_question AS q
        JOIN marts.bridge_question_document AS b USING (question_key)
        JOIN marts.dim_document AS d ON b.document_id = d.document_id
        WHERE q.question_id IN (5001, 5002) ORDER BY ALL
        """,
    ) == [
        (5001, "https://questions-statements-api.parliament.uk/list of Friday", True, True),
        (5001, "https://questions-statements-api.parliament.uk/list of Monday", False, False),
        (5002, "https://questions-statements-api.parliament.uk/detail of 5002", True, True),
        (5002, "https://questions-statements-api.parliament.uk/list of Monday", False, False),
    ]


def test_a_question_of_the_order_paper_and_of_hansard_is_one_with_the_answer_that_was_given(
    warehouse: Warehouse,
) -> None:
    assert rows(
        warehouse,
        """
        SELECT q.question_id, q.asking_member_name, q.heading, q.tabled_on::VARCHAR, q.status, a.answer_text,
            a.question_count, list(d.url ORDER BY d.url)
        FROM marts.fct_question AS q JOIN marts.bridge_question_document AS b USING (question_key)
        JOIN marts.dim_document AS d ON b.document_id = d.document_id
        LEFT JOIN marts.bridge_question_answer USING (question_key) LEFT JOIN marts.fct_answer AS a USING (answer_key)
        WHERE q.question_type = 'topical' GROUP BY ALL ORDER BY ALL
        """,
    ) == [
        (7001, "Mrs Ada Quill", "Topics", "2024-11-04", "answered", "We are.", 2, CITED),
        (7002, "Dame Cora Finch", "Topics", "2024-11-04", "answered", "We are.", 2, CITED),
    ]


def test_every_version_of_a_revised_debate_is_kept_and_the_newest_counts(warehouse: Warehouse) -> None:
    assert rows(
        warehouse,
        """
        SELECT document_id, is_current FROM marts.dim_document
        WHERE url = 'https://hansard-api.parliament.uk/debates/debate/7.json' ORDER BY is_current
        """,
    ) == [
        (document_id("debate as first put out"), False),
        (document_id("debate as revised put out"), True),
    ]


def test_the_uncut_text_is_kept(warehouse: Warehouse) -> None:
    text, is_truncated, document, answer, answer_is_truncated = one(
        warehouse,
        """
        SELECT q.question_text, q.is_truncated, q.document_id, a.answer_text, a.is_truncated
        FROM marts.fct_question AS q JOIN marts.bridge_question_answer USING (question_key)
        JOIN marts.fct_answer AS a USING (answer_key) WHERE q.question_id = 5002
        """,
    )
    assert text.startswith("To ask in full") and not is_truncated and document == document_id("detail of 5002")
    assert answer.endswith("more.") and not answer_is_truncated


def test_status_is_as_of_the_newest_document(warehouse: Warehouse) -> None:
    assert rows(
        warehouse,
        """
        SELECT question_id, status, is_withdrawn, answered_on::VARCHAR FROM marts.fct_question
        WHERE question_id IN (5001, 5002, 5004, 5005) ORDER BY ALL
        """,
    ) == [
        (5001, "withdrawn", True, None),
        (5002, "answered", False, "2024-11-07"),
        (5004, "unanswered", False, None),
        (5005, "answered", False, "2024-11-12"),
    ]


def test_grouped_questions_with_one_answer_share_its_row(warehouse: Warehouse) -> None:
    assert rows(
        warehouse,
        """
        SELECT a.answer_text, a.question_count, list(q.question_id ORDER BY q.question_id)
        FROM marts.fct_answer AS a JOIN marts.bridge_question_answer USING (answer_key)
        JOIN marts.fct_question AS q USING (question_key)
        WHERE q.question_id IN (5003, 5008) GROUP BY ALL
        """,
    ) == [("There are 27 areas.", 2, [5003, 5008])]


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


def test_nearly_equal_questions_of_one_member_are_linked(warehouse: Warehouse) -> None:
    assert rows(
        warehouse,
        """
        SELECT list_sort([q.question_id, s.question_id]), b.similarity_share
        FROM marts.bridge_similar_question AS b JOIN marts.fct_question AS q USING (question_key)
        JOIN marts.fct_question AS s ON b.similar_question_key = s.question_key
        """,
    ) == [([5009, 5010], 1.0)]


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
    ) == [("Home Office", 1, 1, 7), ("Office of Tides", 1, 1, 1)]


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


def test_a_member_who_changed_party_is_two_rows(warehouse: Warehouse) -> None:
    assert rows(
        warehouse,
        """
        SELECT party, valid_from::VARCHAR, valid_to::VARCHAR, is_current FROM marts.dim_member
        WHERE member_id = 102 ORDER BY valid_from
        """,
    ) == [("Conservative", "2019-12-12", "2024-11-06", False), ("Independent", "2024-11-06", None, True)]
    assert one(
        warehouse,
        """
        SELECT m.party, q.asking_member_name, q.match_method, q.asked_by_text FROM marts.fct_question AS q
        JOIN marts.dim_member AS m ON q.asking_member_key = m.member_key WHERE q.question_id = 5001
        """,
    ) == ("Conservative", "Ben Oake", "member_id", None)


def test_printed_names_are_resolved(warehouse: Warehouse) -> None:
    assert rows(
        warehouse,
        """
        SELECT coalesce(speaker_text, speaker_constituency_text), m.member_id, c.match_method, m.is_verified
        FROM marts.fct_contribution AS c JOIN marts.dim_member AS m USING (member_key) ORDER BY contribution_ordinal
        """,
    ) == [
        ("Cora Finch", 103, "name_and_constituency", True),
        ("Jessica Thornbury", 104, "short_name_and_constituency", True),
        ("Ben Oake", 102, "name_and_constituency", True),
        ("Flora Quince", None, "unverified", False),
        ("Marshford", 101, "constituency", True),
        ("Mrs Ada Quill", 101, "name", True),
    ]


def test_issues_are_raised_about_what_the_register_contradicts_and_nothing_else(warehouse: Warehouse) -> None:
    assert rows(
        warehouse,
        """
        SELECT issue_kind, as_printed, register_says, severity FROM marts.fct_attribution_issue
        WHERE document_id = ? ORDER BY ALL
        """,
        document_id("digest"),
    ) == [
        ("constituency_unknown", "Lost Valley", "Marshford", "medium"),
        ("constituency_unknown", "Oldstead", None, "medium"),
        ("contributor_count_differs", "7", "6", "medium"),
        ("name_differs", "Jessica Thornbury", "Jess Thornbury", "low"),
        ("name_missing", "Marshford", "Mrs Ada Quill", "low"),
        ("not_in_register", "Flora Quince", None, "high"),
        ("party_differs", "Con", "Independent", "medium"),
    ]
    assert rows(
        warehouse,
        "SELECT issue_kind, as_printed FROM marts.fct_attribution_issue WHERE document_id != ?",
        document_id("digest"),
    ) == [("not_in_register", "member 999")]


def test_departments_are_found_by_id_and_by_name_and_unknown_ones_are_kept(warehouse: Warehouse) -> None:
    assert rows(
        warehouse,
        """
        SELECT DISTINCT q.answering_body_text, d.department_name, d.is_seeded
        FROM marts.fct_question AS q JOIN marts.dim_department AS d USING (department_key) ORDER BY 1
        """,
    ) == [
        ("Home Department", "Home Office", True),
        ("Home Office", "Home Office", True),
        ("Office of Tides", "Office of Tides", False),
    ]


@pytest.mark.parametrize(
    ("table", "text", "start", "end"),
    [
        ("fct_question", "question_text", "char_start", "char_end"),
        ("fct_answer", "answer_text", "char_start", "char_end"),
        ("fct_funding_figure", "surface", "char_start", "char_end"),
        ("fct_post_section", "section_text", "char_start", "char_end"),
    ],
)
def test_spans_cite_the_text_of_the_document(warehouse: Warehouse, table: str, text: str, start: str, end: str) -> None:
    cited = rows(
        warehouse,
        f"""
        SELECT {text}, substr(document_text, {start} + 1, {end} - {start})
        FROM marts.{table} JOIN marts.dim_document USING (document_id) WHERE {start} IS NOT NULL
        """,
    )
    assert cited
    assert all(words == passage for words, passage in cited)


def test_turns_point_to_questions_answers_and_each_other(warehouse: Warehouse) -> None:
    assert one(
        warehouse,
        """
        SELECT count(*), count(question_key), count(answer_key), count(reply_to_contribution_key)
        FROM marts.fct_contribution
        """,
    ) == (13, 6, 6, 6)
    assert one(warehouse, "SELECT announced_contributor_count, found_contributor_count FROM marts.fct_debate") == (7, 6)


def test_quotes_and_mentions_are_resolved_where_the_register_reaches(warehouse: Warehouse) -> None:
    assert rows(warehouse, "SELECT speaker_text, match_method FROM marts.fct_quote ORDER BY quote_ordinal") == [
        ("A Home Office spokesperson", "unresolved"),
        ("Guy Pell", "name"),
    ]
    assert one(
        warehouse,
        """
        SELECT m.member_id, n.match_method FROM marts.fct_member_mention AS n
        JOIN marts.dim_member AS m USING (member_key)
        """,
    ) == (104, "name_and_constituency")


def test_posts_name_their_holder_and_department(warehouse: Warehouse) -> None:
    assert one(
        warehouse,
        """
        SELECT m.name, d.department_name, p.is_current FROM marts.dim_government_post AS p
        JOIN marts.dim_member AS m USING (member_key) JOIN marts.dim_department AS d USING (department_key)
        """,
    ) == ("Jess Thornbury", "Home Office", True)


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
        SELECT answered_question_count, late_question_count, median_response_days
        FROM marts.rpt_department_response_times WHERE department_name = 'Home Office'
        """,
    ) == (7, 6, 3.0)
    assert one(
        warehouse,
        "SELECT written_question_count, answered_question_count FROM marts.rpt_member_activity WHERE member_id = 102",
    ) == (8, 8)


def test_ops_keeps_what_was_fetched_and_what_was_not_understood(warehouse: Warehouse) -> None:
    assert one(
        warehouse,
        """
        SELECT document_count, fetch_count, failed_fetch_count, last_interval_end_on::VARCHAR
        FROM ops.fct_source_freshness WHERE source = 'written_questions'
        """,
    ) == (3, 3, 1, "2024-11-15")
    assert one(warehouse, "SELECT reason FROM ops.fct_quarantine") == ("line 9: the question has no text",)
    assert one(warehouse, "SELECT is_quarantined FROM marts.dim_document WHERE document_kind IS NULL") == (True,)
    assert one(warehouse, "SELECT field_path, document_count FROM ops.fct_drift") == ("value.hobbies", 1)


def test_a_document_of_two_sources_counts_once(warehouse: Warehouse) -> None:
    assert one(warehouse, "SELECT source FROM marts.dim_document WHERE document_id = ?", document_id("listing")) == (
        "question_listing",
    )
    assert one(warehouse, "SELECT count(*) FROM marts.fct_question WHERE document_id = ?", document_id("listing")) == (
        1,
    )


def test_a_build_from_the_same_rows_in_another_order_is_equal(built: Path, rebuilt: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{built}' AS one (READ_ONLY)")
        connection.execute(f"ATTACH '{rebuilt}' AS other (READ_ONLY)")
        tables = connection.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_catalog = 'one' AND table_schema = 'marts'"
        ).fetchall()
        assert len(tables) >= 20
        for (table,) in tables:
            for left, right in (("one", "other"), ("other", "one")):
                different = connection.execute(
                    f"FROM {left}.marts.{table} EXCEPT ALL FROM {right}.marts.{table}"
                ).fetchall()
                assert different == [], table


def test_answers_repeat_only_by_their_whole_text(warehouse: Warehouse) -> None:
    assert one(warehouse, "SELECT repeat_cluster_key FROM marts.fct_answer WHERE answer_text = ?", FUND) == (None,)
