"""Oral questions of the simulated world as a person copies them from a page that does not show who speaks."""

import datetime as dt
import itertools
import random

from orderpaper.simulate.departments import departments
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.people import COMMONS, People
from orderpaper.simulate.spoken_wording import (
    ANSWERS,
    REPLIES,
    SUPPLEMENTARIES,
    TABLED,
    TOPICAL,
    TOPICAL_ANSWER,
    Scene,
    addressed,
)


def saved(rng: random.Random, parliament: SimulatedParliament, first: dt.date, last: dt.date) -> list[str]:
    """Return two question times as a person would save them."""
    days = parliament.sitting_days(first, last)
    return [_question_time(rng, parliament.people, rng.choice(days)) for _ in range(2)]


def _question_time(rng: random.Random, people: People, day: dt.date) -> str:
    """Return a question time without speakers: each sentence on a line of its own, broken after "hon."."""
    department = rng.choice([d for d in departments() if len(d.topics) > 3])
    heads_gender = people.ministers(department.answering_body_id, COMMONS, day)[0].gender
    paragraphs: list[str] = []
    for number, topic in enumerate(rng.sample(department.topics, 3)):
        scene = Scene(rng, topic, day)
        askers = rng.sample(people.askers(COMMONS, day), 4)
        tabled = rng.sample(TABLED, 3 if number == 1 else 1)
        paragraphs += [addressed(scene.says(text, askers[0], askers[1]), heads_gender) for text in tabled]
        paragraphs.append(scene.says(rng.choice(ANSWERS), askers[0], askers[1]))
        for asker, other in itertools.pairwise(askers[: 4 - number]):
            paragraphs.append(scene.says(rng.choice(SUPPLEMENTARIES), asker, other))
            paragraphs.append(scene.says(rng.choice(REPLIES), asker, other))
    scene = Scene(rng, rng.choice(department.topics), day)
    asker, other = rng.sample(people.askers(COMMONS, day), 2)
    paragraphs.append(addressed(TOPICAL, heads_gender))
    paragraphs += [scene.says(text, asker, other) for text in (TOPICAL_ANSWER, SUPPLEMENTARIES[2], REPLIES[0])]
    return "\n".join(paragraph.replace(". ", ".\n").replace("? ", "?\n") for paragraph in paragraphs)
