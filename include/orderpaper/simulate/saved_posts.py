"""Posts of departments' press blogs, as saved from the page."""

import datetime as dt
import random

from orderpaper.simulate.departments import Department, Topic, departments
from orderpaper.simulate.figures import financial_year, millions, qualified
from orderpaper.simulate.people import COMMONS, People

INTRODUCTION = (
    "Today’s {department} stories include coverage of {subject}, and of the {programme}.",
    "Several papers report this morning on {subject}.",
)
COVERAGE = (
    "There is broad coverage of new figures on {subject}, and of what {recipients} make of them.",
    "Local papers report that {recipients} are to receive {amount} from the {programme}.",
    "Broadcasters spoke to people who have waited for the {programme} to open.",
)
QUOTED = (
    "Nobody should have to wait for years because {recipients} lack the means to help.",
    "That is why we are investing {amount} in the {programme}, and why {more} of it will be spent by the end of {fy}.",
    "We are working with {recipients} in every part of the country, and we will publish what we find.",
    "There is more to do, and we will do it.",
)
_PHRASE = (
    "{minister} was interviewed on breakfast radio, where {he} said that the delays were “simply not good enough”.",
    "The {post}, {minister}, told reporters that “every penny will be accounted for”.",
)
_UNKNOWN = "Ottoline Gascoyne-Peel"
"""Nobody in the register bears this name."""


def press_post(rng: random.Random, people: People, day: dt.date, nth: int) -> str:
    """The `nth` post of a series: most print the day they were posted; every fifth has it in its title alone."""
    department = rng.choice(departments()[:12])
    topics = rng.sample(department.topics, 2)
    site = f"{department.name} in the media"
    title = f"{site} blog: {day:%A} {day.day} {day:%B}" + ("" if nth % 2 else f" {day.year}")
    posted_on = "" if nth % 5 == 4 else f" {day.day} {day:%B %Y}"
    author = "" if nth % 2 else "Press office"
    parts = [
        f"Skip to main content\n{site}",
        title,
        f"Posted by: {author}, Posted on:{posted_on} - Categories: Leading stories",
        site,
        fill(rng, rng.choice(INTRODUCTION), department, topics[0], day),
    ]
    ministers = people.ministers(department.answering_body_id, COMMONS, day)
    for number, topic in enumerate(topics):
        minister = ministers[number % len(ministers)]
        name = _UNKNOWN if nth == 3 and number else minister.name_on(day).display
        post = people.post_of(minister.member_id, department.answering_body_id, day).partition(" (")[0]
        parts.append(topic.heading.replace(":", " and"))
        parts += [fill(rng, sentence, department, topic, day) for sentence in rng.sample(COVERAGE, 2)]
        if number:
            he = "she" if minister.gender == "F" else "he"
            parts.append(rng.choice(_PHRASE).format(minister=name, he=he, post=post))
            parts.append(f"A {department.name} spokesperson said:")
        else:
            parts.append(f"{post} {name} said:")
        parts += [fill(rng, sentence, department, topic, day) for sentence in QUOTED[number : number + 3]]
    return "\n\n".join(parts) + "\n\n\nSharing and comments\n\nShare this page"


def fill(rng: random.Random, sentence: str, department: Department, topic: Topic, day: dt.date) -> str:
    """A sentence with the topic's words and some sums put in."""
    return sentence.format(
        department=department.name,
        subject=topic.subject,
        programme=topic.programme,
        recipients=topic.recipients,
        amount=qualified(rng),
        more=millions(rng),
        fy=financial_year(day, 1),
    )
