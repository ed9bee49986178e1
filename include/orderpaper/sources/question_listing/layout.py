"""Find the questions in the lines of a listing by their labels, and tell what a site prints around them.

A label may be in capitals, and its colon may be a full-width one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from orderpaper.errors import ParseError
from orderpaper.reading.dates import looks_like_a_day, read_day
from orderpaper.reading.lines import FOOTER, Line
from orderpaper.reading.of_site import OF_SITE, end_of_text
from orderpaper.reading.of_site import is_of_site as is_around

LOOKED_FOR = "a line “Question to the …:”"

_COLON = "[:：﹕∶]"
ASKER = re.compile(
    rf"(?i:Asked by) ?{_COLON}|(?:Asked [Bb]y|ASKED BY)(?= [^(]{{1,100}} \(.{{1,150}} [-–—] .{{1,150}}\)$)"
)
ANSWERER = re.compile(rf"(?i:Answered by) ?{_COLON}|(?:Answered [Bb]y|ANSWERED BY)\b")
_ALONE = re.compile(rf"(?:Asked|Answered) by ?{_COLON}?", re.IGNORECASE)
_LIKE_ANSWERER = re.compile(
    rf"^(?:Answer|Repl|Respon)\w*(?: \w+){{0,2}} by\b|^(?:Answer|Reply|Response) ?(?:{_COLON}|$)|[.?!] Answered by\b",
    re.IGNORECASE,
)
"""Matches what a reader takes for the label of the answerer, in whatever form."""
ADDRESSEE = re.compile(rf"(?:Question [Tt]o|QUESTION TO) (?:[Tt]he |THE )?(?P<body>\S[^:：﹕∶]{{0,199}}){_COLON}")
_UNADDRESSED = re.compile(rf"(?:Question(?: [Tt]o)?|QUESTION(?: TO)?) ?{_COLON}?")
_MARKER = re.compile(rf"Written Question ?{_COLON}?", re.IGNORECASE)
_ABOVE = {
    r"^(?i:Written (?:questions|answers)(?: answered on [\w ,-]{4,40})?)$": "it is the title of the page",
    r"^(?:Written )?[Qq]uestions (?:asked )?by(?: [A-Z][\w’'.-]*| of| the){1,7}$": "it is the title of the page",
    r"^(?i:Skip to (?:main )?content|Advanced search|(?:Show|Hide) filters?|Sign (?:in|up)|Log ?in|Subscribe|Menu"
    r"|Search|Home|(?:Find out|Learn) more)$": "it leads elsewhere",
}
"""The lines of a site that may stand above its first question."""
LEFT_OUT = {
    rf"^(?i:{_MARKER.pattern})$": "the label of a question",
    rf"^(?:{ASKER.pattern})": "the label of the asker",
    rf"^(?:{_UNADDRESSED.pattern})$|^(?:Question [Tt]o|QUESTION TO) (?:[Tt]he |THE )?": "the label of the department",
    rf"{_COLON}$": "it ends the label of the department",
    rf"^(?:{ANSWERER.pattern})(?: [Tt]he\b)?": "the label of the answerer",
    **OF_SITE,
    **_ABOVE,
    **FOOTER,
}
"""The words of a listing that are not kept, and why. The day of a question without an answer is left out too, because
it is that of the list."""
_LONGEST_HEADING = 100
_MOST_BETWEEN = 2
"""A day and a heading may stand between “Asked by” and “Question to the …:”."""
_MOST_ABOVE = 5
"""In lines. The label of a question is looked for so far above “Asked by”."""


class NoQuestionError(ParseError):
    """The lines begin as a question does, but are none. They may be a part of the answer above."""


class Part(NamedTuple):
    """The lines of a question and its answer: those above its first label, and the others."""

    preamble: list[Line]
    body: list[Line]

    @property
    def lines(self) -> list[Line]:
        """All its lines in order."""
        return [*self.preamble, *self.body]


@dataclass(slots=True)
class Block:
    """The lines of one question and its answer, by their role."""

    addressee: Line
    asker: Line | None = None
    heading: Line | None = None
    day: Line | None = None
    question: list[Line] = field(default_factory=list)
    answerer: Line | None = None
    answer: list[Line] = field(default_factory=list)


def is_listing(lines: Sequence[Line]) -> bool:
    """Return whether a line says to whom a written question is put."""
    return any(ADDRESSEE.fullmatch(line.text) for line in lines) or any(
        ASKER.match(line.text) and any(_UNADDRESSED.fullmatch(below.text) for below in lines[number + 1 : number + 3])
        for number, line in enumerate(lines)
    )


def joined(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with each label of a person that stands alone joined to the name below it."""
    found: list[Line] = []
    for line in lines:
        above = found[-1] if found else None
        if above and _ALONE.fullmatch(above.text) and not (_is_label(line) or line.ends_sentence or is_marker(line)):
            found[-1] = above._replace(text=f"{above.text} {line.text}", end=line.end)
        else:
            found.append(line)
    return found


def is_marker(line: Line) -> bool:
    """Return whether a line only says that a question follows."""
    return _MARKER.fullmatch(line.text) is not None


def stands_above(line: Line) -> bool:
    """Return whether a line is one that a site prints above its questions."""
    return is_around(line) or any(re.search(pattern, line.text) for pattern in _ABOVE)


def split(lines: list[Line]) -> tuple[list[Line], list[Part], list[Line]]:
    """Return the lines above the first question, the parts of the questions, and the lines of one that does not follow.

    Raises:
        ParseError: there is no question.
    """
    lines = _without_site(lines)
    starts = [
        number
        for number, line in enumerate(lines)
        if ASKER.match(line.text) or (ADDRESSEE.fullmatch(line.text) and not _is_under_asker(lines, number))
    ]
    if not starts:
        raise ParseError(f"no question listing: {LOOKED_FOR} is missing")
    # The lines above a part start after the first label of the part before, even if that is incomplete.
    tops = [_top(lines, start, before + 1) for before, start in zip([-1, *starts], starts, strict=False)]
    if starts[0] == 1 and _is_heading(lines, 0) and any(_is_heading(lines, start - 1) for start in starts[1:]):
        tops[0] = 0
    announced = len(lines)
    for number in range(starts[-1] + 2, len(lines)):
        if is_marker(lines[number]) or (number >= len(lines) - 2 and _announces(lines, number)):
            announced = number
            break
    parts = [
        Part(lines[top:start], lines[start:end])
        for top, start, end in zip(tops, starts, [*tops[1:], announced], strict=True)
    ]
    return lines[: tops[0]], parts, lines[announced:]


def _without_site(lines: Sequence[Line]) -> list[Line]:
    """Return the lines without those of the site. Elsewhere than above a question or at the end they are text.

    Between them and the question may stand its day, its marker and one line that is its heading.
    """
    first = next((number for number, line in enumerate(lines) if _is_label(line)), len(lines))
    kept: list[Line] = []
    number = end_of_text(lines, len(lines))
    headings = 1
    while number:
        line = lines[number - 1]
        if is_marker(line) or looks_like_a_day(line.text) or _is_label(line):
            headings = 0
        elif number - 1 < first and is_around(line):
            number -= 1
            continue
        else:
            headings += 1 if _is_header(line) else 2
        kept.append(line)
        number = end_of_text(lines, number - 1) if headings < 2 else number - 1
    return kept[::-1]


def _is_under_asker(lines: Sequence[Line], number: int) -> bool:
    """Return whether the line above says who asks. A day and a heading may stand between them."""
    between = 0
    while between < _MOST_BETWEEN and number > between + 1 and _is_header(lines[number - between - 1]):
        between += 1
    return number > between and ASKER.match(lines[number - between - 1].text) is not None


def _is_header(line: Line) -> bool:
    """Return whether a line can be the day or the heading of its question."""
    if looks_like_a_day(line.text):
        return True
    return not (is_marker(line) or _is_label(line) or line.is_closed or len(line.text) > _LONGEST_HEADING)


def _is_label(line: Line) -> bool:
    """Return whether a line begins with a label that has more after it or below it."""
    labels = (ASKER, ADDRESSEE, ANSWERER)
    return any(label.match(line.text) for label in labels) or _UNADDRESSED.fullmatch(line.text) is not None


def _top(lines: list[Line], start: int, first: int) -> int:
    """Return the number of the first line above a label that belongs to the same question: marker, heading or day.

    A heading has the marker above or below it, the day above or below it, or the end of a sentence above it.
    """
    number = start
    while number > max(first, start - _MOST_ABOVE) and not lines[number - 1].ends_sentence:
        number -= 1
        if is_marker(lines[number]):
            has_heading = any(not looks_like_a_day(line.text) for line in lines[number + 1 : start])
            return number - (not has_heading and number > first and _is_heading(lines, number - 1))
    if start > first and _is_day(lines, start - 1):
        return start - 1 - (start - 1 > first and not lines[start - 2].ends_sentence)
    if start - 1 > first and _is_day(lines, start - 2) and _is_header(lines[start - 1]):
        return start - 2
    # The line at the top of a page may be its title.
    return start - (start > max(first, 1) and _is_heading(lines, start - 1))


def _is_day(lines: Sequence[Line], number: int) -> bool:
    """Return whether a line is a day, and not the end of a list under a line such as “It opens on:”."""
    return looks_like_a_day(lines[number].text) and not (number and lines[number - 1].text.endswith(":"))


def _announces(lines: Sequence[Line], number: int) -> bool:
    """Return whether a line at the end is the day of a question that does not follow. An answer may end in days."""
    day = read_day(lines[number].text)
    return bool(day and day.year) and _is_day(lines, number) and not looks_like_a_day(lines[number - 1].text)


def _is_heading(lines: Sequence[Line], number: int) -> bool:
    """Return whether a line is a heading by its shape: short, without an end, and after the end of a sentence."""
    line = lines[number]
    if _is_label(line) or line.is_closed or line.is_note or len(line.text) > _LONGEST_HEADING:
        return False
    return number == 0 or (lines[number - 1].is_closed and not lines[number - 1].text.endswith((":", ";")))


def block_of(part: Part) -> Block:
    """Return the lines of a question and its answer by their role.

    Raises:
        NoQuestionError: no question follows the first label.
        ParseError: there are two lines for one role, or none for one that is needed.
    """
    rest = iter(part.body)
    first = next(rest)
    asker = first if ASKER.match(first.text) else None
    headers = list(part.preamble)
    addressee = next(rest, None) if asker else first
    while asker and addressee and len(headers) < len(part.preamble) + _MOST_BETWEEN and _is_header(addressee):
        headers.append(addressee)
        addressee = next(rest, None)
    if addressee is None or not (
        ADDRESSEE.fullmatch(addressee.text) or (asker and _UNADDRESSED.fullmatch(addressee.text))
    ):
        raise NoQuestionError(f"line {first.number}: “Asked by” is not followed by a line “Question to the …:”")
    found = Block(addressee=addressee, asker=asker)
    for line in rest:
        if not ANSWERER.match(line.text):
            (found.answer if found.answerer else found.question).append(line)
        elif not found.answerer:
            found.answerer = line
        elif line.ends_sentence:
            found.answer.append(line)
        else:
            raise ParseError(f"line {line.number}: a second “Answered by” for one question")
    _check(found)
    _add_headers(found, headers)
    return found


def _add_headers(found: Block, headers: list[Line]) -> None:
    for line in headers:
        if looks_like_a_day(line.text):
            if found.day:
                raise ParseError(f"line {line.number}: a second day for one question")
            found.day = line
        elif not is_marker(line):
            if found.heading:
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
    if not found.answerer:
        length = next((n for n, line in enumerate(found.question, 1) if line.ends_sentence), len(found.question))
        found.question, found.answer = found.question[:length], found.question[length:]
        if found.asker and found.answer:
            raise ParseError(f"line {found.answer[0].number}: text follows the question, but no line “Answered by”")
    elif not any(re.search(r"\w", line.text) for line in found.answer):
        raise ParseError(f"line {found.answerer.number}: “Answered by” has no answer under it")
    for line in (*others, *found.answer):
        if line.text.startswith("To ask "):
            raise ParseError(f"line {line.number}: a second question under one line “{found.addressee.text}”")
    for line in [] if found.answerer else found.question:
        if _LIKE_ANSWERER.search(line.text):
            raise ParseError(f"line {line.number}: expected “Answered by NAME - POST”, found “{line.text[:80]}”")
