"""Fetch question listings: the page of each day."""

from orderpaper.http import Client
from orderpaper.landing import Window
from orderpaper.sources import HTML_PAGE, Found

FOLDER = "/written-questions/"


def fetch(window: Window, client: Client) -> Found:
    """Land the page of every day in the window that has one.

    Raises:
        UpstreamError: the site did not answer, or its robots.txt forbids it.
    """
    for day in window:
        client.get(f"{FOLDER}{day}", [], due=HTML_PAGE, kind="listing", is_optional=True)
    return Found()
