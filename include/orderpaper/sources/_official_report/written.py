"""Written answers in the volumes of the Official Report: questions that stand together, and the answers to them."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from orderpaper.enrichment.people.attribution import Attribution
from orderpaper.errors import ParseError
from orderpaper.reading.dates import find_days
from orderpaper.records import Answer, Question, Record

_HELD = re.compile(r"\W*holding answer\b[^\n]{0,40}", re.IGNORECASE)
"""Matches the line above an answer that says on which day a holding answer was given."""

_MOST_LINKS = 10_000
"""Each answer of an exchange belongs to each of its questions. The largest groups have a hundred."""


@dataclass(slots=True)
class Passage:
    """The words of one member: a question with its parts, or an answer with its paragraphs."""

    speaker: Attribution
    member_id: int | None
    uin: str | None
    paragraphs: list[str]

    @property
    def text(self) -> str:
        """Return the words, a line for each paragraph."""
        return "\n".join(self.paragraphs)


@dataclass(slots=True)
class Exchange:
    """Questions that stand together under a heading, and the answers to them."""

    department: str | None
    heading: str | None
    questions: list[Passage] = field(default_factory=list)
    answers: list[Passage] = field(default_factory=list)


def written_records(
    exchanges: Iterable[Exchange], house: str, day: dt.date, counts: Mapping[type, int]
) -> Iterator[Record]:
    """Yield the questions and answers in order. Several questions of an exchange are one group.

    Ordinals continue from `counts`, the records of each type made so far.

    Raises:
        ParseError: so many questions and answers stand under one heading that they cannot belong together.
    """
    questions, answers = counts.get(Question, 0), counts.get(Answer, 0)
    for exchange in exchanges:
        if len(exchange.answers) > 1 and len(exchange.questions) * len(exchange.answers) > _MOST_LINKS:
            raise ParseError(
                f"{len(exchange.questions)} questions and {len(exchange.answers)} answers stand under the heading"
                f" “{exchange.heading}”, which are too many to belong together"
            )
        first = questions + 1
        for asked in exchange.questions:
            questions += 1
            yield Question(
                ordinal=questions,
                question_type="written",
                uin=asked.uin,
                house=house,
                asking_member_id=asked.member_id,
                asked_by_text=asked.speaker.name,
                asked_by_party_text=asked.speaker.party,
                asked_by_constituency_text=asked.speaker.constituency,
                answering_body_text=exchange.department,
                heading=exchange.heading,
                text=asked.text,
                group_ordinal=first if len(exchange.questions) > 1 else None,
            )
        # All answers share one list, because there may be as many of them as there are questions.
        asked_together = list(range(first, questions + 1))
        for answered in exchange.answers:
            answers += 1
            yield Answer(
                ordinal=answers,
                question_ordinals=asked_together,
                answered_on=day,
                answering_member_id=answered.member_id,
                answered_by_text=answered.speaker.name,
                answered_by_post_text=answered.speaker.post,
                held_on=_held_on(answered.text),
                text=answered.text,
            )


def _held_on(text: str) -> dt.date | None:
    """Return the day of the holding answer, if the first line names one."""
    line = _HELD.match(text)
    return next((day.date for day in find_days(line[0]) if day.date), None) if line else None
