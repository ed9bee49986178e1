"""Questions in the marts that several documents carry."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import duckdb
import pytest
from building import COASTS, FRIDAY, MONDAY, Landed, answer, day, document_id, member, one, question, rows

from orderpaper.records import Answer, Question

Warehouse = duckdb.DuckDBPyConnection
CITED = [
    "https://hansard-api.parliament.uk/debates/debate/7.json",
    "https://oralquestionsandmotions-api.parliament.uk/oral list",
]
CUT = "The Riverside Fund helps " + "more and " * 40
SHARED = "There are 27 areas."


@pytest.fixture(scope="module")
def warehouse(build_marts: Callable[..., Warehouse]) -> Warehouse:
    landed = Landed()
    landed.register(
        member(1, 101, "Mrs Ada Quill", "Labour", "Marshford"),
        member(2, 102, "Ben Oake", "Independent", "Hollow Bay"),
        member(3, 103, "Dame Cora Finch", "Liberal Democrat", "Weir"),
    )
    _written_questions(landed)
    _question_time(landed)
    landed.document(
        "digest",
        "inbox",
        "file",
        "debate_digest",
        records=[
            Question(
                ordinal=1,
                question_type="debate",
                house="Commons",
                answering_body_text="Home Department",
                asked_by_text="Ben Oake",
                text="Why?",
            )
        ],
        title="Tides",
        published_on=day("2024-11-12"),
    )
    return build_marts(
        landed,
        "dim_department",
        "dim_document",
        "fct_question",
        "fct_answer",
        "bridge_question_answer",
        "bridge_question_document",
        "bridge_similar_question",
    )


def _written_questions(landed: Landed) -> None:
    group = [f"2024-11-04/{number}" for number in (5003, 5004)]
    landed.question_list(
        "list of Monday",
        question(1, 5001),
        question(2, 5002, is_truncated=True, text="x" * 255, tabled_on=day("2024-11-05")),
        answer(2, CUT[:255] + "...", is_truncated=True),
        question(3, 5003, grouped_with=group[1:]),
        answer(3, SHARED),
        question(4, 5004, grouped_with=group[:1], house="Lords", due_on=day("2024-11-18")),
        question(5, 5005),
        answer(5, "It has not proved possible to respond in time.", is_holding=True, answered_on=day("2024-11-06")),
        question(6, 5006, answering_body_id=999, answering_body_text="Office of Tides"),
        question(8, 5008, grouped_with=["2024-11-04/5003"], tabled_on=day("2024-11-05")),
        answer(8, SHARED),
        question(9, 5009, text=COASTS.format("high risk")),
    )
    landed.document(
        "detail of 5002",
        "written_questions",
        "detail",
        "written_question",
        records=[
            question(1, 5002, text="To ask in full, " + "y" * 300, tabled_on=day("2024-11-05")),
            answer(1, CUT + "more."),
        ],
        fetched_at=MONDAY + dt.timedelta(minutes=1),
    )
    landed.question_list(
        "list of Friday",
        question(1, 5001, is_withdrawn=True),
        question(2, 5005),
        answer(2, "They are open.", answered_on=day("2024-11-12"), held_on=day("2024-11-06")),
        question(3, 5010, text=COASTS.format("high-risk")),
        fetched_at=FRIDAY,
    )


def _question_time(landed: Landed) -> None:
    """Two topical questions in the same words, as tabled and, revised once, as Hansard has them with their answer."""
    words = "If she will make a statement on her departmental responsibilities."
    put: dict[str, Any] = {"question_type": "topical", "due_on": day("2024-11-12"), "text": words}
    landed.document(
        "oral list",
        "oral_questions",
        "list",
        "oral_question_list",
        records=[
            question(1, 7001, uin="900001", asking_member_id=101, **put),
            question(2, 7002, uin="900002", asking_member_id=103, **put),
        ],
    )
    printed: dict[str, Any] = {"house": "Commons", "answering_body_text": "Home Department", "heading": "Topics", **put}
    for name, reply, fetched_at in (("first", "We  are.", MONDAY), ("revised", "We are.", FRIDAY)):
        landed.document(
            f"debate as {name} put out",
            "hansard",
            "debate",
            "hansard_debate",
            records=[
                Question(ordinal=1, uin="900001", asking_member_id=101, **printed),
                Question(ordinal=2, asking_member_id=103, **printed),
                Answer(ordinal=1, question_ordinals=[1, 2], answered_on=day("2024-11-12"), text=reply),
            ],
            fetched_at=fetched_at,
            url="/debates/debate/7.json",
        )


def test_a_question_is_one_row_however_many_documents_carry_it(warehouse: Warehouse) -> None:
    assert rows(warehouse, "SELECT question_type, count(*) FROM marts.fct_question GROUP BY ALL ORDER BY ALL") == [
        ("debate", 1),
        ("topical", 2),
        ("written", 9),
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


def test_nearly_equal_questions_of_one_member_are_linked(warehouse: Warehouse) -> None:
    assert rows(
        warehouse,
        """
        SELECT list_sort([q.question_id, s.question_id]), b.similarity_share
        FROM marts.bridge_similar_question AS b JOIN marts.fct_question AS q USING (question_key)
        JOIN marts.fct_question AS s ON b.similar_question_key = s.question_key
        """,
    ) == [([5009, 5010], 1.0)]


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
