"""The application that serves the pages.

Airflow does not protect the applications of plugins, so every address requires Airflow's login.
"""

import datetime as dt
import functools

from airflow.api_fastapi.core_api.security import get_user
from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from orderpaper import config
from orderpaper.catalogue import load_sources
from orderpaper.errors import OrderPaperError
from orderpaper.run import airflow_state
from orderpaper.warehouse import dbt_docs, snapshots
from warehouse_pages import actions, build, documents, overview, render, snapshot, source

_FORM = (Depends(actions.sent_by_its_own_form),)


@functools.cache
def application() -> FastAPI:
    """Return the application that serves the pages."""
    app = FastAPI(title="Warehouse", docs_url=None, redoc_url=None, openapi_url=None, dependencies=[Depends(get_user)])

    @app.exception_handler(HTTPException)
    def say(_: Request, error: HTTPException) -> HTMLResponse:
        title = {404: "There is no such page", 401: "You are not logged in"}.get(error.status_code, "That did not work")
        page = render.render("error.html.jinja", dt.datetime.now(dt.UTC), title=title, detail=error.detail)
        return _respond(page, code=error.status_code)

    @app.exception_handler(Exception)
    def say_what_failed(_: Request, error: Exception) -> HTMLResponse:
        detail = str(error) if isinstance(error, OrderPaperError) else f"{type(error).__name__}: {error}"
        page = render.render("failed.html.jinja", dt.datetime.now(dt.UTC), detail=detail)
        return _respond(page, code=500)

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

    @app.get("/sources/{name}")
    def show_source(name: str, user: actions.User, sort: str = "", started: str = "") -> HTMLResponse:
        if name not in load_sources():
            return _respond(None)
        run = started if started and started in airflow_state.run_ids("requeue") else None
        page = source.page(
            config.paths(),
            load_sources()[name],
            airflow_state.read(),
            token=actions.token(user),
            sort=sort,
            started=run,
        )
        return _respond(page)

    @app.post("/sources/{name}/requeue", dependencies=[*_FORM, Depends(actions.may_requeue)])
    def start_requeue(name: str, user: actions.User) -> RedirectResponse:
        if name not in load_sources():
            raise HTTPException(404, "There is no such source.")
        return RedirectResponse(f"{render.HOME}/sources/{name}?started={render.path(actions.requeue(user))}", 303)

    @app.get("/snapshots/{snapshot_id}")
    def ask_about_snapshot(snapshot_id: str, user: actions.User, sort: str = "") -> HTMLResponse:
        return _respond(snapshot.page(config.paths(), snapshot_id, actions.token(user), sort))

    @app.post("/snapshots/{snapshot_id}", dependencies=[*_FORM, Depends(actions.may_publish)])
    def put_in_force(snapshot_id: str) -> RedirectResponse:
        try:
            snapshots.rollback(config.paths(), snapshot_id)
        except OrderPaperError as error:
            raise HTTPException(409, f"{error} Nothing was changed.") from error
        return RedirectResponse(f"{render.HOME}/#builds-section", 303)

    @app.get("/documents/{document_id}")
    def download(document_id: str) -> Response:
        body = documents.quarantined(config.paths(), document_id)
        if body is None:
            raise HTTPException(404, "There is no such document in quarantine.")
        headers = {
            "Content-Disposition": f'attachment; filename="{document_id}.bin"',
            "Content-Security-Policy": render.DOWNLOAD_POLICY,
            "X-Content-Type-Options": "nosniff",
        }
        return Response(body, 200, headers, "application/octet-stream")

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
