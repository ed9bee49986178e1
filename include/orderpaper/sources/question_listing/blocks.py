"""Tell the roles of the lines of one question and its answer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from orderpaper.errors import ParseError
from orderpaper.reading.dates import looks_like_a_day
from orderpaper.reading.lines import Line
from orderpaper.sources.question_listing.labels import (
    ADDRESSEE,
    ANSWERER,
    ASKER,
    ELSEWHERE,
    LIKE_ANSWERER,
    NUMBER,
    UIN,
    UNADDRESSED,
    UNANSWERED,
    is_header,
    is_marker,
    tabled_day,
)
from orderpaper.sources.question_listing.layout import MOST_BETWEEN, Part


class NoQuestionError(ParseError):
    """The lines begin as a question does, but are none. They may be a part of the answer above."""


@dataclass(slots=True)
class Block:
    """The lines of one question and its answer, by their role."""

    addressee: Line
    asker: Line | None = None
    heading: Line | None = None
    day: Line | None = None
    uin: Line | None = None
    tabled: Line | None = None
    """The line with the day on which the question was tabled."""
    question: list[Line] = field(default_factory=list)
    answerer: Line | None = None
    answer: list[Line] = field(default_factory=list)
    unanswered: Line | None = None
    """The line that says that there is no answer yet."""


def block_of(part: Part) -> Block:
    """Return the lines of a question and its answer by their role. Its headers stand in any order.

    Raises:
        NoQuestionError: no question follows the first label.
        ParseError: there are two lines for one role, or none for one that is needed.
    """
    asker = addressee = None
    headers = list(part.preamble)
    number = 0
    while number < len(part.body) and not (asker and addressee):
        below = [*takewhile(is_header, part.body[number : number + MOST_BETWEEN])]
        label = part.body[number + len(below)] if number + len(below) < len(part.body) else None
        if label and not asker and ASKER.match(label.text):
            asker = label
        elif label and not addressee and (ADDRESSEE.fullmatch(label.text) or _is_bare(label, asker)):
            addressee = label
        else:
            break
        headers += below
        number += len(below) + 1
    first = part.body[0]
    if addressee is None:
        raise NoQuestionError(f"line {first.number}: “Asked by” is not followed by a line “Question to the …:”")
    found = Block(addressee=addressee, asker=asker)
    for line in part.body[number:]:
        if not ANSWERER.match(line.text):
            (found.answer if found.answerer else found.question).append(line)
        elif not found.answerer:
            found.answerer = line
        elif line.ends_sentence:
            found.answer.append(line)
        else:
            raise ParseError(f"line {line.number}: a second “Answered by” for one question")
    for lines in (found.question, found.answer):
        if _begins_with_day(lines):
            headers.append(lines.pop(0))
    _check(found)
    _add_headers(found, headers)
    return found


def _begins_with_day(lines: Sequence[Line]) -> bool:
    """Return whether the line below a label is the day of the answer, and a sentence follows."""
    is_day = len(lines) > 1 and looks_like_a_day(lines[0].text)
    return is_day and lines[1].is_whole and lines[1].text[0].isupper()


def _is_bare(line: Line, asker: Line | None) -> bool:
    """Return whether a line is the label of a question that is put to no department, which has an asker above it."""
    return asker is not None and UNADDRESSED.fullmatch(line.text) is not None


def _add_headers(found: Block, headers: Sequence[Line]) -> None:
    for line in headers:
        if looks_like_a_day(line.text):
            if found.day:
                raise ParseError(f"line {line.number}: a second day for one question")
            found.day = line
        elif UIN.fullmatch(line.text):
            if found.uin:
                raise ParseError(f"line {line.number}: a second number for one question")
            found.uin = line
        elif tabled_day(line):
            if found.tabled:
                raise ParseError(f"line {line.number}: a second day of tabling for one question")
            found.tabled = line
        elif not is_marker(line):
            if found.heading and found.heading.text != line.text:
                raise ParseError(f"line {line.number}: a second heading for one question, “{line.text[:40]}”")
            found.heading = line


def _check(found: Block) -> None:
    """Check that each label has text below it. A bare question is separated from its answer."""
    if not found.question:
        raise NoQuestionError(f"line {found.addressee.number}: “{found.addressee.text}” has no question under it")
    first, *others = found.question
    if not first.text.startswith("To ask"):
        raise NoQuestionError(
            f"line {first.number}: a written question begins with “To ask”, this with “{first.text[:40]}”"
        )
    _take_unanswered(found)
    if not found.answerer:
        length = next((n for n, line in enumerate(found.question, 1) if line.ends_sentence), len(found.question))
        found.question, found.answer = found.question[:length], found.question[length:]
        if found.asker and found.answer:
            raise ParseError(f"line {found.answer[0].number}: text follows the question, but no line “Answered by”")
    elif not found.unanswered and not any(re.search(r"\w", line.text) for line in found.answer):
        raise ParseError(f"line {found.answerer.number}: “Answered by” has no answer under it")
    for line in (*others, *found.answer):
        if line.text.startswith("To ask "):
            raise ParseError(f"line {line.number}: a second question under one line “{found.addressee.text}”")
    for line in [] if found.answerer else found.question:
        if LIKE_ANSWERER.search(line.text):
            raise ParseError(f"line {line.number}: expected “Answered by NAME - POST”, found “{line.text[:80]}”")
    *above, last = found.answer or [first]
    is_below = above and above[-1].ends_sentence and not above[-1].text.endswith((":", ";"))
    if is_below and (UIN.fullmatch(last.text) or NUMBER.fullmatch(last.text)):
        raise ParseError(f"line {last.number}: “{last.text}” stands below the answer and may number another question")


def _take_unanswered(found: Block) -> None:
    """Move the line that stands in the place of an answer out of the text, where the site says that there is none.

    Raises:
        ParseError: the line leads to an answer that the page does not have.
    """
    below = found.answer if found.answerer else found.question[1:]
    if not below or (found.answerer and len(below) > 1):
        return
    line = below[-1]
    if ELSEWHERE.fullmatch(line.words):
        raise ParseError(
            f"line {line.number}: “{line.text}” leads to an answer that is not on the page; save the page that has it"
        )
    if UNANSWERED.fullmatch(line.words):
        found.unanswered = line
        (found.answer if found.answerer else found.question).pop()
