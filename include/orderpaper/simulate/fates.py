"""The fate of a written question: which department answers it, when, and with what kind of answer."""

import datetime as dt
import itertools
import random
from dataclasses import dataclass

from orderpaper.simulate.answer_wording import KINDS
from orderpaper.simulate.departments import Department, Topic, departments
from orderpaper.simulate.people import COMMONS, LORDS
from orderpaper.simulate.sittings import sitting_day_after

LONGEST_WAIT = 100
"""The most sitting days from tabling to an answer or a correction."""

_WAITS = {2: 12, 3: 16, 4: 16, 5: 18, 6: 12, 7: 8, 8: 5, 10: 4, 13: 3, 18: 2, 25: 1, 40: 1}
"""Sitting days from tabling to an ordinary answer → share."""

# Cumulated once, because a year has thousands of draws.
_BODIES = departments(), tuple(itertools.accumulate(department.weight for department in departments()))
_KINDS = tuple(KINDS), tuple(itertools.accumulate(KINDS.values()))
_DAYS = tuple(_WAITS), tuple(itertools.accumulate(_WAITS.values()))


@dataclass(frozen=True, slots=True)
class Fate:
    """The fate of a question, or of several that are answered together. A date is None if it never happens."""

    department: Department
    topic: Topic
    house: int
    kind: str
    """One of `answer_wording.KINDS`."""
    draw: int
    """A random number that decides details, such as which minister answers."""
    answered_on: dt.date | None
    held_on: dt.date | None
    corrected_on: dt.date | None
    text_key: str
    """Answers with the same key have the same text."""


def draw_fate(rng: random.Random, day: dt.date, house: int, key: str, *, is_surely_answered: bool = False) -> Fate:
    """Return what becomes of a question tabled on `day`. `key` distinguishes its answer from all others.

    Some questions are never answered. Some get a holding answer on the third sitting day, which is the day named for an
    answer. A few answers are corrected. Stock answers of the same topic, month and House have the same text.
    """
    (department,) = rng.choices(_BODIES[0], cum_weights=_BODIES[1])
    topic = rng.choice(department.topics)
    (kind,) = rng.choices(_KINDS[0], cum_weights=_KINDS[1])
    (wait,) = rng.choices(_DAYS[0], cum_weights=_DAYS[1])
    answered_on: dt.date | None = sitting_day_after(day, wait + (4 if house == LORDS else 0))
    held_on = corrected_on = None
    if rng.random() < 0.02 and not is_surely_answered:
        answered_on = None
    elif rng.random() < 0.04 and house == COMMONS:
        held_on = sitting_day_after(day, 3)
        answered_on = sitting_day_after(held_on, rng.randint(2, 14))
    if answered_on and rng.random() < 0.012:
        corrected_on = sitting_day_after(answered_on, rng.randint(1, 8))
    text_key = key
    if kind == "stock" and answered_on:
        text_key = f"{topic.programme}/{answered_on:%Y-%m}/{house}"
    return Fate(department, topic, house, kind, rng.randrange(1000), answered_on, held_on, corrected_on, text_key)
