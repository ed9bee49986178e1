"""The simulated Parliament: what exists in it, whichever source tells of it."""

import datetime as dt
import random
from collections.abc import Sequence, Set

from orderpaper.errors import ConfigError
from orderpaper.simulate import DEFAULT_AS_OF, DEFAULT_MEMBERS, DEFAULT_QUESTIONS_PER_DAY, DEFAULT_SEED, sittings
from orderpaper.simulate.dice import dice
from orderpaper.simulate.oral_questions import OralQuestionBook
from orderpaper.simulate.part import Part, find_modules
from orderpaper.simulate.populate import populate
from orderpaper.simulate.written_questions import QuestionBook

BEFORE_ALL = dt.date(1900, 1, 1)
"""A day before the first member and the first sitting: whoever asks on it gets nothing."""


class SimulatedParliament:
    """A Parliament that follows from a seed, as it is known on the day `as_of`.

    Raises:
        ConfigError: `as_of` lies outside the simulated calendar, or a number is out of bounds.
    """

    def __init__(
        self,
        seed: int = DEFAULT_SEED,
        member_count: int = DEFAULT_MEMBERS,
        questions_per_day: int = DEFAULT_QUESTIONS_PER_DAY,
        as_of: dt.date = DEFAULT_AS_OF,
    ) -> None:
        if as_of != BEFORE_ALL and not sittings.OPENED_ON <= as_of < sittings.HORIZON:
            raise ConfigError(
                f"The simulated Parliament knows {sittings.OPENED_ON} to {sittings.HORIZON}, not {as_of}."
            )
        self.seed = seed
        self.as_of = as_of
        self.people = populate(seed, member_count)
        self.written_questions = QuestionBook(seed, self.people, questions_per_day, as_of)
        self.oral_questions = OralQuestionBook(seed, self.people)

    def dice(self, *key: object) -> random.Random:
        """Return a generator of chance that follows from the seed and the key alone."""
        return dice(self.seed, *key)

    def sitting_days(self, first: dt.date | None, last: dt.date | None) -> tuple[dt.date, ...]:
        """Return the sitting days from `first` to `last` that have come, both inclusive; None is open."""
        return sittings.sitting_days(first or sittings.OPENED_ON, min(last or self.as_of, self.as_of))

    def parts(self, faults: Set[str]) -> Sequence[Part]:
        """Return the sites of all sources while the data faults of these names are in force."""
        modules = find_modules("simulated").values()
        return [module.simulated(self, faults) for module in modules if hasattr(module, "simulated")]
