"""The page of a source: its days as a calendar, and what was refused, failed, missing or unknown."""

import datetime as dt

from orderpaper.catalogue import Source
from orderpaper.config import Paths
from orderpaper.run.airflow_state import DagState
from orderpaper.warehouse import health, source_health
from orderpaper.warehouse.source_health import Day, Row, SourceDetail, State
from warehouse_pages import charts, render, tables
from warehouse_pages.tables import Column, Table, Tag

STATES = {
    State.FETCHED: "d-fetched",
    State.INCOMPLETE: "d-incomplete",
    State.MISSING: "d-missing",
    State.QUIET: "d-quiet",
    State.BEFORE: "d-before",
}


def page(paths: Paths, source: Source, dags: list[DagState], *, token: str, sort: str, started: str | None) -> str:
    """Return the page of a source as HTML.

    Args:
        paths: the realm.
        source: the source.
        dags: what Airflow does now.
        token: what the form sends, so that no other site can send it.
        sort: the table that is sorted, and how.
        started: the run of the DAG `requeue` that the form has just started.
    """
    now = dt.datetime.now(dt.UTC)
    found = health.read(paths, now)
    missing = [row for row in found.missing if row["source"] == source.name]
    detail = source_health.read(paths, source.name, {row["day_on"] for row in missing})
    shown = [
        _stretches(detail),
        _quarantine(detail.quarantine),
        _failures(detail.failures),
        _drift(detail),
        _missing(missing),
    ]
    return render.render(
        "source.html.jinja",
        now,
        source=source,
        health=next((each for each in found.sources if each.source == source.name), None),
        dag=next((dag for dag in dags if dag.dag_id == f"ingest_{source.name}"), None),
        detail=detail,
        budget=next((each for each in found.budgets if each.source == source.name), None),
        calendars={
            house: charts.calendar(_cells(house, days), f"Days of {house or source.title}")
            for house, days in detail.calendars.items()
        },
        states={state: css for state, css in STATES.items() if state != State.BEFORE},
        tables={table.id: table.sorted(sort) for table in shown},
        token=token,
        started=started and (started, render.airflow_run("requeue", started)),
    )


def _cells(house: str, days: list[Day]) -> list[charts.Cell]:
    """Return each day with its colour and a hint in words."""
    subject = f"the {house}" if house else "a House"
    sat = {True: f"; {subject} sat", False: f"; {subject} did not sit", None: ""}
    return [
        charts.Cell(
            day.date_on,
            STATES[day.state] + (" d-sat" if day.is_sitting_day else ""),
            f"{day.date_on:%a %d %B %Y}: {day.state}{sat[day.is_sitting_day]}",
        )
        for day in days
    ]


def _stretches(detail: SourceDetail) -> Table:
    columns = [
        Column("house", "House"),
        Column("complete_from_on", "fetched whole from"),
        Column("as_of_on", "up to"),
        Column("is_current", "current"),
    ]
    return Table(id="stretches", columns=columns, rows=detail.stretches, empty="No day was fetched whole.")


def _quarantine(rows: list[Row]) -> Table:
    columns = [
        Column("last_seen_at", "last refused"),
        Column("reason", "reason"),
        Column("row_address", "where in the document"),
        Column("excerpt", "its text"),
        Column("document_id", "download"),
        Column("url", "address of the document"),
        Column("stage", "stage"),
    ]
    shown = [
        row
        | {
            "row_address": row["row_address"] or "the whole document",
            "document_id": tables.document(row["document_id"]),
        }
        for row in rows
    ]
    return Table(id="quarantine-table", columns=columns, rows=shown, empty="Nothing is in quarantine.")


def _failures(rows: list[Row]) -> Table:
    columns = [
        Column("requested_at", "requested"),
        Column("outcome", "outcome"),
        Column("status_code", "status"),
        Column("url", "address"),
        Column("error_text", "error"),
        Column("attempt", "attempt"),
        Column("run", "run"),
    ]
    shown = [row | {"outcome": Tag(row["outcome"], "warning"), "run": row["run_id"]} for row in rows]
    return Table(id="failures-table", columns=columns, rows=shown, empty="No request has failed.")


def _drift(detail: SourceDetail) -> Table:
    columns = [
        Column("field_path", "field"),
        Column("example", "an example"),
        Column("document_count", "documents"),
    ]
    return Table(id="drift-table", columns=columns, rows=detail.drift, empty="Every field is known.")


def _missing(rows: list[Row]) -> Table:
    columns = [
        Column("day_on", "day"),
        Column("name", "document"),
        Column("since_on", "missing since"),
        Column("reason", "answer of the site"),
    ]
    return Table(id="missing-table", columns=columns, rows=rows, empty="No document is missing.")
