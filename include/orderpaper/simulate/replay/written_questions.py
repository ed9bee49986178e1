"""Captured written questions: rows of lists, their whole texts, and details.

A detail is the row with its whole texts put in. The texts were captured later than the rows, so that there are answers
to questions that their row says are unanswered, or has a holding answer to: those answers are left out, or the same
question would be answered in one document and not in the other on one day. Some questions were reworded in between, as
happens when one is transferred to another department: their row is served with the wording of the whole text, cut as
the list cuts it. All else in a list is served exactly as captured. Where no whole text was captured there is no page:
404. A detail that was captured alone is its own row, cut as the list cuts it.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from orderpaper.errors import ConfigError
from orderpaper.simulate.replay.files import day_of, read, value_of
from orderpaper.simulate.upstream import Json, Window, list_row


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
        return day_of(self.value["dateAnswered"])

    @property
    def corrected_on(self) -> dt.date | None:
        """Day of the correction, as of the capture."""
        return day_of(self.value["dateAnswerCorrected"])

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


class WrittenQuestions:
    """The captured questions of a folder.

    Raises:
        ConfigError: there is no list in it, or a file is not in the layout.
    """

    def __init__(self, folder: Path) -> None:
        lists = sorted(folder.glob("????-??.json"))
        if not lists:
            raise ConfigError(
                f"{folder.parent} is not a capture: there is no file written_questions/YYYY-MM.json in it; "
                "REPLAY must name a folder of captured payloads."
            )
        texts: dict[int, Json] = {}
        for path in sorted(folder.glob("????-??.fulltext.jsonl")):
            texts |= {text["id"]: text for text in read(path, ("id", "question_text", "answer_text"))}
        self._by_id: dict[int, CapturedQuestion] = {}
        for path in lists:
            for item in read(path, ("value",)):
                row = value_of(path, item)
                self._by_id.setdefault(row["id"], _question(path, row, _whole(row, texts.get(row["id"]))))
        for path in sorted(folder.glob("detail_payloads.json")):
            for record in read(path, ("detail_payload",)):
                whole = value_of(path, record["detail_payload"])
                if whole["id"] not in self._by_id:
                    self._by_id[whole["id"]] = _question(path, list_row(whole), whole)
        self._by_number = {(question.tabled_on, question.uin): question for question in self._by_id.values()}

    def within(self, window: Window) -> Sequence[CapturedQuestion]:
        """The captured questions of the window, in the order of the capture."""
        return [question for question in self._by_id.values() if question in window]

    def of_id(self, question_id: int) -> CapturedQuestion | None:
        """The question of that id."""
        return self._by_id.get(question_id)

    def tabled(self, tabled_on: dt.date, uin: str) -> CapturedQuestion | None:
        """The question of that number tabled on that day."""
        return self._by_number.get((tabled_on, uin))


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
