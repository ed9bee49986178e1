"""Find days as people print them: “Thursday 16th May 2024”, “6 Sept 2024”, “16/05/2024”, “Tuesday 6 November”.

A day in numbers has its day before its month, as in the United Kingdom. Alone on its line, a day may also be printed
with two figures for its year, and with a shortened month and no year: “4/11/24”, “Mon 4 Nov”.
"""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import overload
from zoneinfo import ZoneInfo

from orderpaper.errors import ParseError

LONDON = ZoneInfo("Europe/London")
"""Parliament's days, and those of the government's blogs, are those of the United Kingdom."""
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
_MONTH_NUMBERS = {name[:3]: number for number, name in enumerate(MONTHS, start=1)}
_WEEKDAY = (
    r"(?P<weekday>Mon(?:day)?|Tue(?:s(?:day)?)?|Wed(?:nesday)?|Thu(?:r(?:s(?:day)?)?)?|Fri(?:day)?|Sat(?:urday)?"
    r"|Sun(?:day)?)"
)
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)"
)
_NTH = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_DAY = re.compile(
    rf"""
    (?<![\w.,/-])
    (?: (?i: (?: {_WEEKDAY} [.]? ,? \s (?:the \s)? )?
        (?: (?P<day>{_NTH}) (?: [.]? \s (?:of \s)? | - ) (?P<month>{_MONTH}) [.]? (?: ,? \s | - ) (?P<year>[0-9]{{4}})
          | (?P<us_month>{_MONTH}) [.]? \s (?P<us_day>{_NTH}) ,? \s (?P<us_year>[0-9]{{4}})
          | (?P<iso>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})
          | (?P<numbers>[0-9]{{1,2}}(?P<mark>[/.-])[0-9]{{1,2}}(?P=mark)[0-9]{{4}})
        ) )
      | (?: (?P<own_weekday>{"|".join(WEEKDAYS)}) ,? \s )? (?P<own_day>{_NTH}) \s (?P<own_month>{"|".join(MONTHS)})
    ) \b
    """,
    re.VERBOSE,
)
_SHORT_DAY = re.compile(
    rf"""
    (?: {_WEEKDAY} [.]? ,? \s (?:the \s)? )?
    (?: (?P<day>{_NTH}) [\s-] (?:of \s)? (?P<month>{_MONTH}) [.]? (?: [\s,-]{{1,2}} ['’]?(?P<year>[0-9]{{2}}) )?
      | (?P<numbers>[0-9]{{1,2}}(?P<mark>[/.-])[0-9]{{1,2}}(?P=mark)[0-9]{{2}}) )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_FIRST_SHORT_YEAR = 1950
"""The hundred years from here on are printed with two figures: “24” is 2024, and “98” is 1998."""
_NEAR = dt.timedelta(days=90)
"""A day without a year is so near to another day of its document."""
_LIKE_A_DAY = re.compile(
    rf"""
    (?: {_WEEKDAY} [.]? ,? \s )?
    (?: (?:the \s)? {_NTH} [\s/.-] (?:of \s)? [^\W\d_]{{3,9}} (?: [.]? [\s/.,-]{{1,2}} [0-9]{{4}} )
      | (?:the \s)? {_NTH} [\s/.-] (?:of \s)? {_MONTH} [a-z]{{0,6}} [.]? (?: [\s/.,-]{{1,2}} ['’]? [0-9]{{2,4}} )?
      | {_MONTH} [a-z]{{0,6}} [.]? [\s/.-] {_NTH} (?: [\s/.,-]{{1,2}} ['’]? [0-9]{{2,4}} )?
      | [0-9]{{1,4}} (?: \s? [/.-] \s? [0-9]{{1,4}} ){{2}}
    )
    | {_WEEKDAY.replace("weekday", "alone")} [.]? ,? \s (?:the \s)? [0-9] .{{0,30}}
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Matches what a reader takes for a day, in whatever form."""

FIRST_YEAR, END_YEAR = 1800, 2100
"""The years that a document of Parliament can have. The Official Report begins in 1803, and no member or post that a
source gives is older. No paper of this century looks beyond it. A year outside, such as 23 or 9999, is a misprint."""


@overload
def day_of(moment: dt.datetime) -> dt.date: ...
@overload
def day_of(moment: dt.datetime | None) -> dt.date | None: ...
def day_of(moment: dt.datetime | None) -> dt.date | None:
    """Return the day of a time, which the APIs give for a date.

    They give midnight in London, without an offset. With an offset, midnight of a summer's day is 23:00 of the day
    before in UTC.
    """
    if moment is None:
        return None
    try:
        return (moment.astimezone(LONDON) if moment.tzinfo else moment).date()
    except OverflowError:  # the first and the last day that there are have no neighbour
        return moment.date()


def check_days(values: Iterable[object]) -> None:
    """Check that the days among some values are of a year that a document of Parliament can have.

    Raises:
        ParseError: one is not; a misprinted year would make a calendar of centuries.
    """
    for value in values:
        day = day_of(value) if isinstance(value, dt.datetime) else value
        if isinstance(day, dt.date) and not FIRST_YEAR <= day.year < END_YEAR:
            raise ParseError(f"the day {day} is not between {FIRST_YEAR} and {END_YEAR}")


@dataclass(frozen=True, slots=True)
class PrintedDay:
    """A day as printed. Weekday and year may be missing."""

    as_printed: str
    weekday: str | None
    day: int
    month: int
    year: int | None

    def in_year(self, year: int) -> dt.date | None:
        """Return the day in that year; None if it does not exist or is not the weekday printed."""
        return _date(year, self.month, self.day, self.weekday)

    def near(self, known: Iterable[dt.date]) -> dt.date | None:
        """Return the one date of this day that is at most 90 days from a day that is known; None if there is none."""
        days = {*known}
        dates = {
            date for day in days for year in (day.year - 1, day.year, day.year + 1) if (date := self.in_year(year))
        }
        possible = [date for date in dates if any(abs(date - day) <= _NEAR for day in days)]
        return possible[0] if len(possible) == 1 else None

    @property
    def date(self) -> dt.date | None:
        """The date, if a plausible year is printed and such a day exists."""
        if self.year is None or not FIRST_YEAR <= self.year < END_YEAR:
            return None
        return self.in_year(self.year)

    def dated(self) -> dt.date:
        """Return the date.

        Raises:
            ParseError: there is none; the message says why.
        """
        if self.date:
            return self.date
        if self.year is None:
            raise ParseError(
                f"the day {self.as_printed} has no year, and no other day near it tells which; add its year"
            )
        if not FIRST_YEAR <= self.year < END_YEAR:
            raise ParseError(f"the day {self.as_printed} is not between {FIRST_YEAR} and {END_YEAR}")
        raise ParseError(f"there is no such day as {self.as_printed}")


def _date(year: int, month: int, day: int, weekday: str | None) -> dt.date | None:
    """Return a date; None if it does not exist or is not that weekday."""
    try:
        date = dt.date(year, month, day)
    except ValueError:
        return None
    return date if weekday in (None, WEEKDAYS[date.weekday()]) else None


def find_days(text: str) -> list[PrintedDay]:
    """Return every day printed in `text`, in order. White space in `text` must be folded."""
    return [_printed(match) for match in _DAY.finditer(text)]


def _short_day(text: str) -> PrintedDay | None:
    """Return the day if `text` is a day in one of the forms that only a day alone has, otherwise None."""
    match = _SHORT_DAY.fullmatch(text)
    if not match:
        return None
    day, month, year = (
        match["numbers"].split(match["mark"]) if match["numbers"] else match.group("day", "month", "year")
    )
    return PrintedDay(text, _weekday(match["weekday"]), _number(day), _month(month), _year(year) if year else None)


def _year(figures: str) -> int:
    """Return the year of which the last two figures are printed."""
    return _FIRST_SHORT_YEAR + (int(figures) - _FIRST_SHORT_YEAR) % 100


def _number(day: str) -> int:
    return int(day.rstrip("stndrhSTNDRH"))


def _month(month: str) -> int:
    return int(month) if month.isdigit() else _MONTH_NUMBERS[month[:3].title()]


def _weekday(weekday: str | None) -> str | None:
    return next(name for name in WEEKDAYS if name[:3] == weekday[:3].title()) if weekday else None


def _printed(match: re.Match[str]) -> PrintedDay:
    weekday = match["weekday"] or match["own_weekday"]
    year: str | None
    if match["iso"]:
        year, month, day = match["iso"].split("-")
    elif match["numbers"]:
        day, month, year = match["numbers"].split(match["mark"])
    else:
        day = match["day"] or match["us_day"] or match["own_day"]
        month, year = match["month"] or match["us_month"] or match["own_month"], match["year"] or match["us_year"]
    return PrintedDay(
        as_printed=match[0],
        weekday=_weekday(weekday),
        day=_number(day),
        month=_month(month),
        year=int(year) if year else None,
    )


def read_day(text: str) -> PrintedDay | None:
    """Return the day if `text` is a day and nothing else, otherwise None."""
    days = find_days(text)
    return days[0] if len(days) == 1 and days[0].as_printed == text else _short_day(text)


def looks_like_a_day(text: str) -> bool:
    """Return whether a reader takes `text` for a day and nothing else, even if it is in no form that is read."""
    return read_day(text) is not None or _LIKE_A_DAY.fullmatch(text) is not None
