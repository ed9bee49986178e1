"""The order in which a backfill asks each source for each month."""

import datetime as dt
from collections.abc import Iterator, Sequence

from orderpaper.catalogue import Source
from orderpaper.landing import Window


def plan(sources: Sequence[Source], window: Window) -> Iterator[tuple[Source, Window]]:
    """Return what to ingest, one step after the other: registers and feeds once, then months, the newest first.

    The newest month is wanted first. Asking for it first also shows each question as it stands today, so that an older
    month does not take it for an open one. The sources of a month keep the order in which they are given.
    """
    for source in sources:
        if not source.has_days:
            yield source, window
    for month in reversed(list(months(window))):
        for source in sources:
            if source.has_days and month.end_on >= source.start_on:
                yield source, month


def months_done(done: Sequence[tuple[Source, Window]], due: Sequence[tuple[Source, Window]]) -> tuple[int, int]:
    """Return of how many months every step of a plan is done, and how many months the plan has."""
    total = {days for source, days in (*done, *due) if source.has_days}
    left = {days for source, days in due if source.has_days}
    return len(total - left), len(total)


def months(window: Window) -> Iterator[Window]:
    """Return the calendar months of a window; the first and the last may be partial."""
    first = window.start_on
    while first <= window.end_on:
        following = (first.replace(day=1) + dt.timedelta(31)).replace(day=1)
        yield Window(first, min(following - dt.timedelta(1), window.end_on))
        first = following
