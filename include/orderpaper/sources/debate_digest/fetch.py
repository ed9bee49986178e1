"""Fetch debate digests: the index of each day, and the page of every digest in it."""

import datetime as dt
import re

from orderpaper.http import Client, Format
from orderpaper.landing import Window
from orderpaper.sources import Found

FOLDER = "/debates/"
PAGE = Format("a page", frozenset({"text/html", "application/xhtml+xml"}), b"</html>")


def fetch(window: Window, client: Client) -> Found:
    """Land the digests of every day in the window that has an index.

    Raises:
        UpstreamError: the site did not answer, or its robots.txt forbids it.
    """
    for offset in range((window.end_on - window.start_on).days + 1):
        folder = f"{FOLDER}{window.start_on + dt.timedelta(offset)}"
        index = client.get(folder, [], due=PAGE, kind="index", is_optional=True)
        links = re.findall(rf'href="({folder}/[A-Za-z0-9-]+)"', index.body.decode(errors="replace")) if index else ()
        for path in dict.fromkeys(links):
            client.get(path, [], due=PAGE, kind="digest")
    return Found()
