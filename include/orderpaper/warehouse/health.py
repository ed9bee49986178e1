"""The health of the warehouse for the Warehouse page, read from the published snapshot and the reports of runs.

Both never change once written, so the page can be shown while the next warehouse is built. The landing zone says which
documents are missing.
"""

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
from croniter import croniter  # type: ignore[import-untyped]

from orderpaper.catalogue import load_sources
from orderpaper.config import DATABASE_NAME, Paths
from orderpaper.landing import Landing, missing
from orderpaper.warehouse.audit_report import AuditReport, CheckResult, read_report
from orderpaper.warehouse.content import tables
from orderpaper.warehouse.snapshots import Publication, publications

LONDON = ZoneInfo("Europe/London")
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
WITH bounds AS (
    SELECT
        min(last_interval_end_on) AS oldest_on,
        coalesce(CAST(? AS DATE), max(last_interval_end_on)) AS expected_on
    FROM ops.fct_source_freshness
),
days AS (
    SELECT CAST(unnest(generate_series(oldest_on, expected_on, INTERVAL 1 DAY)) AS DATE) AS date_on FROM bounds
),
possible AS (
    SELECT days.date_on FROM days LEFT JOIN marts.dim_date AS day ON days.date_on = day.date_on
    WHERE coalesce(day.is_sitting_day, isodow(days.date_on) < 6)
)
SELECT
    freshness.source, last_interval_end_on, coalesce(last_requested_at, last_loaded_at) AS last_read_at,
    document_count, quarantined_document_count, count(possible.date_on) AS lag_sitting_days
FROM ops.fct_source_freshness AS freshness
LEFT JOIN possible ON possible.date_on > last_interval_end_on
GROUP BY ALL ORDER BY freshness.source
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
    last_interval_end_on: dt.date | None
    last_read_at: dt.datetime | None
    document_count: int
    quarantined_count: int
    lag_sitting_days: int
    """Sitting days after the end of its newest interval, up to yesterday. In a replay or a simulated Parliament, which
    ends on a day of its own, up to the newest interval of any source. A weekday of which nothing is known counts."""
    is_late: bool
    """It lags by more sitting days than it may, or was not read for a whole period of its schedule. The inbox is never
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


def read(paths: Paths, now: dt.datetime) -> Health:
    """Return the health of a realm at the moment `now`."""
    report = last_audit(paths)
    failures = [*report.stops, *report.warnings] if report else []
    database = paths.current.resolve() / DATABASE_NAME
    if not database.exists():
        return Health(report=report, failures=failures, missing=_missing(paths))
    # Parliament's days are those of the United Kingdom.
    expected_on = now.astimezone(LONDON).date() - dt.timedelta(1) if paths.realm == "live" else None
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
            sources=_sources(rows("fct_source_freshness", _SOURCES, expected_on), now),
            tables=rows("fct_measurement", _TABLES, database.parent.name),
            quarantine=rows("fct_quarantine", _QUARANTINE),
            fetches=rows("fct_fetch", _FETCHES),
            missing=_missing(paths),
        )


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


def _sources(rows: list[Row], now: dt.datetime) -> list[SourceHealth]:
    """Return the sources that are enabled or have been read."""
    facts = load_sources()
    found = []
    for row in rows:
        source = facts.get(row["source"])
        if source is None or not (source.is_enabled or row["last_interval_end_on"]):
            continue
        ticks = croniter(source.schedule, now)
        due_at = [ticks.get_prev(dt.datetime) for _ in range(2)][-1]  # the run of the last tick may still be going on
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
