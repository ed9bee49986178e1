"""Read listings of written questions, as third parties print them, and a bare question with its answer.

A block is, with the lines above "To ask" in any order:

    Written Question                            may be missing; some sites print the heading above it
    Police: Training                            heading, may be missing
    Thursday 16th May 2024                      the day of the answer, may be missing or below the asker
    UIN 12345                                   may be missing
    Asked by: NAME (PARTY - SEAT)               or "Tabled by"; missing in a bare question
    Question to the DEPARTMENT:                 or only "Question", if it is put to nobody's department
    To ask the Secretary of State …
    Answered by NAME - POST                     missing in a bare question, or while unanswered
    paragraphs of the answer

Every written question begins with "To ask" and is a single paragraph, in both the Commons and the Lords (Erskine May,
Questions to Ministers: form of questions). If there is no line "Answered by", a bare question ends with that paragraph
and its answer follows.

The page of a question on one of Parliament's own sites has other labels (`parliament_page`, `old_parliament_page`), and
a table has a question in each row (`table`).

A question that is not understood is refused by itself, with all its lines. So is the one above it if its answer may go
on there. What a site prints around its questions is left out if `labels` knows it as the site's own.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from orderpaper.errors import ParseError
from orderpaper.reading.captions import refuse_captions
from orderpaper.reading.dates import find_days
from orderpaper.reading.decode import decode
from orderpaper.reading.hyphens import refuse_divided
from orderpaper.reading.lines import FOOTER, Line, passage, require_complete
from orderpaper.reading.members import PrintedMember
from orderpaper.reading.pieces import lines_of
from orderpaper.reading.printed import dated, days_of, with_years
from orderpaper.reading.saved import SavedFile
from orderpaper.records import Answer, Document, Parsed, Question, Record
from orderpaper.records.rows import refused_lines
from orderpaper.records.saved_pages import parse_saved
from orderpaper.sources.question_listing.blocks import Block, NoQuestionError, block_of
from orderpaper.sources.question_listing.forms import listing_lines
from orderpaper.sources.question_listing.labels import (
    ADDRESSEE,
    ASKER,
    LEFT_OUT,
    UIN,
    UNANSWERED,
    is_label,
    is_marker,
    stands_above,
    tabled_day,
)
from orderpaper.sources.question_listing.layout import LOOKED_FOR, Part, is_listing, split
from orderpaper.sources.question_listing.people import answerer_of, asker_of, house_of

_NUMBERED = re.compile(r"(?P<number>[0-9]{1,3})[.)] (?=[A-Z])")
"""Matches the number of a question in a list before its heading."""
_NUMBER = {rf"^{_NUMBERED.pattern}": "it is the number of the question in the list"}
__all__ = ["KIND", "LEFT_OUT", "LOOKED_FOR", "matches", "parse", "parse_text"]
KIND = "a question listing"


def parse(document: Document) -> Parsed:
    """Return the records of a listing's page.

    Raises:
        ParseError: as for `parse_text`, or the page is not HTML.
    """
    return parse_saved(SavedFile(decode(document.body)), parse_text, KIND)


def matches(file: SavedFile) -> bool:
    """Return whether a saved file has a line that says to whom a written question is put."""
    return not file.is_json and is_listing(listing_lines(file.prose))


def parse_text(text: str) -> Parsed:
    """Return a Question, and an Answer if there is one, for each question of a listing.

    The date of a question is the day of the answer, because a listing has the answers published on that day. The house
    is that of the asker's seat or of whom the question is put to, and unknown if neither says it.

    A question is refused if a label has nothing after it, or does not read as NAME (PARTY - SEAT), if its day does not
    exist or can be another, if it stops in mid-sentence, or if it alone has no asker. So is text above the first one
    that is not known to be the site's own.

    Raises:
        ParseError: no question is understood.
    """
    lines = listing_lines(text)
    above, parts, tail = split(lines)
    refusals = [
        refused_lines(text, [line], "text stands before the first question and belongs to none")
        for line in above
        if not stands_above(line)
    ]
    understood: list[Block] = []
    records: list[Record] = []
    left: list[Line] = []
    answer_count = 0
    outcomes = _outcomes(parts, tail)
    blocks = [outcome for outcome in outcomes if isinstance(outcome, Block)]
    _without_numbers(blocks)
    days = _with_years(blocks, takewhile(lambda line: not is_label(line), lines))
    for part, outcome in zip(parts, outcomes, strict=True):
        try:
            if isinstance(outcome, ParseError):
                raise outcome
            refuse_divided(text, part.lines)
            refuse_captions(part.lines)
            records += _records(text, outcome, len(understood) + 1, answer_count + 1)
        except ParseError as error:
            refusals.append(refused_lines(text, part.lines, str(error)))
            left += part.lines
            continue
        understood.append(outcome)
        answer_count += bool(outcome.answer)
        # The day of a question without an answer is that of the list.
        left += [outcome.day] if outcome.day and not outcome.answer else []
    if tail:
        refusals.append(refused_lines(text, tail, "a question is announced, but none follows"))
    if not understood:
        raise ParseError(refusals[0].reason)
    left_numbers = {line.number for line in left}
    return Parsed(
        document_kind="question_listing" if any(b.asker or b.answerer for b in understood) else "bare_question",
        text=text,
        records=records,
        refusals=refusals,
        pieces=lines_of(
            [days.get(line, line) for part in parts for line in part.lines if line.number not in left_numbers],
            LEFT_OUT | FOOTER | _NUMBER,
        ),
    )


def _with_years(blocks: Sequence[Block], above: Iterable[Line]) -> dict[Line, Line]:
    """Add its year to the day of each question that has none, if the day of another question or of the list tells it.

    Returns:
        The lines of these days, as printed and with the year.
    """
    days = [block.day for block in blocks if block.day]
    known = [
        *days_of(days),
        *(day.date for line in filter(stands_above, above) for day in find_days(line.text) if day.date),
    ]
    found = dict(zip(days, with_years(days, known), strict=True))
    for block in blocks:
        block.day = found[block.day] if block.day else None
    return found


def _without_numbers(blocks: list[Block]) -> None:
    """Take the number out of the heading of each question, if they count the questions of the list."""
    found = [_NUMBERED.match(block.heading.text) if block.heading else None for block in blocks]
    numbers = [int(match["number"]) for match in found if match]
    if len(blocks) > 1 and numbers == [*range(1, len(blocks) + 1)]:
        for block in blocks:
            if block.heading:
                block.heading = block.heading._replace(text=_NUMBERED.sub("", block.heading.text))


def _outcomes(parts: list[Part], tail: list[Line]) -> list[Block | ParseError]:
    """Return the block of each part, or why it is refused.

    An answer whose next lines begin like a question, but are none, may go on there, and so is refused with them. Those
    of `tail` are none if they have a sentence.
    """
    outcomes: list[Block | ParseError] = []
    has_askers = any(ASKER.match(part.body[0].text) for part in parts)
    for part in parts:
        try:
            block = block_of(part)
            if has_askers and not block.asker:
                raise NoQuestionError(
                    f"line {part.body[0].number}: no line “Asked by:” is above it, as above the others"
                )
            is_followed = part is not parts[-1]
            if block.answer or not is_followed:
                shown = block.answer or block.question
                require_complete(shown, may_end_in_list=bool(block.answer), is_followed=is_followed)
        except ParseError as error:
            outcomes.append(error)
        else:
            outcomes.append(block)
    _refuse_odd_headers(parts, outcomes)
    seen: set[tuple[str, ...]] = set()
    for number, part in enumerate(parts):
        words = tuple(line.text for line in part.lines if not is_marker(line))
        if words in seen and not isinstance(outcomes[number], ParseError):
            outcomes[number] = ParseError("the question is given twice, with the same answer")
        seen.add(words)
    if any(line.ends_sentence for line in tail):
        outcomes.append(NoQuestionError(f"line {tail[0].number}: a question is announced, but none follows"))
    for number, below in enumerate(outcomes[1:]):
        if isinstance(below, NoQuestionError) and not isinstance(outcomes[number], ParseError):
            outcomes[number] = ParseError(f"its text may go on below, where no question is understood: {below}")
    return outcomes[: len(parts)]


def _refuse_odd_headers(parts: list[Part], outcomes: list[Block | ParseError]) -> None:
    """Refuse each question whose heading or number only some have at their top, and the answer above it.

    Then the line may also be the last of that answer, or the number of that question. A number is believed if every
    question has one there; a heading, if half of them do.
    """
    blocks = [*enumerate(zip(parts, outcomes, strict=True))]
    headed = [
        (number, block.heading)
        for number, (part, block) in blocks[1:]
        if isinstance(block, Block)
        and block.heading in part.preamble[:1]
        and block.day not in part.preamble[1:2]
        and block.heading
    ]
    numbered = [
        (number, block.uin)
        for number, (part, block) in blocks
        if isinstance(block, Block) and block.uin and block.uin in part.preamble[:1]
    ]
    odd = headed if 2 * len(headed) < len(parts) - 1 else []
    if any(isinstance(block, Block) and not block.uin for block in outcomes):
        odd += numbered
    for number, line in odd:
        error = ParseError(
            f"line {line.number}: “{line.text[:60]}” may belong to the question below it or to the one above it,"
            " because not all questions have such a line"
        )
        outcomes[max(0, number - 1) : number + 1] = [error] * min(2, number + 1)


def _records(text: str, found: Block, ordinal: int, answer_ordinal: int) -> list[Record]:
    """Return the question of a block and, if it has one, its answer."""
    question = _question(text, found, ordinal)
    answered_on = dated(found.day, found.day.text) if found.day else None
    return [question, _answer(text, found, answer_ordinal, ordinal, answered_on)] if found.answer else [question]


def _question(text: str, found: Block, ordinal: int) -> Question:
    asker = asker_of(found.asker) if found.asker else PrintedMember()
    uin = UIN.fullmatch(found.uin.text) if found.uin else None
    body = ADDRESSEE.fullmatch(found.addressee.text)
    return Question(
        ordinal=ordinal,
        question_type="written",
        uin=uin["uin"] if uin else None,
        house=house_of(found.question[0].text, asker),
        tabled_on=dated(found.tabled, tabled_day(found.tabled) or "") if found.tabled else None,
        due_on=_due_on(found.unanswered) if found.unanswered else None,
        asked_by_text=asker.name,
        asked_by_party_text=asker.party,
        asked_by_constituency_text=asker.seat,
        answering_body_text=body["body"].strip() if body else None,
        heading=found.heading.text if found.heading else None,
        **passage(text, found.question),
    )


def _due_on(line: Line) -> dt.date | None:
    """Return the day on which an answer is due, from the line that says that there is none yet."""
    match = UNANSWERED.fullmatch(line.words)
    printed = match["due"].strip(" :.") if match and match["due"] else None
    return dated(line, printed) if printed else None


def _answer(text: str, found: Block, ordinal: int, question_ordinal: int, answered_on: dt.date | None) -> Answer:
    name, post = answerer_of(found.answerer) if found.answerer else (None, None)
    return Answer(
        ordinal=ordinal,
        question_ordinals=[question_ordinal],
        answered_on=answered_on,
        answered_by_text=name,
        answered_by_post_text=post,
        **passage(text, found.answer),
    )
