"""What to ask the oral-questions API for, and how to know that the answer is complete."""

from collections.abc import Iterator

import msgspec

from orderpaper.errors import UpstreamError
from orderpaper.http import Client
from orderpaper.sources import Window
from orderpaper.sources.oral_questions.payload import OralQuestion, Page

PATH = "/oralquestions/list"
PAGE_SIZE = 100
"""The most that the API gives."""
PASSES = 4


def fetch(window: Window, client: Client) -> None:
    """Land every page of the questions for answer in the window: paged again when rows moved while paging.

    Raises:
        UpstreamError: the API did not answer, ignored the filter, or never gave as many rows as it announced.
    """
    for _ in range(PASSES):
        found: dict[int, OralQuestion] = {}
        totals = set()
        for page in _pages(window, client):
            totals.add(page.paging_info.total)
            found |= {question.id: question for question in page.response}
        if totals == {len(found)}:
            return _check_filter(window, list(found.values()))
    raise UpstreamError(
        f"oral_questions: the API announces {max(totals)} questions for answer from {window.start_on} to"
        f" {window.end_on} but gave {len(found)} different ones in each of {PASSES} passes; try again later."
    )


def _pages(window: Window, client: Client) -> Iterator[Page]:
    skip = total = 0
    while skip == 0 or skip < total:
        # Without the prefix the API ignores a parameter without a word.
        landed = client.get_json(
            PATH,
            [
                ("parameters.answeringDateStart", window.start_on.isoformat()),
                ("parameters.answeringDateEnd", window.end_on.isoformat()),
                ("parameters.skip", skip),
                ("parameters.take", PAGE_SIZE),
            ],
            kind="list",
        )
        if landed is None:
            raise AssertionError("a list is not optional")
        try:
            page = msgspec.json.decode(landed.body, type=Page)
        except msgspec.ValidationError as error:
            raise UpstreamError(f"oral_questions: {landed.ref.url} is not a page of questions: {error}") from error
        if not page.success:
            raise UpstreamError(
                f"oral_questions: {landed.ref.url} reports a failure: {'; '.join(page.errors) or 'no reason given'}"
            )
        yield page
        total = page.paging_info.total
        skip += PAGE_SIZE


def _check_filter(window: Window, questions: list[OralQuestion]) -> None:
    """Make sure that the API obeyed.

    Raises:
        UpstreamError: a question is for answer on a day that was not asked for.
    """
    for question in questions:
        day = question.answering_when.date()
        if not window.start_on <= day <= window.end_on:
            raise UpstreamError(
                f"oral_questions: asked for questions for answer from {window.start_on} to {window.end_on}, the API"
                f" gave question {question.id} for {day}; it seems to ignore the parameter"
                " parameters.answeringDateStart or parameters.answeringDateEnd."
            )
