"""Attempts at an interval: a fetch that was killed is taken up where it stopped.

While an interval is fetched, a file in the landing zone says since when. A fetch that finds the file of an earlier one
goes on with that attempt: the client leaves out what has been asked for since. The file goes when the manifest is
written, or when the site's answers did not add up and have to be asked for anew.
"""

import datetime as dt
from pathlib import Path

from orderpaper.landing.window import Window
from orderpaper.landing.zone import Landing, write_atomically


def begin(landing: Landing, source: str, window: Window, now: dt.datetime) -> dt.datetime:
    """When the attempt at an interval began: `now`, unless there is a killed one to go on with.

    What was asked on another day is only good enough when the interval's days were over by then.
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
    """Whether an attempt at the interval was begun and is not over."""
    return _path(landing, source, window).exists()


def reopen(landing: Landing, source: str, window: Window, now: dt.datetime) -> None:
    """What was fetched of the interval cannot be used: a backfill, too, must ask for it again."""
    write_atomically(_path(landing, source, window), now.isoformat().encode())


def end(landing: Landing, source: str, window: Window) -> None:
    """The attempt is over: the interval is whole, or has to be asked for anew."""
    _path(landing, source, window).unlink(missing_ok=True)


def _path(landing: Landing, source: str, window: Window) -> Path:
    return landing.root / "attempts" / source / f"{window.start_on}_{window.end_on}"
