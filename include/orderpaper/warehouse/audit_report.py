"""The report of an audit: the audit writes it, publish, the summary and the Warehouse page read it."""

import datetime as dt
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from orderpaper.config import Paths
from orderpaper.errors import AuditError, OrderPaperError
from orderpaper.storage import write_atomically


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """The outcome of one check."""

    table: str
    """Schema and name: marts.fct_question."""
    check: str
    column: str | None
    expectation: str
    severity: str
    description: str
    is_success: bool
    error: str | None
    """Why the check could not be evaluated, which counts as a failure; None if it was evaluated."""
    observed: str | None
    unexpected_count: int | None
    """Rows that break the rule."""
    sample: str
    """The first few of those rows, a JSON list of objects; long texts are cut."""

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Return the rows of the sample."""
        rows: list[dict[str, Any]] = json.loads(self.sample)
        return rows

    @property
    def document_ids(self) -> list[str]:
        """Return the documents of the rows of the sample; none if the rows name no document."""
        return sorted({str(row["document_id"]) for row in self.rows if "document_id" in row})

    @property
    def finding(self) -> str:
        """Return one line for the log: the table, the rule, how many rows break it, and an example."""
        if self.error is not None:
            return f"{self.table}: {self.description} Could not be evaluated: {self.error}"
        found = f"{self.unexpected_count:,} row(s)" if self.unexpected_count is not None else f"found {self.observed}"
        example = f", for example {_brief(self.rows[0])}" if self.rows else ""
        return f"{self.table}: {self.description} Broken by {found}{example}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditReport:
    """The outcome of one audit of the build database."""

    run_id: str
    audited_at: dt.datetime
    seconds: float
    build_version: str = ""
    """The version of the file of the build database after the audit. Only this may be published. Older reports have
    none."""
    results: tuple[CheckResult, ...]
    row_counts: dict[str, int] = field(default_factory=dict)
    """Maps each table of `marts` to the number of its rows; empty in reports of older versions."""

    @property
    def stops(self) -> list[CheckResult]:
        """Return the failed checks that forbid publication."""
        return [result for result in self.results if not result.is_success and result.severity == "stop"]

    @property
    def warnings(self) -> list[CheckResult]:
        """Return the failed checks that are only reported."""
        return [result for result in self.results if not result.is_success and result.severity == "warn"]

    def raise_for_stops(self) -> None:
        """Raise an error if the build must not be published.

        Raises:
            AuditError: a stop check failed; the message has one line for each.
        """
        if self.stops:
            lines = "\n".join(f"- {result.finding}{set_one_aside(result.document_ids)}" for result in self.stops)
            raise AuditError(f"The audit of run {self.run_id} forbids publication:\n{lines}")


def set_one_aside(document_ids: list[str]) -> str:
    """Return the end of a message that names the documents at fault and says what to do about them."""
    if not document_ids:
        return ""
    return f"; rows of the documents {', '.join(document_ids)}: `orderpaper quarantine <document_id>` sets one aside"


def _brief(row: dict[str, Any]) -> str:
    """Return the first few columns of a row, which are its keys and ids, on one line."""
    cells = [f"{name}={str(value)[:80]!r}" for name, value in list(row.items())[:4]]
    return ", ".join(cells)


def report_path(paths: Paths, run_id: str) -> Path:
    """Return the path of a run's report."""
    return paths.runs / run_id / "quality.json"


def write_report(paths: Paths, report: AuditReport) -> None:
    """Write the report of its run, replacing an earlier one in one step."""
    write_atomically(report_path(paths, report.run_id), msgspec.json.format(msgspec.json.encode(report), indent=1))


def read_report(paths: Paths, run_id: str) -> AuditReport | None:
    """Return the report of a run, or None if the run was not audited.

    Raises:
        OrderPaperError: the report cannot be understood.
    """
    path = report_path(paths, run_id)
    try:
        return msgspec.json.decode(path.read_bytes(), type=AuditReport) if path.exists() else None
    except msgspec.DecodeError as error:
        raise OrderPaperError(
            f"The audit report {path} cannot be read ({error}); delete this file, and the build counts as not audited."
        ) from error
