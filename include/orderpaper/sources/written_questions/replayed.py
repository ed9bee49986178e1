"""Captured written questions: rows of lists, their whole texts, and details.

    written_questions/YYYY-MM.json             rows of list pages in one list: [{value, links}, …]
    written_questions/YYYY-MM.fulltext.jsonl   whole texts of rows that the list cut: id, question_text, answer_text
    written_questions/detail_payloads.json     {records: [{detail_payload: {value, links}}, …]}

The list returns a row as it was captured. The detail of a question is its row with the whole texts. Without whole
texts there is no detail. A detail that was captured without a row is listed with its texts cut as in a list.

The whole texts were captured later than the rows. An answer is therefore left out if the row has none, or only a
holding answer, because otherwise the list and the detail of one day would contradict each other. Some questions
were reworded in between, for example on transfer to another department. Their rows have the later wording.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from orderpaper.errors import ConfigError
from orderpaper.simulate.captured import day_of, read, value_of
from orderpaper.simulate.part import Part
from orderpaper.simulate.payloads import Json
from orderpaper.simulate.question_window import Window
from orderpaper.sources.written_questions.simulated import list_row, part


@dataclass(frozen=True, slots=True)
class CapturedQuestion:
    """A captured question: the fields by which lists are filtered, and its two payloads."""

    question_id: int
    uin: str
    house: str
    tabled_on: dt.date
    answered_on: dt.date | None
    corrected_on: dt.date | None
    is_withdrawn: bool
    answering_body_id: int
    asking_member_id: int
    row: Json
    detail: Json | None


def replayed(directory: Path) -> Part:
    """Return the API over the captured questions of a folder."""
    return part(WrittenQuestions(directory / "written_questions"), lambda q: q.row, lambda q: q.detail)


class WrittenQuestions:
    """The captured questions of a folder.

    Raises:
        ConfigError: a file is not in the layout.
    """

    def __init__(self, folder: Path) -> None:
        texts: dict[int, Json] = {}
        for path in sorted(folder.glob("????-??.fulltext.jsonl")):
            texts |= {text["id"]: text for text in read(path, ("id", "question_text", "answer_text"))}
        self._by_id: dict[int, CapturedQuestion] = {}
        for path in sorted(folder.glob("????-??.json")):
            for record in read(path, ("value",)):
                row = value_of(path, record)
                self._by_id.setdefault(row["id"], _question(path, row, _whole(row, texts.get(row["id"]))))
        for path in sorted(folder.glob("detail_payloads.json")):
            for record in read(path, ("detail_payload",)):
                whole = value_of(path, record["detail_payload"])
                self._by_id.setdefault(whole["id"], _question(path, whole, whole))
        self._by_number = {(question.tabled_on, question.uin): question for question in self._by_id.values()}

    def within(self, window: Window) -> Sequence[CapturedQuestion]:
        """Return the captured questions of a window in the order of the capture."""
        return [question for question in self._by_id.values() if question in window]

    def find(self, question_id: int) -> CapturedQuestion | None:
        """Return the question of an id."""
        return self._by_id.get(question_id)

    def numbered(self, tabled_on: dt.date, uin: str) -> CapturedQuestion | None:
        """Return the question of a number tabled on a day."""
        return self._by_number.get((tabled_on, uin))


def _question(path: Path, value: Json, whole: Json | None) -> CapturedQuestion:
    """Return a captured question, with its detail if there is one.

    Raises:
        ConfigError: a field by which lists are filtered is missing or malformed.
    """
    try:
        return CapturedQuestion(
            question_id=value["id"],
            uin=str(value["uin"]),
            house=str(value["house"]),
            tabled_on=dt.date.fromisoformat(value["dateTabled"][:10]),
            answered_on=day_of(value["dateAnswered"]),
            corrected_on=day_of(value["dateAnswerCorrected"]),
            is_withdrawn=bool(value["isWithdrawn"]),
            answering_body_id=int(value["answeringBodyId"]),
            asking_member_id=int(value["askingMemberId"]),
            row=_row(value, whole),
            detail=whole,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ConfigError(
            f"{path} cannot be replayed: question {value['id']} lacks a field or has an odd one "
            f"({type(error).__name__}: {error})."
        ) from error


def _row(value: Json, whole: Json | None) -> Json:
    """Return the captured row of a question, with the wording of the whole text if there is one."""
    if whole is None:
        return value
    listed = list_row(whole)
    return listed if whole is value else value | {"questionText": listed["questionText"]}


def _whole(row: Json, text: Json | None) -> Json | None:
    """Return the detail made from a row and its whole texts, or None without whole texts."""
    if text is None:
        return None
    whole = row | {"questionText": text["question_text"]}
    if row.get("answerText") is not None and not row.get("answerIsHolding") and text["answer_text"]:
        whole["answerText"] = text["answer_text"]
    return whole
