"""The status of the pipeline in one word, with what is wrong, since when, and what to do.

It is made from what is: the incidents, the processes of `make up`, the published snapshot and the clock.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from orderpaper.config import Paths
from orderpaper.run import incidents
from orderpaper.run.service import Service
from orderpaper.warehouse import health, objectives
from orderpaper.warehouse.health import Health


class Level(StrEnum):
    """How well the pipeline is."""

    WELL = "all well"
    DEGRADED = "degraded"
    FAILING = "failing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong."""

    level: Level
    what: str
    section: str
    """The heading of the section of the runbook that says what to do."""
    since: dt.datetime | None = None
    cause: str = ""
    log: tuple[str, str, str] | None = None
    """DAG, run and task of the log that says more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The problems, the worst first and then the oldest, and the health of the warehouse."""

    findings: list[Finding]
    health: Health

    @property
    def level(self) -> Level:
        """Return the level of the worst finding."""
        return self.findings[0].level if self.findings else Level.WELL

    @property
    def since(self) -> dt.datetime | None:
        """Return since when the pipeline has this level; None if it is well, or the time is not known."""
        known = [finding.since for finding in self.findings if finding.level == self.level and finding.since]
        return min(known, default=None)


def read(paths: Paths, now: dt.datetime) -> Status:
    """Return the status of a realm at the moment `now`."""
    warehouse = health.read(paths, now)
    failing = _incidents(paths)
    is_incident = any(finding.section == "The audit refused a build" for finding in failing)
    found = [*failing, *_ended_processes(paths), *_warehouse(warehouse, now, is_incident=is_incident)]
    severity = [Level.FAILING, Level.DEGRADED]
    never = dt.datetime.max.replace(tzinfo=dt.UTC)
    found.sort(key=lambda finding: (severity.index(finding.level), finding.since or never))
    return Status(findings=found, health=warehouse)


def ago(moment: dt.datetime, now: dt.datetime) -> str:
    """Return how long ago a moment is, in the largest unit that fits: `3 hours ago`."""
    seconds = max(0, int((now - moment).total_seconds()))
    for unit, length in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if count := seconds // length:
            return f"1 {unit} ago" if count == 1 else f"{count} {unit}s ago"
    return "less than a minute ago"


def readers_see(warehouse: Health, now: dt.datetime) -> str:
    """Return in one sentence what those who read the warehouse see."""
    if warehouse.snapshot is None or warehouse.published_at is None:
        return "There is no warehouse to read."
    return f"Readers see the snapshot {warehouse.snapshot.name}, published {ago(warehouse.published_at, now)}."


def describe(status: Status, paths: Paths, now: dt.datetime) -> str:
    """Return the status as text for a terminal: the level, each finding with what to do, and the sources."""
    since = f", since {status.since:%Y-%m-%d %H:%M} UTC ({ago(status.since, now)})" if status.since else ""
    lines = [f"Order Paper ({paths.realm}): {status.level}{since}", readers_see(status.health, now)]
    for finding in status.findings:
        lines += ["", f"{finding.level}: {finding.what}"]
        if finding.cause:
            lines.append(f"  {finding.cause}")
        lines.append(f"  What to do: docs/runbook.md, “{finding.section}”")
    lines.append("")
    for source in status.health.sources:
        end = f", complete up to {source.as_of_on}" if source.as_of_on else ""
        lines.append(f"{'late' if source.is_late else 'well':<6}{source.title}{end}")
    return "\n".join(lines)


def _incidents(paths: Paths) -> list[Finding]:
    return [
        Finding(
            level=Level.FAILING,
            what=f"{incident.alert.dag_id}: {incident.alert.what}"
            + (
                "; Airflow tries again" if incident.is_retried else "; nothing retries it by itself before its next run"
            ),
            since=incident.since,
            cause=incident.alert.cause,
            section=incident.alert.section or "",
            log=(incident.alert.dag_id, incident.alert.run_id, incident.alert.task_id),
        )
        for incident in incidents.read_all(paths)
    ]


def _ended_processes(paths: Paths) -> list[Finding]:
    """Return what `make up` started and no longer runs, although nobody has stopped it."""
    service = Service.read(paths)
    ended = sorted(set(service.processes) - set(service.alive())) if service else []
    if not ended:
        return []
    effect = "Every fetch fails" if ended == ["upstream"] else "Nothing is fetched or built"
    return [
        Finding(
            level=Level.FAILING,
            what=f"A part of Airflow has ended: {', '.join(ended)}. {effect} until `make up` starts it again",
            section="Airflow has ended",
        )
    ]


def _warehouse(warehouse: Health, now: dt.datetime, *, is_incident: bool) -> list[Finding]:
    """Return what the published snapshot and the last audit say; a refusal that is an incident is not repeated."""
    found = []
    if warehouse.snapshot is None:
        found.append(Finding(level=Level.FAILING, what="Nothing is published yet", section="Start here"))
    if warehouse.report and warehouse.report.stops and not is_incident:
        found.append(
            Finding(
                level=Level.FAILING,
                what=f"The last audit refused the build: {len(warehouse.report.stops)} checks do not hold",
                since=warehouse.report.audited_at,
                section="The audit refused a build",
            )
        )
    late = [source.title for source in warehouse.sources if source.is_late]
    if late:
        found.append(Finding(level=Level.DEGRADED, what=f"Late: {', '.join(late)}", section="A source is late"))
    for budget in warehouse.budgets:
        if budget.is_spent:
            what = f"The error budget of {budget.title} is spent: of the last {len(budget.history)} {budget.unit}s,"
            found.append(
                Finding(
                    level=Level.DEGRADED,
                    what=f"{what} {budget.missed_count} missed “{budget.promise}”, and {budget.allowed_count} may",
                    section="An error budget is spent",
                )
            )
    publication = warehouse.publication
    is_chosen = publication is not None and publication.kind != "publication"
    waited = now - warehouse.waiting_since if warehouse.waiting_since else dt.timedelta()
    if waited > objectives.BUILD_DEADLINE and not is_chosen and not is_incident:
        found.append(
            Finding(
                level=Level.DEGRADED,
                what="New records have arrived, and no build has published them in time",
                since=warehouse.waiting_since,
                section="A build is late",
            )
        )
    if publication and is_chosen:
        found.append(
            Finding(
                level=Level.DEGRADED,
                what=f"A person went back to an earlier snapshot, from {publication.replaced_id}",
                since=publication.published_at,
                section="Go back to an earlier snapshot",
            )
        )
    return found
