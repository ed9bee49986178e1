"""Attempts at an interval, so that a killed fetch can be continued.

While an interval is being fetched, a file in the landing zone holds the time at which the attempt began. A later fetch
that finds the file continues the attempt: the client skips what was asked for since. The file is removed when the
manifest is written, or when the site's answers were inconsistent and must be requested again.
"""

import datetime as dt

from orderpaper.landing.window import Window
from orderpaper.landing.zone import Landing


def begin(landing: Landing, source: str, window: Window, now: dt.datetime) -> dt.datetime:
    """Return when the attempt at an interval began: `now`, or the start of a killed attempt to continue.

    An attempt of another day is only continued if the days of the interval were over by then.
    """
    name = _name(source, window)
    if landing.store.create(name, now.isoformat().encode()):
        return now
    try:
        began_at = dt.datetime.fromisoformat(landing.store.read(name).decode())
    except (FileNotFoundError, ValueError):
        began_at = None
    if began_at is None or (began_at.date() != now.date() and began_at.date() <= window.end_on):
        began_at = now
        landing.store.write(name, now.isoformat().encode())
    return began_at


def is_open(landing: Landing, source: str, window: Window) -> bool:
    """Return whether an attempt at the interval has begun and has not ended."""
    return landing.store.size(_name(source, window)) is not None


def reopen(landing: Landing, source: str, window: Window, now: dt.datetime) -> None:
    """Make the next fetch, even a backfill, ask for the interval again, because its documents cannot be used."""
    landing.store.write(_name(source, window), now.isoformat().encode())


def end(landing: Landing, source: str, window: Window) -> None:
    """End the attempt: the interval is whole, or must be requested again."""
    landing.store.remove(_name(source, window))


def _name(source: str, window: Window) -> str:
    return f"attempts/{source}/{window.start_on}_{window.end_on}"
