"""Keep the days whose text is not final in the landing zone, so that they are fetched again.

Hansard is Rolling while the House sits, Daily from the next morning, and Bound months later; until then its text is
revised, and only the debate itself says when (ContentLastUpdated). Most changes come early, so a day is asked for again
when it is twice as old as it was the last time: after 1, 2, 4, 8, … days.
"""

import datetime as dt
from itertools import islice

from orderpaper.landing import Landing
from orderpaper.storage import Note

_NAME = "revisions/hansard.json"
FINAL = frozenset({3, 4, "BoundVolume", "Historic"})
"""The API's numbers and names for the sources of a text that no longer changes."""
LONGEST_WAIT = dt.timedelta(days=730)
"""After this time, a text that is still not bound is no longer fetched again."""
MOST_DAYS = 10
"""Maximum number of days fetched again in one run, the oldest first. A day has about a hundred debates."""


class Revisions:
    """The days of a landing zone whose text may still change.

    Raises:
        OrderPaperError: the file that holds them is damaged.
    """

    def __init__(self, landing: Landing, today: dt.date) -> None:
        self._today = today
        self._note = Note(
            landing.store, _NAME, dict[str, dict[dt.date, dt.date]], "days are entered as they are fetched again"
        )
        self._asked_on = self._note.read() or {}
        """House → day → the day on which it was last fetched."""

    def due(self, house: str) -> list[dt.date]:
        """Return the days of a House to fetch again today."""
        days = sorted(self._asked_on.get(house, {}).items())
        return list(islice((day for day, asked_on in days if self._is_due(day, asked_on)), MOST_DAYS))

    def note(self, house: str, day: dt.date, *, is_final: bool) -> None:
        """Record that a day was fetched."""
        days = self._asked_on.setdefault(house, {})
        if is_final:
            days.pop(day, None)
        else:
            days[day] = self._today

    def save(self) -> None:
        """Write the days to the landing zone, without those that are too old.

        Raises:
            StorageError: another fetch has written them meanwhile.
        """
        kept = {
            house: {day: asked_on for day, asked_on in days.items() if self._today - day <= LONGEST_WAIT}
            for house, days in self._asked_on.items()
        }
        self._note.write(kept)

    def _is_due(self, day: dt.date, asked_on: dt.date) -> bool:
        return asked_on < self._today and self._today - day >= 2 * (asked_on - day)
