"""Read a day of written answers of either House."""

from collections.abc import Iterator
from typing import Any

from orderpaper.enrichment.people.attribution import Attribution
from orderpaper.errors import ParseError
from orderpaper.records import Record
from orderpaper.sources._official_report.written import Exchange, Passage, written_records
from orderpaper.sources.theyworkforyou.attributes import NO_NUMBER, number_of
from orderpaper.sources.theyworkforyou.headings import Above
from orderpaper.sources.theyworkforyou.houses import house_of
from orderpaper.sources.theyworkforyou.payload import HEADINGS, File
from orderpaper.sources.theyworkforyou.words import check_words, speaker_of, text_of

_MOST_REPEATED = 200_000
"""In characters. How much the words before the numbers of a question may come to, one copy for each number."""


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
                text = text_of(element)
                check_words(element, text)
                found.answers.append(Passage(speaker_of(element) or Attribution(), None, None, [text]))
        except ParseError as error:
            file.refuse(element, str(error))
    for heading in above.open_elements:
        file.refuse(heading, "the last heading of the written answers has no question under it")
    if found is not None:
        yield found


def _questions(element: Any) -> Iterator[Passage]:
    """Yield a question for each number. The words before the first number belong to all of them.

    Paragraphs in a row that have the same number are parts of one question.

    Raises:
        ParseError: it has no words, it says neither who asks nor that nobody does, or a number stands inside a list, or
            comes again after another.
    """
    speaker = speaker_of(element) or Attribution()
    check_words(element, text_of(element))
    opening: list[str] = []
    numbered: list[tuple[str, list[str]]] = []
    for number, text in _paragraphs(element):
        if number and (number == NO_NUMBER or not numbered or numbered[-1][0] != number):
            numbered.append((number, [text]))
        else:
            (numbered[-1][1] if numbered else opening).append(text)
    if len(" ".join(opening)) * len(numbered) > _MOST_REPEATED:
        raise ParseError(
            f"line {element.sourceline}: the words before the {len(numbered):,} numbers of a question are too long to"
            " belong to each of them"
        )
    numbers = [number for number, _ in numbered if number != NO_NUMBER]
    if len(set(numbers)) < len(numbers):
        raise ParseError(f"line {element.sourceline}: a {element.tag} has one number for questions that stand apart")
    if not numbered:
        yield Passage(speaker, None, None, opening)
    for number, paragraphs in numbered:
        first = " ".join([*opening, paragraphs[0]])
        yield Passage(speaker, None, None if number == NO_NUMBER else number, [first, *paragraphs[1:]])


def _paragraphs(element: Any) -> Iterator[tuple[str | None, str]]:
    """Yield the number, if any, and the text of each paragraph and table of a question.

    Raises:
        ParseError: a number stands deeper, or is none.
    """
    if element.text and element.text.strip():
        yield None, " ".join(element.text.split())
    for child in element:
        text = text_of(child) if isinstance(child.tag, str) else ""
        if any(inner.get("qnum") for inner in child.iterdescendants()):
            raise ParseError(f"line {child.sourceline}: the number of a question stands inside a {child.tag}")
        if text:
            yield number_of(child), text
        if child.tail and child.tail.strip():
            yield None, " ".join(child.tail.split())
