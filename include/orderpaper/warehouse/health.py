"""The health of the warehouse for the Warehouse page, read from the published snapshot and the reports of runs.

Both never change once written, so the page can be shown while the next warehouse is built. The landing zone says which
documents are missing.
"""

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
from croniter import croniter  # type: ignore[import-untyped]

from orderpaper.catalogue import load_sources
from orderpaper.config import DATABASE_NAME, Paths
from orderpaper.ingest.volume import REAL
from orderpaper.landing import Landing, missing
from orderpaper.reading.dates import LONDON
from orderpaper.warehouse import objectives, trends
from orderpaper.warehouse.audit_report import AuditReport, CheckResult, read_report
from orderpaper.warehouse.content import tables
from orderpaper.warehouse.objectives import Budget, days_of
from orderpaper.warehouse.snapshots import Publication, publications
from orderpaper.warehouse.trends import Trends

FETCH_DAYS = 7
"""How many days before the last request are counted."""

_TABLES = """
WITH counted AS (
    SELECT table_name, CAST(value AS BIGINT) AS row_count, CAST(value - published_value AS BIGINT) AS change_count
    FROM ops.fct_measurement INNER JOIN ops.fct_run USING (run_id)
    WHERE measure = 'row_count' AND snapshot_id = ?
)
FROM counted ORDER BY table_name
"""
_SOURCES = """
SELECT
    freshness.source, min(as_of_on) AS as_of_on, min(expected_until_on) AS expected_until_on,
    coalesce(max(lag_days), 0) AS lag_days,
    any_value(coalesce(last_answered_at, last_loaded_at)) AS last_read_at,
    any_value(document_count) AS document_count,
    any_value(quarantined_document_count) AS quarantined_document_count
FROM ops.fct_source_freshness AS freshness
LEFT JOIN ops.fct_as_of AS as_of ON freshness.source = as_of.source AND as_of.is_current
GROUP BY freshness.source ORDER BY freshness.source
"""
_QUARANTINE = """
SELECT source, stage, reason, count(DISTINCT document_id) AS document_count, count(row_address) AS row_count,
    any_value(document_id) AS example_document_id
FROM ops.fct_quarantine WHERE NOT is_resolved GROUP BY ALL ORDER BY document_count DESC, source, reason LIMIT 50
"""
_FETCHES = f"""
SELECT source, outcome, count(*) AS request_count, max(requested_at) AS last_at
FROM ops.fct_fetch
WHERE requested_at > (SELECT max(requested_at) FROM ops.fct_fetch) - INTERVAL {FETCH_DAYS} DAY
GROUP BY ALL ORDER BY source, request_count DESC
"""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """How far a source has been read, compared with its schedule and the sitting calendar."""

    source: str
    title: str
    schedule: str
    as_of_on: dt.date | None
    """The day up to which it is complete, in the House that is further behind."""
    last_read_at: dt.datetime | None
    """When it was last read with success."""
    document_count: int
    quarantined_count: int
    lag_days: int
    """Days of its calendar after `as_of_on`, up to yesterday in the realm `live`: those that `ops.fct_as_of` counts,
    and those since it was built, of which every weekday may be a sitting day. A replay or a simulated Parliament ends
    on a day of its own."""
    calendar: str
    """The days that count: sitting days, weekdays or days."""
    is_late: bool
    """It lags by more days than it may, or was not read for a whole period of its schedule. The inbox is never
    late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """The content of the page; parts that do not exist yet are None or empty."""

    snapshot: Path | None = None
    published_at: dt.datetime | None = None
    publication: Publication | None = None
    """How the snapshot came to be in force; None if the log does not say."""
    byte_count: int = 0
    report: AuditReport | None = None
    failures: list[CheckResult] = field(default_factory=list)
    sources: list[SourceHealth] = field(default_factory=list)
    tables: list[Row] = field(default_factory=list)
    quarantine: list[Row] = field(default_factory=list)
    fetches: list[Row] = field(default_factory=list)
    missing: list[Row] = field(default_factory=list)
    """Documents that a site lists and does not give."""
    trends: Trends = field(default_factory=Trends)
    budgets: list[Budget] = field(default_factory=list)
    """The promises for the builds and for each source, and how often they were missed."""
    waiting_since: dt.datetime | None = None
    """When the oldest records arrived that readers do not see yet; None if they see all."""


def read(paths: Paths, now: dt.datetime) -> Health:
    """Return the health of a realm at the moment `now`."""
    report = last_audit(paths)
    failures = [*report.stops, *report.warnings] if report else []
    database = paths.current.resolve() / DATABASE_NAME
    if not database.exists():
        return Health(report=report, failures=failures, missing=_missing(paths))
    with duckdb.connect(database, read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        present = set(tables(connection, "ops"))

        def rows(needed: str, query: str, *values: object) -> list[Row]:
            """Return the rows of a query, or none if an older version published no such table."""
            if needed not in present:
                return []
            found = connection.execute(query, values)
            names = [column[0] for column in found.description or ()]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

        return Health(
            snapshot=database.parent,
            published_at=dt.datetime.fromtimestamp(paths.current.lstat().st_mtime, dt.UTC),
            publication=_publication(paths, database.parent.name),
            byte_count=database.stat().st_size,
            report=report,
            failures=failures,
            sources=_sources(rows("fct_error_budget", _SOURCES), now, expected_until(paths, now)),
            tables=rows("fct_measurement", _TABLES, database.parent.name),
            quarantine=rows("fct_quarantine", _QUARANTINE),
            fetches=rows("fct_fetch", _FETCHES),
            missing=_missing(paths),
            trends=trends.read(paths, connection),
            budgets=objectives.read(paths, connection, now, expected_until(paths, now)),
            waiting_since=objectives.waiting_since(paths, connection),
        )


def expected_until(paths: Paths, now: dt.datetime) -> dt.date | None:
    """Return the day up to which sources should be complete: yesterday, or None in a realm that has days of its own.

    Parliament's days are those of the United Kingdom.
    """
    return now.astimezone(LONDON).date() - dt.timedelta(1) if paths.realm == REAL else None


def last_audit(paths: Paths) -> AuditReport | None:
    """Return the report of the last audit, whether its run was published or not."""
    reports = (read_report(paths, folder.name) for folder in paths.runs.glob("*"))
    return max((report for report in reports if report), key=lambda report: report.audited_at, default=None)


def _publication(paths: Paths, snapshot_id: str) -> Publication | None:
    """Return the last publication of the log, if it is that of the snapshot in force."""
    log = publications(paths)
    return log[-1] if log and log[-1].snapshot_id == snapshot_id else None


def _missing(paths: Paths) -> list[Row]:
    return [
        {"source": source, "name": each.name, "day_on": each.day, "reason": each.reason, "since_on": each.since}
        for source, absent in missing.read_all(Landing(paths.landing)).items()
        for each in absent
    ]


def _sources(rows: list[Row], now: dt.datetime, expected_on: dt.date | None) -> list[SourceHealth]:
    """Return the sources that are enabled or have been read."""
    facts = load_sources()
    found = []
    for row in rows:
        source = facts.get(row["source"])
        if source is None or not (source.is_enabled or row["last_read_at"]):
            continue
        ticks = croniter(source.schedule, now)
        due_at = [ticks.get_prev(dt.datetime) for _ in range(2)][-1]  # the run of the last tick may still be going on
        read_at = row["last_read_at"]
        lag = row["lag_days"] + days_of(source.freshness.calendar, row["expected_until_on"], expected_on)
        is_overdue = read_at is None or read_at < due_at
        found.append(
            SourceHealth(
                source=source.name,
                title=source.title,
                schedule=source.schedule,
                as_of_on=row["as_of_on"],
                last_read_at=read_at,
                document_count=row["document_count"],
                quarantined_count=row["quarantined_document_count"],
                lag_days=lag,
                calendar=source.freshness.calendar,
                is_late=source.connection_id is not None and (lag > source.freshness.max_lag_days or is_overdue),
            )
        )
    return found
