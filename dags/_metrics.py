"""Send what tasks did as metrics, beside Airflow's own and by the same way: to OpenTelemetry, or nowhere if it is off.

Each is a gauge, because a task is a process of its own: what the last run of a task did, and how the published
warehouse is. docs/runbook.md lists them.
"""
# ruff: noqa: PLC0415  # the library is imported inside tasks, so that DAGs parse fast

import datetime as dt
import logging
from collections.abc import Mapping
from typing import Any

from airflow.sdk.configuration import conf
from airflow.sdk.observability import stats

from orderpaper.config import Paths


def of_result(task_id: str, values: Mapping[str, Any], **tags: str) -> None:
    """Send each number of a task's return value: `orderpaper.fetch.new_document_count`."""
    for name, value in values.items():
        if isinstance(value, int | float) and not isinstance(value, bool):
            _send(f"{task_id}.{name}", value, **tags)


def of_audit(paths: Paths, run_id: str) -> None:
    """Send how many checks an audit made, and how many of them failed. An audit that was cut off sends nothing."""
    from orderpaper.warehouse.audit_report import read_report

    if report := read_report(paths, run_id):
        counts = {"check_count": report.results, "warning_count": report.warnings, "stop_count": report.stops}
        of_result("audit", {name: len(results) for name, results in counts.items()} | {"seconds": report.seconds})


def of_warehouse(paths: Paths) -> None:
    """Send how the published warehouse is: rows by table, and what each source has, lacks and lags.

    A warehouse that was published stays so if this fails.
    """
    if not conf.getboolean("metrics", "otel_on"):
        return
    try:
        _send_health(paths)
    except Exception as error:  # noqa: BLE001
        logging.getLogger("orderpaper").warning("The metrics were not sent: %s: %s", type(error).__name__, error)


def _send_health(paths: Paths) -> None:
    from orderpaper.warehouse import health

    found = health.read(paths, dt.datetime.now(dt.UTC))
    if found.published_at:
        _send("snapshot.published_at_seconds", found.published_at.timestamp())
    _send("snapshot.bytes", found.byte_count)
    for row in found.tables:
        _send("snapshot.row_count", row["row_count"], table=row["table_name"])
    for source in found.sources:
        _send("source.document_count", source.document_count, source=source.source)
        _send("source.quarantined_document_count", source.quarantined_count, source=source.source)
        _send("source.lag_days", source.lag_days, source=source.source)
        _send("source.is_late", int(source.is_late), source=source.source)


def _send(name: str, value: float, **tags: str) -> None:
    stats.gauge(f"orderpaper.{name}", value, tags=tags)
