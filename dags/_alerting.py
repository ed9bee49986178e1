"""Begin and end incidents: Airflow calls this when a try of a task has failed or succeeded.

An incident has two alerts: when the first try of a task fails, and when the task succeeds again.
"""

import datetime as dt
import logging
from typing import Any

from orderpaper import config
from orderpaper.errors import OrderPaperError
from orderpaper.run import alerts, incidents, notify

log = logging.getLogger("orderpaper.run.alerts")


def on_retry(context: Any) -> None:
    """Begin an incident, or add to it: a try has failed, and Airflow tries again. Airflow calls this."""
    _failed(context, is_retried=True)


def on_failure(context: Any) -> None:
    """Begin an incident, or add to it: the last try has failed. Airflow calls this."""
    _failed(context, is_retried=False)


def on_success(context: Any) -> None:
    """End the incident of the task, if it has one. Airflow calls this."""
    task = context["ti"]
    incident = incidents.end(config.paths(), task.dag_id, task.task_id)
    if incident:
        since = f"{incident.since:%Y-%m-%d %H:%M}"
        notify.send(alerts.recovery(incident.alert, task.run_id, since, incident.failure_count))


def _failed(context: Any, *, is_retried: bool) -> None:
    task = context["ti"]
    raised = context.get("exception")
    # `_wiring` raises an Airflow error in place of ours, which is its context.
    ours = raised.__context__ if raised and isinstance(raised.__context__, OrderPaperError) else raised
    alert = alerts.failure(task.dag_id, task.run_id, task.task_id, ours or RuntimeError("It was ended from outside."))
    try:
        is_new = incidents.begin(config.paths(), alert, dt.datetime.now(dt.UTC), is_retried=is_retried)
    except OrderPaperError as error:  # for example a full disk, which may be why the task failed
        log.warning("The incident is not kept, so the Warehouse page does not show it: %s", error)
        is_new = True
    if is_new:
        notify.send(alert)
    else:
        log.warning("%s\n%s\nThe alert was sent when the first try failed.", alert.subject, alert.text)
