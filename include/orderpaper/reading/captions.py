"""Tell the captions and credits of pictures among the lines of a saved text. No record has a picture."""

import re
from collections.abc import Iterable, Sequence

from orderpaper.errors import ParseError
from orderpaper.reading.lines import Line, content_lines
from orderpaper.reading.pieces import LeftOut

_PICTURE = r"(?:Image|Picture|Photo(?:graph)?|Pic)"
_CREDIT = rf"(?:{_PICTURE}|(?:{_PICTURE} )?[Cc]redit)s?(?: credit)? ?: ?"
CAPTION: LeftOut = {
    rf"^\[?{_CREDIT}[^£.!?0-9]{{1,150}}\.?\]?$|^{_PICTURE}s? (?:by|courtesy of) [^£.!?0-9]{{1,100}}$"
    rf"|^[A-Z][^£.!?0-9]{{2,150}}[(\[ ]{_CREDIT}[^£.!?()0-9]{{1,80}}[)\]]?$": (
        "it is the caption or the credit of a picture"
    ),
    r"^!\[[^\[\]£0-9]{0,150}\]\([^()\s]{1,400}\)$": "it is a picture in Markdown",
}
"""The lines that are left out of any text: they stand beside a picture and say nothing else."""
_CAPTION = re.compile("|".join(CAPTION))
_MARK = re.compile(r"Image|Picture|Photo|Pic|[Cc]redit|!\[")
"""Matches what each of them has."""
_LIKE_CAPTION = re.compile(
    rf"\[?(?:{_CREDIT}|(?:Video|Figure|Caption)s? ?: ?).{{1,200}}|.*[(\[]{_CREDIT}[^()]{{1,80}}[)\]]|!\[.*"
)
"""Matches a line that may be such a one, and may also be a part of the text."""


def without_captions(text: str) -> str:
    """Return a text in which the lines of captions are blank."""
    if not _MARK.search(text):
        return text
    return blanked(text, [line for line in content_lines(text) if _CAPTION.fullmatch(line.text)])


def blanked(text: str, lines: Iterable[Line]) -> str:
    """Return a text in which some of its lines, in their order, have spaces in the place of their words."""
    kept: list[str] = []
    place = 0
    for line in lines:
        kept += text[place : line.start], " " * (line.end - line.start)
        place = line.end
    return "".join([*kept, text[place:]])


def refuse_captions(lines: Sequence[Line]) -> None:
    """Refuse a row with a line that may be the caption of a picture or a part of its text.

    Raises:
        ParseError: there is such a line.
    """
    for line in lines:
        if _LIKE_CAPTION.fullmatch(line.text):
            raise ParseError(
                f"line {line.number}: “{line.text[:60]}” may be the caption of a picture or a line of the text; remove"
                " it, or put it in a sentence"
            )
