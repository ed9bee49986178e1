"""`make site` in an environment of its own: every page over HTTP, and in Chromium where there is one."""

import json
import re
import shutil
import socket
import sqlite3
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from xml.etree import ElementTree

import pytest
from chromium import PROGRAM, Page, browser

from orderpaper.config import PROJECT
from orderpaper.warehouse import site
from orderpaper.warehouse.cookbook import read_recipes
from orderpaper.warehouse.reader import connect, published

pytestmark = pytest.mark.slow  # it installs Datasette

HOSTILE = "<script>document.title = 'taken'</script><img src=x onerror=\"document.title = 'taken'\"> £5 million"
PATIENCE_SECONDS = 120


class Site:
    """The site as it is served, and a few rows of what it shows."""

    def __init__(self, url: str, database: Path) -> None:
        self.url = url
        self._database = database

    def get(self, path: str, host: str | None = None) -> tuple[int, str, str]:
        """The status, the content security policy and the body of a page."""
        request = urllib.request.Request(self.url + path, headers={"Host": host} if host else {})
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:
                return answer.status, answer.headers.get("content-security-policy", ""), answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, "", error.read().decode()

    def page(self, path: str) -> str:
        """The body of a page that must be there."""
        status, _, body = self.get(path)
        assert status == 200, (path, status, body[:500])
        return body

    def key(self, query: str) -> str:
        with closing(sqlite3.connect(self._database)) as connection:
            row = connection.execute(query).fetchone()
        assert row, query
        return str(row[0])


@pytest.fixture(scope="module")
def served(finished_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site of a finished run, in which one question and its answer have hostile texts."""
    subprocess.run(["make", "--silent", ".site/installed"], cwd=PROJECT, check=True)
    folder = tmp_path_factory.mktemp("site") / "pages"
    shutil.copytree(site.prepare(published(finished_home)), folder)
    with closing(sqlite3.connect(folder / "orderpaper.sqlite")) as connection:
        for table in ("questions", "answers", "statements"):
            text = {"questions": "question_text", "answers": "answer_text", "statements": "statement_text"}[table]
            connection.execute(
                f"UPDATE {table} SET heading = ?, {text} = ? WHERE rowid = (SELECT min(rowid) FROM {table})",
                [HOSTILE] * 2,
            )
        connection.execute("INSERT INTO statements_fts (statements_fts) VALUES ('rebuild')")
        connection.commit()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with subprocess.Popen(site.command(folder, port), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        served = Site(f"http://127.0.0.1:{port}", folder / "orderpaper.sqlite")
        try:
            deadline = time.monotonic() + PATIENCE_SECONDS
            while time.monotonic() < deadline and process.poll() is None:
                with suppress(urllib.error.URLError):
                    served.get("/")
                    break
                time.sleep(0.2)
            yield served
        finally:
            process.terminate()


def test_the_front_page_leads_to_views_questions_and_search(served: Site) -> None:
    page = served.page("/")
    assert 'href="/orderpaper/questions"' in page
    assert 'href="/orderpaper/departments_that_answer_late"' in page
    assert 'action="/search"' in page


def test_a_question_has_its_answer_versions_sums_citations_and_similar_questions(served: Site) -> None:
    key = served.key(
        """
        SELECT bridge_question_answer.question_key FROM bridge_question_answer
        JOIN fct_funding_figure ON statement_key = bridge_question_answer.answer_key AND text_char_start > 0
        JOIN fct_answer_version AS version
            ON version.answer_key = bridge_question_answer.answer_key AND version_number = 2
        WHERE bridge_question_answer.question_key IN (SELECT question_key FROM bridge_similar_question)
        """
    )
    page = served.page(f"/orderpaper/questions/{key}")
    assert re.search(r'<mark><a href="/orderpaper/funding/\w+">[^<]*£', page)
    for part in ("2 versions", "Similar questions", "Where it is found", "cite as <cite>PQ "):
        assert part in page
    assert 'href="/orderpaper/dim_member/' in page


def test_a_member_and_a_programme_have_pages(served: Site) -> None:
    key = served.key("SELECT member_key FROM members WHERE written_question_count > 5")
    assert "<h2>Asked</h2>" in served.page(f"/orderpaper/members/{key}")
    assert "<h2>Asked</h2>" in served.page(f"/orderpaper/dim_member/{key}")
    key = served.key("SELECT programme_period_key FROM rpt_funding_by_programme WHERE has_disagreement")
    page = served.page(f"/orderpaper/rpt_funding_by_programme/{key}")
    assert "What was promised" in page
    assert "contradict each other" in page


def test_search_finds_statements_and_members_whatever_is_typed(served: Site) -> None:
    assert "<mark>" in served.page("/search?q=knife+crime")
    name = served.key("SELECT name FROM members WHERE written_question_count > 5")
    assert f">{name}</a>" in served.page(f"/search?q={urllib.parse.quote(name)}")
    for words in ('"', "a AND", "NEAR(", "*", "<script>", "\N{GREEK SMALL LETTER ALPHA}"):
        served.page(f"/search?q={urllib.parse.quote(words)}")


def test_every_recipe_of_the_cookbook_gives_the_rows_that_duckdb_gives(served: Site, finished_home: Path) -> None:
    with connect(published(finished_home)) as connection:
        for recipe in read_recipes():
            held = connection.execute(recipe.sql).fetchall()
            rows = json.loads(served.page(f"/orderpaper/{recipe.name}.json?_shape=array"))
            assert len(rows) == len(held), recipe.name
    of_any_sql = served.page("/orderpaper.json?_shape=array&sql=SELECT+count(*)+AS+questions+FROM+questions")
    assert json.loads(of_any_sql)[0]["questions"] > 0
    page = served.page("/orderpaper/departments_that_answer_late")
    assert "<caption>late percent</caption>" in page
    assert "<meter " in page


def test_a_query_is_a_feed_also_when_nothing_is_new(served: Site) -> None:
    feeds = {"feed_of_words.atom?words=knife": 3, "feed_of_words.atom?words=xyzzy": 1, "feed_of_money.atom": 10}
    for path, least in feeds.items():
        feed = ElementTree.fromstring(served.page(f"/orderpaper/{path}"))
        assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) >= least, path


@pytest.mark.parametrize(
    "sql",
    [
        "attach database '/etc/passwd' as x",
        "select load_extension('x')",
        "insert into about select * from about",
        "select readfile('/etc/passwd')",
        "pragma writable_schema = 1",
    ],
)
def test_sql_reads_the_file_and_nothing_else(served: Site, sql: str) -> None:
    status, _, _ = served.get(f"/orderpaper?{urllib.parse.urlencode({'sql': sql})}")
    assert status == 400


def test_a_page_under_another_name_of_this_machine_is_refused(served: Site) -> None:
    assert served.get("/", host="evil.example")[0] == 421


def test_hostile_text_is_shown_as_text(served: Site) -> None:
    key = served.key("SELECT question_key FROM questions ORDER BY rowid")
    answered = served.key(
        "SELECT question_key FROM bridge_question_answer"
        " WHERE answer_key = (SELECT answer_key FROM answers ORDER BY rowid)"
    )
    paths = [
        f"/orderpaper/questions/{key}",
        f"/orderpaper/questions/{answered}",
        "/search?q=taken",
        "/orderpaper/answers",
    ]
    for path in paths:
        status, policy, body = served.get(path)
        assert status == 200
        assert "<script>document.title" not in body
        assert "<img src=x" not in body
        assert "script-src 'self' 'sha256-" in policy
        assert "default-src 'none'" in policy
    assert "taken" in served.page(paths[0])


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    if PROGRAM is None:
        pytest.skip("there is no Chromium on this machine")
    with browser(tmp_path_factory.mktemp("chromium") / "profile") as page:
        yield page


def test_a_browser_runs_no_hostile_text_and_loads_nothing_from_elsewhere(served: Site, chromium: Page) -> None:
    key = served.key("SELECT question_key FROM questions ORDER BY rowid")
    for path in ("/", f"/orderpaper/questions/{key}", "/orderpaper/questions", "/orderpaper/biggest_new_money"):
        chromium.open(served.url + path)
        chromium.wait_for(f"location.href === {json.dumps(served.url + path)} && document.readyState === 'complete'")
        assert chromium.run("document.title") != "taken"
    assert {url for url in chromium.requested if not url.startswith((served.url, "data:"))} == set()


def test_search_works_with_the_keyboard(served: Site, chromium: Page) -> None:
    chromium.open(served.url + "/")
    chromium.type_into("#op-q", "knife")
    for kind in ("rawKeyDown", "char", "keyUp"):
        chromium._call("Input.dispatchKeyEvent", type=kind, key="Enter", text="\r", windowsVirtualKeyCode=13)
    chromium.wait_for("location.pathname === '/search' && document.querySelector('.op-results mark')")
    for _ in range(20):
        for kind in ("rawKeyDown", "keyUp"):
            chromium._call("Input.dispatchKeyEvent", type=kind, key="Tab", windowsVirtualKeyCode=9)
        if chromium.run("document.activeElement.closest('.op-results') !== null"):
            break
    assert chromium.run("document.activeElement.closest('.op-results') !== null")


def test_pages_fit_the_width_of_a_phone(served: Site, chromium: Page) -> None:
    chromium._call("Emulation.setDeviceMetricsOverride", width=390, height=844, deviceScaleFactor=1, mobile=True)
    key = served.key("SELECT question_key FROM bridge_similar_question")
    programme = served.key("SELECT programme_period_key FROM rpt_funding_by_programme WHERE has_disagreement")
    paths = ("/", f"/orderpaper/questions/{key}", "/orderpaper/departments_that_answer_late", "/search?q=knife")
    for path in (*paths, f"/orderpaper/rpt_funding_by_programme/{programme}"):
        chromium.open(served.url + path)
        chromium.wait_for(f"location.href === {json.dumps(served.url + path)} && document.readyState === 'complete'")
        assert chromium.run("document.documentElement.scrollWidth") <= 390, path
