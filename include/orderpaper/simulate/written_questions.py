"""The written questions of the simulated Parliament: who tables what on each day, and how it is answered.

A day follows from the seed and the date alone, so that any window of days has the same questions in whatever order it
is asked for. Nothing that is dated after `as_of` shows: a question that is answered later is still unanswered.
"""

import datetime as dt
import functools
import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from orderpaper.errors import ConfigError
from orderpaper.simulate import sittings
from orderpaper.simulate.dice import dice
from orderpaper.simulate.fates import LONGEST_WAIT, Fate, draw_fate
from orderpaper.simulate.people import COMMONS, HOUSES, LORDS, Member, People
from orderpaper.simulate.question_window import Window
from orderpaper.simulate.written_texts import Answer, answer_to, text_of

MOST_PER_DAY = 4000
_IDS_PER_DAY = 10_000
_FIRST_DAY = dt.date(2010, 1, 1)

_BY_WEEKDAY = (1.25, 1.0, 1.05, 0.85, 0.55)
_BRIDGES = (1, 3, 12, 40)
"""Sitting days between two questions that are answered together although they are tabled on different days."""


@dataclass(frozen=True, slots=True, eq=False)
class WrittenQuestion:
    """A question as tabled. What became of it shows as far as it is known on the day of asking."""

    book: "QuestionBook" = field(repr=False)
    index: int
    """The place among the questions of the day."""
    tabled_on: dt.date
    due_on: dt.date
    asker: Member
    has_interest: bool
    is_named_day: bool
    withdrawn_on: dt.date | None
    fate: Fate
    group: tuple[tuple[dt.date, int], ...]
    """(day, index) of the other questions that are answered together with it."""

    @property
    def question_id(self) -> int:
        """The id, which is unique for ever and contains the day."""
        return (self.tabled_on - _FIRST_DAY).days * _IDS_PER_DAY + self.index

    @property
    def uin(self) -> str:
        """The number, which is unique within a session only."""
        return self.book.uin(self.tabled_on, self.index, self.fate.house)

    @property
    def house(self) -> str:
        """The name of the House."""
        return HOUSES[self.fate.house]

    @property
    def answering_body_id(self) -> int:
        """Parliament's id of the department."""
        return self.fate.department.answering_body_id

    @property
    def asking_member_id(self) -> int:
        """Parliament's id of the asker."""
        return self.asker.member_id

    @property
    def is_withdrawn(self) -> bool:
        """Whether it has been withdrawn."""
        return self.book.seen(self.withdrawn_on) is not None

    @property
    def held_on(self) -> dt.date | None:
        """The day of the holding answer, if there has been one."""
        return self.book.seen_answer(self.fate.held_on)

    @property
    def answered_on(self) -> dt.date | None:
        """The day of the answer, or of the holding answer as long as there is no other."""
        return self.book.seen_answer(self.fate.answered_on) or self.held_on

    @property
    def corrected_on(self) -> dt.date | None:
        """The day of the correction, if there has been one."""
        return self.book.seen_answer(self.fate.corrected_on)

    @property
    def heading(self) -> str | None:
        """The heading, which the Table Office gives on the next sitting day."""
        is_known = self.book.seen(sittings.sitting_day_after(self.tabled_on, 1)) is not None
        return self.fate.topic.heading if is_known else None

    @property
    def text(self) -> str:
        """The text of the question."""
        return text_of(self.book, self)

    @property
    def answer(self) -> Answer | None:
        """The answer as it stands, or None if there is none yet."""
        return answer_to(self.book, self)

    @property
    def grouped_with(self) -> list[tuple[str, dt.date]]:
        """Number and day of tabling of the questions answered with it, once they are answered."""
        is_answered = self.book.seen_answer(self.fate.answered_on) is not None
        return [(self.book.uin(*place, self.fate.house), place[0]) for place in sorted(self.group) if is_answered]


class QuestionBook:
    """The questions of one seed, as they are known on the day `as_of`, with the answers known on `answers_as_of`.

    Raises:
        ConfigError: `per_day` is not between 1 and 4000.
    """

    def __init__(
        self, seed: int, people: People, per_day: int, as_of: dt.date, *, answers_as_of: dt.date | None = None
    ) -> None:
        if not 1 <= per_day <= MOST_PER_DAY:
            raise ConfigError(f"Questions per sitting day must be between 1 and {MOST_PER_DAY}, not {per_day}.")
        self._as_of = as_of
        self._answers_as_of = as_of if answers_as_of is None else answers_as_of
        self.seed = seed
        self.people = people
        self._per_day = per_day
        self.tabled = functools.lru_cache(maxsize=1024)(self._tabled)

    def known(self, as_of: dt.date, answers_as_of: dt.date) -> "QuestionBook":
        """Return the same questions as they are known on other days."""
        return QuestionBook(self.seed, self.people, self._per_day, as_of, answers_as_of=answers_as_of)

    def within(self, window: Window) -> Sequence[WrittenQuestion]:
        """Return every question in the window: those answered first, the newest answer and newest question first."""
        first, last = sittings.OPENED_ON, self._as_of
        for span, wait in ((window.tabled, 0), (window.answered, LONGEST_WAIT), (window.corrected, LONGEST_WAIT)):
            if span.first is not None:
                first = max(first, sittings.sitting_day_before(span.first, wait) if wait else span.first)
            if span.last is not None:
                last = min(last, span.last)
        days = sittings.sitting_days(first, last)
        found = [question for day in days for question in self.tabled(day) if question in window]
        found.sort(key=lambda q: (q.answered_on or dt.date.min, q.tabled_on, q.index), reverse=True)
        return found

    def numbered(self, tabled_on: dt.date, uin: str) -> WrittenQuestion | None:
        """Return the question of that number tabled on that day."""
        return next((question for question in self.tabled(tabled_on) if question.uin == uin.upper()), None)

    def seen(self, day: dt.date | None) -> dt.date | None:
        """Return `day` if it has come."""
        return day if day is not None and day <= self._as_of else None

    def seen_answer(self, day: dt.date | None) -> dt.date | None:
        """Return `day` if the answers of that day are known."""
        return day if day is not None and day <= self._answers_as_of else None

    def uin(self, day: dt.date, index: int, house: int) -> str:
        """Return the number of the `index`-th question of a day."""
        number = sittings.day_of_session(day) * (2 * self._per_day + 20) + index + 1
        return f"HL{number}" if house == LORDS else str(number)

    def find(self, question_id: int) -> WrittenQuestion | None:
        """Return the question of that id."""
        days, index = divmod(question_id, _IDS_PER_DAY)
        if not 0 <= days <= (self._as_of - _FIRST_DAY).days:
            return None
        questions = self.tabled(_FIRST_DAY + dt.timedelta(days))
        return questions[index] if index < len(questions) else None

    def _tabled(self, day: dt.date) -> tuple[WrittenQuestion, ...]:
        """Return the questions tabled on `day` in the order of their numbers; none if it is not a sitting day."""
        if day > self._as_of or not sittings.is_sitting(day):
            return ()
        rng = dice(self.seed, day)
        groups: list[tuple[Fate, tuple[tuple[dt.date, int], ...], int]] = []
        started = self._bridge(day)
        if started:
            groups.append((started[0], ((started[1], self._place_of_second(day, started[1])),), 1))
        count = self._count(day)
        index = len(groups)
        while index < count:
            size = min(rng.choice((2, 2, 3, 4, 5)), count - index) if rng.random() < 0.06 else 1
            house = LORDS if rng.random() < 0.1 else COMMONS
            groups.append((draw_fate(rng, day, house, f"{day}/{index}"), (), size))
            index += size
        groups += [(fate, ((first, 0),), 1) for first, fate in self._bridges_to(day)]
        questions: list[WrittenQuestion] = []
        for fate, elsewhere, size in groups:
            places = [(day, len(questions) + n) for n in range(size)]
            asker = rng.choice(self.people.askers(fate.house, day))
            for place in places:
                others = tuple(other for other in places if other != place) + elsewhere
                questions.append(self._question(rng, place, asker, fate, others))
        return tuple(questions)

    def _count(self, day: dt.date) -> int:
        """Return how many questions are tabled on a sitting day, without those that join an earlier day's question."""
        rng = dice(self.seed, day, "count")
        return max(1, round(self._per_day * _BY_WEEKDAY[day.weekday()] * rng.uniform(0.9, 1.1)))

    def _bridge(self, day: dt.date) -> tuple[Fate, dt.date] | None:
        """Return the fate that the first question of `day` shares with one tabled later, and that later day."""
        rng = dice(self.seed, day, "bridge")
        if rng.random() > 0.3:
            return None
        later = sittings.sitting_day_after(day, rng.choice(_BRIDGES))
        return (
            (draw_fate(rng, later, COMMONS, f"{day}/bridge", is_surely_answered=True), later) if later > day else None
        )

    def _bridges_to(self, day: dt.date) -> list[tuple[dt.date, Fate]]:
        """Return the earlier days whose first question shares its fate with one of `day`, and that fate."""
        found = []
        for first in dict.fromkeys(sittings.sitting_day_before(day, gap) for gap in _BRIDGES):
            bridge = self._bridge(first) if first < day else None
            if bridge and bridge[1] == day:
                found.append((first, bridge[0]))
        return found

    def _place_of_second(self, first: dt.date, second: dt.date) -> int:
        return self._count(second) + [day for day, _ in self._bridges_to(second)].index(first)

    def _question(
        self,
        rng: random.Random,
        place: tuple[dt.date, int],
        asker: Member,
        fate: Fate,
        group: tuple[tuple[dt.date, int], ...],
    ) -> WrittenQuestion:
        day, index = place
        is_named_day = fate.house == COMMONS and (fate.held_on is not None or rng.random() < 0.22)
        days_allowed = 10 if fate.house == LORDS else (3 if is_named_day else 2)
        withdrawn_on = None
        if rng.random() < 0.015 and not group:
            withdrawn_on = sittings.sitting_day_after(day, 1)
            fate = replace(fate, answered_on=None, held_on=None, corrected_on=None)
        return WrittenQuestion(
            book=self,
            index=index,
            tabled_on=day,
            due_on=sittings.sitting_day_after(day, days_allowed),
            asker=asker,
            has_interest=rng.random() < 0.03,
            is_named_day=is_named_day,
            withdrawn_on=withdrawn_on,
            fate=fate,
            group=group,
        )
