"""Metrics of a real run arrive at a collector, the dashboard asks for nothing else, and JSON logs are JSON."""

import json
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from otlp import Received, receiver

from orderpaper.config import PROJECT, Paths
from orderpaper.warehouse import news

DASHBOARD = json.loads((PROJECT / "docs" / "grafana-dashboard.json").read_text(encoding="utf-8"))
QUERIES = [target["expr"] for panel in DASHBOARD["panels"] for target in panel["targets"]]
OURS = "airflow_orderpaper_"

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]


@pytest.fixture(scope="module")
def home(copy_home: Callable[[], Path]) -> Path:
    return copy_home()


@pytest.fixture(scope="module")
def received(finish: Callable[..., tuple[int, str, str]], home: Path) -> Received:
    """Run the pipeline once and Airflow for a moment, with JSON logs, and return the metrics that came."""
    with receiver() as (url, received):
        settings = {
            "OTEL_EXPORTER_OTLP_ENDPOINT": url,
            "OTEL_METRIC_EXPORT_INTERVAL": "2000",
            "AIRFLOW__LOGGING__JSON_LOGS": "True",
        }
        for log in Paths(home, "simulated").root.glob("logs/*.log"):
            log.unlink()
        news.forget(Paths(home, "simulated"))
        code, out, err = finish("run", home, **settings)
        assert (code, err) == (0, ""), out + err
        try:
            code, out, err = finish("up", home, **settings)
            assert (code, err) == (0, ""), out + err
            deadline = time.monotonic() + 120
            while not names(*QUERIES) <= received.values.keys() and time.monotonic() < deadline:
                time.sleep(1)
            # A task that `make down` cuts off writes a traceback of Airflow's into this log, which is no JSON.
            shutil.copy(home / "airflow" / "logs" / "scheduler.log", home / "scheduler.log")
        finally:
            finish("down", home)
        return received


def names(*queries: str) -> set[str]:
    """The metrics for which queries ask."""
    return {name for query in queries for name in re.findall(r"\bairflow_\w+", query)}


def test_every_query_of_the_dashboard_asks_for_what_a_run_sends(received: Received) -> None:
    assert len(QUERIES) > 10
    assert names(*QUERIES) - received.values.keys() == set()
    for query in QUERIES:
        (name,) = names(query)
        for tag in re.findall(r"by \((\w+)\)", query):
            assert any(tag in dict(tags) for tags in received.values[name]), query


def test_our_metrics_are_those_of_the_run(received: Received) -> None:
    checks = received.values[f"{OURS}audit_check_count"]
    assert set(checks) == {()}
    assert checks[()] > 100
    assert received.values[f"{OURS}audit_stop_count"] == {(): 0}
    rows = {dict(tags)["table"]: value for tags, value in received.values[f"{OURS}snapshot_row_count"].items()}
    assert rows["marts.fct_question"] > 0
    requests = {dict(tags)["source"]: value for tags, value in received.values[f"{OURS}fetch_request_count"].items()}
    assert requests["written_questions"] > 0


def test_each_line_of_a_json_log_is_json(received: Received, home: Path) -> None:
    logs = [*Paths(home, "simulated").root.glob("logs/run-*.log"), home / "scheduler.log"]
    assert len(logs) == 2
    for log in logs:
        lines = log.read_text(encoding="utf-8").splitlines()
        assert lines
        assert all({"event", "level", "timestamp"} <= json.loads(line).keys() for line in lines), log
