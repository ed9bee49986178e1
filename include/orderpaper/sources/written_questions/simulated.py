"""The written-questions API of the simulated Parliament, with its filters, its paging and its quirks.

The routes serve captured questions as well: see `replayed`.
"""

import datetime as dt
import functools
import zlib
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from typing import Protocol, TypeVar

from orderpaper.simulate.data_faults import DataFault
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.part import Part, Route
from orderpaper.simulate.payloads import Json, at_midnight, item, list_text
from orderpaper.simulate.query import Query, integer, integer_or_none, last, parse_date, skip_and_take, span
from orderpaper.simulate.question_window import Question, Window
from orderpaper.simulate.written_questions import WrittenQuestion

PATH = r"/api/writtenquestions/questions"
PAGE_LIMIT = 100
PAGE_DEFAULT = 20
FAULTS = {
    "shifting_pages": DataFault("A row comes in while a list is paged.", is_seen=False),
    "late_answers": DataFault("Answers show three days after their date."),
    "late_days": DataFault("Questions show two days after they were tabled."),
}

_SHIFTING_SHARE = 3
"""One list in this many gains a row while it is paged."""

Item = TypeVar("Item", bound=Question)
Item_co = TypeVar("Item_co", bound=Question, covariant=True)


def simulated(parliament: SimulatedParliament, faults: Set[str]) -> Part:
    """Return the API over the questions of the simulated Parliament."""
    questions, today = parliament.written_questions, parliament.as_of
    if faults & {"late_answers", "late_days"}:
        delays = (dt.timedelta(2 * ("late_days" in faults)), dt.timedelta(3 * ("late_answers" in faults)))
        questions = questions.known(today - delays[0], today - delays[1])
    return part(questions, lambda question: list_row(detail(question)), detail, is_shifting="shifting_pages" in faults)


def detail(question: WrittenQuestion) -> Json:
    """Return `value` of a question as the detail endpoint gives it, in the order of its fields."""
    answer, corrected_on = question.answer, question.corrected_on
    minister_id = answer.minister.member_id if answer else None
    heading = question.fate.topic.heading
    attachment = {
        "url": f"https://qna.files.parliament.uk/qna-attachments/{question.question_id}/original/table.xlsx",
        "title": heading,
        "fileType": "xlsx",
        "fileSizeBytes": 9000 + question.fate.draw,
    }
    attachments = [attachment] if answer and answer.has_attachment else []
    return {
        "id": question.question_id,
        "askingMemberId": question.asking_member_id,
        "askingMember": None,
        "house": question.house,
        "memberHasInterest": question.has_interest,
        "dateTabled": at_midnight(question.tabled_on),
        "dateForAnswer": at_midnight(question.due_on),
        "uin": question.uin,
        "questionText": question.text,
        "answeringBodyId": question.answering_body_id,
        "answeringBodyName": question.fate.department.name,
        "isWithdrawn": question.is_withdrawn,
        "isNamedDay": question.is_named_day,
        "groupedQuestions": [uin for uin, _ in question.grouped_with],
        "answerIsHolding": not answer.is_final if answer else None,
        "answerIsCorrection": corrected_on is not None if answer else None,
        "answeringMemberId": minister_id,
        "answeringMember": None,
        "correctingMemberId": minister_id if corrected_on else None,
        "correctingMember": None,
        "dateAnswered": at_midnight(question.answered_on),
        "answerText": answer.text if answer else None,
        "originalAnswerText": answer.original if answer else "",
        "comparableAnswerText": "",
        "dateAnswerCorrected": at_midnight(corrected_on),
        "dateHoldingAnswer": at_midnight(question.held_on),
        "attachmentCount": len(attachments),
        "heading": question.heading,
        "attachments": attachments,
        "groupedQuestionsDates": [
            {"questionUin": uin, "dateTabled": at_midnight(day)} for uin, day in question.grouped_with
        ],
    }


def list_row(detail: Json) -> Json:
    """Return `value` of a question as in a list: cut texts without tags, no attachments, no original answers.

    A cut question has no mark, and a cut answer ends with "...".
    """
    answer: str | None = detail["answerText"]
    return detail | {
        "questionText": list_text(detail["questionText"], mark=""),
        "answerText": None if answer is None else list_text(answer),
        "originalAnswerText": "",
        "comparableAnswerText": "",
        "attachments": [],
    }


@dataclass(frozen=True, slots=True)
class Listing:
    """The filters of a list. It is hashable, so that lists can be cached."""

    window: Window
    answered: str
    answering_bodies: frozenset[int]
    asking_member_id: int | None
    house: str | None
    uin: str | None
    search_term: str | None
    include_withdrawn: bool

    @classmethod
    def asked(cls, query: Query) -> "Listing":
        """Return the list that a query asks for. Like the API, ignore unknown parameters silently.

        Raises:
            BadRequestError: a value is not a date or a number.
        """
        spans = {name: span(query, f"{name}whenfrom", f"{name}whento") for name in ("tabled", "answered", "corrected")}
        return cls(
            window=Window(**spans),
            answered=(last(query, "answered") or "Any").lower(),
            answering_bodies=frozenset(integer(value) for value in query.get("answeringbodies", ())),
            asking_member_id=integer_or_none(query, "askingmemberid"),
            house=last(query, "house"),
            uin=last(query, "uin"),
            search_term=last(query, "searchterm"),
            include_withdrawn=(last(query, "includewithdrawn") or "").lower() == "true",
        )

    def has(self, question: Question) -> bool:
        """Return whether a question of the window passes all filters but the search term."""
        return (
            (self.include_withdrawn or not question.is_withdrawn)
            and (self.answered != "answered" or question.answered_on is not None)
            and (self.answered != "unanswered" or question.answered_on is None)
            and (not self.answering_bodies or question.answering_body_id in self.answering_bodies)
            and self.asking_member_id in (None, question.asking_member_id)
            and (self.house not in ("Commons", "Lords") or question.house == self.house)
            and (self.uin is None or question.uin.lower() == self.uin.lower())
        )


class Questions(Protocol[Item_co]):
    """The questions that the API serves."""

    def within(self, window: Window) -> Sequence[Item_co]:
        """Return the questions of a window in the order in which lists give them."""

    def find(self, question_id: int) -> Item_co | None:
        """Return the question of an id."""

    def numbered(self, tabled_on: dt.date, uin: str) -> Item_co | None:
        """Return the question of a number tabled on a day."""


def part(
    questions: Questions[Item],
    row: Callable[[Item], Json],
    detail: Callable[[Item], Json | None],
    *,
    is_shifting: bool = False,
) -> Part:
    """Return the API over some questions.

    Args:
        questions: all questions.
        row: returns `value` of a question as in a list.
        detail: returns `value` of a question as in the detail endpoint, or None if there is no such page.
        is_shifting: whether some lists gain a row while they are paged. Between the first page and the second, a row
            comes in at the top: the total grows by one and the last row of the first page is the first of the second.
            From then on the list stays as it is.
    """
    grown: set[Listing] = set()

    def matches(question: Item, term: str) -> bool:
        value = detail(question) or row(question)
        return term in " ".join(value[key] or "" for key in ("questionText", "answerText", "heading")).lower()

    @functools.lru_cache(maxsize=32)
    def listed(listing: Listing) -> Sequence[Item]:
        found = [question for question in questions.within(listing.window) if listing.has(question)]
        term = listing.search_term
        return found if term is None else [question for question in found if matches(question, term.lower())]

    def answer_list(query: Query) -> Json:
        listing = Listing.asked(query)
        skip, take = skip_and_take(query, default=PAGE_DEFAULT, limit=PAGE_LIMIT)
        rows = listed(listing)
        if is_shifting and len(rows) - 1 > take and zlib.crc32(repr(listing).encode()) % _SHIFTING_SHARE == 0:
            if skip == 0 and listing not in grown:
                rows = rows[1:]
            else:
                grown.add(listing)
        results = [item(row(question), f"/Questions/{question.question_id}") for question in rows[skip : skip + take]]
        return {"totalResults": len(rows), "results": results}

    def answer_detail(question: Item | None, place: str) -> Json | None:
        value = detail(question) if question else None
        return item(value, f"/Questions/{place}") if value else None

    routes: list[Route] = [
        (PATH, answer_list),
        (rf"{PATH}/(\d+)", lambda _, number: answer_detail(questions.find(int(number)), number)),
        (
            rf"{PATH}/(\d{{4}}-\d\d-\d\d)/(\w+)",
            lambda _, day, uin: answer_detail(questions.numbered(parse_date(day), uin), f"{day}/{uin}"),
        ),
    ]
    return Part(routes=routes, required_field="askingMemberId", total_field="totalResults")
