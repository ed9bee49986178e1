"""The page "Warehouse" in a real browser: an engineer logs in, opens it from the menu, and reads the numbers.

`ORDERPAPER_SCREENSHOT=docs/images/warehouse-page.png pytest tests/integration/test_browser.py` also takes the picture
that the README shows.
"""

import json
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from chromium import PROGRAM, Page, browser

from orderpaper.config import DATABASE_NAME, Paths
from orderpaper.warehouse.content import row_counts

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="there is no Chromium on this machine")

Finish = Callable[..., tuple[int, str, str]]
EVIL = "<img src=x onerror=\"document.body.innerHTML='owned'\"><script>document.body.innerHTML='owned'</script>"


@pytest.fixture(scope="module")
def page(finish: Finish, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Page, Paths]]:
    """A browser that is logged in to an Airflow whose warehouse holds one day; one of its failing rows is hostile."""
    home = tmp_path_factory.mktemp("home")
    paths = Paths(home, "simulated")
    inbox = tmp_path_factory.mktemp("inbox")
    (inbox / "shopping.txt").write_text("Milk, eggs, bread.\n")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    code, out, err = finish("run", home, FROM="2025-03-10", TO="2025-03-11", INBOX=str(inbox))
    assert code == 0, out + err
    _make_a_row_hostile(paths)
    try:
        code, out, err = finish("up", home, PORT=port, INBOX=str(inbox))
        assert code == 0, out + err
        password = json.loads(next((home / "airflow").glob("*password*.json")).read_text())["admin"]
        with browser(tmp_path_factory.mktemp("chromium")) as opened:
            _log_in(opened, f"http://127.0.0.1:{port}", password)
            yield opened, paths
    finally:
        finish("down", home)


def _make_a_row_hostile(paths: Paths) -> None:
    """As if the text of a document stood in a row that breaks a rule."""
    (path,) = paths.runs.glob("*/quality.json")
    report: dict[str, Any] = json.loads(path.read_text())
    failed = next(result for result in report["results"] if result["table"] == "marts.fct_answer")
    failed |= {"is_success": False, "severity": "warn", "unexpected_count": 1}
    failed["sample"] = json.dumps([{"answer_key": "4d2f", "answer_text": EVIL}])
    path.write_text(json.dumps(report))


def _log_in(page: Page, url: str, password: str) -> None:
    page.open(url)
    page.type_into("input[name=username]", "admin")
    page.type_into("input[name=password]", password)
    page.run("document.querySelector('form button[type=submit], form button').click()")
    page.wait_for("document.querySelector('a[href*=\"warehouse\"]')")


def _in_frame(script: str) -> str:
    return f"(document => {script})(document.querySelector('iframe').contentDocument)"


def test_the_page_opens_from_the_menu_and_says_what_is_published(page: tuple[Page, Paths]) -> None:
    opened, paths = page
    opened.run("document.querySelector('a[href*=\"warehouse\"]').click()")
    published = opened.wait_for(_in_frame("document.querySelector('#published').innerText"))
    snapshot = paths.current.resolve()
    assert published.startswith(f"{snapshot.name}, since ")
    text = opened.run(_in_frame("document.body.innerText"))
    questions = row_counts(snapshot / DATABASE_NAME)["marts.fct_question"]
    assert f"marts.fct_question\t{questions:,}" in text
    assert "checks hold" in text
    assert "Written questions" in opened.run(_in_frame("document.querySelector('#sources').innerText"))
    assert "inbox\tparse\t" in text
    if target := os.environ.get("ORDERPAPER_SCREENSHOT"):
        opened.screenshot(Path(target))


def test_hostile_text_is_shown_as_text(page: tuple[Page, Paths]) -> None:
    opened, _ = page
    url = opened.run("document.querySelector('iframe').src")
    opened.open(url)
    opened.wait_for("document.querySelector('details')")
    opened.run("document.querySelectorAll('details').forEach(details => { details.open = true })")
    assert EVIL in opened.text()
    assert opened.run("document.images.length") == 0


@pytest.mark.parametrize(
    ("link", "there"),
    [
        ("Data Docs", "document.body.innerText.includes('marts.fct_question')"),
        ("dbt docs", "document.body.innerText.includes('orderpaper')"),
        ("Runbook", "document.querySelector('h2[id]')"),
    ],
)
def test_every_link_leads_somewhere_and_nothing_comes_from_elsewhere(
    page: tuple[Page, Paths], link: str, there: str
) -> None:
    opened, _ = page
    home = opened.run("location.origin") + "/warehouse/"
    opened.open(home)
    opened.wait_for("document.querySelector('#published')")
    opened.requested.clear()
    opened.run(f"[...document.querySelectorAll('nav a')].find(a => a.innerText === '{link}').click()")
    opened.wait_for(f"location.href !== '{home}' && {there}")
    if link == "Data Docs":
        opened.run("[...document.querySelectorAll('a')].find(a => a.innerText === 'marts.fct_question').click()")
        opened.wait_for("location.href.endsWith('marts.fct_question.html') && document.body.innerText")
    hosts = {urlsplit(url).netloc for url in opened.requested if not url.startswith("data:")}
    assert hosts == {urlsplit(home).netloc}
