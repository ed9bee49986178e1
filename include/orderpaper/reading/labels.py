"""Read the lines that begin with a label: the value may stand on the same line, below it, or wrapped in several."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from orderpaper.reading.lines import Line

_LONGEST = 120
"""In characters. A longer line was not wrapped."""
_SHORTEST = 40
_UNFINISHED = re.compile(r"(?:[,(–—-]|\b(?:of|for|the|and|to|in|at|on))$")
"""Matches the end of a label that says that something follows."""
_BRACKET = re.compile(r"[(\[][A-Z][^()\[\]]*[)\]]")
_LETTER = re.compile(r"[(\[]?[^\W\d_]")
_MARKS = re.compile(r"[\s*_]*")
"""Matches what stands between a colon and the value: spaces, and marks of Markdown."""
_MOST_JOINED = 3


def going_on(lines: Sequence[Line]) -> frozenset[int]:
    """Return the numbers of the lines that go on in the line below, if the text was wrapped at some width.

    It was if one of its lines stops within a sentence and the next word, in small letters, would have made it the
    longest line. Then each line that the next word would have made too long goes on, unless it ends a sentence.
    """
    width = max((len(line.text) for line in lines), default=0)
    if not _SHORTEST <= width <= _LONGEST:
        return frozenset()
    full = [
        (line, below)
        for line, below in pairwise(lines)
        if below.number == line.number + 1
        and not line.ends_sentence
        and len(line.text) + 1 + len(below.text.split(" ", 1)[0]) > width
    ]
    is_wrapped = any(below.text[0].islower() for _, below in full)
    return frozenset(line.number for line, _ in full) if is_wrapped else frozenset()


def join_labels(
    lines: Sequence[Line], is_label: Callable[[str], bool], is_open: Callable[[str], bool] = lambda text: False
) -> list[Line]:
    """Return the lines with each that begins with a label joined to those in which it goes on.

    It does if the text is wrapped there, if it has an open bracket or ends in a word or mark that something follows, or
    if the line below begins with a small letter or is all in brackets. It never does in a line that ends a sentence.
    Where the text is wrapped, a line that goes on itself begins a paragraph, and is no end of a label.

    Args:
        lines: the lines.
        is_label: whether a line begins with a label; such a line never goes on with another label.
        is_open: whether a label is incomplete for another reason.
    """
    wrapped = going_on(lines)
    joined: list[Line] = []
    last = count = 0
    for line in lines:
        above = joined[-1] if joined else None
        if (
            above
            and count < _MOST_JOINED
            and is_label(above.text)
            and not is_label(line.text)
            and _LETTER.match(line.text)
            and (line.is_label or line.text.endswith(":"))
            and (is_open(above.text) or _goes_on(above, line, last, wrapped))
        ):
            joined[-1] = above._replace(text=f"{above.text} {line.text}", end=line.end)
            count += 1
        else:
            joined.append(line)
            count = 1
        last = line.number
    return joined


def _goes_on(above: Line, line: Line, last: int, wrapped: frozenset[int]) -> bool:
    """Return whether a label, of which `last` is the last line so far, goes on in a line."""
    has_bracket = "(" in above.text or "[" in above.text
    is_open = above.text.count("(") > above.text.count(")") or above.text.count("[") > above.text.count("]")
    if is_open or (last in wrapped and line.number not in wrapped and not above.text.endswith((")", "]"))):
        return True
    in_brackets = not has_bracket and _BRACKET.fullmatch(line.text) is not None
    return line.number == last + 1 and (
        _UNFINISHED.search(above.text) is not None or line.text[0].islower() or in_brackets
    )


def split_labels(text: str, lines: Sequence[Line], label: re.Pattern[str], *, may_be_text: bool = False) -> list[Line]:
    """Return the lines with each "LABEL: value" as two lines, as others print them. A tab may divide them, as in cells.

    Args:
        text: the text of the document.
        lines: some of its lines.
        label: the labels, without their colon.
        may_be_text: whether a value may be a text. Otherwise a sentence after a label is none.
    """
    found: list[Line] = []
    for line in lines:
        name, mark, value = line.text.partition(":")
        if "\t" in text[line.start : line.end] and not label.fullmatch(name.strip()):
            name, mark, value = text[line.start : line.end].partition("\t")
            value = " ".join(value.split())
        is_value = value.strip() and (may_be_text or line.is_label)
        if not (mark and is_value and label.fullmatch(name.strip())):
            found.append(line)
            continue
        place = text.index(mark, line.start) + 1
        place += len(_MARKS.match(text[place : line.end])[0])  # type: ignore[index]
        found.append(Line(line.number, name.strip(), line.start, place))
        found.append(Line(line.number, value.strip(), place, line.end))
    return found
