"""The last builds compared: rows, documents, quarantine, requests, seconds, warnings and sizes, run by run.

The tables of schema `ops` are not made anew by a build, so they keep the figures of every run.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

import duckdb

from orderpaper.config import Paths
from orderpaper.warehouse.content import tables
from orderpaper.warehouse.snapshots import publications

RUNS = 30
"""The number of runs that are compared."""

Values = list[float | None]
"""A value for each run; None where a run has none, as when it failed before its audit."""

_NEWEST = f"FROM ops.fct_run ORDER BY started_at DESC LIMIT {RUNS}"
_RUNS = f"""
SELECT run_id, started_at, status, document_count, quarantined_count FROM ({_NEWEST}) ORDER BY started_at
"""
_ROWS = f"""
SELECT table_name, run_id, value FROM ops.fct_measurement SEMI JOIN ({_NEWEST}) USING (run_id)
WHERE measure = 'row_count' ORDER BY table_name
"""
_SECONDS = f"""
SELECT name, run_id, sum(execution_seconds) FROM ops.fct_dbt_node_result SEMI JOIN ({_NEWEST}) USING (run_id)
WHERE resource_type IN ('model', 'seed') GROUP BY ALL ORDER BY name
"""
_CHECKS = f"""
SELECT kinds.severity, run_id, count(*) FILTER (WHERE NOT is_success AND result.severity = kinds.severity)
FROM ops.fct_quality_result AS result SEMI JOIN ({_NEWEST}) USING (run_id)
CROSS JOIN (VALUES ('stop'), ('warn')) AS kinds (severity) GROUP BY ALL
"""
# A request belongs to the first build that began after it.
_REQUESTS = f"""
SELECT outcome, build.run_id, count(*)
FROM ops.fct_fetch AS request ASOF JOIN ops.fct_run AS build ON request.requested_at <= build.started_at
WHERE request.requested_at > coalesce(
    (SELECT started_at FROM ops.fct_run ORDER BY started_at DESC LIMIT 1 OFFSET {RUNS}), TIMESTAMPTZ '-infinity'
)
GROUP BY ALL ORDER BY outcome
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run of build_warehouse."""

    run_id: str
    started_at: dt.datetime
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trends:
    """The last runs, the oldest first, and for each thing that is measured a value for each of them."""

    runs: list[Run] = field(default_factory=list)
    documents: Values = field(default_factory=list)
    quarantined: Values = field(default_factory=list)
    byte_counts: Values = field(default_factory=list)
    """The size of the snapshot that the run published."""
    stops: Values = field(default_factory=list)
    warnings: Values = field(default_factory=list)
    rows: dict[str, Values] = field(default_factory=dict)
    """By mart."""
    requests: dict[str, Values] = field(default_factory=dict)
    """By outcome."""
    model_seconds: dict[str, Values] = field(default_factory=dict)
    """By model, those that took longest in the newest run first."""


def read(paths: Paths, connection: duckdb.DuckDBPyConnection) -> Trends:
    """Return the trends that a published snapshot has; none if an older version published it."""
    needed = {"fct_run", "fct_measurement", "fct_dbt_node_result", "fct_quality_result", "fct_fetch"}
    if not needed <= {*tables(connection, "ops")}:
        return Trends()
    found = connection.execute(_RUNS).fetchall()
    runs = [Run(run_id=run_id, started_at=at, status=status) for run_id, at, status, _, _ in found]

    def by_run(rows: Iterable[tuple[str, str, float]]) -> dict[str, Values]:
        """Return for each name a value for each run."""
        values: dict[str, dict[str, float]] = {}
        for name, run_id, value in rows:
            values.setdefault(name, {})[run_id] = value
        each = {name: [known.get(run.run_id) for run in runs] for name, known in values.items()}
        return {name: line for name, line in each.items() if any(value is not None for value in line)}

    def counted(query: str) -> dict[str, Values]:
        return by_run(connection.execute(query).fetchall())

    sizes = [("", line.run_id, line.byte_count) for line in publications(paths) if line.run_id and line.byte_count]
    seconds = counted(_SECONDS)
    checks = counted(_CHECKS)
    nothing: Values = [None] * len(runs)
    return Trends(
        runs=runs,
        documents=[row[3] for row in found],
        quarantined=[row[4] for row in found],
        byte_counts=by_run(sizes).get("", nothing),
        stops=checks.get("stop", nothing),
        warnings=checks.get("warn", nothing),
        rows=counted(_ROWS),
        requests=counted(_REQUESTS),
        model_seconds=dict(sorted(seconds.items(), key=lambda item: -(item[1][-1] or 0))),
    )
