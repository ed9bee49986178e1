"""A real day of Hansard in TheyWorkForYou's XML: 26 October 2009, Home Office questions first."""

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from orderpaper.records import Answer, Contribution, Debate, Document, Parsed, Question
from orderpaper.sources.theyworkforyou.parse import parse

GROUPED = [["295129", "295131"], ["295133", "295134"]]
"""Numbers of the questions that one answer was given to, read from the day by hand."""
TOPICAL = [f"2951{number}" for number in (50, 51, 52, 53, 57, 55, 58, 56, 59)]
"""In the order in which they were put, which is not that of their numbers."""


@pytest.fixture(scope="module")
def body(captured: Path) -> bytes:
    return (captured / "hansard" / "debates2009-10-26b.xml").read_bytes()


@pytest.fixture(scope="module")
def parsed(body: bytes) -> Parsed:
    return parse(
        Document(
            document_id="0",
            source="theyworkforyou",
            kind="day",
            url="/pwdata/scrapedxml/debates/debates2009-10-26b.xml",
            media_type="application/xml",
            fetched_at=dt.datetime(2026, 7, 21, tzinfo=dt.UTC),
            body=body,
        )
    )


def of_type(parsed: Parsed, record_type: type) -> list[Any]:
    return [record for record in parsed.records if isinstance(record, record_type)]


def characters(*texts: str) -> Counter[str]:
    return Counter("".join("".join(texts).split()))


def test_every_word_of_the_day_is_in_the_records(body: bytes, parsed: Parsed) -> None:
    root = ElementTree.fromstring(body)
    turns = of_type(parsed, Contribution)
    spoken = ["".join(speech.itertext()) for speech in root.iter("speech")]
    divisions = [turn.text for turn in turns if turn.text.startswith("Division ")]
    assert characters(*(turn.text for turn in turns if turn.text not in divisions)) == characters(*spoken)
    assert len(turns) == len(spoken) + len(divisions) == 472
    (printed,) = (["".join(name.itertext()) for name in division.iter("mpname")] for division in root.iter("division"))
    assert len(printed) == 408
    assert not characters(*printed) - characters(*divisions)
    headings = {
        " ".join("".join(element.itertext()).split()).casefold() for element in root if element.tag.endswith("-heading")
    }
    kept = {
        (text or "").casefold()
        for debate in of_type(parsed, Debate)
        for text in (debate.title, debate.debate_type_text)
    }
    assert headings <= kept


def test_questions_are_grouped_as_hansard_has_them(parsed: Parsed) -> None:
    questions = {question.ordinal: question for question in of_type(parsed, Question)}
    tabled = [question for question in questions.values() if question.uin]
    assert len(tabled) == 15 + 9
    assert [question.uin for question in tabled if question.question_type == "topical"] == TOPICAL
    assert {question.answering_body_text for question in tabled} == {"HOME DEPARTMENT"}
    answers = [[questions[ordinal].uin for ordinal in a.question_ordinals] for a in of_type(parsed, Answer)]
    assert [uins for uins in answers if len(uins) > 1] == GROUPED
    assert sorted(uin for uins in answers for uin in uins if uin) == sorted(question.uin for question in tabled)
    grouped = [question.uin for question in tabled if question.group_ordinal]
    assert grouped == [uin for uins in GROUPED for uin in uins]


def test_the_urgent_question_of_the_day_is_one(parsed: Parsed) -> None:
    (urgent,) = (question for question in of_type(parsed, Question) if question.question_type == "debate")
    assert urgent.heading == "Territorial Army"
    assert urgent.text.startswith("To ask the Secretary of State for Defence")


def test_nobody_is_said_to_have_said_what_happened(body: bytes, parsed: Parsed) -> None:
    nameless = [s for s in ElementTree.fromstring(body).iter("speech") if s.get("nospeaker") == "true"]
    turns = of_type(parsed, Contribution)
    happened = [turn for turn in turns if turn.role == "proceeding"]
    assert len(happened) == len(nameless) + 1, "and the division"
    assert not any(turn.speaker_text or turn.speaker_post_text for turn in happened)
    assert all(turn.speaker_text or turn.speaker_post_text for turn in turns if turn not in happened)
