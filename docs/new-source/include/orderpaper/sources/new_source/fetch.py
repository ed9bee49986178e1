"""Ask the site for the pages of its list, and check that they are complete."""

from collections import Counter
from functools import partial

import msgspec

from orderpaper.http import Client
from orderpaper.http.paging import read_page, read_whole
from orderpaper.landing import Window
from orderpaper.sources import Found, check_days
from orderpaper.sources.new_source.payload import Row, RowPage

PATH = "/api/new_source"
PAGE_SIZE = 100
"""The largest page that the site gives."""


def fetch(window: Window, client: Client) -> Found:
    """Land every page of the list for the window.

    Raises:
        UpstreamError: the site did not answer, ignored the days, or gave fewer rows than it announced.
    """
    what = f"new_source: items from {window.start_on} to {window.end_on}"
    found = read_whole(partial(_page, client, window), Row, PAGE_SIZE, what)
    days = {row.id: row.date for row, _ in found.values()}
    check_days(what, window, days.items(), "from or to")
    return Found({"items": Counter(days.values())})


def _page(client: Client, window: Window, skip: int, is_repeat: bool) -> tuple[int, list[msgspec.Raw]]:
    query: list[tuple[str, str | int]] = [
        ("from", window.start_on.isoformat()),
        ("to", window.end_on.isoformat()),
        ("skip", skip),
        ("take", PAGE_SIZE),
    ]
    landed = client.get_json(PATH, query, kind="list", is_repeat=is_repeat)
    page = read_page(landed, RowPage, "new_source")
    return page.total, page.items
