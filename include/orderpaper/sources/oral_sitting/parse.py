"""Read a sitting of oral questions that was saved without its speakers, one line for each sentence.

Tabled questions are printed as indirect questions with a full stop ("What steps her Department is taking to …."), each
followed by the minister's answer, then by supplementaries and replies. Questions that stand next to each other were
grouped for one answer (Erskine May, Oral answers to questions). A heading or a number of order may precede them.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from orderpaper.errors import ParseError
from orderpaper.reading.captions import refuse_captions
from orderpaper.reading.hyphens import refuse_divided
from orderpaper.reading.lines import FOOTER, Line, Passage, passage, refuse_loose_number, require_complete
from orderpaper.reading.of_site import OF_SITE, without_site
from orderpaper.reading.pieces import lines_of
from orderpaper.reading.printed import dated, days_of, with_years
from orderpaper.reading.saved import SavedFile
from orderpaper.records import Answer, Contribution, Debate, Parsed, Question, Record, Refusal
from orderpaper.records.rows import refused_lines
from orderpaper.sources.oral_sitting import header
from orderpaper.sources.oral_sitting.speakers import BETWEEN, is_between, refuse_names, refuse_speakers, without_columns
from orderpaper.sources.oral_sitting.tabled_questions import NUMBERS, Tabled, is_almost_tabled, tabled_question
from orderpaper.sources.oral_sitting.turns import BROKEN_AFTER, split_exchange, units, whole_lines

KIND = "a sitting of oral questions"
LOOKED_FOR = "an oral question such as “What steps her Department is taking to ….” at the top"

_COMMONS = re.compile(r"\bhon\.\s+(?:(?:and|learned|gallant)\s+)*(?:Friends?|Members?|Lady|Gentleman)\b")
_LORDS = re.compile(r"\bnoble (?:Lord|Baroness|Friend|Earl|Viscount)\b|\bMy Lords\b")
LEFT_OUT = {
    **NUMBERS,
    **header.LEFT_OUT,
    **BETWEEN,
    **FOOTER,
    **OF_SITE,
}
"""The words of a sitting that are not kept, and why."""
_NOT_A_HEADING = "it stands above the heading of the first question, and may be a site's name or a heading of several"
_DEPARTMENT = re.compile(
    r"(?i:.*\b(?:Department|Ministry|Office|Treasury|Affairs)\b.*|.*\b(?:Justice|Defence|Transport|Education"
    r"|Social Care|Pensions|Trade|Sport|Net Zero|Technology|Equalities|Communities|Scotland|Wales|Northern Ireland"
    r"|Prime Minister|Attorney General))"
)
"""Matches the name of a department, as the Official Report heads its questions."""
_LONGEST_HEADING = 80
_LONGEST_HEADER = 12
"""In lines."""


def matches(file: SavedFile) -> bool:
    """Return whether a saved file opens with an oral question, under at most three headings."""
    return not file.is_json and _leads_to_tabled(_split_header(whole_lines(without_columns(file.prose)))[1][:4])


def parse_text(text: str) -> Parsed:
    """Return a Debate, a Question for each tabled one, an Answer for each group, and a Contribution for each turn.

    Roles are read from the wording (`is_role_inferred`); who speaks is not printed and stays unknown, as does the
    answering body. All text is in a contribution; headings are in `Question.heading`, several joined with
    colons, and UINs in `Question.uin`. The day is that of the header's own line, if the page had one: a day within a
    heading is a part of the subject.

    Questions without an answer are refused, and so is the last exchange if it is cut, and one with a line that may be a
    name; the others are kept. In `Parsed.text` the lines of columns and times are empty.

    Raises:
        ParseError: the text does not begin with a tabled question, its day does not exist or can be another, there are
            several days or sittings, it prints who speaks, or no exchange is understood.
    """
    text = without_columns(text)
    shown = without_site(whole_lines(text))
    top, lines = _split_header(shown)
    days, refusals = _days(text, top)
    if len(days) > 1:
        raise ParseError(f"the header names several days: {', '.join(map(str, days))}")
    day = days[0] if days else None
    refuse_speakers(lines)
    if not _leads_to_tabled(lines[:4]):
        raise ParseError(f"no oral questions: {LOOKED_FOR} is missing")
    house = header.printed_house(top) or _house(text)
    exchanges = _exchanges(lines)
    refusals += [
        refused_lines(text, [line], f"line {line.number}: {_NOT_A_HEADING}") for line in _take_strangers(exchanges, top)
    ]
    lost = {int(refusal.address.removeprefix("line ")) for refusal in refusals}
    records: list[Record] = [Debate(ordinal=1, house=house, debated_on=day)]
    builder = _Builder(text, records, house, day)
    for exchange in exchanges:
        try:
            _check(exchange, is_last=exchange is exchanges[-1])
            refuse_divided(text, exchange.lines)
            refuse_captions(exchange.lines)
        except ParseError as error:
            refusals.append(refused_lines(text, exchange.lines, str(error)))
            lost |= {line.number for line in exchange.lines}
            continue
        builder.add(exchange)
    if len(records) == 1:
        raise ParseError(refusals[-1].reason)
    return Parsed(
        document_kind="oral_sitting",
        published_on=day,
        text=text,
        records=records,
        refusals=refusals,
        pieces=lines_of([line for line in shown if line.number not in lost], LEFT_OUT),
    )


def _house(text: str) -> str | None:
    """Return the House whose members are called as in a text."""
    return "Commons" if _COMMONS.search(text) else "Lords" if _LORDS.search(text) else None


def _split_header(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Return the header of a page, which is above the first question, and the other lines."""
    first = next((number for number, line in enumerate(lines[:_LONGEST_HEADER]) if tabled_question(line)), 0)
    top, headings = header.split_header(lines[:first])
    return top, [*headings, *lines[first:]]


def _days(text: str, top: Sequence[Line]) -> tuple[list[dt.date], list[Refusal]]:
    """Return the days that the header of a page names, and a refusal of each line that names none that can be read."""
    days: list[dt.date] = []
    refusals: list[Refusal] = []
    lines = [line._replace(text=printed) for line in top if (printed := header.printed_day(line))]
    for line in with_years(lines, days_of(lines)):
        try:
            days.append(dated(line, line.text))
        except ParseError as error:
            refusals.append(refused_lines(text, [line], str(error)))
    return sorted(set(days)), refusals


def _is_heading(line: Line) -> bool:
    return len(line.text) <= _LONGEST_HEADING and not line.is_closed


@dataclass(slots=True)
class _Exchange:
    """Tabled questions that stand together, the headings above them, and the lines up to the next group."""

    headings: list[Line]
    tabled: list[Tabled]
    followed: list[Line] = field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        """Return all its lines in order."""
        return [*self.headings, *(tabled.line for tabled in self.tabled), *self.followed]


def _exchanges(lines: Sequence[Line]) -> list[_Exchange]:
    """Return each group of tabled questions with the headings above it and the lines up to the next group.

    Raises:
        ParseError: the header of another sitting follows. It would be a heading, or a part of an answer.
    """
    exchanges: list[_Exchange] = []
    headings: list[Line] = []
    found = [tabled_question(line) for line in lines]
    for number, line in enumerate(lines):
        tabled = found[number]
        is_above = any(found[number + 1 : number + 4])
        is_heading = not tabled and is_above and _is_heading(line) and _leads_to_tabled(lines[number + 1 : number + 4])
        if exchanges and header.begins_sitting(line, is_heading=is_heading):
            raise ParseError(f"line {line.number}: another sitting begins here; save each in a file of its own")
        if tabled and exchanges and not exchanges[-1].followed and not headings:
            exchanges[-1].tabled.append(tabled)
        elif tabled:
            exchanges.append(_Exchange(headings, [tabled]))
            headings = []
        elif is_heading and is_between(line):
            continue
        elif is_heading:
            headings = [*(above for above in headings if above.text != line.text), line]
        else:
            exchanges[-1].followed.append(line)
    return exchanges


def _take_strangers(exchanges: Sequence[_Exchange], top: Sequence[Line]) -> list[Line]:
    """Take the lines out of the headings of the first exchange that no other exchange has, and return them.

    A line that names a department stays, because the others are in its part of the sitting. So does a heading alone, if
    the header of the page has no menu of a site.
    """
    first, *others = exchanges
    count = max((len(exchange.headings) for exchange in others), default=1)
    if not count and len(first.headings) == 1 and not any(map(header.is_of_menu, top)):
        return []
    strangers = [line for line in first.headings[: len(first.headings) - count] if not _DEPARTMENT.fullmatch(line.text)]
    first.headings = [line for line in first.headings if line not in strangers]
    return strangers


def _check(exchange: _Exchange, *, is_last: bool) -> None:
    """Check that an exchange is whole.

    Raises:
        ParseError: its questions have nothing after them, one is printed in a form that is not read, or it is the last
            and stops in the middle of a sentence.
    """
    last = exchange.lines[-1]
    for line in (*exchange.headings, *exchange.followed):
        if is_almost_tabled(line):
            raise ParseError(
                f"line {line.number}: a question without its full stop, or with other words than its number in brackets"
            )
    if not exchange.followed:
        raise ParseError(f"line {last.number}: the question has no answer under it")
    if is_last:
        require_complete(exchange.followed)
        if last.text.endswith(BROKEN_AFTER):
            raise ParseError(f"line {last.number}: the text stops in the middle of a sentence, at “{last.text}”")
    refuse_loose_number(exchange.lines)
    refuse_names(exchange.followed)


def _leads_to_tabled(lines: Sequence[Line]) -> bool:
    """Return whether these lines have a tabled question with only headings before it."""
    for line in lines:
        if tabled_question(line):
            return True
        if not _is_heading(line):
            return False
    return False


class _Builder:
    """A builder that appends the records of each exchange and numbers them through the document."""

    def __init__(self, text: str, records: list[Record], house: str | None, day: dt.date | None) -> None:
        self._text = text
        self._records = records
        self._house = house
        self._day = day
        self._questions = self._answers = self._contributions = 0

    def add(self, exchange: _Exchange) -> None:
        """Append the questions of a group, the answer to them, and the turns that follow, grouped under one number."""
        group_ordinal = self._answers + 1 if len(exchange.tabled) > 1 else None
        heading = ": ".join(line.text for line in exchange.headings) or None
        numbers = [self._add_question(heading, tabled, group_ordinal) for tabled in exchange.tabled]
        asked = self._contributions
        for role, sentences in split_exchange(units(exchange.followed)):
            span = passage(self._text, [line for unit in sentences for line in unit.lines])
            is_answer = role == "reply" and asked == self._contributions
            if is_answer:
                self._answers += 1
                self._records.append(
                    Answer(ordinal=self._answers, question_ordinals=numbers, answered_on=self._day, **span)
                )
            self._add_turn(
                role,
                span,
                reply_to=self._contributions if role == "reply" else None,
                answer=self._answers if is_answer else None,
            )

    def _add_question(self, heading: str | None, tabled: Tabled, group: int | None) -> int:
        self._questions += 1
        span = tabled.passage(self._text)
        self._records.append(
            Question(
                ordinal=self._questions,
                question_type="topical" if tabled.is_topical else "oral",
                house=self._house,
                due_on=self._day,
                heading=heading,
                uin=tabled.uin,
                group_ordinal=group,
                **span,
            )
        )
        self._add_turn("question", span, question=self._questions)
        return self._questions

    def _add_turn(
        self,
        role: str,
        span: Passage,
        reply_to: int | None = None,
        question: int | None = None,
        answer: int | None = None,
    ) -> None:
        self._contributions += 1
        self._records.append(
            Contribution(
                ordinal=self._contributions,
                debate_ordinal=1,
                role=role,
                is_role_inferred=True,
                reply_to_ordinal=reply_to,
                question_ordinal=question,
                answer_ordinal=answer,
                **span,
            )
        )
