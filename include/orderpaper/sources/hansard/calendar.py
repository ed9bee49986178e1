"""The sitting calendar: the days on which each House sat, according to the Hansard API.

The fetch asks for the calendar of each month in its window, so that it knows for which days it must find debates.
`sitting_days` tells the volume checks of other sources on which days the Commons sat.
"""

import datetime as dt
import logging
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import msgspec

from orderpaper.errors import ParseError, UpstreamError
from orderpaper.http import Client, Params
from orderpaper.http.lists import Lists
from orderpaper.landing import Landing, Window
from orderpaper.landing.missing import Missing
from orderpaper.reading.dates import day_of
from orderpaper.sources.hansard.lists import read_calendar, read_list

log = logging.getLogger(__name__)

SOURCE = Path(__file__).parent.name
CALENDAR = "/overview/calendar.json"
SECTIONS = "/overview/sectionsforday.json"
CHAMBER = "Debate"
"""Hansard's name for the section of the Commons Chamber. Only this section shows that the House sat: written statements
and corrections may appear on any day."""


def fetch_sitting_days(client: Client, lists: Lists, missing: Missing, window: Window, house: str) -> set[dt.date]:
    """Land the calendar of a House and return the days of the window on which it sat, today and later left out.

    Where the API has no calendar, as in a replay, or does not give it now, no day is known. A calendar that did not
    come before is asked for too.

    Raises:
        UpstreamError: too many lists did not come, are no calendar, or are that of another month.
    """
    part = f"calendars of the {house}"
    found: set[dt.date] = set()
    for month in sorted({*_months(window), *missing.due(part)}):
        name = f"the calendar of {month:%B %Y}"
        found |= lists.ask(part, month, name, partial(_calendar, client, month, house)) or set()
        missing.note(part, month, lists.lacking.get((part, month), {}))
    return _over(found, window)


def _calendar(client: Client, month: dt.date, house: str) -> set[dt.date]:
    query: Params = [("year", month.year), ("month", month.month), ("house", house)]
    landed = client.get_json(CALENDAR, query, kind="calendar", is_optional=True)
    if landed is None:
        log.warning(
            "hansard: no calendar of the %s for %s; of days without debates it is not known whether it sat",
            house,
            f"{month:%B %Y}",
        )
        return set()
    days = _read(landed.body, landed.ref.url)
    if any(day.replace(day=1) != month for day in days):
        raise UpstreamError(
            f"hansard: asked for the sitting days of {month:%B %Y}, the API gave {min(days)} to {max(days)}; it"
            " seems to ignore the parameter year or month."
        )
    return days


def sitting_days(landing: Landing, window: Window) -> set[dt.date]:
    """Return the days of the window on which the Commons met, as far as the landing zone has their sections."""
    found = set()
    for offset in range((window.end_on - window.start_on).days + 1):
        day = window.start_on + dt.timedelta(offset)
        held = landing.held(SOURCE, f"{SECTIONS}?{urlencode(sections_of(day, 'Commons'))}")
        if held and CHAMBER in _sections(landing.read(held.document_id)):
            found.add(day)
    return _over(found, window)


def sections_of(day: dt.date, house: str) -> Params:
    """Return the query for the sections of a House's day."""
    return [("date", day.isoformat()), ("house", house)]


def _sections(body: bytes) -> list[Any]:
    """Return the sections of a day, or none if the API gave something else."""
    sections = msgspec.json.decode(body)
    return sections if isinstance(sections, list) else []


def _read(body: bytes, url: str) -> set[dt.date]:
    try:
        return {day_of(item.item_date) for item in read_calendar(read_list(msgspec.json.decode(body))).values}
    except ParseError as error:
        raise UpstreamError(f"hansard: {url} is not a calendar: {error}") from error


def _over(days: set[dt.date], window: Window) -> set[dt.date]:
    """Return the days of the window before today: a sitting that has not ended need not be published."""
    today = dt.datetime.now(dt.UTC).date()
    return {day for day in days if window.start_on <= day <= window.end_on and day < today}


def _months(window: Window) -> Iterator[dt.date]:
    month = window.start_on.replace(day=1)
    while month <= window.end_on:
        yield month
        month = (month + dt.timedelta(31)).replace(day=1)
