"""The promises to readers, how fresh each source is and how soon news is published, and how often they were missed.

`ops.fct_error_budget` counts the days of each source up to its newest build. The days since then, and the builds, are
counted here from the clock.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

import duckdb

from orderpaper.catalogue import Source, load_sources
from orderpaper.config import Paths
from orderpaper.ingest import batches
from orderpaper.warehouse import builds
from orderpaper.warehouse.builds import Outcome
from orderpaper.warehouse.content import tables

DAYS = 30
BUILD_DEADLINE = dt.timedelta(hours=2)
"""Within this time of their arrival, new records are published."""
BUILDS_ALLOWED = 3
"""The number of builds of the last 30 days that may fail, be refused or take longer."""

_BUDGETS = """
SELECT budget.source, measured_on, coalesce(max(lag_days), 0), min(expected_until_on)
FROM ops.fct_error_budget AS budget
LEFT JOIN ops.fct_as_of AS as_of ON budget.source = as_of.source AND as_of.is_current
GROUP BY ALL ORDER BY budget.source
"""
_DAYS = """
SELECT source, measured_on, bool_and(is_met) FROM ops.fct_freshness GROUP BY ALL ORDER BY source, measured_on
"""
_RUNS = """
SELECT run_id, started_at, status = 'published' AND finished_at - started_at <= ?
FROM ops.fct_run WHERE started_at > ? ORDER BY started_at
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """A promise, and how often it was missed in the last 30 days."""

    source: str | None
    """The source; None for the builds."""
    title: str
    promise: str
    unit: str
    """The unit that is counted: day or build."""
    history: list[tuple[str, bool]] = field(default_factory=list)
    """Each day or build, the oldest first, and whether the promise was kept."""
    allowed_count: int

    @property
    def missed_count(self) -> int:
        """Return how often the promise was missed."""
        return sum(not is_met for _, is_met in self.history)

    @property
    def is_spent(self) -> bool:
        """Return whether it was missed more often than is allowed."""
        return self.missed_count > self.allowed_count


def read(
    paths: Paths, connection: duckdb.DuckDBPyConnection, now: dt.datetime, expected_on: dt.date | None
) -> list[Budget]:
    """Return the promises of the published snapshot's realm; none if an older version published it.

    Args:
        paths: the realm.
        connection: the published snapshot.
        now: the moment up to which is counted.
        expected_on: the day up to which sources should be complete; None in a realm that has days of its own.
    """
    if not {"fct_error_budget", "fct_freshness", "fct_run"} <= {*tables(connection, "ops")}:
        return []
    return [_builds(paths, connection, now), *_sources(connection, expected_on)]


def waiting_since(paths: Paths, connection: duckdb.DuckDBPyConnection) -> dt.datetime | None:
    """Return when the oldest batch arrived that readers do not see yet; None if there is none."""
    if "fct_source_freshness" not in tables(connection, "ops"):
        return None
    (loaded_at,) = connection.execute("SELECT max(last_loaded_at) FROM ops.fct_source_freshness").fetchone() or (None,)
    if loaded_at is None:
        return None
    return min((moment for moment in batches.arrived_at(paths) if moment > loaded_at), default=None)


def days_of(calendar: str, after: dt.date | None, until: dt.date | None) -> int:
    """Return the number of days of a calendar after one day, up to and including another.

    Nothing is known of them, so every weekday may be a sitting day.
    """
    if after is None or until is None:
        return 0
    days = (after + dt.timedelta(number) for number in range(1, (until - after).days + 1))
    return sum(calendar == "days" or day.isoweekday() < 6 for day in days)  # Saturday


def _sources(connection: duckdb.DuckDBPyConnection, expected_on: dt.date | None) -> Iterator[Budget]:
    facts = load_sources()
    measured: dict[str, list[tuple[str, bool]]] = {}
    for name, day, is_met in connection.execute(_DAYS).fetchall():
        measured.setdefault(name, []).append((f"{day}", is_met))
    for name, measured_on, lag_days, complete_on in connection.execute(_BUDGETS).fetchall():
        if name not in facts:
            continue
        source = facts[name]
        since = _days_since(source, measured_on, lag_days, complete_on, expected_on)
        yield Budget(
            source=name,
            title=source.title,
            promise=source.freshness.promise,
            unit="day",
            history=[*measured.get(name, []), *since][-DAYS:],
            allowed_count=source.freshness.allowed_missed_days,
        )


def _days_since(
    source: Source, measured_on: dt.date, lag_days: int, complete_on: dt.date, expected_on: dt.date | None
) -> Iterator[tuple[str, bool]]:
    """Yield the days after the last one that was measured, up to the last that is over."""
    if expected_on is None:
        return
    for number in range(1, (expected_on - measured_on).days + 1):
        day = measured_on + dt.timedelta(number)
        lag = lag_days + days_of(source.freshness.calendar, complete_on, day - dt.timedelta(1))
        yield f"{day}", lag <= source.freshness.max_lag_days


def _builds(paths: Paths, connection: duckdb.DuckDBPyConnection, now: dt.datetime) -> Budget:
    """Return the promise of the builds; those that failed or were refused since the last publication count too."""
    since = now - dt.timedelta(DAYS)
    found = connection.execute(_RUNS, [BUILD_DEADLINE, since]).fetchall()
    runs = {run_id: (at, bool(is_met)) for run_id, at, is_met in found}
    for build in builds.read_all(paths):
        if build.began_at > since and build.outcome in (Outcome.FAILED, Outcome.REFUSED):
            runs[build.run_id] = (build.began_at, False)
    hours = BUILD_DEADLINE.total_seconds() / 3600
    return Budget(
        source=None,
        title="Builds",
        promise=f"news is published within {hours:.0f} hours",
        unit="build",
        history=[(f"{at:%Y-%m-%d %H:%M} UTC", is_met) for at, is_met in sorted(runs.values())],
        allowed_count=BUILDS_ALLOWED,
    )
