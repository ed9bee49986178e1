"""The first page: how the pipeline is, what Airflow does, what is published, the audit, the sources, and the trends."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from orderpaper.config import Paths, build_id
from orderpaper.run import alerts, status
from orderpaper.run.airflow_state import DagState, TaskSeconds
from orderpaper.warehouse import builds, health, objectives
from orderpaper.warehouse.builds import Build, Outcome
from orderpaper.warehouse.health import Health
from orderpaper.warehouse.trends import Trends, Values
from warehouse_pages import airflow_tables, charts, render, tables
from warehouse_pages.tables import Column, Link, Table, Tag

LEVELS = {Outcome.PUBLISHED: "good", Outcome.REFUSED: "bad", Outcome.FAILED: "bad"}
OUTCOMES = {"fetched": "s5", "not_modified": "s1", "redirected": "s4"}
"""The colours of the outcomes of a request that are no failure."""
MODELS_SHOWN = 15


def page(paths: Paths, dags: list[DagState], tasks: list[TaskSeconds], runs: list[str], sort: str) -> str:
    """Return the page as HTML.

    Args:
        paths: the realm.
        dags: what Airflow does now.
        tasks: how long the tasks took in the last runs.
        runs: the ids of the runs of build_warehouse that Airflow knows.
        sort: the table that is sorted, and how.
    """
    now = dt.datetime.now(dt.UTC)
    found = status.read(paths, now)
    made = builds.read_all(paths)
    shown = [
        airflow_tables.of_dags(dags),
        airflow_tables.of_backfills(dags),
        _builds(made, {build_id(run): run for run in runs}),
        _objectives(found.health),
        _sources(found.health),
        _quarantine(found.health),
        _missing(found.health),
        _requests(found.health),
        airflow_tables.of_tasks(tasks),
        _models(found.health.trends),
        _rows(found.health),
    ]
    return render.render(
        "warehouse.html.jinja",
        now,
        status=found,
        health=found.health,
        readers_see=status.readers_see(found.health, now),
        anchor=alerts.anchor,
        tables={table.id: table.sorted(sort) for table in shown},
        charts=list(_charts(found.health.trends)),
        fetch_days=health.FETCH_DAYS,
        airflow_run=render.airflow_run,
    )


def _builds(made: list[Build], airflow_runs: dict[str, str]) -> Table:
    columns = [
        Column("run", "build"),
        Column("outcome", "outcome"),
        Column("began_at", "dbt began"),
        Column("seconds", "dbt took", "s"),
        Column("rows", "rows of marts"),
        Column("stops", "checks that stop"),
        Column("warnings", "warnings"),
        Column("airflow", "in Airflow"),
    ]
    rows = []
    for build in made:
        run = airflow_runs.get(build.run_id)
        outcome = f"{build.outcome}, readers see it" if build.is_current else str(build.outcome)
        rows.append(
            {
                "run": Link(build.run_id, f"{render.HOME}/builds/{render.path(build.run_id)}"),
                "outcome": Tag(outcome, LEVELS.get(build.outcome, "neutral")),
                "began_at": build.began_at,
                "seconds": round(build.seconds),
                "rows": build.row_count,
                "stops": len(build.report.stops) if build.report else None,
                "warnings": len(build.report.warnings) if build.report else None,
                "airflow": run and Link("run", render.airflow_run("build_warehouse", run), is_airflow=True),
            }
        )
    return Table(id="builds", columns=columns, rows=rows, empty="Nothing has been built yet.")


def _objectives(found: Health) -> Table:
    columns = [
        Column("title", "objective"),
        Column("promise", "promise"),
        Column("state", "error budget"),
        Column("missed", "missed"),
        Column("allowed", "may be missed"),
        Column("measured", "measured"),
        Column("history", f"last {objectives.DAYS} days", can_sort=False),
    ]
    rows = [
        {
            "title": tables.source(budget.source, budget.title) if budget.source else budget.title,
            "promise": budget.promise,
            "state": Tag("spent", "warning") if budget.is_spent else Tag("kept", "good"),
            "missed": budget.missed_count,
            "allowed": budget.allowed_count,
            "measured": f"{len(budget.history)} {budget.unit}{'' if len(budget.history) == 1 else 's'}",
            "history": charts.strip(budget.history, f"{budget.title}: {budget.promise}"),
        }
        for budget in found.budgets
    ]
    return Table(id="objectives-table", columns=columns, rows=rows, empty="No objective has been measured yet.")


def _sources(found: Health) -> Table:
    columns = [
        Column("state", "state"),
        Column("source", "source"),
        Column("schedule", "schedule, in UTC"),
        Column("last_read_at", "last read"),
        Column("as_of_on", "complete up to"),
        Column("lag", "behind", "days"),
        Column("calendar", "days that count"),
        Column("documents", "documents"),
        Column("quarantined", "in quarantine"),
    ]
    rows = [
        {
            "state": Tag("late", "warning") if source.is_late else Tag("up to date", "good"),
            "source": tables.source(source.source, source.title),
            "schedule": source.schedule,
            "last_read_at": source.last_read_at,
            "as_of_on": source.as_of_on,
            "lag": source.lag_days,
            "calendar": source.calendar,
            "documents": source.document_count,
            "quarantined": source.quarantined_count,
        }
        for source in found.sources
    ]
    return Table(id="sources-table", columns=columns, rows=rows, empty="No source has been read yet.")


def _quarantine(found: Health) -> Table:
    columns = [
        Column("source", "source"),
        Column("stage", "stage"),
        Column("reason", "reason"),
        Column("document_count", "documents"),
        Column("row_count", "rows"),
        Column("example_document_id", "an example"),
    ]
    rows = [
        row
        | {
            "source": tables.source(row["source"]),
            "example_document_id": tables.document(row["example_document_id"]),
        }
        for row in found.quarantine
    ]
    return Table(id="quarantine-table", columns=columns, rows=rows, empty="Nothing is in quarantine.")


def _missing(found: Health) -> Table:
    columns = [
        Column("source", "source"),
        Column("day_on", "day"),
        Column("name", "document"),
        Column("since_on", "missing since"),
        Column("reason", "answer"),
    ]
    rows = [row | {"source": tables.source(row["source"])} for row in found.missing]
    return Table(id="missing-table", columns=columns, rows=rows, empty="No document is missing.")


def _requests(found: Health) -> Table:
    columns = [
        Column("source", "source"),
        Column("outcome", "outcome"),
        Column("request_count", "requests"),
        Column("last_at", "latest request"),
    ]
    rows = [
        row
        | {
            "source": tables.source(row["source"]),
            "outcome": Tag(row["outcome"], "neutral" if row["outcome"] in OUTCOMES else "warning"),
        }
        for row in found.fetches
    ]
    return Table(id="requests-table", columns=columns, rows=rows, empty="No request was made.")


def _rows(found: Health) -> Table:
    columns = [
        Column("table_name", "table"),
        Column("row_count", "rows"),
        Column("change_count", "change"),
        Column("trend", "last runs", can_sort=False),
    ]
    labels = _labels(found.trends)
    rows = [
        row
        | {
            "table_name": Link(row["table_name"], f"{render.HOME}/data-docs/{row['table_name']}.html"),
            "trend": charts.line(line, labels, render.number, f"Rows of {row['table_name']} in the last runs")
            if (line := found.trends.rows.get(row["table_name"]))
            else None,
        }
        for row in found.tables
    ]
    return Table(id="rows-table", columns=columns, rows=rows, empty="The rows have not been counted yet.")


def _models(found: Trends) -> Table:
    columns = [
        Column("model", "model"),
        Column("last", "last", "s"),
        Column("longest", "longest", "s"),
        Column("trend", "last runs", can_sort=False),
    ]
    labels = _labels(found)
    rows = [
        {
            "model": name,
            "last": line[-1],
            "longest": max(value for value in line if value is not None),
            "trend": charts.line(line, labels, render.seconds, f"Seconds of {name} in the last runs"),
        }
        for name, line in list(found.model_seconds.items())[:MODELS_SHOWN]
    ]
    return Table(id="models-table", columns=columns, rows=rows, empty="No model has been timed yet.")


def _labels(found: Trends) -> list[str]:
    return [render.stamp(run.started_at) for run in found.runs]


def _charts(found: Trends) -> list[dict[str, Any]]:
    """Return the charts of what is counted over all: its title, newest value and table too."""
    if not found.runs:
        return []
    failures = [name for name in found.requests if name not in OUTCOMES]
    requests = {name: (OUTCOMES[name], found.requests[name]) for name in OUTCOMES if name in found.requests}
    requests |= {name: (("s2", "s3")[index % 2], found.requests[name]) for index, name in enumerate(failures)}
    return [
        _chart("documents", "Documents", {"documents": ("s0", found.documents)}, render.number, found),
        _chart(
            "quarantined", "Documents in quarantine", {"documents": ("s2", found.quarantined)}, render.number, found
        ),
        _chart("requests", "Requests by outcome", requests, render.number, found),
        _chart(
            "findings",
            "Checks that do not hold",
            {"warnings": ("s2", found.warnings), "stops": ("s3", found.stops)},
            render.number,
            found,
        ),
        _chart("sizes", "Size of the snapshot", {"size": ("s4", found.byte_counts)}, render.megabytes, found),
        _chart("all-rows", "Rows of all marts", {"rows": ("s0", _totals(found))}, render.number, found),
    ]


def _totals(found: Trends) -> Values:
    columns = zip(*found.rows.values(), strict=True)
    return [sum(known) if (known := [value for value in column if value is not None]) else None for column in columns]


def _chart(
    name: str, title: str, series: dict[str, tuple[str, Values]], form: Callable[[float], str], found: Trends
) -> dict[str, Any]:
    labels = _labels(found)
    newest = [values[-1] for _, values in series.values() if values and values[-1] is not None]
    rows = [
        {"run": f"{run.started_at:%Y-%m-%d %H:%M} UTC"}
        | {
            key: None if not values or values[index] is None else form(values[index])
            for key, (_, values) in series.items()
        }
        for index, run in enumerate(found.runs)
    ]
    columns = [Column("run", "run began", can_sort=False), *(Column(key, key, can_sort=False) for key in series)]
    return {
        "title": title,
        "figure": charts.columns(series, labels, form, f"{title} in the last {len(labels)} runs"),
        "latest": form(sum(newest)) if newest else "",
        "table": Table(id=f"{name}-values", columns=columns, rows=rows[::-1]),
    }
