"""Tell what the Official Report prints between the words of a sitting: columns, times, and who speaks."""

import re
from collections.abc import Sequence
from itertools import pairwise

from orderpaper.errors import ParseError
from orderpaper.reading.lines import Line
from orderpaper.reading.pieces import LeftOut
from orderpaper.reading.printed import printed_lines

_TIME = (
    r"^(?i:[0-9]{1,2}:[0-9]{2}:[0-9]{2}|[0-9]{1,2}(?:[.:][0-9]{2})? ?(?:am|pm|a\.m\.|p\.m\.|noon|midnight)|noon"
    r"|midnight)$"
)
BETWEEN: LeftOut = {
    r"^Column [0-9]{1,4}(?:WH|GC|WS|W)?$": "it is the number of a column of the Official Report",
    _TIME: "it is the time of day",
    r"^.{1,120} was asked ?[—–-]{1,2}$": "it says whose questions begin",
}
"""The lines of the Official Report that are no words of a sitting, and why they are left out."""
_BETWEEN = re.compile("|".join(BETWEEN))
_PARTY = (
    r"(?:Alba|Alliance|APNI|CB|Con|DUP|GP|Green|Ind|Lab|Lab/Co-op|LD|Non-Afl|PC|Reform|SDLP|SF|SNP|TUV|UUP|Your Party)"
)
_NAME = r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Lord|Lady|Baroness) )?[A-ZÀ-Ý][\w’'.-]+(?: [A-ZÀ-Ý][\w’'.-]+){0,4}"
_OFFICE = r"(?:Minister|Secretary|Chancellor|Attorney General|Solicitor General|Leader of the House|Lord Privy Seal)"
_NUMBER = r"(?:[TQ]?[0-9]{1,2}[.)]? )?"
_NOT_OF_NAME = r"(?:Operation|Project|Programme|Phase|Part|Chapter|Section|Stage)"
"""Matches the first word of a plan or a part, which is none of a person's name: “Operation Otter: …”."""
_SPEAKER = re.compile(
    rf"{_NUMBER}(?:[^.?!:£()]{{3,80}} )?\([^()]{{2,60}}\) \({_PARTY}\)(?: ?:.*)?"
    rf"|(?:The |(?=(?:Parliamentary|Lord|Deputy|{_OFFICE})\b))(?=[^()]{{0,240}}{_OFFICE}\b)"
    rf"[^.?!:£()]{{3,240}} \({_NAME}\)(?: ?:.*)?"
)
_SAYS = re.compile(
    rf"{_NUMBER}(?:(?:Mr|Madam) (?:Deputy )?Speaker|(?:Several )?[Hh]on\. Members"
    rf"|(?!{_NOT_OF_NAME} ){_NAME} {_NAME}): ?\S.*"
)
_TITLE = re.compile(
    rf"(?:The |(?=(?:Parliamentary|Lord|Deputy|Minister|{_OFFICE})\b))(?=[^()]{{0,200}}{_OFFICE}\b)"
    r"(?:[A-ZÀ-Ý][\w’',-]*|of|the|and|for|to)(?: (?:[A-ZÀ-Ý][\w’',-]*|of|the|and|for|to)){0,20}"
)
"""Matches the title of an office alone on its line, as that of who speaks."""
_INTERJECTION = re.compile(r"(?:Yes|No|Hear, hear|Oh|Order|Shame|Rubbish|Withdraw)")
_CAPITALISED = re.compile(
    r"(?:[A-ZÀ-Ý][\w’'.-]*|of|the|and|for|hon\.|Members?)(?: (?:[A-ZÀ-Ý][\w’'.-]*|of|the|and|for))*"
)
_LONGEST = 60


def without_columns(text: str) -> str:
    """Return a text in which the lines of `BETWEEN` are blank, so that no passage has their words.

    A time below a line that ends no sentence is a word of that sentence or an item of its list.
    """
    kept: list[str] = []
    end = 0
    is_whole = True
    for line in printed_lines(text):
        is_between = _BETWEEN.fullmatch(line.text) is not None and (is_whole or not re.fullmatch(_TIME, line.text))
        is_whole = is_whole if is_between else line.is_whole
        if is_between:
            kept += text[end : line.start], " " * (line.end - line.start)
            end = line.end
    return "".join([*kept, text[end:]])


def is_between(line: Line) -> bool:
    """Return whether a line is one of `BETWEEN`."""
    return _BETWEEN.fullmatch(line.text) is not None


def is_title(line: Line) -> bool:
    """Return whether a line is nothing but the title of an office."""
    return _TITLE.fullmatch(line.text) is not None


def refuse_speakers(lines: Sequence[Line]) -> None:
    """Refuse a sitting that prints who speaks, because its names would become headings and words.

    Raises:
        ParseError: a line is a member with seat and party, or a minister with a name in brackets.
    """
    for line in lines:
        if _SPEAKER.fullmatch(line.text):
            raise ParseError(
                f"line {line.number}: “{line.text[:60]}” says who speaks, and a sitting is read only without its"
                " speakers; save the debate from the Hansard API instead"
            )


def refuse_names(lines: Sequence[Line]) -> None:
    """Refuse an exchange in which a line may be a name or a heading: short, no sentence, and not of a list.

    Raises:
        ParseError: there is such a line.
    """
    strange = [line for line in lines if _SAYS.fullmatch(line.text)]
    is_list = False
    above: Line | None = None
    for line, below in pairwise([*lines, None]):
        if line is None:
            break
        starts = above is None or above.ends_sentence
        goes_on = below is not None and not below.text[0].isupper()
        if starts and not (is_list or goes_on) and (is_title(line) or _is_name_or_heading(line)):
            strange.append(line)
        is_list = line.text.endswith((":", ";")) or (is_list and not line.ends_sentence)
        above = line
    if strange:
        raise ParseError(
            f"line {strange[0].number}: “{strange[0].text[:60]}” may be a heading or say who speaks, and is no sentence"
            " of the exchange"
        )


def _is_name_or_heading(line: Line) -> bool:
    """Return whether a line is neither a sentence, nor one that is interrupted, nor a quotation, nor an interjection.

    In front of a name or a seat in brackets, each word of a name or an office has a capital.
    """
    name, bracket, _ = line.text.partition(" (")
    if bracket:
        return len(line.text) <= _LONGEST and _CAPITALISED.fullmatch(name) is not None
    is_whole = line.is_closed or line.text.endswith(("-", "–", "—"))
    return len(line.text) <= _LONGEST and not is_whole and not _INTERJECTION.fullmatch(line.text)
