"""Find the lines that each page has at its head or foot, by the marks and sentences around them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from orderpaper.errors import ParseError
from orderpaper.reading.dates import looks_like_a_day
from orderpaper.reading.lines import Line
from orderpaper.reading.page_lines import SHORTEST_HALF, PageLines, shape
from orderpaper.reading.wrapping import goes_on, is_cell

_LABEL = re.compile(r":|^(?i:(?:written |oral )?(?:question|answer)s?|(?:minister )?(?:reply|response))$")
"""Matches what may stand above each question on a page of its own."""
_FEWEST_PAGES = 3
"""A line may stand twice at the head of a page for another reason."""
_MOST_HEADINGS = 2
"""How many lines may stand above, and below, a mark at the edge of each page."""
_LONGEST_HEADING = 120


def page_heads(page: PageLines, taken: set[int]) -> set[int]:
    """Return the places of the lines at the head and foot of each page.

    Args:
        page: the lines.
        taken: the places of marks and numbers.

    Raises:
        ParseError: a line may be the head of two pages or a line of the text.
    """
    heads = _Heads(page)
    return heads.beside(taken) | (heads.dividing() - taken)


class _Heads:
    """The lines of a text that may be the head of each page."""

    def __init__(self, page: PageLines) -> None:
        self._page = page
        self._lines = page.lines

    def beside(self, taken: set[int]) -> set[int]:
        """Return the places of the lines that stand beside the marks of pages and repeat a heading of each page.

        Raises:
            ParseError: as for `page_heads`.
        """
        edges = [*self._edges(taken)]
        running: set[str] = set()
        for above, below in edges:
            for first, last in self._widened(above, below):
                lines = [self._lines[place] for place in range(first + 1, last) if place not in taken]
                around = self._lines[first], self._lines[last]
                is_repeated = all(_may_repeat(line) and self._page.count(line) > 1 for line in lines)
                if is_repeated and goes_on(*around) and (not lines or self._are_single(around)):
                    running |= set(map(shape, lines))
                    break
        found = self._tops(edges)
        for above, below in edges:
            for beside in (range(above, -1, -1), range(below, len(self._lines))):
                found.update(takewhile(lambda place: shape(self._lines[place]) in running, beside))
        return found

    def _tops(self, edges: Sequence[tuple[int, int]]) -> set[int]:
        """Return the places of the first lines of all pages, if they are the same.

        If a label or a day follows on every page, such a line may be the heading of a question on a page of its own. If
        one follows on the first page only, it is the title of the document, which stays there.

        Raises:
            ParseError: there are two pages, so that such a line may also be one of the text.
        """
        tops = [range(below, min(below + _MOST_HEADINGS, len(self._lines))) for _, below in [(0, 0), *edges]]
        tops = [top for top in tops if top]
        found: set[int] = set()
        for words in {shape(self._lines[place]) for place in tops[0]} if len(tops) > 1 else ():
            first, *later = [place for top in tops for place in top if shape(self._lines[place]) == words]
            line = self._lines[first]
            if len(later) + 1 == self._page.count(line) == len(tops) and _may_repeat(line):
                is_own = _LABEL.search(line.text) or looks_like_a_day(line.text) or all(map(self._is_labelled, later))
                if len(tops) < _FEWEST_PAGES and not is_own:
                    raise ParseError(
                        f"line {self._lines[later[0]].number}: “{line.text[:60]}” stands at the head of both pages and"
                        " may be a line of the text; remove it there, or save the text without its pages"
                    )
                found |= set() if is_own else {*later} if self._is_labelled(first) else {first, *later}
        return found

    def _is_labelled(self, place: int) -> bool:
        """Return whether a label or a day follows a line."""
        below = self._lines[place + 1].text if place + 1 < len(self._lines) else ""
        return ":" in below or looks_like_a_day(below)

    def _edges(self, taken: set[int]) -> Iterator[tuple[int, int]]:
        """Yield the places of the lines above and below each break between pages, and of the end of the last page."""
        above = None
        for place, line in enumerate(self._lines):
            if place in taken:
                continue
            if above is not None and (place - above > 1 or self._page.has_feed(self._lines[above], line)):
                yield above, place
            above = place
        if above is not None and above < len(self._lines) - 1:
            yield above, len(self._lines)

    def _widened(self, above: int, below: int) -> Iterator[tuple[int, int]]:
        """Yield the places of two lines around a break, with none, one or more lines on each side between them."""
        for up in range(_MOST_HEADINGS + 1):
            for down in range(_MOST_HEADINGS + 1):
                if above - up >= 0 and below + down < len(self._lines):
                    yield above - up, below + down

    def dividing(self) -> set[int]:
        """Return the places of each line that divides sentences like the heading of a page, without the mark of one.

        It is the first line of the text, or stands apart and does so in several places.
        """
        places: defaultdict[str, list[int]] = defaultdict(list)
        for place, line in enumerate(self._lines):
            if place not in self._page.marks and _may_repeat(line):
                places[shape(line)].append(place)
        found: set[int] = set()
        for alike in places.values():
            dividing = [place for place in alike[1:] if self._divides_prose(place)]
            if alike[0] == 0 or (len(dividing) > 1 and all(map(self._page.is_apart, dividing))):
                found.update(dividing)
        return found

    def _divides_prose(self, place: int) -> bool:
        above, below = self._page.around(place)
        if above is None or below is None or not goes_on(above, below) or not self._are_single((above, below)):
            return False
        return min(len(above.text), len(below.text)) >= SHORTEST_HALF and not is_cell(above)

    def _are_single(self, lines: Iterable[Line]) -> bool:
        """Return whether each line stands once in the text, and so in no answer that is given twice."""
        return all(self._page.count(line) == 1 for line in lines)


def _may_repeat(line: Line) -> bool:
    """Return whether a line can be the heading of each page: short, with words, and no sentence or middle of one."""
    is_short = len(line.text) <= _LONGEST_HEADING and not line.ends_sentence
    begins = not line.text[0].islower() or "://" in line.text
    return is_short and begins and any(map(str.isalpha, line.text))
