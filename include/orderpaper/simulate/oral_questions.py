"""The oral questions of the simulated Commons: one department answers each sitting day, the Prime Minister on
Wednesdays as well. What is put on a day follows from the seed and the date alone.
"""

import datetime as dt
import functools
import random
from dataclasses import dataclass

from orderpaper.simulate import sittings
from orderpaper.simulate.departments import Department, Topic, departments
from orderpaper.simulate.dice import dice
from orderpaper.simulate.member_payloads import at_midnight
from orderpaper.simulate.people import COMMONS, Member, People
from orderpaper.simulate.spoken_wording import TABLED, TOPICAL, Scene, addressed
from orderpaper.simulate.upstream import Json, Span

TO_BE_ASKED, WITHDRAWN, UNASKED = 5, 7, 11
"""Of the API's statuses, those that a published question has."""
SUBSTANTIVE, TOPICAL_TYPE = 1, 2
NOTICE = 3
"""Sitting days from the shuffle to the answer (Standing Order No. 22)."""
_FIRST_DAY = dt.date(2010, 1, 1)
_IDS_PER_DAY = 100
_GROUPS = ((1,), (2, 7, 11), (3,), (4, 9), (5,))
"""Numbers of the substantive questions that are reached, those in brackets answered together."""
_PRIME_MINISTER = 23


@dataclass(frozen=True, slots=True)
class OralQuestion:
    """A question on the order paper of `day`. Numbers start again with the topical ones."""

    question_id: int
    uin: int
    number: int
    kind: int
    text: str
    status: int
    day: dt.date
    department: Department
    topic: Topic
    asker: Member


@dataclass(frozen=True, slots=True)
class QuestionTime:
    """One department's questions of a day: all, and those that the House reaches, in the groups it takes them in."""

    department: Department
    questions: tuple[OralQuestion, ...]
    groups: tuple[tuple[OralQuestion, ...], ...]
    topicals: tuple[OralQuestion, ...]
    """Those that are reached."""

    @property
    def is_prime_ministers(self) -> bool:
        """Whether the Prime Minister answers, of whom everybody asks the same."""
        return self.department.answering_body_id == _PRIME_MINISTER


class OralQuestionBook:
    """The oral questions of one seed, as they stand on the day `as_of`."""

    def __init__(self, seed: int, people: People, as_of: dt.date) -> None:
        self._seed = seed
        self._people = people
        self._as_of = as_of
        self.question_times = functools.lru_cache(maxsize=512)(self._question_times)

    def rows(self, days: Span) -> list[Json]:
        """The API's rows of the questions for answer on some days, as far as they have been tabled."""
        first, last = days.first or sittings.OPENED_ON, days.last or sittings.sitting_day_after(self._as_of, NOTICE)
        return [
            self._row(question)
            for day in sittings.sitting_days(first, last)
            if sittings.sitting_day_before(day, NOTICE) <= self._as_of
            for time in self.question_times(day)
            for question in time.questions
        ]

    def _question_times(self, day: dt.date) -> tuple[QuestionTime, ...]:
        """The question times of a sitting day; none on other days, and none on Fridays (Standing Order No. 21)."""
        if not sittings.is_sitting(day) or day.weekday() == 4:
            return ()
        rng = dice(self._seed, day, "oral questions")
        choice = [department for department in departments() if len(department.topics) > 3]
        department = choice[sittings.day_of_session(day) % len(choice)]
        if day.weekday() != 2:
            return (self._time(rng, day, department, substantive=26, topical=12, first=0),)
        prime_minister = next(d for d in departments() if d.answering_body_id == _PRIME_MINISTER)
        return (
            self._time(rng, day, department, substantive=16, topical=7, first=0),
            self._time(rng, day, prime_minister, substantive=15, topical=0, first=50),
        )

    def _time(
        self, rng: random.Random, day: dt.date, department: Department, *, substantive: int, topical: int, first: int
    ) -> QuestionTime:
        askers = self._people.askers(COMMONS, day)
        gender = self._people.ministers(department.answering_body_id, COMMONS, day)[0].gender
        is_prime_ministers = department.answering_body_id == _PRIME_MINISTER
        topics = {number: rng.choice(department.topics) for number in range(1, substantive + 1)}
        for group in _GROUPS:
            topics |= dict.fromkeys(group, topics[group[0]])
        questions = []
        for place in range(substantive + topical):
            is_topical = place >= substantive
            number = place - substantive + 1 if is_topical else place + 1
            topic = rng.choice(department.topics) if is_topical else topics[number]
            asker, other = rng.sample(askers, 2)
            text = TOPICAL if is_topical else Scene(rng, topic, day).says(rng.choice(TABLED), asker, other)
            if is_prime_ministers:
                text = f"If {{he}} will list {{his}} official engagements for {day:%A} {day.day} {day:%B}."
            status = {substantive - 1: WITHDRAWN, substantive - 2: UNASKED}.get(place, TO_BE_ASKED)
            questions.append(
                OralQuestion(
                    question_id=(day - _FIRST_DAY).days * _IDS_PER_DAY + first + place,
                    uin=900_000 + sittings.day_of_session(day) * _IDS_PER_DAY + first + place,
                    number=number,
                    kind=TOPICAL_TYPE if is_topical else SUBSTANTIVE,
                    text=addressed(text, gender),
                    status=status,
                    day=day,
                    department=department,
                    topic=topic,
                    asker=asker,
                )
            )
        groups = [(number,) for number in range(1, 7)] if is_prime_ministers else _GROUPS
        return QuestionTime(
            department=department,
            questions=tuple(questions),
            groups=tuple(tuple(questions[number - 1] for number in group) for group in groups),
            topicals=tuple(questions[substantive : substantive + 4]),
        )

    def _row(self, question: OralQuestion) -> Json:
        day, asker = question.day, question.asker
        minister = self._people.ministers(question.department.answering_body_id, COMMONS, day)[0]
        is_over = day <= self._as_of
        is_removed = is_over and question.status != TO_BE_ASKED
        return {
            "Id": question.question_id,
            "QuestionType": question.kind,
            "QuestionText": question.text,
            "Status": question.status if is_over else TO_BE_ASKED,
            "Number": question.number,
            "TabledWhen": at_midnight(sittings.sitting_day_before(day, NOTICE)),
            "RemovedFromToBeAskedWhen": f"{day}T12:52:51.953" if is_removed else None,
            "DeclarableInterestDetail": "Chair of a charity in the field" if question.question_id % 23 == 0 else None,
            "HansardLink": "",
            "UIN": question.uin,
            "AnsweringWhen": at_midnight(day),
            "AnsweringBodyId": question.department.answering_body_id,
            "AnsweringBody": question.department.name,
            "AnsweringMinisterTitle": question.department.target,
            "AskingMember": _member(asker, day),
            "AnsweringMinister": _member(minister, day) if is_over and question.question_id % 3 else None,
            "AskingMemberId": asker.member_id,
            "AnsweringMinisterId": minister.member_id if is_over and question.question_id % 3 else 0,
        }


def _member(member: Member, day: dt.date) -> Json:
    """A member as this API describes them."""
    name = member.name_on(day)
    return {
        "MnisId": member.member_id,
        "PimsId": member.member_id + 100_000,
        "Name": name.display,
        "ListAs": name.list_as,
        "Constituency": member.seat_on(day).name,
        "Status": "Active",
        "Party": member.party_on(day),
        "PartyId": 0,
        "PartyColour": None,
        "PhotoUrl": f"https://members-api.parliament.uk/api/Members/{member.member_id}/Portrait",
    }
