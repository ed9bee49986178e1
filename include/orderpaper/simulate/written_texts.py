"""The texts of the simulated written questions, and the answers to them as they stand."""

import datetime as dt
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

from orderpaper.simulate import sittings
from orderpaper.simulate.answer_wording import Answering, answer_html, corrected_html, holding_text
from orderpaper.simulate.departments import departments
from orderpaper.simulate.dice import dice
from orderpaper.simulate.fates import Fate
from orderpaper.simulate.people import COMMONS, LORDS, Member, People
from orderpaper.simulate.question_wording import Asking, question_text

if TYPE_CHECKING:
    from orderpaper.simulate.written_questions import QuestionBook, WrittenQuestion

_NEW_REIGN = dt.date(2022, 9, 8)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it stands."""

    minister: Member
    text: str
    """HTML."""
    original: str = ""
    """HTML before the correction, if there was one."""
    is_final: bool = True
    has_attachment: bool = False


def answer_to(book: "QuestionBook", question: "WrittenQuestion") -> Answer | None:
    """Return the answer as it stands, or None if there is none yet."""
    day = question.answered_on
    if day is None:
        return None
    fate, answered_on = question.fate, book.seen_answer(question.fate.answered_on)
    minister = _minister(book.people, fate, day)
    if answered_on is None:
        return Answer(minister, holding_text(fate.department), is_final=False)
    rng = dice(book.seed, "answer", fate.text_key)
    earlier = _earlier_answer(book, rng, question, answered_on) if fate.kind == "referral" else None
    elsewhere = departments()[fate.draw % 12].answering_body_id
    colleague = book.people.ministers(elsewhere, COMMONS, answered_on)[0]
    answering = Answering(
        department=fate.department,
        topic=fate.topic,
        kind=fate.kind,
        answered_on=answered_on,
        member=_addressed(question),
        colleague=(
            f"hon. Friend the Member for {colleague.seat_on(answered_on).name} "
            f"({colleague.name_on(answered_on).display})"
        ),
        refers_to=f"the answer given on {earlier}" if earlier else None,
    )
    text = answer_html(rng, answering)
    has_attachment = fate.kind == "table" and fate.draw % 3 == 0
    if question.corrected_on:
        return Answer(minister, corrected_html(rng, text), text, has_attachment=has_attachment)
    return Answer(minister, text, has_attachment=has_attachment)


def _minister(people: People, fate: Fate, day: dt.date) -> Member:
    """Return the minister who answers on `day`."""
    ministers = people.ministers(fate.department.answering_body_id, fate.house, day)
    return ministers[fate.draw % len(ministers)]


def text_of(book: "QuestionBook", question: "WrittenQuestion") -> str:
    """Return the text of a question."""
    rng = dice(book.seed, question.question_id, "text")
    fate, day = question.fate, question.tabled_on
    head = book.people.ministers(question.answering_body_id, COMMONS, day)[0]
    askers = book.people.askers(COMMONS, day)
    other = rng.choice(askers)
    place = question.asker if fate.house == COMMONS else rng.choice(askers)
    earlier = _earlier_answer(book, rng, question, day) if rng.random() < 0.1 else None
    asking = Asking(
        department=fate.department,
        topic=fate.topic,
        year=day.year,
        head_gender=head.gender,
        place=place.seat_on(day).name,
        other_place=other.seat_on(day).name,
        follows=f"the Answer of {earlier} on {fate.topic.heading}" if earlier else None,
        sovereign=("His" if day >= _NEW_REIGN else "Her") if fate.house == LORDS else None,
    )
    return question_text(rng, asking)


def _addressed(question: "WrittenQuestion") -> str:
    """Return how an answer addresses the asker. An answer to several askers does not tell them apart."""
    if question.fate.house == LORDS:
        return "noble Lord" if question.asker.gender == "M" else "noble Baroness"
    if question.group or question.fate.kind == "stock":
        return "hon. Member"
    return f"hon. Member for {question.asker.seat_on(question.tabled_on).name}"


def _earlier_answer(book: "QuestionBook", rng: random.Random, question: "WrittenQuestion", by: dt.date) -> str | None:
    """Return a question to the same department that was answered by a day: "3 March 2025 to Question 28991"."""
    start = sittings.sitting_day_before(question.tabled_on, rng.randint(6, 12))
    for day in (start, sittings.sitting_day_before(start, 1)):
        for other in book.tabled(day) if day < question.tabled_on else ():
            answered_on = other.fate.answered_on
            same = other.answering_body_id == question.answering_body_id and other.fate.house == question.fate.house
            if same and answered_on and answered_on <= by and other.fate.kind != "referral":
                return f"{answered_on.day} {answered_on:%B %Y} to Question {other.uin}"
    return None
