"""Find days as people print them: “Thursday 16th May 2024”, “03 December 2024”, “Tuesday 6 November”."""

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
_DAY = re.compile(
    rf"\b(?:(?P<weekday>{'|'.join(WEEKDAYS)}),?\s)?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\s"
    rf"(?P<month>{'|'.join(MONTHS)})\b(?:,?\s(?P<year>[0-9]{{4}})\b)?"
)

FIRST_YEAR, END_YEAR = 1800, 2100


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
        try:
            date = dt.date(year, self.month, self.day)
        except ValueError:
            return None
        return date if self.weekday in (None, WEEKDAYS[date.weekday()]) else None

    @property
    def date(self) -> dt.date | None:
        """The date, if a year is printed and such a day exists."""
        return None if self.year is None else self.in_year(self.year)


def find_days(text: str) -> list[PrintedDay]:
    """Return every day printed in `text`, in order. White space in `text` must be folded."""
    return [
        PrintedDay(
            as_printed=match[0],
            weekday=match["weekday"],
            day=int(match["day"]),
            month=MONTHS.index(match["month"]) + 1,
            year=int(match["year"]) if match["year"] else None,
        )
        for match in _DAY.finditer(text)
    ]


def read_day(text: str) -> PrintedDay | None:
    """Return the day if `text` is a day and nothing else, otherwise None."""
    days = find_days(text)
    return days[0] if len(days) == 1 and days[0].as_printed == text else None
