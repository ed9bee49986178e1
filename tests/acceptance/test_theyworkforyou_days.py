"""Two real sitting days in TheyWorkForYou's XML, 26 and 28 October 2009: every visible word of every file is read."""

import datetime as dt
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from orderpaper.errors import ParseError
from orderpaper.records import Answer, Contribution, Debate, Document, Parsed, Question
from orderpaper.records.accounting import account
from orderpaper.records.types.divisions import Division, Vote
from orderpaper.records.types.written_statements import WrittenStatement
from orderpaper.sources.theyworkforyou.parse import parse

WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}


@pytest.fixture(scope="module")
def files(captured: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((captured / "theyworkforyou").glob("*/*.xml"))}


@pytest.fixture(scope="module")
def newest(files: dict[str, bytes]) -> dict[str, Parsed]:
    return {name: read(name, body) for name, body in files.items() if b'latest="no"' not in body}


def read(name: str, body: bytes) -> Parsed:
    return parse(
        Document(
            document_id="0",
            source="theyworkforyou",
            kind="daily_file",
            url=name,
            media_type="application/xml",
            fetched_at=dt.datetime(2026, 7, 21, tzinfo=dt.UTC),
            body=body,
        )
    )


def of_type(parsed: Parsed, record_type: type) -> list[Any]:
    return [record for record in parsed.records if isinstance(record, record_type)]


def words(text: str) -> Counter[str]:
    """Return the words of a text. Raised and lowered digits are read as digits."""
    return Counter(re.findall(r"\w+", unicodedata.normalize("NFKC", text.translate(WINDOWS)).casefold()))


def taken(record: Any) -> tuple[str | None, ...]:
    """Return the texts of a record that stand in its document."""
    match record:
        case Debate():
            return record.title, record.debate_type_text
        case Contribution():
            return (record.text,)
        case Question():
            return record.text, record.heading, record.answering_body_text
        case Answer() | WrittenStatement():
            return record.text, getattr(record, "heading", None), getattr(record, "answering_body_text", None)
    return ()


def test_every_visible_word_is_in_the_records(files: dict[str, bytes], newest: dict[str, Parsed]) -> None:
    assert len(newest) >= 14
    for name, parsed in newest.items():
        root = etree.fromstring(files[name])
        printed = words("".join(root.itertext()))
        assert not printed - words(" ".join(text for record in parsed.records for text in taken(record) if text)), name


def test_the_accounting_that_runs_in_production_loses_nothing(newest: dict[str, Parsed]) -> None:
    assert sum(len(parsed.pieces) for parsed in newest.values()) > 25_000
    for name, parsed in newest.items():
        assert account(parsed).refusals == [], name


def test_superseded_versions_are_refused_by_the_name_of_the_next(files: dict[str, bytes]) -> None:
    superseded = {name: body for name, body in files.items() if b'latest="no"' in body}
    assert len(superseded) >= 8
    for name, body in superseded.items():
        with pytest.raises(ParseError, match=r"this is version [a-z] of a file, which version [a-z] has replaced"):
            read(name, body)


def test_every_question_and_answer_of_the_written_answers_is_one(
    files: dict[str, bytes], newest: dict[str, Parsed]
) -> None:
    for name in (name for name in newest if re.match("answers|lordswrans", name)):
        text = files[name].decode("latin-1")
        questions, answers = of_type(newest[name], Question), of_type(newest[name], Answer)
        assert [question.uin for question in questions] == re.findall(r'qnum="(\w+)"', text)
        assert len(answers) == text.count("<reply ")
        assert {question.house for question in questions} == {"Lords" if name.startswith("lords") else "Commons"}
        assert all(question.asked_by_text for question in questions)
        assert all(answer.answered_by_text for answer in answers)
        answered = [ordinal for answer in answers for ordinal in answer.question_ordinals]
        assert sorted(answered) == [question.ordinal for question in questions]
        grouped = {question.ordinal for question in questions if question.group_ordinal}
        assert grouped == {n for a in answers if len(a.question_ordinals) > 1 for n in a.question_ordinals}
        cells = sum(record.text.count("\t") for record in [*questions, *answers])
        assert cells >= 0.9 * len(re.findall(r"</td>\s*<td", text)), "a tab between the cells of each row"


def test_every_division_has_every_name(files: dict[str, bytes], newest: dict[str, Parsed]) -> None:
    for name, parsed in newest.items():
        root = etree.fromstring(files[name])
        lists = list(root.iter("mplist", "lordlist"))
        votes = of_type(parsed, Vote)
        assert [vote.printed_name_text for vote in votes] == [
            " ".join(row.text.split()) for listed in lists for row in listed
        ]
        assert [vote.side.replace("_", "-") for vote in votes] == [row.get("vote") for one in lists for row in one]
        assert sum(vote.is_teller for vote in votes) == len(root.findall(".//*[@teller='yes']"))
        for division in of_type(parsed, Division):
            assert (division.announced_aye_count, division.announced_no_count) != (None, None)
        assert not [vote.voter_text for vote in votes if "," in vote.voter_text or "." in vote.voter_text[-2:]]


def test_every_statement_has_its_minister_and_heading(files: dict[str, bytes], newest: dict[str, Parsed]) -> None:
    for name in (name for name in newest if re.match("ministerial|lordswms", name)):
        statements = of_type(newest[name], WrittenStatement)
        assert len(statements) == files[name].count(b"<speech ") > 0
        assert all(statement.made_by_text and statement.heading for statement in statements)
        is_lords = name.startswith("lords")
        assert {statement.house for statement in statements} == {"Lords" if is_lords else "Commons"}
        assert is_lords or all(statement.answering_body_text and statement.post_text for statement in statements)
