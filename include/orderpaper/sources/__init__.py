"""The sources: one folder each, with the code and the facts of that source. `orderpaper.catalogue` reads the facts."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Found:
    """The result of a source's `fetch`, besides the documents in the landing zone."""

    count_by_day: Mapping[dt.date, int] = field(default_factory=dict)
    """The number of things (`Volume.of`) of each day. A register counts everything on the last day of the window."""
    when_whole: Callable[[], None] = lambda: None
    """A function to call after the manifest of the interval is written. A killed fetch never calls it."""

    def joined_with(self, other: "Found") -> "Found":
        """Return the sum of what two sites of a source returned."""

        def when_whole() -> None:
            self.when_whole()
            other.when_whole()

        return Found(Counter(self.count_by_day) + Counter(other.count_by_day), when_whole)
