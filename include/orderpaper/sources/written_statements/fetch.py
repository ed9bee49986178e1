"""Fetch written statements: the list of the days asked for, and the detail of each statement that the list cuts."""

from collections import Counter
from collections.abc import Mapping
from functools import partial

import msgspec

from orderpaper.http import Client, Landed
from orderpaper.http.each import Each
from orderpaper.http.paging import read_page, read_whole
from orderpaper.landing import Window
from orderpaper.reading.dates import day_of
from orderpaper.reading.payloads import Item, Page, unwrapped
from orderpaper.sources import Found, check_days
from orderpaper.sources.written_statements.payload import Row

PATH = "/api/writtenstatements/statements"
PAGE_SIZE = 100


def fetch(window: Window, client: Client) -> Found:
    """Land every list page of the window, and the detail of every statement whose text the list cuts.

    Raises:
        UpstreamError: the API did not answer, ignored the filter, gave another number of rows than it announced, or
            gave too few details.
    """
    what = f"written_statements: statements made from {window.start_on} to {window.end_on}"
    found = read_whole(partial(_page, client, window), Row, PAGE_SIZE, what)
    days = {row.id: day_of(row.date_made) for row, _ in found.values()}
    check_days(what, window, days.items(), "madeWhenFrom or madeWhenTo")
    cut = {f"{number}": state for number, (row, state) in sorted(found.items()) if row.is_cut}
    details = Each(client, "written_statements", "", partial(_detail, client, cut), is_held_elsewhere=True)
    details.fetch({name: days[int(name)] for name in cut})
    return Found(
        {"statements": Counter(days.values())},
        detail_count=details.asked_count,
        missing_count=details.absent_count,
        when_whole=details.save,
    )


def _detail(client: Client, states: Mapping[str, str], name: str) -> Landed | None:
    """Land a statement's detail, unless it is held and its list row has not changed since.

    One that cannot be read is asked for again in the next run.

    Raises:
        UpstreamError: the API did not answer, or gave another statement.
    """
    landed = client.get_json(f"{PATH}/{name}", [], kind="detail", state=states.get(name), is_optional=True)
    if landed is None:
        return None
    try:
        given = msgspec.json.decode(landed.body, type=Item[Row]).value.id
    except msgspec.ValidationError:
        return landed
    if f"{given}" != name:
        raise client.reject(landed, f"asked for the statement {name}, the API gave the statement {given}")
    return landed


def _page(client: Client, window: Window, skip: int, is_repeat: bool) -> tuple[int, list[msgspec.Raw]]:
    """Return the total that a page of the list announces, and its rows."""
    query: list[tuple[str, str | int]] = [
        ("madeWhenFrom", window.start_on.isoformat()),
        ("madeWhenTo", window.end_on.isoformat()),
        ("skip", skip),
        ("take", PAGE_SIZE),
    ]
    page = read_page(client.get_json(PATH, query, kind="list", is_repeat=is_repeat), Page, "written_statements")
    return page.total_results, [unwrapped(row) for row in page.results]
