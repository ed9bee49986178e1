"""Alerts are delivered to the services that are named, and no secret of their URLs is shown."""

import json
import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from orderpaper.cli.main import main
from orderpaper.errors import UpstreamError
from orderpaper.run import alerts, notify

SECRET = "a1b2c3d4e5f6a1b2c3d4e5f6a1b2c3d4"
FAILED = alerts.failure(
    "ingest_members", "manual__2025-03-14T00:00:00+00:00", "fetch", UpstreamError("The site is down.")
)
RECOVERED = alerts.recovery(FAILED, "run-2", "2025-03-14 07:00", 2)


class Hook(BaseHTTPRequestHandler):
    """A receiver that keeps what is posted, and refuses it at the path /refuse."""

    server: Any

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append(json.loads(body))
        self.send_response(503 if "refuse" in self.path else 200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def hook() -> Iterator[Any]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Hook) as server:
        server.received = []  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def url(hook: Any, path: str = "hook") -> str:
    return f"json://user:{SECRET}@127.0.0.1:{hook.server_port}/{path}"


def test_a_webhook_gets_the_cause_and_the_links(hook: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORDERPAPER_ALERT_URLS", url(hook))
    monkeypatch.setenv("AIRFLOW__API__BASE_URL", "https://airflow.example.org/")
    notify.send(FAILED)
    (received,) = hook.received
    assert received["title"] == "Order Paper: ingest_members: fetch failed"
    assert received["type"] == "failure"
    assert "The site is down." in received["message"]
    assert "https://airflow.example.org/warehouse/runbook#a-site-did-not-answer-as-agreed" in received["message"]
    run = "manual__2025-03-14T00%3A00%3A00%2B00%3A00"
    assert f"https://airflow.example.org/dags/ingest_members/runs/{run}/tasks/fetch" in received["message"]


def test_every_service_gets_the_alert_and_one_that_refuses_it_keeps_it_from_no_other(
    hook: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    services = [url(hook, "refuse"), f"notaservice://{SECRET}", SECRET, url(hook)]
    monkeypatch.setenv("ORDERPAPER_ALERT_URLS", " ".join(services))
    with caplog.at_level(logging.DEBUG):
        notify.send(RECOVERED)
    assert [received["type"] for received in hook.received] == ["success", "success"]
    said = [record.getMessage() for record in caplog.records if record.name == "orderpaper.run.notify"]
    assert "503" in said[1]
    assert [line.partition(": ")[0] for line in said[1:]] == [
        "The alert was not delivered to JSON (json://…)",
        "The alert was not delivered to notaservice://…",
        "The alert was not delivered to a URL without a scheme",
        "The alert was delivered to JSON (json://…).",
    ]
    assert SECRET not in caplog.text


@pytest.mark.parametrize(
    "service",
    [
        f"slack://{'A' * 9}/{'B' * 9}/{'c' * 24}/#alerts",
        f"workflows://host.example.org/{'w' * 32}/{'s' * 43}",
        f"pagerduty://{'k' * 32}@{'t' * 20}",
        "mailtos://user:password@example.org?to=oncall@example.org",
    ],
)
def test_the_services_that_the_documentation_names_are_understood(
    service: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[dict[str, Any]] = []
    monkeypatch.setattr("apprise.NotifyBase.notify", lambda _plugin, **alert: sent.append(alert) or True)
    monkeypatch.setenv("ORDERPAPER_ALERT_URLS", service)
    (delivery,) = notify.deliver(FAILED)
    assert (delivery.problem, len(sent)) == (None, 1)
    assert service.partition("://")[2] not in delivery.service


def test_the_incident_of_pagerduty_ends_with_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    posted: list[dict[str, Any]] = []

    def post(_url: str, *, data: str, **_: object) -> Any:
        posted.append(json.loads(data))
        return type("Answer", (), {"status_code": 202, "content": b""})

    monkeypatch.setattr("apprise.plugins.pagerduty.requests.post", post)
    monkeypatch.setenv("ORDERPAPER_ALERT_URLS", f"pagerduty://{'k' * 32}@{'t' * 20}")
    for alert in (FAILED, RECOVERED):
        assert notify.deliver(alert)[0].problem is None
    begin, end = posted
    assert (begin["event_action"], end["event_action"]) == ("trigger", "resolve")
    assert begin["dedup_key"] == end["dedup_key"] == "orderpaper/ingest_members/fetch"


def test_alert_test_says_what_became_of_the_alert(
    hook: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ORDERPAPER_ALERT_URLS", url(hook))
    assert main(["alert-test"]) == 0
    assert capsys.readouterr().out == "JSON (json://…): delivered\n"
    assert hook.received[0]["title"] == "Order Paper: alert-test: this is a test"
    monkeypatch.setenv("ORDERPAPER_ALERT_URLS", f"{url(hook)} {url(hook, 'refuse')}")
    assert main(["alert-test"]) == 1
    shown = capsys.readouterr()
    assert "503" in shown.out
    assert SECRET not in shown.out + shown.err


def test_alert_test_without_a_service_says_what_to_set(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("ORDERPAPER_ALERT_URLS", raising=False)
    assert main(["alert-test"]) == 2
    assert "ORDERPAPER_ALERT_URLS names no service" in capsys.readouterr().err
