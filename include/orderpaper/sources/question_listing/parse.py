"""Read listings of written questions, as third parties print them, and a bare question with its answer.

A block is, in this order:

    Written Question                            may be missing
    Police: Training                            heading, may be missing
    Thursday 16th May 2024                      the day of the answer, may be missing
    Asked by: NAME (PARTY - SEAT)               missing in a bare question
    Question to the DEPARTMENT:
    To ask the Secretary of State …
    Answered by NAME - POST                     missing in a bare question, or while unanswered
    paragraphs of the answer

Every written question begins with "To ask" and is a single paragraph, in both the Commons and the Lords (Erskine May,
Questions to Ministers: form of questions). If there is no line "Answered by", a bare question ends with that paragraph
and its answer follows.
"""

import re
from dataclasses import dataclass, field

from orderpaper.errors import ParseError
from orderpaper.reading.dates import PrintedDay, read_day
from orderpaper.reading.decode import decode
from orderpaper.reading.lines import Line, content_lines, passage, require_complete
from orderpaper.reading.page import readable_text
from orderpaper.reading.saved import SavedFile
from orderpaper.records import Answer, Document, Parsed, Question

KIND = "a question listing"
LOOKED_FOR = "a line “Question to the …:”"

_ADDRESSEE = re.compile(r"Question to (?:the )?(?P<body>\S[^:]{0,199}):")
_ASKER = re.compile(r"Asked by ?:")
_ANSWERER = re.compile(r"Answered by\b:?")
_DASH = re.compile(r" [-–—] ")
_MARKER = "Written Question"
_PEERAGE = re.compile(r"\b(?:peer|peerage|hereditary|bishops?|lords? spiritual)\b", re.IGNORECASE)


@dataclass(slots=True)
class _Block:
    """The lines of one question and its answer, by their role."""

    addressee: Line
    asker: Line | None = None
    heading: Line | None = None
    day: PrintedDay | None = None
    question: list[Line] = field(default_factory=list)
    answerer: Line | None = None
    answer: list[Line] = field(default_factory=list)


def parse(document: Document) -> Parsed:
    """Return the records of a listing's page.

    Raises:
        ParseError: as for `parse_text`, or the page is not HTML.
    """
    return parse_text(readable_text(decode(document.body)))


def matches(file: SavedFile) -> bool:
    """Return whether a saved file has a line that says to whom a written question is put."""
    return any(_ADDRESSEE.fullmatch(line.text) for line in file.lines)


def parse_text(text: str) -> Parsed:
    """Return a Question, and an Answer if there is one, for each block of a listing.

    The date of a block is the day of the answer, because a listing has the answers published on that day. The house is
    Lords if the asker is a peer or the question is put to His (Her) Majesty's Government, and Commons otherwise.

    Raises:
        ParseError: a header with nothing after it, a header that does not read as NAME (PARTY - SEAT), text that
            belongs to no question, a date that does not exist, or a text that stops in mid-sentence.
    """
    lines = content_lines(text)
    blocks = _blocks(lines)
    last = blocks[-1]
    require_complete(last.answer or last.question, may_end_in_list=bool(last.answer))
    parsed = Parsed(document_kind="question_listing", text=text)
    if not any(found.asker or found.answerer for found in blocks):
        parsed = Parsed(document_kind="bare_question", text=text)
    answers = 0
    for ordinal, found in enumerate(blocks, start=1):
        parsed.records.append(_question(text, found, ordinal))
        if found.answer:
            answers += 1
            parsed.records.append(_answer(text, found, answers, ordinal))
    return parsed


def _blocks(lines: list[Line]) -> list[_Block]:
    """Return the blocks of the listing. Every line belongs to one of them."""
    starts = [
        number
        for number, line in enumerate(lines)
        if _ASKER.match(line.text)
        or (_ADDRESSEE.fullmatch(line.text) and (number == 0 or not _ASKER.match(lines[number - 1].text)))
    ]
    if not starts:
        raise ParseError(f"no question listing: {LOOKED_FOR} is missing")
    # The lines above a block start after the first header of the previous block, even if that block is incomplete.
    preambles = [
        max(_preamble_start(lines, start), before + 1) for before, start in zip([-1, *starts], starts, strict=False)
    ]
    for line in lines[: preambles[0]]:
        if line.ends_sentence or not _ASKER.match(lines[starts[0]].text):
            raise ParseError(f"line {line.number}: text stands before the first question and belongs to none")
    ends = [*preambles[1:], len(lines)]
    for line in lines[starts[-1] :]:
        if line.text == _MARKER or (line in lines[-2:] and _is_dated(line)):
            raise ParseError(f"line {line.number}: a question is announced, but none follows")
    return [
        _block(lines[preamble:start], lines[start:end])
        for preamble, start, end in zip(preambles, starts, ends, strict=True)
    ]


def _preamble_start(lines: list[Line], start: int) -> int:
    """Return the number of the first line above a block's header that belongs to the block: marker, heading or date.

    A heading has the marker above it or the date below it. A line with neither belongs to the previous answer.
    """
    top = start
    if top and _is_dated(lines[top - 1]):
        top -= 1
    for above in (1, 2):
        if top >= above and lines[top - above].text == _MARKER:
            return top - above
    if top < start and top and not lines[top - 1].ends_sentence:
        return top - 1
    return top


def _is_dated(line: Line) -> bool:
    """Return whether the line is a day with its year and nothing else."""
    day = read_day(line.text)
    return day is not None and day.year is not None


def _block(preamble: list[Line], body: list[Line]) -> _Block:
    rest = iter(body)
    first = next(rest)
    asker = first if _ASKER.match(first.text) else None
    addressee = next(rest, None) if asker else first
    if addressee is None or not _ADDRESSEE.fullmatch(addressee.text):
        raise ParseError(f"line {first.number}: “Asked by” is not followed by a line “Question to the …:”")
    found = _Block(addressee=addressee, asker=asker)
    for line in preamble:
        if day := read_day(line.text):
            if day.date is None:
                raise ParseError(f"line {line.number}: there is no such day as {line.text}")
            found.day = day
        elif line.text != _MARKER:
            found.heading = line
    for line in rest:
        if not _ANSWERER.match(line.text):
            (found.answer if found.answerer else found.question).append(line)
        elif not found.answerer:
            found.answerer = line
        elif line.ends_sentence:
            found.answer.append(line)
        else:
            raise ParseError(f"line {line.number}: a second “Answered by” for one question")
    return _checked(found)


def _checked(found: _Block) -> _Block:
    """Return the block after checking that each header has text. A bare question is separated from its answer."""
    if not found.question:
        raise ParseError(f"line {found.addressee.number}: “{found.addressee.text}” has no question under it")
    first = found.question[0]
    if not first.text.startswith("To ask"):
        raise ParseError(f"line {first.number}: a written question begins with “To ask”, this with “{first.text[:40]}”")
    if found.answerer and not found.answer:
        raise ParseError(f"line {found.answerer.number}: “Answered by” has no answer under it")
    if not found.answerer:
        length = next((n for n, line in enumerate(found.question, 1) if line.ends_sentence), len(found.question))
        found.question, found.answer = found.question[:length], found.question[length:]
        if found.asker and found.answer:
            raise ParseError(f"line {found.answer[0].number}: text follows the question, but no line “Answered by”")
    return found


def _question(text: str, found: _Block, ordinal: int) -> Question:
    name, party, seat = _asker(found.asker) if found.asker else (None, None, None)
    body = _ADDRESSEE.fullmatch(found.addressee.text)
    is_lords = bool(seat and _PEERAGE.search(seat)) or bool(
        re.match(r"To ask (?:His|Her) Majesty['’]s Government", found.question[0].text)
    )
    return Question(
        ordinal=ordinal,
        question_type="written",
        house="Lords" if is_lords else "Commons",
        asked_by_text=name,
        asked_by_party_text=party,
        asked_by_constituency_text=seat,
        answering_body_text=body["body"] if body else None,
        heading=found.heading.text if found.heading else None,
        **passage(text, found.question),
    )


def _asker(line: Line) -> tuple[str, str | None, str | None]:
    """Return name, party and seat from "Asked by: NAME (PARTY - SEAT)". The whole bracket may be missing.

    Raises:
        ParseError: the line has another form.
    """
    printed = line.text.partition(":")[2].strip()
    name, bracket, inside = printed.partition(" (")
    party, seat = None, None
    if bracket:
        parts = _DASH.split(inside.removesuffix(")"), maxsplit=1)
        party, seat = (parts[0].strip(), parts[-1].strip()) if len(parts) == 2 else ("", "")
        if not (inside.endswith(")") and party and seat):
            name = ""
    if not name or not name[0].isalpha():
        raise ParseError(f"line {line.number}: expected “Asked by: NAME (PARTY - CONSTITUENCY)”, found “{line.text}”")
    return name, party, seat


def _answer(text: str, found: _Block, ordinal: int, question_ordinal: int) -> Answer:
    name, post = _answerer(found.answerer) if found.answerer else (None, None)
    return Answer(
        ordinal=ordinal,
        question_ordinals=[question_ordinal],
        answered_on=found.day.date if found.day else None,
        answered_by_text=name,
        answered_by_post_text=post,
        **passage(text, found.answer),
    )


def _answerer(line: Line) -> tuple[str, str | None]:
    """Return name and post from "Answered by NAME - POST". A post may contain brackets and hyphens, or be missing.

    Raises:
        ParseError: there is no name, or a dash with no post after it.
    """
    name, *post = _DASH.split(_ANSWERER.sub("", line.text, count=1).strip(), maxsplit=1)
    if not name or not name[0].isalpha() or name.endswith((" -", " –")):
        raise ParseError(f"line {line.number}: expected “Answered by NAME - POST”, found “{line.text}”")
    return name, post[0] if post else None
