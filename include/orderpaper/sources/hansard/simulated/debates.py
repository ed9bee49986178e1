"""Write the items under each kind of heading of the simulated Hansard."""

import random
from collections.abc import Callable, Iterator
from functools import partial

from orderpaper.simulate.departments import Department, departments
from orderpaper.simulate.oral_questions import OralQuestion, QuestionTime
from orderpaper.simulate.payloads import Json
from orderpaper.simulate.people import COMMONS, LORDS, Member, People
from orderpaper.simulate.spoken_wording import (
    ANSWERS,
    REPLIES,
    STATEMENT,
    SUPPLEMENTARIES,
    TOPICAL_ANSWER,
    Scene,
)
from orderpaper.sources.hansard.simulated.script import Script

Written = tuple[str, list[Json]]
"""The title of a debate and its items."""

_SPEECH = (
    "I beg to move, That this House has considered {subject}.",
    "Two years ago {recipients} in {seat} came to see me. They had been promised {amount} from the {programme}, and "
    "they had received nothing.",
    "The National Audit Office has found that {more} has been set aside and not spent. That is not good enough for the "
    "people of {seat}, nor for anybody else’s constituents.",
    "What we need is simple: a plan for {fy}, money that lasts for more than one year, and somebody to answer for it.",
)
_OTHER_SPEECH = (
    "It is a pleasure to follow my hon. Friend the Member for {other_seat} ({other}). I agree with much of what was "
    "said about {subject}, and I want to add what I see in {seat}.",
    "There, {recipients} do what they can with what they have. Last year it was {amount}; this year it is less, and "
    "the demand has doubled.",
    "If the {programme} is to mean anything, it must reach the places that are furthest away. I hope that Ministers "
    "will listen, and that they will come back to the House with a timetable before the summer.",
)
_INTERVENTIONS = (
    "I am grateful to my hon. Friend for giving way. Does she agree that {recipients} deserve better?",
    "Will the hon. Member say where the {small} is to come from?",
    "I thank the hon. Gentleman for giving way. The same is true in {seat}.",
)
_GIVES_WAY = (
    "I am grateful for that intervention, and I agree.",
    "I will come to that, but the hon. Member makes a fair point.",
)
_LETTER = "“We have waited three years, and we have been told to wait again.”"
_WINDING_UP = (
    "I thank hon. Members for what has been a good debate. The Government have made {amount} available, and in {fy} we "
    "will go further.\nOn the {programme}, I can tell the House that {recipients} will hear from us before the recess."
)
_POINT_OF_ORDER = (
    "On a point of order, Mr Speaker. A reply to a question of mine about {subject} has now been outstanding for more "
    "than two months. What can be done to ensure that Members are answered in good time?"
)
_HEADINGS = {
    "Department of Health and Social Care": "Health and Social Care",
    "Ministry of Housing, Communities and Local Government": "Housing, Communities and Local Government",
    "Home Office": "Home Department",
    "Treasury": "Treasury",
    "Ministry of Defence": "Defence",
    "Ministry of Justice": "Justice",
}


def heading_of(department: Department) -> str:
    """Return the heading of a department's questions: "Home Department", "Transport"."""
    return _HEADINGS.get(department.name, department.name.removeprefix("Department for "))


def asked(script: Script, time: QuestionTime) -> list[Json]:
    """Return the line under the heading of a department."""
    script.clock()
    who = "Prime Minister" if time.is_prime_ministers else "Secretary of State"
    script.unattributed(f"<em>The {who} was asked—</em>")
    return script.items


def question_time(time: QuestionTime) -> Iterator[tuple[str, Callable[[Script, People], list[Json]]]]:
    """Yield the headings of a question time, each with the function that writes its items."""
    if time.is_prime_ministers:
        yield "Engagements", partial(_one_by_one, [group[0] for group in time.groups], "Q")
        return
    for group in time.groups:
        yield group[0].topic.heading, partial(_group, group)
    yield "Topical Questions", partial(_one_by_one, list(time.topicals), "")


def _group(group: tuple[OralQuestion, ...], script: Script, people: People) -> list[Json]:
    """Return questions that are answered together, a supplementary of each asker, and one of another member."""
    rng, first = script.rng, group[0]
    scene = Scene(rng, first.topic, script.day)
    minister, post = _minister(rng, people, first.department, script)
    for question in group:
        script.question(question)
    answer = scene.says(rng.choice(ANSWERS), first.asker, first.asker)
    if len(group) > 1:
        numbers = " and ".join(str(question.number) for question in group[1:])
        answer = f"With permission, I will answer this question with {numbers}.\n{answer}"
    script.says(minister, answer, post=post)
    others = [m for m in people.askers(COMMONS, script.day) if m not in {question.asker for question in group}]
    for asker in [*(question.asker for question in group), rng.choice(others)]:
        script.says(asker, scene.says(rng.choice(SUPPLEMENTARIES), asker, rng.choice(others)))
        script.says(minister, scene.says(rng.choice(REPLIES), asker, asker), post=post)
    script.column()
    return script.items


def _one_by_one(questions: list[OralQuestion], prefix: str, script: Script, people: People) -> list[Json]:
    """Return questions of which the first is answered as tabled. To the others the members add what they really ask."""
    rng = script.rng
    minister, post = _minister(rng, people, questions[0].department, script, is_head=True)
    for question in questions:
        scene = Scene(rng, question.topic, script.day)
        asker, other = question.asker, rng.choice(people.askers(COMMONS, script.day))
        if question is questions[0]:
            script.question(question, prefix=prefix)
            script.says(minister, scene.says(TOPICAL_ANSWER, asker, other), post=post)
            script.says(asker, scene.says(rng.choice(SUPPLEMENTARIES), asker, other))
        else:
            script.question(question, prefix=prefix, spoken=scene.says(rng.choice(SUPPLEMENTARIES), asker, other))
        script.says(minister, scene.says(rng.choice(REPLIES), asker, other), post=post)
    script.chair("Order. I call the next question.")
    return script.items


def statement(script: Script, people: People) -> Written:
    """Return a minister's statement, the questions that follow it, and an interruption."""
    scene, minister, post, members = _scene(script, people)
    script.clock()
    script.says(minister, "\n".join(scene.says(part, minister, minister) for part in STATEMENT), post=post)
    script.chair("I call the shadow Minister.")
    for asker in members[:4]:
        script.says(asker, scene.says(script.rng.choice(SUPPLEMENTARIES), asker, members[5]))
        script.says(minister, scene.says(script.rng.choice(REPLIES), asker, asker), post=post)
    script.unattributed("<em>Several hon. Members</em> rose—")
    script.chair("Order. I am afraid that we must move on.")
    return f" {scene.topic.heading}", script.items


def urgent(script: Script, people: People) -> Written:
    """Return an urgent question, its answer, and the questions that follow."""
    scene, minister, post, members = _scene(script, people)
    asker = members[0]
    script.says(asker, f"To ask the Minister for a statement on {scene.topic.subject}.", note="Urgent Question")
    script.says(minister, scene.says(ANSWERS[0], asker, asker), post=post)
    for other in members[:4]:
        script.says(other, scene.says(script.rng.choice(SUPPLEMENTARIES), other, members[5]))
        script.says(minister, scene.says(script.rng.choice(REPLIES), other, other), post=post)
    return scene.topic.heading, script.items


def motion(script: Script, people: People, *, in_hall: bool = False) -> Written:
    """Return a debate: speeches with interventions, a quotation, an interruption, a wind-up and the decision."""
    scene, minister, post, members = _scene(script, people)
    mover, second, *others = members
    if in_hall:
        chair = others[-1].name_on(script.day).display
        script.unattributed(f"[{chair} <em>in the Chair</em>]", "hs_76fChair")
    parts = [scene.says(part, mover, second) for part in _SPEECH]
    script.says(mover, "\n".join(parts[:2]))
    for other in others[:2]:
        script.says(other, scene.says(script.rng.choice(_INTERVENTIONS), other, mover))
        script.says(mover, script.rng.choice(_GIVES_WAY))
    script.says(mover, parts[2])
    script.unattributed(_LETTER, "hs_brev")
    script.unattributed(parts[3])
    script.unattributed("<em>Several hon. Members</em> rose—")
    script.chair("Order. There will be a time limit of five minutes.", "Madam Deputy Speaker (Ms Ottoline Peel)")
    script.says(second, "\n".join(scene.says(part, second, mover) for part in _OTHER_SPEECH))
    script.crowd("Hon. Members", "Hear, hear.")
    script.says(minister, scene.says(_WINDING_UP, minister, mover), post=post)
    script.unattributed("<em>Question put and agreed to.</em>", "hs_Procedure")
    return scene.topic.heading, script.items


def points_of_order(script: Script, people: People) -> Written:
    """Return a point of order and the answer of the Chair."""
    scene, _, _, members = _scene(script, people)
    script.says(members[0], scene.says(_POINT_OF_ORDER, members[0], members[1]))
    script.chair("I thank the hon. Member for giving notice. The Treasury Bench will have heard what was said.")
    return " Point of Order", script.items


def lords_question(script: Script, people: People) -> Written:
    """Return a question in the House of Lords, as its Hansard prints it."""
    scene = Scene(script.rng, script.rng.choice(departments()[0].topics), script.day)
    minister = people.ministers(departments()[0].answering_body_id, LORDS, script.day)[0]
    asker, other = script.rng.sample(people.askers(LORDS, script.day), 2)
    post = people.post_of(minister.member_id, departments()[0].answering_body_id, script.day)
    script.unattributed("Question", "hs_DebateType")
    script.unattributed(f"<em>Asked by</em> {asker.name_on(script.day).display}", "hs_TabledBy")
    script.says(asker, f"To ask His Majesty’s Government what steps they are taking on {scene.topic.subject}.")
    script.says(minister, scene.says(ANSWERS[0], asker, other), post=post.partition(" (")[0])
    script.says(other, f"My Lords, what will become of the {scene.topic.programme}?")
    script.says(minister, "My Lords, the noble Lord will have to wait for the spending review.")
    return scene.topic.heading, script.items


def _scene(script: Script, people: People) -> tuple[Scene, Member, str, list[Member]]:
    """Return a topic, the minister who answers for it, the minister's post, and members who speak."""
    department = script.rng.choice(departments()[:12])
    minister, post = _minister(script.rng, people, department, script)
    members = script.rng.sample(people.askers(COMMONS, script.day), 6)
    return Scene(script.rng, script.rng.choice(department.topics), script.day), minister, post, members


def _minister(
    rng: random.Random, people: People, department: Department, script: Script, *, is_head: bool = False
) -> tuple[Member, str]:
    ministers = people.ministers(department.answering_body_id, COMMONS, script.day)
    minister = ministers[0] if is_head else rng.choice(ministers)
    post = people.post_of(minister.member_id, department.answering_body_id, script.day)
    return minister, post.partition(" (")[0]
