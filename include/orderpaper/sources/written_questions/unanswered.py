"""Keep the questions without a final answer in the landing zone, so that only these are fetched again."""

import datetime as dt
from collections.abc import Collection, Iterable

import msgspec

from orderpaper.landing import Landing
from orderpaper.reading.dates import day_of
from orderpaper.sources.written_questions.payload import Row
from orderpaper.storage import Note

_NAME = "unanswered/written_questions.json"
LONGEST_WAIT = dt.timedelta(days=400)
"""A question lapses when the session ends, at most about a year after it was tabled, and is then never answered
(Erskine May, 22.2)."""


class Open(msgspec.Struct):
    """A question without a final answer."""

    tabled_on: dt.date
    asked_to: dt.date
    """The last day of the latest interval for which the question was fetched."""


class Unanswered:
    """The open questions of a landing zone, by id.

    Raises:
        OrderPaperError: the file that holds them is damaged.
    """

    def __init__(self, landing: Landing) -> None:
        self._note = Note(landing.store, _NAME, dict[int, Open], "open questions are entered as they are seen again")
        self._open = self._note.read() or {}

    def due(self, asked_to: dt.date, seen: Collection[int]) -> dict[int, dt.date]:
        """Return id → day of tabling of the open questions to fetch again, those that were fetched longest ago first.

        Questions in `seen`, those already fetched for this day or a later one, and those too old are left out.
        """
        due = [
            (entry.asked_to, question_id, entry.tabled_on)
            for question_id, entry in self._open.items()
            if question_id not in seen and entry.asked_to < asked_to and entry.tabled_on > asked_to - LONGEST_WAIT
        ]
        return {question_id: tabled_on for _, question_id, tabled_on in sorted(due)}

    def note(self, rows: Iterable[Row], asked_to: dt.date) -> None:
        """Add the open questions among the rows, and remove all others."""
        for row in rows:
            known = self._open.pop(row.id, None)
            if row.is_open:
                latest = max(known.asked_to, asked_to) if known else asked_to
                self._open[row.id] = Open(day_of(row.date_tabled), latest)

    def save(self) -> None:
        """Write the open questions to the landing zone, without those that are too old to be answered.

        Raises:
            StorageError: another fetch has written them meanwhile.
        """
        latest = max((entry.asked_to for entry in self._open.values()), default=dt.date.min + LONGEST_WAIT)
        kept = {number: entry for number, entry in self._open.items() if entry.tabled_on > latest - LONGEST_WAIT}
        self._note.write(kept)
