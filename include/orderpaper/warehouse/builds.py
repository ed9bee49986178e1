"""The builds of a realm, read from what each left in its folder under `runs/`: published, refused and failed ones."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import msgspec

from orderpaper.config import Paths
from orderpaper.warehouse.audit_report import AuditReport, read_report
from orderpaper.warehouse.snapshots import current_id, kept_ids, publications

_FAILED = ("error", "fail", "runtime error")


class Outcome(StrEnum):
    """The stage that a build reached."""

    PUBLISHED = "published"
    REFUSED = "refused by the audit"
    FAILED = "failed in dbt"
    AUDITED = "audited, not published"
    BUILT = "built, not audited"
    UNFINISHED = "not finished"


class Node(msgspec.Struct, frozen=True):
    """The outcome of one model, seed or test, as dbt writes it in run_results.json."""

    unique_id: str
    status: str
    execution_time: float
    message: str | None = None
    failures: int | None = None

    @property
    def resource_type(self) -> str:
        """Return what it is: model, seed or test."""
        return self.unique_id.split(".")[0]

    @property
    def name(self) -> str:
        """Return its name, without the project and without the hash that a test's id ends with."""
        return self.unique_id.split(".")[2]

    @property
    def is_failed(self) -> bool:
        """Return whether it failed; a test may also only warn."""
        return self.status in _FAILED


class _Metadata(msgspec.Struct, frozen=True):
    invocation_started_at: dt.datetime
    generated_at: dt.datetime


class _RunResults(msgspec.Struct, frozen=True):
    metadata: _Metadata
    results: list[Node]


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """A run of build_warehouse."""

    run_id: str
    """The name of its folder: `config.build_id` of the Airflow run."""
    outcome: Outcome
    began_at: dt.datetime
    """When dbt began; if dbt left nothing, when the folder was last changed."""
    seconds: float
    """The seconds that dbt took."""
    nodes: list[Node]
    report: AuditReport | None
    """The report of its audit; None if it was not audited."""
    snapshot_id: str | None
    """The snapshot that it published, whether or not that is kept."""
    is_kept: bool
    """True if its snapshot is kept and can be put in force."""
    is_current: bool
    """True if readers see its snapshot."""

    @property
    def row_count(self) -> int | None:
        """Return the number of rows of all marts, or None if it was not audited."""
        return sum(self.report.row_counts.values()) if self.report and self.report.row_counts else None


def read_all(paths: Paths) -> list[Build]:
    """Return the builds whose folders are kept, the newest first."""
    published = {line.run_id: line.snapshot_id for line in publications(paths) if line.run_id}
    current, kept = current_id(paths), kept_ids(paths)
    found = [_read(paths, folder, published, current, kept) for folder in paths.runs.glob("[!.]*") if folder.is_dir()]
    return sorted(found, key=lambda build: (build.began_at, build.run_id), reverse=True)


def changes(build: Build, earlier: Build | None) -> list[tuple[str, int | None, int | None]]:
    """Return each mart with its rows in this build and in an earlier one; None where the build lacks it."""
    after = build.report.row_counts if build.report else {}
    before = earlier.report.row_counts if earlier and earlier.report else {}
    return [(table, after.get(table), before.get(table)) for table in sorted(after.keys() | before.keys())]


def _read(paths: Paths, folder: Path, published: dict[str, str], current: str | None, kept: set[str]) -> Build:
    report = read_report(paths, folder.name)
    results = _results(folder)
    snapshot_id = published.get(folder.name)
    began_at = dt.datetime.fromtimestamp(folder.stat().st_mtime, dt.UTC)
    seconds = 0.0
    if results:
        began_at = results.metadata.invocation_started_at
        seconds = (results.metadata.generated_at - began_at).total_seconds()
    return Build(
        run_id=folder.name,
        outcome=_outcome(results, report, snapshot_id),
        began_at=began_at,
        seconds=seconds,
        nodes=results.results if results else [],
        report=report,
        snapshot_id=snapshot_id,
        is_kept=snapshot_id in kept,
        is_current=snapshot_id is not None and snapshot_id == current,
    )


def _results(folder: Path) -> _RunResults | None:
    try:
        return msgspec.json.decode((folder / "dbt" / "run_results.json").read_bytes(), type=_RunResults)
    except FileNotFoundError:
        return None


def _outcome(results: _RunResults | None, report: AuditReport | None, snapshot_id: str | None) -> Outcome:
    if snapshot_id:
        return Outcome.PUBLISHED
    if report:
        return Outcome.REFUSED if report.stops else Outcome.AUDITED
    if results is None:
        return Outcome.UNFINISHED
    return Outcome.FAILED if any(node.is_failed for node in results.results) else Outcome.BUILT
