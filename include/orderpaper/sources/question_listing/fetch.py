"""Fetch question listings: the page of each day."""

import datetime as dt

from orderpaper.http import Client, Format
from orderpaper.landing import Window
from orderpaper.sources import Found

FOLDER = "/written-questions/"
PAGE = Format("a page", frozenset({"text/html", "application/xhtml+xml"}), b"</html>")


def fetch(window: Window, client: Client) -> Found:
    """Land the page of every day in the window that has one.

    Raises:
        UpstreamError: the site did not answer, or its robots.txt forbids it.
    """
    for offset in range((window.end_on - window.start_on).days + 1):
        day = window.start_on + dt.timedelta(offset)
        client.get(f"{FOLDER}{day}", [], due=PAGE, kind="listing", is_optional=True)
    return Found()
