"""The application that serves the pages.

Airflow does not protect the applications of plugins, so every address requires Airflow's login.
"""

import datetime as dt
import functools

from airflow.api_fastapi.core_api.security import get_user
from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse

from orderpaper import config
from orderpaper.run import airflow_state
from orderpaper.warehouse import dbt_docs
from warehouse_pages import build, documents, overview, render


@functools.cache
def application() -> FastAPI:
    """Return the application that serves the pages."""
    app = FastAPI(title="Warehouse", docs_url=None, redoc_url=None, openapi_url=None, dependencies=[Depends(get_user)])

    @app.exception_handler(HTTPException)
    def say(_: Request, error: HTTPException) -> HTMLResponse:
        title = {404: "There is no such page", 401: "You are not logged in"}.get(error.status_code, "That did not work")
        page = render.render("error.html.jinja", dt.datetime.now(dt.UTC), title=title, detail=error.detail)
        return _respond(page, code=error.status_code)

    @app.get("/")
    def show(sort: str = "") -> HTMLResponse:
        return _respond(
            overview.page(
                config.paths(),
                airflow_state.read(),
                airflow_state.task_seconds(),
                airflow_state.run_ids("build_warehouse"),
                sort,
            )
        )

    @app.get("/builds/{run_id}")
    def show_build(run_id: str, sort: str = "") -> HTMLResponse:
        return _respond(build.page(config.paths(), run_id, airflow_state.run_ids("build_warehouse"), sort))

    @app.get("/builds/{run_id}/data-docs/{name}")
    def show_data_docs_of(run_id: str, name: str) -> HTMLResponse:
        return _respond(documents.data_docs(config.paths(), run_id, name), render.DATA_DOCS_POLICY)

    @app.get("/data-docs/{name}")
    def show_data_docs(name: str) -> HTMLResponse:
        return _respond(documents.data_docs(config.paths(), None, name), render.DATA_DOCS_POLICY)

    @app.get("/runbook")
    def show_runbook() -> HTMLResponse:
        return _respond(documents.runbook())

    @app.get("/dbt-docs")
    def show_dbt_docs() -> HTMLResponse:
        return _respond(dbt_docs.render(config.paths()), render.DBT_POLICY)

    return app


def _respond(content: str | None, policy: str = render.POLICY, code: int = 200) -> HTMLResponse:
    if content is None:
        raise HTTPException(404, "There is nothing at this address.")
    headers = {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
    return HTMLResponse(content, status_code=code, headers=headers)
