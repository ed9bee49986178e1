"""Send alerts: to the task's log, and by mail if the connection `orderpaper_alerts` is set."""

import html
import logging
from typing import Any

from airflow.sdk import Connection
from airflow.sdk.exceptions import AirflowNotFoundException

from orderpaper.errors import OrderPaperError
from orderpaper.run import alerts

CONNECTION_ID = "orderpaper_alerts"
"""An Airflow SMTP connection whose extra has `to` and `from_email`."""

log = logging.getLogger("orderpaper.run.alerts")


def on_failure(context: Any) -> None:
    """Send an alert about a task that has failed after its last retry. Airflow calls this."""
    task = context["ti"]
    raised = context.get("exception")
    # `_wiring` raises an Airflow error in place of ours, which is its context.
    ours = raised.__context__ if raised and isinstance(raised.__context__, OrderPaperError) else raised
    send(alerts.failure(task.dag_id, task.run_id, task.task_id, ours or RuntimeError("It was ended from outside.")))


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
