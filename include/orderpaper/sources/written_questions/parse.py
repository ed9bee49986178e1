"""Turn payloads of the written-questions API into questions and answers."""

from orderpaper.errors import ParseError
from orderpaper.reading.dates import day_of
from orderpaper.reading.markup import html_to_text
from orderpaper.reading.payloads import Item, check_identity, read_json, text_of, value_fields
from orderpaper.reading.pieces import Piece
from orderpaper.reading.saved import SavedFile
from orderpaper.records import Answer, Document, Parsed, Question, Refusal
from orderpaper.records.rows import Rows, read_list_or_detail
from orderpaper.sources.written_questions.payload import LEFT_OUT, WrittenQuestion

_API = "the written-questions API"
KIND = f"a payload of {_API}"
LOOKED_FOR = "value.questionText"


def matches(file: SavedFile) -> bool:
    """Return whether a saved file is a list page or a detail of the API."""
    return "questionText" in value_fields(file.payload)


def parse(document: Document) -> Parsed:
    """Return the questions of a list page or of a detail, each with its answer if it has one.

    A row of a list that is not understood is refused by itself.

    Raises:
        ParseError: a field is missing or of another type, or the payload contradicts itself.
    """
    payload = read_json(document.body, _API)
    rows, announced_count, is_list = read_list_or_detail(
        payload, Item[WrittenQuestion], _API, LEFT_OUT, key=lambda question: question.id, check=_check
    )
    if document.kind == "detail":
        if announced_count is not None:
            raise ParseError("a question was asked for, and the API gave a page of its list")
        check_identity(document.url, rows.values[0].value.id, "question")
    for address, item in zip(rows.addresses, rows.values, strict=True):
        _account(rows, item.value, f"{address}.value")
    parsed = Parsed(
        document_kind="written_question_list" if is_list else "written_question_detail",
        announced_count=announced_count,
        refusals=rows.refusals,
        pieces=rows.pieces,
    )
    answers = 0
    for ordinal, question in enumerate((item.value for item in rows.values), start=1):
        parsed.records.append(_question(question, ordinal, is_list))
        if _is_answered(question):
            answers += 1
            parsed.records.append(_answer(question, answers, ordinal, is_list))
    parsed.records.extend(rows.drift)
    return parsed


def _account(rows: Rows[Item[WrittenQuestion]], question: WrittenQuestion, address: str) -> None:
    """Add what there is to account for in the fields that are left out only beside another field."""
    if question.undated:
        reason = "questions are answered together with this one, and groupedQuestionsDates does not give their days"
        where = f"{address}.groupedQuestions"
        rows.refusals.append(Refusal(address=where, reason=reason, text=", ".join(question.undated)))
    if question.comparable_answer_text and not question.original_answer_text:
        rows.pieces.append(Piece(f"{address}.comparableAnswerText", question.comparable_answer_text))


def _check(question: WrittenQuestion) -> None:
    """Check that a question has a number and words, and an answer words and a day.

    Raises:
        ParseError: something of this is missing.
    """
    if not question.uin.strip():
        raise ParseError(f"question {question.id} has no uin")
    if not html_to_text(question.question_text):
        raise ParseError(f"question {question.id} has no words")
    if _is_answered(question) and not html_to_text(question.answer_text or ""):
        raise ParseError(f"the answer to question {question.id} has no words")


def _is_answered(question: WrittenQuestion) -> bool:
    """Return whether a question has an answer. A holding answer counts.

    Raises:
        ParseError: an answer without a date, or a date without an answer.
    """
    if (question.date_answered is None) != (not question.answer_text):
        raise ParseError(
            f"question {question.id} has "
            + ("an answer without a dateAnswered" if question.answer_text else "a dateAnswered without an answerText")
        )
    return question.date_answered is not None


def _question(question: WrittenQuestion, ordinal: int, is_list: bool) -> Question:
    return Question(
        ordinal=ordinal,
        question_type="written",
        question_id=question.id,
        uin=question.uin.strip(),
        house=question.house,
        tabled_on=day_of(question.date_tabled),
        due_on=day_of(question.date_for_answer),
        is_named_day=question.is_named_day,
        is_withdrawn=question.is_withdrawn,
        has_declared_interest=question.member_has_interest,
        asking_member_id=question.asking_member_id,
        answering_body_id=question.answering_body_id,
        answering_body_text=question.answering_body_name,
        heading=question.heading,
        text=text_of(question.question_text, is_list=is_list),
        html=None if is_list else question.question_text,
        is_truncated=is_list and question.is_question_cut,
        grouped_with=[
            f"{other.date_tabled:%Y-%m-%d}/{other.question_uin}" for other in question.grouped_questions_dates
        ],
    )


def _answer(question: WrittenQuestion, ordinal: int, question_ordinal: int, is_list: bool) -> Answer:
    text = question.answer_text or ""
    return Answer(
        ordinal=ordinal,
        question_ordinals=[question_ordinal],
        answered_on=day_of(question.date_answered),
        answering_member_id=question.answering_member_id,
        text=text_of(text, is_list=is_list),
        html=None if is_list else text,
        is_truncated=is_list and question.is_answer_cut,
        is_holding=bool(question.answer_is_holding),
        is_correction=bool(question.answer_is_correction),
        held_on=day_of(question.date_holding_answer),
        corrected_on=day_of(question.date_answer_corrected),
        correcting_member_id=question.correcting_member_id,
        original_text=html_to_text(question.original_answer_text) if question.original_answer_text else None,
        attachment_count=question.attachment_count,
        attachment_titles=[attachment.title for attachment in question.attachments],
        attachment_urls=[attachment.url for attachment in question.attachments],
    )
