"""The HTML of Hansard's items to text, and a question of the order paper to its parts."""

import re
from dataclasses import dataclass

from orderpaper.reading.markup import html_to_text

_COLUMN = re.compile(r"<span\b[^>]*\bclass=\"column-number\"[^>]*>[^<]*</span>", re.IGNORECASE)
"""Stands between two words, or in the midst of one, where a column of the printed volume ends."""
_LINE_END = re.compile(r"\s*\n\s*")
_QUESTION = re.compile(
    r"(?P<printed>.*?<QuestionText\b[^>]*>(?P<tabled>.*?)</QuestionText>)(?P<spoken>.*)", re.DOTALL | re.IGNORECASE
)
_NUMBER = re.compile(r"(?P<kind>[QT]?)[0-9]{1,3}\.\s*")
_UIN = re.compile(r"\s*[\[(](?P<uin>[0-9]{4,7})[\])]\s*")
"""Stands behind the number, or behind the question."""


@dataclass(frozen=True, slots=True)
class PrintedQuestion:
    """A question as it stands on the order paper, and what the member said when putting it."""

    is_topical: bool
    uin: str | None
    printed: str
    """With its number and UIN, as Hansard has it."""
    tabled: str
    """The question itself."""
    spoken: str


def to_text(value: str) -> str:
    """The visible text of an item: a line a paragraph, the numbers of columns left out, words whole.

    Raises:
        ParseError: the markup is nested too deep.
    """
    return html_to_text(_LINE_END.sub("<br>", _COLUMN.sub("", value.strip())))


def read_question(value: str) -> PrintedQuestion:
    """A question item's parts: "T2. [903397] <QuestionText>If he will …</QuestionText>Words put on the spot".

    In older volumes the question is not marked up: all that follows the number and the UIN is then the question.

    Raises:
        ParseError: the markup is nested too deep.
    """
    match = _QUESTION.fullmatch(value)
    printed, spoken = to_text(match["printed"] if match else value), to_text(match["spoken"]) if match else ""
    if behind := _UIN.match(spoken):
        printed, spoken = f"{printed} {behind[0].strip()}", spoken[behind.end() :]
    number = _NUMBER.match(printed)
    tabled = printed[number.end() :] if number else printed
    uin = None
    for marker in list(_UIN.finditer(tabled)):
        if marker.start() == 0 or marker.end() == len(tabled):
            uin, tabled = marker["uin"], tabled.replace(marker[0], "", 1)
    return PrintedQuestion(
        is_topical=number is not None and number["kind"] == "T",
        uin=uin,
        printed=printed,
        tabled=tabled,
        spoken=spoken,
    )
