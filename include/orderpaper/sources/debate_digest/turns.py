"""Read the turns of a digest: who speaks in what role, and the lines of what they said."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from orderpaper.errors import ParseError
from orderpaper.reading.lines import LONGEST_LABEL, Line, require_complete
from orderpaper.reading.members import OFFICES, PEER, PrintedMember, has_party, may_be_name, may_be_seat, read_member
from orderpaper.reading.parties import is_party
from orderpaper.reading.seats import is_seat

TURNS = "How the Debate Unfolded"
ROLES = {"Question": "question", "Intervention": "intervention"}
"""Label under the speaker → role of the contribution."""
REPLY = re.compile(
    r"(?:The )?(?:Minister(?:['’]s|ial)?|Government)(?:['’]s)? (?:reply|response|answer)|Reply|Response|Answer",
    re.IGNORECASE,
)
SECTIONS = {"Government Statement": "statement", "Shadow Comment": "shadow"}
"""Label of a section, printed above and below its speaker → role of the contribution."""
LEAD = "Lead Contributor"
OPENED = "Opened the debate"
LABELS = re.compile("|".join([*ROLES, f"(?i:{REPLY.pattern})", *SECTIONS, LEAD]))
"""Matches the labels that may have the text on their line."""
_BODY = re.compile(
    r"(?:The )?(?:(?:[A-Z][\w’'-]* ){1,3}Office|HM Treasury|(?:Department|Ministry) (?:for|of) [A-Z][\w ,&’'-]{1,60})"
)
"""Matches the name of a department, which heads a part of a text and names no speaker."""
NOBODY = PrintedMember()
_TITLED = re.compile(rf"{PEER.pattern}|(?:Mrs?|Ms|Miss|Dr|Sir|Dame|Rev|Madam|Professor)\b|.* MP$")
"""Matches what is printed with a name and no seat."""
_LONGEST_SPEAKER_LINE = 60
_LEAST_WORDS = 4
"""A line with fewer words may be a label or a name; with as many, it may be a sentence without its full stop."""


@dataclass(slots=True)
class Turn:
    """One turn: its role, its label, its speaker as printed, and the lines of its text."""

    role: str
    label: Line
    speaker: PrintedMember = NOBODY
    length: int = 1
    """The number of lines that head it."""
    is_seat_first: bool = False
    """Whether the seat stands above the party."""
    body: list[Line] = field(default_factory=list)
    start: int = 0
    """The place of its first line, its label or its speaker, among the lines of the turns."""
    fault: str | None = None
    """Why the turn is refused, if it is."""


def turns_of(lines: Sequence[Line], *, lead: str | None = None, may_be_cut: bool) -> list[Turn]:
    """Return the turns of the debate. Every line is in a turn, except those above the first.

    Raises:
        ParseError: there are none.
    """
    turns: list[Turn] = []
    number = 0
    while number < len(lines):
        turn = _head(lines, number)
        if turn:
            turn.start = number
            turns.append(turn)
        elif turns:
            turns[-1].body.append(lines[number])
        number += turn.length if turn else 1
    if not turns:
        raise ParseError(f"no turns follow the line “{TURNS}”")
    said = [turn.body[-1] for turn in turns if turn.body]
    is_bare = 2 * sum(not line.ends_sentence for line in said) > len(said)
    for above, turn in zip([None, *turns], turns, strict=False):
        if turn.role == "reply" and (above is None or above.role in ("reply", "statement")):
            turn.fault = turn.fault or f"“{turn.label.text}” follows no question"
        if not turn.body:
            turn.fault = turn.fault or f"“{turn.label.text}” has no text under it"
        turn.fault = f"line {turn.label.number}: {turn.fault}" if turn.fault else None
        try:
            if not turn.fault:
                _check(turn, is_bare=is_bare, may_be_cut=may_be_cut and turn is turns[-1])
        except ParseError as error:
            turn.fault = str(error)
    _refuse_odd_order(turns)
    _refuse_names(turns, lead)
    return turns


def speaker_counts(turns: Sequence[Turn], lead: str | None) -> set[int]:
    """Return how many speakers the turns have beside the lead member: counted by turn, and by person."""
    speaking = [turn for turn in turns if turn.role not in {"reply", "statement"} and turn.label.text != LEAD]
    named = [(turn.speaker.name, turn.speaker.name or turn.speaker.seat) for turn in speaking]
    others = [key for name, key in named if key and name != lead]
    return {len(named), len(others), len(set(others))}


def _head(lines: Sequence[Line], start: int) -> Turn | None:
    """Return the turn whose first line is `start`, with its speaker and without its text, or None if none begins."""
    line = lines[start]
    if REPLY.fullmatch(line.text):
        is_twice = start + 1 < len(lines) and lines[start + 1].text == line.text
        return Turn("reply", line, length=1 + is_twice)
    if line.text == LEAD:
        is_opened = start + 1 < len(lines) and lines[start + 1].text == OPENED
        return Turn("speech", line, length=1 + is_opened)
    if line.text in ROLES:
        return Turn(ROLES[line.text], line, fault=f"no speaker is printed above “{line.text}”")
    return _spoken(lines, start) or _section(lines, start)


def _spoken(lines: Sequence[Line], start: int) -> Turn | None:
    """Return the turn whose speaker stands from `start` on, in one to three lines, above a label or the text itself."""
    is_apart = not start or lines[start - 1].is_closed
    for length in (3, 2, 1):
        printed, below = lines[start : start + length], lines[start + length : start + length + 1]
        if not below or not all(_may_name(line) or _names(line) for line in printed):
            continue
        role = ROLES.get(below[0].text)
        is_second_name = length == 3 and is_party(printed[2].text) and may_be_name(printed[1].text)
        if is_second_name and not role and may_be_seat(below[0].text):
            continue
        try:
            speaker = _speaker([line.text for line in printed], is_apart=is_apart, has_label=role is not None)
        except ParseError as error:
            if role and (is_apart or length == 1):
                return Turn(role, below[0], length=length + 1, fault=str(error))
            continue
        whole = "\n".join(line.text for line in printed)
        is_seat_first = bool(speaker and speaker.seat and speaker.party and whole.endswith(speaker.party))
        if speaker and role:
            return Turn(role, below[0], speaker, length + 1, is_seat_first)
        # A line between them and a label may be the seat, unless it is a sentence.
        near = lines[start + length : start + length + 1 + (not below[0].ends_sentence)]
        if speaker and not any(map(_is_label, near)):
            return Turn("speech", lines[start], speaker, length, is_seat_first)
    return None


def _speaker(printed: list[str], *, is_apart: bool, has_label: bool) -> PrintedMember | None:
    """Return the speaker whom lines name, or None if they may be text.

    Without a label below them, they need the name of a party, and a line of them all the form of a person's name.

    Raises:
        ParseError: they can be read in two ways.
    """
    if not any(map(has_party, printed)):
        if not has_label or (len(printed) == 2 and not may_be_name(printed[0])):
            return None
        if len(printed) == 1 and not re.search(r"[()|\[\]]", printed[0]):
            return PrintedMember(seat=printed[0])
        return read_member(printed)
    speaker = read_member(printed)
    is_name = speaker.name is not None and (may_be_name(speaker.name) or PEER.match(speaker.name) is not None)
    if not has_label:
        has_seat = speaker.seat is None or speaker.seat[0].isupper()
        is_named = is_name or (speaker.name is not None and is_apart and len(printed) == 3 and printed[0][0].isupper())
        return speaker if is_named and has_seat and (len(printed) > 1 or speaker.seat) else None
    if speaker.name is None and speaker.seat is None:
        raise ParseError(f"“{printed[0]}” is a party, and no name or seat is printed with it")
    if speaker.name and not is_name and speaker.seat is None:
        raise ParseError(f"“{speaker.name}” may be a name or a seat")
    return speaker if speaker.name is None or is_name or is_apart else None


def _section(lines: Sequence[Line], start: int) -> Turn | None:
    """Return the turn under the section heading that starts here, or None if none does.

    A heading is a label, up to three lines that name the speaker, and the label again. The label may be unknown.
    """
    label = lines[start]
    if label.text.endswith((".", "?", "!")) or len(label.text) > _LONGEST_SPEAKER_LINE:
        return None
    repeats = [n for n, line in enumerate(lines[start + 1 : start + 5]) if line.text == label.text]
    if not repeats and label.text not in SECTIONS:
        return None
    printed = [line.text for line in lines[start + 1 : start + 1 + repeats[0]]] if repeats else []
    role, fault = SECTIONS.get(label.text, ""), None
    speaker = NOBODY
    try:
        speaker = read_member(printed) if printed else NOBODY
    except ParseError as error:
        fault = str(error)
    if not role:
        fault = f"“{label.text}” heads a section of a kind that is not known"
    return Turn(role, label, speaker, length=repeats[0] + 2 if repeats else 1, fault=fault)


def _refuse_odd_order(turns: Sequence[Turn]) -> None:
    """Refuse each turn with a name and a party alone, if others print the seat above the party.

    Then the name may be a seat.
    """
    if not any(turn.is_seat_first for turn in turns):
        return
    for turn in turns:
        name = turn.speaker.name
        if name and turn.speaker.party and not turn.speaker.seat and not PEER.match(name):
            turn.fault = turn.fault or f"line {turn.label.number}: “{name}” may be a name or a seat"


def _refuse_names(turns: Sequence[Turn], lead: str | None) -> None:
    """Refuse each turn with a seat alone that is none, or may be none.

    An office, a peer and a name that the digest has elsewhere are none. Two or more words in capitals may be a person,
    unless the digest prints them as the seat of a speaker.
    """
    names = {turn.speaker.name for turn in turns if turn.speaker.name} | {lead}
    seats = {turn.speaker.seat for turn in turns if turn.speaker.name}
    for turn in turns:
        seat, name = turn.speaker.seat, turn.speaker.name
        if name and may_be_name(name) and is_seat(name):
            turn.fault = turn.fault or f"line {turn.label.number}: “{name}” is the name of a seat, no speaker's"
        if not seat or name:
            continue
        if seat in names or OFFICES.search(seat) or _TITLED.match(seat):
            found = "is the name or the office of a speaker, no seat"
        elif not turn.speaker.party and seat not in seats and not is_seat(seat):
            found = "may be the name of a speaker or a seat, and no party is printed with it"
        else:
            continue
        turn.fault = turn.fault or f"line {turn.label.number}: “{seat}” {found}"


def _check(turn: Turn, *, is_bare: bool, may_be_cut: bool) -> None:
    """Check that no line of a turn can be a label or a name, and that its text is whole.

    Args:
        turn: the turn.
        is_bare: whether the digest prints its sentences without full stops.
        may_be_cut: whether the text may be cut at the end of the turn.

    Raises:
        ParseError: a line stands apart that may name a speaker or be a label, or the text is not whole.
    """
    body = turn.body
    for above, line, below in zip([None, *body], body, body[1:], strict=False):
        is_apart = above is None or is_bare or (above.ends_sentence and not above.text.endswith((":", ";")))
        if not (is_apart and _may_name(line) and below.text[0].isupper()) or line.is_row or _BODY.fullmatch(line.text):
            continue
        if may_be_name(line.text):
            raise ParseError(f"line {line.number}: “{line.text}” may name who speaks, but no party is printed below it")
        if len(line.text.split()) < _LEAST_WORDS and (below.ends_sentence or len(below.text) > _LONGEST_SPEAKER_LINE):
            raise ParseError(f"line {line.number}: “{line.text}” may be a label, and its text that of another speaker")
    if is_bare and not may_be_cut and all(len(line.text.split()) >= _LEAST_WORDS for line in body):
        return
    require_complete(body, may_end_in_list=not may_be_cut, is_followed=not may_be_cut)


def _may_name(line: Line) -> bool:
    """Return whether a line may name a speaker, a party or a seat: short, no label, and not the end of a sentence."""
    return len(line.text) <= _LONGEST_SPEAKER_LINE and not line.ends_sentence and not _is_label(line)


def _names(line: Line) -> bool:
    """Return whether a longer line may name a speaker, because it has a party and is no sentence."""
    return len(line.text) <= LONGEST_LABEL and not line.ends_sentence and has_party(line.text)


def _is_label(line: Line) -> bool:
    return LABELS.fullmatch(line.text) is not None or line.text == OPENED
