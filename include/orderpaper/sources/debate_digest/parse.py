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
reports. A count of other speakers that differs from the turns is refused too, because a speaker may have been missed.
"Minister reply" and "Government Statement" do not name a speaker, so the speaker is unknown; the post of a reply is
"Minister". The lead member is in the Debate record, and speaks as "Lead Contributor".
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from orderpaper.errors import ParseError
from orderpaper.reading.dates import read_day
from orderpaper.reading.decode import decode
from orderpaper.reading.lines import FOOTER, Line, passage
from orderpaper.reading.of_site import OF_SITE, end_of_text
from orderpaper.reading.pieces import LeftOut, lines_of
from orderpaper.reading.printed import printed_lines
from orderpaper.reading.saved import SavedFile
from orderpaper.records import Answer, Contribution, Debate, Document, Parsed, Question, Refusal
from orderpaper.records.rows import refuse_strangers, refused_lines
from orderpaper.records.saved_pages import parse_saved
from orderpaper.sources.debate_digest.turns import (
    LEAD,
    OPENED,
    QUESTION,
    REPLY,
    SECTIONS,
    TURNS,
    Turn,
    speaker_counts,
    turns_of,
)

KIND = "a digest of a debate"
LOOKED_FOR = "a line “How the Debate Unfolded”"

_SUMMARY = "At a Glance"
_BULLET = "▸"
_FOOTER = re.compile(r"Assessment & feedback|Summary accuracy|About House of (?:Commons|Lords) Debates")
_LEADS = ("Lead MP", "Lead Member", "Lead Lord", "Lead Peer")
_HEADER_FIELDS = (*_LEADS, "Debate Type", "Tags")
_COUNT = re.compile(r"Other Contributors: ?(?P<count>[0-9]{1,4})")
LEFT_OUT = {
    rf"^(?:{'|'.join([*_HEADER_FIELDS, *SECTIONS, QUESTION, REPLY, LEAD, OPENED])})$": "a label",
    r"^Other Contributors:": "a label",
}
"""The words of a digest that are not kept, and why. Its tags and the one line of its summary are left out too, because
they are the publisher's and not the debate's. A summary of several lines is refused, because they may be turns."""
_ABOVE: LeftOut = {
    r"^← Back to [^£.!?;:]{1,80}$|^(?:Skip to (?:main )?content|Home|Menu|Search|Debates)$": "navigation of the site"
}
_INTRODUCTION: LeftOut = {
    r"^(?:(?:MPs|Members|Peers|Lords)\b[^£.!?;:]{1,100}\. )?"
    r"(?:Here['’]s|Here is|This is) what each(?: \w{1,10}){0,3} said:$": ("the sentence that introduces the turns")
}
_BELOW: LeftOut = {
    **FOOTER,
    **OF_SITE,
    r"^[0-9]{1,3}$": "the number of a page of a list",
    rf"^(?:{_BULLET}|{_FOOTER.pattern})$": "a heading of the site",
    r"^(?:House of (?:Commons|Lords) debates|Debates in the (?:Commons|Lords)) take place in [^£]{1,400}$": (
        "what the publisher says about debates"
    ),
}
"""Lines around the header and the turns that no record has, and why."""


def parse(document: Document) -> Parsed:
    """Return the records of a digest's page. The index of a day has none, because each digest has its own page.

    Raises:
        ParseError: as for `parse_text`, or the page is not HTML.
    """
    file = SavedFile(decode(document.body))
    if document.kind == "index":
        return Parsed(document_kind="debate_digest_index")
    return parse_saved(file, parse_text, KIND)


def matches(file: SavedFile) -> bool:
    """Return whether a saved file is a digest of a debate, in this layout or in the publisher's other one."""
    labels = {line.text for line in file.lines}
    return TURNS in labels or "Partial Answer" in labels


def parse_text(text: str) -> Parsed:
    """Return a Debate, its Contributions in order, and a Question and an Answer for each question with a reply.

    A turn is refused if its label is not known, it has no text or no speaker, or it is cut. So are lines above the
    title, above the first turn and below the last, if they are not known to be the publisher's.

    Raises:
        ParseError: a part of the layout is missing, the file has several digests, or no turn is understood.
    """
    lines = printed_lines(text)
    header_end, body_start = _position(lines, _SUMMARY), _position(lines, TURNS) + 1
    for label in (_SUMMARY, TURNS):
        if len(found := [line.number for line in lines if line.text == label]) > 1:
            raise ParseError(
                f"the file has {len(found)} digests, with “{label}” first in the lines {found[0]} and {found[1]}; save"
                " each by itself"
            )
    footer = _footer(lines, body_start)
    header = lines[:header_end]
    title = _title(header)
    summary = lines[header_end + 1 : body_start - 1]
    debate = _debate(header[title:], lines[: body_start - 1])
    body = lines[body_start:footer]
    turns = turns_of(body, may_be_cut=not any(_FOOTER.fullmatch(line.text) for line in lines[footer:]))
    refusals = [
        *refuse_strangers(text, header[:title], _ABOVE, "text stands above the title and belongs to no turn"),
        *refuse_strangers(text, summary[: len(summary) * (len(summary) > 1)], {}, "the summary has several paragraphs"),
        *refuse_strangers(
            text, body[: turns[0].start], _INTRODUCTION, "text stands above the first turn and belongs to none"
        ),
        *_refused_count(text, header, debate, turns),
        *refuse_strangers(text, lines[footer:], _BELOW, "text stands below the last turn and belongs to none"),
    ]
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
        pieces=lines_of([*_without_tags(header[title:]), *kept], LEFT_OUT),
    )
    _add_turns(parsed, text, debate, turns)
    return parsed


def _refused_count(text: str, header: Sequence[Line], debate: Debate, turns: Sequence[Turn]) -> list[Refusal]:
    """Return a refusal of the line that announces how many others speak, if the turns do not have so many.

    Then a speaker may have been taken for text of the turn above, or the digest may be cut or wrong.
    """
    announced, found = debate.announced_contributor_count, speaker_counts(turns, debate.lead_member_text)
    if announced is None or announced in found:
        return []
    line = next(line for line in header if _COUNT.fullmatch(line.text))
    reason = f"{announced} other contributors are announced and {max(found)} found; compare the digest with its page"
    return [refused_lines(text, [line], reason)]


def _footer(lines: Sequence[Line], start: int) -> int:
    """Return the number of the first line below the turns, which begin with the line `start`."""
    end = next((n for n in range(start, len(lines)) if _FOOTER.fullmatch(lines[n].text)), len(lines))
    while lines[end - 1].text == _BULLET:
        end -= 1
    return max(start, end_of_text(lines, end))


def _title(header: Sequence[Line]) -> int:
    """Return the number of the line with the title, which is the one above the date."""
    days = [number for number, line in enumerate(header) if (day := read_day(line.text)) and day.date]
    if not days or days[0] == 0:
        raise ParseError("a digest of a debate prints its title and, below it, its date; one of them is missing")
    return days[0] - 1


def _without_tags(header: Sequence[Line]) -> list[Line]:
    """Return the lines without those between "Tags" and the next label that can be tags."""
    kept: list[Line] = []
    is_tag = False
    for line in header:
        if line.text in _HEADER_FIELDS or line.text.startswith("Other Contributors:"):
            is_tag = line.text == "Tags"
        elif is_tag and line.is_label:
            continue
        kept.append(line)
    return kept


def _position(lines: Sequence[Line], label: str) -> int:
    for number, line in enumerate(lines):
        if line.text == label:
            return number
    if any(line.text == "Partial Answer" for line in lines):
        raise ParseError(
            "a digest in the layout with “Q1” and “Partial Answer” blocks, which is not read; a digest with the line"
            f" “{TURNS}” would be, and so would the debate's payload from the Hansard API"
        )
    raise ParseError(f"no digest of a debate: the line “{label}” is missing")


def _debate(lines: Sequence[Line], above_turns: Sequence[Line]) -> Debate:
    """Return the debate as the lines from its title to its summary describe it; the House may stand above or below."""
    header = [line.text for line in lines]
    day = read_day(header[1])
    house = re.search(r"\bHouse of (Commons|Lords)\b", "\n".join(line.text for line in above_turns))
    counts = [int(match["count"]) for printed in header if (match := _COUNT.fullmatch(printed))]
    return Debate(
        ordinal=1,
        title=header[0],
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


def _add_turns(parsed: Parsed, text: str, debate: Debate, turns: list[Turn]) -> None:
    """Append a Contribution for each turn, and the Questions and Answers among them."""
    question = answer = 0
    ordinal = 0
    for before, turn in zip([None, *turns], turns, strict=False):
        if turn.fault:
            continue
        ordinal += 1
        if turn.label.text == LEAD:
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
