"""`make superset` in an environment of its own: its dashboards in Chromium, a new snapshot, and what SQL Lab cannot do.

ORDERPAPER_SCREENSHOTS names a folder to which the pictures of the dashboards are written, such as docs/images.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml
from chromium import PROGRAM, Page, browser

from orderpaper.config import DATABASE_NAME, PROJECT, Paths
from orderpaper.warehouse import snapshots

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]  # it installs Superset

DASHBOARDS = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in (PROJECT / "include/bi/superset/dashboards").iterdir()
}
ASKED = "Questions asked"


class Superset:
    """Superset as it is served, and the session of its user."""

    def __init__(self, home: Path) -> None:
        self.home = home
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "orderpaper", "superset", "--port", str(port)],
            env=os.environ | {"ORDERPAPER_HOME": str(home)},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout
        self.said = ""
        while self.url not in self.said:
            line = self.process.stdout.readline()
            assert line, f"it ended: {self.said} {(home / 'superset' / 'superset.log').read_text()[-2000:]}"
            self.said += line
        self._session = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self._headers = {"Referer": self.url}

    def log_in(self, password: str) -> None:
        """Begin a session, as a program does."""
        body = {"username": "admin", "password": password, "provider": "db", "refresh": False}
        token = self.ask("/api/v1/security/login", body)[1]["access_token"]
        self._headers["Authorization"] = f"Bearer {token}"
        self._headers["X-CSRFToken"] = self.ask("/api/v1/security/csrf_token/")[1]["result"]

    def ask(self, path: str, body: dict[str, Any] | None = None) -> tuple[int, Any]:
        """The status and the JSON of an answer of its API."""
        data = None if body is None else json.dumps(body).encode()
        headers = self._headers | {"Content-Type": "application/json"}
        request = urllib.request.Request(self.url + path, data, headers)
        deadline = time.monotonic() + 60
        while True:
            try:
                with self._session.open(request, timeout=120) as answer:
                    return answer.status, json.load(answer)
            except urllib.error.HTTPError as error:
                return error.code, json.loads(error.read() or b"null")
            except urllib.error.URLError:  # it has said where it listens, and is about to
                assert time.monotonic() < deadline and self.process.poll() is None
                time.sleep(0.2)

    def sql(self, sql: str, database_id: int | None = None) -> tuple[int, Any]:
        """What SQL Lab answers to a query."""
        if database_id is None:
            (database_id,) = self.ask("/api/v1/database/")[1]["ids"]
        return self.ask("/api/v1/sqllab/execute/", {"database_id": database_id, "sql": sql, "runAsync": False})

    @property
    def password(self) -> str:
        return (self.home / "superset" / "password").read_text()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(60)
        if self.process.stdout:
            self.process.stdout.close()


@pytest.fixture(scope="module")
def superset(finished_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Superset]:
    """Superset on a copy of a finished home, with the session of its user."""
    subprocess.run(["make", "--silent", ".superset/installed"], cwd=PROJECT, check=True)
    home = tmp_path_factory.mktemp("superset") / "home"
    shutil.copytree(finished_home, home, symlinks=True, ignore=shutil.ignore_patterns("airflow", "landing", "superset"))
    served = Superset(home)
    try:
        served.log_in(served.password)
        yield served
    finally:
        served.stop()


@pytest.fixture(scope="module")
def chromium(superset: Superset, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A browser in which the user is logged in."""
    if PROGRAM is None:
        pytest.skip("there is no Chromium on this machine")
    with browser(tmp_path_factory.mktemp("chromium") / "profile") as page:
        page.open(f"{superset.url}/login/")
        page.type_into("#username", "admin")
        page.type_into("#password", superset.password)
        page.run("document.querySelector('[data-test=login-button]').click()")
        page.wait_for("!location.pathname.startsWith('/login')")
        yield page


def open_dashboard(page: Page, superset: Superset, slug: str, query: str = "") -> str:
    """Open a dashboard, wait until each of its charts is there, and return its text."""
    page.open(f"{superset.url}/superset/dashboard/{slug}/{query}")
    page._call("Emulation.setDeviceMetricsOverride", width=1500, height=2900, deviceScaleFactor=1, mobile=False)
    page.wait_for("document.querySelectorAll('.dashboard-component-chart-holder').length > 5")
    # Superset shows a mark while it loads, and draws a chart after it has its rows.
    still = "document.querySelector('.loading, [data-test=loading-indicator], .ant-skeleton')"
    calm = 0
    while calm < 10:
        calm = calm + 1 if page.run(f"!{still}") else 0
        time.sleep(0.3)
    return page.text()


def number_under(text: str, title: str) -> str:
    """The number that a chart of one number shows."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[lines.index(title) + 1]


def test_the_secrets_are_new_and_their_owners_alone(superset: Superset) -> None:
    folder = superset.home / "superset"
    assert folder.stat().st_mode & 0o777 == 0o700
    for name in ("password", "secret"):
        assert (folder / name).stat().st_mode & 0o777 == 0o600
        assert len((folder / name).read_text()) >= 20
    assert superset.password in superset.said


def test_nobody_gets_in_without_the_password(superset: Superset) -> None:
    stranger = urllib.request.Request(f"{superset.url}/api/v1/dashboard/")
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(stranger)
    guess = {"username": "admin", "password": "admin", "provider": "db"}
    assert superset.ask("/api/v1/security/login", guess)[0] == 401


@pytest.mark.parametrize("name", DASHBOARDS)
def test_each_chart_of_a_dashboard_shows_rows(superset: Superset, chromium: Page, name: str) -> None:
    dashboard = DASHBOARDS[name]
    text = open_dashboard(chromium, superset, dashboard["slug"])
    charts = [item for item in dashboard["position"].values() if isinstance(item, dict) and item["type"] == "CHART"]
    assert chromium.run("document.querySelectorAll('.dashboard-component-chart-holder').length") == len(charts)
    for chart in charts:
        assert chart["meta"]["sliceName"] in text
    for trouble in ("error", "no results", "no data", "timeout", "something went wrong"):
        assert trouble not in text.lower(), text
    drawn = "'canvas, table tbody tr, .header-line'"
    empty = chromium.run(
        "[...document.querySelectorAll('.dashboard-component-chart-holder')]"
        f".filter(it => !it.querySelector({drawn})).map(it => it.innerText).join('; ')"
    )
    assert empty == ""
    if folder := os.environ.get("ORDERPAPER_SCREENSHOTS"):
        height = chromium.run("document.querySelectorAll('.grid-row')[3].getBoundingClientRect().bottom")
        chromium._call(
            "Emulation.setDeviceMetricsOverride", width=1500, height=int(height), deviceScaleFactor=1, mobile=False
        )
        time.sleep(1)
        chromium.screenshot(Path(folder) / f"superset-{dashboard['slug']}.png")


def test_a_page_asks_nothing_of_other_hosts(superset: Superset, chromium: Page) -> None:
    open_dashboard(chromium, superset, "how-departments-answer")
    foreign = {url for url in chromium.requested if not url.startswith((superset.url, "data:", "blob:", "about:"))}
    # The page of Superset has a picture that would count its users.
    assert foreign == {url for url in chromium.refused if "scarf.sh" in url}


def test_a_house_chosen_in_the_filter_changes_the_charts(superset: Superset, chromium: Page) -> None:
    everything = number_under(open_dashboard(chromium, superset, "how-departments-answer"), ASKED)
    name = "NATIVE_FILTER-how_departments_answer-2"
    chosen = "extraFormData:(filters:!((col:house,op:IN,val:!(Lords)))),filterState:(value:!(Lords)),ownState:()"
    query = f"?native_filters=({name}:(id:{name},{chosen}))"
    lords = number_under(open_dashboard(chromium, superset, "how-departments-answer", query), ASKED)
    assert int(lords.replace(",", "")) < int(everything.replace(",", ""))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/passwd')",
        "SELECT * FROM '/etc/passwd'",
        "ATTACH '/etc/passwd'",
        "ATTACH ':memory:' AS other",
        "COPY about TO '/tmp/about.csv'",
        "COPY (SELECT 1) TO '/tmp/one.csv'",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "INSTALL httpfs",
        "LOAD httpfs",
        "CREATE TABLE mine AS SELECT 1",
        "DROP VIEW questions",
        "SELECT 1; COPY about TO '/tmp/about.csv'",
    ],
)
def test_sql_lab_reads_the_warehouse_and_nothing_else(superset: Superset, sql: str) -> None:
    status, answer = superset.sql(sql)
    assert status >= 400, answer
    assert answer["errors"], answer
    assert not Path("/tmp/about.csv").exists() and not Path("/tmp/one.csv").exists()


def test_sql_lab_answers_and_searches(superset: Superset) -> None:
    status, answer = superset.sql("SELECT count(*) AS question_count FROM questions")
    assert status == 200 and answer["data"][0]["question_count"] > 100
    status, answer = superset.sql("SELECT rank FROM search('knife crime', row_count := 1)")
    assert status == 200 and answer["data"] == [{"rank": 1}]


@pytest.mark.parametrize("uri", ["duckdb:///:memory:", "duckdb:////etc/passwd", "sqlite:////etc/passwd", "sqlite://"])
def test_another_database_is_the_warehouse_again_or_refused(superset: Superset, uri: str) -> None:
    body = {"database_name": f"other {uri}", "sqlalchemy_uri": uri, "expose_in_sqllab": True, "allow_dml": True}
    status, answer = superset.ask("/api/v1/database/", body)
    if uri.startswith("sqlite"):
        assert status >= 400
        return
    assert status == 201, answer
    try:
        assert superset.sql("SELECT count(*) FROM questions", answer["id"])[0] == 200
        for sql in (
            "SELECT * FROM read_text('/etc/passwd')",
            "COPY about TO '/tmp/about.csv'",
            "ATTACH ':memory:' AS x",
        ):
            assert superset.sql(sql, answer["id"])[0] >= 400
    finally:
        delete = urllib.request.Request(
            f"{superset.url}/api/v1/database/{answer['id']}", headers=superset._headers, method="DELETE"
        )
        superset._session.open(delete)


def test_a_new_snapshot_is_shown_without_a_restart(superset: Superset, chromium: Page) -> None:
    before = number_under(open_dashboard(chromium, superset, "how-departments-answer"), ASKED)
    publish_with_fewer_questions(Paths(superset.home, "simulated"))
    assert superset.sql("SELECT count(*) AS question_count FROM questions")[1]["data"] == [{"question_count": 700}]
    after = number_under(open_dashboard(chromium, superset, "how-departments-answer"), ASKED)
    assert (before, after) == (before, "700")
    assert before != after


def publish_with_fewer_questions(paths: Paths) -> None:
    """Put a snapshot in force whose view of questions has 700 rows."""
    current = snapshots.current_id(paths)
    assert current
    changed = paths.snapshots / f"2099{current[4:]}"
    shutil.copytree(paths.snapshots / current, changed)
    (changed / DATABASE_NAME).chmod(0o644)
    with duckdb.connect(changed / DATABASE_NAME) as connection:
        connection.execute("ALTER VIEW questions RENAME TO all_questions")
        connection.execute("CREATE VIEW questions AS FROM all_questions LIMIT 700")
    (changed / DATABASE_NAME).chmod(0o444)
    snapshots.put_in_force(paths, changed.name, "test")


def test_a_second_start_imports_nothing_twice_and_keeps_the_password(superset: Superset) -> None:
    superset.stop()
    again = Superset(superset.home)
    try:
        assert again.password not in again.said
        again.log_in(again.password)
        counts = {
            kind: again.ask(f"/api/v1/{kind}/")[1]["count"] for kind in ("database", "dataset", "chart", "dashboard")
        }
        files = PROJECT / "include/bi/superset"
        assert counts == {kind: len(list((files / f"{kind}s").iterdir())) for kind in counts}
        superset.process, superset.url = again.process, again.url
    finally:
        again.stop()


@pytest.mark.usefixtures("superset")
def test_without_a_warehouse_it_says_so(tmp_path: Path, finish: Callable[..., tuple[int, str, str]]) -> None:
    code, _, err = finish("superset", tmp_path)
    assert code == 1
    assert "Nothing is published yet" in err
