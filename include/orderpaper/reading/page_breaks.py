"""Take out what a printer, a browser or a site puts between two pages of a text, and join its sentences again.

A mark that nothing else looks like is taken out wherever it stands. A bare number may be a row of a table, an item of a
list, a note or a word. It is the number of a page only where it divides a sentence, at a form feed, or if it goes on
counting from such a number. A line that stands beside a mark within a sentence, and again elsewhere, is the heading of
each page.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from itertools import pairwise, takewhile

from orderpaper.errors import ParseError
from orderpaper.reading.dates import looks_like_a_day
from orderpaper.reading.lines import Line
from orderpaper.reading.pieces import LeftOut
from orderpaper.reading.printed import printed_lines
from orderpaper.reading.wrapping import goes_on, is_cell, joined, wrapped

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
_NUMBER = re.compile(
    r"(?P<open>\[|[Pp]age ?[|:]? ?)?(?P<number>[0-9]{1,3})(?P<total> ?(?:/|of) ?[0-9]{1,3})?(?P<close>\])?",
)
"""Matches what may be the number of a page, and a number of the text."""
_NOTE = re.compile(r"\[?([0-9]{1,3})\]? [A-Za-z]")
_PRINTED_AT = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}, [0-9]{1,2}[:.][0-9]{2}(?: ?[AaPp][Mm])?(?: .{1,200})?")
"""Matches what a browser prints above each page, and a row of a table of times."""
_SPOKEN_AT = re.compile(r"[0-9]{1,2}:[0-9]{2}:[0-9]{2}")
"""Matches the time that Hansard's site prints above its buttons."""
_COUNTED = re.compile(
    r"(?:million|billion|thousand|hundred|per|of|in|out|times|or|to|and|more|other|further|new|people|children|women|men"
    r"|(?!is\b|was\b|has\b|does\b|this\b|its\b|his\b|as\b|us\b|thus\b|whereas\b|unless\b|across\b|towards?\b)[a-z]{2,}s)\b"
)
"""Matches words that may stand after a number in a sentence."""
_LABEL = re.compile(r":|^(?i:(?:written |oral )?(?:question|answer)s?|(?:minister )?(?:reply|response))$")
"""Matches what may stand above each question on a page of its own."""
_SHORTEST_HALF = 25
_SHORTEST_SENTENCE = 60
_SHORTEST_PAGE = 400
"""In characters, up to the next page. Numbers that are nearer to each other count the items of a list."""
_SHORTEST_LAST_PAGE = 150
_PROOF = 2
"""So many numbers that divide sentences show that the others, which go on counting, are those of pages too."""
_MOST_HEADINGS = 2
"""How many lines may stand above, and below, a mark at the edge of each page."""
_LONGEST_HEADING = 120


def running_text(text: str) -> str:
    """Return a text without what stands between its pages, and each sentence that goes on over a line end in one line.

    Each line of the text keeps its number.

    Raises:
        ParseError: a number may be that of a page or a word.
    """
    found = _Breaks(text)
    taken = found.taken()
    lines = [line for place, line in enumerate(found.lines) if place not in taken]
    breaks = [
        (above, below)
        for above, below in pairwise(lines)
        if any(place in taken for place in found.between(above, below)) or found.has_feed(above, below)
    ]
    ends = {above.number for above, _ in breaks}
    pairs = {*wrapped(lines, ends), *(pair for pair in breaks if goes_on(*pair))}
    inside = {place for above, below in pairs for place in found.between(above, below)}
    blank = [found.lines[place] for place in taken - inside]
    edits = [(line.start, line.end, " " * (line.end - line.start)) for line in blank]
    return joined(text, pairs, lines, edits) if pairs or edits else text


class _Shown(Enum):
    """What shows that a number is that of a page."""

    PAGE = "it divides a sentence, or stands at a form feed below one, or beside the same number in a mark"
    AT_FEED = "it stands at a form feed, below a line that may name it"
    IN_SENTENCE = "it stands between lines of prose, and may be a word of their sentence"
    NOTHING = "nothing"


class _Breaks:
    """The lines of a text, and which of them stand between its pages."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._feeds = "\f" in text
        self.lines = printed_lines(text)
        self._counts = Counter(map(_shape, self.lines))
        self._notes = {match[1] for line in self.lines if (match := _NOTE.match(line.text))}
        self._places = {line.number: place for place, line in enumerate(self.lines)}
        self._marks = {place for place, line in enumerate(self.lines) if self._is_mark(place, line)}

    def between(self, above: Line, below: Line) -> range:
        """Return the places of the lines between two lines."""
        return range(self._places[above.number] + 1, self._places[below.number])

    def has_feed(self, above: Line, below: Line) -> bool:
        """Return whether a form feed stands between two lines."""
        return self._feeds and "\f" in self._text[above.end : below.start]

    def taken(self) -> set[int]:
        """Return the places of the lines that are taken out.

        Raises:
            ParseError: as for `running_text`.
        """
        taken = self._marks | self._numbers()
        headings = self._headings(taken)
        return taken | {place for place in self._repeated() if place not in taken} | headings

    def _is_mark(self, place: int, line: Line) -> bool:
        """Return whether a line can be nothing but a mark of a page, with the lines beside it."""
        text = line.text
        if _MARKS.fullmatch(text):
            return True
        above, below = (self.lines[n] if 0 <= n < len(self.lines) else None for n in (place - 1, place + 1))
        beside = [each for each in (above, below) if each]
        if _COLUMN.fullmatch(text):
            is_listed = any(_COLUMN.fullmatch(each.text) or each.text.endswith(":") for each in beside)
            return not is_listed and any(each.ends_sentence or len(each.text) > _SHORTEST_HALF for each in beside)
        if _is_address(line):
            return self._counts[_shape(line)] > 1 and below is not None and _is_of_total(below)
        if _is_of_total(line):
            return above is not None and self._counts[_shape(above)] > 1 and _is_address(above)
        if _SPOKEN_AT.fullmatch(text):
            return below is not None and re.fullmatch(_BUTTON, below.text) is not None
        if _PRINTED_AT.fullmatch(text) and not any(_PRINTED_AT.fullmatch(each.text) for each in beside):
            return above is None or self.has_feed(above, line) or any("://" in each.text for each in beside)
        return False

    def _around(self, place: int) -> tuple[Line | None, Line | None]:
        """Return the nearest lines above and below that are no marks."""
        above = next((n for n in range(place - 1, -1, -1) if n not in self._marks), None)
        below = next((n for n in range(place + 1, len(self.lines)) if n not in self._marks), None)
        return (None if above is None else self.lines[above]), (None if below is None else self.lines[below])

    def _numbers(self) -> set[int]:
        """Return the places of the lines that are numbers of pages.

        Raises:
            ParseError: as for `running_text`.
        """
        counted: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for place, line in enumerate(self.lines):
            if place not in self._marks and (match := _NUMBER.fullmatch(line.text)):
                shape = f"{match['open'] or ''}#{match['total'] or ''}{match['close'] or ''}"
                counted[shape].append((place, int(match["number"])))
        taken: set[int] = set()
        for numbers in counted.values():
            if self._counts_all_pages(numbers):
                taken.update(place for place, _ in numbers)
                continue
            found = [(place, number) for place, number in numbers if self._is_alone(place)]
            listed = {*self._listed(found)}
            evidence = {place: self._evidence(place) for place, _ in found if place not in listed}
            pages = {place for place, shown in evidence.items() if shown is _Shown.PAGE}
            unsure = {place for place, shown in evidence.items() if shown in (_Shown.AT_FEED, _Shown.IN_SENTENCE)}
            at_ends = len(pages) + sum(shown is _Shown.AT_FEED for shown in evidence.values())
            taken |= pages
            if at_ends >= _PROOF and _is_count(found):
                taken |= unsure | set(filter(self._is_after_sentence, evidence))
            elif unsure:
                line = self.lines[min(unsure)]
                raise ParseError(
                    f"line {line.number}: “{line.text}” may be the number of a page or a word of the text; remove it,"
                    " or put it in the line of its sentence"
                )
        return taken

    def _counts_all_pages(self, found: Sequence[tuple[int, int]]) -> bool:
        """Return whether numbers count the pages of a text up to its last line, or up to their total.

        The numbers of a list stand above its items, and those of a table near each other.
        """
        first, last = self.lines[found[0][0]], self.lines[found[-1][0]]
        above, _ = self._around(found[-1][0])
        if not _is_count(found) or above is None or (len(found) == 1 and _is_address(above)):
            return False
        if _is_of_total(first):
            return found[0][1] == 1 and len(set(re.findall("[0-9]+", last.text))) == 1
        ends_text = all(place in self._marks for place in range(found[-1][0] + 1, len(self.lines)))
        starts = [0, *(self.lines[place].end for place, _ in found)]
        lengths = [self.lines[place].start - start for (place, _), start in zip(found, starts, strict=False)]
        is_paged = min(lengths[:-1], default=0) >= _SHORTEST_PAGE and lengths[-1] >= _SHORTEST_LAST_PAGE
        return ends_text and is_paged

    def _is_after_sentence(self, place: int) -> bool:
        above, _ = self._around(place)
        return above is None or above.ends_sentence

    def _listed(self, found: Sequence[tuple[int, int]]) -> Iterator[int]:
        """Yield the places of numbers that count the items of a list, because they stand near each other."""
        for (first, one), (second, two) in pairwise(found):
            is_near = self.lines[second].start - self.lines[first].end < _SHORTEST_PAGE
            if two == one + 1 and is_near and not (self._is_at_edge(first) and self._is_at_edge(second)):
                yield from (first, second)

    def _is_alone(self, place: int) -> bool:
        """Return whether a number is no cell of a table, no item of a list, no note and not what a colon announces.

        One of a total at a form feed is none of them, whatever stands beside it.
        """
        above, below = self._around(place)
        around = [line for line in (above, below) if line]
        if any(_NUMBER.fullmatch(line.text) for line in around):
            return False
        if self._counts_pages(place):
            return True
        is_row = any(is_cell(line) and len(line.text) < _SHORTEST_SENTENCE for line in around)
        is_announced = above is not None and above.text.endswith(":")
        return not (is_row or is_announced) and self.lines[place].text.strip("[]") not in self._notes

    def _counts_pages(self, place: int) -> bool:
        """Return whether a line at a form feed is the number of a page with that of all pages."""
        return _is_of_total(self.lines[place]) and self._is_at_edge(place)

    def _evidence(self, place: int) -> "_Shown":
        """Return what shows that a number is that of a page."""
        line, (above, below) = self.lines[place], self._around(place)
        beside = [self.lines[mark].text for mark in (place - 1, place + 1) if mark in self._marks]
        if self._counts_pages(place) or any(line.text in re.findall("[0-9]+", mark) for mark in beside):
            return _Shown.PAGE
        is_apart = self._is_apart(place)
        is_at_feed = self._is_at_edge(place)
        if is_at_feed and self._is_after_sentence(place):
            return _Shown.PAGE
        if line.text[0] in "Pp" and max(len(each.text) for each in (above, below) if each) > _SHORTEST_HALF:
            return _Shown.PAGE
        if above is None or below is None:
            return _Shown.AT_FEED if is_at_feed else _Shown.NOTHING
        shorter, longer = sorted((len(above.text), len(below.text)))
        if goes_on(above, below) and shorter + longer >= _SHORTEST_SENTENCE:
            is_word = not is_apart and _COUNTED.match(below.text) is not None
            is_short = not is_apart and (shorter < _SHORTEST_HALF or line.text.startswith("["))
            return _Shown.NOTHING if is_short else _Shown.IN_SENTENCE if is_word else _Shown.PAGE
        is_prose = shorter >= _SHORTEST_SENTENCE and below.text[0].isalpha() and not above.is_closed
        if is_prose and not is_apart and not line.text.startswith("["):
            return _Shown.IN_SENTENCE
        return _Shown.AT_FEED if is_at_feed else _Shown.NOTHING

    def _headings(self, taken: set[int]) -> set[int]:
        """Return the places of the lines that stand beside the marks of pages and repeat a heading of each page."""
        edges = [*self._edges(taken)]
        running: set[str] = set()
        for above, below in edges:
            for first, last in self._widened(above, below):
                lines = [self.lines[place] for place in range(first + 1, last) if place not in taken]
                around = self.lines[first], self.lines[last]
                is_repeated = all(_may_repeat(line) and self._counts[_shape(line)] > 1 for line in lines)
                if is_repeated and goes_on(*around) and (not lines or self._are_single(around)):
                    running |= set(map(_shape, lines))
                    break
        found = self._tops(edges)
        for above, below in edges:
            for beside in (range(above, -1, -1), range(below, len(self.lines))):
                found.update(takewhile(lambda place: _shape(self.lines[place]) in running, beside))
        return found

    def _tops(self, edges: Sequence[tuple[int, int]]) -> set[int]:
        """Return the places of the first lines of all pages, if they are the same. A line may stand twice for a reason.

        If a label or a day follows on every page, such a line may be the heading of a question on a page of its own. If
        one follows on the first page only, it is the title of the document, which stays there.
        """
        tops = [range(below, min(below + _MOST_HEADINGS, len(self.lines))) for _, below in [(0, 0), *edges]]
        tops = [top for top in tops if top]
        found: set[int] = set()
        for shape in {_shape(self.lines[place]) for place in tops[0]} if len(tops) > _PROOF else ():
            first, *later = [place for top in tops for place in top if _shape(self.lines[place]) == shape]
            if len(later) + 1 == self._counts[shape] == len(tops) and _may_repeat(self.lines[first]):
                is_own = all(map(self._is_labelled, later)) or _LABEL.search(self.lines[first].text)
                found |= set() if is_own else {*later} if self._is_labelled(first) else {first, *later}
        return found

    def _is_labelled(self, place: int) -> bool:
        """Return whether a label or a day follows a line."""
        below = self.lines[place + 1].text if place + 1 < len(self.lines) else ""
        return ":" in below or looks_like_a_day(below)

    def _edges(self, taken: set[int]) -> Iterator[tuple[int, int]]:
        """Yield the places of the lines above and below each break between pages, and of the end of the last page."""
        above = None
        for place, line in enumerate(self.lines):
            if place in taken:
                continue
            if above is not None and (place - above > 1 or self.has_feed(self.lines[above], line)):
                yield above, place
            above = place
        if above is not None and above < len(self.lines) - 1:
            yield above, len(self.lines)

    def _widened(self, above: int, below: int) -> Iterator[tuple[int, int]]:
        """Yield the places of two lines around a break, with none, one or more lines on each side between them."""
        for up in range(_MOST_HEADINGS + 1):
            for down in range(_MOST_HEADINGS + 1):
                if above - up >= 0 and below + down < len(self.lines):
                    yield above - up, below + down

    def _repeated(self) -> set[int]:
        """Return the places of each line that divides sentences like the heading of a page, without the mark of one.

        It is the first line of the text, or stands apart and does so in several places.
        """
        places: defaultdict[str, list[int]] = defaultdict(list)
        for place, line in enumerate(self.lines):
            if place not in self._marks and _may_repeat(line):
                places[_shape(line)].append(place)
        found: set[int] = set()
        for alike in places.values():
            dividing = [place for place in alike[1:] if self._divides_prose(place)]
            if alike[0] == 0 or (len(dividing) > 1 and all(map(self._is_apart, dividing))):
                found.update(dividing)
        return found

    def _divides_prose(self, place: int) -> bool:
        above, below = self._around(place)
        if above is None or below is None or not goes_on(above, below) or not self._are_single((above, below)):
            return False
        return min(len(above.text), len(below.text)) >= _SHORTEST_HALF and not is_cell(above)

    def _is_apart(self, place: int) -> bool:
        """Return whether blank lines, marks or the ends of the text stand above and below a line."""
        number, (above, below) = self.lines[place].number, self._around(place)
        return (above is None or number - above.number > 1) and (below is None or below.number - number > 1)

    def _is_at_edge(self, place: int) -> bool:
        """Return whether a line stands apart and at a form feed."""
        above, below = self._around(place)
        start, end = above.end if above else 0, below.start if below else len(self._text)
        return self._feeds and "\f" in self._text[start:end] and self._is_apart(place)

    def _are_single(self, lines: Iterable[Line]) -> bool:
        """Return whether each line stands once in the text, and so in no answer that is given twice."""
        return all(self._counts[_shape(line)] == 1 for line in lines)


def _is_count(found: Iterable[tuple[int, int]]) -> bool:
    return all(second == first + 1 for (_, first), (_, second) in pairwise(found))


def _is_address(line: Line) -> bool:
    return _WEB_ADDRESS.fullmatch(line.text) is not None


def _is_of_total(line: Line) -> bool:
    return re.fullmatch(_OF_TOTAL, line.text) is not None


def _shape(line: Line) -> str:
    """Return the words of a line, whatever its numbers."""
    return re.sub(r"[0-9]+", "#", line.text)


def _may_repeat(line: Line) -> bool:
    """Return whether a line can be the heading of each page: short, with words, and no sentence or middle of one."""
    is_short = len(line.text) <= _LONGEST_HEADING and not line.ends_sentence
    begins = not line.text[0].islower() or "://" in line.text
    return is_short and begins and any(map(str.isalpha, line.text))
