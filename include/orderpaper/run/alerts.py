"""The alerts for an engineer on call, each with the section of docs/runbook.md that says what to do."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import quote

from orderpaper import config
from orderpaper.errors import AuditError, ConfigError, NotNowError, OrderPaperError, StorageError, UpstreamError

if TYPE_CHECKING:
    from orderpaper.warehouse.audit_report import AuditReport

BY_ERROR: dict[type[OrderPaperError], str] = {
    NotNowError: "A site did not answer as agreed",
    UpstreamError: "A site did not answer as agreed",
    AuditError: "The audit refused a build",
    ConfigError: "A setting is wrong",
    StorageError: "Object storage does not answer",
}
"""Kind of error → heading of its section in the runbook."""

BY_TASK = {
    "fetch": "A site did not answer as agreed",
    "parse": "Too much is in quarantine",
    "requeue": "Too much is in quarantine",
    "load": "The build database cannot be used",
    "transform": "A dbt model or test failed",
    "audit": "The build database cannot be used",
    "publish": "A snapshot could not be published",
}
"""Task → heading of the section on its other known failures."""

WARNINGS = "The audit warns"
UNFORESEEN = "Nobody foresaw this"


class Kind(StrEnum):
    """The kinds of alerts."""

    FAILURE = "failure"
    WARNING = "warning"
    RECOVERY = "recovery"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """An alert about one run."""

    dag_id: str
    task_id: str
    run_id: str
    what: str
    """The event in a few words: fetch failed, 2 warnings."""
    cause: str
    """The message of the error, or a line for each warning. It may quote a site or a document."""
    section: str | None
    """The heading of the section in the runbook; None if nothing is to be done."""
    kind: Kind = Kind.FAILURE

    @property
    def incident_id(self) -> str:
        """Return what the alerts of one incident have in common. Warnings are no part of a failure."""
        suffix = "/warnings" if self.kind == Kind.WARNING else ""
        return f"orderpaper/{self.dag_id}/{self.task_id}{suffix}"

    @property
    def subject(self) -> str:
        """Return the alert as one line."""
        return f"Order Paper: {self.dag_id}: {self.what}"

    @property
    def text(self) -> str:
        """Return the whole alert as plain text."""
        page = config.page_url()
        advice = "Nothing is to be done."
        if self.section:
            advice = f"What to do: docs/runbook.md, “{self.section}” ({page}/warehouse/runbook#{anchor(self.section)})"
        if page:
            advice += f"\nLog: {page}/dags/{self.dag_id}/runs/{quote(self.run_id)}/tasks/{self.task_id}"
        return f"{self.dag_id}: {self.what} (run {self.run_id})\n\n{self.cause}\n\n{advice}"


def failure(dag_id: str, run_id: str, task_id: str, error: BaseException) -> Alert:
    """Return the alert for a task that failed with `error`."""
    return Alert(
        dag_id=dag_id,
        task_id=task_id,
        run_id=run_id,
        what=f"{task_id} failed",
        cause=str(error) or type(error).__name__,
        section=section(error, task_id),
    )


def recovery(failed: Alert, run_id: str, since: str, failure_count: int) -> Alert:
    """Return the alert for a task that has succeeded after it failed: the end of the incident that `failed` began."""
    tries = "one try" if failure_count == 1 else f"{failure_count} tries"
    return Alert(
        dag_id=failed.dag_id,
        task_id=failed.task_id,
        run_id=run_id,
        what=f"{failed.task_id} works again",
        cause=f"It had failed since {since} UTC, in {tries}: {failed.cause}",
        section=None,
        kind=Kind.RECOVERY,
    )


def warnings(dag_id: str, run_id: str, report: "AuditReport") -> Alert:
    """Return the alert for the warnings of an audit that passed."""
    count = len(report.warnings)
    return Alert(
        dag_id=dag_id,
        task_id="audit",
        run_id=run_id,
        what="1 warning" if count == 1 else f"{count} warnings",
        cause="\n".join(f"- {result.finding}" for result in report.warnings),
        section=WARNINGS,
        kind=Kind.WARNING,
    )


def trial() -> Alert:
    """Return an alert that says that alerts arrive."""
    return Alert(
        dag_id="alert-test",
        task_id="alert-test",
        run_id="none",
        what="this is a test",
        cause="Somebody ran `orderpaper alert-test`. Alerts of the pipeline arrive here like this one.",
        section=None,
        kind=Kind.RECOVERY,
    )


def section(error: BaseException, task_id: str) -> str:
    """Return the heading of the runbook's section on a task that failed with `error`."""
    if not isinstance(error, OrderPaperError):
        return UNFORESEEN
    for kind, heading in BY_ERROR.items():
        if isinstance(error, kind):
            return heading
    return BY_TASK.get(task_id, UNFORESEEN)


def anchor(heading: str) -> str:
    """Return the anchor of a heading, as GitHub and the page of the runbook write it."""
    return re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-")
