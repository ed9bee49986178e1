"""What was said in the House as saved documents have it: AI digests of debates, oral questions without speakers."""

import datetime as dt
import itertools
import random
from dataclasses import dataclass

from orderpaper.simulate.departments import Topic, departments
from orderpaper.simulate.figures import financial_year, millions, qualified
from orderpaper.simulate.people import COMMONS, Member, People

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

_STATEMENT = (
    "Madam Deputy Speaker, with permission I will make a statement on {subject}.",
    "For too long, people who depend on {recipients} have been left to wait, and the Government are not willing "
    "to let that continue.",
    "In {fy} we will invest {amount} through the {programme}, an increase of {more} on this year.",
    "I can announce today that {recipients} will be able to apply from the summer, and that {small} will be kept "
    "back for places which had nothing before.",
    "I commend this statement to the House.",
)
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


@dataclass(frozen=True, slots=True)
class _Scene:
    """A topic spoken of on a day."""

    rng: random.Random
    topic: Topic
    day: dt.date

    def says(self, sentence: str, speaker: Member, other: Member) -> str:
        """A sentence template with sums, seats and names put in; `{he}` and `{his}` stay for `_addressed`."""
        return sentence.format(
            subject=self.topic.subject,
            programme=self.topic.programme,
            recipients=self.topic.recipients,
            fy=financial_year(self.day, 1),
            amount=qualified(self.rng),
            more=millions(self.rng),
            small=f"£{self.rng.randint(2, 9)} million",
            seat=speaker.seat_on(self.day).name,
            other_seat=other.seat_on(self.day).name,
            other=other.name_on(self.day).display,
            he="{he}",
            his="{his}",
        )


def debate_digest(rng: random.Random, people: People, day: dt.date) -> str:
    """A digest of a ministerial statement, with the faults of its kind.

    One speaker has no name, one was never a member, one is given the seat of the next, and the number of contributors
    announced is not the number of those listed.
    """
    department = rng.choice(departments()[:12])
    scene = _Scene(rng, rng.choice(department.topics), day)
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
        " ".join(scene.says(sentence, lead, lead) for sentence in _STATEMENT),
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


_TABLED = (
    "What steps {his} Department is taking to improve {subject}.",
    "What steps {he} is taking with {recipients} to improve {subject}.",
    "What assessment {he} has made of the adequacy of {subject}.",
    "What support {his} Department is providing to {recipients}.",
    "If {he} will make an assessment of the potential merits of extending the {programme}.",
)
_TOPICAL = "If {he} will make a statement on {his} departmental responsibilities."
_ANSWERS = (
    "The Government are determined to improve {subject}. Through the {programme} we are investing {amount} in "
    "{fy}, and our officials work with {recipients} every week.",
    "We inherited a difficult situation. That is why we have given {recipients} an additional {more} this year, "
    "on top of what they were allocated before.",
    "We take {subject} very seriously. Our plan for {fy} will be published shortly, and it will set out what each"
    " of the {recipients} can expect.",
)
_TOPICAL_ANSWER = (
    "Since we last met for questions, our Department has opened the {programme} to {recipients}. Today I can tell"
    " the House that we will invest {amount} in it, and that we will report on progress before the recess."
)
_SUPPLEMENTARIES = (
    "I thank the Minister for that answer. In my constituency, {recipients} tell me that they cannot plan ahead. "
    "Will the Minister meet me to discuss what can be done in {seat}?",
    "As the hon. Member for {other_seat} ({other}) pointed out, many people in rural areas are left behind. What "
    "will the Minister do for my constituents?",
    "Last week I met residents of {seat} who have waited for years. Does the Minister agree that {subject} "
    "deserves a proper plan?",
    "A constituent of mine was told that there is no money left. When will the Minister come clean with the House?",
)
_REPLIES = (
    "My hon. Friend makes an important point. We have set aside {amount}, and I would be happy to meet him.",
    "I thank the hon. Lady for raising this. I can assure her that we will look at every proposal from {seat}.",
    "The hon. Gentleman will know that we have already spent {amount} on this, and we will not stop there.",
    "My hon. Friend is quite right. Our Department will publish the figures next month.",
)


def oral_sitting(rng: random.Random, people: People, day: dt.date) -> str:
    """A question time copied from a page that did not show who spoke: a line to a sentence, broken after "hon."."""
    department = rng.choice([d for d in departments() if len(d.topics) > 3])
    heads_gender = people.ministers(department.answering_body_id, COMMONS, day)[0].gender
    paragraphs: list[str] = []
    for number, topic in enumerate(rng.sample(department.topics, 3)):
        scene = _Scene(rng, topic, day)
        askers = rng.sample(people.askers(COMMONS, day), 4)
        tabled = rng.sample(_TABLED, 3 if number == 1 else 1)
        paragraphs += [_addressed(scene.says(text, askers[0], askers[1]), heads_gender) for text in tabled]
        paragraphs.append(scene.says(rng.choice(_ANSWERS), askers[0], askers[1]))
        for asker, other in itertools.pairwise(askers[: 4 - number]):
            paragraphs.append(scene.says(rng.choice(_SUPPLEMENTARIES), asker, other))
            paragraphs.append(scene.says(rng.choice(_REPLIES), asker, other))
    scene = _Scene(rng, rng.choice(department.topics), day)
    asker, other = rng.sample(people.askers(COMMONS, day), 2)
    paragraphs.append(_addressed(_TOPICAL, heads_gender))
    paragraphs += [scene.says(text, asker, other) for text in (_TOPICAL_ANSWER, _SUPPLEMENTARIES[2], _REPLIES[0])]
    return "\n".join(paragraph.replace(". ", ".\n").replace("? ", "?\n") for paragraph in paragraphs)


def _addressed(text: str, gender: str) -> str:
    """A tabled question about the minister in the third person."""
    return text.format(he="she" if gender == "F" else "he", his="her" if gender == "F" else "his")
