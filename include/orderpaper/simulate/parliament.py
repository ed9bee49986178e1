"""The simulated Parliament as an upstream."""

import datetime as dt
from collections.abc import Mapping, Sequence

from orderpaper.errors import ConfigError
from orderpaper.simulate import (
    DEFAULT_AS_OF,
    DEFAULT_MEMBERS,
    DEFAULT_QUESTIONS_PER_DAY,
    DEFAULT_SEED,
    member_payloads,
    sittings,
)
from orderpaper.simulate.blog import BLOGS, Blog
from orderpaper.simulate.dice import dice
from orderpaper.simulate.fates import LONGEST_WAIT
from orderpaper.simulate.hansard import Hansard
from orderpaper.simulate.oral_questions import OralQuestionBook
from orderpaper.simulate.people import HOUSES
from orderpaper.simulate.populate import populate
from orderpaper.simulate.saved_debates import debate_digest
from orderpaper.simulate.saved_listings import listing
from orderpaper.simulate.upstream import Json, Post, Span, Window
from orderpaper.simulate.written_questions import QuestionBook, WrittenQuestion


class SimulatedParliament:
    """A Parliament that follows from a seed, as the APIs have it on the day `as_of`.

    With `is_revised`, some debates of Hansard have another wording than at first. With `answers_late`, answers show
    so many days after their date; with `days_late`, what was tabled and said does.

    Raises:
        ConfigError: `as_of` lies outside the simulated calendar, or a number is out of bounds.
    """

    def __init__(
        self,
        seed: int = DEFAULT_SEED,
        member_count: int = DEFAULT_MEMBERS,
        questions_per_day: int = DEFAULT_QUESTIONS_PER_DAY,
        as_of: dt.date = DEFAULT_AS_OF,
        *,
        is_revised: bool = False,
        answers_late: int = 0,
        days_late: int = 0,
    ) -> None:
        if not sittings.OPENED_ON <= as_of < sittings.HORIZON:
            raise ConfigError(
                f"The simulated Parliament knows {sittings.OPENED_ON} to {sittings.HORIZON}, not {as_of}."
            )
        self._seed = seed
        self.people = populate(seed, member_count)
        days_as_of = as_of - dt.timedelta(days_late)
        self.book = QuestionBook(
            seed, self.people, questions_per_day, days_as_of, answers_as_of=as_of - dt.timedelta(answers_late)
        )
        self.as_of = as_of
        self._oral_questions = OralQuestionBook(seed, self.people, as_of)
        self._hansard = Hansard(seed, self.people, self._oral_questions, days_as_of, is_revised=is_revised)
        self._blogs = {name: Blog(seed, self.people, as_of, body) for name, body in BLOGS.items()}

    def questions(self, window: Window) -> Sequence[WrittenQuestion]:
        """Every question in the window: the answered ones first, newest answer and newest question first."""
        first, last = sittings.OPENED_ON, self.as_of
        for span, wait in ((window.tabled, 0), (window.answered, LONGEST_WAIT), (window.corrected, LONGEST_WAIT)):
            if span.first is not None:
                first = max(first, sittings.sitting_day_before(span.first, wait) if wait else span.first)
            if span.last is not None:
                last = min(last, span.last)
        days = sittings.sitting_days(first, last)
        found = [question for day in days for question in self.book.tabled(day) if question in window]
        found.sort(key=lambda q: (q.answered_on or dt.date.min, q.tabled_on, q.index), reverse=True)
        return found

    def question(self, question_id: int) -> WrittenQuestion | None:
        """The question of that id."""
        return self.book.find(question_id)

    def question_tabled(self, tabled_on: dt.date, uin: str) -> WrittenQuestion | None:
        """The question of that number tabled on that day."""
        return next((question for question in self.book.tabled(tabled_on) if question.uin == uin.upper()), None)

    def members(self) -> Mapping[int, Json]:
        """Member id → `value` of the Members API, for everybody who had become a member."""
        return {
            member_id: member_payloads.member_value(member, self.as_of)
            for member_id, member in self.people.members.items()
            if member.seats[0].start_on <= self.as_of
        }

    def member(self, member_id: int) -> Json | None:
        """`value` of the Members API."""
        member = self.people.members.get(member_id)
        return member_payloads.member_value(member, self.as_of) if member else None

    def member_history(self, member_id: int) -> Json | None:
        """`value` of the history endpoint."""
        member = self.people.members.get(member_id)
        return member_payloads.history_value(member, self.as_of) if member else None

    def member_biography(self, member_id: int) -> Json | None:
        """`value` of the biography endpoint."""
        member = self.people.members.get(member_id)
        posts = [post for post in self.people.posts if post.member_id == member_id]
        return member_payloads.biography_value(member, posts, self.as_of) if member else None

    def government_posts(self) -> Sequence[Json]:
        """The `value`s of the government posts that are held."""
        return member_payloads.government_posts(self.people, self.as_of)

    def oral_questions(self, days: Span) -> Sequence[Json]:
        """The rows of the oral questions for answer on some days."""
        return self._oral_questions.rows(days)

    def hansard_sat(self, day: dt.date, house: int) -> bool:
        """Whether a House sat on a day, known even where its report is late."""
        return house in HOUSES and day <= self.as_of and sittings.is_sitting(day)

    def hansard_sections(self, day: dt.date, house: int) -> Sequence[str]:
        """The sections in which a House sat on a day."""
        return self._hansard.sections(day, house)

    def hansard_trees(self, day: dt.date, house: int, section: str) -> Sequence[Json]:
        """The headings of a section."""
        return self._hansard.trees(day, house, section)

    def hansard_debate(self, external_id: str) -> Json | None:
        """A debate with what was said in it."""
        return self._hansard.debate(external_id)

    def hansard_files(self) -> Mapping[str, bytes]:
        """Empty: TheyWorkForYou keeps the days of the real House."""
        return {}

    def blog_posts(self, blog: str, first: int, count: int) -> Sequence[Post]:
        """The posts of a press blog from the `first` newest on."""
        return self._blogs[blog].posts(first, count)

    def blog_post(self, blog: str, path: str) -> Post | None:
        """The post of a press blog at a path."""
        return self._blogs[blog].post(path)

    def question_listing(self, day: dt.date) -> str | None:
        """A third party's listing of the questions answered on a sitting day, with the faults of its kind."""
        if day > self.as_of or not sittings.is_sitting(day):
            return None
        rng = dice(self._seed, day, "listing")
        return listing(rng, self.questions, self.people, day, day, has_headings=True)

    def debate_digests(self, day: dt.date) -> Sequence[str]:
        """A third party's digests of the debates of a sitting day, with the faults of their kind."""
        if day > self.as_of or not sittings.is_sitting(day):
            return ()
        return [debate_digest(dice(self._seed, day, nth, "digest"), self.people, day) for nth in range(2)]
