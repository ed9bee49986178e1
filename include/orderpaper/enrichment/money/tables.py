"""Find the numbers of tables that are sums because a header, row label or caption says "£m", and their labels."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from orderpaper.enrichment.money.amount import Amount
from orderpaper.enrichment.money.amounts import LIMIT, find_amounts, read_scale
from orderpaper.enrichment.money.currencies import SIGNS
from orderpaper.enrichment.money.numbers import PATTERN as NUMBER
from orderpaper.enrichment.money.numbers import read_number
from orderpaper.enrichment.money.table_forms import Cell, Table

_UNIT = re.compile(
    r"(?P<sign>US\$|[£€$])\s?,?[’'‘]?(?P<scale>millions?|thousands?|billions?|m|bn|k|0{3}s?)?"
    r"(?![\w.,]|\s?[<>~]?\s?\d|(?<=[£€$])[ ]?[-−(]\s?\d)"
    r"|\b(?:in|pounds?,?) (?P<pounds>thousands|millions|billions)(?: of pounds)?\b",
    re.IGNORECASE,
)
_SCALES = {"m": 10**6, "million": 10**6, "b": 10**9, "bn": 10**9, "billion": 10**9, "k": 1000, "thousand": 1000}
_ABOUT = r"(?i:c(?:a|irca)?\.?|approx\.?)"
_BARE = re.compile(
    rf"(?:(?:[<>~≤≥]|{_ABOUT})[ ]?)?"
    rf"(?P<sum>(?P<sign>[£€$](?=\())?(?P<open>\()?(?P<minus>[-−–])?\+?[ ]?(?P<number>{NUMBER})"
    r"(?P<scale>[ ]?(?i:millions?|billions?|thousands?|bn|mn|[mk])(?![a-z]))?(?P<close>\))?)"
    r"(?:[ ]?(?:[*†‡§#]+|\[\w{1,2}\]|\((?:[a-z\d]|(?i:est\.?|estimated?|prov\.?|provisional|forecast|outturn))\)"
    r"|[⁰¹²³⁴-⁹⁽⁾ᵃ-ᵇ]+|[a-z](?![a-z])))*"
)
"""Matches a cell that is a number: with a sign, in brackets for a minus, with note markers after it."""
_WITHOUT_WORDS = re.compile(r"(?:[^a-z]|gbp|us)*", re.IGNORECASE)
_WHOLE_FROM = 100_000
"""A sum with a currency sign and without a scale that is not smaller is printed whole, whatever the header says."""
_YEAR = re.compile(
    r"(?:fy\s?)?(?:19|20)\d\d(?:\s?[-–/]\s?(?:\d{4}|\d\d?)|\s+to\s+\d{4})?[*†]*|\d\d[/-]\d\d", re.IGNORECASE
)
_DATUM = re.compile(rf"(?:{_ABOUT}[ ]?)?[(\-–−+<>~≤≥]*\s?[£€$]?\s?[<>~≤≥(\-−]*\s?\d")
_NO_VALUE = re.compile(
    r"[-–—−.*:~†‡§]+|n/?a|nil|none|tb[acd]|\[?[a-z]\]?|unknown|redacted|no (?:data|spend|payments?|costs?)\b.*"
    r"|not (?:available|applicable|held|known|collected|recorded|published|yet)\b.*|data not \w+",
    re.IGNORECASE,
)
"""Matches a cell that stands in the place of a number."""
_COUNTED = re.compile(r"%|\bper ?cent|\bnumber\b|\bcount\b|\bvolume|proportion|\bshare\b|\bvehicles\b", re.IGNORECASE)
FROM_HEADER = "unit from table header"
Unit = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Labels:
    """The meaning that a table gives to one of its cells."""

    column: str
    row: str
    caption: str


def cell_amounts(text: str, tables: list[Table]) -> tuple[list[Amount], dict[int, Labels]]:
    """Return the sums in tables that have their unit from a header, those of echoed rows, and the labels of all cells.

    Returns:
        The amounts in no particular order, and the labels by the start of the amount.
    """
    amounts: list[Amount] = []
    labels: dict[int, Labels] = {}
    for table in tables:
        for cell, unit, label in _cells(table):
            bare = _BARE.fullmatch(cell.text)
            own = _unit_of(bare, unit) if bare else None
            found = _bare_amount(bare, own) if bare and own else _stated_amounts(cell.text, unit)
            for amount in found:
                for position, start in enumerate(cell.starts):
                    labels[start + amount.start] = label
                    if bare or (amount.flag or "").startswith(FROM_HEADER) or (table.echo_lines and position == 0):
                        amounts.append(replace(amount, start=start + amount.start, end=start + amount.end))
    return amounts, labels


def _stated_amounts(cell: str, unit: Unit | None) -> list[Amount]:
    """Return the sums that a cell states with a currency. The tabs beside it show that brackets are a minus sign.

    The scale of the header holds for them too if the cell has nothing else: "£14" under "£000" is £14,000.
    """
    found = [replace(a, start=a.start - 1, end=a.end - 1) for a in find_amounts(f"\t{cell}\t")]
    if unit is None or unit[1] == 1 or not _WITHOUT_WORDS.fullmatch(cell):
        return found
    return [
        replace(
            a, low=a.low * unit[1], high=a.high * unit[1], flag=f"{FROM_HEADER}; {a.flag}" if a.flag else FROM_HEADER
        )
        if a.currency == unit[0] and max(abs(a.low), abs(a.high)) < _WHOLE_FROM
        else a
        for a in found
    ]


def _unit_of(bare: re.Match[str], unit: Unit | None) -> Unit | None:
    """Return the unit of a bare number: that of its header, unless the cell has the sign of another: "$(14)"."""
    currency = SIGNS[bare["sign"]] if bare["sign"] else None
    return unit if currency is None or (unit and unit[0] == currency) else (currency, 1)


def _bare_amount(bare: re.Match[str], unit: Unit) -> list[Amount]:
    """Return the sum of a bare number; none if the number, or the bracket around it, cannot be read to its end."""
    scale = read_scale(bare["scale"]) if bare["scale"] else unit[1]
    number = read_number(bare["number"], has_scale=scale > 1)
    has_brackets = bool(bare["open"])
    if number is None or has_brackets is not bool(bare["close"]) or (value := number.value * scale) >= LIMIT:
        return []
    flag = f"{FROM_HEADER}; {number.flag}" if number.flag else FROM_HEADER
    if bare["minus"] or has_brackets:
        minus = "printed with a minus sign" if bare["minus"] else "brackets read as a minus sign"
        return [Amount(bare.start("sum"), bare.end("sum"), -value, -value, unit[0], f"{flag}; {minus}")]
    end = bare.end("scale" if bare["scale"] else "number")
    return [Amount(bare.start("number"), end, value, value, unit[0], flag)]


def read_unit(header: str) -> Unit | None:
    """Return the currency and multiplier of a header, if any: "Cost (£m)" -> ("GBP", 1000000)."""
    match = _UNIT.search(header)
    if match is None:
        return None
    if match["pounds"]:
        return "GBP", _SCALES[match["pounds"].lower().rstrip("s")]
    scale = (match["scale"] or "").lower().rstrip("s")
    return SIGNS[match["sign"].lower()], 1000 if scale.startswith("0") else _SCALES.get(scale, 1)


def _cells(table: Table) -> Iterator[tuple[Cell, Unit | None, Labels]]:
    """Yield every cell once, with the unit of a bare number in it and with its labels."""
    caption, everywhere = table.caption, read_unit(table.caption)
    columns: dict[int, Unit | None] = {}
    headers: dict[int, str] = {}
    seen: set[Cell] = set()
    has_data = False
    for row in table.rows:
        if row and row[0] and len(row) > 1 and all(cell is row[0] for cell in row):
            caption = row[0].text
            everywhere = read_unit(caption) or everywhere
            continue
        first = row[0].text if row and row[0] else ""
        numbers = [c for c in row[1:] if c and _is_datum(c.text, has_data)]
        has_data = has_data or bool(numbers)
        row_unit = read_unit(first) if numbers else None
        if not numbers:
            if row and row[0] and read_unit(first) is not None:
                everywhere = read_unit(first)
            for column, cell in enumerate(row):
                if cell is None or column == 0:
                    continue
                headers[column] = f"{headers.get(column, '')} {cell.text}".strip() if not has_data else cell.text
                if (unit := read_unit(cell.text)) is not None:
                    columns[column] = unit
                elif _COUNTED.search(cell.text):
                    columns[column] = None
        for column, cell in enumerate(row):
            if cell is None or cell in seen:
                continue
            seen.add(cell)
            unit = None
            if column > 0 and numbers and not _COUNTED.search(first):
                unit = row_unit or columns.get(column, everywhere)
            yield cell, unit, Labels(headers.get(column, ""), first if column else "", caption)


def _is_datum(cell: str, has_data: bool) -> bool:
    """Return whether a cell holds a value or, below other values, says that there is none. A year is a heading."""
    if has_data and _NO_VALUE.fullmatch(cell.strip()):
        return True
    return _DATUM.match(cell) is not None and not _YEAR.match(cell) and read_unit(cell) is None
