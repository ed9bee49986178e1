"""The captured page of real oral questions: read whole, and replayed as captured."""

import datetime as dt
import json
from collections import Counter
from pathlib import Path

import pytest

from orderpaper import ingest
from orderpaper.config import Paths
from orderpaper.landing import Window
from orderpaper.records import Document, Question
from orderpaper.simulate.replay import Replay
from orderpaper.simulate.server import serve
from orderpaper.sources.oral_questions.parse import parse


@pytest.fixture(scope="module")
def body(captured: Path) -> bytes:
    return (captured / "oral_questions" / "oralquestions_list_corbyn.json").read_bytes()


def test_twelve_questions_are_read_and_no_text_is_lost(body: bytes) -> None:
    parsed = parse(
        Document(
            document_id="0",
            source="oral_questions",
            kind="list",
            url="",
            media_type="application/json",
            fetched_at=dt.datetime(2026, 7, 21, tzinfo=dt.UTC),
            body=body,
        )
    )
    rows = json.loads(body)["Response"]
    assert len(parsed.records) == len(rows) == 12
    for record, row in zip(parsed.records, rows, strict=True):
        assert isinstance(record, Question)
        assert Counter(record.text.split()) == Counter(row["QuestionText"].split())
        asker = row["AskingMember"]
        assert (record.asked_by_text, record.asked_by_party_text, record.asked_by_constituency_text) == (
            asker["Name"],
            asker["Party"],
            asker["Constituency"],
        )
    assert [record.question_id for record in parsed.records if record.question_type == "topical"] == [271822]
    assert not any(record.is_withdrawn for record in parsed.records), "three were removed unasked; none was withdrawn"


def test_replay_serves_the_questions_of_the_days_asked_for(captured: Path, tmp_path: Path) -> None:
    window = Window(dt.date(2024, 7, 1), dt.date(2024, 12, 31))
    paths = Paths(tmp_path, "replay-0")
    with serve(Replay(captured), shifting_pages=False) as server:
        fetched = ingest.fetch(paths, "oral_questions", window, server.url, "run")
    parsed = ingest.parse(paths, "oral_questions", fetched.manifest)
    assert (parsed.record_counts["question"], parsed.quarantined_count) == (3, 0)
