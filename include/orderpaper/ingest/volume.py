"""Whether a source gave as much as can be believed: something for every sitting day, and no more than ever."""

import datetime as dt
from collections.abc import Collection, Mapping

from orderpaper.errors import UpstreamError
from orderpaper.sources import Source, Window

REAL = "live"
"""The realm whose days are held against the bounds of source.yml. A simulated Parliament is small: there only nothing
at all, on a day on which it sat, is too little."""
CAPTURED = "replay-"
"""What the names of realms begin with that replay a capture. It has what was captured, of some days nothing."""


def check(
    source: Source,
    realm: str,
    window: Window,
    count_by_day: Mapping[dt.date, int],
    sitting_days: Collection[dt.date],
) -> None:
    """Hold what was found against the source's bounds.

    Args:
        source: with its bounds; without any, nothing is checked.
        realm: which upstream world was asked.
        window: the days that were asked for.
        count_by_day: how many of what the source counts there were.
        sitting_days: the days of the window on which the Commons is known to have sat.

    Raises:
        UpstreamError: too few or too many; the message has the numbers found and expected.
    """
    bounds = source.volume
    if bounds is None or realm.startswith(CAPTURED):
        return
    least, most = (bounds.min, bounds.max) if realm == REAL else (min(bounds.min, 1), None)
    if bounds.per == "run":
        counts = {f"{window.start_on} to {window.end_on}": sum(count_by_day.values())}
        must_have = set(counts)
        where = ""
    else:
        counts = {f"{day}": count_by_day.get(day, 0) for day in sorted({*count_by_day, *sitting_days})}
        must_have = {f"{day}" for day in sitting_days if day not in bounds.quiet_on}
        where = ", a day on which the Commons sat"
    for when, count in counts.items():
        if when in must_have and count < least:
            raise UpstreamError(
                f"{source.name}: {count} {bounds.of} for {when}{where}, where at least {least} are expected; try again"
                f" when the site has caught up, or, if it really is so, say so in sources/{source.name}/source.yml."
            )
        if most is not None and count > most:
            raise UpstreamError(
                f"{source.name}: {count} {bounds.of} for {when}, where at most {most} are expected; see whether the"
                f" site obeys its filters, or, if it really is so, say so in sources/{source.name}/source.yml."
            )
