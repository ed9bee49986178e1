"""Tell whether the hyphen at the end of a line is that of its word, or that of a printer who divided the word there.

It is the printer's if the text has the word elsewhere without it, or if what stands above or below it is no word. In a
text in which a printer divided one word, a hyphen that may be either is refused. Elsewhere, it is that of its word.
"""

import re
from collections.abc import Sequence

from orderpaper.errors import ParseError
from orderpaper.reading.lines import Line

_ADDRESS = re.compile(r"\S*(?:/|www\.)\S*$")
_MOST_OF_WORDS = 2
_SHARE_OF_WORDS = 0.1
"""A text in which more lines than these end in a hyphen was divided by a printer."""
_HEAD = re.compile(r"(?<![^\W_])(?P<head>[^\W\d_]+(?:[-’'][^\W\d_]+)*)(?P<mark>[-‐¬]?)$")
_TAIL = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_AT_LINE_END = re.compile(r"[^\W\d_]+[-‐¬\xad][^\S\n]*\n\s*[^\W\d_]+")
_SOFT = "\xad"
"""The character with which a text says that a word may be divided there. It is not printed within a line."""
_APART = re.compile(r"(?:and|or|to)\b")
"""Matches what follows the hyphen of a word whose end is left out: “pre- and post-war”."""
_VOWEL = re.compile(r"[aeiouyà-ÿŵŷ]", re.IGNORECASE)
_ONSET = re.compile(r"[bcdfghjklmnpqrstvwxz]{2,}")
_ONSETS = frozenset(
    "bh bl br ch chl chr cl cr cz dd dh dr dw ff fj fl fr gh gl gn gr gw gwr kh kl kn kr kw ll mh mn ng ngh nh ph phl"
    " phr pl pn pr ps pt rh rw sc sch schl schm schn schw scl scr sf sh shr sk sl sm sn sp sph spl spr sq squ st str sv"
    " sw th thr thw tr ts tw vl vr wh wl wr zh zl zw".split()
)
"""The consonants with which a word can begin, Welsh ones among them."""
_ENDING = re.compile(
    r"(?:[cst]ion(?:s|al|ally|ed|ing|ships?)?|ments?|ness|nesses|ism|ists?|it(?:y|ies)|[ae]nces?|ibl[ey]|tures?"
    r"|[st]ive(?:s|ly|ness)?|[ct]ial(?:ly)?|[ct]ious(?:ly)?|i[sz]ations?|ings?|ingly|ied|ers|ed|ably|ical(?:ly)?"
    r"|i[sz]e[ds]?|i[sz]ing|c(?:y|ies)|ous(?:ly)?|ively|[ao]ries|ly)"
)
"""Matches the end of a word that is none by itself."""


def is_hyphenated(above: Line, below: Line) -> bool:
    """Return whether a word stops at the end of a line with a hyphen and goes on in the next line."""
    return ends_in_hyphen(above) and not _APART.match(below.text)


def ends_in_hyphen(line: Line) -> bool:
    """Return whether a line ends with a hyphen after a letter."""
    return line.text.endswith(("-", "‐")) and line.text[-2:-1].isalpha()


def divided(text: str, pairs: Sequence[tuple[Line, Line]]) -> dict[int, int]:
    """Return the number of each line at whose end a printer divided a word, and how many characters its mark has.

    Args:
        text: the text.
        pairs: lines that follow each other.

    Raises:
        ParseError: a hyphen may be that of a printer or of a word.
    """
    found: dict[int, int] = {}
    unsure: list[tuple[Line, str, str]] = []
    words: set[str] | None = None
    for above, below in pairs:
        head, tail = _HEAD.search(above.text[-100:]), _TAIL.match(below.text[:100])
        is_soft = text[above.end : above.end + 1] == _SOFT
        if not (head and tail and (is_soft or head["mark"]) and tail[0].islower()):
            continue
        if not is_soft and _ADDRESS.search(above.text[-100:]):
            continue
        if words is None:
            words = {match[0].casefold() for match in _WORD.finditer(_AT_LINE_END.sub(" ", text))}
        if is_soft or head["mark"] == "¬":
            found[above.number] = 0 if is_soft else 1
            continue
        is_division = _is_division(head["head"], tail[0], words)
        if is_division:
            found[above.number] = 1
        elif is_division is None:
            unsure.append((above, head["head"], tail[0]))
    if unsure and (found or len(unsure) > max(_MOST_OF_WORDS, _SHARE_OF_WORDS * len(pairs))):
        line, one, two = unsure[0]
        raise ParseError(
            f"line {line.number}: “{one}-” goes on with “{two}” in the next line, and the word may be “{one}{two}” or"
            f" “{one}-{two}”; put it in one line"
        )
    return found


def _is_division(head: str, tail: str, words: set[str]) -> bool | None:
    """Return whether a printer divided a word between two parts, or None if the hyphen may also be that of a word."""
    one, two = head.casefold(), tail.casefold()
    if f"{one}-{two}" in words or "-" in head:
        return False
    if f"{one}{two}" in words:
        return True
    if _APART.match(two):
        return False
    onset = _ONSET.match(two)
    is_no_word = (onset and onset[0] not in _ONSETS) or _ENDING.fullmatch(two)
    if is_no_word or (len(head) > 1 and head.islower() and not _VOWEL.search(head)):
        return True
    return False if len(head) == 1 or {one, two} <= words else None
