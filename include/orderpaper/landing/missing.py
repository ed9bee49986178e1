"""The documents that a site lists and does not give, kept in the landing zone so that they are asked for again.

A live site fails in part: one document of a day answers 404 or an error for hours. The rest of the day is taken, and
what is missing is remembered, named on the page *Warehouse*, and asked for in every run until it comes.
"""

import datetime as dt
import logging
from collections.abc import Mapping

import msgspec

from orderpaper.landing.zone import Landing
from orderpaper.storage import Note

_log = logging.getLogger(__name__)

LONGEST_WAIT = dt.timedelta(days=60)
"""A document that has been missing for longer is not asked for again, and stays on the page."""


class Absent(msgspec.Struct, frozen=True, kw_only=True):
    """A document that is missing."""

    name: str
    """The site's own id of it."""
    day: dt.date
    """The day to which it belongs."""
    part: str
    """The part of the source, such as a House."""
    reason: str
    """The answer of the site."""
    since: dt.date
    """The day on which it was missing first."""


class Missing:
    """The missing documents of a source.

    Raises:
        OrderPaperError: the file that holds them is damaged.
    """

    def __init__(self, landing: Landing, source: str, today: dt.date) -> None:
        self._note = _note(landing, source)
        self._today = today
        self._absent = {(each.part, each.day, each.name): each for each in self._note.read() or []}
        self._before = set(self._absent.values())
        self._parts: set[str] = set()
        """The parts that were asked for."""

    def due(self, part: str) -> dict[dt.date, list[str]]:
        """Return the names of the missing documents of a part that are to be asked for again, by day."""
        found: dict[dt.date, list[str]] = {}
        for each in self._absent.values():
            if each.part == part and self._today - each.since <= LONGEST_WAIT:
                found.setdefault(each.day, []).append(each.name)
        return found

    def note(self, part: str, day: dt.date, reasons: dict[str, str]) -> None:
        """Record that a day was asked for: which documents did not come, and why. All others are no longer missing."""
        for name, reason in reasons.items():
            _log.warning("%s of %s is missing, and is asked for again in the next run: %s", name, day, reason)
        known = {key: self._absent.pop(key) for key in list(self._absent) if key[:2] == (part, day)}
        for name, reason in reasons.items():
            before = known.get((part, day, name))
            since = before.since if before else self._today
            self._absent[part, day, name] = Absent(name=name, day=day, part=part, reason=reason, since=since)
        self._parts.add(part)

    def note_each(self, part: str, asked: Mapping[str, dt.date], reasons: Mapping[str, str]) -> None:
        """Record that documents were asked for: which of them did not come, and why. The others have come.

        Args:
            part: the part of the source.
            asked: the name of each document that was asked for, with the day to which it belongs.
            reasons: the names of those that did not come, with the answers of the site.
        """
        before = {name: self._absent.pop((part, day, name)) for _, day, name in self._keys(part) if name in asked}
        for name, reason in reasons.items():
            since = before[name].since if name in before else self._today
            _log.warning("%s of %s is missing, and is asked for again in the next run: %s", name, asked[name], reason)
            self._absent[part, asked[name], name] = Absent(
                name=name, day=asked[name], part=part, reason=reason, since=since
            )
        self._parts.add(part)

    def save(self) -> None:
        """Write what is missing to the landing zone. Parts of the source that were not asked for stay as they are.

        Raises:
            StorageError: another fetch has written what is missing of these parts meanwhile.
        """
        kept = self._note.read() or []
        others = [each for each in kept if each.part not in self._parts]
        own = [each for each in self._absent.values() if each.part in self._parts]
        if any(each.part in self._parts for each in self._before.symmetric_difference(kept)):
            raise self._note.overtaken()
        if kept or own:
            self._note.write([*others, *own])

    def _keys(self, part: str) -> list[tuple[str, dt.date, str]]:
        return [key for key in self._absent if key[0] == part]


def read_all(landing: Landing) -> dict[str, list[Absent]]:
    """Return the missing documents of every source that lacks any."""
    names = [entry.name for entry in landing.store.entries("missing")]
    sources = [name.removeprefix("missing/").removesuffix(".json") for name in names if name.endswith(".json")]
    found = {source: read(landing, source) for source in sources}
    return {source: absent for source, absent in found.items() if absent}


def read(landing: Landing, source: str) -> list[Absent]:
    """Return the missing documents of a source; none if there is no file of them.

    Raises:
        OrderPaperError: the file is damaged.
    """
    return _note(landing, source).read() or []


def _note(landing: Landing, source: str) -> Note[list[Absent]]:
    name = f"missing/{source}.json"
    return Note(landing.store, name, list[Absent], "missing documents are entered as they are missed again")
