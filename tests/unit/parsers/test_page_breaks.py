"""A line that a printer, a browser or a site puts into a saved text is taken out in any place, or the text is refused.

Numbers that are words of a text, rows of a table, items of a list or notes stay.
"""

import dataclasses
import datetime as dt
import random
import re
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from shares import shared

from orderpaper.errors import ParseError
from orderpaper.reading.page import read_page
from orderpaper.reading.page_breaks import running_text
from orderpaper.reading.printed import printed_lines, without_bullets
from orderpaper.reading.saved import SavedFile
from orderpaper.records import Parsed
from orderpaper.records.accounting import account
from orderpaper.sources.debate_digest import parse as debate_digest
from orderpaper.sources.inbox.simulated import write
from orderpaper.sources.oral_sitting import parse as oral_sitting
from orderpaper.sources.press_blog import parse as press_blog
from orderpaper.sources.question_listing import parse as question_listing

EXAMPLES = Path(__file__).with_name("examples")
PARSERS = (question_listing, oral_sitting, debate_digest, press_blog)
TEXTS = {
    path.relative_to(EXAMPLES).as_posix(): (parser, read_page(path.read_text(encoding="utf-8")).text)
    for parser in PARSERS
    for path in sorted((EXAMPLES / parser.__name__.split(".")[-2]).glob("*.*"))
    if path.suffix == ".txt" or (path.suffix == ".html" and parser is not press_blog)
}
MARKS = [
    "Page 3 of 7",
    "- 3 -",
    "\n– 3 –\n",
    "\n3/7\n\n\f",
    "\n3 of 7\n\n\f",
    "\n\fhttps://www.example.org/page?id=12 3/7\n\f03/06/2025, 09:12    A saved page\n",
    "Continued overleaf\nPage 3 of 7\n(continued)",
    "12 Nov 2024 : Column 345W",
    "14:52:00\nShare this contribution",
    "Link to this speech",
    "\f",
]
"""Lines that nothing else looks like."""
LIKE_TEXT = ["3", "\n3\n", "\n[3]\n", "\n3/7\n", "3 of 7", "Column 512"]
"""Lines that may also be a word, a row, an item or a note."""
SHORTEST_WRAPPED = 50
"""In characters. A shorter line, such as a label, is not printed on two pages."""


def said(parsed: Parsed) -> list[dict[str, object]]:
    """Return the records with their words folded, without their places."""
    found: list[dict[str, object]] = [{"title": parsed.title, "on": parsed.published_on}]
    for record in parsed.records:
        values = {n: v for n, v in dataclasses.asdict(record).items() if n not in ("char_start", "char_end")}
        found.append({n: " ".join(v.split()) if isinstance(v, str) else v for n, v in values.items()})
    return found


def shown(text: str) -> list[str]:
    return [line.text for line in printed_lines(text)]


def read(name: str, text: str) -> Parsed:
    return account(TEXTS[name][0].parse_text(SavedFile(text).prose))


def places(text: str, mark: str) -> Iterator[str]:
    """Yield a text with a mark below each line, and in the middle of each long one."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        yield "\n".join([*lines[: number + 1], mark, *lines[number + 1 :]])
        words = line.split(" ")
        if len(line) >= SHORTEST_WRAPPED and len(words) > 2:
            half = len(words) // 2
            broken = [" ".join(words[:half]), mark, " ".join(words[half:])]
            yield "\n".join([*lines[:number], *broken, *lines[number + 1 :]])


@shared(one_in=4)
@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("name", TEXTS)
def test_a_mark_in_any_place_leaves_the_records_as_they_are_or_is_refused(name, mark, share):
    text = TEXTS[name][1]
    whole = read(name, text)
    assert whole.refusals == []
    lines = shown(running_text(text))
    for marked in share.of(places(text, mark), name, mark):
        try:
            if shown(running_text(marked)) == lines:
                continue
            parsed = read(name, marked)
        except ParseError:
            continue
        assert parsed.refusals or said(parsed) == said(whole)


@pytest.mark.parametrize("mark", LIKE_TEXT)
@pytest.mark.parametrize("name", TEXTS)
def test_a_number_in_any_place_is_left_out_shown_or_refused_and_takes_no_other_word_with_it(name, mark):
    text = TEXTS[name][1]
    words = text.split()
    for marked in places(text, mark):
        try:
            found = running_text(marked)
        except ParseError as error:
            assert re.match("line [0-9]+: “.*” (?:may be the number|stands at the head) of ", str(error))
            continue
        assert found.split() in (words, marked.split())


@pytest.mark.parametrize("name", TEXTS)
def test_a_mark_after_any_word_takes_no_other_word_with_it(name):
    text = TEXTS[name][1]
    spaces = [match.start() for match in re.finditer(r"(?<=\S) (?=[^\s\d])", text)]
    words = text.split()
    for number, place in enumerate(spaces):
        mark = MARKS[number % len(MARKS)]
        try:
            found = running_text(f"{text[:place]}\n{mark}\n{text[place + 1 :]}")
        except ParseError as error:
            assert "stands at the head of both pages" in str(error)
            continue
        assert found.split() == words


@pytest.mark.parametrize("name", TEXTS)
def test_a_line_keeps_its_number_and_no_line_moves_up(name):
    text = TEXTS[name][1]
    for mark in MARKS[4:7]:
        for marked in places(text, mark):
            try:
                found = running_text(marked)
            except ParseError:
                continue
            assert found.count("\n") == marked.count("\n")
            assert len(found) >= len(marked)


WORDS = (
    "piers locks ports canals bridges quays were are have been repaired visited closed opened by and of in for".split()
)
RNG = random.Random(7)
PARAGRAPHS = [f"The {' '.join(RNG.choices(WORDS, k=55))} them." for _ in range(8)]


def printed(*, head: str = "", foot: str = "", feed: str = "", length: int = 13) -> str:
    """Return a text of some pages, each with a head and a foot. `{}` stands for its number."""
    lines = [line for words in PARAGRAPHS for line in textwrap.wrap(words, 60)]
    pages = [lines[first : first + length] for first in range(0, len(lines), length)]
    return "".join(
        "\n".join([*filter(None, [head.format(number)]), *page, foot.format(number), feed])
        for number, page in enumerate(pages, start=512)
    )


@pytest.mark.parametrize(
    "page",
    [
        {"foot": "\n{}\n"},
        {"foot": "\n[{}]\n"},
        {"foot": "\n{}/940\n"},
        {"foot": "Page {} of 940"},
        {"foot": "- {} -", "head": "Piers and Harbours"},
        {"foot": "Printed for members\nPage {} of 940", "head": "Piers and Harbours {}"},
        {"head": "\nPiers and Harbours\n"},
        {"foot": "\n{}\n", "feed": "\f"},
        {"head": "Piers and Harbours\n", "foot": "\nPrinted for members\n\n{}\n", "feed": "\f"},
        {"foot": "https://example.org/piers {}/940", "head": "03/06/2025, 09:12    Piers", "feed": "\f"},
        {"foot": "Column {}"},
    ],
)
def test_what_each_page_has_above_and_below_it_is_taken_out(page):
    found = " ".join(running_text(f"Piers and Harbours\n\n{printed(**page)}").split())
    first = f"Piers and Harbours {page.get('head', '').format(512)}".split()
    assert found in (" ".join([*first, *PARAGRAPHS]), " ".join([*first[:3], *PARAGRAPHS]))


KEPT = {
    "a table of numbers": "The numbers are in the table below.\n\n2021\n\n12\n\n14\n\n2022\n\n3\n\n4\n\nThey rose.",
    "a table over two pages": "Number of officers in each of the regions\n12\n\f\n14\n\n\f15\n16",
    "rows over two pages": "Officers in the north of England 12\n3\n\fofficers in the south of England 14",
    "a single number": "The number of officers in the region is as follows:\n\n12\n\n\fThe Department has no others.",
    "a number in a narrow column": "The force has\n3\nofficers in\n12\ntowns of\nthe region",
    "items on lines of their own": (
        "We will do three things in the whole of this year and\n\n1\n\nrepair the piers of the north of England, and\n"
        "\n2\n\nrepair the piers of the south of England, and\n\n3\n\npublish what it costs us in each of the years."
    ),
    "the mark of a note": (
        "The costs of repairing a pier are set out in the last report\n\n[3]\n\nand have not changed since then.\n"
        "[3] See the report of 2019."
    ),
    "the mark of a note in a sentence": (
        "The costs of repairing a pier are set out in the last report\n[3]\nand have not changed since then."
    ),
    "cells that count": "Batches of the report on piers:\n\nThurlby\n\n1 of 2\n\nLyde\n\n2 of 2",
    "values at the end": f"{'The Department keeps the number of its staff. ' * 12}\nofficers\n\n1\n\nstaff\n\n2",
    "a year": "The Department has published what it spent on the repair of piers in\n\n2019\n\nand in later years.",
    "times": "The committee met at these times on the day:\n10:00\n14:52:00\n2.30 pm\nand it meets again next week.",
    "times of events": "03/06/2025, 09:12 The pier fell\n03/06/2025, 09:30 It was shut\n04/06/2025, 10:00 It opened",
    "columns of a table": "The table in the report on piers has these columns:\nColumn 10\nColumn 12\n3\n4",
    "links on lines of their own": (
        "The report on piers was written by officials of the\nHome Office\nand was read by other officials of the\n"
        "Home Office\nand then by the Secretary of State."
    ),
    "an answer that is given twice": "\n".join(
        f"{first}\nwe will not hesitate to impose further penalties if the\nperformance of {last} operators does not"
        " improve."
        for first, last in (("I said in May that", "rail"), ("I have written to all of them, and", "bus"))
    ),
    "a word": "The number of officers in that region has since\ncontinued\nto rise in each of the last years.",
    "an address": "The report can be read at\nhttps://www.example.org/report\n\n- 3 -\n\nThe next is due in May.",
}


@pytest.mark.parametrize("name", KEPT)
def test_numbers_and_lines_of_a_text_stay(name):
    words = KEPT[name].replace("- 3 -", "").split()
    assert running_text(KEPT[name]).split() == words


def test_a_single_number_at_a_form_feed_is_refused_below_a_line_that_may_name_it():
    with pytest.raises(ParseError, match="line 3: “12” may be the number of a page or a word of the text"):
        running_text("Number of officers\n\n12\n\n\fThe Department has no others.")


def test_a_line_at_the_head_of_two_pages_may_be_one_of_the_text_and_is_refused():
    text = f"OFFICIAL\n{PARAGRAPHS[0]}\nPage 1 of 2\nOFFICIAL\n{PARAGRAPHS[1]}\nPage 2 of 2"
    with pytest.raises(ParseError, match="line 4: “OFFICIAL” stands at the head of both pages"):
        running_text(text)


@pytest.mark.parametrize("head", ["Written Question", "Asked by: Ann Otter", "Harbours\nThursday 16 May 2024"])
def test_a_label_or_a_heading_of_a_question_on_each_page_stays(head):
    text = "\nPage 1 of 9\n".join(f"{head}\n{paragraph}" for paragraph in PARAGRAPHS)
    assert running_text(text).split() == text.replace("Page 1 of 9", "").split()


@pytest.mark.parametrize(
    "below", ["million pounds on piers", "officers in all", "of them", "Departments of State, and"]
)
def test_a_number_that_may_be_a_word_is_refused(below):
    text = (
        f"In the whole of the last financial year the Government spent\n3\n{below} in every part of the country, and on"
    )
    with pytest.raises(ParseError, match="line 2: “3” may be the number of a page or a word of the text"):
        running_text(f"{text} other things.")


@pytest.mark.parametrize("width", [60, 72, 78, 100])
@pytest.mark.parametrize("name", [name for name in TEXTS if name.endswith(".txt")])
def test_a_wrapped_text_gives_the_same_records_or_is_refused(name, width):
    text = TEXTS[name][1]
    wrapped = "\n".join(line for each in text.split("\n") for line in textwrap.wrap(each, width) or [""])
    try:
        parsed = read(name, wrapped)
    except ParseError:
        return
    assert parsed.refusals or said(parsed) == said(read(name, text))


ADDRESS = "https://hansard.parliament.uk/Commons/2024-11-25/debates/0A1B2C/PoliceNumbers"
PRINTS = {
    "a browser": ("25/11/2024, 14:05 Police Numbers - Hansard\n", f"\n{ADDRESS} {{n}}/{{of}}", ""),
    "a browser with form feeds": ("25/11/2024, 14:05    Police Numbers\n", f"\n{ADDRESS}    {{n}}/{{of}}\n", "\f"),
    "a browser, both above": (f"25/11/2024, 14:05 Police Numbers - Hansard\n{ADDRESS} {{n}}/{{of}}", "", ""),
    "an American browser": ("11/25/24, 2:05 PM Police Numbers\n", f"\n{ADDRESS} {{n}}/{{of}}", ""),
    "numbers at form feeds": ("", "\n\n{n}\n\n", "\f"),
    "form feeds": ("", "", "\f"),
    "Page 1 of 2": ("", "Page {n} of {of}", ""),
    "Page 1": ("", "\nPage {n}\n", ""),
    "1 | Page": ("", "{n} | P a g e", ""),
    "- 1 -": ("", "\n- {n} -\n", ""),
    "1": ("", "\n{n}\n", ""),
    "1 of 2": ("", "\n{n} of {of}\n", ""),
}


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """Return a document of several pages of each kind as a person saves them, with its parser."""
    folder = tmp_path_factory.mktemp("saved")
    texts = [path.read_text() for path in write(folder, seed=2, first=dt.date(2024, 9, 2), last=dt.date(2024, 9, 30))]
    found = [(parser, text) for text in texts for parser in PARSERS if parser.matches(SavedFile(text))]
    return {parser: text for parser, text in found if text.count("\n") > 31 and not text.startswith(("<", "{"))}


@pytest.mark.parametrize("width", [0, 80])
@pytest.mark.parametrize("style", PRINTS)
def test_a_print_of_a_document_gives_the_records_of_the_document_or_is_refused(saved, style, width):
    head, foot, feed = PRINTS[style]
    assert saved.keys() == {*PARSERS}
    for parser, text in saved.items():
        lines = text.split("\n")
        if width:
            lines = [part for line in lines for part in textwrap.wrap(line, width) or [""]]
        pages = [lines[first : first + 31] for first in range(0, len(lines), 31)]
        printed = [
            "\n".join([*filter(None, [head.format(n=n, of=len(pages))]), *page, foot.format(n=n, of=len(pages)), feed])
            for n, page in enumerate(pages, start=1)
        ]
        whole = account(parser.parse_text(SavedFile(text).prose))
        parsed = account(parser.parse_text(SavedFile("".join(printed)).prose))
        # The number of a last page of few lines may be refused.
        assert said(parsed) == said(whole) or len(parsed.refusals) > len(whole.refusals)


@pytest.mark.parametrize("bullet", ["- ", "* ", "• ", "  + "])
@pytest.mark.parametrize("name", TEXTS)
def test_bullets_before_all_lines_are_no_part_of_them(name, bullet):
    lines = [line for line in TEXTS[name][1].split("\n") if line.strip()]
    parsed = read(name, "\n".join(f"{bullet}{line}" for line in lines))
    whole = read(name, "\n".join(lines))
    assert (said(parsed), len(parsed.refusals)) == (said(whole), len(whole.refusals))
    for place in range(0, len(lines), 7):
        listed = "\n".join(
            [*lines[:place], *(f"{bullet}{line}" for line in lines[place : place + 3]), *lines[place + 3 :]]
        )
        assert SavedFile(listed).prose.count(bullet.strip()) == listed.count(bullet.strip())


def test_bullets_are_read_in_time_that_grows_with_the_text():
    for text in ("- a\n" * 50_000, "- " * 100_000, " " * 200_000 + "- a", "- a\n" * 50_000 + "b"):
        start = time.process_time()
        without_bullets(text)
        assert time.process_time() - start < 1
