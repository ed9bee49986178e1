"""`make up`, the page "Warehouse" in a real browser, and `make down`.

`ORDERPAPER_SCREENSHOT=docs/images/warehouse-page.png pytest tests/integration/test_up.py` also takes the picture in the
README.
"""

import json
import os
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import duckdb
import psutil
import pytest
from chromium import PROGRAM, Page, browser

from orderpaper.catalogue import load_sources
from orderpaper.config import DATABASE_NAME, Paths
from orderpaper.run.lock import holders
from orderpaper.run.service import PARTS, Service
from orderpaper.warehouse.content import row_counts

Finish = Callable[..., tuple[int, str, str]]
Start = Callable[..., "subprocess.Popen[str]"]
EVIL = "<img src=x onerror=\"document.body.innerHTML='owned'\"><script>document.body.innerHTML='owned'</script>"
needs_chromium = pytest.mark.skipif(PROGRAM is None, reason="there is no Chromium on this machine")


def ask(url: str, token: str | None = None, send: dict[str, str] | None = None) -> Any:
    request = urllib.request.Request(url, data=json.dumps(send).encode() if send else None)
    request.add_header("Content-Type", "application/json")
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def _make_a_row_hostile(paths: Paths) -> None:
    """Change the report of the audit: a row with markup in its text breaks a rule."""
    (path,) = paths.runs.glob("*/quality.json")
    report: dict[str, Any] = json.loads(path.read_text())
    failed = next(result for result in report["results"] if result["table"] == "marts.fct_answer")
    failed |= {"is_success": False, "severity": "warn", "unexpected_count": 1}
    failed["sample"] = json.dumps([{"answer_key": "4d2f", "answer_text": EVIL}])
    path.write_text(json.dumps(report))


def _refuse_a_document(paths: Paths) -> None:
    """Add a refused document to the published warehouse."""
    with duckdb.connect(paths.warehouse) as connection:
        connection.execute(
            "CREATE OR REPLACE TABLE ops.fct_quarantine AS SELECT 'inbox' AS source, 'parse' AS stage,"
            " NULL AS row_address, 'not a known kind of document' AS reason, 'abc' AS document_id, false AS is_resolved"
        )


@pytest.fixture(scope="module")
def up(finish: Finish, copy_home: Callable[[], Path]) -> Iterator[tuple[Path, str, str]]:
    """Start Airflow on a home with one finished run; yield the home, the port and what `make up` printed."""
    home = copy_home()
    _make_a_row_hostile(Paths(home, "simulated"))
    _refuse_a_document(Paths(home, "simulated"))
    port = free_port()
    try:
        code, out, err = finish("up", home, PORT=port)
        assert (code, err) == (0, ""), out + err
        yield home, port, out
    finally:
        finish("down", home)


@pytest.fixture(scope="module")
def password(up: tuple[Path, str, str]) -> str:
    """Return the password that `make up` printed."""
    shown = re.search(r"User admin, password (\S+) \(shown this once\)", up[2])
    assert shown
    return shown[1]


@pytest.fixture(scope="module")
def token(up: tuple[Path, str, str], password: str) -> str:
    """Return an API token, got with the password."""
    _, port, _ = up
    answer = ask(f"http://127.0.0.1:{port}/auth/token", send={"username": "admin", "password": password})
    return str(answer["access_token"])


@pytest.fixture(scope="module")
def page(
    up: tuple[Path, str, str], password: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Page, Paths]]:
    """Log in to Airflow with a browser."""
    home, port, _ = up
    with browser(tmp_path_factory.mktemp("chromium")) as opened:
        _log_in(opened, f"http://127.0.0.1:{port}", password)
        yield opened, Paths(home, "simulated")


def _log_in(page: Page, url: str, password: str) -> None:
    page.open(url)
    page.type_into("input[name=username]", "admin")
    page.type_into("input[name=password]", password)
    page.run("document.querySelector('form button[type=submit], form button').click()")
    page.wait_for("document.querySelector('a[href*=\"warehouse\"]')")


def _in_frame(script: str) -> str:
    return f"(document => {script})(document.querySelector('iframe').contentDocument)"


@needs_chromium
def test_the_page_opens_from_the_menu_and_says_what_is_published(page: tuple[Page, Paths]) -> None:
    opened, paths = page
    opened.run("document.querySelector('a[href*=\"warehouse\"]').click()")
    published = opened.wait_for(_in_frame("document.querySelector('#published').innerText"))
    snapshot = paths.current.resolve()
    assert published.startswith(f"Snapshot {snapshot.name}, published ")
    text = opened.run(_in_frame("document.body.innerText"))
    questions = row_counts(snapshot / DATABASE_NAME)["marts.fct_question"]
    assert f"marts.fct_question\t{questions:,}" in text
    assert "checks hold" in text
    assert "Written questions" in opened.run(_in_frame("document.querySelector('#sources').innerText"))
    assert "inbox\tparse\t" in text
    if target := os.environ.get("ORDERPAPER_SCREENSHOT"):
        opened.screenshot(Path(target))


@needs_chromium
def test_hostile_text_is_shown_as_text(page: tuple[Page, Paths]) -> None:
    opened, _ = page
    url = opened.run("document.querySelector('iframe').src")
    opened.open(url)
    opened.wait_for("document.querySelector('details')")
    opened.run("document.querySelectorAll('details').forEach(details => { details.open = true })")
    assert EVIL in opened.text()
    assert opened.run("document.images.length") == 0


@needs_chromium
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


@needs_chromium
def test_a_link_to_airflow_leaves_the_frame(page: tuple[Page, Paths]) -> None:
    opened, _ = page
    opened.open(opened.run("location.origin"))
    opened.wait_for("document.querySelector('a[href*=\"warehouse\"]')")
    opened.run("document.querySelector('a[href*=\"warehouse\"]').click()")
    # A click on a page that is still being loaded may have no effect.
    opened.wait_for(_in_frame("document.readyState === 'complete' && document.querySelector('#dags tbody a')"))
    opened.run(_in_frame("document.querySelector('#dags tbody a').click()"))
    opened.wait_for("location.pathname.startsWith('/dags/build_warehouse')")


def test_every_part_is_healthy_on_loopback(up: tuple[Path, str, str]) -> None:
    _, port, out = up
    assert f"http://127.0.0.1:{port}\n" in out
    health = ask(f"http://127.0.0.1:{port}/api/v2/monitor/health")
    assert {part: state["status"] for part, state in health.items()} == dict.fromkeys(
        ["metadatabase", "scheduler", "triggerer", "dag_processor"], "healthy"
    )
    listening = {
        c.laddr.ip for c in psutil.net_connections("tcp") if c.laddr.port == int(port) and c.status == "LISTEN"
    }
    assert listening == {"127.0.0.1"}


def test_nobody_gets_in_without_the_password(up: tuple[Path, str, str]) -> None:
    _, port, _ = up
    with pytest.raises(urllib.error.HTTPError) as refused:
        ask(f"http://127.0.0.1:{port}/api/v2/dags")
    assert refused.value.code == 401


def test_the_warehouse_page_asks_for_the_same_login(up: tuple[Path, str, str], token: str) -> None:
    _, port, _ = up
    url = f"http://127.0.0.1:{port}/warehouse/"
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(url, timeout=60)
    assert refused.value.code == 401
    for header in ({"Authorization": f"Bearer {token}"}, {"Cookie": f"_token={token}"}):
        with urllib.request.urlopen(urllib.request.Request(url, headers=header), timeout=60) as answer:
            assert '<p id="published">' in answer.read().decode()


def test_the_dags_are_scheduled(up: tuple[Path, str, str], token: str) -> None:
    _, port, _ = up
    dags = ask(f"http://127.0.0.1:{port}/api/v2/dags", token)["dags"]
    ingests = [f"ingest_{source.name}" for source in load_sources().values() if source.is_enabled]
    assert {dag["dag_id"]: dag["is_paused"] for dag in dags} == dict.fromkeys(
        ["build_warehouse", "requeue", *ingests], False
    )


def test_what_is_up_is_said_and_not_started_again(finish: Finish, up: tuple[Path, str, str]) -> None:
    home, port, _ = up
    code, out, err = finish("up", home)
    assert (code, out, err) == (0, f"Airflow is already running at http://127.0.0.1:{port}.\n", "")
    code, out, err = finish("run", home)
    assert (code, out) == (3, "")
    assert err.endswith("stop it with `make down` first, or start the DAG in its web page.\n")


def test_a_taken_port_is_said(finish: Finish, up: tuple[Path, str, str], tmp_path: Path) -> None:
    _, port, _ = up
    code, _, err = finish("up", tmp_path, PORT=port)
    assert code == 2
    assert err.startswith(f"PORT {port} is not free (")


def test_down_ends_what_up_started_and_nothing_else(finish: Finish, up: tuple[Path, str, str]) -> None:
    home, _, _ = up
    service = Service.read(Paths(home, "simulated"))
    assert service
    assert set(service.alive()) == {"upstream", *PARTS}
    family = [child for root in service.alive().values() for child in (root, *root.children(recursive=True))]
    with subprocess.Popen(["sleep", "600"]) as bystander:
        service.add("bystander", bystander)
        (pid, born) = service.processes["bystander"]
        service.processes["bystander"] = (pid, born - 100)  # the number now belongs to another process
        service.save()
        assert finish("down", home) == (0, "Airflow is stopped.\n", "")
        assert bystander.poll() is None
        bystander.kill()
    assert list(filter(is_running, family)) == []
    assert finish("down", home) == (0, f"Airflow is not running on {home}.\n", "")


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_what_a_killed_scheduler_has_started_ends_and_up_starts_all_again(
    finish: Finish, copy_home: Callable[[], Path]
) -> None:
    home = copy_home()
    try:
        port = free_port()
        assert finish("up", home, PORT=port)[0] == 0
        service = Service.read(Paths(home, "simulated"))
        assert service
        scheduler = service.alive()["scheduler"]
        workers = scheduler.children(recursive=True)
        assert workers
        scheduler.kill()
        psutil.wait_procs(workers, timeout=20)
        assert [worker for worker in workers if is_running(worker)] == []
        code, out, err = finish("up", home)
        assert (code, err) == (0, ""), out + err
        assert out.startswith("Ended although nobody stopped it: scheduler. Stopping the rest …\nStarting Airflow …\n")
        service = Service.read(Paths(home, "simulated"))
        assert service
        assert (service.url, set(service.alive())) == (f"http://127.0.0.1:{port}", {"upstream", *PARTS})
    finally:
        assert finish("down", home) == (0, "Airflow is stopped.\n", "")
    assert holders(home) == []


@pytest.mark.slow
def test_what_a_killed_make_up_has_started_ends(start: Start, finish: Finish, copy_home: Callable[[], Path]) -> None:
    home = copy_home()
    starting = start("up", home, PORT=free_port())
    services = home / "airflow" / "services.json"
    deadline = time.monotonic() + 60
    while not services.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    service = Service.read(Paths(home, "simulated"))
    assert service
    parts = list(service.alive().values())
    starting.kill()
    starting.communicate()
    psutil.wait_procs(parts, timeout=20)
    assert [part for part in parts if is_running(part)] == []
    assert finish("down", home) == (0, f"Airflow is not running on {home}.\n", "")
    assert holders(home) == []


def is_running(process: psutil.Process) -> bool:
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
