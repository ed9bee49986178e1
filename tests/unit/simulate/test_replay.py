"""Replay of a capture, here a small one in the layout of real ones."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from asking import QUESTIONS, Asker, window

from orderpaper.errors import ConfigError
from orderpaper.simulate import DEFAULT_FROM, DEFAULT_TO
from orderpaper.simulate.__main__ import main
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.question_window import Window
from orderpaper.simulate.replay import Replay
from orderpaper.simulate.server import serve
from orderpaper.simulate.sittings import Span
from orderpaper.sources.members.simulated.values import history_value, member_value
from orderpaper.sources.written_questions.simulated import detail, list_row

TEXT = "<p>" + "Whole answer. " * 30 + "</p>"


def _captured(folder: Path) -> dict[str, dict]:
    """Write a capture of four questions; return their rows by what is special in them."""
    simulated = {
        question.house: list_row(detail(question))
        for question in SimulatedParliament().written_questions.within(Window(tabled=Span(DEFAULT_FROM, DEFAULT_TO)))
    }
    base = simulated["Commons"] | {"isWithdrawn": False, "dateAnswerCorrected": None}
    answered = {"dateAnswered": "2024-11-18T00:00:00", "answerIsHolding": False, "answerIsCorrection": False}
    unanswered = {"dateAnswered": None, "answerIsHolding": None, "answerIsCorrection": None, "answerText": None}
    rows = {
        "cut": base | answered | {"id": 1, "uin": "11", "answerText": "Whole answer. " * 18 + "Who..."},
        "late": base | unanswered | {"id": 2, "uin": "12"},
        "held": base | answered | {"id": 3, "uin": "13", "answerIsHolding": True, "answerText": "In preparation."},
        "short": base | answered | {"id": 4, "uin": "14", "answerText": "No.", "dateAnswered": "2024-12-02T00:00:00"},
    }
    for row in rows.values():
        row |= {"dateTabled": "2024-11-14T00:00:00", "questionText": f"To ask about {row['id']}."}
    texts = [{"id": n, "question_text": f"To ask about {n}.", "answer_text": TEXT} for n in (1, 2, 3, 99)]
    alone = base | answered | {"id": 50, "uin": "15", "dateTabled": "2024-11-14T00:00:00", "answerText": TEXT}
    questions, members = folder / "written_questions", folder / "members"
    questions.mkdir()
    members.mkdir()
    (questions / "2024-11.json").write_text(json.dumps([{"value": row, "links": []} for row in rows.values()]))
    (questions / "2024-11.fulltext.jsonl").write_text("".join(json.dumps(text) + "\n" for text in texts))
    packet = {"records": [{"detail_payload": {"value": alone, "links": []}}], "scope": {}}
    (questions / "detail_payloads.json").write_text(json.dumps(packet))
    register = [
        {
            "id": 700 + n,
            "gender": "F",
            "nameDisplayAs": f"Member {n}",
            "is_mp": True,
            "is_peer": False,
            "is_current": True,
            "party": "Labour",
            "membershipFrom": f"Seat {n}",
            "membershipFromID": n,
            "status": "Current Member",
            "statusNotes": None,
            "statusStartDate": "2024-07-04T00:00:00",
        }
        for n in range(23)
    ]
    (members / "current_mps_2024-10-29.json").write_text(json.dumps(register))
    member = SimulatedParliament().people.members[6001]
    history = {"value": history_value(member, DEFAULT_TO) | {"id": 701}, "links": []}
    (members / "members_history_701.json").write_text(json.dumps([history]))
    whole = {"value": member_value(member, DEFAULT_TO), "links": []}
    (members / "members_6001.json").write_text(json.dumps(whole))
    return rows


@pytest.fixture
def rows(tmp_path: Path) -> dict[str, dict]:
    return _captured(tmp_path)


@pytest.fixture
def asker(rows: dict[str, dict], tmp_path: Path) -> Iterator[Asker]:
    with serve(Replay(tmp_path), shifting_pages=False) as server:
        yield Asker(server.url)


def test_rows_are_served_as_captured_and_in_that_order(asker: Asker, rows: dict[str, dict]) -> None:
    assert asker.rows(**window("tabled", "2024-11-01", "2024-11-30"))[:-1] == list(rows.values())
    assert asker.rows(**window("tabled", "2024-11-15", "2024-11-30")) == []
    assert asker.rows(**window("answered", "2024-12-01", "2024-12-31")) == [rows["short"]]
    assert asker.rows(**window("tabled", "2024-11-14", "2024-11-14"), answered="Unanswered") == [rows["late"]]


def test_details_put_in_the_whole_texts(asker: Asker, rows: dict[str, dict]) -> None:
    assert asker.detail(1) == rows["cut"] | {"questionText": "To ask about 1.", "answerText": TEXT}
    assert asker.get(f"{QUESTIONS}/2024-11-14/11").json()["value"] == asker.detail(1)


def test_a_question_reworded_between_list_and_text_is_served_in_one_wording(tmp_path: Path) -> None:
    rows = _captured(tmp_path)
    long = "To ask about <i>something</i> else. " * 10
    with (tmp_path / "written_questions" / "2024-11.fulltext.jsonl").open("w") as file:
        file.write(json.dumps({"id": 1, "question_text": long, "answer_text": TEXT}) + "\n")
    with serve(Replay(tmp_path), shifting_pages=False) as server:
        asker = Asker(server.url)
        reworded = rows["cut"] | {"questionText": ("To ask about something else. " * 10)[:255]}
        assert asker.rows(**window("answered", "2024-11-18", "2024-11-18"))[0] == reworded
        assert asker.detail(1)["questionText"] == long


def test_a_later_answer_does_not_leak_into_the_past(asker: Asker) -> None:
    assert asker.detail(2)["answerText"] is None
    assert asker.detail(2)["questionText"] == "To ask about 2."
    assert asker.detail(3)["answerText"] == "In preparation."


def test_what_was_not_captured_is_not_found(asker: Asker) -> None:
    assert asker.get(f"{QUESTIONS}/4").status_code == 404, "no whole text"
    assert asker.get(f"{QUESTIONS}/99").status_code == 404, "a text without a row"
    assert asker.get("/api/Members/701/Biography").status_code == 404


def test_a_detail_that_was_captured_alone_is_on_the_list_as_the_list_cuts_it(asker: Asker) -> None:
    assert asker.detail(50)["answerText"] == TEXT
    assert asker.get(f"{QUESTIONS}/2024-11-14/15").json()["value"]["id"] == 50
    (row,) = (row for row in asker.rows() if row["id"] == 50)
    assert row["answerText"] == "Whole answer. " * 18 + "Who..."


def test_the_register_comes_in_the_shape_of_the_api(asker: Asker) -> None:
    first = asker.get("/api/Members/Search", House=1, IsCurrentMember="true").json()
    second = asker.get("/api/Members/Search", House=1, IsCurrentMember="true", skip=20).json()
    assert first["totalResults"] == 23
    assert len(first["items"]) + len(second["items"]) == 23
    simulated = member_value(SimulatedParliament().people.members[6001], DEFAULT_TO)
    value = second["items"][0]["value"]
    assert list(value) == list(simulated)
    assert list(value["latestHouseMembership"]) == list(simulated["latestHouseMembership"])
    assert (value["id"], value["latestParty"]["name"], value["nameListAs"]) == (720, "Labour", None)
    assert value["latestHouseMembership"]["membershipFrom"] == "Seat 20"
    assert asker.get("/api/Members/6001").status_code == 200, "captured alone"


def test_a_history_is_the_one_captured_or_the_name_in_the_register(asker: Asker) -> None:
    registered, captured = (item["value"] for item in asker.get("/api/Members/History", ids=[700, 701]).json())
    assert (registered["id"], captured["id"]) == (700, 701)
    assert [period["nameDisplayAs"] for period in registered["nameHistory"]] == [
        asker.get("/api/Members/700").json()["value"]["nameDisplayAs"]
    ]
    assert registered["partyHistory"] == registered["houseMembershipHistory"] == []
    assert captured["partyHistory"]


def test_a_folder_without_a_capture_is_said_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["replay", "--directory", str(tmp_path / "nowhere")]) == 2
    message = capsys.readouterr().err
    assert "is not a capture" in message
    assert message.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("written_questions/2024-11.json", "[{", "cannot be replayed"),
        ("written_questions/2024-11.json", '[{"links": []}]', "item 1 has no field 'value'"),
        ("written_questions/2024-11.json", '[{"value": {"id": 7}}]', "question 7 lacks a field"),
        ("written_questions/2024-11.json", '[{"value": null}]', "value has no id"),
        ("written_questions/2024-11.json", "17", "item 1 has no field"),
        ("written_questions/2024-11.fulltext.jsonl", '{"id": 1}', "has no field 'question_text'"),
        ("written_questions/detail_payloads.json", '{"records": [{}]}', "has no field 'detail_payload'"),
        ("written_questions/detail_payloads.json", '{"records": [{"detail_payload": {}}]}', "value has no id"),
        ("members/current_mps_2024-10-29.json", '[{"id": 1}]', "has no field 'nameDisplayAs'"),
        ("members/members_history_701.json", '[{"value": {}}]', "value has no id"),
        ("members/members_6001.json", '{"value": []}', "value has no id"),
        ("hansard/a_spoken.json", '{"debate_reconciliation": [{}]}', "item 1 has no field 'debate_overview'"),
        ("hansard/a_spoken.json", '{"debate_reconciliation": [{"debate_overview": 1}]}', "has no field 'ExtId'"),
        ("oral_questions/list.json", '{"Response": [{"Id": 1}]}', "item 1 has no field 'AnsweringWhen'"),
    ],
)
def test_a_malformed_capture_is_said_in_a_sentence(
    rows: dict[str, dict], tmp_path: Path, name: str, content: str, complaint: str
) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(content)
    with pytest.raises(ConfigError, match=complaint) as caught:
        Replay(tmp_path)
    assert name in str(caught.value)
