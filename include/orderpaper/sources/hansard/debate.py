"""A debate's payload to records: the debate, its questions and answers, and a contribution for every turn."""

import re
from collections import Counter
from collections.abc import Iterator

from orderpaper.people.attribution import Attribution
from orderpaper.records import Answer, Contribution, Debate, Question, Record
from orderpaper.sources.hansard import payload as api
from orderpaper.sources.hansard.roles import Business, Role, business_of, roles_of, type_of
from orderpaper.sources.hansard.turns import Turn, read_turns

_DEPARTMENT = "hs_6bDepartment"
_TOPICAL_QUESTIONS = "Topical Questions"
_URGENT = re.compile(r"^\(Urgent Question\):? ?")
"""What Hansard prints before the words of an urgent question where it does not print it with the name."""
_NOBODY = Attribution()


def read_debate(debate: api.Debate) -> Iterator[Record]:
    """The records of a debate's own items, in order; all visible text is in the contributions.

    Raises:
        ParseError: an item's markup cannot be read whole.
    """
    overview = debate.overview
    repeated = {child_item.external_id for child in debate.child_debates for child_item in child.items} - {None}
    turns = read_turns([item for item in debate.items if item.external_id not in repeated])
    debate_type = type_of(overview, turns)
    business = business_of(debate_type, turns)
    roles = roles_of(business, turns)
    lead = next((turn for turn in turns if turn.is_member), None) if business is not Business.QUESTIONS else None
    yield Debate(
        ordinal=1,
        debate_id=overview.ext_id or None,
        title=" ".join(overview.title.split()) or None,
        house=overview.house,
        debated_on=overview.date.date(),
        debate_type_text=debate_type,
        lead_member_text=lead.speaker.name if lead and lead.speaker else None,
    )
    questions = {
        index: ordinal
        for ordinal, index in enumerate((n for n, role in enumerate(roles) if role.name == "question"), start=1)
    }
    answers = {
        index: ordinal for ordinal, index in enumerate((n for n, role in enumerate(roles) if role.answers), start=1)
    }
    groups = {place: answers[index] for index in answers for place in roles[index].answers}
    sizes = Counter(groups.values())
    for index, (turn, role) in enumerate(zip(turns, roles, strict=True)):
        if index in questions:
            group = groups.get(index)
            yield _question(debate, business, turn, questions[index], group if group and sizes[group] > 1 else None)
        if index in answers:
            yield _answer(debate, turn, answers[index], [questions[place] for place in role.answers])
        yield _contribution(turn, role, index, questions.get(index), answers.get(index))


def _question(debate: api.Debate, business: Business, turn: Turn, ordinal: int, group: int | None) -> Question:
    speaker, printed = turn.speaker or _NOBODY, turn.question
    is_topical = printed is not None and (printed.is_topical or debate.overview.title.strip() == _TOPICAL_QUESTIONS)
    is_urgent = business is Business.ASKED and debate.overview.house == "Commons"
    return Question(
        ordinal=ordinal,
        question_type="topical" if is_topical else "debate" if is_urgent else "oral",
        uin=printed.uin if printed else None,
        house=debate.overview.house,
        due_on=debate.overview.date.date(),
        asking_member_id=turn.member_id,
        asked_by_text=speaker.name,
        asked_by_party_text=speaker.party,
        asked_by_constituency_text=speaker.constituency,
        answering_body_text=_department(debate),
        heading=" ".join(debate.overview.title.split()) or None,
        text=printed.tabled if printed else _URGENT.sub("", turn.text),
        group_ordinal=group,
    )


def _answer(debate: api.Debate, turn: Turn, ordinal: int, questions: list[int]) -> Answer:
    speaker = turn.speaker or _NOBODY
    return Answer(
        ordinal=ordinal,
        question_ordinals=questions,
        answered_on=debate.overview.date.date(),
        answering_member_id=turn.member_id,
        answered_by_text=speaker.name,
        answered_by_post_text=speaker.post,
        text=turn.text,
    )


def _contribution(turn: Turn, role: Role, index: int, question: int | None, answer: int | None) -> Contribution:
    speaker = turn.speaker or _NOBODY
    return Contribution(
        ordinal=index + 1,
        debate_ordinal=1,
        contribution_id=turn.contribution_id,
        role=role.name,
        is_role_inferred=turn.is_member and turn.speaker is None,
        speaker_member_id=turn.member_id,
        speaker_text=speaker.name,
        speaker_party_text=speaker.party,
        speaker_constituency_text=speaker.constituency,
        speaker_post_text=speaker.post,
        reply_to_ordinal=None if role.replies_to is None else role.replies_to + 1,
        question_ordinal=question,
        answer_ordinal=answer,
        text=turn.text,
    )


def _department(debate: api.Debate) -> str | None:
    """The department whose questions these are: the nearest heading above that is one."""
    above = {heading.id: heading for heading in debate.navigator}
    heading = next((h for h in debate.navigator if h.external_id == debate.overview.ext_id), None)
    for _ in debate.navigator:
        if heading is None or heading.hrs_tag == _DEPARTMENT:
            break
        heading = above.get(heading.parent_id) if heading.parent_id is not None else None
    return " ".join((heading.title or "").split()) or None if heading else None
