"""Documents in the warehouse: citations, fetches and refusals."""

import datetime as dt
from collections.abc import Callable

import duckdb
import pytest
from building import MONDAY, Landed, day, document_id, one, question, rows

from orderpaper.records import Answer, Drift, PostSection, Question

Warehouse = duckdb.DuckDBPyConnection
MARTS = ("dim_document", "fct_question", "fct_answer", "fct_funding_figure", "fct_post_section")
OPS = ("fct_as_of", "fct_source_freshness", "fct_quarantine", "fct_drift", "fct_source_loss")
LOST = {
    "hansard": ("debate", 6, 1, ""),
    "theyworkforyou": ("daily_file", 4, 1, ""),
    "press_blog": ("post", 6, 2, ""),
    "oral_questions": ("list", 6, 1, "?skip=25"),
}
"""Source → a kind of document, how many are understood and how many are not, and the query of their addresses."""


@pytest.fixture(scope="module")
def warehouse(build_marts: Callable[..., Warehouse]) -> Warehouse:
    landed = Landed()
    _listing(landed)
    section = "We have announced a new £200million fund."
    landed.document(
        "post",
        "inbox",
        "file",
        "press_post",
        records=[PostSection(ordinal=1, text=section, char_start=0, char_end=len(section))],
        text=section,
        published_on=day("2018-11-06"),
    )
    landed.document(
        "biography",
        "members",
        "biography",
        "member_biography",
        records=[Drift(ordinal=1, field_path="value.hobbies", example="chess")],
    )
    _written_questions(landed)
    _half_a_listing(landed)
    for source, (kind, understood, lost, query) in LOST.items():
        for number in range(understood + lost):
            document_kind = f"{source}_{kind}" if number >= lost else None
            row_count = 10 if document_kind else None
            name = f"{source} {number}"
            landed.document(name, source, kind, document_kind, url=f"/{name}{query}", row_count=row_count)
    return build_marts(landed, *MARTS, *OPS)


def _written_questions(landed: Landed) -> None:
    landed.question_list("list", question(1, 5001))
    for number, outcome in enumerate(("fetched", "not_modified", "throttled")):
        landed.rows["fetch"].append(
            {
                "fetch_id": f"fetch-{number}",
                "source": "written_questions",
                "run_id": "run-1",
                "url": "https://questions-statements-api.parliament.uk/list",
                "requested_at": MONDAY + dt.timedelta(seconds=number),
                "status_code": {"fetched": 200, "not_modified": 304, "throttled": 429}[outcome],
                "outcome": outcome,
                "document_id": document_id("list") if outcome == "fetched" else None,
                "is_new_document": outcome == "fetched",
                "byte_count": 100,
                "elapsed_ms": 12,
                "attempt": 1,
                "error": None,
            }
        )
    landed.batch()


def _half_a_listing(landed: Landed) -> None:
    landed.document("half a listing", "inbox", "file", None)
    landed.rows["quarantine"].append(
        {
            "document_id": document_id("half a listing"),
            "source": "inbox",
            "parser_version": "1",
            "kind": "file",
            "url": "half.txt",
            "stage": "parse",
            "reason": "line 9: the question has no text",
            "excerpt": "Asked by:",
            "quarantined_at": MONDAY,
        }
    )


def _listing(landed: Landed) -> None:
    asked = "What funding her Department gives."
    answered = "We are investing £13.1 million."
    text = (
        "Asked by: Ada Quill (Labour - Marshford)\n"
        f"Question to the Home Department:\n{asked}\nAnswered by Jess Thornbury - Minister of State\n{answered}\n"
    )

    def span(words: str) -> dict[str, int]:
        return {"char_start": text.index(words), "char_end": text.index(words) + len(words)}

    records = [
        Question(
            ordinal=1,
            question_type="written",
            asked_by_text="Ada Quill",
            asked_by_party_text="Labour",
            asked_by_constituency_text="Marshford",
            answering_body_text="Home Department",
            text=asked,
            **span(asked),
        ),
        Answer(
            ordinal=1,
            question_ordinals=[1],
            answered_by_text="Jess Thornbury",
            answered_by_post_text="Minister of State",
            text=answered,
            **span(answered),
        ),
    ]
    facts = {"text": text, "title": None, "published_on": None, "is_searched": True}
    landed.document("listing", "inbox", "file", "question_listing", records=records, **facts)
    # The same bytes, found by another source too: one document, counted once.
    landed.document("listing", "question_listing", "file", "question_listing", records=records, **facts)


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


def test_ops_keeps_what_was_fetched_and_what_was_not_understood(warehouse: Warehouse) -> None:
    assert one(
        warehouse,
        """
        SELECT document_count, fetch_count, failed_fetch_count, last_answered_at < last_requested_at
        FROM ops.fct_source_freshness WHERE source = 'written_questions'
        """,
    ) == (1, 3, 1, True)
    assert rows(warehouse, "SELECT source, house, as_of_on::VARCHAR, lag_days FROM ops.fct_as_of ORDER BY ALL") == [
        ("written_questions", "Commons", "2024-11-15", 0),
        ("written_questions", "Lords", "2024-11-15", 0),
    ]
    assert one(warehouse, "SELECT reason FROM ops.fct_quarantine") == ("line 9: the question has no text",)
    assert one(
        warehouse, "SELECT is_quarantined FROM marts.dim_document WHERE document_kind IS NULL AND source = 'inbox'"
    ) == (True,)
    assert one(warehouse, "SELECT field_path, document_count FROM ops.fct_drift") == ("value.hobbies", 1)


def test_one_lost_document_is_tolerated_if_several_of_its_kind_are_understood(warehouse: Warehouse) -> None:
    lost = rows(
        warehouse,
        """
        SELECT source, document_count, lost_document_count, refused_row_count, tolerated_row_count
        FROM ops.fct_source_loss WHERE source IN ('hansard', 'theyworkforyou', 'press_blog', 'oral_questions')
        ORDER BY source
        """,
    )
    assert lost == [
        ("hansard", 7, 1, 10, 10),
        ("oral_questions", 7, 1, 10, 0),
        ("press_blog", 8, 2, 20, 0),
        ("theyworkforyou", 5, 1, 10, 0),
    ]


def test_a_document_of_two_sources_counts_once(warehouse: Warehouse) -> None:
    assert one(warehouse, "SELECT source FROM marts.dim_document WHERE document_id = ?", document_id("listing")) == (
        "question_listing",
    )
    assert one(warehouse, "SELECT count(*) FROM marts.fct_question WHERE document_id = ?", document_id("listing")) == (
        1,
    )
