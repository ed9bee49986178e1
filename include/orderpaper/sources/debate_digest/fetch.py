"""Fetch debate digests: the index of each day, and the page of every digest in it."""

import datetime as dt
import re
from functools import partial

from orderpaper.http import Client, Landed
from orderpaper.http.each import Each
from orderpaper.landing import Window
from orderpaper.sources import HTML_PAGE, Found

FOLDER = "/debates/"


def fetch(window: Window, client: Client) -> Found:
    """Land the digests of every day in the window that has an index.

    Raises:
        UpstreamError: the site did not answer, its robots.txt forbids it, or too many of the digests are missing.
    """
    wanted: dict[str, dt.date] = {}
    for day in window:
        folder = f"{FOLDER}{day}"
        index = client.get(folder, [], due=HTML_PAGE, kind="index", is_optional=True)
        links = re.findall(rf'href="({folder}/[A-Za-z0-9-]+)"', index.body.decode(errors="replace")) if index else ()
        wanted |= dict.fromkeys(links, day)
    digests = Each(client, "debate_digest", "", partial(_digest, client))
    digests.fetch(wanted)
    return Found(when_whole=digests.save)


def _digest(client: Client, path: str) -> Landed | None:
    return client.get(path, [], due=HTML_PAGE, kind="digest", is_optional=True)
