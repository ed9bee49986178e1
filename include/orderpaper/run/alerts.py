"""What an engineer on call is told, and the section of docs/runbook.md that says what to do."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from orderpaper.errors import AuditError, ConfigError, OrderPaperError, UpstreamError

if TYPE_CHECKING:
    from orderpaper.warehouse.audit_report import AuditReport

BY_ERROR: dict[type[OrderPaperError], str] = {
    UpstreamError: "A site did not answer as agreed",
    AuditError: "The audit refused a build",
    ConfigError: "A setting is wrong",
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
"""Task → heading of the section on what else goes wrong in it, as far as it was foreseen."""

WARNINGS = "The audit warns"
UNFORESEEN = "Nobody foresaw this"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One thing that somebody should know of."""

    dag_id: str
    run_id: str
    what: str
    """fetch failed, 2 warnings, …"""
    cause: str
    """Our own sentence, or a line for each warning. May quote what a site or a document says."""
    section: str
    """Heading in the runbook."""

    @property
    def subject(self) -> str:
        """One line."""
        return f"Order Paper: {self.dag_id}: {self.what}"

    @property
    def text(self) -> str:
        """All of it, as plain text."""
        return (
            f"{self.dag_id}: {self.what} (run {self.run_id})\n\n{self.cause}\n\n"
            f"What to do: docs/runbook.md, “{self.section}” (/warehouse/runbook#{anchor(self.section)})"
        )


def failure(dag_id: str, run_id: str, task_id: str, error: BaseException) -> Alert:
    """The alert for a task that failed with `error`."""
    return Alert(
        dag_id=dag_id,
        run_id=run_id,
        what=f"{task_id} failed",
        cause=str(error) or type(error).__name__,
        section=section(error, task_id),
    )


def warnings(dag_id: str, run_id: str, report: "AuditReport") -> Alert:
    """The alert for what an audit let pass with a warning."""
    count = len(report.warnings)
    return Alert(
        dag_id=dag_id,
        run_id=run_id,
        what="1 warning" if count == 1 else f"{count} warnings",
        cause="\n".join(f"- {result.finding}" for result in report.warnings),
        section=WARNINGS,
    )


def section(error: BaseException, task_id: str) -> str:
    """The heading of the runbook's section on a task that failed with `error`."""
    if not isinstance(error, OrderPaperError):
        return UNFORESEEN
    for kind, heading in BY_ERROR.items():
        if isinstance(error, kind):
            return heading
    return BY_TASK.get(task_id, UNFORESEEN)


def anchor(heading: str) -> str:
    """What a heading is linked to by, as GitHub and the runbook's page make it."""
    return re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-")
