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

The lines of the header stand in any order, and a label has its value below it or on its line. Party and seat are told
apart by the names of parties, whatever their order. "Intervention" may stand in the place of "Question", and "Minister
response" in that of "Minister reply". A line that may be another label, or may name a speaker, refuses its turn.

Everything is kept as printed. These digests contain wrong names, parties, seats and counts, which the attribution audit
reports. A count of other speakers that differs from the turns is refused too, because a speaker may have been missed.
"Minister reply" and "Government Statement" do not name a speaker, so the speaker is unknown; the post of a reply is
"Minister". The lead member is in the Debate record, and speaks as "Lead Contributor".
"""

import re
from collections.abc import Sequence

from orderpaper.errors import ParseError
from orderpaper.reading.captions import refuse_captions
from orderpaper.reading.decode import decode
from orderpaper.reading.hyphens import refuse_divided
from orderpaper.reading.labels import split_labels
from orderpaper.reading.lines import FOOTER, Line, passage
from orderpaper.reading.of_site import MENU, OF_SITE, end_of_text
from orderpaper.reading.pieces import LeftOut, lines_of
from orderpaper.reading.printed import printed_lines
from orderpaper.reading.saved import SavedFile
from orderpaper.records import Answer, Contribution, Debate, Document, Parsed, Question, Refusal
from orderpaper.records.rows import refuse_strangers, refused_lines
from orderpaper.records.saved_pages import parse_saved
from orderpaper.sources.debate_digest import header, turns
from orderpaper.sources.debate_digest.header import Header, read_header
from orderpaper.sources.debate_digest.turns import LEAD, OPENED, TURNS, Turn, speaker_counts, turns_of

KIND = "a digest of a debate"
LOOKED_FOR = "a line “How the Debate Unfolded”"

_SUMMARY = "At a Glance"
_BULLET = "▸"
_FOOTER = re.compile(r"Assessment & feedback|Summary accuracy|About House of (?:Commons|Lords) Debates")
_BLOCK = re.compile(r"Q[0-9]{1,3}(?: ?/ ?[A-Z][A-Za-z ]{2,40})?")
"""Matches the line above a question in the publisher's other layout, which may have the grade of the answer too."""
LEFT_OUT = {
    rf"^(?:{header.LABELS.pattern}|{turns.LABELS.pattern}|{OPENED}):?$": "a label",
    r"^Other Contributors:": "a label",
    r",? M\.?P\.?(?=$|,| [(|–—-])": "it says that the speaker sits in the Commons",
}
"""The words of a digest that are not kept, and why. Its tags and the one line of its summary are left out too, because
they are the publisher's and not the debate's. A summary of several lines is refused, because they may be turns."""
_ABOVE: LeftOut = {**MENU, r"^← Back to [^£.!?;:]{1,80}$|^Debates$": "navigation of the site"}
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
    return any(line.text == TURNS for line in file.lines) or _is_in_blocks(file.lines)


def parse_text(text: str) -> Parsed:
    """Return a Debate, its Contributions in order, and a Question and an Answer for each question with a reply.

    A turn is refused if its label is not known, it has no text or no speaker, or it is cut. So are lines above the
    title, above the first turn and below the last, if they are not known to be the publisher's.

    Raises:
        ParseError: a part of the layout is missing, the file has several digests, or no turn is understood.
    """
    lines = printed_lines(text)
    if _is_in_blocks(lines):
        raise ParseError(
            "a digest in the layout with “Q1” and “Partial Answer” blocks, which is not read; a digest with the line"
            f" “{TURNS}” and no such blocks would be, and so would the debate's payload from the Hansard API"
        )
    header_end, body_start = _position(lines, _SUMMARY), _position(lines, TURNS) + 1
    for label in (_SUMMARY, TURNS):
        if len(found := [line.number for line in lines if line.text == label]) > 1:
            raise ParseError(
                f"the file has {len(found)} digests, with “{label}” first in the lines {found[0]} and {found[1]}; save"
                " each by itself"
            )
    footer = _footer(lines, body_start)
    head = read_header(split_labels(text, lines[:header_end], header.LABELS), _ABOVE)
    refuse_captions([head.title, *head.values.values()])
    summary = lines[header_end + 1 : body_start - 1]
    debate = _debate(head, lines[: body_start - 1])
    body = split_labels(text, lines[body_start:footer], turns.LABELS, may_be_text=True)
    spoken = turns_of(body, lead=head.lead, may_be_cut=not any(_FOOTER.fullmatch(line.text) for line in lines[footer:]))
    refusals = [
        *refuse_strangers(text, head.strangers, _ABOVE, "text stands above the title and belongs to no turn"),
        *refuse_strangers(text, summary[: len(summary) * (len(summary) > 1)], {}, "the summary has several paragraphs"),
        *refuse_strangers(
            text, body[: spoken[0].start], _INTRODUCTION, "text stands above the first turn and belongs to none"
        ),
        *_refused_count(text, head, spoken),
        *refuse_strangers(text, lines[footer:], _BELOW, "text stands below the last turn and belongs to none"),
    ]
    kept: list[Line] = []
    for turn, end in zip(spoken, [*(turn.start for turn in spoken[1:]), len(body)], strict=True):
        try:
            refuse_divided(text, body[turn.start : end])
            refuse_captions(body[turn.start : end])
        except ParseError as error:
            turn.fault = turn.fault or str(error)
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
        pieces=lines_of([*head.kept, *kept], LEFT_OUT),
    )
    _add_turns(parsed, text, debate, spoken)
    return parsed


def _refused_count(text: str, head: Header, spoken: Sequence[Turn]) -> list[Refusal]:
    """Return a refusal of the line that announces how many others speak, if the turns do not have so many.

    Then a speaker may have been taken for text of the turn above, or the digest may be cut or wrong.
    """
    announced, found = head.announced_count, speaker_counts(spoken, head.lead)
    if head.count is None or announced in found:
        return []
    reason = f"{announced} other contributors are announced and {max(found)} found; compare the digest with its page"
    return [refused_lines(text, [head.count], reason)]


def _footer(lines: Sequence[Line], start: int) -> int:
    """Return the number of the first line below the turns, which begin with the line `start`."""
    end = next((n for n in range(start, len(lines)) if _FOOTER.fullmatch(lines[n].text)), len(lines))
    while lines[end - 1].text == _BULLET:
        end -= 1
    return max(start, end_of_text(lines, end))


def _is_in_blocks(lines: Sequence[Line]) -> bool:
    """Return whether a digest is in the publisher's other layout, which grades each answer in a block of its own."""
    labels = {line.text for line in lines}
    is_numbered = any(_BLOCK.fullmatch(label) for label in labels)
    return "Partial Answer" in labels or (is_numbered and "Context" in labels)


def _position(lines: Sequence[Line], label: str) -> int:
    for number, line in enumerate(lines):
        if line.text == label:
            return number
    raise ParseError(f"no digest of a debate: the line “{label}” is missing")


def _debate(head: Header, above_turns: Sequence[Line]) -> Debate:
    """Return the debate as its header describes it; the House may stand above it or below."""
    house = re.search(r"\bHouse of (Commons|Lords)\b", "\n".join(line.text for line in above_turns))
    kind = head.values.get(header.TYPE)
    return Debate(
        ordinal=1,
        title=head.title.text,
        house=house[1] if house else None,
        debated_on=head.date,
        debate_type_text=kind.text if kind else None,
        lead_member_text=head.lead,
        announced_contributor_count=head.announced_count,
    )


def _add_turns(parsed: Parsed, text: str, debate: Debate, spoken: Sequence[Turn]) -> None:
    """Append a Contribution for each turn, and the Questions and Answers among them."""
    question = answer = 0
    ordinal = 0
    for before, turn in zip([None, *spoken], spoken, strict=False):
        if turn.fault:
            continue
        ordinal += 1
        name = debate.lead_member_text if turn.label.text == LEAD else turn.speaker.name
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
                    asked_by_text=name,
                    asked_by_party_text=turn.speaker.party,
                    asked_by_constituency_text=turn.speaker.seat,
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
                speaker_text=name,
                speaker_party_text=turn.speaker.party,
                speaker_constituency_text=turn.speaker.seat,
                speaker_post_text="Minister" if turn.role == "reply" else None,
                reply_to_ordinal=ordinal - 1 if is_reply else None,
                question_ordinal=question if turn.role == "question" else None,
                answer_ordinal=answer if answers_question else None,
                **span,
            )
        )
