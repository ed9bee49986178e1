"""The wording of what is said in the simulated House: our own sentences, with sums, seats and names put in."""

import datetime as dt
import random
from dataclasses import dataclass

from orderpaper.simulate.departments import Topic
from orderpaper.simulate.figures import financial_year, millions, qualified
from orderpaper.simulate.people import Member

STATEMENT = (
    "Madam Deputy Speaker, with permission I will make a statement on {subject}.",
    "For too long, people who depend on {recipients} have been left to wait, and the Government are not willing "
    "to let that continue.",
    "In {fy} we will invest {amount} through the {programme}, an increase of {more} on this year.",
    "I can announce today that {recipients} will be able to apply from the summer, and that {small} will be kept "
    "back for places which had nothing before.",
    "I commend this statement to the House.",
)
TABLED = (
    "What steps {his} Department is taking to improve {subject}.",
    "What steps {he} is taking with {recipients} to improve {subject}.",
    "What assessment {he} has made of the adequacy of {subject}.",
    "What support {his} Department is providing to {recipients}.",
    "If {he} will make an assessment of the potential merits of extending the {programme}.",
)
TOPICAL = "If {he} will make a statement on {his} departmental responsibilities."
ANSWERS = (
    "The Government are determined to improve {subject}. Through the {programme} we are investing {amount} in "
    "{fy}, and our officials work with {recipients} every week.",
    "We inherited a difficult situation. That is why we have given {recipients} an additional {more} this year, "
    "on top of what they were allocated before.",
    "We take {subject} very seriously. Our plan for {fy} will be published shortly, and it will set out what each"
    " of the {recipients} can expect.",
)
TOPICAL_ANSWER = (
    "Since we last met for questions, our Department has opened the {programme} to {recipients}. Today I can tell"
    " the House that we will invest {amount} in it, and that we will report on progress before the recess."
)
SUPPLEMENTARIES = (
    "I thank the Minister for that answer. In my constituency, {recipients} tell me that they cannot plan ahead. "
    "Will the Minister meet me to discuss what can be done in {seat}?",
    "As the hon. Member for {other_seat} ({other}) pointed out, many people in rural areas are left behind. What "
    "will the Minister do for my constituents?",
    "Last week I met residents of {seat} who have waited for years. Does the Minister agree that {subject} "
    "deserves a proper plan?",
    "A constituent of mine was told that there is no money left. When will the Minister come clean with the House?",
)
REPLIES = (
    "My hon. Friend makes an important point. We have set aside {amount}, and I would be happy to meet him.",
    "I thank the hon. Lady for raising this. I can assure her that we will look at every proposal from {seat}.",
    "The hon. Gentleman will know that we have already spent {amount} on this, and we will not stop there.",
    "My hon. Friend is quite right. Our Department will publish the figures next month.",
)


@dataclass(frozen=True, slots=True)
class Scene:
    """A topic that is discussed on a day."""

    rng: random.Random
    topic: Topic
    day: dt.date

    def says(self, sentence: str, speaker: Member, other: Member) -> str:
        """Return a sentence with sums, seats and names put in. `{he}` and `{his}` remain for `addressed`."""
        return sentence.format(
            **self.topic.words,
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


def pronouns(gender: str) -> dict[str, str]:
    """Return the pronouns of a person, by the name that they have in a sentence."""
    return {"he": "she", "his": "her"} if gender == "F" else {"he": "he", "his": "his"}


def addressed(text: str, gender: str) -> str:
    """Return a tabled question with the pronouns of the minister."""
    return text.format(**pronouns(gender))
