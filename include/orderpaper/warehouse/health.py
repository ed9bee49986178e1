"""How the warehouse is, as the engineer's page shows it: read from the published snapshot and the runs' reports.

Both are never written to once they are there, so all of this may be read while the next warehouse is being built.
"""

import datetime as dt
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
from croniter import croniter  # type: ignore[import-untyped]

from orderpaper.catalogue import load_sources
from orderpaper.config import DATABASE_NAME, Paths
from orderpaper.warehouse.audit_report import AuditReport, CheckResult, read_report
from orderpaper.warehouse.content import tables

FETCH_DAYS = 7
"""Days whose requests are counted, back from the last request."""

_TABLES = """
WITH counted AS (
    SELECT table_name, CAST(value AS BIGINT) AS row_count, CAST(value - published_value AS BIGINT) AS change_count
    FROM ops.fct_measurement INNER JOIN ops.fct_run USING (run_id)
    WHERE measure = 'row_count' AND snapshot_id = ?
)
FROM counted ORDER BY table_name
"""
_SOURCES = """
WITH newest AS (SELECT max(last_interval_end_on) AS newest_on FROM ops.fct_source_freshness)
SELECT
    freshness.source, last_interval_end_on, coalesce(last_requested_at, last_loaded_at) AS last_read_at,
    document_count, quarantined_document_count, count(day.date_on) AS lag_sitting_days
FROM ops.fct_source_freshness AS freshness CROSS JOIN newest
LEFT JOIN marts.dim_date AS day
    ON day.is_sitting_day AND day.date_on > last_interval_end_on AND day.date_on <= newest_on
GROUP BY ALL ORDER BY freshness.source
"""
_QUARANTINE = """
SELECT source, stage, reason, count(*) AS document_count, any_value(document_id) AS example_document_id
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
    """How far a source has been read, against its schedule and the sitting calendar."""

    source: str
    title: str
    schedule: str
    last_interval_end_on: dt.date | None
    last_read_at: dt.datetime | None
    document_count: int
    quarantined_count: int
    lag_sitting_days: int
    """Sitting days between its newest interval and that of the source that was read furthest."""
    is_late: bool
    """It lags by more sitting days than it may, or a whole period of its schedule passed without a reading. A folder
    that people drop files in is never late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A check that did not hold, with some of the rows that break it."""

    result: CheckResult
    rows: list[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """Everything on the page; what is not there yet is None or empty."""

    snapshot: Path | None = None
    published_at: dt.datetime | None = None
    byte_count: int = 0
    report: AuditReport | None = None
    failures: list[Failure] = field(default_factory=list)
    sources: list[SourceHealth] = field(default_factory=list)
    tables: list[Row] = field(default_factory=list)
    quarantine: list[Row] = field(default_factory=list)
    fetches: list[Row] = field(default_factory=list)


def read(paths: Paths, now: dt.datetime) -> Health:
    """The health of a realm at the moment `now`."""
    report = last_audit(paths)
    failed = [*report.stops, *report.warnings] if report else []
    failures = [Failure(result=result, rows=json.loads(result.sample)) for result in failed]
    database = paths.current.resolve() / DATABASE_NAME
    if not database.exists():
        return Health(report=report, failures=failures)
    with duckdb.connect(database, read_only=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        present = set(tables(connection, "ops"))

        def rows(needed: str, query: str, *values: object) -> list[Row]:
            """The rows of a query; none where an older version has published without the table."""
            if needed not in present:
                return []
            found = connection.execute(query, values)
            names = [column[0] for column in found.description or ()]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

        return Health(
            snapshot=database.parent,
            published_at=dt.datetime.fromtimestamp(paths.current.lstat().st_mtime, dt.UTC),
            byte_count=database.stat().st_size,
            report=report,
            failures=failures,
            sources=_sources(rows("fct_source_freshness", _SOURCES), now),
            tables=rows("fct_measurement", _TABLES, database.parent.name),
            quarantine=rows("fct_quarantine", _QUARANTINE),
            fetches=rows("fct_fetch", _FETCHES),
        )


def last_audit(paths: Paths) -> AuditReport | None:
    """The report of the run that was audited last, published or not."""
    reports = (read_report(paths, folder.name) for folder in paths.runs.glob("*"))
    return max((report for report in reports if report), key=lambda report: report.audited_at, default=None)


def _sources(rows: list[Row], now: dt.datetime) -> list[SourceHealth]:
    """Sources that are enabled or have been read."""
    facts = load_sources()
    found = []
    for row in rows:
        source = facts.get(row["source"])
        if source is None or not (source.is_enabled or row["last_interval_end_on"]):
            continue
        ticks = croniter(source.schedule, now)
        due_at = [ticks.get_prev(dt.datetime) for _ in range(2)][-1]  # the run of the last tick may not be over yet
        read_at = row["last_read_at"]
        is_behind = row["lag_sitting_days"] > source.max_lag_sitting_days
        is_overdue = read_at is None or read_at < due_at
        found.append(
            SourceHealth(
                source=source.name,
                title=source.title,
                schedule=source.schedule,
                last_interval_end_on=row["last_interval_end_on"],
                last_read_at=read_at,
                document_count=row["document_count"],
                quarantined_count=row["quarantined_document_count"],
                lag_sitting_days=row["lag_sitting_days"],
                is_late=source.connection_id is not None and (is_behind or is_overdue),
            )
        )
    return found
