"""Turn a day of Hansard in TheyWorkForYou's XML into records: a debate for each heading."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from lxml import etree

from orderpaper.enrichment.people.attribution import split_attribution
from orderpaper.errors import ParseError
from orderpaper.reading.markup import html_to_text
from orderpaper.reading.saved import SavedFile
from orderpaper.records import Document, Drift, Parsed, Record
from orderpaper.records.drift import find_drift
from orderpaper.sources._official_report.debate import TOPICAL_QUESTIONS, ReportedDebate, debate_records
from orderpaper.sources._official_report.roles import ORAL_ANSWERS, Business, business_in_words
from orderpaper.sources._official_report.turns import PrintedQuestion, Turn
from orderpaper.sources.theyworkforyou.payload import (
    HEADINGS,
    ID,
    KNOWN_ATTRIBUTES,
    KNOWN_ELEMENTS,
    LINK,
    read_elements,
)

KIND = "a day of TheyWorkForYou"
LOOKED_FOR = "the root element publicwhip"


@dataclass(slots=True)
class _Section:
    """A heading with the turns under it, up to the next heading."""

    level: int
    title: str | None
    above: list[str]
    """The wider headings above it."""
    turns: list[Turn] = field(default_factory=list)

    @property
    def is_question_time(self) -> bool:
        """Return whether a turn puts a question of the order paper."""
        return any(turn.question for turn in self.turns)


def matches(file: SavedFile) -> bool:
    """Return whether a saved file is a day in TheyWorkForYou's XML."""
    return not file.is_json and _is_day(file.text)


def parse(document: Document) -> Parsed:
    """Return the records of a day. The list of files has none.

    Raises:
        ParseError: it is neither, is of more than one day or House, or a speech has no speaker and does not say so.
    """
    if not _is_day(document.body[:20_000].decode("latin-1")) and LINK.search(document.body.decode(errors="replace")):
        return Parsed(document_kind="theyworkforyou_listing")
    elements = read_elements(document.body)
    days = {(match["section"], match["day"]) for e in elements if (match := ID.match(e.get("id", "")))}
    if len(days) != 1:
        raise ParseError(f"a day of TheyWorkForYou is of one day and one House, this is of {len(days)}")
    ((kind, printed),) = days
    try:
        day = dt.date.fromisoformat(printed)
    except ValueError as error:
        raise ParseError(f"there is no such day as {printed}") from error
    house = "Lords" if kind == "lords" else "Commons"
    records: list[Record] = []
    counts: Counter[type] = Counter()
    sections = list(_sections(elements))
    departments = {section.above[-1] for section in sections if section.above and section.is_question_time}
    for section in sections:
        made = list(debate_records(_debate(section, house, day, departments), counts))
        counts.update(type(record) for record in made)
        records += made
    records += _drift(elements)
    return Parsed(document_kind="theyworkforyou_day", published_on=day, records=records)


def _is_day(text: str) -> bool:
    return "<publicwhip" in text[:20_000]


def _sections(elements: list[Any]) -> Iterator[_Section]:
    """Yield the headings with their turns. A heading with only narrower headings under it is in their `above`."""
    found = _Section(-1, None, [])
    major: str | None = None
    for element in elements:
        if element.tag not in HEADINGS:
            turn = _turn(element)
            if turn is not None:
                found.turns.append(turn)
            continue
        level = HEADINGS.index(element.tag)
        title = " ".join("".join(element.itertext()).split())
        if found.title and not found.turns and level > found.level:
            above = [*found.above, found.title]
        else:
            if found.turns or found.title:
                yield found
            above = [major] if major and element.tag == "minor-heading" else []
        if element.tag != "minor-heading":
            major = title if element.tag == "major-heading" else None
        found = _Section(level, title or None, above)
    if found.turns or found.title:
        yield found


def _turn(element: Any) -> Turn | None:
    """Return a speech or an event as a turn, or None if it has no text."""
    if element.tag == "division":
        return Turn(_division(element), None, None, None)
    text = html_to_text(etree.tostring(element, encoding="unicode", method="html", with_tail=False))
    if not text:
        return None
    name, office = element.get("speakername"), element.get("speakeroffice")
    if element.tag != "speech" or element.get("nospeaker") == "true":
        return Turn(text, None, None, None)
    if not name:
        raise ParseError(f"line {element.sourceline}: a speech has neither speakername nor nospeaker")
    speaker = split_attribution(f"{office} ({name})" if office and office != name else name)
    question = None
    if element.get("oral-qnum"):
        uin = next((paragraph.get("qnum") for paragraph in element.iter("p") if paragraph.get("qnum")), None)
        question = PrintedQuestion(is_topical=False, uin=uin, printed=text, tabled=text, spoken="")
    return Turn(text, speaker, None, None, question)


def _division(element: Any) -> str:
    """Return the text of a division: the count, then one line with the names of each side."""
    count = element.find("divisioncount")
    lines = [f"Division {element.get('divnumber', '')}".strip()]
    if count is not None:
        lines[0] += ": " + ", ".join(f"{side} {count.get(side)}" for side in ("ayes", "noes") if count.get(side))
    for side in element.iter("mplist"):
        names = (" ".join("".join(name.itertext()).split()) for name in side.iter("mpname"))
        lines.append(f"{side.get('vote', 'voted')}: " + "; ".join(names))
    return "\n".join(lines)


def _debate(section: _Section, house: str, day: dt.date, departments: set[str]) -> ReportedDebate:
    asks = section.is_question_time
    # No heading marks the end of the questions to a department, so the business after them is not the department's.
    above = [title for title in section.above if asks or title not in departments]
    return ReportedDebate(
        debate_id=None,
        title=section.title,
        house=house,
        debated_on=day,
        debate_type=ORAL_ANSWERS if asks else ": ".join(above) or None,
        business=Business.QUESTIONS if asks else business_in_words(section.turns),
        is_topical=section.title == TOPICAL_QUESTIONS,
        department=above[-1] if asks and above else None,
        turns=section.turns,
    )


def _drift(elements: list[Any]) -> list[Drift]:
    """Return the unknown elements and attributes. The text of an unknown element is kept as a proceeding."""
    unknown = [{e.tag: "".join(e.itertext()).strip()} for e in elements if e.tag not in KNOWN_ELEMENTS]
    drift = find_drift(unknown, frozenset(), "publicwhip")
    drift += find_drift((dict(e.attrib) for e in elements), KNOWN_ATTRIBUTES, "publicwhip.*@")
    return [replace(one, ordinal=ordinal) for ordinal, one in enumerate(drift, start=1)]
