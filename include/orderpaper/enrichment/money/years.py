"""Find the years that a text names, in all the ways in which they are printed.

"2025-26", "2025/2026", "FY24/25", "the year to March 2025", "between 2017 and 2024", "five years to 2029-30". A period
is written as 2025-26 (financial year), 2025 (calendar year), or a span of either: 2021-22/2024-25, 2017/2024.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
)
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_FY = (
    r"(?:(?:19|20)\d\d\s?[-–‑/]\s?(?:(?:19|20)\d\d|\d\d?+)(?!\d|,\d)"
    r"|(?<![\d/£.,-])(?:1|2)\d\s?[-–/]\s?(?:1|2|3)\d(?![\d/]|[.,]\d))"
)
_FY_AFTER = r"(?:(?:19|20)\d\d\s?[-–‑/]\s?(?:(?:19|20)\d\d|\d\d?+)(?!\d|,\d)|2\d[-/]\d\d(?![\d/]|[.,]\d))"
"""The second year of a span, which may follow a dash: "22/23-24/25"."""
_DATE = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s)?{_MONTH}\s(?:(?:19|20)\d\d|[’']?\d\d\b)"
_PERIOD = re.compile(
    rf"""(?<![\w£€$./-])(?:FY\s?)?(?:
    (?P<fy_from>{_FY})(?:\s(?:outturn|levels?|financial\syear|baseline))?\s?(?:to|and|until|through\sto|[-–])\s?(?:the\s)?(?:FY\s?)?(?P<fy_to>{_FY_AFTER})
    |(?P<in_year>{_MONTH}\s(?:to|and)\s(?:\d{{1,2}}(?:st|nd|rd|th)?\s)?{_MONTH}\s(?:19|20)\d\d)
    |(?P<date_from>{_DATE})\s?(?:to|and|until|[-–])\s?(?:the\send\sof\s)?(?P<date_to>{_DATE})(?:\sinclusive)?
    |(?P<years_from>(?:19|20)\d\d)\s(?P<years_joint>to|and)\s(?P<years_to>(?:19|20)\d\d)(?!\d|[/,-]\d)
    |(?P<fy>{_FY})
    |(?:year\s(?:to|ending|ended)(?:\sin)?\s(?:\d{{1,2}}\s)?(?P<ending>{_MONTH}\s(?:19|20)\d\d))
    |(?P<year>(?:19|20)\d\d)(?![\w,]\d|\d|/)
    )""",
    re.VERBOSE,
)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}
_YEARS = r"(?P<count>\d|two|three|four|five|six|ten)[ -]years?,?"
_YEARS_UP_TO = re.compile(rf"{_YEARS} (?:up )?to\s+$", re.IGNORECASE)
_YEARS_FROM = re.compile(rf"{_YEARS} (?:starting |beginning )?(?:from|in)\s+$", re.IGNORECASE)
_COMPARISON = re.compile(
    r"(?:compar(?:ed|ing|ison) (?:to|with)|relative to|(?:more|less|higher|lower|greater|up) than|than|against|versus"
    r"|(?:%|per cent|terms|increase|rise|uplift|up) (?:on|from|over)|on top of)"
    r"(?: (?:the|in|that|those|for|FY|its|their|our|this year|last year|this financial year))*\s+\(?$",
    re.IGNORECASE,
)
_NOT_TIED = re.compile(
    rf"""(?:{_MONTH}|\b[Ss]pring|\b[Ss]ummer|\b[Aa]utumn|\b[Ww]inter
    |\b[Ss]ince(?:\s(?:the|its))?(?:\s(?:start|end|beginning|launch|inception|introduction|launched|introduced)(?:\s(?:of|in))?)?
        (?:\s(?:the\s)?(?:financial|academic|calendar|tax)\syear)?
    |\b[Aa]s\s(?:of|at)|\bBudget(?:\sin)?|\bStatement|\bReview|\bSR|\bBill|\bAct|\bPlan|\bRegulations|\bOrder|\bCode
    |\bGames|\bStrategy|\bElection|\bCensus|\bQuestion
    |\b(?:completed|finished|built|introduced|announced|launched|published|established|founded|created|set\sup|began
        |started|opened|signed|made|formed|closed|launch|election|inception)\s(?:back\s)?in(?:\s(?:early|mid|late))?
    |\b(?:launch|establish|introduc|publish|creat)ed\s(?:[\w’'-]+\s){{1,6}}in
    |\b(?:report|summary|study|survey|review|evaluation|analysis|publication)\s(?:published\s)?in
    |\b(?:extend|continu|run)\w*\s(?:[\w’'-]+\s){{0,6}}to
    |\b(?:[Bb]efore|[Pp]rior\sto|[Aa]fter|[Uu]ntil|[Bb]eyond|[Ff]rom|now\sand|(?:time|end)\sof|prices))\s*,?\s+$""",
    re.VERBOSE,
)
_NAME_AFTER = re.compile(r"\s(?:[A-Z][\w’'-]*\s){0,4}[A-Z][\w’'-]*")
_BEFORE_YEAR = re.compile(
    r"(?:^|\b(?:in|for|during|of|by|to|year|years|throughout|through|and|early|late|mid|both|FY)|[(/–-])\s*$",
    re.IGNORECASE,
)


_UP_TO = re.compile(r"\b(?:up to|through to|to|until)(?: the end of)? $")
"""Matches before a year in which something ends, which is no year of its own."""
_PRICES = re.compile(r"\s(?:prices|price\sbase)\b")
_ONWARDS = re.compile(r",?\sonwards?\b")
_ANNOUNCED = re.compile(r",?\s(?:[\w’'-]+,?\s){0,9}?announced\b")
"""Matches after a year that begins its sentence and is that of an announcement: "In 2023, the Government announced"."""
_STATISTICS = re.compile(r"\b(?:[Ss]tatistics|[Aa]ccounts|[Rr]eport)\s\(?$")
"""Matches before a year that belongs to the name of a publication."""
_WHEN = re.compile(r",?\swhen\s")
"""Matches after a year of comparison about which the sentence goes on: "compared to 2019-20, when it was £5m"."""
LEAST_MONTHS = 11
"""How many months are between the months of a year's first and last day."""
_IN_NAME = re.compile(r"[A-Z][\w’-]+\s\($")
"""Matches before a year that belongs to a name: "the Integrated Review (2023)"."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A year or span that a text names: its place, its period, and its role.

    The period of exact days that are no year is empty.
    """

    start: int
    end: int
    period: str
    role: str
    """year | comparison (a sum is only compared with it) | loose"""


class Periods:
    """The years that a text names. Each is read once, however many sums stand near it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._known: dict[tuple[int, int, int, int], Mention | None] = {}
        """The mention at each place, or None; the key is the place and the bounds of the words around it."""

    def between(self, start: int, end: int) -> list[Mention]:
        """Return the years named in `text[start:end]`, in order."""
        found = []
        for match in _PERIOD.finditer(self._text, start, end):
            around = max(start, match.start() - 70), min(end, match.end() + 60)
            place = (*match.span(), *around)
            if place not in self._known:
                self._known[place] = _mention(match, *around)
            if mention := self._known[place]:
                found.append(mention)
        return found


def find_periods(text: str, start: int, end: int) -> list[Mention]:
    """Return the years named in `text[start:end]`, in order."""
    return Periods(text).between(start, end)


@lru_cache(maxsize=256)  # the labels of a table are those of many cells
def year_of(label: str) -> str | None:
    """Return the period that a table's header or row label names, if any."""
    periods = [mention.period for mention in find_periods(label, 0, len(label)) if mention.period]
    return periods[-1] if periods else None


def financial(year: int) -> str:
    """Return the financial year that begins in April of `year`: 2025 → "2025-26"."""
    return f"{year}-{(year + 1) % 100:02d}"


def _mention(match: re.Match[str], start: int, end: int) -> Mention | None:
    """Return the year that a match names, by the words around it, or None if it names none."""
    period = _read(match)
    if period is None:
        return Mention(match.start(), match.end(), "", "year") if match["date_from"] else None
    before, after = match.string[start : match.start()], match.string[match.end() : end]
    if years := _YEARS_UP_TO.search(before):
        period = _span(period, -_count(years["count"]) + 1)
    elif years := _YEARS_FROM.search(before):
        period = _span(period, _count(years["count"]) - 1)
    return Mention(match.start(), match.end(), period, _role(match, before, after))


def _role(match: re.Match[str], before: str, after: str) -> str:
    if _COMPARISON.search(before):
        return "year" if _WHEN.match(after) else "comparison"
    if before in ("In ", "in ") and not match["fy"] and _ANNOUNCED.match(after):
        return "loose"
    if _ONWARDS.match(after):
        return "loose"
    if _PRICES.match(after) or _STATISTICS.search(before):
        return "loose"
    is_span = (
        match["fy_from"] or match["date_from"] or match["years_from"] or match["in_year"] or "/" in (_read(match) or "")
    )
    if not is_span and _NOT_TIED.search(before) and not _YEARS_FROM.search(before):
        return "loose"
    if match["year"] and _UP_TO.search(before):
        return "loose"
    if match["year"] and (not _BEFORE_YEAR.search(before) or _IN_NAME.search(before)):
        return "loose"
    if match["fy"] and "/" in (_read(match) or "") and _NAME_AFTER.match(after):
        return "loose"
    return "year"


def _read(match: re.Match[str]) -> str | None:
    if match["fy_from"]:
        first, last = _read_financial(match["fy_from"]), _read_financial(match["fy_to"])
        return f"{first}/{last}" if first and last and "/" not in first + last else last
    if match["date_from"]:
        return _between_dates(match["date_from"], match["date_to"])
    if match["years_from"]:
        first_year, last_year = int(match["years_from"]), int(match["years_to"])
        if last_year == first_year + 1 and match["years_joint"] == "to":
            return financial(first_year)
        return f"{first_year}/{last_year}" if last_year > first_year else None
    if match["in_year"]:
        return match["in_year"][-4:]
    if match["fy"]:
        return _read_financial(match["fy"])
    if match["ending"]:
        year = int(match["ending"][-4:])
        return financial(year - 1) if match["ending"][:3] in ("Mar", "Apr") else str(year)
    return match["year"]


def _read_financial(printed: str) -> str | None:
    first, last = re.split(r"\s?[-–‑/]\s?", printed)
    year = int(first) if len(first) == 4 else 2000 + int(first)
    if len(last) == 4:
        if int(last) == year + 1:
            return financial(year)
        return f"{year}/{last}" if int(last) > year else None
    ending = (year + 1) % 100 if len(last) == 1 and int(last) == (year + 1) % 10 else int(last)
    if ending == (year + 1) % 100:
        return financial(year)
    if len(first) == 4 and ending > year % 100:
        return f"{financial(year)}/{financial(year - year % 100 + ending - 1)}"
    return None


def _between_dates(first: str, last: str) -> str | None:
    """Return the period between two months, in financial years if it runs from about April to about March.

    Exact days less than a year apart are no period.
    """
    if first[0].isdigit() and _month(last) - _month(first) - (_day(last) < _day(first) - 1) < LEAST_MONTHS:
        return None
    start, end = (int(date[-4:]) if date[-4:].isdigit() else 2000 + int(date[-2:]) for date in (first, last))
    if end > start and re.search("Mar|Apr", first) and re.search("Mar|Apr", last):
        return financial(start) if end == start + 1 else f"{financial(start)}/{financial(end - 1)}"
    if start == end:
        return str(start)
    return f"{start}/{end}" if end > start else None


def _month(date: str) -> int:
    """Return the number of months from the year 0 to a date."""
    name = re.search(r"[A-Z][a-z]{2}", date)
    year = int(date[-4:]) if date[-4:].isdigit() else 2000 + int(date[-2:])
    return 12 * year + (_MONTHS.index(name[0]) if name else 0)


def _day(date: str) -> int:
    """Return the day of the month that a date begins with; 0 without one."""
    found = re.match(r"\d{1,2}", date)
    return int(found[0]) if found else 0


def _count(printed: str) -> int:
    return _NUMBERS.get(printed.lower()) or int(printed)


def _span(period: str, years: int) -> str:
    """Return the span from a financial year to one `years` later or earlier: 2029-30, -4 → 2025-26/2029-30."""
    match = re.fullmatch(r"(\d{4})-\d\d", period)
    if match is None or years == 0:
        return period
    other = financial(int(match[1]) + years)
    return f"{period}/{other}" if years > 0 else f"{other}/{period}"
