"""Read a table with a question in each row as lines of a listing: in Markdown, or with tabs between its cells.

The head of each column says what it has. Party and seat may have columns of their own. A row that does not have a cell
for each column, or has markup in one, is refused by itself.
"""

import re
from collections.abc import Iterator, Sequence

from orderpaper.errors import ParseError
from orderpaper.reading.lines import Line
from orderpaper.reading.of_site import is_of_site
from orderpaper.reading.printed import without_emphasis
from orderpaper.sources.question_listing.labels import refused

_HEADS = {
    "uin": r"UIN|(?:Question )?(?:number|no\.?)",
    "asker": r"Asked by|Tabled by|Asking member|Member|MP|Asker",
    "party": r"Party",
    "seat": r"Constituency|Seat",
    "body": r"(?:Answering )?(?:Department|body)|Question to",
    "heading": r"Heading|Topic|Subject|Title",
    "question": r"Question(?: text)?",
    "tabled": r"Tabled(?: on)?|Date tabled|Asked on",
    "day": r"Answered(?: on)?|Date(?: answered| of answer)?|Answer date",
    "answerer": r"Answered by|Answering (?:member|minister)|Minister",
    "answer": r"Answer(?: text)?",
}
"""The words at the head of a column, by what the column has."""
_COLUMNS = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _HEADS.items()), re.IGNORECASE)
_NEEDED = {"asker", "body", "question"}
_RULE = re.compile(r"[|\s:+-]*-[|\s:+-]*")
"""Matches the line between the head and the rows in Markdown."""
_MARKUP = re.compile(r"<\w+[^<>]*>|\\\|")
_CELL = re.compile(r"[^|]+|(?<=\|)(?=\|)")
_TABBED = re.compile(r"[^\t]+|(?<=\t)(?=\t|$)|^(?=\t)")

Row = dict[str, Line]


def is_table(text: str, lines: Sequence[Line]) -> bool:
    """Return whether lines have the head of such a table."""
    return any(_columns(text, line) for line in lines)


def table_lines(text: str, lines: Sequence[Line]) -> list[Line]:
    """Return the lines, with those of each row of a table in the form and the order of a listing.

    Raises:
        ParseError: a column has a head that is not known.
    """
    found: list[Line] = []
    columns: list[str] = []
    for line in lines:
        if head := _columns(text, line):
            columns = head
        elif not columns or not _is_row(text, line):
            if columns and not (is_of_site(line) or line.is_footer):
                # A marker keeps what stands below a table out of the answer in its last row.
                found.append(line._replace(text="Written Question", end=line.start))
            columns = []
            found.append(line)
        elif not _RULE.fullmatch(line.text):
            found += _listed(line, columns, _cells(text, line))
    return found


def _is_row(text: str, line: Line) -> bool:
    shown = text[line.start : line.end]
    return "|" in shown or "\t" in shown


def _columns(text: str, line: Line) -> list[str]:
    """Return what each column has if a line is the head of a table of questions, otherwise nothing.

    Raises:
        ParseError: two columns have the same, or one is not known.
    """
    cells = [without_emphasis(cell.text) for cell in _cells(text, line)] if _is_row(text, line) else []
    names = [match.lastgroup if (match := _COLUMNS.fullmatch(cell)) else None for cell in cells]
    if not {*names} >= _NEEDED:
        return []
    for cell, name in zip(cells, names, strict=True):
        if name is None or names.count(name) > 1:
            raise ParseError(f"line {line.number}: the table has a column “{cell}” that is not known, or has it twice")
    return [name for name in names if name]


def _cells(text: str, line: Line) -> list[Line]:
    """Return the cells of a row, each as a line with its span; an empty one has no words."""
    shown = text[line.start : line.end]
    is_tabbed = "|" not in shown
    first = 0 if is_tabbed else len(shown) - len(shown.removeprefix("|"))
    last = len(shown) if is_tabbed else len(shown.removesuffix("|"))
    cells: list[Line] = []
    for match in (_TABBED if is_tabbed else _CELL).finditer(shown[first:last]):
        words = match[0].strip()
        start = line.start + first + match.start() + (match[0].index(words) if words else 0)
        cells.append(Line(line.number, " ".join(words.split()), start, start + len(words)))
    return cells


def _listed(line: Line, columns: Sequence[str], cells: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines of a listing for a row. The label of a row that is refused has an open bracket."""
    yield line._replace(text="Written Question", end=line.start)
    row = {name: cell for name, cell in zip(columns, cells, strict=False) if cell.text}
    if fault := _fault(columns, cells, row):
        yield from refused(line, line.end, fault)
        return
    for name, label in (("heading", ""), ("uin", "UIN "), ("tabled", "Tabled on "), ("day", "")):
        if cell := row.get(name):
            yield cell._replace(text=f"{label}{cell.text.removeprefix(label)}")
    beside = [row[name].text for name in ("party", "seat") if name in row]
    of_asker = [row[name] for name in ("asker", "party", "seat") if name in row]
    asked = f"Asked by: {row['asker'].text}" + (f" ({' - '.join(beside)})" if beside else "")
    yield Line(line.number, asked, min(cell.start for cell in of_asker), max(cell.end for cell in of_asker))
    yield row["body"]._replace(text=f"Question to the {row['body'].text.removeprefix('the ')}:")
    yield row["question"]
    if cell := row.get("answerer"):
        yield cell._replace(text=f"Answered by {cell.text}")
    yield from [row["answer"]] if "answer" in row else []


def _fault(columns: Sequence[str], cells: Sequence[Line], row: Row) -> str | None:
    """Return why a row is refused, if it is."""
    if len(cells) != len(columns):
        return f"a row of {len(cells)} cells in a table of {len(columns)} columns"
    if any(_MARKUP.search(cell.text) for cell in cells):
        return "a row with markup in a cell"
    if not row.keys() >= _NEEDED:
        return "a row without an asker, a department or a question"
    return None
