"""What tasks send as metrics has the names and tags for which the dashboard asks."""

import datetime as dt
import importlib
import json
import re
from pathlib import Path
from types import ModuleType

import pytest

from orderpaper.config import PROJECT, Paths
from orderpaper.warehouse import health
from orderpaper.warehouse.audit_report import AuditReport, write_report
from orderpaper.warehouse.health import Health, SourceHealth

Sent = dict[str, tuple[float, dict[str, str]]]


@pytest.fixture
def metrics(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the module of the DAGs' folder that sends metrics."""
    monkeypatch.syspath_prepend(PROJECT / "dags")
    return importlib.import_module("_metrics")


@pytest.fixture
def sent(metrics: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Sent:
    """What is sent: the name under which Prometheus has it → value and tags."""
    sent: Sent = {}

    def gauge(name: str, value: float, *, tags: dict[str, str]) -> None:
        sent[f"airflow.{name}".replace(".", "_")] = value, tags

    monkeypatch.setattr(metrics.stats, "gauge", gauge)
    return sent


def test_the_warehouse_sends_what_the_dashboard_shows_of_it(
    metrics: ModuleType, sent: Sent, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = dt.datetime(2025, 3, 14, 12, tzinfo=dt.UTC)
    source = SourceHealth(
        source="hansard",
        title="Hansard",
        schedule="30 6 * * *",
        as_of_on=None,
        last_read_at=now,
        document_count=77,
        quarantined_count=2,
        lag_days=3,
        calendar="sitting days",
        is_late=True,
    )
    tables = [{"table_name": "marts.fct_question", "row_count": 842, "change_count": 0}]
    found = Health(published_at=now, byte_count=9, sources=[source], tables=tables)
    monkeypatch.setattr(health, "read", lambda *_: found)
    metrics._send_health(Paths(tmp_path, "simulated"))
    assert sent["airflow_orderpaper_source_lag_days"] == (3, {"source": "hansard"})
    assert sent["airflow_orderpaper_source_is_late"] == (1, {"source": "hansard"})
    assert sent["airflow_orderpaper_snapshot_row_count"] == (842, {"table": "marts.fct_question"})
    dashboard = (PROJECT / "docs" / "grafana-dashboard.json").read_text(encoding="utf-8")
    queries = [target["expr"] for panel in json.loads(dashboard)["panels"] for target in panel["targets"]]
    wanted = set(re.findall(r"airflow_orderpaper_(?:source|snapshot)_\w+", " ".join(queries)))
    assert wanted
    assert wanted <= sent.keys()


def test_a_result_sends_its_numbers_and_nothing_else(metrics: ModuleType, sent: Sent) -> None:
    metrics.of_result("fetch", {"request_count": 9, "manifest": "…", "is_given_again": True}, source="members")
    assert sent == {"airflow_orderpaper_fetch_request_count": (9, {"source": "members"})}


def test_an_audit_that_refuses_sends_how_many_checks_failed(metrics: ModuleType, sent: Sent, tmp_path: Path) -> None:
    paths = Paths(tmp_path, "simulated")
    metrics.of_audit(paths, "run-1")
    assert sent == {}
    report = AuditReport(run_id="run-1", audited_at=dt.datetime.now(dt.UTC), seconds=2.5, build_version="", results=())
    write_report(paths, report)
    metrics.of_audit(paths, "run-1")
    assert {name.removeprefix("airflow_orderpaper_audit_"): value for name, (value, _) in sent.items()} == {
        "check_count": 0,
        "warning_count": 0,
        "stop_count": 0,
        "seconds": 2.5,
    }
