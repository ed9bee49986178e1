"""The wording of written questions: our own sentences, in the forms that the Table Offices admit."""

import random
from dataclasses import dataclass

from orderpaper.reading.dates import MONTHS
from orderpaper.simulate.departments import Department, Topic
from orderpaper.simulate.spoken_wording import pronouns

_STEPS = (
    "what steps {he} is taking to improve {subject}",
    "what assessment {he} has made of the adequacy of {subject}",
    "what recent discussions {he} has had with Cabinet colleagues on {subject}",
    "how much funding {his} Department has allocated to the {programme} in each of the last {years} financial years",
    "if {he} will make an assessment of the potential merits of extending the {programme} to {place}",
    "whether {he} plans to increase the funding available to {recipients} through the {programme}",
    "how many {recipients} have received funding from the {programme} since {month} {year}",
    "what estimate {his} Department has made of the cost of improving {subject} by {year_to}",
    "what progress {his} Department has made on delivering the {programme}",
    "whether {his} Department holds data on {subject} in {place}",
    "what the evidential basis is for {his} policy on {subject}",
    "what criteria {his} Department uses to decide which {recipients} are supported by the {programme}",
    "when {he} next plans to meet representatives of {recipients} to discuss {subject}",
    "what proportion of the budget of the {programme} had been spent by the end of {month} {year}",
    "for what reasons the {programme} was not available in {place} in {year}",
)
_LORDS_STEPS = (
    "what steps they are taking to improve {subject}",
    "what assessment they have made of {subject}, particularly in {place}",
    "how much they have spent on the {programme} since {year}",
    "what plans they have to support {recipients} after the {programme} closes",
    "what discussions they have had with {recipients} about {subject}",
    "whether they intend to publish an evaluation of the {programme}; and if so, when",
)
_SUFFIXES = (
    "in {place} constituency",
    "in (a) {place}, (b) {other} and (c) England",
    "(a) in the last 12 months and (b) since {month} {year}",
    "for people (a) under 25, (b) between 25 and 64 and (c) over 64 years old",
    "in rural areas",
    "since {month} {year}",
    "by {year_to}",
)
_SECOND_PARTS = (
    "and if {he} will make a statement",
    "and what plans {he} has to publish the findings",
    "and how many {recipients} in {place} have (i) applied for and (ii) been awarded support from the {programme}",
    "what the (i) purpose and (ii) cost of each such project was; and whether {he} plans to continue that work "
    "in {year_to}",
    "and whether {he} has made an assessment of the potential impact of the {programme} on (i) waiting lists, "
    "(ii) staffing levels and (iii) value for money in {place} and {other}",
)
_REFERENCES = (
    "with reference to the document entitled {programme}: next steps, published in {month} {year}, ",
    "with reference to the oral statement made by the Minister on {subject} in {month} {year}, ",
    "with reference to recommendation {number} of the report of the independent review of the {programme}, published "
    "on {day} {month} {year}, ",
)


@dataclass(frozen=True, slots=True)
class Asking:
    """The facts on which the wording of a question depends."""

    department: Department
    topic: Topic
    year: int
    head_gender: str
    """The gender of the minister who is asked."""
    place: str
    """The asker's own seat or, for a peer, any seat."""
    other_place: str
    follows: str | None
    """"the Answer of 3 March 2025 to Question 28991 on Bridges", if it takes up an earlier answer."""
    sovereign: str | None
    """"His" or "Her" Majesty's Government is asked, in the Lords."""


def question_text(rng: random.Random, asking: Asking) -> str:
    """Return the text of a written question."""
    words = {
        **pronouns(asking.head_gender),
        **asking.topic.words,
        "place": asking.place,
        "other": asking.other_place,
        "years": rng.choice(("three", "four", "five", "ten")),
        "number": rng.randint(1, 28),
        "day": rng.randint(1, 28),
        "month": rng.choice(MONTHS),
        "year": asking.year - rng.randint(1, 4),
        "year_to": asking.year + rng.randint(1, 5),
    }
    if asking.sovereign:
        return f"To ask {asking.sovereign} Majesty's Government {rng.choice(_LORDS_STEPS).format(**words)}."
    reference = ""
    if asking.follows:
        reference = f"pursuant to {asking.follows}, "
    elif rng.random() < 0.22:
        reference = rng.choice(_REFERENCES).format(**words)
    text = rng.choice(_STEPS)
    if rng.random() < 0.4:
        text += " " + rng.choice(_SUFFIXES)
    if rng.random() < 0.25:
        text += "; " + rng.choice(_SECOND_PARTS)
    return f"To ask {asking.department.target}, {reference}{text.format(**words)}."
