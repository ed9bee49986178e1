"""When the simulated Parliament sits: Mondays to Thursdays and some Fridays, outside recesses and dissolutions.

Recesses follow from rules that are like the real calendar, so that every year has them
(https://www.parliament.uk/about/faqs/house-of-commons-faqs/business-faq-page/recess-dates/). Dissolutions are the real
ones. Both Houses sit on the same days.
"""

import bisect
import datetime as dt
import functools
from dataclasses import dataclass

from dateutil.easter import easter  # type: ignore[import-untyped]

OPENED_ON = dt.date(2014, 6, 4)
"""The first day from which there is anything. The real API has written questions from 2014 on."""

HORIZON = dt.date(2050, 1, 1)
"""The calendar ends before this day."""

_DISSOLVED = (
    (dt.date(2015, 3, 30), dt.date(2015, 5, 18)),
    (dt.date(2017, 5, 3), dt.date(2017, 6, 13)),
    (dt.date(2019, 11, 6), dt.date(2019, 12, 17)),
    (dt.date(2024, 5, 24), dt.date(2024, 7, 17)),
)
"""From the end of each Parliament to before the first day of the next one."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `first` to `last`, both inclusive. None is open."""

    first: dt.date | None = None
    last: dt.date | None = None

    def __contains__(self, day: dt.date | None) -> bool:
        """Return whether `day` lies in the span. None lies only in a span that is open at both ends."""
        if day is None:
            return self.first is None and self.last is None
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


EVER = Span()


def sitting_days(first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
    """Return the sitting days from `first` to `last`, both inclusive, in order."""
    days = _calendar()
    return days[bisect.bisect_left(days, first) : bisect.bisect_right(days, last)]


def is_sitting(day: dt.date) -> bool:
    """Return whether the Houses sit on `day`."""
    return bool(sitting_days(day, day))


def sitting_day_after(day: dt.date, count: int) -> dt.date:
    """Return the `count`-th sitting day after `day`, or the last of the calendar if there are fewer."""
    days = _calendar()
    return days[min(bisect.bisect_right(days, day) + count - 1, len(days) - 1)]


def sitting_day_before(day: dt.date, count: int) -> dt.date:
    """Return the `count`-th sitting day before `day`, or the first of the calendar if there are fewer."""
    days = _calendar()
    return days[max(bisect.bisect_left(days, day) - count, 0)]


@functools.cache
def day_of_session(day: dt.date) -> int:
    """Return how many sitting days of the session came before `day`. Sessions open in July."""
    opened = dt.date(day.year if day.month >= 7 else day.year - 1, 7, 1)
    return len(sitting_days(opened, day)) - 1


@functools.cache
def _calendar() -> tuple[dt.date, ...]:
    count = (HORIZON - OPENED_ON).days
    return tuple(day for day in (OPENED_ON + dt.timedelta(n) for n in range(count)) if _sits(day))


def _sits(day: dt.date) -> bool:
    weekday = day.weekday()
    if weekday > 4 or (weekday == 4 and day.isocalendar().week % 3 != 2):
        return False
    if any(start <= day < end for start, end in _DISSOLVED):
        return False
    return not any(start <= day <= end for start, end in _recesses(day.year))


@functools.cache
def _recesses(year: int) -> tuple[tuple[dt.date, dt.date], ...]:
    sunday = easter(year)
    whitsun = _weekday_from(dt.date(year, 5, 25), 0)
    return (
        (dt.date(year, 1, 1), dt.date(year, 1, 5)),
        (dt.date(year, 2, 14), dt.date(year, 2, 23)),
        (sunday - dt.timedelta(12), sunday + dt.timedelta(1)),
        (_weekday_from(dt.date(year, 5, 1), 0),) * 2,
        (whitsun - dt.timedelta(3), whitsun + dt.timedelta(6)),
        (dt.date(year, 7, 23), dt.date(year, 8, 31)),
        (dt.date(year, 9, 17), dt.date(year, 10, 12)),
        (dt.date(year, 11, 6), dt.date(year, 11, 10)),
        (dt.date(year, 12, 19), dt.date(year, 12, 31)),
    )


def _weekday_from(day: dt.date, weekday: int) -> dt.date:
    """Return the first such weekday on or after `day`."""
    return day + dt.timedelta((weekday - day.weekday()) % 7)
