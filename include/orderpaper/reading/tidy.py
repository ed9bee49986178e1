"""Read a text in one form: composed characters, ordinary spaces, and no invisible characters.

"£5" with a zero width space before "million", or with thin spaces between thousands, looks like any other sum to a
reader. `tidy` gives the form that searches read. `TidyText` keeps the place of each character in the text as stored.
"""

import re
import unicodedata
from dataclasses import dataclass

_SPACES = "\r\f\v\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_INVISIBLE = (
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
"""Characters that take no place when they are printed: soft hyphens, joiners, marks of direction and order."""
_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
_SPACE = re.compile(f"[{_SPACES}]")
_HIDDEN = re.compile(f"[{_INVISIBLE}]+")
_UNTIDY = re.compile(f"[{_SPACES}{_INVISIBLE}]")
_CLUSTER = re.compile(f"[{_INVISIBLE}]+|[^{_MARKS}{_INVISIBLE}][{_MARKS}{_INVISIBLE}]*(?<![{_INVISIBLE}])|.", re.DOTALL)
"""Matches a character with the marks that belong to it."""


def tidy(text: str) -> str:
    """Return a text without invisible characters, with composed letters (NFC) and with one kind of space.

    Tabs and line ends stay.
    """
    if is_tidy(text):
        return text
    return unicodedata.normalize("NFC", _HIDDEN.sub("", _SPACE.sub(" ", text)))


def is_tidy(text: str) -> bool:
    """Return whether `tidy` would return a text as it is."""
    return _UNTIDY.search(text) is None and (text.isascii() or unicodedata.is_normalized("NFC", text))


@dataclass(frozen=True, slots=True)
class TidyText:
    """A text as `tidy` returns it, and the place of each of its characters in the text as stored."""

    text: str
    _places: list[tuple[int, int]] | None = None

    @classmethod
    def of(cls, stored: str) -> "TidyText":
        """Return the tidy form of a stored text."""
        if is_tidy(stored):
            return cls(stored)
        pieces: list[str] = []
        places: list[tuple[int, int]] = []
        for match in _CLUSTER.finditer(stored):
            piece = tidy(match[0])
            pieces.append(piece)
            places += [match.span()] * len(piece)
        return cls("".join(pieces), places)

    def stored_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the stored text of a part of the tidy text that is not empty."""
        if self._places is None:
            return start, end
        return self._places[start][0], self._places[end - 1][1]
