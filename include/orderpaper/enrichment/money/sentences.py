"""Find where the sentences of an official text begin and end."""

import bisect
import re

_END = re.compile(r"\n+|(?<=[.!?])[”\"’')\]]*\s+(?=[A-Z£€$“\"‘(\[•\d–-])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:hon|rt|mr|mrs|ms|dr|no|nos|st|approx|c|ca|vs|para|paras|e\.g|i\.e|etc|fig|art|cf|ltd|inc|col|prof|p|pp)\.|\b[A-Z]\.)$",
    re.IGNORECASE,
)


class Sentences:
    """The sentences of a text. The end of a line, and so of a table row, ends a sentence."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0]
        self._ends: list[int] = []
        for match in _END.finditer(text):
            if "\n" not in match[0] and _ABBREVIATION.search(text, max(0, match.start() - 12), match.start()):
                continue
            self._ends.append(match.start())
            self._starts.append(match.end())
        self._ends.append(len(text))
        self._cache: dict[int, str] = {}

    def index_at(self, position: int) -> int:
        """Return the number of the sentence at a position."""
        return bisect.bisect_right(self._starts, position) - 1

    def span(self, index: int) -> tuple[int, int]:
        """Return the start and end of a sentence in the text."""
        return self._starts[index], self._ends[index]

    def text(self, index: int) -> str:
        """Return the text of a sentence. It is the same object each time, so that figures share its memory."""
        if index not in self._cache:
            self._cache[index] = self._text[self._starts[index] : self._ends[index]].strip()
        return self._cache[index]
