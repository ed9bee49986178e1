"""Take out what a printer, a browser or a site puts between two pages of a text, and join its sentences again.

A mark that nothing else looks like is taken out wherever it stands. A bare number may be a row of a table, an item of a
list, a note or a word. It is the number of a page only where it divides a sentence, at a form feed, or if it goes on
counting from such a number. A line that stands beside a mark within a sentence, and again elsewhere, is the heading of
each page.
"""

from itertools import pairwise

from orderpaper.reading.hyphens import divided
from orderpaper.reading.page_heads import page_heads
from orderpaper.reading.page_lines import PageLines
from orderpaper.reading.page_numbers import page_numbers
from orderpaper.reading.wrapping import goes_on, joined, wrapped


def running_text(text: str) -> str:
    """Return a text without what stands between its pages, and each sentence that goes on over a line end in one line.

    Each line of the text keeps its number.

    Raises:
        ParseError: a number may be that of a page or a word, or a line the head of two pages or one of the text.
    """
    found = PageLines(text)
    taken = found.marks | page_numbers(found)
    taken |= page_heads(found, taken)
    lines = [line for place, line in enumerate(found.lines) if place not in taken]
    breaks = [
        (above, below)
        for above, below in pairwise(lines)
        if any(place in taken for place in found.between(above, below)) or found.has_feed(above, below)
    ]
    ends = {above.number for above, _ in breaks}
    pairs = {*wrapped(lines, ends), *(pair for pair in breaks if goes_on(*pair))}
    below = [pair for pair in pairwise(lines) if pair[1].number == pair[0].number + 1 or pair in pairs]
    marks, unsure = divided(text, below)
    pairs |= {pair for pair in below if pair[0].number in marks}
    pairs -= {pair for pair in pairs if pair[0].number in unsure}
    inside = {place for above, below in pairs for place in found.between(above, below)}
    blank = [found.lines[place] for place in taken - inside]
    edits = [(line.start, line.end, " " * (line.end - line.start)) for line in blank]
    return joined(text, pairs, lines, edits, marks) if pairs or edits else text
