"""Read AI digests of debates: who spoke in a debate, and what they reportedly said.

The layout, line by line:

    ← Back to House of Commons Debates          navigation, may be missing
    Tackling Stalking                           title
    03 December 2024
    Lead MP / NAME, Debate Type / TYPE, Tags / …, Other Contributors: 18
    At a Glance, a summary
    How the Debate Unfolded, a sentence that introduces the turns
    Government Statement, twice, then the opening statement
    NAME / PARTY / SEAT / Question / text / Minister reply / text          for each question
    Shadow Comment / NAME / Shadow Comment / text
    Lead Contributor / Opened the debate / text  in a general debate, where the lead member speaks first
    NAME / PARTY / SEAT / text                   for each other speaker of a general debate
    Assessment & feedback                        the publisher's footer, to the end

Everything is kept as printed. These digests contain wrong names, parties, seats and counts, which the attribution audit
reports. "Minister reply" and "Government Statement" do not name a speaker, so the speaker is unknown; the post of a
reply is "Minister". The lead member is in the Debate record, and speaks as "Lead Contributor".
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from orderpaper.errors import ParseError
from orderpaper.reading.dates import read_day
from orderpaper.reading.decode import decode
from orderpaper.reading.lines import Line, content_lines, passage, require_complete
from orderpaper.reading.page import readable_text
from orderpaper.reading.pieces import lines_of
from orderpaper.reading.saved import SavedFile
from orderpaper.records import Answer, Contribution, Debate, Document, Parsed, Question
from orderpaper.records.rows import refused_lines

KIND = "a digest of a debate"
LOOKED_FOR = "a line “How the Debate Unfolded”"

_TURNS = "How the Debate Unfolded"
_SUMMARY = "At a Glance"
_QUESTION = "Question"
_REPLY = "Minister reply"
_SECTIONS = {"Government Statement": "statement", "Shadow Comment": "shadow"}
"""Label of a section, printed above and below its speaker → role of the contribution."""
_LEAD = "Lead Contributor"
_OPENED = "Opened the debate"
_FURNITURE = ("▸", "Assessment & feedback", "Summary accuracy", "About House of ")
_LEADS = ("Lead MP", "Lead Member", "Lead Lord", "Lead Peer")
_HEADER_FIELDS = (*_LEADS, "Debate Type", "Tags")
_COUNT = re.compile(r"Other Contributors: ?(?P<count>[0-9]{1,4})")
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
LEFT_OUT = {
    rf"^(?:{'|'.join([*_HEADER_FIELDS, *_SECTIONS, _QUESTION, _REPLY, _LEAD, _OPENED])})$": "a label",
    r"^Other Contributors:": "a label",
}
"""The words of a digest that are not kept, and why. Left out whole are the navigation above the title, the tags and the
summary, which are the publisher's and not the debate's, the sentence that introduces the turns, and the footer."""


@dataclass(slots=True)
class _Turn:
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


def parse(document: Document) -> Parsed:
    """Return the records of a digest's page. The index of a day has none, because each digest has its own page.

    Raises:
        ParseError: as for `parse_text`, or the page is not HTML.
    """
    text = readable_text(decode(document.body))
    if document.kind == "index":
        return Parsed(document_kind="debate_digest_index")
    return parse_text(text)


def matches(file: SavedFile) -> bool:
    """Return whether a saved file is a digest of a debate, in this layout or in the publisher's other one."""
    labels = {line.text for line in file.lines}
    return _TURNS in labels or "Partial Answer" in labels


def parse_text(text: str) -> Parsed:
    """Return a Debate, its Contributions in order, and a Question and an Answer for each question with a reply.

    A turn is refused if its label is not known, it has no text or no speaker, or it is cut. So is text above the first
    turn.

    Raises:
        ParseError: a part of the layout is missing, or no turn is understood.
    """
    lines = content_lines(text)
    body_start = _position(lines, _TURNS) + 1
    footer = next(
        (n for n, line in enumerate(lines) if n >= body_start and line.text.startswith(_FURNITURE)), len(lines)
    )
    debate = _debate(lines[: body_start - 1])
    body = lines[body_start:footer]
    turns = _turns(body, may_be_cut=footer == len(lines))
    above = _without_introduction(body[: turns[0].start])
    refusals = [refused_lines(text, above, "text stands above the first turn and belongs to none")] if above else []
    kept: list[Line] = []
    for turn, end in zip(turns, [*(turn.start for turn in turns[1:]), len(body)], strict=True):
        if turn.fault:
            refusals.append(refused_lines(text, body[turn.start : end], turn.fault))
        else:
            kept += body[turn.start : end]
    if not kept:
        raise ParseError(refusals[-1].reason)
    parsed = Parsed(
        document_kind="debate_digest",
        title=debate.title,
        published_on=debate.debated_on,
        text=text,
        records=[debate],
        refusals=refusals,
        pieces=lines_of([*_header(lines[: body_start - 1]), *kept], LEFT_OUT),
    )
    _add_turns(parsed, text, debate, turns)
    return parsed


def _header(lines: list[Line]) -> list[Line]:
    """Return the lines from the title to the tags or the summary, and the number of other contributors."""
    above = lines[: _position(lines, _SUMMARY)]
    title = next(number for number, line in enumerate(above) if (day := read_day(line.text)) and day.date) - 1
    tags = next((number for number, line in enumerate(above) if line.text == "Tags"), len(above))
    return [*above[title:tags], *(line for line in above[tags:] if _COUNT.fullmatch(line.text))]


def _without_introduction(body: list[Line]) -> list[Line]:
    """Return the lines under the sentence that introduces the turns."""
    return body[1:] if body and body[0].text.endswith(":") else body


def _position(lines: Sequence[Line], label: str) -> int:
    for number, line in enumerate(lines):
        if line.text == label:
            return number
    if any(line.text == "Partial Answer" for line in lines):
        raise ParseError(
            "a digest in the layout with “Q1” and “Partial Answer” blocks, which is not read; a digest with the line"
            f" “{_TURNS}” would be, and so would the debate's payload from the Hansard API"
        )
    raise ParseError(f"no digest of a debate: the line “{label}” is missing")


def _debate(lines: list[Line]) -> Debate:
    """Return the debate as the lines above its turns describe it."""
    header = [line.text for line in lines[: _position(lines, _SUMMARY)]]
    days = [number for number, printed in enumerate(header) if (day := read_day(printed)) and day.date]
    if not days or days[0] == 0:
        raise ParseError("a digest of a debate prints its title and, below it, its date; one of them is missing")
    day = read_day(header[days[0]])
    house = re.search(r"\bHouse of (Commons|Lords)\b", "\n".join(line.text for line in lines))
    counts = [int(match["count"]) for printed in header if (match := _COUNT.fullmatch(printed))]
    return Debate(
        ordinal=1,
        title=header[days[0] - 1],
        house=house[1] if house else None,
        debated_on=day.date if day else None,
        debate_type_text=_value(header, "Debate Type"),
        lead_member_text=next(filter(None, (_value(header, label) for label in _LEADS)), None),
        announced_contributor_count=counts[0] if counts else None,
    )


def _value(header: list[str], label: str) -> str | None:
    """Return the line under a label of the header, unless it is the next label."""
    for above, below in pairwise(header):
        if above == label:
            return None if below in _HEADER_FIELDS or _COUNT.fullmatch(below) else below
    return None


def _turns(lines: list[Line], *, may_be_cut: bool) -> list[_Turn]:
    """Return the turns of the debate. Every line is in a turn, except those above the first.

    Raises:
        ParseError: there are none.
    """
    turns: list[_Turn] = []
    pending: list[Line] = []
    number = 0
    while number < len(lines):
        start, line = number, lines[number]
        number += 1
        fault = None
        if line.text == _QUESTION:
            length, speaker = _take_speaker(pending, bool(turns))
            start -= length
            role = "question"
            fault = None if length else f"no speaker is printed above “{_QUESTION}”"
        elif line.text == _REPLY:
            role, speaker = "reply", _NOBODY
            fault = None if turns and turns[-1].role != "reply" else f"“{_REPLY}” follows no question"
        elif line.text == _LEAD:
            role, speaker = "speech", _NOBODY
            number += number < len(lines) and lines[number].text == _OPENED
        elif length := _speaker_length(lines, start, pending):
            role, speaker = "speech", _speaker(lines[start : start + length])
            number += length - 1
        elif length := _section_length(lines, start):
            role, speaker = _SECTIONS.get(line.text, ""), _speaker(lines[number : number + length - 2])
            fault = None if role else f"“{line.text}” heads a section of a kind that is not known"
            number += length - 1
        else:
            pending.append(line)
            continue
        _close(turns, pending)
        turns.append(_Turn(role, line, *speaker, start=start, fault=fault and f"line {line.number}: {fault}"))
    _close(turns, pending)
    if not turns:
        raise ParseError(f"no turns follow the line “{_TURNS}”")
    if may_be_cut and not turns[-1].fault:
        try:
            require_complete(turns[-1].body)
        except ParseError as error:
            turns[-1].fault = str(error)
    return turns


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
    if len(named) < 2 or not _may_name(lines[start]) or _QUESTION in {line.text for line in lines[start : start + 4]}:
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
        and len({line.text for line in named} - {*_SECTIONS, _QUESTION, _REPLY, _LEAD}) == len(named)
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
    return repeats[0] + 2 if repeats else int(label in _SECTIONS)


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


def _close(turns: list[_Turn], pending: list[Line]) -> None:
    """Give the lines read since the last label to its turn, which is refused if there are none."""
    if turns:
        turn = turns[-1]
        turn.body = list(pending)
        if not pending:
            turn.fault = turn.fault or f"line {turn.label.number}: “{turn.label.text}” has no text under it"
    pending.clear()


def _add_turns(parsed: Parsed, text: str, debate: Debate, turns: list[_Turn]) -> None:
    """Append a Contribution for each turn, and the Questions and Answers among them."""
    question = answer = 0
    ordinal = 0
    for before, turn in zip([None, *turns], turns, strict=False):
        if turn.fault:
            continue
        ordinal += 1
        if turn.label.text == _LEAD:
            turn.name = debate.lead_member_text
        is_reply = turn.role == "reply" and before is not None and not before.fault
        answers_question = is_reply and before is not None and before.role == "question"
        span = passage(text, turn.body)
        if turn.role == "question":
            question += 1
            parsed.records.append(
                Question(
                    ordinal=question,
                    question_type="debate",
                    house=debate.house,
                    asked_by_text=turn.name,
                    asked_by_party_text=turn.party,
                    asked_by_constituency_text=turn.seat,
                    **span,
                )
            )
        if answers_question:
            answer += 1
            parsed.records.append(
                Answer(
                    ordinal=answer,
                    question_ordinals=[question],
                    answered_on=debate.debated_on,
                    answered_by_post_text="Minister",
                    **span,
                )
            )
        parsed.records.append(
            Contribution(
                ordinal=ordinal,
                debate_ordinal=debate.ordinal,
                role=turn.role,
                speaker_text=turn.name,
                speaker_party_text=turn.party,
                speaker_constituency_text=turn.seat,
                speaker_post_text="Minister" if turn.role == "reply" else None,
                reply_to_ordinal=ordinal - 1 if is_reply else None,
                question_ordinal=question if turn.role == "question" else None,
                answer_ordinal=answer if answers_question else None,
                **span,
            )
        )
