"""Fetch the sites of a source that reads several, of which one may fail."""

import datetime as dt
from collections.abc import Callable

from orderpaper.catalogue import Source
from orderpaper.errors import UpstreamError
from orderpaper.http import Client
from orderpaper.landing import Landing, Window
from orderpaper.landing.missing import Missing
from orderpaper.sources import Found

_PART = "sites"


class Sites:
    """The sites of a source in one run.

    A site that fails keeps no other from landing. The days for which it was asked are remembered, and in later runs it
    is asked for them too, until it answers. The only site of a source may not fail, nor may all.

    Raises:
        OrderPaperError: the file of what is missing is damaged.
    """

    def __init__(self, landing: Landing, source: Source, today: dt.date) -> None:
        self._missing = Missing(landing, source.name, today)
        self._due = self._missing.due(_PART)
        self._count = 1 + len(source.further_sites)
        self._errors: dict[str, UpstreamError] = {}
        self._asked: dict[str, Window] = {}

    def fetch(self, fetch: Callable[[Window, Client], Found], window: Window, client: Client) -> Found:
        """Return what a source's `fetch` finds at a site; nothing if the site fails.

        Raises:
            UpstreamError: it is the last site, and all have failed.
        """
        name = client.public_url
        days = [day for day, names in self._due.items() if name in names]
        self._asked[name] = Window(min([window.start_on, *days]), window.end_on)
        try:
            return fetch(self._asked[name], client)
        except UpstreamError as error:
            self._errors[name] = error
            if len(self._errors) == self._count:
                raise
            return Found()

    def found(self) -> Found:
        """Return the days that a site lacks, and what to remember of it after the manifest is written."""
        if self._count == 1:
            return Found()
        lacking = {name: self._asked[name] for name in self._errors}
        for day in sorted({day for window in self._asked.values() for day in window} | self._due.keys()):
            reasons = {name: str(self._errors[name]) for name, window in lacking.items() if day in window}
            self._missing.note(_PART, day, reasons)
        return Found(
            incomplete_on=frozenset(day for window in lacking.values() for day in window),
            when_whole=self._missing.save,
        )
