"""Turn a debate into records: the debate, its questions and answers, and a contribution for every turn."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from orderpaper.enrichment.people.attribution import Attribution
from orderpaper.records import Answer, Contribution, Debate, Question, Record
from orderpaper.records.types.divisions import Division, Vote
from orderpaper.sources._official_report.divisions import division_records
from orderpaper.sources._official_report.roles import Business, Role, roles_of
from orderpaper.sources._official_report.turns import Turn

TOPICAL_QUESTIONS = "Topical Questions"
_URGENT = re.compile(r"^\(Urgent Question\):? ?")
"""The words that Hansard prints before an urgent question, unless it prints them with the name."""
_MOVES = re.compile(r"I beg to move\b")
_LEADING_ROLES = {
    Business.QUESTIONS: (),
    Business.ASKED: ("question",),
    Business.STATEMENT: ("statement",),
    Business.DEBATE: ("speech",),
}
"""The role of the turn with which the member in charge opens each kind of business."""
_NOBODY = Attribution()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedDebate:
    """A debate of the Official Report: its heading and its turns."""

    debate_id: str | None
    title: str | None
    house: str
    debated_on: dt.date
    debate_type: str | None
    business: Business
    is_topical: bool
    """True if all its questions are topical. The number of a single question can also show that it is topical."""
    department: str | None
    turns: list[Turn]
    has_opening: bool = True
    """Whether the report has the debate from its beginning, so that the first member to speak is the one who opens it.
    """


def debate_records(debate: ReportedDebate, counts: Mapping[type, int]) -> Iterator[Record]:
    """Yield the records of a debate in order. Ordinals continue from `counts`, the records of each type made so far."""
    turns, business = debate.turns, debate.business
    kept = (index for index, turn in enumerate(turns) if not turn.is_lost)
    numbers = {index: ordinal for ordinal, index in enumerate(kept, start=counts.get(Contribution, 0) + 1)}
    before = {kind: counts.get(kind, 0) for kind in (Debate, Question, Answer)}
    roles = roles_of(business, turns)
    yield Debate(
        ordinal=before[Debate] + 1,
        debate_id=debate.debate_id,
        title=debate.title,
        house=debate.house,
        debated_on=debate.debated_on,
        debate_type_text=debate.debate_type,
        lead_member_text=_lead(debate, roles),
    )
    asked = (index for index, role in enumerate(roles) if role.name == "question")
    answered = (index for index, role in enumerate(roles) if role.answers)
    questions = {index: ordinal for ordinal, index in enumerate(asked, start=before[Question] + 1)}
    answers = {index: ordinal for ordinal, index in enumerate(answered, start=before[Answer] + 1)}
    groups = {place: answers[index] for index in answers for place in roles[index].answers}
    sizes = Counter(groups.values())
    for index, (turn, role) in enumerate(zip(turns, roles, strict=True)):
        if turn.is_lost:
            continue
        speaker = turn.speaker or _NOBODY
        if index in questions:
            group = groups.get(index)
            yield _question(debate, turn, questions[index], group if group and sizes[group] > 1 else None)
        if index in answers:
            yield Answer(
                ordinal=answers[index],
                question_ordinals=[questions[place] for place in role.answers],
                answered_on=debate.debated_on,
                answering_member_id=turn.member_id,
                answered_by_text=speaker.name,
                answered_by_post_text=speaker.post,
                text=turn.text,
            )
        yield Contribution(
            ordinal=numbers[index],
            debate_ordinal=before[Debate] + 1,
            contribution_id=turn.contribution_id,
            role=role.name,
            is_role_inferred=turn.is_member and turn.speaker is None,
            speaker_member_id=turn.member_id,
            speaker_text=speaker.name,
            speaker_party_text=speaker.party,
            speaker_constituency_text=speaker.constituency,
            speaker_post_text=speaker.post,
            reply_to_ordinal=None if role.replies_to is None else numbers[role.replies_to],
            question_ordinal=questions.get(index),
            answer_ordinal=answers.get(index),
            text=turn.text,
        )
    yield from _divisions(debate, counts, numbers)


def _divisions(debate: ReportedDebate, counts: Mapping[type, int], numbers: Mapping[int, int]) -> Iterator[Record]:
    """Yield the divisions of a debate with their votes."""
    ordinal, first_vote = counts.get(Division, 0) + 1, counts.get(Vote, 0) + 1
    for index, turn in enumerate(debate.turns):
        if turn.division is None:
            continue
        yield from division_records(
            turn.division,
            debate.house,
            debate.debated_on,
            debate=counts.get(Debate, 0) + 1,
            contribution=numbers[index],
            ordinal=ordinal,
            first_vote=first_vote,
        )
        ordinal, first_vote = ordinal + 1, first_vote + len(turn.division.votes)


def _lead(debate: ReportedDebate, roles: list[Role]) -> str | None:
    """Return the member in charge: who makes the statement, asks the urgent question, or moves or opens the debate.

    Nobody is in charge of a question time. If the opening is missing, only a member who says that they move is known.
    """
    leading = _LEADING_ROLES[debate.business]
    place = next((index for index, turn in enumerate(debate.turns) if turn.is_member or turn.is_lost), None)
    if place is None or debate.turns[place].is_lost or roles[place].name not in leading:
        return None
    turn = debate.turns[place]
    is_lead = debate.business is not Business.DEBATE or debate.has_opening or _MOVES.match(turn.text)
    return turn.speaker.name if is_lead and turn.speaker else None


def _question(debate: ReportedDebate, turn: Turn, ordinal: int, group: int | None) -> Question:
    speaker, printed = turn.speaker or _NOBODY, turn.question
    is_topical = printed is not None and (printed.is_topical or debate.is_topical)
    is_urgent = debate.business is Business.ASKED and debate.house == "Commons"
    return Question(
        ordinal=ordinal,
        question_type="topical" if is_topical else "debate" if is_urgent else "oral",
        uin=printed.uin if printed else None,
        house=debate.house,
        due_on=debate.debated_on,
        asking_member_id=turn.member_id,
        asked_by_text=speaker.name,
        asked_by_party_text=speaker.party,
        asked_by_constituency_text=speaker.constituency,
        answering_body_text=debate.department,
        heading=debate.title,
        text=printed.tabled if printed else _URGENT.sub("", turn.text),
        group_ordinal=group,
    )
