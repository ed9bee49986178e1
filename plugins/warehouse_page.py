"""The page "Warehouse" in Airflow's menu: what is published, whether the last audit passed, what is in quarantine."""
# ruff: noqa: PLC0415  # every Airflow process loads its plugins; only the API server needs what serves the page

import datetime as dt
import functools
import html
from pathlib import Path
from typing import TYPE_CHECKING, Any

from airflow.plugins_manager import AirflowPlugin

from orderpaper import config

if TYPE_CHECKING:
    from fastapi import FastAPI

    from orderpaper.quality import AuditReport

PREFIX = "/warehouse"

STYLE = """
body { font: 14px/1.5 system-ui, sans-serif; margin: 2rem; max-width: 70rem; }
table { border-collapse: collapse; margin: .5rem 0 2rem; }
th, td { border-bottom: 1px solid #8884; padding: .25rem 1rem .25rem 0; text-align: left; vertical-align: top; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.bad { color: #c00; }
:root { color-scheme: light dark; }
"""

QUARANTINE = """
SELECT source, stage, reason, count(*) AS document_count
FROM ops.fct_quarantine GROUP BY ALL ORDER BY document_count DESC, source, reason LIMIT 50
"""


def page(paths: config.Paths) -> str:
    """The page as HTML. Everything that comes from documents or the database is escaped.

    A published database is never written to, so it may be read while the next one is built.
    """
    report = last_audit(paths)
    database = paths.current / config.DATABASE_NAME
    parts = [_heading("Published"), *_published(database), _heading("Last audit"), *_audit(report)]
    if database.exists():
        found = _rows(database, QUARANTINE)
        parts += [_heading("Quarantine")]
        parts += [_table(["source", "stage", "reason", "documents"], found)] if found else ["<p>Nothing.</p>"]
    return f"<!doctype html><meta charset=utf-8><title>Warehouse</title><style>{STYLE}</style>{''.join(parts)}"


def last_audit(paths: config.Paths) -> "AuditReport | None":
    """The report of the run that was audited last, published or not."""
    from orderpaper.quality.report import read_report

    reports = (read_report(paths, folder.name) for folder in paths.runs.glob("*"))
    return max((report for report in reports if report), key=lambda report: report.audited_at, default=None)


def _published(database: Path) -> list[str]:
    from orderpaper.warehouse.content import row_counts

    if not database.exists():
        return ["<p>Nothing is published yet.</p>"]
    since = dt.datetime.fromtimestamp(database.stat().st_mtime, dt.UTC)
    return [
        f"<p>{_text(database.resolve())}<br>since {since:%Y-%m-%d %H:%M} UTC</p>",
        _table(["table", "rows"], list(row_counts(database).items())),
    ]


def _audit(report: "AuditReport | None") -> list[str]:
    if report is None:
        return ["<p>No audit has run yet.</p>"]
    passed = sum(result.is_success for result in report.results)
    verdict = "<b class=bad>failed: nothing was published</b>" if report.stops else "passed"
    failed = [
        (result.severity, result.table, result.description, result.error or result.observed, result.unexpected_count)
        for result in (*report.stops, *report.warnings)
    ]
    summary = f"{passed} of {len(report.results)} checks hold; {report.audited_at:%Y-%m-%d %H:%M} UTC"
    lines = [f"<p>{verdict}; {summary}; run {_text(report.run_id)}</p>"]
    return [*lines, _table(["severity", "table", "what must hold", "found", "rows"], failed)] if failed else lines


def _rows(database: Path, query: str) -> list[tuple[Any, ...]]:
    import duckdb

    with duckdb.connect(database, read_only=True) as connection:
        return connection.execute(query).fetchall()


def _heading(text: str) -> str:
    return f"<h2>{_text(text)}</h2>"


def _table(columns: list[str], rows: list[tuple[Any, ...]]) -> str:
    head = "".join(f"<th>{_text(column)}</th>" for column in columns)
    body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
    return f"<table><tr>{head}</tr>{body}</table>"


def _cell(value: object) -> str:
    if isinstance(value, int):
        return f"<td class=number>{value:,}</td>"
    return f"<td>{_text('' if value is None else value)}</td>"


def _text(value: object) -> str:
    return html.escape(str(value))


@functools.cache
def application() -> "FastAPI":
    """The app behind the page. Airflow does not guard what a plugin mounts, so it asks for Airflow's own login."""
    from airflow.api_fastapi.core_api.security import get_user
    from fastapi import Depends, FastAPI
    from fastapi.responses import HTMLResponse

    app = FastAPI(title="Warehouse", docs_url=None, redoc_url=None, openapi_url=None, dependencies=[Depends(get_user)])

    @app.get("/", response_class=HTMLResponse)
    def show() -> str:
        return page(config.paths())

    return app


async def serve(scope: Any, receive: Any, send: Any) -> None:
    """The app, made at the first request."""
    await application()(scope, receive, send)


class WarehousePage(AirflowPlugin):
    """Mounts the page and puts it into the menu."""

    name = "warehouse_page"
    fastapi_apps = [{"app": serve, "url_prefix": PREFIX, "name": "Warehouse"}]  # noqa: RUF012  # as Airflow reads it
    external_views = [  # noqa: RUF012
        {
            "name": "Warehouse",
            "href": f"{PREFIX}/",
            "destination": "nav",
            "url_route": "warehouse",
            "nav_top_level": True,
        }
    ]
