"""A third party's AI digests of debates in the simulated world, as pages and as a person copies them.

As on real sites, they contain errors.
"""

import datetime as dt
import html
import random
from collections.abc import Set

from orderpaper.simulate.departments import departments
from orderpaper.simulate.pages import page, prose
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.part import Page, Part
from orderpaper.simulate.people import COMMONS, PARTY_LABELS, People
from orderpaper.simulate.query import Query, parse_date
from orderpaper.simulate.spoken_wording import STATEMENT, Scene

_PARTIES = PARTY_LABELS | {"Labour (Co-op)": "Lab/Co-op", "Liberal Democrat": "Lib Dem"}

_ASKED = (
    "I thank the Minister for the statement. In {seat} people tell me that {subject} has become worse, not "
    "better. What will the {programme} mean for them this year?",
    "I welcome the announcement of {amount}. Can the Minister say how much of that is new money, and when "
    "{recipients} in my constituency will know what they are to receive?",
    "My constituents have heard such promises before. Will the Minister agree to meet me and a group of "
    "{recipients} from {seat}?",
    "The MP asked whether the lessons of earlier schemes had been learned, and what would happen to places that "
    "missed the first round.",
    "The MP praised staff in {seat} and asked for an assurance that the funding would last for more than one year.",
    "As my hon. Friend the Member for {other_seat} ({other}) said last week, {subject} cannot wait. Does the "
    "Minister agree that the application forms are too long?",
)
_SHADOW = (
    "The shadow Minister welcomed the aim but asked why only {amount} had been found, and called for a date by which "
    "{recipients} would see a difference."
)
_REPLIED = (
    "I am grateful to the hon. Member for that question. We have set aside {amount} for exactly that purpose, and"
    " officials will be in touch with {recipients} before the recess.",
    "The Minister said that the rules were under review and that an announcement would follow.",
    "I would be glad to meet the hon. Member. The {programme} is there for every part of the country, {seat} included.",
    "The hon. Member is right to raise this. Over the next three years we expect to spend {amount}, and I will "
    "write with the figures for each area.",
    "The Minister acknowledged the concern and confirmed that multi-year settlements were being considered.",
)


def simulated(parliament: SimulatedParliament, _faults: Set[str]) -> Part:
    """Return the site: an index for each sitting day, and two digests."""

    def digests(text: str) -> list[str]:
        day = parse_date(text)
        if not parliament.sitting_days(day, day):
            return []
        return [_digest(parliament.dice(day, nth, "digest"), parliament.people, day) for nth in range(2)]

    def index(_: Query, day: str) -> Page | None:
        links = [f'<a href="/debates/{day}/{nth}">{_title(text)}</a>' for nth, text in enumerate(digests(day))]
        return page(f"Debates of {day}", "".join(f"<p>{link}</p>\n" for link in links)) if links else None

    def digest(_: Query, day: str, nth: str) -> Page | None:
        text = dict(enumerate(digests(day))).get(int(nth))
        return None if text is None else prose(f"A debate of {day}", text)

    return Part(routes=[(r"/debates/(\d{4}-\d\d-\d\d)", index), (r"/debates/(\d{4}-\d\d-\d\d)/(\d{1,3})", digest)])


def saved(rng: random.Random, parliament: SimulatedParliament, first: dt.date, last: dt.date) -> list[str]:
    """Return two digests as a person would save them."""
    days = parliament.sitting_days(first, last)
    return [_digest(rng, parliament.people, rng.choice(days)) for _ in range(2)]


def _title(text: str) -> str:
    """Return the first line of a digest that is not navigation, as HTML."""
    return html.escape(next(line for line in text.split("\n") if line and not line.startswith("←")), quote=False)


def _digest(rng: random.Random, people: People, day: dt.date) -> str:
    """Return a digest of a ministerial statement, with errors as such digests have them.

    One speaker has no name, one was never a member, one has the seat of the next speaker. The number of contributors is
    not the number of those listed.
    """
    department = rng.choice(departments()[:12])
    scene = Scene(rng, rng.choice(department.topics), day)
    topic = scene.topic
    lead = people.ministers(department.answering_body_id, COMMONS, day)[0]
    speakers = rng.sample(people.askers(COMMONS, day), min(9, len(people.askers(COMMONS, day))))
    lines = [
        "← Back to House of Commons Debates",
        topic.heading.replace(":", " and"),
        f"{day:%d %B %Y}",
        "Lead MP",
        lead.name_on(day).display,
        "Debate Type",
        "Ministerial Statement",
        "Tags",
        "No tags",
        f"Other Contributors: {len(speakers) + rng.choice((-1, 1, 2))}",
        "At a Glance",
        f"{lead.name_on(day).display} made a statement about {topic.subject}. Members of several parties spoke.",
        "How the Debate Unfolded",
        "Members spoke one after the other. This is what each of them said:",
        "Government Statement",
        "Government Statement",
        " ".join(scene.says(sentence, lead, lead) for sentence in STATEMENT),
    ]
    for place, speaker in enumerate(speakers):
        shown = speakers[(place + 1) % len(speakers)] if place == 3 else speaker
        name = "Penelope Farthingale" if place == 6 else speaker.name_on(day).display
        seat = shown.seat_on(day).name
        lines += [seat] if place == 4 else [name, _PARTIES[speaker.party_on(day)], seat]
        other = speakers[place - 1]
        lines += ["Question", scene.says(rng.choice(_ASKED), speaker, other)]
        lines += ["Minister reply", scene.says(rng.choice(_REPLIED), speaker, other)]
    shadow = next(m for m in people.askers(COMMONS, day) if m.party_on(day) == "Conservative")
    lines += [
        "Shadow Comment",
        shadow.name_on(day).display,
        "Shadow Comment",
        scene.says(_SHADOW, shadow, lead),
        "▸",
        "Assessment & feedback",
        "Summary accuracy",
        "About House of Commons Debates",
        "Debates in the Commons take place in its Chamber, where any Member may take part.",
    ]
    return "\n".join(lines)
