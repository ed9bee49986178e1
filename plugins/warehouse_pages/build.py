"""The page of a build: what dbt did, what the audit found, and how its rows differ from those of the build before."""

import datetime as dt

from orderpaper.config import Paths, build_id
from orderpaper.warehouse import builds
from orderpaper.warehouse.builds import Build, Node
from warehouse_pages import differences, render
from warehouse_pages.overview import LEVELS
from warehouse_pages.tables import Column, Link, Table, Tag

NODES = {"success": "good", "pass": "good", "warn": "warning", "skipped": "neutral"}


def page(paths: Paths, run_id: str, runs: list[str], sort: str) -> str | None:
    """Return the page of a build as HTML, or None if there is none of that id.

    Args:
        paths: the realm.
        run_id: the name of the build's folder.
        runs: the ids of the runs of build_warehouse that Airflow knows.
        sort: the table that is sorted, and how.
    """
    made = builds.read_all(paths)
    position = next((number for number, build in enumerate(made) if build.run_id == run_id), None)
    if position is None:
        return None
    build, earlier = made[position], made[position + 1 :]
    before = next((other for other in earlier if other.row_count is not None), None)
    airflow = next((run for run in runs if build_id(run) == run_id), None)
    has_docs = (paths.runs / run_id / "data_docs" / "index.html").exists()
    differing = differences.read(paths, build, earlier)
    tables = [_failed(build), _changes(build, before, has_docs=has_docs), differing.counts, _models(build)]
    return render.render(
        "build.html.jinja",
        dt.datetime.now(dt.UTC),
        build=build,
        before=before,
        differing=differing,
        level=LEVELS.get(build.outcome, "neutral"),
        airflow=airflow and render.airflow_run("build_warehouse", airflow),
        has_docs=has_docs,
        model_count=sum(node.resource_type == "model" for node in build.nodes),
        test_count=sum(node.resource_type == "test" for node in build.nodes),
        passed_count=sum(node.status == "pass" for node in build.nodes),
        tables={table.id: table.sorted(sort) for table in tables},
    )


def _failed(build: Build) -> Table:
    columns = [
        Column("name", "node"),
        Column("kind", "kind"),
        Column("status", "status"),
        Column("failures", "failing rows"),
        Column("message", "message"),
    ]
    rows = [
        {
            "name": node.name,
            "kind": node.resource_type,
            "status": _status(node),
            "failures": node.failures,
            "message": node.message,
        }
        for node in build.nodes
        if node.status not in ("success", "pass")
    ]
    return Table(id="failed", columns=columns, rows=rows, empty="Every model was built, and every test passed.")


def _changes(build: Build, before: Build | None, *, has_docs: bool) -> Table:
    columns = [
        Column("table", "table"),
        Column("rows", "rows"),
        Column("before", "rows before"),
        Column("change", "change"),
    ]
    docs = f"{render.HOME}/builds/{render.path(build.run_id)}/data-docs"
    rows = [
        {
            "table": Link(table, f"{docs}/{table}.html") if has_docs else table,
            "rows": after,
            "before": earlier,
            "change": after - earlier if after is not None and earlier is not None else None,
        }
        for table, after, earlier in builds.changes(build, before)
    ]
    return Table(id="changes", columns=columns, rows=rows, empty="Rows were not counted, because nothing was audited.")


def _models(build: Build) -> Table:
    columns = [
        Column("name", "model"),
        Column("kind", "kind"),
        Column("status", "status"),
        Column("seconds", "took", "s"),
    ]
    rows = [
        {
            "name": node.name,
            "kind": node.resource_type,
            "status": _status(node),
            "seconds": round(node.execution_time, 2),
        }
        for node in sorted(build.nodes, key=lambda node: -node.execution_time)
        if node.resource_type in ("model", "seed")
    ]
    return Table(id="models", columns=columns, rows=rows, empty="dbt left no results.")


def _status(node: Node) -> Tag:
    return Tag(node.status, NODES.get(node.status, "bad"))
