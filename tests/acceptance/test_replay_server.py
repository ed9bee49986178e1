"""Replay of the captured real payloads, over HTTP."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from orderpaper.simulate.replay import Replay
from orderpaper.simulate.server import serve

QUESTIONS = "/api/writtenquestions/questions"
NOVEMBER = {"tabledWhenFrom": "2024-11-01", "tabledWhenTo": "2024-11-20"}


@pytest.fixture(scope="module")
def url(captured: Path) -> Iterator[str]:
    with serve(Replay(captured), shifting_pages=False) as server:
        yield server.url


def rows(url: str, **query: str) -> list[dict]:
    found: list[dict] = []
    total = 1
    while len(found) < total:
        page = requests.get(
            url + QUESTIONS, params={**query, "take": "100", "skip": str(len(found))}, timeout=10
        ).json()
        total = page["totalResults"]
        found += [result["value"] for result in page["results"]]
    return found


def test_the_rows_of_november_are_served_as_captured(url: str, captured: Path) -> None:
    file = json.loads((captured / "written_questions" / "2024-11.json").read_text())
    served = rows(url, **NOVEMBER)
    assert len(file) == len(served) == 3197
    different = [(row, item["value"]) for row, item in zip(served, file, strict=True) if row != item["value"]]
    assert len(different) == 11, "the questions that were reworded between the capture of list and text"
    assert all(row | {"questionText": ""} == as_captured | {"questionText": ""} for row, as_captured in different)


def test_1881_of_them_are_answered_and_no_other_answers_were_captured(url: str) -> None:
    answered = rows(url, **NOVEMBER, answered="Answered")
    assert len(answered) == 1881
    by_window = rows(url, answeredWhenFrom="2024-11-01", answeredWhenTo="2024-11-20")
    tabled = {row["id"] for row in by_window if row["dateTabled"] >= NOVEMBER["tabledWhenFrom"]}
    assert tabled == {row["id"] for row in answered}


def test_details_are_whole_and_no_detail_contradicts_its_row(url: str, captured: Path) -> None:
    texts = [json.loads(line) for line in (captured / "written_questions" / "2024-11.fulltext.jsonl").open()]
    by_id = {row["id"]: row for row in rows(url, **NOVEMBER)}
    session = requests.Session()
    for text in (text for text in texts if text["id"] in by_id):
        detail = session.get(f"{url}{QUESTIONS}/{text['id']}", timeout=10).json()["value"]
        row = by_id[text["id"]]
        assert detail["questionText"] == text["question_text"]
        assert detail["dateAnswered"] == row["dateAnswered"]
        is_final = row["answerText"] is not None and not row["answerIsHolding"]
        assert detail["answerText"] == (text["answer_text"] if is_final else row["answerText"])


def test_the_ninety_captured_details_are_found_both_ways(url: str, captured: Path) -> None:
    packet = json.loads((captured / "written_questions" / "detail_payloads.json").read_text())
    payloads = [record["detail_payload"]["value"] for record in packet["records"]]
    assert len(payloads) == 90
    files = (captured / "written_questions").glob("20??-??.json")
    listed = {item["value"]["id"] for file in files for item in json.loads(file.read_text())}
    for value in payloads:
        by_number = requests.get(f"{url}{QUESTIONS}/{value['dateTabled'][:10]}/{value['uin']}", timeout=10)
        by_id = requests.get(f"{url}{QUESTIONS}/{value['id']}", timeout=10)
        assert by_number.status_code == by_id.status_code
        # A question that stands in a captured list too must not contradict it.
        assert value["id"] in listed or by_id.json()["value"] == value
    assert len([value for value in payloads if value["id"] not in listed]) >= 80


def test_650_members_are_found(url: str) -> None:
    found: set[int] = set()
    for skip in range(0, 660, 20):
        page = requests.get(f"{url}/api/Members/Search", params={"House": 1, "skip": skip}, timeout=10).json()
        assert page["totalResults"] == 650
        found |= {item["value"]["id"] for item in page["items"]}
    assert len(found) == 650
    asked = {row["askingMemberId"] for row in rows(url, **NOVEMBER)}
    assert asked <= found
