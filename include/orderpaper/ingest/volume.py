"""Check that a source gave a credible number of things: some for each sitting day, and never too many."""

import datetime as dt
from collections.abc import Collection, Mapping

from orderpaper.catalogue import Source, Volume
from orderpaper.errors import UpstreamError
from orderpaper.landing import Window

REAL = "live"
"""The realm in which the bounds of source.yml apply in full. A simulated Parliament is small, so there a sitting day
must only have something."""
CAPTURED = "replay-"
"""The prefix of realms that replay a capture. They are not checked: a capture has nothing for some days."""


MOST_MISSING_SHARE = 0.5
"""The site of a source is not as agreed if it does not have a larger share of the details that its lists announce."""
FEW_DETAILS = 2
"""So many missing details are always tolerated, because a list may announce what has just been removed."""


def check_details(source: Source, realm: str, detail_count: int, missing_count: int) -> None:
    """Check that a site has most of the details that its lists announce. A capture may have none.

    Raises:
        UpstreamError: it does not; the message has the numbers.
    """
    if realm.startswith(CAPTURED) or missing_count <= max(FEW_DETAILS, MOST_MISSING_SHARE * detail_count):
        return
    raise UpstreamError(
        f"{source.name}: the site does not have {missing_count} of the {detail_count} details that its lists announce;"
        " check whether their address has changed, or try again later."
    )


def check(
    source: Source,
    realm: str,
    window: Window,
    counts: Mapping[str, Mapping[dt.date, int]],
    sitting_days: Collection[dt.date],
) -> None:
    """Compare what a fetch found with the bounds of the source.

    Args:
        source: the source; without bounds nothing is checked.
        realm: the upstream world that was asked.
        window: the days that were asked for.
        counts: how many things there were each day, by their kind.
        sitting_days: the days of the window on which the Commons is known to have sat.

    Raises:
        UpstreamError: there were too few or too many; the message has the numbers found and expected.
    """
    if realm.startswith(CAPTURED):
        return
    for bounds in source.volume:
        _check_kind(source, bounds, window, counts.get(bounds.of, {}), sitting_days, is_real=realm == REAL)


def _check_kind(
    source: Source,
    bounds: Volume,
    window: Window,
    count_by_day: Mapping[dt.date, int],
    sitting_days: Collection[dt.date],
    *,
    is_real: bool,
) -> None:
    least, most = (bounds.min, bounds.max) if is_real else (min(bounds.min, 1), None)
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
                f" when the site is up to date, or correct sources/{source.name}/source.yml if the number is right."
            )
        if most is not None and count > most:
            raise UpstreamError(
                f"{source.name}: {count} {bounds.of} for {when}, where at most {most} are expected; check that the site"
                f" obeys its filters, or correct sources/{source.name}/source.yml if the number is right."
            )
