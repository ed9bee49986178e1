"""Read the rows and cells of the tables in a text.

Three forms are read. Text of `reading.markup.html_to_text` has a line for each row and a tab between cells. If the HTML
is given, its column and row spans say which cell is under which header. Some converters print each row as one line
without separators, and then each cell again on its own line (an echo). There each cell is twice in the text, and both
count as mentions.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml import html as lxml_html

from orderpaper.reading.markup import html_to_text


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text and its places in the stored text, of which an echo has two."""

    text: str
    starts: tuple[int, ...]


@dataclass(slots=True)
class Table:
    """The rows of cells; None where a row has no cell in that column."""

    caption: str
    rows: list[list[Cell | None]] = field(default_factory=list)
    echo_lines: list[tuple[int, int]] = field(default_factory=list)
    """The spans of lines that print a whole row without separators."""


def find_tables(text: str, html: str | None) -> list[Table]:
    """Return the tables of a text, in whichever form they are."""
    if html and "<table" in html.lower():
        tables = list(_html_tables(text, html))
        if tables:
            return tables
    if "\t" in text:
        return list(_tab_tables(text))
    return list(_echo_tables(text))


def _lines(text: str) -> list[tuple[int, str]]:
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append((start, line))
        start += len(line) + 1
    return lines


def _line_before(text: str, start: int) -> str:
    end = start - 1
    return text[text.rfind("\n", 0, end) + 1 : end] if end > 0 else ""


def _line_cells(start: int, line: str) -> list[Cell | None]:
    cells: list[Cell | None] = []
    for part in line.split("\t"):
        cells.append(Cell(part, (start,)) if part else None)
        start += len(part) + 1
    return cells


def _tab_tables(text: str) -> Iterator[Table]:
    table: Table | None = None
    for start, line in _lines(text):
        if "\t" not in line:
            if table:
                yield table
            table = None
            continue
        table = table or Table(_line_before(text, start))
        table.rows.append(_line_cells(start, line))
    if table:
        yield table


def _html_tables(text: str, html: str) -> Iterator[Table]:
    position = 0
    try:
        root = lxml_html.fragment_fromstring(html.replace("\x00", ""), create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return
    for element in root.iter("table"):
        if element.find(".//table") is not None:
            continue
        printed = html_to_text(etree.tostring(element, encoding="unicode", with_tail=False))
        start = text.find(printed, position) if printed else -1
        if start < 0:
            continue
        position = start + len(printed)
        yield Table(_line_before(text, start), list(_grid(element, start, printed)))


def _grid(element: lxml_html.HtmlElement, start: int, printed: str) -> Iterator[list[Cell | None]]:
    """Return the rows of a table, with every cell repeated in the columns and rows that it spans."""
    lines = iter(_lines(printed))
    hanging: dict[int, tuple[Cell | None, int]] = {}
    for tr in element.iter("tr"):
        if not "".join(tr.itertext()).strip():
            continue
        offset, line = next(lines, (0, ""))
        cells = iter(_line_cells(start + offset, line))
        row: list[Cell | None] = []
        for td in [*tr.iterchildren("td", "th"), None]:
            while len(row) in hanging:
                cell, left = hanging.pop(len(row))
                if left > 1:
                    hanging[len(row)] = (cell, left - 1)
                row.append(cell)
            if td is None:
                break
            cell, rowspan = next(cells, None), _span(td.get("rowspan"))
            for _ in range(_span(td.get("colspan"))):
                if rowspan > 1:
                    hanging[len(row)] = (cell, rowspan - 1)
                row.append(cell)
        yield row


def _span(attribute: str | None) -> int:
    """Return a colspan or rowspan; anything but a small number counts as 1."""
    return (
        min(int(attribute), 50)
        if attribute and attribute.isdecimal() and len(attribute) < 4 and attribute != "0"
        else 1
    )


def _echo_tables(text: str) -> Iterator[Table]:
    lines = _lines(text)
    table: Table | None = None
    index = 0
    while index < len(lines):
        cells = _echoed(lines, index)
        if len(cells) < (1 if table else 2):
            if table:
                yield table
            table, index = None, index + 1
            continue
        start, line = lines[index]
        table = table or Table(lines[index - 1][1] if index else "")
        table.rows.append(list(cells))
        table.echo_lines.append((start, start + len(line)))
        index += 1 + len(cells)
    if table:
        yield table


def _echoed(lines: list[tuple[int, str]], index: int) -> list[Cell]:
    """Return the cells that the lines after `index` print again, if together they are exactly that line."""
    start, line = lines[index]
    cells, at = [], 0
    for following in range(index + 1, len(lines)):
        cell_start, cell = lines[following]
        while at < len(line) and line[at].isspace():
            at += 1
        if at >= len(line) or not cell or not line.startswith(cell, at):
            break
        cells.append(Cell(cell, (start + at, cell_start)))
        at += len(cell)
    return cells if at >= len(line) and line else []
