"""The grammar of printed numbers. A number is read to its last digit or not at all.

Departments print thousands with commas, now and then with spaces (1 500 000), and sometimes with commas out of place
(110,0000). `read_number` flags what is doubtful, and returns None for what has no clear value.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

_VULGAR = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
PATTERN = (
    r"(?:(?:\d{1,3}(?>(?:[ ]\d{3}(?!\d))+)(?>(?:\.\d++)?)(?!\d|[,.]\d|[ ]?%)|\d++(?>(?:[.,·'’]\d++)*))[½¼¾]?|[½¼¾]"
    r"|(?<![\w.,])[.·]\d++(?![.,·]\d))"
)
"""The regular expression of a number with everything that belongs to it. `read_number` reads what it matches."""
GOES_ON = re.compile(
    r",{2,}\d|,[ ]\d{3}(?=[ ]?(?:and[ ]£|[£\n\t.;)]|$))"
    r"|[，．٬٫]\d|s\b|[ ]\d{3}(?>(?:[ ]\d{3})*)[,.]\d|(?>(?:[ ]\d\d(?!\d))+)[ ]\d{3}(?!\d)"
)
"""Matches after a number that is printed in groups which make no number."""

_PLAIN = re.compile(r"\d+(?:[.·]\d+)?|[.·]\d+")
_COMMAS = re.compile(r"\d{1,3}(?>(?:,\d{3})+)(?:[.·]\d+)?")
_SPACES = re.compile(r"\d{1,3}(?>(?: \d{3})+)(?:\.\d+)?")
_MARKED = re.compile(r"\d{1,3}(?>(?:['’]\d{3})+)(?:\.\d+)?|\d{1,3}(?>(?:\.\d{3}){2,})(?:,\d+)?")
"""Matches thousands in the way of other countries: 1'500'000, 1.500.000."""
_MISPLACED = re.compile(r"\d{1,2}(?:,\d\d)+,\d{3}|\d+(?>(?:,\d{3}(?!\d))*),\d{4,}(?:,\d{3})*|\d{4,}(?>(?:,\d{3})+)")
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")


@dataclass(frozen=True, slots=True)
class Number:
    """The value of a printed number, and how it was read if what is printed is doubtful."""

    value: Decimal
    flag: str | None = None


def read_number(printed: str, has_scale: bool = False) -> Number | None:
    """Return the value of a number that `PATTERN` matches: "1,200", "1½"; None if it cannot be read to its end.

    A comma before one or two digits is a decimal point if a scale follows ("1,5 million"). Without a scale, only a
    comma before two digits is one ("1,50").
    """
    vulgar = _VULGAR.get(printed[-1:])
    digits = printed[:-1] if vulgar is not None else printed
    if not digits:
        return Number(vulgar or Decimal(0))
    read = _read(digits, has_scale)
    return Number(read.value + vulgar, read.flag) if read and vulgar is not None else read


def _read(digits: str, has_scale: bool) -> Number | None:
    if _PLAIN.fullmatch(digits):
        return Number(Decimal(digits.replace("·", ".")))
    if _COMMAS.fullmatch(digits):
        is_doubtful = not has_scale and re.search(r"[.·]\d{3}$", digits) is not None
        flag = "three digits after the decimal point" if is_doubtful else None
        return Number(Decimal(digits.replace(",", "").replace("·", ".")), flag)
    if _SPACES.fullmatch(digits):
        return Number(Decimal(digits.replace(" ", "")), "thousands parted by spaces")
    if _MARKED.fullmatch(digits):
        whole, comma, rest = digits.partition(",")
        marks = "." if whole.count(".") > 1 else "'’"
        plain = whole.translate(dict.fromkeys(map(ord, marks)))
        return Number(Decimal(f"{plain}.{rest}" if comma else plain), "thousands parted by other marks than commas")
    if _MISPLACED.fullmatch(digits):
        return Number(Decimal(digits.replace(",", "")), "commas out of place")
    if _DECIMAL_COMMA.fullmatch(digits) and (has_scale or digits[-3] == ","):
        return Number(Decimal(digits.replace(",", ".")), "comma read as a decimal point")
    return None
