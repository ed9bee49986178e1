"""Real payloads of the questions APIs: every one is read, and every visible word of it is in its records."""

import dataclasses
import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from orderpaper.records import Answer, Document, Drift, Parsed, Question
from orderpaper.sources.oral_questions.parse import parse as parse_oral
from orderpaper.sources.written_questions.parse import parse as parse_written

NO_TEXT = {"fileType", "PhotoUrl", "PartyColour", "Status", "ListAs"}
"""Strings of a payload that nobody reads: colours, kinds of file, a name in another order."""
A_TIME = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+")


def texts(value: Any) -> Iterator[str]:
    """Every string of a payload that a reader of the site sees."""
    if isinstance(value, dict):
        yield from (text for key, item in value.items() if key not in NO_TEXT for text in texts(item))
    elif isinstance(value, list):
        yield from (text for item in value for text in texts(item))
    elif isinstance(value, str) and not A_TIME.fullmatch(value):
        yield value


def characters(parts: Iterator[str]) -> Counter[str]:
    """Every character of some texts but white space, their markup left out."""
    return Counter(character for part in parts for character in "".join(unescape(re.sub(r"<[^>]*>", "", part)).split()))


def kept(parsed: Parsed) -> Iterator[str]:
    """Every text of the records, once: not the markup beside it."""
    for record in parsed.records:
        assert not isinstance(record, Drift), f"{record.field_path} is not known"
        for field in dataclasses.fields(record):
            if field.name not in ("html", "question_type", "grouped_with"):
                yield from texts(getattr(record, field.name))


def read(parse: Any, payload: Any) -> Parsed:
    return parse(
        Document(
            document_id="0",
            source="",
            kind="",
            url="",
            media_type="application/json",
            fetched_at=dt.datetime(2026, 7, 21, tzinfo=dt.UTC),
            body=json.dumps(payload).encode(),
        )
    )


@pytest.fixture(scope="module")
def details(captured: Path) -> list[dict[str, Any]]:
    packet = json.loads((captured / "written_questions" / "detail_payloads.json").read_text())
    return [record["detail_payload"] for record in packet["records"]]


def test_no_text_of_the_90_details_is_lost(details: list[dict[str, Any]]) -> None:
    assert len(details) == 90
    for payload in details:
        parsed, value = read(parse_written, payload), payload["value"]
        (question,) = (record for record in parsed.records if isinstance(record, Question))
        answers = [record for record in parsed.records if isinstance(record, Answer)]
        assert len(answers) == (value["dateAnswered"] is not None)
        grouped = {"groupedQuestions": None, "groupedQuestionsDates": None}
        assert characters(kept(parsed)) == characters(texts(value | grouped)), value["uin"]
        assert len(question.grouped_with) == len(value["groupedQuestionsDates"])
        assert characters(iter([question.text])) == characters(iter([value["questionText"]]))
        assert characters(answer.text for answer in answers) == characters(iter([value["answerText"] or ""]))


def test_no_text_of_the_12_oral_questions_is_lost(captured: Path) -> None:
    payload = json.loads((captured / "oral_questions" / "oralquestions_list_corbyn.json").read_text())
    assert len(payload["Response"]) == 12
    for row in payload["Response"]:
        parsed = read(parse_oral, payload | {"Response": [row]})
        (question,) = parsed.records
        assert isinstance(question, Question)
        # The API names the House nowhere, and prints of the minister who is to answer more than the name.
        found = characters(kept(parsed)) - characters(iter(["Commons", question.uin or ""]))
        minister = row["AnsweringMinister"] and {"Name": row["AnsweringMinister"]["Name"]}
        assert found == characters(texts(row | {"AnsweringMinister": minister}))
