"""What was said in the House as saved documents have it: AI digests of debates, oral questions without speakers."""

import datetime as dt
import itertools
import random

from orderpaper.simulate.departments import departments
from orderpaper.simulate.people import COMMONS, People
from orderpaper.simulate.spoken_wording import (
    ANSWERS,
    REPLIES,
    STATEMENT,
    SUPPLEMENTARIES,
    TABLED,
    TOPICAL,
    TOPICAL_ANSWER,
    Scene,
    addressed,
)

_PARTIES = {
    "Labour": "Lab",
    "Labour (Co-op)": "Lab/Co-op",
    "Conservative": "Con",
    "Liberal Democrat": "Lib Dem",
    "Scottish National Party": "SNP",
    "Reform UK": "Reform",
    "Democratic Unionist Party": "DUP",
    "Plaid Cymru": "PC",
    "Green Party": "Green",
    "Social Democratic & Labour Party": "SDLP",
    "Independent": "Ind",
}

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


def debate_digest(rng: random.Random, people: People, day: dt.date) -> str:
    """A digest of a ministerial statement, with the faults of its kind.

    One speaker has no name, one was never a member, one is given the seat of the next, and the number of contributors
    announced is not the number of those listed.
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


def oral_sitting(rng: random.Random, people: People, day: dt.date) -> str:
    """A question time copied from a page that did not show who spoke: a line to a sentence, broken after "hon."."""
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
