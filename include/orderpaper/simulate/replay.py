"""Captured payloads as an upstream, in the folder layout of a capture:

    written_questions/YYYY-MM.json           rows of list pages, joined: [{value, links}, …]
    written_questions/YYYY-MM.fulltext.jsonl whole texts of rows that the list cut: id, question_text, answer_text
    written_questions/detail_payloads.json   {records: [{detail_payload: {value, links}}, …]}
    members/current_mps_*.json               the register of a day, flattened by its capturer
    members/members_<id>.json, members_history_<id>.json   payloads as captured

Lists are served exactly as captured. A detail is the row with its whole texts put in. The texts were captured later
than the rows, so that there are answers to questions that their row says are unanswered, or has a holding answer to:
those answers are left out, or the same question would be answered in one document and not in the other on one day.
Where no whole text was captured there is no page: 404. Captured detail payloads of questions that stand in no list are
served by id and by date and number, and are put in no list, because no such list was captured.
"""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orderpaper.errors import ConfigError
from orderpaper.simulate.member_payloads import thumbnail_url
from orderpaper.simulate.upstream import Json, Window

_REGISTER_FIELDS = (
    "id",
    "nameDisplayAs",
    "party",
    "membershipFrom",
    "gender",
    "is_mp",
    "is_current",
    "statusStartDate",
)


@dataclass(frozen=True, slots=True)
class CapturedQuestion:
    """A captured row with, if they were captured, its whole texts; or a captured detail alone."""

    value: Json
    whole: Json | None

    @property
    def question_id(self) -> int:
        """The API's id."""
        return int(self.value["id"])

    @property
    def uin(self) -> str:
        """The number, as printed."""
        return str(self.value["uin"])

    @property
    def house(self) -> str:
        """Commons or Lords."""
        return str(self.value["house"])

    @property
    def tabled_on(self) -> dt.date:
        """Day of tabling."""
        return dt.date.fromisoformat(self.value["dateTabled"][:10])

    @property
    def answered_on(self) -> dt.date | None:
        """Day of the answer, as of the capture."""
        return _day(self.value["dateAnswered"])

    @property
    def corrected_on(self) -> dt.date | None:
        """Day of the correction, as of the capture."""
        return _day(self.value["dateAnswerCorrected"])

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was withdrawn."""
        return bool(self.value["isWithdrawn"])

    @property
    def answering_body_id(self) -> int:
        """Parliament's id of the department."""
        return int(self.value["answeringBodyId"])

    @property
    def asking_member_id(self) -> int:
        """Parliament's id of the asker."""
        return int(self.value["askingMemberId"])

    def row(self) -> Json:
        """The row as captured."""
        return self.value

    def detail(self) -> Json | None:
        """The whole question, or None if only its row was captured."""
        return self.whole


class Replay:
    """The upstream that a capture amounts to.

    Raises:
        ConfigError: no such folder, no rows in it, or a file that is not in the layout.

    """

    def __init__(self, directory: Path) -> None:
        questions = directory / "written_questions"
        lists = sorted(questions.glob("????-??.json"))
        if not lists:
            raise ConfigError(
                f"{directory} is not a capture: there is no file written_questions/YYYY-MM.json in it; "
                "REPLAY must name a folder of captured payloads."
            )
        texts: dict[int, Json] = {}
        for path in sorted(questions.glob("????-??.fulltext.jsonl")):
            texts |= {text["id"]: text for text in _read(path, ("id", "question_text", "answer_text"))}
        rows: dict[int, CapturedQuestion] = {}
        for path in lists:
            for row in _read(path, ("value",)):
                question = _question(path, row["value"], texts)
                rows.setdefault(question.question_id, question)
        self._rows = list(rows.values())
        self._by_id = dict(rows)
        for path in sorted(questions.glob("detail_payloads.json")):
            for record in _read(path, ("detail_payload",)):
                value = record["detail_payload"]["value"]
                self._by_id.setdefault(int(value["id"]), CapturedQuestion(value, value))
        self._by_number = {(question.tabled_on, question.uin): question for question in self._by_id.values()}
        self._members = {
            member["id"]: _registered(member)
            for path in sorted((directory / "members").glob("current_mps_*.json"))
            for member in _read(path, _REGISTER_FIELDS)
        }
        self._captured_members = {
            item["value"]["id"]: item["value"]
            for path in sorted((directory / "members").glob("members_[0-9]*.json"))
            for item in _read(path, ("value",))
        }
        self._histories = {
            item["value"]["id"]: item["value"]
            for path in sorted((directory / "members").glob("members_history_*.json"))
            for item in _read(path, ("value",))
        }

    def questions(self, window: Window) -> Sequence[CapturedQuestion]:
        """The captured rows in the window, in the order of the capture."""
        return [question for question in self._rows if question in window]

    def question(self, question_id: int) -> CapturedQuestion | None:
        """The question of that id."""
        return self._by_id.get(question_id)

    def question_tabled(self, tabled_on: dt.date, uin: str) -> CapturedQuestion | None:
        """The question of that number tabled on that day."""
        return self._by_number.get((tabled_on, uin))

    def members(self) -> Mapping[int, Json]:
        """The captured register in the API's own shape."""
        return self._members

    def member(self, member_id: int) -> Json | None:
        """A member captured whole, or of the register."""
        return self._captured_members.get(member_id) or self._members.get(member_id)

    def member_history(self, member_id: int) -> Json | None:
        """The captured history, if there is one."""
        return self._histories.get(member_id)

    def member_biography(self, _member_id: int) -> Json | None:
        """None: no biographies were captured."""
        return None

    def government_posts(self) -> Sequence[Json]:
        """Empty: no posts were captured."""
        return ()


def _question(path: Path, value: Json, texts: Mapping[int, Json]) -> CapturedQuestion:
    """A row with its whole texts."""
    try:
        text = texts.get(value["id"])
        question = CapturedQuestion(value, value | _whole(value, text) if text else None)
        _ = question.tabled_on, question.answered_on, question.corrected_on, question.answering_body_id
    except (KeyError, TypeError, ValueError) as error:
        raise ConfigError(
            f"{path} has a row that is not a written question of the API ({type(error).__name__}: {error})."
        ) from error
    return question


def _whole(value: Json, text: Json) -> Json:
    whole = {"questionText": text["question_text"]}
    if value["answerText"] is not None and not value["answerIsHolding"] and text["answer_text"]:
        whole["answerText"] = text["answer_text"]
    return whole


def _registered(member: Json) -> Json:
    """A member of a flattened register in the API's shape; what the register does not say is null."""
    return {
        "id": member["id"],
        "nameListAs": None,
        "nameDisplayAs": member["nameDisplayAs"],
        "nameFullTitle": None,
        "nameAddressAs": None,
        "latestParty": {
            "id": None,
            "name": member["party"],
            "abbreviation": None,
            "backgroundColour": None,
            "foregroundColour": None,
            "isLordsMainParty": None,
            "isLordsSpiritualParty": None,
            "governmentType": None,
            "isIndependentParty": None,
        },
        "gender": member["gender"],
        "latestHouseMembership": {
            "membershipFrom": member["membershipFrom"],
            "membershipFromId": member.get("membershipFromID"),
            "house": 1 if member["is_mp"] else 2,
            "membershipStartDate": member["statusStartDate"],
            "membershipEndDate": None,
            "membershipEndReason": None,
            "membershipEndReasonNotes": None,
            "membershipEndReasonId": None,
            "membershipStatus": {
                "statusIsActive": member["is_current"],
                "statusDescription": member.get("status"),
                "statusNotes": member.get("statusNotes"),
                "statusId": None,
                "status": None,
                "statusStartDate": member["statusStartDate"],
            },
        },
        "thumbnailUrl": thumbnail_url(member["id"]),
    }


def _read(path: Path, fields: tuple[str, ...]) -> list[Json]:
    """The objects of a captured file, each with the fields that are read here.

    Raises:
        ConfigError: it cannot be read, is not JSON, or an object lacks a field.

    """
    try:
        text = path.read_text(encoding="utf-8")
        content: Any
        if path.suffix == ".jsonl":
            content = [json.loads(line) for line in text.splitlines() if line.strip()]
        else:
            content = json.loads(text)
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path} cannot be replayed: {error}.") from error
    if isinstance(content, dict):
        content = content.get("records", [content])
    for number, item in enumerate(content if isinstance(content, list) else [content], 1):
        missing = [name for name in fields if not isinstance(item, dict) or name not in item]
        if missing:
            raise ConfigError(f"{path} cannot be replayed: item {number} has no field {missing[0]!r}.")
    return list(content)


def _day(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value[:10]) if value else None
