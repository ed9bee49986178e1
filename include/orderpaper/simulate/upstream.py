"""What the HTTP layer asks of a Parliament, simulated or captured, and what it does to every text of a list."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Json = dict[str, Any]
"""A JSON object as the APIs give it."""

QUESTION_LIMIT = 255
ANSWER_LIMIT = 255

_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A post of a press blog: where it stands, when it appeared and last changed (UTC), and what its page holds."""

    path: str
    title: str
    author: str
    category: str
    published_at: dt.datetime
    updated_at: dt.datetime
    body: str
    """HTML."""


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both inclusive; None is open."""

    first: dt.date | None = None
    last: dt.date | None = None

    def __contains__(self, day: dt.date | None) -> bool:
        """Whether `day` lies in the span. No day lies only in a span open at both ends."""
        if day is None:
            return self.first is None and self.last is None
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Window:
    """The dates that a list of written questions is asked for; a question must lie in all three."""

    tabled: Span = Span()
    answered: Span = Span()
    corrected: Span = Span()

    def __contains__(self, question: "Question") -> bool:
        """Whether `question` lies in the window as far as it is known today."""
        return (
            question.tabled_on in self.tabled
            and question.answered_on in self.answered
            and question.corrected_on in self.corrected
        )


class Question(Protocol):
    """A written question: what lists filter on, and its two payloads."""

    @property
    def question_id(self) -> int: ...  # noqa: D102
    @property
    def uin(self) -> str: ...  # noqa: D102
    @property
    def house(self) -> str: ...  # noqa: D102
    @property
    def tabled_on(self) -> dt.date: ...  # noqa: D102
    @property
    def answered_on(self) -> dt.date | None: ...  # noqa: D102
    @property
    def corrected_on(self) -> dt.date | None: ...  # noqa: D102
    @property
    def is_withdrawn(self) -> bool: ...  # noqa: D102
    @property
    def answering_body_id(self) -> int: ...  # noqa: D102
    @property
    def asking_member_id(self) -> int: ...  # noqa: D102

    def row(self) -> Json:
        """`value` as a list gives it: plain text, cut."""

    def detail(self) -> Json | None:
        """`value` as the detail endpoint gives it: whole, with markup; None if there is no such page."""


class Upstream(Protocol):
    """A Parliament's data, as the APIs have it on one day."""

    def questions(self, window: Window) -> Sequence[Question]:
        """Every question in the window, in the order in which lists give them."""

    def question(self, question_id: int) -> Question | None:
        """The question of that id."""

    def question_tabled(self, tabled_on: dt.date, uin: str) -> Question | None:
        """The question of that number tabled on that day."""

    def members(self) -> Mapping[int, Json]:
        """Member id → `value` of the Members API, in the order of a search without terms."""

    def member(self, member_id: int) -> Json | None:
        """`value` of one member, who need not be among those that a search finds."""

    def member_history(self, member_id: int) -> Json | None:
        """`value` of the history endpoint."""

    def member_biography(self, member_id: int) -> Json | None:
        """`value` of the biography endpoint."""

    def government_posts(self) -> Sequence[Json]:
        """The `value`s of the government posts that are held."""

    def oral_questions(self, days: Span) -> Sequence[Json]:
        """The rows of the oral questions for answer on some days, in the order of the list."""

    def hansard_sat(self, day: dt.date, house: int) -> bool:
        """Whether a House sat on a day."""

    def hansard_sections(self, day: dt.date, house: int) -> Sequence[str]:
        """The sections in which a House sat on a day; none if it did not sit."""

    def hansard_trees(self, day: dt.date, house: int, section: str) -> Sequence[Json]:
        """The headings of a section."""

    def hansard_debate(self, external_id: str) -> Json | None:
        """A debate with what was said in it."""

    def hansard_files(self) -> Mapping[str, bytes]:
        """Name → file of the days that there are in TheyWorkForYou's XML."""

    def blog_posts(self, blog: str, first: int, count: int) -> Sequence[Post]:
        """The posts of a press blog from the `first` newest on, of which the newest is 0; at most `count`."""

    def blog_post(self, blog: str, path: str) -> Post | None:
        """The post of a press blog at a path, which ends in a slash."""

    def question_listing(self, day: dt.date) -> str | None:
        """A third party's listing of the questions answered on a day, as text; None if there is none."""

    def debate_digests(self, day: dt.date) -> Sequence[str]:
        """A third party's digests of the debates of a day, as text."""


def list_row(detail: Json) -> Json:
    """What the list API makes of a question: tags gone (entities stay), texts cut, no attachments, no originals.

    A question is cut at exactly 255 characters without a mark; an answer at 255 followed by "...".
    """
    answer: str | None = detail["answerText"]
    if answer is not None:
        answer = _TAG.sub("", answer)
        if len(answer) > ANSWER_LIMIT:
            answer = answer[:ANSWER_LIMIT] + "..."
    return detail | {
        "questionText": _TAG.sub("", detail["questionText"])[:QUESTION_LIMIT],
        "answerText": answer,
        "originalAnswerText": "",
        "comparableAnswerText": "",
        "attachments": [],
    }
