"""Find the questions in the lines of a listing by their labels, and tell what a site prints around them."""

from collections.abc import Sequence
from typing import NamedTuple

from orderpaper.errors import ParseError
from orderpaper.reading.dates import looks_like_a_day, read_day
from orderpaper.reading.lines import Line
from orderpaper.reading.of_site import end_of_text
from orderpaper.sources.question_listing.labels import (
    ADDRESSEE,
    ANSWERER,
    ASKER,
    NUMBER,
    UNADDRESSED,
    has_number,
    is_header,
    is_label,
    is_marker,
    may_head,
    stands_above,
    tabled_day,
)

LOOKED_FOR = "a line “Question to the …:”"

MOST_BETWEEN = 3
"""A day, a heading and a number may stand between “Asked by” and “Question to the …:”."""
_MOST_ABOVE = 5
"""In lines. The label of a question is looked for so far above “Asked by”."""


class Part(NamedTuple):
    """The lines of a question and its answer: those above its first label, and the others."""

    preamble: list[Line]
    body: list[Line]

    @property
    def lines(self) -> list[Line]:
        """All its lines in order."""
        return [*self.preamble, *self.body]


def is_listing(lines: Sequence[Line]) -> bool:
    """Return whether a line says to whom a written question is put."""
    return any(ADDRESSEE.fullmatch(line.text) for line in lines) or any(
        ASKER.match(line.text) and any(UNADDRESSED.fullmatch(below.text) for below in lines[number + 1 : number + 3])
        for number, line in enumerate(lines)
    )


def split(lines: Sequence[Line]) -> tuple[list[Line], list[Part], list[Line]]:
    """Return the lines above the first question, the parts of the questions, and the lines of one that does not follow.

    Raises:
        ParseError: there is no question.
    """
    lines = _with_days(_without_numbers(_without_site(lines)))
    starts = _starts(lines)
    if not starts:
        raise ParseError(f"no question listing: {LOOKED_FOR} is missing")
    # The lines above a part start after the first label of the part before, even if that is incomplete.
    tops = [_top(lines, start, before + 1) for before, start in zip([-1, *starts], starts, strict=False)]
    has_others = any(_is_heading(lines, start - 1) for start in starts[1:])
    if starts[0] == 1 and _is_heading(lines, 0) and has_others:
        tops[0] = 0
    elif _is_only_one(lines, tops, starts):
        tops[0] += 1
    announced = len(lines)
    for number in range(starts[-1] + 2, len(lines)):
        if is_marker(lines[number]) or (number >= len(lines) - 2 and _announces(lines, number)):
            announced = number
            break
    parts = [
        Part(lines[top:start], lines[start:end])
        for top, start, end in zip(tops, starts, [*tops[1:], announced], strict=True)
    ]
    return lines[: tops[0]], parts, lines[announced:]


def _starts(lines: Sequence[Line]) -> list[int]:
    """Return the number of the first label of each question: who asks, or to whom the question is put.

    Two labels are of one question if they are of two kinds and nothing but headers stands between.
    """
    starts: list[int] = []
    last: tuple[int, bool] | None = None
    """The label above that has no label of the other kind yet, and whether it says who asks."""
    for number, line in enumerate(lines):
        is_asker = ASKER.match(line.text) is not None
        if not (is_asker or ADDRESSEE.fullmatch(line.text)):
            continue
        between = lines[last[0] + 1 : number] if last else ()
        if last and last[1] != is_asker and len(between) <= MOST_BETWEEN and all(map(is_header, between)):
            last = None
        else:
            starts.append(number)
            last = number, is_asker
    return starts


def _is_only_one(lines: Sequence[Line], tops: Sequence[int], starts: Sequence[int]) -> bool:
    """Return whether only the first question has a heading that its shape alone shows. It may be a line of the page."""
    at_top = [top < start and may_head(lines[top]) for top, start in zip(tops, starts, strict=True)]
    above = lines[tops[0] : starts[0]]
    is_beside = any(is_marker(line) or looks_like_a_day(line.text) or has_number(line) for line in above)
    return at_top[0] and not is_beside and not any(at_top[1:])


def _without_numbers(lines: Sequence[Line]) -> list[Line]:
    """Return the lines without the numbers of the questions in the list, if each question has one, counted upwards.

    Each stands alone above the marker, the heading or the asker of its question. Otherwise it may end the answer above.
    """
    found = {
        place: int(match["number"])
        for place, line in enumerate(lines)
        if (match := NUMBER.fullmatch(line.text)) and _heads_question(lines, place + 1)
    }
    labels = [place for place, line in enumerate(lines) if ASKER.match(line.text)] or [
        place for place, line in enumerate(lines) if ADDRESSEE.fullmatch(line.text)
    ]
    if not found or not labels or len(found) < len(labels) or min(found) > labels[0]:
        return list(lines)
    first = next(iter(found.values()))
    if [*found.values()] != [*range(first, first + len(found))]:
        return list(lines)
    return [line for place, line in enumerate(lines) if place not in found]


def _with_days(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with a day that heads several questions in each of them, if none of them has a day of its own.

    Such a day stands above the marker of the first of them. It is that of all questions down to the next such day.
    """
    places = [place for place, line in enumerate(lines) if is_marker(line)]
    heads = [place - 1 for place in places if place and _is_day(lines, place - 1)]
    if not heads or sum(looks_like_a_day(line.text) for line in lines) != len(heads) or heads[0] > places[0]:
        return list(lines)
    found: list[Line] = []
    day = lines[heads[0]]
    for place, line in enumerate(lines):
        if place in heads:
            day = line
        else:
            found += [line, day] if is_marker(line) else [line]
    return found


def _heads_question(lines: Sequence[Line], start: int) -> bool:
    """Return whether the header of a question begins with a line."""
    for line in lines[start : start + _MOST_ABOVE]:
        if is_label(line) or is_marker(line):
            return True
        if not (is_header(line) or NUMBER.fullmatch(line.text)):
            return False
    return False


def _without_site(lines: Sequence[Line]) -> list[Line]:
    """Return the lines without those of the site. Elsewhere than above a question or at the end they are text.

    Between them and the question may stand its day, its marker and one line that is its heading.
    """
    first = next((number for number, line in enumerate(lines) if is_label(line)), len(lines))
    kept: list[Line] = []
    number = end_of_text(lines, len(lines))
    headings = 1
    while number:
        line = lines[number - 1]
        if is_marker(line) or looks_like_a_day(line.text) or is_label(line):
            headings = 0
        elif number - 1 < first and stands_above(line):
            number -= 1
            continue
        else:
            headings += 1 if is_header(line) else 2
        kept.append(line)
        number = end_of_text(lines, number - 1) if headings < 2 else number - 1
    return kept[::-1]


def _top(lines: Sequence[Line], start: int, first: int) -> int:
    """Return the number of the first line above a label that belongs to the same question: marker, heading or day.

    A heading has the marker above or below it, the day above or below it, or the end of a sentence above it.
    """
    number = start
    while number > max(first, start - _MOST_ABOVE) and not lines[number - 1].ends_sentence:
        number -= 1
        if is_marker(lines[number]):
            has_heading = any(may_head(line) for line in lines[number + 1 : start])
            return number - (not has_heading and number > first and _is_heading(lines, number - 1))
    top = start
    while top > first and has_number(lines[top - 1]):
        top -= 1
    if top > first and _is_day(lines, top - 1):
        return top - 1 - (top - 1 > first and may_head(lines[top - 2]))
    if top - 1 > first and _is_day(lines, top - 2) and may_head(lines[top - 1]):
        return top - 2
    # The line at the top of a page may be its title, but not above the day on which the question was tabled.
    lowest = first if top < start and tabled_day(lines[top]) else max(first, 1)
    return top - (top > lowest and _is_heading(lines, top - 1))


def _is_day(lines: Sequence[Line], number: int) -> bool:
    """Return whether a line is a day, and not the end of a list under a line such as “It opens on:”."""
    return looks_like_a_day(lines[number].text) and not (number and lines[number - 1].text.endswith(":"))


def _announces(lines: Sequence[Line], number: int) -> bool:
    """Return whether a line at the end is the day of a question that does not follow. An answer may end in days."""
    if ANSWERER.match(lines[number - 1].text):
        return False  # it is the day of the answer below it
    day = read_day(lines[number].text)
    return bool(day and day.year) and _is_day(lines, number) and not looks_like_a_day(lines[number - 1].text)


def _is_heading(lines: Sequence[Line], number: int) -> bool:
    """Return whether a line is a heading by its shape, and after the end of a sentence."""
    line = lines[number]
    if not may_head(line) or line.is_closed or line.is_note:
        return False
    return number == 0 or (lines[number - 1].is_closed and not lines[number - 1].text.endswith((":", ";")))
