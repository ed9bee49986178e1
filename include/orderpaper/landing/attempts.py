"""Attempts at an interval, so that a killed fetch can be continued.

While an interval is being fetched, a file in the landing zone holds the time at which the attempt began. A later fetch
that finds the file continues the attempt: the client skips what was asked for since. The file is removed when the
manifest is written, or when the site's answers were inconsistent and must be requested again.
"""

import datetime as dt
from pathlib import Path

from orderpaper.landing.window import Window
from orderpaper.landing.zone import Landing, write_atomically


def begin(landing: Landing, source: str, window: Window, now: dt.datetime) -> dt.datetime:
    """Return when the attempt at an interval began: `now`, or the start of a killed attempt to continue.

    An attempt of another day is only continued if the days of the interval were over by then.
    """
    path = _path(landing, source, window)
    try:
        began_at = dt.datetime.fromisoformat(path.read_text())
    except (FileNotFoundError, ValueError):
        began_at = None
    if began_at is None or (began_at.date() != now.date() and began_at.date() <= window.end_on):
        began_at = now
        write_atomically(path, now.isoformat().encode())
    return began_at


def is_open(landing: Landing, source: str, window: Window) -> bool:
    """Return whether an attempt at the interval has begun and has not ended."""
    return _path(landing, source, window).exists()


def reopen(landing: Landing, source: str, window: Window, now: dt.datetime) -> None:
    """Make the next fetch, even a backfill, ask for the interval again, because its documents cannot be used."""
    write_atomically(_path(landing, source, window), now.isoformat().encode())


def end(landing: Landing, source: str, window: Window) -> None:
    """End the attempt: the interval is whole, or must be requested again."""
    _path(landing, source, window).unlink(missing_ok=True)


def _path(landing: Landing, source: str, window: Window) -> Path:
    return landing.root / "attempts" / source / f"{window.start_on}_{window.end_on}"
