"""Find the day of a press post whose title prints no year, from the weekday and the office holders it names."""

import datetime as dt

from orderpaper.enrichment.people.office_holders import holders_named, known_until
from orderpaper.reading.dates import PrintedDay

FIRST_YEAR = 2010
"""The first year to consider. No department's press blog is older, because blog.gov.uk began in 2011."""


def date_of(day: PrintedDay, text: str) -> dt.date | None:
    """Return the only date that `day` can be, or None if there is none or more than one.

    A day with a year is that date, if its weekday agrees. For a day without a year, the candidates are the years in
    which it falls on the printed weekday. A candidate is dropped if somebody whom `text` names in an office did not
    hold that office then.
    """
    if day.year is not None:
        return day.date
    candidates = [date for year in range(FIRST_YEAR, known_until().year + 1) if (date := day.in_year(year))]
    named = holders_named(" ".join(text.split()))
    possible = [date for date in candidates if all(any(term.covers(date) for term in terms) for terms in named)]
    return possible[0] if len(possible) == 1 and named else None
