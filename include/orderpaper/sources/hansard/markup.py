"""Turn the HTML of Hansard's items into text, and split a question of the order paper into its parts."""

import re

from orderpaper.reading.markup import html_to_text
from orderpaper.sources._official_report.turns import PrintedQuestion

_COLUMN_NUMBER = (
    r"\s{0,9}(?:(?:(?i:columns?|cols?\.?)\s{1,9})?[A-Z]{0,3}\s?[0-9]{1,5}(?:[-–][0-9]{1,5})?\s?[A-Z]{0,3}\s{0,9})?"
)
_COLUMN = re.compile(rf"(?i:<span\b[^<>]*\bclass=[\"'][^\"'<>]*\bcolumn-number\b[^<>]*>){_COLUMN_NUMBER}(?i:</span>)")
"""Matches the end of a column of the printed volume, which is between two words or inside one."""
_NUMBER_OR_TIME = re.compile(
    rf"{_COLUMN_NUMBER}|\s*[0-9]{{1,2}}(?:[.:][0-9]{{2}}){{0,2}}\s*(?i:[ap]\.?\s?m\.?|noon|midnight)?\s*"
)
_LINE_END = re.compile(r"\s*\n\s*")
_QUESTION = re.compile(
    r"(?P<printed>(?:(?!<QuestionText\b).)*<QuestionText\b[^>]*>(?P<tabled>.*?)</QuestionText>)(?P<spoken>.*)",
    re.DOTALL | re.IGNORECASE,
)
_NUMBER = re.compile(r"(?P<kind>[QT]?)[0-9]{1,3}\.\s*")
_UIN = re.compile(r"\s*[\[(](?P<uin>[0-9]{4,7})[\])]\s*")
"""Matches the UIN, which is printed after the number or after the question."""


def to_text(value: str) -> str:
    """Return the visible text of an item, one line for each paragraph, without column numbers.

    Raises:
        ParseError: the markup is nested too deep.
    """
    value = _COLUMN.sub("", value.strip())
    return html_to_text(_LINE_END.sub("<br>", value) if "\n" in value else value)


def is_number_or_time(text: str) -> bool:
    """Return whether a text is the number of a column or a time, which are nobody's words."""
    return _NUMBER_OR_TIME.fullmatch(text) is not None


def read_question(value: str) -> PrintedQuestion:
    """Split a question item: "T2. [903397] <QuestionText>If he will …</QuestionText>Words added on the spot".

    Older volumes do not mark up the question. There the question is everything after the number and the UIN.

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
