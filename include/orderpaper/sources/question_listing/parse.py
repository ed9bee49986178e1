"""Read listings of written questions, as third parties print them, and a bare question with its answer.

A block is, in this order:

    Written Question                            may be missing; some sites print the heading above it
    Police: Training                            heading, may be missing
    Thursday 16th May 2024                      the day of the answer, may be missing or below the asker
    Asked by: NAME (PARTY - SEAT)               missing in a bare question
    Question to the DEPARTMENT:                 or only "Question", if it is put to nobody's department
    To ask the Secretary of State …
    Answered by NAME - POST                     missing in a bare question, or while unanswered
    paragraphs of the answer

Every written question begins with "To ask" and is a single paragraph, in both the Commons and the Lords (Erskine May,
Questions to Ministers: form of questions). If there is no line "Answered by", a bare question ends with that paragraph
and its answer follows.

A question that is not understood is refused by itself, with all its lines. What a site prints above the first question
is left out if it is known to be the site's own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from orderpaper.errors import ParseError
from orderpaper.reading.dates import PrintedDay, read_day
from orderpaper.reading.decode import decode
from orderpaper.reading.lines import Line, content_lines, passage, require_complete, without_footer
from orderpaper.reading.page import readable_text
from orderpaper.reading.pieces import lines_of
from orderpaper.reading.saved import SavedFile
from orderpaper.records import Answer, Document, Parsed, Question, Record
from orderpaper.records.rows import refused_lines

KIND = "a question listing"
LOOKED_FOR = "a line “Question to the …:”"

_ADDRESSEE = re.compile(r"Question to (?:the )?(?P<body>\S[^:]{0,199}):")
_UNADDRESSED = re.compile(r"Question(?: to)? ?:?")
_ASKER = re.compile(r"Asked by ?:")
_ANSWERER = re.compile(r"Answered by\b:?")
_DASH = re.compile(r" [-–—] ")
_MARKER = "Written Question"
_BLURB = re.compile(
    r"To match an exact phrase|Use \W?OR\W? or \W?AND\W?|View sample alert|Keep up to date with our"
    r"|Receive notifications"
    r"|Sign up (?:to|for)|Sign in|Log ?in|Subscribe|Find out more|Learn more|Read more|Advanced search|Show filters?"
    r"|This page lists|These are|You (?:can|are)|Click|Select|Sort(?:ed)? by|Cookies|We use cookies|Skip to",
    re.IGNORECASE,
)
"""The beginning of a sentence that a site prints above its list, and that belongs to no question."""
_AROUND = re.compile(
    r"To match an exact phrase|Use \W?OR\W? or \W?AND\W?|View sample alert|Keep up to date with our"
    r"|Receive notifications|Show filters?$|Advanced search$|Skip to ",
    re.IGNORECASE,
)
"""The beginning of a line that a site prints between and below questions too, and that no answer has."""
_LONGEST_HEADING = 100
_MOST_BETWEEN = 2
"""A day and a heading may stand between “Asked by” and “Question to the …:”."""
LEFT_OUT = {
    rf"^{_MARKER}$": "the label of a question",
    r"^Asked by ?:": "the label of the asker",
    r"^Question(?: to (?:the )?|(?: to)? ?:?$)": "the label of the department",
    r"^Answered by\b:?": "the label of the answerer",
}
"""The words of a question's lines that are not kept, and why."""
_PEERAGE = re.compile(r"\b(?:peer|peerage|hereditary|bishops|bishop of|lords? spiritual)\b", re.IGNORECASE)


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
    lines = file.lines
    return any(_ADDRESSEE.fullmatch(line.text) for line in lines) or any(
        _ASKER.match(line.text) and any(_UNADDRESSED.fullmatch(below.text) for below in lines[number + 1 : number + 3])
        for number, line in enumerate(lines)
    )


def parse_text(text: str) -> Parsed:
    """Return a Question, and an Answer if there is one, for each block of a listing.

    The date of a block is the day of the answer, because a listing has the answers published on that day. The house is
    Lords if the asker is a peer or the question is put to His (Her) Majesty's Government, and Commons otherwise.

    A block is refused if a header has nothing after it, or does not read as NAME (PARTY - SEAT), if its date does not
    exist, or if it stops in mid-sentence. So is text above the first block that is not known to be the site's own.

    Raises:
        ParseError: no block is understood.
    """
    lines = without_footer(content_lines(text))
    above, blocks, tail = _blocks(lines)
    refusals = [
        refused_lines(text, [line], "text stands before the first question and belongs to none")
        for line in above
        if (line.ends_sentence or not _ASKER.match(blocks[0][1][0].text)) and not _BLURB.match(line.text)
    ]
    understood: list[_Block] = []
    records: list[Record] = []
    kept: list[Line] = []
    seen: set[tuple[str, ...]] = set()
    for preamble, body in blocks:
        try:
            found = _block(preamble, body)
            if body is blocks[-1][1]:
                require_complete(found.answer or found.question, may_end_in_list=bool(found.answer))
            made = _records(text, found, len(understood) + 1, sum(bool(block.answer) for block in understood) + 1)
        except ParseError as error:
            refusals.append(refused_lines(text, [*preamble, *body], str(error)))
            continue
        if (whole := tuple(line.text for line in [*preamble, *body] if line.text != _MARKER)) in seen:
            refusals.append(
                refused_lines(text, [*preamble, *body], "the question is given twice, with the same answer")
            )
            continue
        seen.add(whole)
        understood.append(found)
        records += made
        # The day of a question without an answer is that of the list.
        kept += [line for line in [*preamble, *body] if found.answer or not read_day(line.text)]
    if tail:
        refusals.append(refused_lines(text, tail, "a question is announced, but none follows"))
    if not understood:
        raise ParseError(refusals[-1].reason)
    is_bare = not any(found.asker or found.answerer for found in understood)
    return Parsed(
        document_kind="bare_question" if is_bare else "question_listing",
        text=text,
        records=records,
        refusals=refusals,
        pieces=lines_of(kept, LEFT_OUT),
    )


def _blocks(lines: list[Line]) -> tuple[list[Line], list[tuple[list[Line], list[Line]]], list[Line]]:
    """Return the lines above the first block, the lines of each block, and those of a block that does not follow.

    Those of a block are the lines above its header, and its others.
    """
    starts = [
        number
        for number, line in enumerate(lines)
        if _ASKER.match(line.text) or (_ADDRESSEE.fullmatch(line.text) and not _is_under_asker(lines, number))
    ]
    if not starts:
        raise ParseError(f"no question listing: {LOOKED_FOR} is missing")
    # The lines above a block start after the first header of the previous block, even if that block is incomplete.
    preambles = [
        max(_preamble_start(lines, start), before + 1) for before, start in zip([-1, *starts], starts, strict=False)
    ]
    if starts[0] == 1 and _is_heading(lines, 0) and any(_is_heading(lines, start - 1) for start in starts[1:]):
        preambles[0] = 0
    announced = len(lines)
    for number in range(starts[-1] + 2, len(lines)):
        if lines[number].text == _MARKER or (number >= len(lines) - 2 and _is_day(lines[number])):
            announced = number
            break
    ends = [_without_blurb(lines, end) for end in (*preambles[1:], announced)]
    blocks = [
        (lines[preamble:start], lines[start:end]) for preamble, start, end in zip(preambles, starts, ends, strict=True)
    ]
    return lines[: preambles[0]], blocks, lines[announced:]


def _without_blurb(lines: Sequence[Line], end: int) -> int:
    """Return where a block ends if the lines of the site at its end are left out."""
    while _AROUND.match(lines[end - 1].text):
        end -= 1
    return end


def _is_under_asker(lines: Sequence[Line], number: int) -> bool:
    """Return whether the line above says who asks. A day and a heading may stand between them."""
    between = 0
    while between < _MOST_BETWEEN and number > between + 1 and _is_header(lines[number - between - 1]):
        between += 1
    return number > between and _ASKER.match(lines[number - between - 1].text) is not None


def _is_header(line: Line) -> bool:
    """Return whether a line under “Asked by” can be the day or the heading of its question."""
    if _is_day(line):
        return True
    is_other = line.text == _MARKER or _UNADDRESSED.fullmatch(line.text) or _ASKER.match(line.text)
    return not (is_other or line.is_closed or len(line.text) > _LONGEST_HEADING)


def _preamble_start(lines: list[Line], start: int) -> int:
    """Return the number of the first line above a block's header that belongs to the block: marker, heading or date.

    A heading has the marker above or below it, the date below it, or the end of a sentence above it.
    """
    top = start
    if top and _is_day(lines[top - 1]):
        top -= 1
    if top and lines[top - 1].text == _MARKER:
        return top - 1 - _is_heading(lines, top - 2)
    if top > 1 and lines[top - 2].text == _MARKER:
        return top - 2
    if top < start and top and not lines[top - 1].ends_sentence and not _AROUND.match(lines[top - 1].text):
        return top - 1
    # The line at the top of a page may be its title.
    return top - (start == top > 1 and _is_heading(lines, top - 1))


def _is_heading(lines: Sequence[Line], number: int) -> bool:
    """Return whether a line is a heading by its shape: short, without an end, and after the end of a sentence."""
    if number < 0 or lines[number].is_closed or len(lines[number].text) > _LONGEST_HEADING:
        return False
    if _AROUND.match(lines[number].text):
        return False
    if number and _BLURB.match(lines[number - 1].text):
        return True
    return number == 0 or (lines[number - 1].is_closed and not lines[number - 1].text.endswith((":", ";")))


def _is_day(line: Line) -> bool:
    """Return whether the line is a day with its year and nothing else."""
    day = read_day(line.text)
    return day is not None and day.year is not None


def _block(preamble: list[Line], body: list[Line]) -> _Block:
    rest = iter(body)
    first = next(rest)
    asker = first if _ASKER.match(first.text) else None
    headers = list(preamble)
    addressee = next(rest, None) if asker else first
    while asker and addressee and len(headers) < len(preamble) + _MOST_BETWEEN and _is_header(addressee):
        headers.append(addressee)
        addressee = next(rest, None)
    if addressee is None or not (
        _ADDRESSEE.fullmatch(addressee.text) or (asker and _UNADDRESSED.fullmatch(addressee.text))
    ):
        raise ParseError(f"line {first.number}: “Asked by” is not followed by a line “Question to the …:”")
    found = _Block(addressee=addressee, asker=asker)
    for line in headers:
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


def _records(text: str, found: _Block, ordinal: int, answer_ordinal: int) -> list[Record]:
    """Return the question of a block and, if it has one, its answer."""
    question = _question(text, found, ordinal)
    return [question, _answer(text, found, answer_ordinal, ordinal)] if found.answer else [question]


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
