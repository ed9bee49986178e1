"""A listing is read as the same questions in whatever form a site, a table or Markdown prints its labels."""

import datetime as dt
import itertools
import time

import pytest

from orderpaper.errors import ParseError
from orderpaper.reading.saved import SavedFile
from orderpaper.records import Answer, Question
from orderpaper.records.accounting import account
from orderpaper.sources.question_listing.parse import matches, parse_text

TOPICS = ["Ferries", "Piers", "Nets"]
BLOCK = """Written Question
{topic}: Repairs
Monday 4 November 2024
Asked by: Mair Llwyd (Plaid Cymru - Ynys Dawel)
Question to the Department for Transport:
To ask the Secretary of State for Transport, what sums she has set aside for {lower}.
Answered by Bo Sand - Minister of State (Department for Transport)
We have set aside £3 million for {lower}.
1. To ask for less would be wrong.
Date: the sum is that of May.
"""
FORMS = {
    "Q.": [("To ask the", "Q. To ask the"), ("We have", "A. We have")],
    "Q:": [("To ask the", "Q: To ask the")],
    "Q1.": [("To ask the", "Q1. To ask the"), ("We have", "A1. We have")],
    "number": [("To ask the", "1. To ask the")],
    "question below its label": [
        ("Question to the Department for Transport:\n", "Question to the Department for Transport:\nQuestion\n")
    ],
    "answer above its label": [("Answered by", "Answer\nAnswered by")],
    "question beside its label": [("Transport:\nTo ask", "Transport: To ask")],
    "tabs": [
        ("Asked by: ", "Asked by:\t"),
        ("Transport:\nTo ask", "Transport:\tTo ask"),
        ("Answered by ", "Answered by:\t"),
    ],
    "cells": [
        ("Asked by: ", "Asked by\t"),
        ("Question to the Department for Transport:", "Question to\tDepartment for Transport"),
    ],
    "cells in one row": [
        ("Question to the Department for Transport:\nTo ask", "Question to the Department for Transport\tTo ask")
    ],
    "day": [("Monday 4 Nov", "Date: Monday 4 Nov")],
    "day of the answer": [("Monday 4 Nov", "Date answered: Monday 4 Nov")],
    "answered on": [("Monday 4 Nov", "Answered on Monday 4 Nov")],
    "day in a cell": [("Monday 4 Nov", "Date\tMonday 4 Nov")],
    "day below the answerer": [
        ("Monday 4 November 2024\n", ""),
        ("Transport)\nWe", "Transport)\nAnswered on: 4 November 2024\nWe"),
    ],
    "day alone below the answerer": [
        ("Monday 4 November 2024\n", ""),
        ("Transport)\nWe", "Transport)\n4 November 2024\nWe"),
    ],
    "bare marker": [("Written Question\n", "Question\n")],
    "numbered marker": [("Written Question\n", "{number}. Written Question\n")],
    "numbered heading": [("Written Question\n", ""), ("{topic}:", "{number}. {topic}:")],
    "heading twice": [("{topic}: Repairs\n", "{topic}: Repairs\n{topic}: Repairs\n")],
    "strong labels in a list": [
        ("Asked by:", "- **Asked by:**"),
        ("Question to the Department for Transport:", "- **Question to the Department for Transport:**"),
        ("Answered by", "* **Answered by**"),
        ("Monday 4", "- **Date:** Monday 4"),
    ],
}
"""Each form, as what is replaced in each question."""


def listing(*forms: str, count: int = 3) -> str:
    block = BLOCK
    for old, new in itertools.chain.from_iterable(FORMS[form] for form in forms):
        assert old in block
        block = block.replace(old, new)
    blocks = [
        block.format(topic=topic, lower=topic.lower(), number=n) for n, topic in enumerate(TOPICS[:count], start=1)
    ]
    return "\n".join(blocks)


def read(text: str) -> list[tuple[object, ...]]:
    assert matches(SavedFile(text))
    parsed = account(parse_text(text))
    assert parsed.refusals == []
    found: list[tuple[object, ...]] = []
    for each in parsed.records:
        if isinstance(each, Question):
            asker = each.asked_by_text, each.asked_by_party_text, each.asked_by_constituency_text
            found.append((each.heading, each.text, each.answering_body_text, *asker))
        elif isinstance(each, Answer):
            found.append((each.text, each.answered_on, each.answered_by_text, each.answered_by_post_text))
            assert each.text == parsed.text[each.char_start : each.char_end]
    return found


PLAIN = read(listing())


def test_the_plain_form():
    assert PLAIN[:2] == [
        (
            "Ferries: Repairs",
            "To ask the Secretary of State for Transport, what sums she has set aside for ferries.",
            "Department for Transport",
            "Mair Llwyd",
            "Plaid Cymru",
            "Ynys Dawel",
        ),
        (
            "We have set aside £3 million for ferries.\n1. To ask for less would be wrong.\n"
            "Date: the sum is that of May.",
            dt.date(2024, 11, 4),
            "Bo Sand",
            "Minister of State (Department for Transport)",
        ),
    ]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("count", [1, 2, 3])
def test_each_form_is_the_same_listing(form, count):
    found = read(listing(form, count=count))
    if form == "numbered heading" and count == 1:  # One number counts nothing.
        found[0] = (PLAIN[0][0], *found[0][1:])
    assert found == PLAIN[: 2 * count]


@pytest.mark.parametrize(("one", "other"), [*itertools.combinations(FORMS, 2)])
def test_two_forms_are_the_same_listing_or_refused(one, other):
    try:
        text = listing(one, other)
    except AssertionError:
        return  # Both forms are of the same label.
    try:
        parsed = account(parse_text(text))
    except ParseError as error:
        assert "line " in str(error)
        return
    plain = [" ".join(str(words).split()) for record in PLAIN for words in record]
    for record in parsed.records:
        assert " ".join((record.text or "").split()) in plain


@pytest.mark.parametrize("heading", ["2 Harbours: Repairs", "1. Ferries", "3) Piers"])
def test_numbers_that_do_not_count_the_questions_stay(heading):
    found = read(listing().replace("Ferries: Repairs", heading).replace("Written Question\n", ""))
    assert found[0][0] == heading


def test_forms_are_read_in_time_that_grows_with_the_text():
    for line in (
        "Question to the " + "a " * 100_000,
        "Q. " * 60_000,
        "Date: " * 30_000,
        "Question\n" * 20_000,
        "\t" * 200_000,
    ):
        text = f"{line}\n{BLOCK}"
        start = time.process_time()
        try:
            matches(SavedFile(text))
            parse_text(text)
        except ParseError as error:
            assert str(error)
        assert time.process_time() - start < 4
