"""Read a day of written answers of either House."""

from collections.abc import Iterator
from typing import Any

from orderpaper.enrichment.people.attribution import Attribution
from orderpaper.errors import ParseError
from orderpaper.records import Record
from orderpaper.sources._official_report.written import Exchange, Passage, written_records
from orderpaper.sources.theyworkforyou.headings import Above
from orderpaper.sources.theyworkforyou.houses import house_of
from orderpaper.sources.theyworkforyou.payload import HEADINGS, File
from orderpaper.sources.theyworkforyou.words import speaker_of, text_of


def written_answers_of(file: File, url: str) -> Iterator[Record]:
    """Yield the questions and answers in order. Each number of a question is a question; those asked together a group.

    An answer without a question is refused, and so are the last headings if nothing stands under them.

    Raises:
        ParseError: the House is not known.
    """
    return written_records(_exchanges(file), house_of(file, url), file.day, {})


def _exchanges(file: File) -> Iterator[Exchange]:
    """Yield each question, or questions that stand together, with the answers."""
    above = Above()
    found: Exchange | None = None
    is_cut = False
    for element in file.elements:
        # The question after an answer that is refused does not stand with the questions before it.
        is_new = element.tag != "reply" and found is not None and (found.answers or is_cut)
        if found is not None and (is_new or element.tag in HEADINGS):
            yield found
            found, is_cut = None, False
        if element.tag in HEADINGS:
            above.add(element)
            continue
        above.close()
        try:
            if file.has_refused(element):
                is_cut |= element.tag == "reply"
                continue
            if element.tag == "ques":
                asked = list(_questions(element))
                found = found or Exchange(above.department, above.heading)
                found.questions += asked
            elif found is None:
                file.refuse(element, f"line {element.sourceline}: an answer stands without its question")
            else:
                found.answers.append(Passage(speaker_of(element) or Attribution(), None, None, [text_of(element)]))
        except ParseError as error:
            file.refuse(element, str(error))
    for heading in above.open_elements:
        file.refuse(heading, "the last heading of the written answers has no question under it")
    if found is not None:
        yield found


def _questions(element: Any) -> Iterator[Passage]:
    """Yield a question for each number. The words before the first number belong to all of them."""
    speaker = speaker_of(element) or Attribution()
    opening: list[str] = []
    numbered: list[tuple[str, list[str]]] = []
    for number, text in _paragraphs(element):
        if number:
            numbered.append((number, [text]))
        else:
            (numbered[-1][1] if numbered else opening).append(text)
    if not numbered:
        yield Passage(speaker, None, None, opening)
    for number, paragraphs in numbered:
        first = " ".join([*opening, paragraphs[0]])
        yield Passage(speaker, None, number, [first, *paragraphs[1:]])


def _paragraphs(element: Any) -> Iterator[tuple[str | None, str]]:
    """Yield the number, if any, and the text of each paragraph and table of a question."""
    if element.text and element.text.strip():
        yield None, " ".join(element.text.split())
    for child in element:
        text = text_of(child) if isinstance(child.tag, str) else ""
        if text:
            yield child.get("qnum"), text
        if child.tail and child.tail.strip():
            yield None, " ".join(child.tail.split())
