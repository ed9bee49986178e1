"""Fetch oral questions, and check that the list is complete."""

from collections import Counter
from functools import partial

import msgspec

from orderpaper.http import Client
from orderpaper.http.paging import read_page, read_whole
from orderpaper.landing import Window
from orderpaper.reading.dates import day_of
from orderpaper.sources import Found, check_days
from orderpaper.sources.oral_questions.payload import Row, RowPage

PATH = "/oralquestions/list"
PAGE_SIZE = 100
"""The largest page that the API returns."""


def fetch(window: Window, client: Client) -> Found:
    """Land every page of the questions for answer in the window.

    Raises:
        UpstreamError: the API did not answer, ignored the filter, or never gave as many rows as it announced.
    """
    what = f"oral_questions: questions for answer from {window.start_on} to {window.end_on}"
    found = read_whole(partial(_page, client, window), Row, PAGE_SIZE, what)
    days = {row.id: day_of(row.answering_when) for row, _ in found.values()}
    check_days(what, window, days.items(), "parameters.answeringDateStart or parameters.answeringDateEnd")
    return Found({"questions for oral answer": Counter(days.values())})


def _page(client: Client, window: Window, skip: int, is_repeat: bool) -> tuple[int, list[msgspec.Raw]]:
    # The API silently ignores a parameter without the prefix.
    query: list[tuple[str, str | int]] = [
        ("parameters.answeringDateStart", window.start_on.isoformat()),
        ("parameters.answeringDateEnd", window.end_on.isoformat()),
        ("parameters.skip", skip),
        ("parameters.take", PAGE_SIZE),
    ]
    landed = client.get_json(PATH, query, kind="list", is_repeat=is_repeat)
    page = read_page(landed, RowPage, "oral_questions")
    return page.paging_info.total, page.response
