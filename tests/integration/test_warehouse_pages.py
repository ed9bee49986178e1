"""The pages of the Warehouse in a real browser: over a realm with a month of history, and over a running Airflow.

`ORDERPAPER_SCREENSHOTS=docs/images pytest tests/integration/test_warehouse_pages.py` takes the pictures in the docs.
"""

import datetime as dt
import itertools
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import duckdb
import history
import pytest
import uvicorn
from airflow.api_fastapi.core_api.security import get_user
from chromium import PROGRAM, Page, browser
from fastapi import FastAPI
from warehouse_pages import actions, app

from orderpaper.config import DATABASE_NAME, Paths
from orderpaper.errors import UpstreamError
from orderpaper.run import airflow_state, alerts, incidents
from orderpaper.warehouse.audit_report import write_report
from orderpaper.warehouse.snapshots import current_id

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="there is no Chromium on this machine")
EVIL = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"


def user() -> SimpleNamespace:
    """Return a user as Airflow has one."""
    return SimpleNamespace(get_id=lambda: "admin", get_name=lambda: "admin")


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    """A realm with a month of history, in which all is well."""
    paths = Paths(tmp_path / "home", "simulated")
    monkeypatch.setenv("ORDERPAPER_HOME", str(paths.home))
    monkeypatch.setenv("ORDERPAPER_REALM", paths.realm)
    now = dt.datetime.now(dt.UTC)
    history.make(paths, now)
    monkeypatch.setattr(airflow_state, "read", lambda: history.dags(now))
    monkeypatch.setattr(airflow_state, "task_seconds", lambda: history.tasks(now))
    monkeypatch.setattr(airflow_state, "run_ids", lambda dag_id: ["manual__1"] if dag_id == "requeue" else [])
    monkeypatch.setattr(actions, "trigger_dag", lambda dag_id, **_: SimpleNamespace(run_id="manual__1"))
    return paths


@pytest.fixture
def site(paths: Paths) -> Iterator[str]:
    """Serve the pages to a person who is logged in; yield the address of the first page."""
    pages = app.application()
    pages.dependency_overrides = {
        get_user: user,
        actions.may_requeue: lambda: None,
        actions.may_publish: lambda: None,
    }
    root = FastAPI()
    root.mount("/warehouse", pages)
    server = uvicorn.Server(uvicorn.Config(root, port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.05)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}/warehouse/"
    finally:
        server.should_exit = True
        thread.join()
        pages.dependency_overrides = {}


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    with browser(tmp_path / "chromium") as opened:
        yield opened


def visit(page: Page, url: str, selector: str = "#main") -> str:
    """Open a page anew and return its text."""
    page.open("about:blank")
    page.wait_for("location.href === 'about:blank'")
    page.open(url)
    page.wait_for(f"document.readyState === 'complete' && document.querySelector('{selector}')")
    return page.text()


def picture(page: Page, name: str) -> None:
    """Take a picture for the docs, if one is wanted."""
    if folder := os.environ.get("ORDERPAPER_SCREENSHOTS"):
        page.screenshot(Path(folder) / f"{name}.png")


def click(page: Page, text: str) -> None:
    page.run(f"[...document.querySelectorAll('a, button, summary')].find(e => e.innerText.includes('{text}')).click()")


def test_the_pages_say_what_is_true_after_each_thing_that_happens(page: Page, site: str, paths: Paths) -> None:
    now = dt.datetime.now(dt.UTC)
    assert visit(page, site).count("All well") == 1
    picture(page, "warehouse-well")

    down = alerts.failure("ingest_hansard", "scheduled__1", "fetch", UpstreamError(f"hansard: no answer {EVIL}"))
    incidents.begin(paths, down, now - dt.timedelta(hours=3, minutes=5), is_retried=True)
    text = visit(page, site)
    assert "Failing, since" in text
    assert "(3 hours ago)" in text
    assert f"hansard: no answer {EVIL}" in text
    incidents.end(paths, "ingest_hansard", "fetch")

    history.quarantine(paths, f"The text is in no record: {EVIL}", EVIL)
    assert f"The text is in no record: {EVIL}" in visit(page, f"{site}#quarantine")
    page.run("document.querySelector('#quarantine-table tbody a').click()")
    page.wait_for("document.title === 'Hansard'")
    assert "$.Items[3].Value" in page.text()
    assert page.run("document.querySelectorAll('svg.calendar').length") == 2

    click(page, "Parse again")
    page.wait_for("document.querySelector('[role=status]')")
    assert page.run("document.querySelector('[role=status] a').pathname") == "/dags/requeue/runs/manual__1"

    broken = replace(history.CHECK, is_success=False, unexpected_count=12, description=f"Every text is whole {EVIL}.")
    write_report(paths, history.report(history.RUNS - 1, now, broken))
    text = visit(page, site)
    assert "failed: nothing was published" in text
    assert f"Every text is whole {EVIL}. Rows that break this rule: 12." in text
    write_report(paths, history.report(history.RUNS - 1, now, history.WARNING))
    text = visit(page, site)
    assert "failed" not in text.casefold()
    assert "1 warning" in text

    before = current_id(paths)
    click(page, history.run_id(history.RUNS - 2))
    page.wait_for("document.title.startsWith('Build')")
    click(page, "Put it in force")
    page.wait_for("document.querySelector('button.warning')")
    assert current_id(paths) == before
    click(page, "Roll back now")
    page.wait_for("document.querySelector('#chosen')")
    assert current_id(paths) != before
    assert f"A person put this snapshot in force instead of {before}." in page.text()
    assert "Degraded" in page.text()
    assert page.run("document.title") == "Warehouse: degraded"


def test_nothing_is_loaded_and_no_policy_is_broken(page: Page, site: str, paths: Paths) -> None:
    history.quarantine(paths, EVIL, EVIL)
    with duckdb.connect(paths.current.resolve() / DATABASE_NAME) as connection:
        connection.execute("UPDATE marts.fct_question SET status = ?, cite_as = ? WHERE row_key = '0003'", [EVIL, EVIL])
    for address in ("", "sources/hansard", f"builds/{history.run_id(history.RUNS - 1)}", "runbook"):
        page.requested.clear()
        visit(page, site + address)
        assert page.requested[-1] == site + address
        assert {url for url in page.requested if not url.startswith(site)} <= {"about:blank"}
        assert page.run("getComputedStyle(document.querySelector('.top')).display") == "flex"
        assert page.run("document.images.length") == 0
        assert page.run("document.title") != "owned"


def test_a_build_shows_the_rows_by_which_it_differs_from_the_one_before(page: Page, site: str, paths: Paths) -> None:
    text = visit(page, f"{site}builds/{history.run_id(history.RUNS - 1)}")
    assert "1 of 4 marts differ" in text
    assert page.run("document.querySelector('#differences tbody').innerText").split() == ["fct_question", "1", "1", "1"]
    click(page, "Rows of fct_question")
    page.run("document.querySelector('#differing').scrollIntoView({behavior: 'instant'})")
    picture(page, "warehouse-differences")
    rows = page.run("[...document.querySelectorAll('#rows-of-fct_question tbody tr')].map(row => row.innerText)")
    assert [" ".join(row.split()) for row in rows] == [
        "appeared House of Commons, question 0999 0999",
        "changed House of Commons, question 0003 status: unanswered → answered 0003",
        "went House of Commons, question 0004 0004",
    ]

    text = visit(page, f"{site}builds/{history.run_id(history.RUNS - 2)}")
    assert "0 of 4 marts differ" in text
    assert "No row differs." in text
    text = visit(page, f"{site}builds/{history.run_id(history.RUNS - 5)}")
    assert "No earlier snapshot is kept, so there is nothing to compare with." in text


def test_tables_are_sorted_by_links_that_keep_the_place(page: Page, site: str) -> None:
    visit(page, site)
    column = "[...document.querySelectorAll('#rows-table tbody tr')].map(row => row.cells[1].innerText).join(' ')"
    unsorted = page.run(column)
    page.run("document.querySelector('#rows-table th:nth-child(2) a').click()")
    page.wait_for("document.querySelector('#rows-table th[aria-sort=descending]')")
    descending = page.run(column)
    assert sorted(unsorted.split(), key=lambda text: -int(text.replace(",", ""))) == descending.split()
    assert page.run("location.hash") == "#rows-table"
    page.run("document.querySelector('#rows-table th:nth-child(2) a').click()")
    page.wait_for("document.querySelector('#rows-table th[aria-sort=ascending]')")
    assert page.run(column).split() == descending.split()[::-1]


def test_a_chart_says_each_value_and_has_a_table(page: Page, site: str) -> None:
    visit(page, site)
    page.run("document.querySelector('#trends').scrollIntoView({behavior: 'instant'})")
    picture(page, "warehouse-trends")
    assert page.run("document.querySelectorAll('figure').length") == 6
    assert page.run("document.querySelectorAll('figure')[0].querySelectorAll('rect > title').length") == history.RUNS
    assert page.run("document.querySelector('figure rect:last-of-type title').textContent").endswith(": 28,990")
    click(page, "As a table")
    assert "28,990" in page.run("document.querySelector('#documents-values').innerText")


def test_it_can_be_read_on_a_phone_and_in_the_dark(page: Page, site: str, paths: Paths) -> None:
    history.quarantine(paths, "The text of the paragraph is in no record", "The Minister said that …")
    addresses = (("", "overview"), ("sources/hansard", "source"), (f"builds/{history.run_id(29)}", "build"))
    for width, is_dark, (address, name) in itertools.product((1400, 390), (False, True), addresses):
        page.look(width=width, height=1000 if width > 390 else 844, is_dark=is_dark)
        visit(page, site + address)
        assert page.run("document.documentElement.scrollWidth") <= width
        background = page.run("getComputedStyle(document.body).backgroundColor")
        assert background == ("rgb(16, 18, 20)" if is_dark else "rgb(245, 246, 247)")
        picture(page, f"warehouse-{name}{'-phone' if width == 390 else ''}{'-dark' if is_dark else ''}")


def test_the_keyboard_reaches_everything_and_shows_where_it_is(page: Page, site: str) -> None:
    visit(page, site)
    page.press("Tab")
    assert page.run("document.activeElement.innerText") == "Skip to the content"
    for _ in range(5):
        page.press("Tab")
    assert page.run("document.activeElement.closest('.contents') !== null")
    assert page.run("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert page.run("[...document.querySelectorAll('.wide')].every(table => table.tabIndex === 0)")
