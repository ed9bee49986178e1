"""Filling the past: which source to ask for which days, in which order."""

import datetime as dt
from collections.abc import Iterable, Iterator

from orderpaper.sources import Source, Window


def plan(sources: Iterable[Source], window: Window) -> Iterator[tuple[Source, Window]]:
    """What to ingest, one after the other: registers and feeds once, then months, the newest first.

    The newest month first, because it is wanted first, and because a question is then seen as it stands today before
    an older month could take it for one to ask for again. Within a month Hansard comes before the questions, which
    are held against its sitting days.
    """
    by_name = sorted(sources, key=lambda source: source.name)
    for source in by_name:
        if not source.has_days:
            yield source, window
    for month in reversed(list(months(window))):
        for source in by_name:
            if source.has_days and month.end_on >= source.start_on:
                yield source, month


def months(window: Window) -> Iterator[Window]:
    """The calendar months of a window, the first and the last as far as they lie in it."""
    first = window.start_on
    while first <= window.end_on:
        following = (first.replace(day=1) + dt.timedelta(31)).replace(day=1)
        yield Window(first, min(following - dt.timedelta(1), window.end_on))
        first = following
