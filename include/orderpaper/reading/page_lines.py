"""Find the lines that a printer, a browser or a site puts between two pages, and that nothing else looks like."""

import re
from collections import Counter

from orderpaper.reading.lines import Line
from orderpaper.reading.pieces import LeftOut
from orderpaper.reading.printed import printed_lines

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}"
_CONT = r"cont(?:inued|['’]?d)\.?"
_OF_TOTAL = r"[0-9]{1,4} ?(?:of|/) ?[0-9]{1,4}"
_ADDRESS = r"\S{0,20}(?:://|www\.)\S{1,400}"
_BUTTON = r"(?i:(?:share|link to|copy link to) this (?:contribution|speech))"
MARKS: LeftOut = {
    rf"^(?i:page {_OF_TOTAL}|[-–—] ?(?:page )?[0-9]{{1,4}} ?[-–—]|[0-9]{{1,4}} ?\| ?p ?a ?g ?e)$": (
        "it is the number of a page"
    ),
    rf"^{_ADDRESS} (?:page )?{_OF_TOTAL}$": ("a browser prints it below each page"),
    rf"^(?i:[\[(]{_CONT}[\])]|{_CONT} ?(?:…|\.\.\.)|[\[(]?continued (?:overleaf|(?:on|from) (?:the )?(?:next|previous"
    r"|last) page|(?:on|from) page [0-9]{1,4})[\])]?(?: ?(?:…|\.\.\.))?|P\.?T\.?O\.?|please turn over)$": (
        "it says that the text goes on"
    ),
    rf"^\[?[0-9]{{1,2}} {_MONTH}\.? [0-9]{{4}}\]? ?:? ?Col(?:umn|\.) [0-9]{{1,4}}(?:WH|GC|WS|WA|W)?$": (
        "it is the number of a column of the Official Report"
    ),
    rf"^{_BUTTON}$": "it is a button of the site",
}
"""The lines that are taken out wherever they stand, and why."""
_MARKS = re.compile("|".join(f"(?:{pattern})" for pattern in MARKS))
_COLUMN = re.compile(r"Column [0-9]{2,4}(?:WH|GC|WS|WA|W)?")
"""Matches the number of a column, and the heading of one in a table."""
_WEB_ADDRESS = re.compile(_ADDRESS)
_PRINTED_AT = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}, [0-9]{1,2}[:.][0-9]{2}(?: ?[AaPp][Mm])?(?: .{1,200})?")
"""Matches what a browser prints above each page, and a row of a table of times."""
_SPOKEN_AT = re.compile(r"[0-9]{1,2}:[0-9]{2}:[0-9]{2}")
"""Matches the time that Hansard's site prints above its buttons."""
SHORTEST_HALF = 25
"""In characters, of half a sentence that a page divides."""


class PageLines:
    """The lines of a text, and which of them are marks of its pages."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._feeds = "\f" in text
        self.lines = printed_lines(text)
        self._counts = Counter(map(shape, self.lines))
        self._places = {line.number: place for place, line in enumerate(self.lines)}
        self.marks = {place for place, line in enumerate(self.lines) if self._is_mark(place, line)}
        """The places of the marks among the lines."""

    def between(self, above: Line, below: Line) -> range:
        """Return the places of the lines between two lines."""
        return range(self._places[above.number] + 1, self._places[below.number])

    def has_feed(self, above: Line, below: Line) -> bool:
        """Return whether a form feed stands between two lines."""
        return self._feeds and "\f" in self._text[above.end : below.start]

    def count(self, line: Line) -> int:
        """Return how often a line stands in the text, whatever its numbers."""
        return self._counts[shape(line)]

    def around(self, place: int) -> tuple[Line | None, Line | None]:
        """Return the nearest lines above and below that are no marks."""
        above = next((n for n in range(place - 1, -1, -1) if n not in self.marks), None)
        below = next((n for n in range(place + 1, len(self.lines)) if n not in self.marks), None)
        return (None if above is None else self.lines[above]), (None if below is None else self.lines[below])

    def is_apart(self, place: int) -> bool:
        """Return whether blank lines, marks or the ends of the text stand above and below a line."""
        number, (above, below) = self.lines[place].number, self.around(place)
        return (above is None or number - above.number > 1) and (below is None or below.number - number > 1)

    def is_at_edge(self, place: int) -> bool:
        """Return whether a line stands apart and at a form feed."""
        above, below = self.around(place)
        start, end = above.end if above else 0, below.start if below else len(self._text)
        return self._feeds and "\f" in self._text[start:end] and self.is_apart(place)

    def _is_mark(self, place: int, line: Line) -> bool:
        """Return whether a line can be nothing but a mark of a page, with the lines beside it."""
        text = line.text
        if _MARKS.fullmatch(text):
            return True
        above, below = (self.lines[n] if 0 <= n < len(self.lines) else None for n in (place - 1, place + 1))
        beside = [each for each in (above, below) if each]
        if _COLUMN.fullmatch(text):
            is_listed = any(_COLUMN.fullmatch(each.text) or each.text.endswith(":") for each in beside)
            return not is_listed and any(each.ends_sentence or len(each.text) > SHORTEST_HALF for each in beside)
        if is_address(line):
            return self._counts[shape(line)] > 1 and below is not None and is_of_total(below)
        if is_of_total(line):
            return above is not None and self._counts[shape(above)] > 1 and is_address(above)
        if _SPOKEN_AT.fullmatch(text):
            return below is not None and re.fullmatch(_BUTTON, below.text) is not None
        if _PRINTED_AT.fullmatch(text) and not any(_PRINTED_AT.fullmatch(each.text) for each in beside):
            return above is None or self.has_feed(above, line) or any("://" in each.text for each in beside)
        return False


def is_address(line: Line) -> bool:
    """Return whether a line is nothing but an address of the web."""
    return _WEB_ADDRESS.fullmatch(line.text) is not None


def is_of_total(line: Line) -> bool:
    """Return whether a line is a number of how many: "3 of 7", "3/7"."""
    return re.fullmatch(_OF_TOTAL, line.text) is not None


def shape(line: Line) -> str:
    """Return the words of a line, whatever its numbers."""
    return re.sub(r"[0-9]+", "#", line.text)
