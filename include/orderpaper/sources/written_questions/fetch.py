"""What to ask the written-questions API for, and how to know that the answer is complete."""

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import msgspec

from orderpaper.errors import UpstreamError
from orderpaper.http import Client
from orderpaper.sources import Window
from orderpaper.sources.written_questions.payload import Page, WrittenQuestion

PATH = "/api/writtenquestions/questions"
PAGE_SIZE = 100
PASSES = 4
WORKERS = 4
_WINDOWS = {"tabled": "date_tabled", "answered": "date_answered", "corrected": "date_answer_corrected"}
"""An answer comes days or months after its question, a correction later still: each has its own window."""


def fetch(window: Window, client: Client) -> None:
    """Land every list page of the window's three filters, and the detail of every question the list cut.

    Raises:
        UpstreamError: the API did not answer, ignored the filter, or never gave as many rows as it announced.
    """
    cut: dict[int, str] = {}
    for filter_name in _WINDOWS:
        for question in _list(window, client, filter_name):
            if question.is_question_cut or question.is_answer_cut:
                cut[question.id] = hashlib.sha256(msgspec.json.encode(question)).hexdigest()
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(lambda question_id: _detail(client, question_id, cut[question_id]), sorted(cut)))


def _detail(client: Client, question_id: int, state: str) -> None:
    """Land a question's detail, unless it is held and the list row that points to it has not changed since.

    Where the API has no detail, the question keeps the list's text, and says so with `is_truncated`.
    """
    client.get_json(f"{PATH}/{question_id}", [], kind="detail", state=state, is_optional=True)


def _list(window: Window, client: Client, filter_name: str) -> list[WrittenQuestion]:
    """The questions of one filter, all of them: paged again when rows moved while paging."""
    for _ in range(PASSES):
        found: dict[int, WrittenQuestion] = {}
        totals = set()
        for page in _pages(window, client, filter_name):
            totals.add(page.total_results)
            found |= {item.value.id: item.value for item in page.results}
        if totals == {len(found)}:
            _check_filter(window, filter_name, list(found.values()))
            return list(found.values())
    raise UpstreamError(
        f"written_questions: the API announces {max(totals)} questions {filter_name} from {window.start_on} to"
        f" {window.end_on} but gave {len(found)} different ones in each of {PASSES} passes; try again later."
    )


def _pages(window: Window, client: Client, filter_name: str) -> Iterator[Page]:
    skip = total = 0
    while skip == 0 or skip < total:
        landed = client.get_json(
            PATH,
            [
                (f"{filter_name}WhenFrom", window.start_on.isoformat()),
                (f"{filter_name}WhenTo", window.end_on.isoformat()),
                ("includeWithdrawn", "true"),
                ("skip", skip),
                ("take", PAGE_SIZE),
            ],
            kind="list",
        )
        if landed is None:
            raise AssertionError("a list is not optional")
        try:
            page = msgspec.json.decode(landed.body, type=Page)
        except msgspec.ValidationError as error:
            raise UpstreamError(f"written_questions: {landed.ref.url} is not a page of questions: {error}") from error
        yield page
        total = page.total_results
        skip += PAGE_SIZE


def _check_filter(window: Window, filter_name: str, questions: list[WrittenQuestion]) -> None:
    """Make sure that the API obeyed: it ignores a parameter that it does not know without a word."""
    field = _WINDOWS[filter_name]
    for question in questions:
        value = getattr(question, field)
        if value is None or not window.start_on <= value.date() <= window.end_on:
            raise UpstreamError(
                f"written_questions: asked for questions {filter_name} from {window.start_on} to {window.end_on},"
                f" the API gave question {question.id} with {field} {value and value.date()}; it seems to ignore the"
                f" parameter {filter_name}WhenFrom or {filter_name}WhenTo."
            )
