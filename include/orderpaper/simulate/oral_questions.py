"""The oral questions of the simulated Commons. One department answers on each sitting day, and on Wednesdays the Prime
Minister as well. The questions of a day follow from the seed and the date alone.
"""

import datetime as dt
import functools
import random
from dataclasses import dataclass

from orderpaper.simulate import sittings
from orderpaper.simulate.departments import Department, Topic, departments
from orderpaper.simulate.dice import dice
from orderpaper.simulate.people import COMMONS, Member, People
from orderpaper.simulate.spoken_wording import TABLED, TOPICAL, Scene, addressed

TO_BE_ASKED, WITHDRAWN, UNASKED = 5, 7, 11
"""The statuses of a published question."""
SUBSTANTIVE, TOPICAL_TYPE = 1, 2
NOTICE = 3
"""Sitting days from the shuffle, when a question counts as tabled, to the answer (Standing Order No. 22)."""
_FIRST_DAY = dt.date(2010, 1, 1)
_IDS_PER_DAY = 100
_GROUPS = ((1,), (2, 7, 11), (3,), (4, 9), (5,))
"""Numbers of the substantive questions that are reached. Those of one tuple are answered together."""
_PRIME_MINISTER = 23


@dataclass(frozen=True, slots=True)
class OralQuestion:
    """A question on the order paper of `day`. The numbers of topical questions start at 1 again."""

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
    """The questions to one department on a day, and which of them the House reaches."""

    department: Department
    questions: tuple[OralQuestion, ...]
    groups: tuple[tuple[OralQuestion, ...], ...]
    """Substantive questions that are reached, in the groups in which they are answered."""
    topicals: tuple[OralQuestion, ...]
    """Topical questions that are reached."""

    @property
    def is_prime_ministers(self) -> bool:
        """Whether the Prime Minister answers. All questions to the Prime Minister have the same text."""
        return self.department.answering_body_id == _PRIME_MINISTER


class OralQuestionBook:
    """The oral questions of one seed."""

    def __init__(self, seed: int, people: People) -> None:
        self._seed = seed
        self._people = people
        self.question_times = functools.lru_cache(maxsize=512)(self._question_times)

    def _question_times(self, day: dt.date) -> tuple[QuestionTime, ...]:
        """Return the question times of a sitting day. There are none on Fridays (Standing Order No. 21)."""
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
