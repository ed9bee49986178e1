"""The sources: one folder each, with the code and the facts of that source. `orderpaper.catalogue` reads the facts."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from orderpaper.errors import UpstreamError
from orderpaper.http import Format
from orderpaper.landing import Window

HTML_PAGE = Format("a page", frozenset({"text/html", "application/xhtml+xml"}), b"</html>")


@dataclass(frozen=True, slots=True)
class Found:
    """The result of a source's `fetch`, besides the documents in the landing zone."""

    counts: Mapping[str, Mapping[dt.date, int]] = field(default_factory=dict)
    """The number of things of each day, by their kind (`Volume.of`). A register counts everything on the last day of
    the window."""
    detail_count: int = 0
    """The number of details that were asked for, whether or not the site has them."""
    missing_count: int = 0
    """The number of these that the site does not have."""
    incomplete_on: frozenset[dt.date] = frozenset()
    """The days of the window of which a list did not come, and which may therefore have too little."""
    when_whole: Callable[[], None] = lambda: None
    """A function to call after the manifest of the interval is written. A killed fetch never calls it."""

    def joined_with(self, other: "Found") -> "Found":
        """Return the sum of what two sites of a source returned."""

        def when_whole() -> None:
            self.when_whole()
            other.when_whole()

        return Found(
            counts={
                kind: Counter(self.counts.get(kind)) + Counter(other.counts.get(kind))
                for kind in {*self.counts, *other.counts}
            },
            detail_count=self.detail_count + other.detail_count,
            missing_count=self.missing_count + other.missing_count,
            incomplete_on=self.incomplete_on | other.incomplete_on,
            when_whole=when_whole,
        )


def check_days(what: str, window: Window, days: Iterable[tuple[int, dt.date | None]], parameters: str) -> None:
    """Check that an API applied a filter by days, because the APIs silently ignore a parameter that they do not know.

    Args:
        what: source and rows as the message names them: "oral_questions: questions for answer from … to …".
        window: the days that were asked for.
        days: the id of each row and the day by which it was asked for.
        parameters: the parameters of the filter.

    Raises:
        UpstreamError: a row lies outside the window.
    """
    for row_id, day in days:
        if day is None or day not in window:
            raise UpstreamError(
                f"{what} were asked for, but the API gave number {row_id}, whose date is {day}; it seems to ignore the"
                f" parameter {parameters}."
            )
