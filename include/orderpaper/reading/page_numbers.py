"""Tell the number of a page, on a line of its own, from a row of a table, an item of a list, a note or a word."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from itertools import pairwise

from orderpaper.errors import ParseError
from orderpaper.reading.page_lines import SHORTEST_HALF, PageLines, is_address, is_of_total
from orderpaper.reading.wrapping import goes_on, is_cell

_NUMBER = re.compile(
    r"(?P<open>\[|[Pp]age ?[|:]? ?)?(?P<number>[0-9]{1,3})(?P<total> ?(?:/|of) ?[0-9]{1,3})?(?P<close>\])?",
)
"""Matches what may be the number of a page, and a number of the text."""
_NOTE = re.compile(r"\[?([0-9]{1,3})\]? [A-Za-z]")
_COUNTED = re.compile(
    r"(?:million|billion|thousand|hundred|per|of|in|out|times|or|to|and|more|other|further|new|people|children|women|men"
    r"|(?!is\b|was\b|has\b|does\b|this\b|its\b|his\b|as\b|us\b|thus\b|whereas\b|unless\b|across\b|towards?\b)[a-z]{2,}s)\b"
)
"""Matches words that may stand after a number in a sentence."""
_SHORTEST_SENTENCE = 60
_SHORTEST_PAGE = 400
"""In characters, up to the next page. Numbers that are nearer to each other count the items of a list."""
_SHORTEST_LAST_PAGE = 150
_PROOF = 2
"""So many numbers that divide sentences show that the others, which go on counting, are those of pages too."""


class _Shown(Enum):
    """Name what shows that a number is that of a page."""

    PAGE = "it divides a sentence, or stands at a form feed below one, or beside the same number in a mark"
    AT_FEED = "it stands at a form feed, below a line that may name it"
    IN_SENTENCE = "it stands between lines of prose, and may be a word of their sentence"
    NOTHING = "nothing"


def page_numbers(page: PageLines) -> set[int]:
    """Return the places of the lines that are numbers of pages.

    Raises:
        ParseError: a number may be that of a page or a word.
    """
    return _Numbers(page).taken()


class _Numbers:
    """The numbers of a text that stand on lines of their own."""

    def __init__(self, page: PageLines) -> None:
        self._page = page
        self._lines = page.lines
        self._notes = {match[1] for line in page.lines if (match := _NOTE.match(line.text))}

    def taken(self) -> set[int]:
        """Return the places of the lines that are numbers of pages.

        Raises:
            ParseError: as for `page_numbers`.
        """
        counted: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for place, line in enumerate(self._lines):
            if place not in self._page.marks and (match := _NUMBER.fullmatch(line.text)):
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
                line = self._lines[min(unsure)]
                raise ParseError(
                    f"line {line.number}: “{line.text}” may be the number of a page or a word of the text; remove it,"
                    " or put it in the line of its sentence"
                )
        return taken

    def _counts_all_pages(self, found: Sequence[tuple[int, int]]) -> bool:
        """Return whether numbers count the pages of a text up to its last line, or up to their total.

        The numbers of a list stand above its items, and those of a table near each other.
        """
        first, last = self._lines[found[0][0]], self._lines[found[-1][0]]
        above, _ = self._page.around(found[-1][0])
        if not _is_count(found) or above is None or (len(found) == 1 and is_address(above)):
            return False
        ends_text = all(place in self._page.marks for place in range(found[-1][0] + 1, len(self._lines)))
        starts = [0, *(self._lines[place].end for place, _ in found)]
        lengths = [self._lines[place].start - start for (place, _), start in zip(found, starts, strict=False)]
        if not ends_text or lengths[-1] < _SHORTEST_LAST_PAGE:
            return False
        if is_of_total(first):
            return found[0][1] == 1 and len(set(re.findall("[0-9]+", last.text))) == 1
        return min(lengths[:-1], default=0) >= _SHORTEST_PAGE

    def _is_after_sentence(self, place: int) -> bool:
        above, _ = self._page.around(place)
        return above is None or above.ends_sentence

    def _listed(self, found: Sequence[tuple[int, int]]) -> Iterator[int]:
        """Yield the places of numbers that count the items of a list, because they stand near each other."""
        for (first, one), (second, two) in pairwise(found):
            is_near = self._lines[second].start - self._lines[first].end < _SHORTEST_PAGE
            if two == one + 1 and is_near and not (self._page.is_at_edge(first) and self._page.is_at_edge(second)):
                yield from (first, second)

    def _is_alone(self, place: int) -> bool:
        """Return whether a number is no cell of a table, no item of a list, no note and not what a colon announces.

        One of a total at a form feed is none of them, whatever stands beside it.
        """
        above, below = self._page.around(place)
        around = [line for line in (above, below) if line]
        if any(_NUMBER.fullmatch(line.text) for line in around):
            return False
        if self._counts_pages(place):
            return True
        is_row = any(is_cell(line) and len(line.text) < _SHORTEST_SENTENCE for line in around)
        is_announced = above is not None and above.text.endswith(":")
        return not (is_row or is_announced) and self._lines[place].text.strip("[]") not in self._notes

    def _counts_pages(self, place: int) -> bool:
        """Return whether a line at a form feed is the number of a page with that of all pages."""
        return is_of_total(self._lines[place]) and self._page.is_at_edge(place)

    def _evidence(self, place: int) -> "_Shown":
        """Return what shows that a number is that of a page."""
        line, (above, below) = self._lines[place], self._page.around(place)
        beside = [self._lines[mark].text for mark in (place - 1, place + 1) if mark in self._page.marks]
        if self._counts_pages(place) or any(line.text in re.findall("[0-9]+", mark) for mark in beside):
            return _Shown.PAGE
        is_apart = self._page.is_apart(place)
        is_at_feed = self._page.is_at_edge(place)
        if is_at_feed and self._is_after_sentence(place):
            return _Shown.PAGE
        if line.text[0] in "Pp" and max(len(each.text) for each in (above, below) if each) > SHORTEST_HALF:
            return _Shown.PAGE
        if above is None or below is None:
            return _Shown.AT_FEED if is_at_feed else _Shown.NOTHING
        shorter, longer = sorted((len(above.text), len(below.text)))
        if goes_on(above, below) and shorter + longer >= _SHORTEST_SENTENCE:
            is_word = not is_apart and _COUNTED.match(below.text) is not None
            is_short = not is_apart and (shorter < SHORTEST_HALF or line.text.startswith("["))
            return _Shown.NOTHING if is_short else _Shown.IN_SENTENCE if is_word else _Shown.PAGE
        is_prose = shorter >= _SHORTEST_SENTENCE and below.text[0].isalpha() and not above.is_closed
        if is_prose and not is_apart and not line.text.startswith("["):
            return _Shown.IN_SENTENCE
        return _Shown.AT_FEED if is_at_feed else _Shown.NOTHING


def _is_count(found: Iterable[tuple[int, int]]) -> bool:
    return all(second == first + 1 for (_, first), (_, second) in pairwise(found))
