"""A number alone between two sentences may be that of a page or a note. It is never taken for a word of the text."""

import dataclasses
import time

import pytest
from test_page_breaks import TEXTS, read

from orderpaper.errors import ParseError
from orderpaper.reading.lines import Line, content_lines, refuse_loose_number

NUMBERS = ["3", "[3]", "(12)", "\n3\n"]


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("name", TEXTS)
def test_a_number_between_two_sentences_is_in_no_record(name, number):
    lines = TEXTS[name][1].split("\n")
    for place in range(1, len(lines)):
        above, below = lines[place - 1].strip(), lines[place].strip()
        if not (above.endswith((".", "?")) and below[:1].isupper() and below.endswith((".", "?"))):
            continue
        try:
            parsed = read(name, "\n".join([*lines[:place], number, *lines[place:]]))
        except ParseError as error:
            assert "line " in str(error)
            continue
        texts = [value for record in parsed.records for value in dataclasses.asdict(record).values()]
        kept = [text for text in texts if isinstance(text, str) and number.strip() in map(str.strip, text.split("\n"))]
        assert not kept
        assert any(number.strip() in refusal.text for refusal in parsed.refusals)


@pytest.mark.parametrize(
    "text",
    [
        "We mend piers.\n1\nWe mend nets.\n2\nWe mend sails.",
        "We mend piers.\n[1]\nWe mend nets.\n[1] As of May.",
        "We have sold:\n3\nWe mend nets.",
        "The sum of piers is\n3\nWe mend nets.",
    ],
)
def test_a_number_that_counts_an_item_or_names_a_note_is_text(text):
    refuse_loose_number(content_lines(text))


def test_numbers_are_read_in_time_that_grows_with_the_text():
    lines = content_lines("We mend.\n3\n4\nWe sell.\n(5) A note.\n" * 20_000 + "9" * 200_000)
    start = time.process_time()
    refuse_loose_number(lines)
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("text", "is_row"),
    [
        ("Leeds 1,200", True),
        ("Leeds 12.", True),
        ("Leeds n/a", True),
        ("Leeds £3 million", True),
        ("Leeds 12 of 30 sites", False),
        ("9" * 200_000 + " of words", False),
        ("1," * 100_000 + " of words", False),
    ],
    ids=["number", "full stop", "no number", "sum", "words", "digits without end", "commas without end"],
)
def test_the_end_of_a_row_is_its_last_number_however_long_the_line_is(text, is_row):
    """With a search from the first digit, the last two would take minutes."""
    assert Line(1, text, 0, len(text)).is_row is is_row
