"""Turn pages of the oral-questions API into questions."""

from orderpaper.errors import ParseError
from orderpaper.reading.dates import day_of
from orderpaper.reading.markup import html_to_text
from orderpaper.reading.payloads import read_json, read_shape
from orderpaper.reading.saved import SavedFile
from orderpaper.records import Document, Parsed, Question
from orderpaper.records.rows import read_rows
from orderpaper.sources.oral_questions.payload import (
    LEFT_OUT,
    PAGE_LEFT_OUT,
    OralQuestion,
    Page,
    QuestionType,
    Status,
)

_API = "the oral-questions API"
KIND = f"a payload of {_API}"
LOOKED_FOR = "AnsweringWhen"
_HOUSE = "Commons"
"""The API has only the Commons. The oral questions of the Lords are only in Hansard."""


def matches(file: SavedFile) -> bool:
    """Return whether a saved file is a page of the API, or rows of one.

    Other lists of the same API family have pages with `Response` too, so a row must have the day of answer. A page
    without rows could be of any of these lists and is not recognised.
    """
    payload = file.payload
    if isinstance(payload, dict) and "Response" in payload:
        payload = payload["Response"]
    rows = payload if isinstance(payload, list) else [payload]
    return any(isinstance(row, dict) and "AnsweringWhen" in row for row in rows)


def parse(document: Document) -> Parsed:
    """Return the questions of a page, as tabled. A row that is not understood is refused by itself.

    Raises:
        ParseError: the page is not one of the API, reports a failure, or has no row that is understood.
    """
    payload = read_json(document.body, _API)
    page = read_shape(payload, Page, _API) if isinstance(payload, dict) and "Response" in payload else None
    if page and not page.success:
        raise ParseError(f"the page reports a failure: {'; '.join(page.errors) or 'no reason given'}")
    is_list = page is not None or isinstance(payload, list)
    rows = read_rows(
        page.response if page else payload if is_list else [payload],
        OralQuestion,
        _API,
        LEFT_OUT,
        key=lambda row: row.id,
        check=_check,
        address="$.Response" if page else "$",
        prefix="Response",
        is_list=is_list,
    )
    if page:
        rows.add_fields(payload, Page, PAGE_LEFT_OUT)
    return Parsed(
        document_kind="oral_question_list",
        announced_count=page.paging_info.total if page else None,
        records=[*(_question(row, ordinal) for ordinal, row in enumerate(rows.values, start=1)), *rows.drift],
        refusals=rows.refusals,
        pieces=rows.pieces,
    )


def _check(question: OralQuestion) -> None:
    """Check that a question has words.

    Raises:
        ParseError: it has none.
    """
    if not html_to_text(question.question_text):
        raise ParseError(f"question {question.id} has no words")


def _question(question: OralQuestion, ordinal: int) -> Question:
    """Return the record of a row. A question that was not reached, or was removed on the day, is not withdrawn."""
    asker = question.asking_member
    return Question(
        ordinal=ordinal,
        question_type="topical" if question.question_type is QuestionType.TOPICAL else "oral",
        question_id=question.id,
        uin=str(question.uin),
        house=_HOUSE,
        tabled_on=day_of(question.tabled_when),
        due_on=day_of(question.answering_when),
        is_withdrawn=question.status is Status.WITHDRAWN,
        has_declared_interest=bool(question.declarable_interest_detail),
        declared_interest_text=question.declarable_interest_detail,
        asking_member_id=question.asking_member_id,
        asked_by_text=asker.name if asker else None,
        asked_by_party_text=asker.party if asker else None,
        asked_by_constituency_text=asker.constituency if asker else None,
        answering_body_id=question.answering_body_id,
        answering_body_text=question.answering_body,
        answering_post_text=question.answering_minister_title,
        answering_member_text=question.answering_minister.name if question.answering_minister else None,
        text=html_to_text(question.question_text),
    )
