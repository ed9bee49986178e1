"""Read a day of a Chamber, of Westminster Hall or of a public bill committee: a debate for each heading."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from orderpaper.errors import ParseError
from orderpaper.records import Record
from orderpaper.sources._official_report.debate import TOPICAL_QUESTIONS, ReportedDebate, debate_records
from orderpaper.sources._official_report.roles import ORAL_ANSWERS, Business, business_in_words
from orderpaper.sources._official_report.turns import LOST, PrintedQuestion, Turn
from orderpaper.sources.theyworkforyou.attributes import NO_NUMBER, number_of
from orderpaper.sources.theyworkforyou.divisions import division_turn
from orderpaper.sources.theyworkforyou.headings import Section, sections_of
from orderpaper.sources.theyworkforyou.payload import HEADINGS, File
from orderpaper.sources.theyworkforyou.words import line_of, speaker_of, text_of

_IN_THE_CHAIR = re.compile(r"(?P<chair>\[[^\[\]]+ in the Chair\])\s*(?:[—–-]\s*)?", re.IGNORECASE)
_FRONT = ("bill", "committee")
"""The elements that a committee's file has above its first heading: the bill, and the members of the committee."""
_DASH = " — "
_ASKED = re.compile(r"(?:Private Notice |Urgent )?Question(?: for Short Debate)?")
_STATEMENT = re.compile(r"(?:\w+ )?Statement")


def debates_of(file: File) -> Iterator[Record]:
    """Yield the records of every debate of the file in order.

    A speech that has no speaker and does not say so is refused, and so is a vote that is not understood.
    """
    front = [element for element in file.elements if element.tag in _FRONT]
    bill = next((line_of(element) for element in front if element.tag == "bill"), None)
    sections = sections_of((element, _turn(file, element)) for element in file.elements if element.tag not in _FRONT)
    for section in sections[:1]:
        section.turns[:0] = filter(None, (_turn(file, element) for element in front))
    departments = {id(section.above[-1]) for section in sections if section.above and section.is_question_time}
    counts: Counter[type] = Counter()
    for section in sections:
        made = list(debate_records(_debate(file, section, departments, bill), counts))
        counts.update(type(record) for record in made)
        yield from made


def _turn(file: File, element: Any) -> Turn | None:
    """Return an element as a turn, or None if it has no text. If it is not understood, it is refused."""
    if not file.has_refused(element):
        try:
            return _understood(file, element)
        except ParseError as error:
            file.refuse(element, str(error))
    return None if element.tag in (*HEADINGS, *_FRONT, "division", "divisioncount") else LOST


def _understood(file: File, element: Any) -> Turn | None:
    """Return a speech, a division or the list of a committee's members as a turn, or None if it has no text.

    Raises:
        ParseError: a speech has no speaker and does not say so, or several numbers of a question; a division
            contradicts itself; or the markup is nested too deep.
    """
    if element.tag in HEADINGS:
        return None
    if element.tag in ("division", "divisioncount"):
        return division_turn(file, element)
    if element.tag == "committee":
        names = (line_of(name) for name in element.iter("mpname", "clerk", "witness"))
        return Turn("\n".join(filter(None, names)), None, None, None)
    text = text_of(element)
    if not text:
        return None
    if element.tag == "bill":
        return Turn(text, None, None, None)
    question = None
    if element.get("oral-qnum"):
        question = PrintedQuestion(is_topical=False, uin=_uin(element), printed=text, tabled=text, spoken="")
    return Turn(text, speaker_of(element), None, None, question)


def _uin(element: Any) -> str | None:
    """Return the number of a question that is put.

    Raises:
        ParseError: it has several, or one that is none.
    """
    numbers = dict.fromkeys(
        number for inner in element.iter() if (number := number_of(inner) or NO_NUMBER) != NO_NUMBER
    )
    if len(numbers) > 1:
        raise ParseError(f"line {element.sourceline}: a question has the numbers {' and '.join(numbers)}")
    return next(iter(numbers), None)


def _debate(file: File, section: Section, departments: set[int], bill: str | None) -> ReportedDebate:
    title, kind, chair = _parts(section.heading, file.section)
    turns = [Turn(chair, None, None, None), *section.turns] if chair else section.turns
    asks = section.is_question_time
    department = _parts(section.above[-1].heading, file.section)[0] if section.above and asks else None
    wider = _wider(file, section, departments)
    if file.section == "standing" and bill:
        wider.insert(0, bill)
    if file.section == "westminhall" and not wider:
        wider = ["Westminster Hall"]
    if file.section == "lords" and wider and title:
        # The narrower headings of the Lords are stages: "Report (2nd Day)" of a bill.
        title, wider, kind = ": ".join(wider), [], ": ".join(filter(None, (title, kind)))
    return ReportedDebate(
        debate_id=None,
        title=title,
        house="Lords" if file.section == "lords" else "Commons",
        debated_on=file.day,
        debate_type=ORAL_ANSWERS if asks else ": ".join([*wider, *([kind] if kind else [])]) or None,
        business=Business.QUESTIONS if asks else _business(kind, turns),
        is_topical=title == TOPICAL_QUESTIONS,
        department=department,
        turns=turns,
    )


def _wider(file: File, section: Section, departments: set[int]) -> list[str]:
    """Return the wider headings that say what kind of business a section is.

    No heading marks the end of the questions to a department, or of all questions. So the heading of a department, and
    all above it, say nothing about a section without a question, nor does the heading of all questions about any
    section but a department.
    """
    above = section.above
    cut = max((place + 1 for place, wider in enumerate(above) if id(wider) in departments), default=0)
    is_department = id(section) in departments
    kept = [wider for wider in above[cut:] if is_department or wider.level != HEADINGS.index("oral-heading")]
    return [name for wider in kept if (name := _parts(wider.heading, file.section)[0])]


def _parts(heading: Any, section: str) -> tuple[str | None, str | None, str | None]:
    """Return the title of a heading, the kind of business that it ends with, and the words on who is in the Chair.

    Headings of the Lords end with the kind after a dash: "Energy: Security and Prices — Question".
    """
    if heading is None:
        return None, None, None
    line = line_of(heading)
    chair = _IN_THE_CHAIR.match(line)
    if chair:
        line = line[chair.end() :]
    title, dash, kind = line.rpartition(_DASH) if section == "lords" else (line, "", "")
    if not dash:
        title, kind = line, ""
    return title or None, kind or None, chair["chair"] if chair else None


def _business(kind: str | None, turns: list[Turn]) -> Business:
    """Return the kind of business: the one that the heading names, or the one that the words show."""
    if kind and _ASKED.fullmatch(kind):
        return Business.ASKED
    if kind and _STATEMENT.fullmatch(kind):
        return Business.STATEMENT
    return business_in_words(turns)
