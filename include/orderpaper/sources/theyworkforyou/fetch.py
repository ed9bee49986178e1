"""Fetch TheyWorkForYou: the list of its files, and the newest version of each day in the window."""

import datetime as dt

from orderpaper.errors import UpstreamError
from orderpaper.http import Client, Format
from orderpaper.landing import Window
from orderpaper.sources import Found
from orderpaper.sources.theyworkforyou.payload import LINK

FOLDER = "/pwdata/scrapedxml/debates/"
LISTING = Format("a list of files", frozenset({"text/html"}), b"</html>")
DAY = Format("a day of Hansard", frozenset({"application/xml", "text/xml"}), b"</publicwhip>")


def fetch(window: Window, client: Client) -> Found:
    """Land the file of every day in the window. A letter after the day is its version; a version never changes.

    Raises:
        UpstreamError: the site did not answer, or the list has no days of Hansard.
    """
    listing = client.get(FOLDER, [], due=LISTING, kind="listing")
    if listing is None:
        raise AssertionError("the list of files is not optional")
    files = list(LINK.finditer(listing.body.decode(errors="replace")))
    if not files:
        raise UpstreamError(f"theyworkforyou: {FOLDER} lists no file such as debates2009-10-26b.xml; it has changed")
    newest: dict[str, str] = {}
    for file in files:
        newest[file["day"]] = max(newest.get(file["day"], ""), file["name"], key=lambda name: (len(name), name))
    for day, name in sorted(newest.items()):
        if window.start_on <= dt.date.fromisoformat(day) <= window.end_on:
            client.get(FOLDER + name, [], due=DAY, kind="day", state=name)
    return Found()
