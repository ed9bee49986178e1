"""Fetch written questions, and check that the lists are complete."""

import calendar
from collections import Counter
from collections.abc import Mapping
from functools import partial
from itertools import islice

import msgspec

from orderpaper.http import Client, Landed, Params
from orderpaper.http.each import Each
from orderpaper.http.paging import Listed, read_page, read_whole
from orderpaper.landing import Window
from orderpaper.reading.dates import day_of
from orderpaper.reading.payloads import Item, Page, unwrapped
from orderpaper.sources import Found, check_days
from orderpaper.sources.written_questions.payload import Row
from orderpaper.sources.written_questions.unanswered import Unanswered

PATH = "/api/writtenquestions/questions"
PAGE_SIZE = 100
MOST_ASKED_AGAIN = 1000
"""Maximum number of questions of unknown state that are fetched one by one in a run. The others wait for the next."""
_WINDOWS = {"tabled": "date_tabled", "answered": "date_answered", "corrected": "date_answer_corrected"}
"""Filter → parameter. Answers and corrections come later than their question, so each of them has its own filter."""


def fetch(window: Window, client: Client) -> Found:
    """Land the list pages of the window's three filters, the details of questions whose text the list cuts, and the
    present state of questions that were still open.

    Raises:
        UpstreamError: the API did not answer, ignored the filter, never gave as many rows as it announced, or gave too
            few details.
    """
    lists = {name: _list(client, name, window) for name in _WINDOWS}
    tabled = Counter(day_of(listed.row.date_tabled) for listed in lists["tabled"].values())
    found = lists["tabled"] | lists["answered"] | lists["corrected"]
    unanswered = Unanswered(client.landing)
    due = unanswered.due(window.end_on, found.keys())
    for month in sorted({tabled_on.replace(day=1) for tabled_on in due.values()}):
        last_day = month.replace(day=calendar.monthrange(month.year, month.month)[1])
        found |= _list(client, "tabled", Window(month, last_day), ("answered", "Unanswered"))
    cut = {number: state for number, (row, state) in found.items() if row.is_question_cut or row.is_answer_cut}
    # An open question that is no longer listed as unanswered has an answer, which may be a holding answer.
    again = list(islice((number for number in due if number not in found), MOST_ASKED_AGAIN))
    days = {number: found[number].row.date_tabled.date() for number in sorted(cut)} | {n: due[n] for n in again}
    details = Each(client, "written_questions", "", partial(_detail, client, cut), is_held_elsewhere=True)
    landed = details.fetch({f"{number}": day for number, day in days.items()})
    seen = [row for number in again if (detail := landed.get(f"{number}")) and (row := _row(detail))]
    unanswered.note([*(listed.row for listed in found.values()), *seen], window.end_on)

    def when_whole() -> None:
        unanswered.save()
        details.save()

    return Found(
        {"questions tabled": tabled},
        detail_count=details.asked_count,
        missing_count=details.absent_count,
        when_whole=when_whole,
    )


def _detail(client: Client, states: Mapping[int, str], name: str) -> Landed | None:
    """Land a question's detail, unless it has landed before and its list row has not changed since.

    If the API has no detail, the question keeps the text of the list and has `is_truncated`. A detail that cannot be
    read is put in quarantine by the parser, and is asked for again in the next run.

    Raises:
        UpstreamError: the API did not answer, or gave another question.
    """
    landed = client.get_json(f"{PATH}/{name}", [], kind="detail", state=states.get(int(name)), is_optional=True)
    row = _row(landed) if landed else None
    if landed and row and f"{row.id}" != name:
        raise client.reject(landed, f"asked for the question {name}, the API gave the question {row.id}")
    return landed


def _row(landed: Landed) -> Row | None:
    """Return the question of a detail, if it can be read."""
    try:
        return msgspec.json.decode(landed.body, type=Item[Row]).value
    except msgspec.ValidationError:
        return None


def _list(client: Client, filter_name: str, window: Window, *more: tuple[str, str | int]) -> dict[int, Listed[Row]]:
    """Return the questions of one filter, by id."""
    params: Params = [
        (f"{filter_name}WhenFrom", window.start_on.isoformat()),
        (f"{filter_name}WhenTo", window.end_on.isoformat()),
        *more,
        ("includeWithdrawn", "true"),
    ]
    what = f"written_questions: questions {filter_name} from {window.start_on} to {window.end_on}"
    found = read_whole(partial(_page, client, params), Row, PAGE_SIZE, what)
    dates = ((row.id, day_of(getattr(row, _WINDOWS[filter_name]))) for row, _ in found.values())
    check_days(what, window, dates, f"{filter_name}WhenFrom or {filter_name}WhenTo")
    return found


def _page(client: Client, params: Params, skip: int, is_repeat: bool) -> tuple[int, list[msgspec.Raw]]:
    query = [*params, ("skip", skip), ("take", PAGE_SIZE)]
    page = read_page(client.get_json(PATH, query, kind="list", is_repeat=is_repeat), Page, "written_questions")
    return page.total_results, [unwrapped(row) for row in page.results]
