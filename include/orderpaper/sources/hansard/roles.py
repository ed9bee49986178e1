"""What each turn of a debate is, by the sort of business: who asks, who answers, who has the floor.

Question times, urgent questions and statements alternate: members ask, the minister replies (Erskine May, Questions;
Ministerial statements). In a debate one member has the floor, and may give way to an intervention.
"""

import enum
import re
from dataclasses import dataclass

from orderpaper.sources.hansard.payload import Overview
from orderpaper.sources.hansard.turns import Turn

_LONGEST_INTERVENTION = 1000
"""Characters. An intervention is brief (Erskine May); the longest of 39 captured ones has 978, their median is 426."""
ORAL_ANSWERS = "Oral Answers to Questions"
_TYPES = {
    "hs_8Question": ORAL_ANSWERS,
    "hs_2cUrgentQuestion": "Urgent Question",
    "hs_2cStatement": "Statement",
    "hs_8Statement": "Written Statement",
    "hs_2cWestHallDebate": "Westminster Hall",
    "hs_2WestHallDebate": "Westminster Hall",
    "hs_2cDebatedMotion": "Motion",
    "hs_2DebatedMotion": "Motion",
    "hs_2cBillTitle": "Bill",
    "hs_2BillTitle": "Bill",
    "hs_2DebBill": "Bill",
    "hs_2BusinessWODebate": "Business without Debate",
    "hs_2cSO24Application": "Application for Emergency Debate",
    "hs_8Petition": "Petition",
}
_ASKS = re.compile(r"\(Urgent Question\)|To ask\b")
_STATES = re.compile(r".{0,1000}\bI (?:\w+,? ){0,6}make (?:an?|this|the following) (?:\w+ ){0,2}statement\b", re.DOTALL)
_RISES = re.compile(r"rose\b")
"""Several hon. Members rose— to be called: nothing is said."""
_LORDS_TYPES = (
    "Question",
    "Statement",
    "Urgent Question",
    "Commons Urgent Question",
    "Private Notice Question",
    "Motion",
)
"""What a debate of the Lords says of itself in its first line; their headings all have the same style."""


class Business(enum.Enum):
    """The sorts of business that differ in what their turns are."""

    QUESTIONS = "questions of the order paper"
    ASKED = "a question of which no notice was given"
    STATEMENT = "a minister's statement"
    DEBATE = "a debate"


@dataclass(frozen=True, slots=True)
class Role:
    """What a turn is; for a turn that replies, or is asked, its place in the exchange."""

    name: str
    replies_to: int | None = None
    """Index of the turn that it replies to."""
    answers: tuple[int, ...] = ()
    """Indexes of the turns that put the questions which this one is the answer to."""


def type_of(overview: Overview, turns: list[Turn]) -> str | None:
    """The sort of business in words; a style that is not known here is given as it is."""
    if overview.house == "Lords" and turns and turns[0].speaker is None and turns[0].text in _LORDS_TYPES:
        return turns[0].text
    return _TYPES.get(overview.hrs_tag or "", overview.hrs_tag)


def business_of(debate_type: str | None, turns: list[Turn]) -> Business:
    """How the turns of that sort of business follow each other."""
    if debate_type == ORAL_ANSWERS or any(turn.question for turn in turns):
        return Business.QUESTIONS
    if debate_type in ("Statement", "Written Statement"):
        return Business.STATEMENT
    return Business.ASKED if (debate_type or "").endswith("Question") else Business.DEBATE


def business_in_words(turns: list[Turn]) -> Business:
    """The same where no style of the heading says it: the first member's own words do."""
    first = next((turn for turn in turns if turn.is_member), None)
    if first is not None and first.text.startswith("(Urgent Question)"):
        return Business.ASKED
    is_statement = first is not None and first.speaker is not None and first.speaker.post and _STATES.match(first.text)
    return Business.STATEMENT if is_statement else Business.DEBATE


def roles_of(business: Business, turns: list[Turn]) -> list[Role]:
    """The role of each turn."""
    return _in_debate(turns) if business is Business.DEBATE else _in_exchange(business, turns)


def _in_exchange(business: Business, turns: list[Turn]) -> list[Role]:
    """Roles where members ask and ministers reply; the first to speak after questions is who answers them."""
    roles: list[Role] = []
    pending: list[int] = []
    ministers: set[int | str | None] = set()
    last_asked: int | None = None
    for index, turn in enumerate(turns):
        opens = not any(before.is_member for before in turns[:index])
        if not turn.is_member:
            roles.append(_bystander(turn))
        elif turn.question or (opens and business is Business.ASKED and _is_urgent(turn)):
            roles.append(Role("question"))
            pending.append(index)
            last_asked = index
        elif opens and business is Business.STATEMENT and _is_ministers(turn):
            roles.append(Role("statement"))
            ministers.add(turn.who)
        elif pending and turn.who not in {turns[place].who for place in pending}:
            roles.append(Role("reply", last_asked, tuple(pending)))
            ministers.add(turn.who)
            pending = []
        elif turn.who in ministers or (turn.speaker and turn.speaker.post):
            roles.append(Role("reply", last_asked))
        else:
            roles.append(Role("supplementary"))
            last_asked = index
    return roles


def _is_urgent(turn: Turn) -> bool:
    """Whether the first speaker puts a question: Hansard prints so with the name, or before the words."""
    return (turn.speaker is not None and turn.speaker.note == "Urgent Question") or bool(_ASKS.match(turn.text))


def _is_ministers(turn: Turn) -> bool:
    """Whether the first speaker makes a statement: from an office, or in so many words."""
    return (turn.speaker is not None and turn.speaker.post is not None) or bool(_STATES.match(turn.text))


def _in_debate(turns: list[Turn]) -> list[Role]:
    """Roles where one member has the floor: a brief turn after which the same member goes on is an intervention."""
    roles = []
    holder: int | str | None = None
    for index, turn in enumerate(turns):
        if not turn.is_member:
            roles.append(_bystander(turn))
            continue
        following = next((later.who for later in turns[index + 1 :] if later.is_member), None)
        is_brief = len(turn.text) <= _LONGEST_INTERVENTION
        if holder is not None and turn.who != holder and following == holder and is_brief:
            roles.append(Role("intervention"))
        else:
            holder = turn.who
            roles.append(Role("speech"))
    return roles


def _bystander(turn: Turn) -> Role:
    """What happens, which nobody says; the Chair; and a crowd, which interjects unless it only rises."""
    if turn.speaker is None or (turn.speaker.is_crowd and _RISES.match(turn.text)):
        return Role("proceeding")
    return Role("intervention" if turn.speaker.is_crowd else "chair")
