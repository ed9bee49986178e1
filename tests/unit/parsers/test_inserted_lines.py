"""A line that stands anywhere in a listing or a sitting is in a record, refused or left out, and costs no other line.

`test_nothing_vanishes` has the same of saved posts and digests.
"""

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orderpaper.errors import ParseError
from orderpaper.reading.dates import read_day
from orderpaper.reading.page import read_page
from orderpaper.reading.printed import printed_lines
from orderpaper.records import Answer, Parsed, Question, Record
from orderpaper.records.accounting import account
from orderpaper.sources.debate_digest import parse as debate_digest
from orderpaper.sources.oral_sitting import parse as oral_sitting
from orderpaper.sources.press_blog import parse as press_blog
from orderpaper.sources.question_listing import parse as question_listing

EXAMPLES = Path(__file__).with_name("examples")
TEXTS = {
    path.name: (parser, read_page(path.read_text(encoding="utf-8")).text)
    for parser, folder in ((question_listing, "question_listing"), (oral_sitting, "oral_sitting"))
    for path in sorted((EXAMPLES / folder).glob("*.*"))
    if path.suffix in (".txt", ".html")
}
LINES = [
    "Ministers paid £7,654 million for quinces.",
    "The quinces were bought for these reasons:",
    "(a) quinces",
    "Quinces of Thurlby",
    "Quince Thurlby",
    "Quince Thurlby (Labour - Ely)",
    "Quince\t5,000",
    "UIN 12345",
    "Written Question",
    "Written Questions",
    "Asked by: Quince Thurlby (Labour - Ely)",
    "Asked by Quince Thurlby",
    "Tabled by: Quince Thurlby (Labour - Ely)",
    "Question",
    "Question to the Quince Office:",
    "To ask the Secretary of State, why quinces.",
    "Answered by Quince Thurlby - Minister",
    "Answered by quince.",
    "What steps he is taking to grow quinces.",
    "T1. What steps she is taking to grow quinces. (901999)",
    "Topical Quinces",
    "My hon.",
    "16 May 2019",
    "Thursday 16th May 2019",
    "05/06/2019",
    "16 May 19",
    "Quinces of 16 May 2019",
    "Volume 763: debated on Thursday 16 May 2019",
    "debated on quinces",
    "Skip to main content",
    "Search",
    "Receive notifications of quinces to your inbox",
    "Receive notifications of quinces, which cost £3 million.",
    "Keep up to date with our quince alerts",
    "View sample alert",
    "Hansard",
    "© Quince Watch 2019",
    "Contact us",
    "Cookies",
    "Next page",
]
MARKS = ["", "", "\N{ZERO WIDTH SPACE}", "\ufeff", "\N{RIGHT-TO-LEFT MARK}"]


def values(record: Record) -> list[str]:
    found = (getattr(record, field.name) for field in dataclasses.fields(record))
    return [" ".join(str(value).split()) for value in found if value is not None]


def vars_of(record: Record) -> dict[str, str]:
    return {name: value for name, value in dataclasses.asdict(record).items() if isinstance(value, str)}


def lost_lines(parsed: Parsed, left_out: dict[str, str]) -> Iterator[str]:
    """Yield each line that is in no passage and no refusal, and whose words are not those of one record."""
    passages = [(start, r.char_end) for r in parsed.records if (start := getattr(r, "char_start", None)) is not None]
    refused = Counter(line.text for refusal in parsed.refusals for line in printed_lines(refusal.text))
    for line in printed_lines(parsed.text):
        if refused[line.text] or any(start <= line.start and line.end <= end for start, end in passages):
            continue
        words = line.text
        for pattern in left_out:
            words = re.sub(pattern, "", words).strip(" :")
        parts = [part for part in re.split(r" \(| - |\)$|: ", words) if re.search(r"\w", part)]
        day = read_day(words)
        forms = [[words], parts, [str(day.date)]] if day and day.date else [[words], parts]
        if not any(
            all(any(part in value for value in values(record)) for part in form)
            for record in parsed.records
            for form in forms
        ):
            yield line.text


def counted(parsed: Parsed) -> tuple[int, int]:
    return tuple(sum(isinstance(record, kind) for record in parsed.records) for kind in (Question, Answer))


@pytest.mark.parametrize("name", TEXTS)
def test_no_line_of_an_example_is_lost(name):
    parser, text = TEXTS[name]
    parsed = account(parser.parse_text(text))
    assert (list(lost_lines(parsed, parser.LEFT_OUT)), parsed.refusals) == ([], [])


@settings(max_examples=300, derandomize=True)
@given(st.sampled_from(sorted(TEXTS)), st.sampled_from(LINES), st.sampled_from(MARKS), st.integers(0, 60))
def test_an_inserted_line_does_not_vanish_and_costs_no_other(name, inserted, mark, place):
    parser, text = TEXTS[name]
    lines = text.split("\n")
    place %= len(lines) + 1
    try:
        parsed = account(parser.parse_text("\n".join([*lines[:place], mark + inserted, *lines[place:]])))
    except ParseError:
        return
    assert list(lost_lines(parsed, parser.LEFT_OUT)) == []
    whole = parser.parse_text(text)
    kept = "".join("".join(v.split()) for r in parsed.records for v in values(r))
    kept += "".join("".join(refusal.text.split()) for refusal in parsed.refusals)
    for record in whole.records:
        if isinstance(record, Question | Answer):
            assert "".join(record.text.split("\n")[0].split()) in kept
    if not parsed.refusals:
        assert all(found >= expected for found, expected in zip(counted(parsed), counted(whole), strict=True))


@pytest.mark.parametrize("name", [name for name in TEXTS if TEXTS[name][0] is question_listing])
def test_a_line_that_is_missing_costs_no_question_and_no_answer_silently(name):
    parser, text = TEXTS[name]
    whole = counted(parser.parse_text(text))
    lines = text.split("\n")
    for place in range(len(lines)):
        try:
            parsed = account(parser.parse_text("\n".join([*lines[:place], *lines[place + 1 :]])))
        except ParseError:
            continue
        if not parsed.refusals:
            assert counted(parsed) == whole, f"without “{lines[place]}”"


ALL_TEXTS = {
    path.relative_to(EXAMPLES).as_posix(): (parser, read_page(path.read_text(encoding="utf-8")).text)
    for parser, folder in (
        (question_listing, "question_listing"),
        (oral_sitting, "oral_sitting"),
        (debate_digest, "debate_digest"),
        (press_blog, "press_blog"),
    )
    for path in sorted((EXAMPLES / folder).glob("*.*"))
    if path.suffix == ".txt" or (path.suffix == ".html" and folder != "press_blog")
}


@pytest.mark.parametrize("name", ALL_TEXTS)
def test_a_line_that_stands_again_in_any_place_does_not_vanish(name):
    parser, text = ALL_TEXTS[name]
    lines = text.split("\n")
    texts = [getattr(record, "text", "") for record in parser.parse_text(text).records]
    again = max((line for each in texts for line in each.split("\n")), key=len)
    for place in range(len(lines) + 1):
        shown = "\n".join([*lines[:place], again, *lines[place:]])
        try:
            parsed = account(parser.parse_text(shown))
        except ParseError:
            continue
        spans = [(start, r.char_end) for r in parsed.records if (start := getattr(r, "char_start", None)) is not None]
        refused = "\n".join(refusal.text for refusal in parsed.refusals).count(again)
        beside = [
            match.start()
            for match in re.finditer(re.escape(again), parsed.text)
            if not any(start <= match.start() and match.end() <= end for start, end in spans)
        ]
        others = [value for record in parsed.records for name, value in vars_of(record).items() if name != "text"]
        kept = refused + sum(again in value for value in [parsed.title or "", *others])
        assert len(beside) <= kept, f"above “{lines[place] if place < len(lines) else ''}”"
