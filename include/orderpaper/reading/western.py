"""Decode Western text that is not UTF-8: as Windows-1252, which includes Latin-1, or as Mac OS Roman.

Both give almost every byte a character, and no byte says which of the two it is. So each character is looked at between
its neighbours: the byte of é in a "café" of Windows is È for Mac OS, which no word has at its end. The bytes for which
only one of the two readings fits have to agree.
"""

import re

from orderpaper.errors import ParseError

_HIGH = re.compile(rb"[\x80-\xff]")
_NEVER = "\ufffd¤¦¨¬¯´¸ˆˇ˘˙˚˛˜˝ªı◊Ω¿¡\uf8ff"
"""Characters that are undefined, or stand in no text in English, Irish, Scottish Gaelic or Welsh."""
_MATHS = "≠≤≥∂∑∏π∫√≈∆∞ƒµ"
_MONEY = "€¥"
_NO_FIRST, _NO_LAST = "ìíîïëœÿ", "ìîœ"
"""Small letters with which no word begins or ends."""
_ALONE = "ÓÀÉà"
"""Letters that are words, or particles of names."""
_IN_SHORT = re.compile(r"(?:s|t|re|ll|ve|d|m)(?![^\W\d_])", re.IGNORECASE)
"""Matches what follows the apostrophe of "Minister’s", "don’t" and "we’ll"."""


def decode_western(body: bytes) -> str:
    """Return the text of bytes that are Windows-1252 or Mac OS Roman.

    Raises:
        ParseError: it cannot be decided which they are; the message names a byte and its line.
    """
    readings = {"cp1252": body.decode("cp1252", "replace"), "mac_roman": body.decode("mac_roman")}
    windows, mac = readings.values()
    decided: dict[str, int] = {}
    doubtful: int | None = None
    for match in _HIGH.finditer(body):
        place = match.start()
        if windows[place] == mac[place]:
            continue
        fitting = [name for name, text in readings.items() if _fits(text, place)]
        if len(fitting) == 1:
            decided.setdefault(fitting[0], place)
        elif doubtful is None:
            doubtful = place
    if len(decided) == 1:
        (encoding,) = decided
        if encoding == "mac_roman" or "\ufffd" not in windows:
            return readings[encoding]
        doubtful = windows.index("\ufffd")
    elif decided:
        doubtful = max(decided.values())
    if doubtful is None:
        return windows
    raise ParseError(
        f"the file is not UTF-8, and it cannot be decided whether byte {body[doubtful]:#x} at line"
        f" {line_at(windows, doubtful)} is Windows-1252 ({windows[doubtful]!r}) or Mac OS Roman ({mac[doubtful]!r});"
        " save the file as UTF-8"
    )


def line_at(text: str, place: int) -> int:
    """Return the number of the line of a text in which a place is."""
    return len(re.findall(r"\r\n?|\n", text[:place])) + 1


def _fits(text: str, place: int) -> bool:
    """Return whether a character can stand between its neighbours in printed text."""
    character, before, after = text[place], text[place - 1 : place] or " ", text[place + 1 : place + 2] or " "
    if character in _NEVER:
        return False
    if character in _MATHS:
        return not (before.isalpha() or before.isdigit())
    if character in _MONEY:
        has_sum = text[place + 1 : place + 3].lstrip()[:1].isdigit() or text[place - 2 : place].rstrip()[-1:].isdigit()
        return has_sum or (after.isalpha() and not before.isalpha())
    if character.isalpha():
        return _fits_as_letter(text, place, before, after)
    match character:
        case "‘":
            return (not before.isalnum() or after.isalnum()) and not after.isspace()
        case "“" | "„" | "‚" | "«" | "‹":
            return not before.isalnum() and not after.isspace()
        case "”" | "»" | "›":
            return not before.isspace() and not after.isalnum()
        case "’":
            return not before.isspace() or after.isalnum()
        case "÷" | "×":
            return not before.isalpha() and not after.isalpha()
        case "⁄":
            return before.isdigit() and after.isdigit()
        case "†" | "‡" | "²" | "³" | "¹":
            return not before.isspace() and not after.isalnum()
        case "–" | "—" | "…" | "\xa0" | "\xad":
            return True
    return not (before.isalpha() and after.isalpha())


def _fits_as_letter(text: str, place: int, before: str, after: str) -> bool:
    """Return whether a letter can stand in its word: no capital inside small letters, none alone, none at a digit."""
    letter = text[place]
    if before.isdigit() or after.isdigit():
        return False
    if not before.isalpha() and not after.isalpha():
        return letter in _ALONE
    if letter.isupper():
        return not before.islower() and not (before.isalpha() and after.islower())
    if letter == "í" and before.islower() and _IN_SHORT.match(text, place + 1):
        return False
    is_out_of_place = (letter in _NO_FIRST and not before.isalpha()) or (letter in _NO_LAST and not after.isalpha())
    return not after.isupper() and not is_out_of_place
