"""The captured real contributions of Hansard: read whole, each word in a record, each speaker split right."""

import datetime as dt
import json
import re
from collections import Counter
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from orderpaper.enrichment.people.attribution import split_attribution
from orderpaper.records import Contribution, Debate, Document, Parsed, Question
from orderpaper.sources.hansard.parse import parse
from orderpaper.sources.hansard.replayed import item

PARTIES = {
    "Labour": "Lab",
    "Labour (Co-op)": "Lab/Co-op",
    "Conservative": "Con",
    "Liberal Democrat": "LD",
    "Scottish National Party": "SNP",
    "Democratic Unionist Party": "DUP",
    "Sinn Féin": "SF",
    "Independent": "Ind",
    "Reform UK": "Reform",
    "Green Party": "Green",
    "Plaid Cymru": "PC",
    "Social Democratic & Labour Party": "SDLP",
}


@pytest.fixture(scope="module")
def capture(captured: Path) -> dict[str, Any]:
    return json.loads((captured / "hansard" / "corbyn_spoken.json").read_text())


@pytest.fixture(scope="module")
def debates(capture: dict[str, Any]) -> dict[str, tuple[list[dict], Parsed]]:
    """The captured contributions of each debate, and what is read from the payload that they belong to."""
    found = {}
    for entry in capture["debate_reconciliation"]:
        overview = entry["debate_overview"]
        records = [r for r in capture["records"] if r["debate_external_id"] == overview["ExtId"]]
        payload = {"Overview": overview, "Navigator": [], "Items": [item(r) for r in records], "ChildDebates": []}
        found[overview["ExtId"]] = records, parse(document(payload))
    return found


def document(payload: dict[str, Any]) -> Document:
    return Document(
        document_id="0",
        source="hansard",
        kind="debate",
        url="",
        media_type="application/json",
        fetched_at=dt.datetime(2026, 7, 21, tzinfo=dt.UTC),
        body=json.dumps(payload).encode(),
    )


def characters(text: str) -> Counter[str]:
    """Every character of a text but white space, its markup left out."""
    return Counter("".join(unescape(re.sub(r"<[^>]*>", "", text)).split()))


def test_all_306_contributions_are_read_and_no_text_is_lost(debates: dict[str, tuple[list[dict], Parsed]]) -> None:
    assert len(debates) == 202
    count = 0
    for records, parsed in debates.values():
        turns = [record for record in parsed.records if isinstance(record, Contribution)]
        assert {type(record) for record in parsed.records} <= {Debate, Contribution, Question}, "no drift, no answers"
        printed = characters("".join(record["full_text"] for record in records))
        assert characters("".join(turn.text for turn in turns)) == printed
        assert parsed.published_on == dt.date.fromisoformat(records[0]["sitting_date"])
        count += len(records)
    assert count == 306


def test_words_are_not_split_or_joined_where_a_column_ends(debates: dict[str, tuple[list[dict], Parsed]]) -> None:
    for records, parsed in debates.values():
        words = Counter(
            word for record in parsed.records if isinstance(record, Contribution) for word in record.text.split()
        )
        plain = [re.sub(r"<(?!/?Question)[^>]*>", "", record["full_text"]) for record in records]
        assert words == Counter(word for text in plain for word in unescape(re.sub(r"<[^>]*>", " ", text)).split())


def test_the_questions_of_the_order_paper_and_the_urgent_one_are_questions(
    debates: dict[str, tuple[list[dict], Parsed]],
) -> None:
    questions = [record for _, parsed in debates.values() for record in parsed.records if isinstance(record, Question)]
    openings = sorted((question.question_type, " ".join(question.text.split()[:2])) for question in questions)
    assert openings == [
        ("debate", "To ask"),
        ("oral", "If he"),
        ("oral", "What assessment"),
        ("oral", "Whether he"),
        ("oral", "Whether he"),
        ("oral", "Whether he"),
    ]


def test_whoever_does_not_answer_asks(debates: dict[str, tuple[list[dict], Parsed]]) -> None:
    """Parliament counts each captured turn of a statement, an urgent question or question time as a question."""
    roles: Counter[str] = Counter()
    for records, parsed in debates.values():
        (debate,) = (record for record in parsed.records if isinstance(record, Debate))
        if debate.debate_type_text in ("Statement", "Urgent Question", "Oral Answers to Questions"):
            counts = records[0]["member_index_item"]["value"]
            assert not any(
                counts[key] for key in ("answerCount", "interventionCount", "speechCount", "statementsCount")
            )
            roles.update(record.role for record in parsed.records if isinstance(record, Contribution))
    assert roles == {"question": 6, "supplementary": 100}


SHAPES = {
    "name": (91, ("name",)),
    "name (two words) (one word)": (197, ("name", "constituency", "party")),
    "name (two words) (two words)": (18, ("name", "constituency", "party")),
}
"""Every shape of the captured attributions → how many have it, and what its parts are, told by reading them."""


def test_every_captured_attribution_is_split_right(capture: dict[str, Any]) -> None:
    shapes: Counter[str] = Counter()
    words = {1: "one word", 2: "two words"}
    for record in capture["records"]:
        attributed = record["attributed_to"]
        brackets = re.findall(r"\(([^)]*)\)", attributed)
        shape = " ".join(["name", *(f"({words[len(bracket.split())]})" for bracket in brackets)])
        shapes[shape] += 1
        found = split_attribution(attributed)
        name = attributed.partition(" (")[0]
        expected = dict(zip(SHAPES[shape][1], [name, *brackets], strict=True))
        parts = {part: getattr(found, part) for part in ("name", "constituency", "party", "post", "note")}
        assert {part: text for part, text in parts.items() if text} == expected
        assert not found.is_chair
    assert shapes == {shape: count for shape, (count, _) in SHAPES.items()}
    assert shapes.total() == 306


def test_the_650_members_of_a_register_are_split_right(captured: Path) -> None:
    members = json.loads((captured / "members" / "current_mps_2024-10-29.json").read_text())
    split = 0
    for member in members:
        name, seat, party = (
            member["nameDisplayAs"],
            member["membershipFrom"],
            PARTIES.get(member["party"], member["party"]),
        )
        found = split_attribution(f"{name} ({seat}) ({party})")
        if not found.is_chair:
            assert (found.name, found.constituency, found.party, found.post) == (name, seat, party, None)
            split += 1
        assert split_attribution(name).name == name
    assert split == len(members) == 650


def test_the_office_holders_of_a_real_day_are_split_right(captured: Path) -> None:
    text = (captured / "hansard" / "debates2009-10-26b.xml").read_bytes()
    speeches = ElementTree.fromstring(text).iter("speech")
    offices = {(s.get("speakeroffice"), s.get("speakername")) for s in speeches if s.get("speakeroffice")}
    assert len(offices) > 5
    for office, name in offices:
        found = split_attribution(f"{office} ({name})")
        assert (found.post, found.name, found.constituency, found.party) == (office, name, None, None)
