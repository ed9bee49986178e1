"""Find the role of each turn of a debate: question, answer, speech or intervention.

In question times, urgent questions and statements, members ask and the minister replies (Erskine May, Questions;
Ministerial statements). In a debate one member has the floor and may give way to an intervention.
"""

import enum
import re
from dataclasses import dataclass

from orderpaper.sources._official_report.turns import Turn

_LONGEST_INTERVENTION = 1000
"""In characters. Interventions are brief (Erskine May). The longest of 39 captured ones has 978 and the median 426."""
ORAL_ANSWERS = "Oral Answers to Questions"
_ASKS = re.compile(r"\(Urgent Question\)|To ask\b|(?:My Lords, )?I beg leave to ask the Question\b")
_STATES = re.compile(r".{0,1000}\bI (?:\w+,? ){0,6}make (?:an?|this|the following) (?:\w+ ){0,2}statement\b", re.DOTALL)
_RISES = re.compile(r"rose\b")
"""Matches “Several hon. Members rose—”, where members wish to be called but do not speak."""


class Business(enum.Enum):
    """The kinds of business, each with its own rules for the roles of turns."""

    QUESTIONS = "questions of the order paper"
    ASKED = "a question of which no notice was given"
    STATEMENT = "a minister's statement"
    DEBATE = "a debate"


@dataclass(frozen=True, slots=True)
class Role:
    """The role of a turn and, if it is a reply, the turns to which it replies."""

    name: str
    replies_to: int | None = None
    """The index of the turn that it replies to."""
    answers: tuple[int, ...] = ()
    """The indexes of the turns whose questions it answers."""


def business_in_words(turns: list[Turn]) -> Business:
    """Return the kind of business, found from the words of the first member, for reports that do not print it."""
    first = next((turn for turn in turns if turn.is_member or turn.is_lost), None)
    if first is not None and first.text.startswith("(Urgent Question)"):
        return Business.ASKED
    is_statement = first is not None and first.speaker is not None and first.speaker.post and _STATES.match(first.text)
    return Business.STATEMENT if is_statement else Business.DEBATE


def roles_of(business: Business, turns: list[Turn]) -> list[Role]:
    """Return the role of each turn. Nothing is linked across a turn that is lost, and its own role is of no use."""
    return _in_debate(turns) if business is Business.DEBATE else _in_exchange(business, turns)


def _in_exchange(business: Business, turns: list[Turn]) -> list[Role]:
    """Return the roles if members ask and ministers reply. The first to speak after questions answers them."""
    roles: list[Role] = []
    pending: list[int] = []
    askers: set[int | str | None] = set()
    opens = True
    ministers: set[int | str | None] = set()
    last_asked: int | None = None
    for index, turn in enumerate(turns):
        if turn.is_lost:
            roles.append(Role("proceeding"))
            pending, askers, last_asked = [], set(), None
        elif not turn.is_member:
            roles.append(_bystander(turn))
        elif turn.question or (opens and business is Business.ASKED and _is_urgent(turn)):
            roles.append(Role("question"))
            pending.append(index)
            askers.add(turn.who)
            last_asked = index
        elif opens and business is Business.STATEMENT and _is_ministers(turn):
            roles.append(Role("statement"))
            ministers.add(turn.who)
        elif pending and turn.who not in askers:
            roles.append(Role("reply", last_asked, tuple(pending)))
            ministers.add(turn.who)
            pending, askers = [], set()
        elif turn.who in ministers or (turn.speaker and turn.speaker.post):
            roles.append(Role("reply", last_asked))
        else:
            roles.append(Role("supplementary"))
            last_asked = index
        opens = opens and not turn.is_member and not turn.is_lost
    return roles


def _is_urgent(turn: Turn) -> bool:
    """Return whether the first speaker puts a question, which Hansard prints with the name or before the words."""
    return (turn.speaker is not None and turn.speaker.note == "Urgent Question") or bool(_ASKS.match(turn.text))


def _is_ministers(turn: Turn) -> bool:
    """Return whether the first speaker makes a statement: the speaker holds an office, or says so."""
    return (turn.speaker is not None and turn.speaker.post is not None) or bool(_STATES.match(turn.text))


def _in_debate(turns: list[Turn]) -> list[Role]:
    """Return the roles if one member has the floor. A brief turn before that member continues is an intervention."""
    roles = []
    holder: int | str | None = None
    for turn, following in zip(turns, _who_follows(turns), strict=True):
        if turn.is_lost:
            holder = None
        if not turn.is_member:
            roles.append(_bystander(turn))
            continue
        is_brief = len(turn.text) <= _LONGEST_INTERVENTION
        if holder is not None and turn.who != holder and following == holder and is_brief:
            roles.append(Role("intervention"))
        else:
            holder = turn.who
            roles.append(Role("speech"))
    return roles


def _who_follows(turns: list[Turn]) -> list[int | str | None]:
    """Return for each turn who has the next turn of a member or the next that is lost, or None if there is none."""
    found: list[int | str | None] = []
    following: int | str | None = None
    for turn in reversed(turns):
        found.append(following)
        if turn.is_member or turn.is_lost:
            following = turn.who
    return found[::-1]


def _bystander(turn: Turn) -> Role:
    """Return the role of an event, of the Chair, or of a crowd, which intervenes unless it only rises."""
    if turn.speaker is None or (turn.speaker.is_crowd and _RISES.match(turn.text)):
        return Role("proceeding")
    return Role("intervention" if turn.speaker.is_crowd else "chair")
