"""The sitting calendar: on which days the Houses sat, as the Hansard API has it.

Hansard's fetch asks for the calendar of every month that it walks, to know the days that it must find. Other sources
see in the landing zone on which days Hansard found the Commons sitting: on those they must have something too.
"""

import datetime as dt
from collections.abc import Iterator
from urllib.parse import urlencode

import msgspec

from orderpaper.errors import UpstreamError
from orderpaper.http import Client, Params
from orderpaper.landing import Landing
from orderpaper.sources import Window

SOURCE = "hansard"
CALENDAR = "/overview/calendar.json"
SECTIONS = "/overview/sectionsforday.json"
CHAMBER = "Debate"
"""Hansard's name for the section of the Commons Chamber. Written statements and corrections it may print any day."""


class CalendarItem(msgspec.Struct, rename="pascal"):
    """A day on which a House sat."""

    item_date: dt.datetime
    house: str | None = None


KNOWN_FIELDS = frozenset({"ItemDate", "House", "Metadata"})


def fetch_sitting_days(client: Client, window: Window, house: str) -> set[dt.date]:
    """Land the calendar of a House; the days of the window on which it sat, as far as they are over.

    Raises:
        UpstreamError: the API gave something else, or another month.
    """
    found: set[dt.date] = set()
    for month in _months(window):
        query: Params = [("year", month.year), ("month", month.month), ("house", house)]
        landed = client.get_json(CALENDAR, query, kind="calendar")
        if landed is None:
            raise AssertionError("the calendar is not optional")
        days = _read(landed.body, landed.ref.url)
        if any(day.replace(day=1) != month for day in days):
            raise UpstreamError(
                f"hansard: asked for the sitting days of {month:%B %Y}, the API gave {min(days)} to {max(days)}; it"
                " seems to ignore the parameter year or month."
            )
        found |= days
    return _over(found, window)


def sitting_days(landing: Landing, window: Window) -> set[dt.date]:
    """The days of the window on which the Commons met, as far as Hansard's sections of those days have landed."""
    found = set()
    for offset in range((window.end_on - window.start_on).days + 1):
        day = window.start_on + dt.timedelta(offset)
        held = landing.held(SOURCE, f"{SECTIONS}?{urlencode(sections_of(day, 'Commons'))}")
        if held and CHAMBER in msgspec.json.decode(landing.read(held.document_id), type=list[str]):
            found.add(day)
    return _over(found, window)


def sections_of(day: dt.date, house: str) -> Params:
    """The query for the sections of a House's day."""
    return [("date", day.isoformat()), ("house", house)]


def _read(body: bytes, url: str) -> set[dt.date]:
    try:
        return {item.item_date.date() for item in msgspec.json.decode(body, type=list[CalendarItem])}
    except msgspec.ValidationError as error:
        raise UpstreamError(f"hansard: {url} is not a calendar: {error}") from error


def _over(days: set[dt.date], window: Window) -> set[dt.date]:
    """A sitting that has not ended need not be published."""
    today = dt.datetime.now(dt.UTC).date()
    return {day for day in days if window.start_on <= day <= window.end_on and day < today}


def _months(window: Window) -> Iterator[dt.date]:
    month = window.start_on.replace(day=1)
    while month <= window.end_on:
        yield month
        month = (month + dt.timedelta(31)).replace(day=1)
