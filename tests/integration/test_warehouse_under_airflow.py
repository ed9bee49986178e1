"""The Warehouse pages while Airflow runs: the quarantine fills, an audit fails, a rollback, the site goes down."""

import datetime as dt
import json
import re
import socket
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from chromium import PROGRAM, Page, browser

from orderpaper.config import Paths
from orderpaper.run.service import Service
from orderpaper.warehouse.snapshots import current_id

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(PROGRAM is None, reason="there is no Chromium on this machine"),
]
Finish = Callable[..., tuple[int, str, str]]
PATIENCE_SECONDS = 900


@pytest.fixture
def up(finish: Finish, copy_home: Callable[[], Path]) -> Iterator[tuple[Paths, str, str]]:
    """Start Airflow on a home with one finished run; yield its paths, its address and an API token."""
    home = copy_home()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}"
    try:
        code, out, err = finish("up", home, PORT=url.rpartition(":")[2])
        assert (code, err) == (0, ""), out + err
        shown = re.search(r"User admin, password (\S+) \(shown this once\)", out)
        assert shown
        token = ask(f"{url}/auth/token", {"username": "admin", "password": shown[1]})["access_token"]
        yield Paths(home, "simulated"), url, token
    finally:
        finish("down", home)


def ask(url: str, send: dict[str, Any], token: str = "") -> Any:
    request = urllib.request.Request(url, json.dumps(send).encode(), {"Content-Type": "application/json"})
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def test_every_page_says_what_is_true_now(up: tuple[Paths, str, str], tmp_path: Path) -> None:
    paths, url, token = up
    with browser(tmp_path / "chromium") as page:
        page.open(f"{url}/auth/login")
        page.wait_for("document.body")
        page.set_cookie(url, "_token", token)

        yesterday = (dt.datetime.now(dt.UTC).date() - dt.timedelta(1)).isoformat()

        def start(dag_id: str) -> None:
            days = {"from": yesterday, "to": yesterday} if dag_id.startswith("ingest_") else {}
            ask(f"{url}/api/v2/dags/{dag_id}/dagRuns", {"logical_date": None, "conf": days}, token)

        assert "Failing" not in look(page, url, "#status")

        # Other runs of the scheduler may be going on, so each thing is waited for.
        bad = paths.root / "inbox" / "notes.txt"
        bad.write_text("Nothing that any parser knows.\n" * 20)
        start("ingest_inbox")
        wait(page, url, "#quarantine", "of no known kind")
        look(page, f"{url}/warehouse/sources/inbox", "#quarantine")
        link = page.run("document.querySelector('#quarantine-table a[href*=\"/documents/\"]').href")
        request = urllib.request.Request(link, headers={"Cookie": f"_token={token}"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            assert answer.headers["Content-Disposition"].startswith("attachment")
            assert answer.read() == bad.read_bytes()
        page.run("[...document.querySelectorAll('button')].find(b => b.innerText.includes('Parse again')).click()")
        page.wait_for("document.querySelector('[role=status] a')")
        assert "/dags/requeue/runs/manual__" in page.run("document.querySelector('[role=status] a').href")

        published = current_id(paths)
        _make_the_next_audit_fail(paths)
        start("build_warehouse")
        assert "build_warehouse: audit failed" in wait(page, url, "#status", "audit failed")
        assert "failed: nothing was published" in look(page, url, "#audit")
        assert current_id(paths) == published

        older = min(folder.name for folder in paths.snapshots.iterdir())
        assert older != published
        look(page, f"{url}/warehouse/snapshots/{older}", "button")
        page.run("document.querySelector('main form button').click()")
        page.wait_for("document.querySelector('#chosen')")
        assert current_id(paths) == older
        assert f"instead of {published}" in page.text()

        service = Service.read(paths)
        assert service
        service.alive()["upstream"].kill()
        start("ingest_members")
        text = wait(page, url, "#status", "ingest_members: fetch failed")
        assert "Failing, since" in text
        assert "cannot be reached" in text


def look(page: Page, url: str, selector: str) -> str:
    """Open a page anew, the first one if `url` is that of Airflow; return the text of a part of it."""
    page.open("about:blank")
    page.wait_for("location.href === 'about:blank'")
    page.open(url if "/warehouse/" in url else f"{url}/warehouse/")
    return str(page.wait_for(f"document.readyState === 'complete' && document.querySelector('{selector}').innerText"))


def wait(page: Page, url: str, selector: str, words: str) -> str:
    """Look at the first page until a part of it has these words; return its text."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while words not in (text := look(page, url, selector)):
        assert time.monotonic() < deadline, f"in vain: {words}; the page says: {text}"
        time.sleep(5)
    return text


def _make_the_next_audit_fail(paths: Paths) -> None:
    """Write into the build database that the published snapshot has twice as many rows as it has."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            with duckdb.connect(paths.build_database) as connection:
                connection.execute(
                    "UPDATE ops.fct_measurement SET value = value * 2 WHERE measure = 'row_count' AND run_id IN"
                    " (SELECT run_id FROM ops.fct_run WHERE snapshot_id = ?)",
                    [current_id(paths)],
                )
                return
        except duckdb.IOException:  # a build is writing it
            assert time.monotonic() < deadline
            time.sleep(2)
