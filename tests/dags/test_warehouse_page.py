import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
import warehouse_page
from airflow.api_fastapi.core_api.security import get_user
from bs4 import BeautifulSoup
from fastapi.testclient import TestClient
from warehouse_pages import app, documents, overview

from orderpaper.config import DATABASE_NAME, Paths
from orderpaper.errors import UpstreamError
from orderpaper.run import airflow_state, alerts, incidents
from orderpaper.run.airflow_state import BackfillState, DagState
from orderpaper.warehouse.audit_report import AuditReport, CheckResult, report_path, write_report
from orderpaper.warehouse.snapshots import alone, put_in_force, rollback

RETRYING = DagState(
    dag_id="ingest_hansard",
    is_paused=False,
    run_id="scheduled__1+2",
    state="retrying",
    task_id="fetch",
    started_at=dt.datetime(2025, 3, 14, 6, 30, tzinfo=dt.UTC),
    ended_at=None,
    next_run_at=None,
)
EVIL = "<script>alert('£')</script>"
CHECK = CheckResult(
    table="marts.fct_question",
    check="text_not_null",
    column="text",
    expectation="ExpectColumnValuesToNotBeNull",
    severity="stop",
    description=f"Every question has a text {EVIL}.",
    is_success=False,
    error=None,
    observed="3 of 7 rows",
    unexpected_count=1234,
    sample=json.dumps([{"question_key": "q-1", "heading": EVIL}]),
)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path, "simulated")


def publish(paths: Paths) -> None:
    snapshot = paths.snapshots / "20250314T120000Z-abcdef12"
    snapshot.mkdir(parents=True)
    paths.current.symlink_to(snapshot)
    with duckdb.connect(snapshot / DATABASE_NAME) as connection:
        connection.execute("CREATE SCHEMA ops")
        connection.execute(
            """
            CREATE TABLE ops.fct_quarantine AS
            SELECT 'inbox' AS source, 'parse' AS stage, NULL AS row_address, ? AS reason, 'abc' AS document_id,
                range > 1 AS is_resolved
            FROM range(3)
            """,
            [f"Not a known kind of document: {EVIL}"],
        )


def report(paths: Paths, run_id: str, hour: int, *checks: CheckResult) -> None:
    at = dt.datetime(2025, 3, 14, hour, tzinfo=dt.UTC)
    write_report(paths, AuditReport(run_id=run_id, audited_at=at, seconds=1.0, build_version="", results=checks))


def show(paths: Paths, *dags: DagState, sort: str = "") -> str:
    return overview.page(paths, list(dags), [], [], sort)


def text(page: str) -> str:
    return BeautifulSoup(page, "lxml").get_text(" ", strip=True)


def test_a_rollback_is_visible_as_one(paths: Paths) -> None:
    for name in ("20250314T120000Z-abcdef12", "20250315T120000Z-12345678"):
        (paths.snapshots / name).mkdir(parents=True)
        with duckdb.connect(paths.snapshots / name / DATABASE_NAME) as connection:
            connection.execute("CREATE SCHEMA ops")
        with alone(paths):
            put_in_force(paths, name, run_id="run")
    assert "A person put" not in text(show(paths))
    rollback(paths)
    page = " ".join(text(show(paths)).split())
    assert "A person put this snapshot in force instead of 20250315T120000Z-12345678." in page
    assert "rollback" in BeautifulSoup(show(paths), "lxml").select_one("#chosen .tag").text


def test_before_the_first_run_there_is_nothing(paths: Paths) -> None:
    page = text(show(paths))
    assert "Nothing is published yet." in page
    assert "No audit has run yet." in page


def test_what_is_published_audited_and_quarantined_stands_there(paths: Paths) -> None:
    publish(paths)
    report(paths, "first", 12, replace(CHECK, is_success=True))
    page = text(show(paths))
    assert "Snapshot 20250314T120000Z-abcdef12, published " in page
    assert "passed 1 of 1 checks hold, 2025-03-14 12:00 UTC" in " ".join(page.split())
    assert f"inbox parse Not a known kind of document: {EVIL} 1 0 abc" in page


def test_a_later_audit_that_failed_is_told_with_its_rows(paths: Paths) -> None:
    publish(paths)
    report(paths, "zzz-earlier", 12, replace(CHECK, is_success=True))
    report(paths, "later", 13, CHECK, replace(CHECK, is_success=True))
    page = " ".join(text(show(paths)).split())
    assert "failed: nothing was published 1 of 2 checks hold, 2025-03-14 13:00 UTC" in page
    assert "Build later" in page
    assert f"Every question has a text {EVIL}. Rows that break this rule: 1,234." in page
    assert f"question_key: q-1 heading: {EVIL}" in page


def test_no_text_of_a_document_becomes_markup(paths: Paths) -> None:
    publish(paths)
    report(paths, "r", 12, CHECK)
    page = show(paths)
    assert EVIL not in page
    assert page.count("<script") == 1
    assert page.count("&lt;script&gt;") == 3


def test_the_runbook_is_a_page_whose_sections_can_be_linked_to() -> None:
    soup = BeautifulSoup(documents.runbook(), "lxml")
    headings = [heading["id"] for heading in soup.find_all("h2")]
    assert headings
    assert len(headings) == len(set(headings))
    for link in soup.find_all("a", href=True):
        assert link["href"].startswith(("/warehouse/", "#", "https://"))


def test_the_first_lines_say_what_fails_since_when_and_what_to_do(paths: Paths) -> None:
    publish(paths)
    since = dt.datetime.now(dt.UTC) - dt.timedelta(hours=3, minutes=1)
    failed = alerts.failure("ingest_hansard", "scheduled__1+2", "fetch", UpstreamError(f"the site is down {EVIL}"))
    incidents.begin(paths, failed, since, is_retried=True)
    page = show(paths, RETRYING)
    banner = BeautifulSoup(page, "lxml").select_one("#status")
    assert banner
    assert banner["class"] == ["banner", "failing"]
    words = " ".join(banner.get_text(" ", strip=True).split())
    assert words.startswith(
        f"Failing , since {since:%Y-%m-%d %H:%M} UTC (3 hours ago) Readers see the snapshot 20250314T12"
    )
    assert "ingest_hansard: fetch failed; Airflow tries again." in words
    assert [link["href"] for link in banner.find_all("a")] == [
        "/warehouse/runbook#a-site-did-not-answer-as-agreed",
        "/dags/ingest_hansard/runs/scheduled__1%2B2/tasks/fetch",
    ]
    assert EVIL not in page
    assert "failed, tries again" in text(page)


def test_a_backfill_stands_there_with_its_rate_and_the_time_that_is_left(paths: Paths) -> None:
    backfill = BackfillState(
        from_on=dt.date(2025, 1, 1),
        to_on=dt.date(2025, 3, 14),
        is_paused=False,
        done_count=18,
        failed_count=1,
        total_count=73,
        runs_an_hour=36.54,
        left="92 min",
    )
    page = show(paths, replace(RETRYING, backfill=backfill))
    section = page[page.index("<h2>Backfills</h2>") :]
    for words in ("2025-01-01 to 2025-03-14", "25% done", "36.5", "92 min"):
        assert words in section
    assert "<h2>Backfills</h2>" not in show(paths, RETRYING)


def test_without_findings_all_is_well(paths: Paths) -> None:
    publish(paths)
    banner = BeautifulSoup(show(paths), "lxml").select_one("#status")
    assert banner
    assert banner["class"] == ["banner", "all-well"]


ADDRESSES = ("/", "/builds/r", "/builds/r/data-docs/index.html", "/runbook", "/data-docs/index.html", "/dbt-docs")


@pytest.fixture
def client(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """The app, over a realm that was audited once."""
    monkeypatch.setenv("ORDERPAPER_HOME", str(paths.home))
    monkeypatch.setenv("ORDERPAPER_REALM", paths.realm)
    monkeypatch.setattr(airflow_state, "read", lambda: [RETRYING])
    monkeypatch.setattr(airflow_state, "task_seconds", list)
    monkeypatch.setattr(airflow_state, "run_ids", lambda dag_id: [])
    report(paths, "r", 12, CHECK)
    (paths.runs / "r" / "data_docs").mkdir(parents=True)
    (paths.runs / "r" / "data_docs" / "index.html").write_text("Data Docs")
    (paths.runs / "r" / "dbt").mkdir(parents=True)
    (paths.runs / "r" / "dbt" / "manifest.json").write_text("{}")
    return TestClient(app.application(), raise_server_exceptions=False)


@pytest.mark.parametrize("address", ADDRESSES)
def test_without_a_login_nothing_is_shown(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 401


@pytest.mark.parametrize("address", ADDRESSES)
def test_with_a_login_every_page_is_there_and_may_load_nothing_from_elsewhere(client: TestClient, address: str) -> None:
    app.application().dependency_overrides[get_user] = lambda: "admin"
    try:
        response = client.get(address)
        assert response.status_code == 200
        policy = response.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'")
        assert "http" not in policy
        assert "script-src 'self'" not in policy
        assert "style-src 'self'" not in policy
        assert "frame-ancestors 'self'" in policy
        assert "base-uri 'none'" in policy
        for name in ("..%2Fquality.json", "..%2F..%2F..%2Fetc%2Fpasswd", "absent.html"):
            assert client.get(f"/data-docs/{name}").status_code == 404
            assert client.get(f"/builds/r/data-docs/{name}").status_code == 404
            assert client.get(f"/builds/{name}").status_code == 404
        assert client.post(address).status_code == 405
    finally:
        app.application().dependency_overrides.clear()


def test_a_page_that_cannot_be_made_says_why_and_where_to_look(client: TestClient, paths: Paths) -> None:
    path = report_path(paths, "r")
    path.write_text('{"run_id": "r"')
    app.application().dependency_overrides[get_user] = lambda: "admin"
    try:
        response = client.get("/")
    finally:
        app.application().dependency_overrides.clear()
    assert response.status_code == 500
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
    words = " ".join(text(response.text).split())
    assert (
        f"This page could not be made The audit report {path} cannot be read (Input data was truncated); delete"
        in words
    )
    assert "api-server.log" in words


def test_the_report_of_an_older_version_can_be_read(paths: Paths) -> None:
    report(paths, "r", 12, replace(CHECK, is_success=True))
    path = report_path(paths, "r")
    older = json.loads(path.read_text())
    del older["build_version"]
    path.write_text(json.dumps(older))
    assert "passed 1 of 1 checks hold" in " ".join(text(show(paths)).split())


def test_airflow_finds_page_and_menu_entry() -> None:
    (app,) = warehouse_page.WarehousePage.fastapi_apps
    (view,) = warehouse_page.WarehousePage.external_views
    assert view["href"] == f"{app['url_prefix']}/"
    assert view["destination"] == "nav"
