"""The page "Warehouse" in Airflow's menu: how the pipeline is, what is published, the last audit, and the sources.

The page is read-only. Airflow does not protect the applications of plugins, so every address requires Airflow's login.
"""
# ruff: noqa: PLC0415  # every Airflow process loads its plugins, and only the API server needs these imports

import datetime as dt
import functools
import itertools
from pathlib import Path
from typing import TYPE_CHECKING, Any

from airflow.plugins_manager import AirflowPlugin

from orderpaper import config

if TYPE_CHECKING:
    from fastapi import FastAPI
    from jinja2 import Environment

    from orderpaper.run.airflow_state import DagState

PREFIX = "/warehouse"
POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"
"""The content security policy of a page, which allows its own style and nothing else."""
DBT_POLICY = f"{POLICY}; script-src 'unsafe-inline' 'unsafe-eval'; img-src data:; font-src data:"
"""The policy of dbt's page, which is one script. It contains our models and no text of a document."""
RUNBOOK = config.PROJECT / "docs" / "runbook.md"


@functools.cache
def templates() -> "Environment":
    """Return the templates beside this file. They escape all values."""
    from jinja2 import Environment, FileSystemLoader

    return Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True)


def page(paths: config.Paths, dags: "list[DagState]") -> str:
    """Return the page as HTML; `dags` is what Airflow does now."""
    from orderpaper.run import alerts, status
    from orderpaper.warehouse import dbt_docs, health

    now = dt.datetime.now(dt.UTC)
    found = status.read(paths, now)
    return (
        templates()
        .get_template("warehouse.html.jinja")
        .render(
            status=found,
            readers_see=status.readers_see(found.health, now),
            ago=lambda moment: status.ago(moment, now),
            anchor=alerts.anchor,
            dags=dags,
            health=found.health,
            fetch_days=health.FETCH_DAYS,
            has_dbt_docs=dbt_docs.newest_manifest(paths) is not None,
        )
    )


def runbook() -> str:
    """Return docs/runbook.md as HTML. Its headings have the same anchors as on GitHub: runbook#site-down."""
    from markdown_it import MarkdownIt
    from markupsafe import Markup

    from orderpaper.run.alerts import anchor

    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(RUNBOOK.read_text(encoding="utf-8"))
    for token, content in itertools.pairwise(tokens):
        if token.type == "heading_open":
            token.attrSet("id", anchor(content.content))
    body = Markup(markdown.renderer.render(tokens, markdown.options, {}))  # noqa: S704  # our own text, without HTML
    return templates().get_template("runbook.html.jinja").render(body=body)


def data_docs_page(paths: config.Paths, name: str) -> str | None:
    """Return a page of the last audit's Data Docs, or None if there is no page of that name."""
    from orderpaper.warehouse import health

    report = health.last_audit(paths)
    if report is None:
        return None
    folder = paths.runs / report.run_id / "data_docs"
    pages = {page.name: page for page in folder.glob("*.html")}
    return pages[name].read_text(encoding="utf-8") if name in pages else None


@functools.cache
def application() -> "FastAPI":
    """Return the application that serves the page."""
    from airflow.api_fastapi.core_api.security import get_user
    from fastapi import Depends, FastAPI, HTTPException
    from fastapi.responses import HTMLResponse

    from orderpaper.run import airflow_state
    from orderpaper.warehouse import dbt_docs

    app = FastAPI(title="Warehouse", docs_url=None, redoc_url=None, openapi_url=None, dependencies=[Depends(get_user)])

    def respond(content: str | None, policy: str = POLICY) -> HTMLResponse:
        if content is None:
            raise HTTPException(404, "There is no such page.")
        return HTMLResponse(content, headers={"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff"})

    @app.get("/")
    def show() -> HTMLResponse:
        return respond(page(config.paths(), airflow_state.read()))

    @app.get("/runbook")
    def show_runbook() -> HTMLResponse:
        return respond(runbook())

    @app.get("/data-docs/{name}")
    def show_data_docs(name: str) -> HTMLResponse:
        return respond(data_docs_page(config.paths(), name))

    @app.get("/dbt-docs")
    def show_dbt_docs() -> HTMLResponse:
        return respond(dbt_docs.render(config.paths()), DBT_POLICY)

    return app


async def serve(scope: Any, receive: Any, send: Any) -> None:
    """Serve a request with the application, which is made at the first request."""
    await application()(scope, receive, send)


class WarehousePage(AirflowPlugin):
    """The plugin that mounts the page and adds it to the menu."""

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
