"""Fetch debate digests: the index of each day, and the page of every digest in it."""

import re

from orderpaper.http import Client
from orderpaper.landing import Window
from orderpaper.sources import HTML_PAGE, Found

FOLDER = "/debates/"


def fetch(window: Window, client: Client) -> Found:
    """Land the digests of every day in the window that has an index.

    Raises:
        UpstreamError: the site did not answer, or its robots.txt forbids it.
    """
    for day in window:
        folder = f"{FOLDER}{day}"
        index = client.get(folder, [], due=HTML_PAGE, kind="index", is_optional=True)
        links = re.findall(rf'href="({folder}/[A-Za-z0-9-]+)"', index.body.decode(errors="replace")) if index else ()
        for path in dict.fromkeys(links):
            client.get(path, [], due=HTML_PAGE, kind="digest")
    return Found()
