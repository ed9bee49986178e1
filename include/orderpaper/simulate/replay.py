"""Captured payloads as an upstream, in the folder layout of a capture:

    written_questions/YYYY-MM.json           rows of list pages, joined: [{value, links}, …]
    written_questions/YYYY-MM.fulltext.jsonl whole texts of rows that the list cut: id, question_text, answer_text
    written_questions/detail_payloads.json   {records: [{detail_payload: {value, links}}, …]}
    members/current_mps_*.json               the register of a day, flattened by its capturer
    members/members_<id>.json, members_history_<id>.json   payloads as captured
    oral_questions/*.json                    pages of the oral-questions API: {Response: [row, …]}

A detail is the row with its whole texts put in. The texts were captured later than the rows, so that there are answers
to questions that their row says are unanswered, or has a holding answer to: those answers are left out, or the same
question would be answered in one document and not in the other on one day. Some questions were reworded in between, as
happens when one is transferred to another department: their row is served with the wording of the whole text, cut as
the list cuts it. All else in a list is served exactly as captured.
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
from orderpaper.simulate.upstream import Json, Post, Span, Window, list_row

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
        """The row as captured, in the wording of the whole text if there is one."""
        return self.value if self.whole is None else self.value | {"questionText": list_row(self.whole)["questionText"]}

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
            for item in _read(path, ("value",)):
                row = _value(path, item)
                rows.setdefault(row["id"], _question(path, row, _whole(row, texts.get(row["id"]))))
        self._rows = list(rows.values())
        self._by_id = dict(rows)
        for path in sorted(questions.glob("detail_payloads.json")):
            for record in _read(path, ("detail_payload",)):
                value = _value(path, record["detail_payload"])
                self._by_id.setdefault(value["id"], _question(path, value, value))
        self._by_number = {(question.tabled_on, question.uin): question for question in self._by_id.values()}
        members = directory / "members"
        self._members = {
            member["id"]: _registered(member)
            for path in sorted(members.glob("current_mps_*.json"))
            for member in _read(path, _REGISTER_FIELDS)
        }
        self._captured_members = _values(members, "members_[0-9]*.json")
        self._histories = _values(members, "members_history_*.json")
        self._oral_questions = {
            row["Id"]: row
            for path in sorted((directory / "oral_questions").glob("*.json"))
            for row in _objects(path, _read(path, ("Response",))[0]["Response"], ("Id", "AnsweringWhen"))
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

    def oral_questions(self, days: Span) -> Sequence[Json]:
        """The captured rows of the questions for answer on some days."""
        return [row for row in self._oral_questions.values() if _day(row["AnsweringWhen"]) in days]

    def hansard_sections(self, _day: dt.date, _house: int) -> Sequence[str]:
        """Empty: no whole day of Hansard was captured."""
        return ()

    def hansard_trees(self, _day: dt.date, _house: int, _section: str) -> Sequence[Json]:
        """Empty, for the same reason."""
        return ()

    def hansard_debate(self, _external_id: str) -> Json | None:
        """None, for the same reason."""
        return None

    def blog_posts(self, _first: int, _count: int) -> Sequence[Post]:
        """Empty: no blog was captured."""
        return ()

    def blog_post(self, _path: str) -> Post | None:
        """None, for the same reason."""
        return None


def _question(path: Path, value: Json, whole: Json | None) -> CapturedQuestion:
    """A captured question, with its detail if there is one.

    Raises:
        ConfigError: it lacks what lists are filtered on.
    """
    question = CapturedQuestion(value, whole)
    try:
        _ = question.tabled_on, question.answered_on, question.corrected_on, question.is_withdrawn
        _ = question.uin, question.house, question.answering_body_id, question.asking_member_id
    except (KeyError, TypeError, ValueError) as error:
        raise ConfigError(
            f"{path} cannot be replayed: question {value['id']} lacks a field or has an odd one "
            f"({type(error).__name__}: {error})."
        ) from error
    return question


def _whole(row: Json, text: Json | None) -> Json | None:
    """A row's detail, made of the row and its whole texts."""
    if text is None:
        return None
    whole = row | {"questionText": text["question_text"]}
    if row.get("answerText") is not None and not row.get("answerIsHolding") and text["answer_text"]:
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
    return _objects(path, content, fields)


def _objects(path: Path, content: Any, fields: tuple[str, ...]) -> list[Json]:
    """A list of objects, each with the fields that are read here.

    Raises:
        ConfigError: an object lacks one.
    """
    for number, item in enumerate(content if isinstance(content, list) else [content], 1):
        missing = [name for name in fields if not isinstance(item, dict) or name not in item]
        if missing:
            raise ConfigError(f"{path} cannot be replayed: item {number} has no field {missing[0]!r}.")
    return list(content)


def _value(path: Path, item: Json) -> Json:
    """What an API's item wraps.

    Raises:
        ConfigError: it wraps nothing that has an id.
    """
    value = item.get("value") if isinstance(item, dict) else None
    if not isinstance(value, dict) or not isinstance(value.get("id"), int):
        raise ConfigError(f"{path} cannot be replayed: it has an item whose value has no id.")
    return value


def _values(folder: Path, pattern: str) -> dict[int, Json]:
    """Id → value of the items in captured files."""
    values = [_value(path, item) for path in sorted(folder.glob(pattern)) for item in _read(path, ("value",))]
    return {value["id"]: value for value in values}


def _day(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value[:10]) if value else None
