"""Find the lists in a text: the lines that are items, and the line that introduces them.

Markup says so itself (`li`). Plain text has a line for each item after a line that ends with a colon. An item has a
mark ("•", "a)") or ends in the middle of a sentence, and an item that ends with a full stop is the last.
"""

import re
from dataclasses import dataclass

from lxml import etree
from lxml import html as lxml_html

from orderpaper.reading.markup import html_to_text

_LEADS = re.compile(r"[:;]\s*$")
_MARK = re.compile(r"\s*(?:[-–—•·*▪●]\s*|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s)")
_GOES_ON = re.compile(r"(?:[;,]|[;,]? (?:and|or))\s*$")
_WHOLE = re.compile(r"[.!?][”\"’')\]]*\s*$")


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a list and the line that introduces the list, as spans of the text."""

    start: int
    end: int
    lead_start: int
    lead_end: int


def find_items(text: str, html: str | None = None) -> list[Item]:
    """Return the items of every list in a text, in order, one for each of their lines."""
    has_markup = html is not None and "<li" in html.lower()
    if not has_markup and ":\n" not in text and ";\n" not in text and ": \n" not in text:
        return []
    lines = _lines(text)
    marked = _marked_up(text, html) if has_markup and html else []
    return _items_of_markup(text, lines, marked) if marked else _items_of_print(text, lines)


def _lines(text: str) -> list[tuple[int, int]]:
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append((start, start + len(line)))
        start += len(line) + 1
    return lines


def _marked_up(text: str, html: str) -> list[tuple[int, int]]:
    """Return the spans of the outermost `li` elements."""
    try:
        root = lxml_html.fragment_fromstring(html.replace("\x00", ""), create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return []
    spans, position = [], 0
    for element in root.iter("li"):
        if next(element.iterancestors("li"), None) is not None:
            continue
        printed = html_to_text(etree.tostring(element, encoding="unicode", with_tail=False))
        start = text.find(printed, position) if printed else -1
        if start >= 0:
            position = start + len(printed)
            spans.append((start, position))
    return spans


def _items_of_markup(text: str, lines: list[tuple[int, int]], marked: list[tuple[int, int]]) -> list[Item]:
    items: list[Item] = []
    lead: tuple[int, int] | None = None
    left = iter(marked)
    span = next(left, None)
    for start, end in lines:
        while span and span[1] <= start:
            span = next(left, None)
        is_item = span is not None and span[0] <= start
        if is_item and lead:
            items.append(Item(start, end, *lead))
        if not is_item or text[start:end].rstrip().endswith(":"):
            lead = (start, end)
    return items


def _items_of_print(text: str, lines: list[tuple[int, int]]) -> list[Item]:
    items: list[Item] = []
    lead: tuple[int, int] | None = None
    is_open = False
    for start, end in lines:
        line = text[start:end]
        if _LEADS.search(line) and not (lead and line.rstrip().endswith(";")):
            lead, is_open = (start, end), False
            continue
        if lead is None:
            continue
        is_marked = _MARK.match(line) is not None
        if "\t" in line or (_WHOLE.search(line) and not is_marked and not is_open):
            lead, is_open = None, False
            continue
        items.append(Item(start, end, *lead))
        is_open = _GOES_ON.search(line) is not None
        if _WHOLE.search(line) and not is_marked:
            lead = None
    return items
