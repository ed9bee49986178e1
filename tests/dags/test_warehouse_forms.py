"""What a person can do on the pages of the Warehouse, and what an attacker tries there."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest
from airflow.api_fastapi.core_api.security import get_user
from bs4 import BeautifulSoup
from fastapi import HTTPException
from fastapi.testclient import TestClient
from warehouse_pages import actions, app

from orderpaper.catalogue import load_sources
from orderpaper.config import DATABASE_NAME, Paths
from orderpaper.landing import Landing, document_name
from orderpaper.run import airflow_state
from orderpaper.warehouse.snapshots import alone, current_id, put_in_force

EVIL = "<script>alert('£')</script>"
OLDER, NEWER = "20250314T120000Z-abcdef12", "20250315T120000Z-12345678"
BODY = f"<html>{EVIL}</html>".encode()
DOCUMENT = hashlib.sha256(BODY).hexdigest()


class User(SimpleNamespace):
    """A user as Airflow has one."""

    def get_id(self) -> str:
        return str(self.name)

    def get_name(self) -> str:
        return str(self.name)


def refuse() -> None:
    raise HTTPException(403, "Forbidden")


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    """A realm with two snapshots, of which the newer one has a refused document with markup in every text."""
    paths = Paths(tmp_path, "simulated")
    monkeypatch.setenv("ORDERPAPER_HOME", str(paths.home))
    monkeypatch.setenv("ORDERPAPER_REALM", paths.realm)
    Landing(paths.landing).put(BODY)
    for name in (OLDER, NEWER):
        (paths.snapshots / name).mkdir(parents=True)
        with duckdb.connect(paths.snapshots / name / DATABASE_NAME) as connection:
            connection.execute("CREATE SCHEMA ops; CREATE SCHEMA marts")
            connection.execute("CREATE TABLE marts.fct_question AS FROM range(3)")
            connection.execute(
                """
                CREATE TABLE ops.fct_quarantine AS
                SELECT 'hansard' AS source, 'parse' AS stage, 'debate' AS upstream_kind, $document AS document_id,
                    $evil AS url, $evil AS row_address, $evil AS reason, $evil AS excerpt, false AS is_resolved,
                    TIMESTAMPTZ '2025-03-14 12:00:00+00' AS first_seen_at,
                    TIMESTAMPTZ '2025-03-14 12:00:00+00' AS last_seen_at
                """,
                {"document": DOCUMENT, "evil": EVIL},
            )
            connection.execute(
                """
                CREATE TABLE ops.fct_drift AS
                SELECT 'hansard' AS source, $evil AS field_path, $evil AS example, 1 AS document_count
                """,
                {"evil": EVIL},
            )
        with alone(paths):
            put_in_force(paths, name, run_id="run")
    return paths


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The runs of the DAG `requeue` that were started, in place of Airflow's database."""
    runs: list[str] = []

    def trigger(dag_id: str, **_: object) -> SimpleNamespace:
        runs.append(f"manual__{len(runs)}")
        return SimpleNamespace(run_id=runs[-1])

    monkeypatch.setattr(actions, "trigger_dag", trigger)
    monkeypatch.setattr(airflow_state, "read", list)
    monkeypatch.setattr(airflow_state, "task_seconds", list)
    monkeypatch.setattr(airflow_state, "run_ids", lambda dag_id: list(runs))
    return runs


@pytest.fixture
def client(paths: Paths, started: list[str]) -> Iterator[TestClient]:
    """A client that is logged in and may start what it likes."""
    found = app.application()
    found.dependency_overrides = {
        get_user: lambda: User(name="admin"),
        actions.may_requeue: lambda: None,
        actions.may_publish: lambda: None,
    }
    yield TestClient(found, raise_server_exceptions=False, follow_redirects=False)
    found.dependency_overrides = {}


def form_token(client: TestClient, address: str) -> str:
    field = BeautifulSoup(client.get(address).text, "lxml").select_one("form input[name=token]")
    assert field
    return str(field["value"])


def test_the_button_starts_the_dag_and_the_page_leads_to_its_run(client: TestClient, started: list[str]) -> None:
    sent = client.post("/sources/hansard/requeue", data={"token": form_token(client, "/sources/hansard")})
    assert (sent.status_code, sent.headers["location"]) == (303, "/warehouse/sources/hansard?started=manual__0")
    assert started == ["manual__0"]
    page = client.get("/sources/hansard?started=manual__0").text
    assert "/dags/requeue/runs/manual__0" in page
    assert 'role="status"' not in client.get("/sources/hansard?started=anything").text


def test_a_rollback_is_confirmed_and_done(client: TestClient, paths: Paths) -> None:
    page = client.get(f"/snapshots/{OLDER}").text
    assert f"Roll back to {OLDER}" in page
    assert "marts.fct_question" in page
    assert current_id(paths) == NEWER
    sent = client.post(f"/snapshots/{OLDER}", data={"token": form_token(client, f"/snapshots/{OLDER}")})
    assert sent.status_code == 303
    assert current_id(paths) == OLDER
    assert "Go forward to" in client.get(f"/snapshots/{NEWER}").text


@pytest.mark.parametrize("address", ["/sources/hansard/requeue", f"/snapshots/{OLDER}"])
def test_a_form_that_another_site_sends_does_nothing(
    client: TestClient, paths: Paths, started: list[str], monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    token = form_token(client, "/sources/hansard")
    attempts = [
        client.post(address),
        client.post(address, data={"token": ""}),
        client.post(address, data={"token": f"{token}x"}),
        client.post(address, data={"token": token}, headers={"Sec-Fetch-Site": "cross-site"}),
        client.post(address, data={"token": token}, headers={"Sec-Fetch-Site": "same-site"}),
        client.post(address, data={"token": actions.token(User(name="mallory"))}),
    ]
    monkeypatch.setattr(actions, "VALID_SECONDS", -1)
    attempts.append(client.post(address, data={"token": token}))
    assert [attempt.status_code for attempt in attempts] == [403] * 7
    assert client.get(address).status_code in (200, 405)
    assert (started, current_id(paths)) == ([], NEWER)


@pytest.mark.parametrize("address", ["/sources/hansard/requeue", f"/snapshots/{OLDER}"])
def test_who_may_not_trigger_the_dag_may_not_press_the_button(
    client: TestClient, paths: Paths, started: list[str], address: str
) -> None:
    token = form_token(client, "/sources/hansard")
    app.application().dependency_overrides |= {actions.may_requeue: refuse, actions.may_publish: refuse}
    assert client.post(address, data={"token": token}).status_code == 403
    assert (started, current_id(paths)) == ([], NEWER)


@pytest.mark.parametrize("name", ["20990101T000000Z-00000000", "..%2F..%2Fetc", "%2e%2e", ".hidden"])
def test_a_snapshot_that_does_not_exist_is_not_put_in_force(client: TestClient, paths: Paths, name: str) -> None:
    token = form_token(client, "/sources/hansard")
    assert client.get(f"/snapshots/{name}").status_code == 404
    assert client.post(f"/snapshots/{name}", data={"token": token}).status_code in (404, 405, 409)
    assert current_id(paths) == NEWER


def test_a_damaged_snapshot_is_not_put_in_force(client: TestClient, paths: Paths) -> None:
    with (paths.snapshots / OLDER / DATABASE_NAME).open("ab") as file:
        file.write(b"x")
    page = client.get(f"/snapshots/{OLDER}").text
    assert "has changed since it was published" in page
    assert "<form" not in page
    sent = client.post(f"/snapshots/{OLDER}", data={"token": form_token(client, "/sources/hansard")})
    assert (sent.status_code, current_id(paths)) == (409, NEWER)
    assert "Nothing was changed." in sent.text


def test_a_refused_document_is_downloaded_and_never_shown(client: TestClient) -> None:
    response = client.get(f"/documents/{DOCUMENT}")
    assert response.content == BODY
    assert response.headers["content-type"] == "application/octet-stream"
    assert response.headers["content-disposition"] == f'attachment; filename="{DOCUMENT}.bin"'
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["content-security-policy"].endswith("sandbox")


def test_only_what_was_refused_is_downloaded(client: TestClient, paths: Paths) -> None:
    other, _ = Landing(paths.landing).put(b"a document that was understood")
    names = [
        other,
        DOCUMENT.upper(),
        DOCUMENT[:12],
        "..%2F..%2Fpublications.jsonl",
        "%2Fetc%2Fpasswd",
        f"{DOCUMENT}%00",
    ]
    assert [client.get(f"/documents/{name}").status_code for name in names] == [404] * len(names)
    (paths.landing / document_name(DOCUMENT)).write_bytes(b"another body under the same name")
    assert client.get(f"/documents/{DOCUMENT}").status_code == 404


def test_text_of_a_document_is_no_markup_on_the_page_of_its_source(client: TestClient) -> None:
    page = client.get("/sources/hansard").text
    assert EVIL not in page
    assert page.count("&lt;script&gt;") == 6
    assert page.count("<script") == 1
    assert f"/warehouse/documents/{DOCUMENT}" in page


@pytest.mark.parametrize("name", list(load_sources()))
def test_every_source_has_a_page(client: TestClient, name: str) -> None:
    response = client.get(f"/sources/{name}")
    assert response.status_code == 200
    assert load_sources()[name].title in response.text


def test_what_does_not_exist_is_said_on_a_page(client: TestClient) -> None:
    for address in ("/sources/absent", "/builds/absent", "/anything"):
        response = client.get(address)
        assert response.status_code == 404
    assert "There is no such page" in client.get("/sources/absent").text


def test_a_sort_that_makes_no_sense_changes_nothing(client: TestClient) -> None:
    wanted = ["", "quarantine-table.reason", "quarantine-table.-reason", f"quarantine-table.{EVIL}", "x", ".", "-"]
    pages = [client.get("/sources/hansard", params={"sort": sort}) for sort in wanted]
    assert {page.status_code for page in pages} == {200}
    assert not any(EVIL in page.text for page in pages)
    assert 'aria-sort="descending"' in pages[2].text
    assert dt.date(2025, 3, 14).isoformat() in pages[2].text
