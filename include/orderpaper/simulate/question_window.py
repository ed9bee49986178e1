"""The dates by which written questions are asked for, whether they are simulated or captured."""

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from orderpaper.simulate.sittings import EVER, Span


class Question(Protocol):
    """A written question, simulated or captured: what lists are filtered by."""

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


@dataclass(frozen=True, slots=True)
class Window:
    """The dates by which written questions are asked for. A question must lie in all three spans."""

    tabled: Span = EVER
    answered: Span = EVER
    corrected: Span = EVER

    def __contains__(self, question: Question) -> bool:
        """Return whether `question` lies in the window, as far as it is known today."""
        return (
            question.tabled_on in self.tabled
            and question.answered_on in self.answered
            and question.corrected_on in self.corrected
        )
