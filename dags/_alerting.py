"""Send alerts: to the task's log, and by mail if the connection `orderpaper_alerts` is set.

An incident has two alerts: when the first try of a task fails, and when the task succeeds again.
"""

import datetime as dt
import html
import logging
from typing import Any

from airflow.sdk import Connection
from airflow.sdk.exceptions import AirflowNotFoundException

from orderpaper import config
from orderpaper.errors import OrderPaperError
from orderpaper.run import alerts, incidents

CONNECTION_ID = "orderpaper_alerts"
"""An Airflow SMTP connection whose extra has `to` and `from_email`."""

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
        send(alerts.recovery(incident.alert, task.run_id, since, incident.failure_count))


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
        send(alert)
    else:
        log.warning("%s\n%s\nThe alert was sent when the first try failed.", alert.subject, alert.text)


def send(alert: alerts.Alert) -> None:
    """Log an alert and mail it. A mail that cannot be sent is logged and does not fail the task."""
    log.warning("%s\n%s", alert.subject, alert.text)
    try:
        connection = Connection.get(CONNECTION_ID)
    except AirflowNotFoundException:
        log.info("No mail is sent: the connection %s is not set.", CONNECTION_ID)
        return
    from airflow.providers.smtp.hooks.smtp import SmtpHook  # noqa: PLC0415  # only needed when a mail is sent

    try:
        with SmtpHook(smtp_conn_id=CONNECTION_ID) as mail:
            mail.send_email_smtp(
                to=connection.extra_dejson["to"], subject=alert.subject, html_content=_as_html(alert.text)
            )
    except Exception as error:  # noqa: BLE001  # the alert is already in the log
        log.warning("No mail was sent through %s: %s: %s", CONNECTION_ID, type(error).__name__, error)


def _as_html(text: str) -> str:
    return f"<pre>{html.escape(text)}</pre>"
