"""Read the turns of a digest: who speaks in what role, and the lines of what they said."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from orderpaper.errors import ParseError
from orderpaper.reading.lines import Line, require_complete

TURNS = "How the Debate Unfolded"
QUESTION = "Question"
REPLY = "Minister reply"
SECTIONS = {"Government Statement": "statement", "Shadow Comment": "shadow"}
"""Label of a section, printed above and below its speaker → role of the contribution."""
LEAD = "Lead Contributor"
OPENED = "Opened the debate"
_PARTIES = frozenset(
    "Alliance,APNI,Con,DUP,Green,Ind,Lab,Lab/Co-op,LD,Lib Dem,PC,Reform,SDLP,SF,SNP,Speaker,TUV,UUP,Your Party,"
    "CB,Crossbench,Non-Afl,Non-affiliated,Bishops,Lords Spiritual,Lab Co-op,RUK,UKIP,Change UK,Alba,Restore,"
    "Conservative,Independent,Labour,Labour (Co-op),Liberal Democrat,Plaid Cymru,Reform UK".split(",")
)
"""Parties as printed. They distinguish a party from a name if a speaker has only two lines."""
_Speaker = tuple[str | None, str | None, str | None]
"""Name, party and seat."""
_NOBODY: _Speaker = (None, None, None)
_NAME = re.compile(r"[A-ZÀ-Ý][\w’'.-]*(?: (?:[A-ZÀ-Ý][\w’'.-]*|of|de|the|van|von)){1,6}")
_LONGEST_SPEAKER_LINE = 60


@dataclass(slots=True)
class Turn:
    """One turn: its role, its label, its speaker as printed, and the lines of its text."""

    role: str
    label: Line
    name: str | None = None
    party: str | None = None
    seat: str | None = None
    body: list[Line] = field(default_factory=list)
    start: int = 0
    """The place of its first line, its label or its speaker, among the lines of the turns."""
    fault: str | None = None
    """Why the turn is refused, if it is."""


def turns_of(lines: list[Line], *, may_be_cut: bool) -> list[Turn]:
    """Return the turns of the debate. Every line is in a turn, except those above the first.

    Raises:
        ParseError: there are none.
    """
    turns: list[Turn] = []
    pending: list[Line] = []
    number = 0
    while number < len(lines):
        start, line = number, lines[number]
        number += 1
        fault = None
        if line.text == QUESTION:
            length, speaker = _take_speaker(pending, bool(turns))
            start -= length
            role = "question"
            fault = None if length else f"no speaker is printed above “{QUESTION}”"
        elif line.text == REPLY:
            role, speaker = "reply", _NOBODY
            fault = None if turns and turns[-1].role != "reply" else f"“{REPLY}” follows no question"
        elif line.text == LEAD:
            role, speaker = "speech", _NOBODY
            number += number < len(lines) and lines[number].text == OPENED
        elif length := _speaker_length(lines, start, pending):
            role, speaker = "speech", _speaker(lines[start : start + length])
            number += length - 1
        elif length := _section_length(lines, start):
            role, speaker = SECTIONS.get(line.text, ""), _speaker(lines[number : number + length - 2])
            fault = None if role else f"“{line.text}” heads a section of a kind that is not known"
            number += length - 1
        else:
            pending.append(line)
            continue
        _close(turns, pending)
        turns.append(Turn(role, line, *speaker, start=start, fault=fault and f"line {line.number}: {fault}"))
    _close(turns, pending)
    if not turns:
        raise ParseError(f"no turns follow the line “{TURNS}”")
    for turn in turns:
        if not turn.fault:
            is_cut = may_be_cut and turn is turns[-1]
            try:
                _refuse_names(turn.body)
                require_complete(turn.body, may_end_in_list=not is_cut, is_followed=not is_cut)
            except ParseError as error:
                turn.fault = str(error)
    return turns


def _refuse_names(body: Sequence[Line]) -> None:
    """Refuse a turn in which a line may name another speaker, whose party is not printed.

    Raises:
        ParseError: a line that has the form of a name stands above a sentence and below another.
    """
    for above, line, below in zip([None, *body], body, body[1:], strict=False):
        is_apart = above is None or (above.ends_sentence and not above.text.endswith((":", ";")))
        if is_apart and _may_name(line) and _NAME.fullmatch(line.text) and below.text[0].isupper():
            raise ParseError(f"line {line.number}: “{line.text}” may name who speaks, but no party is printed below it")


def speaker_counts(turns: Sequence[Turn], lead: str | None) -> set[int]:
    """Return how many speakers the turns have beside the lead member: counted by turn, and by person."""
    speaking = [turn for turn in turns if turn.role not in {"reply", "statement"} and turn.label.text != LEAD]
    named = [(turn.name, turn.name or turn.seat) for turn in speaking]
    others = [key for name, key in named if key and name != lead]
    return {len(named), len(others), len(set(others))}


def _speaker(lines: Sequence[Line]) -> _Speaker:
    """Return name, party and seat, of which the last may not be printed."""
    name, party, seat = [*(line.text for line in lines), None, None, None][:3]
    return name, party, seat


def _speaker_length(lines: list[Line], start: int, pending: list[Line]) -> int:
    """Return the number of lines that name the speaker of a general debate here, or 0 if none do.

    They are a name, a party and, if it is printed, a seat, after the end of a sentence and above text. A party that is
    not known is one if a seat is printed below it.
    """
    if (pending and not pending[-1].is_closed) or start + 2 >= len(lines):
        return 0
    if lines[start + 1].text not in _PARTIES and not _is_of_three(lines[start : start + 4]):
        return 0
    named = [line for line in lines[start : start + 3] if _may_name(line)]
    if len(named) < 2 or not _may_name(lines[start]) or QUESTION in {line.text for line in lines[start : start + 4]}:
        return 0
    return len(named) if start + len(named) < len(lines) else 0


def _is_of_three(lines: list[Line]) -> bool:
    """Return whether three lines that may name a speaker stand above a sentence, and the first is a person's name.

    The heading of a section has its label twice.
    """
    *named, text = lines
    return (
        len(named) == 3
        and all(map(_may_name, named))
        and text.ends_sentence
        and _NAME.fullmatch(named[0].text) is not None
        and len({line.text for line in named} - {*SECTIONS, QUESTION, REPLY, LEAD}) == len(named)
    )


def _may_name(line: Line) -> bool:
    """Return whether a line may name a speaker, a party or a seat: short, and not the end of a sentence."""
    return len(line.text) <= _LONGEST_SPEAKER_LINE and not line.ends_sentence


def _section_length(lines: list[Line], start: int) -> int:
    """Return the number of lines in the section heading that starts here, or 0 if none does.

    A heading is a label, up to three lines that name the speaker, and the label again. The label may be unknown.
    """
    label = lines[start].text
    if label.endswith((".", "?", "!")) or len(label) > _LONGEST_SPEAKER_LINE:
        return 0
    repeats = [n for n, line in enumerate(lines[start + 1 : start + 5]) if line.text == label]
    return repeats[0] + 2 if repeats else int(label in SECTIONS)


def _take_speaker(pending: list[Line], has_turns: bool) -> tuple[int, _Speaker]:
    """Remove the last lines of `pending` that name a speaker; return their number, and name, party and seat.

    These are at most three short lines that do not end a sentence. The seat is the last one, directly above the label,
    so a single line is a seat without a name.
    """
    length = 0
    spare = 1 if has_turns else 0
    while (
        length < min(3, len(pending) - spare)
        and not pending[-1 - length].ends_sentence
        and len(pending[-1 - length].text) <= _LONGEST_SPEAKER_LINE
    ):
        length += 1
    printed = [line.text for line in pending[len(pending) - length :]]
    del pending[len(pending) - length :]
    match printed:
        case [name, party, seat]:
            return length, (name, party, seat)
        case [party, seat] if party in _PARTIES:
            return length, (None, party, seat)
        case [name, party] if party in _PARTIES:
            return length, (name, party, None)
        case [name, seat]:
            return length, (name, None, seat)
        case [seat]:
            return length, (None, None, seat)
        case _:
            return 0, _NOBODY


def _close(turns: list[Turn], pending: list[Line]) -> None:
    """Give the lines read since the last label to its turn, which is refused if there are none."""
    if turns:
        turn = turns[-1]
        turn.body = list(pending)
        if not pending:
            turn.fault = turn.fault or f"line {turn.label.number}: “{turn.label.text}” has no text under it"
    pending.clear()
