"""Every written question of the simulated Parliament: who tables what on a day, and what becomes of it.

A day is made from the seed and the date alone, so that any window of days, in any order of asking, gives the same
questions. Nothing dated after `as_of` shows: an answer given later leaves the question unanswered, and so on.
"""

import datetime as dt
import functools
import random
from dataclasses import dataclass, field, replace

from orderpaper.errors import ConfigError
from orderpaper.simulate import sittings
from orderpaper.simulate.answer_wording import Answering, answer_html, corrected_html, holding_text
from orderpaper.simulate.departments import departments
from orderpaper.simulate.dice import dice
from orderpaper.simulate.fates import Fate, draw_fate
from orderpaper.simulate.member_payloads import at_midnight
from orderpaper.simulate.people import COMMONS, HOUSES, LORDS, Member, People
from orderpaper.simulate.question_wording import Asking, question_text
from orderpaper.simulate.upstream import Json, list_row

MOST_PER_DAY = 4000
_IDS_PER_DAY = 10_000
_FIRST_DAY = dt.date(2010, 1, 1)
_NEW_REIGN = dt.date(2022, 9, 8)

_BY_WEEKDAY = (1.25, 1.0, 1.05, 0.85, 0.55)
_BRIDGES = (1, 3, 12, 40)
"""Sitting days between two questions that are grouped although tabled on different days."""


@dataclass(frozen=True, slots=True, eq=False)
class WrittenQuestion:
    """A question as tabled; what became of it shows as far as it is known."""

    book: "QuestionBook" = field(repr=False)
    index: int
    """Its place among the questions of its day."""
    tabled_on: dt.date
    due_on: dt.date
    asker: Member
    has_interest: bool
    is_named_day: bool
    withdrawn_on: dt.date | None
    fate: Fate
    group: tuple[tuple[dt.date, int], ...]
    """(day, index) of the questions answered together with it, itself left out."""

    @property
    def question_id(self) -> int:
        """Unique over all time; says the day."""
        return (self.tabled_on - _FIRST_DAY).days * _IDS_PER_DAY + self.index

    @property
    def uin(self) -> str:
        """Unique in its session only."""
        return self.book.uin(self.tabled_on, self.index, self.fate.house)

    @property
    def house(self) -> str:
        """As the API prints it."""
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
        """Whether it has been withdrawn by now."""
        return self.book.seen(self.withdrawn_on) is not None

    @property
    def held_on(self) -> dt.date | None:
        """Day of the holding answer, if it had one by now."""
        return self.book.seen_answer(self.fate.held_on)

    @property
    def answered_on(self) -> dt.date | None:
        """Day of the answer; of the holding answer as long as there is no other."""
        return self.book.seen_answer(self.fate.answered_on) or self.held_on

    @property
    def corrected_on(self) -> dt.date | None:
        """Day of the correction, if there was one by now."""
        return self.book.seen_answer(self.fate.corrected_on)

    def row(self) -> Json:
        """`value` as a list gives it."""
        return list_row(self.detail())

    def detail(self) -> Json:
        """`value` as the detail endpoint gives it."""
        return self.book.payload(self)


class QuestionBook:
    """The questions of one seed, as the API has them on the day `as_of`, with the answers up to `answers_as_of`.

    Raises:
        ConfigError: `per_day` is not between 1 and 4000.
    """

    def __init__(
        self, seed: int, people: People, per_day: int, as_of: dt.date, *, answers_as_of: dt.date | None = None
    ) -> None:
        if not 1 <= per_day <= MOST_PER_DAY:
            raise ConfigError(f"Questions per sitting day must be between 1 and {MOST_PER_DAY}, not {per_day}.")
        self.as_of = as_of
        self._answers_as_of = as_of if answers_as_of is None else answers_as_of
        self._seed = seed
        self._people = people
        self._per_day = per_day
        self.tabled = functools.lru_cache(maxsize=1024)(self._tabled)

    def seen(self, day: dt.date | None) -> dt.date | None:
        """`day`, if it has come."""
        return day if day is not None and day <= self.as_of else None

    def seen_answer(self, day: dt.date | None) -> dt.date | None:
        """`day`, if what was answered on it has come."""
        return day if day is not None and day <= self._answers_as_of else None

    def uin(self, day: dt.date, index: int, house: int) -> str:
        """The number of the `index`-th question of a day."""
        number = sittings.day_of_session(day) * (2 * self._per_day + 20) + index + 1
        return f"HL{number}" if house == LORDS else str(number)

    def find(self, question_id: int) -> WrittenQuestion | None:
        """The question of that id."""
        days, index = divmod(question_id, _IDS_PER_DAY)
        if not 0 <= days <= (self.as_of - _FIRST_DAY).days:
            return None
        questions = self.tabled(_FIRST_DAY + dt.timedelta(days))
        return questions[index] if index < len(questions) else None

    def _tabled(self, day: dt.date) -> tuple[WrittenQuestion, ...]:
        """The questions tabled on `day`, in the order of their numbers; none on days that are not sitting days."""
        if day > self.as_of or not sittings.is_sitting(day):
            return ()
        rng = dice(self._seed, day)
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
            asker = rng.choice(self._people.askers(fate.house, day))
            for place in places:
                others = tuple(other for other in places if other != place) + elsewhere
                questions.append(self._question(rng, place, asker, fate, others))
        return tuple(questions)

    def _count(self, day: dt.date) -> int:
        """How many questions are tabled on a sitting day, those left out that join an earlier day's question."""
        rng = dice(self._seed, day, "count")
        return max(1, round(self._per_day * _BY_WEEKDAY[day.weekday()] * rng.uniform(0.9, 1.1)))

    def _bridge(self, day: dt.date) -> tuple[Fate, dt.date] | None:
        """The fate that the first question of `day` shares with one tabled later, and that later day."""
        rng = dice(self._seed, day, "bridge")
        if rng.random() > 0.3:
            return None
        later = sittings.sitting_day_after(day, rng.choice(_BRIDGES))
        return (
            (draw_fate(rng, later, COMMONS, f"{day}/bridge", is_surely_answered=True), later) if later > day else None
        )

    def _bridges_to(self, day: dt.date) -> list[tuple[dt.date, Fate]]:
        """The earlier days whose first question is grouped with one of `day`, and the fate shared."""
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

    def payload(self, question: WrittenQuestion) -> Json:
        """`value` of a question as the detail endpoint gives it, in the order of its fields."""
        fate, answered_on = question.fate, question.answered_on
        is_final = self.seen_answer(fate.answered_on) is not None
        heading_known = self.seen(sittings.sitting_day_after(question.tabled_on, 1)) is not None
        minister = self._minister(fate, answered_on) if answered_on else None
        corrected_on = question.corrected_on
        answer, original, has_attachment = self._answer(question) if answered_on else (None, "", False)
        group = sorted(question.group) if is_final else []
        uins = [(self.uin(day, index, fate.house), day) for day, index in group]
        attachment = {
            "url": f"https://qna.files.parliament.uk/qna-attachments/{question.question_id}/original/table.xlsx",
            "title": fate.topic.heading,
            "fileType": "xlsx",
            "fileSizeBytes": 9000 + fate.draw,
        }
        return {
            "id": question.question_id,
            "askingMemberId": question.asking_member_id,
            "askingMember": None,
            "house": question.house,
            "memberHasInterest": question.has_interest,
            "dateTabled": at_midnight(question.tabled_on),
            "dateForAnswer": at_midnight(question.due_on),
            "uin": question.uin,
            "questionText": self._question_text(question),
            "answeringBodyId": question.answering_body_id,
            "answeringBodyName": fate.department.name,
            "isWithdrawn": question.is_withdrawn,
            "isNamedDay": question.is_named_day,
            "groupedQuestions": [uin for uin, _ in uins],
            "answerIsHolding": not is_final if answered_on else None,
            "answerIsCorrection": corrected_on is not None if answered_on else None,
            "answeringMemberId": minister.member_id if minister else None,
            "answeringMember": None,
            "correctingMemberId": minister.member_id if minister and corrected_on else None,
            "correctingMember": None,
            "dateAnswered": at_midnight(answered_on),
            "answerText": answer,
            "originalAnswerText": original,
            "comparableAnswerText": "",
            "dateAnswerCorrected": at_midnight(corrected_on),
            "dateHoldingAnswer": at_midnight(question.held_on),
            "attachmentCount": int(has_attachment),
            "heading": fate.topic.heading if heading_known else None,
            "attachments": [attachment] if has_attachment else [],
            "groupedQuestionsDates": [{"questionUin": uin, "dateTabled": at_midnight(day)} for uin, day in uins],
        }

    def _minister(self, fate: Fate, day: dt.date) -> Member:
        """Who answers on `day`."""
        ministers = self._people.ministers(fate.department.answering_body_id, fate.house, day)
        return ministers[fate.draw % len(ministers)]

    def _question_text(self, question: WrittenQuestion) -> str:
        rng = dice(self._seed, question.question_id, "text")
        fate, day = question.fate, question.tabled_on
        head = self._people.ministers(question.answering_body_id, COMMONS, day)[0]
        askers = self._people.askers(COMMONS, day)
        other = rng.choice(askers)
        place = question.asker if fate.house == COMMONS else rng.choice(askers)
        earlier = self._earlier_answer(rng, question, day) if rng.random() < 0.1 else None
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

    def _answer(self, question: WrittenQuestion) -> tuple[str, str, bool]:
        """The answer as it stands, the original text if it was corrected, whether a file is attached."""
        fate = question.fate
        answered_on = self.seen_answer(fate.answered_on)
        if answered_on is None:
            return holding_text(fate.department), "", False
        rng = dice(self._seed, "answer", fate.text_key)
        earlier = self._earlier_answer(rng, question, answered_on) if fate.kind == "referral" else None
        elsewhere = departments()[fate.draw % 12].answering_body_id
        colleague = self._people.ministers(elsewhere, COMMONS, answered_on)[0]
        answering = Answering(
            department=fate.department,
            topic=fate.topic,
            kind=fate.kind,
            answered_on=answered_on,
            member=self._addressed(question),
            colleague=(
                f"hon. Friend the Member for {colleague.seat_on(answered_on).name} "
                f"({colleague.name_on(answered_on).display})"
            ),
            refers_to=f"the answer given on {earlier}" if earlier else None,
        )
        text = answer_html(rng, answering)
        has_attachment = fate.kind == "table" and fate.draw % 3 == 0
        if question.corrected_on:
            return corrected_html(rng, text), text, has_attachment
        return text, "", has_attachment

    def _addressed(self, question: WrittenQuestion) -> str:
        """How the asker is called in an answer. Several askers of one answer are not told apart."""
        if question.fate.house == LORDS:
            return "noble Lord" if question.asker.gender == "M" else "noble Baroness"
        if question.group or question.fate.kind == "stock":
            return "hon. Member"
        return f"hon. Member for {question.asker.seat_on(question.tabled_on).name}"

    def _earlier_answer(self, rng: random.Random, question: WrittenQuestion, by: dt.date) -> str | None:
        """A question to the same department that was answered by a day: "3 March 2025 to Question 28991"."""
        start = sittings.sitting_day_before(question.tabled_on, rng.randint(6, 12))
        for day in (start, sittings.sitting_day_before(start, 1)):
            for other in self.tabled(day) if day < question.tabled_on else ():
                answered_on = other.fate.answered_on
                same = other.answering_body_id == question.answering_body_id and other.fate.house == question.fate.house
                if same and answered_on and answered_on <= by and other.fate.kind != "referral":
                    return f"{answered_on.day} {answered_on:%B %Y} to Question {other.uin}"
        return None
