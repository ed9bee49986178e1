"""The pages that others made: the runbook, the Data Docs of an audit, and dbt's documentation."""

import datetime as dt
import itertools
import re

from markdown_it import MarkdownIt
from markupsafe import Markup

from orderpaper import config
from orderpaper.config import Paths
from orderpaper.errors import OrderPaperError
from orderpaper.landing import Landing
from orderpaper.run.alerts import anchor
from orderpaper.warehouse import health, source_health
from warehouse_pages import render

RUNBOOK = config.PROJECT / "docs" / "runbook.md"


def runbook() -> str:
    """Return docs/runbook.md as HTML. Its headings have the same anchors as on GitHub: runbook#site-down."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(RUNBOOK.read_text(encoding="utf-8"))
    for token, content in itertools.pairwise(tokens):
        if token.type == "heading_open":
            token.attrSet("id", anchor(content.content))
    body = Markup(markdown.renderer.render(tokens, markdown.options, {}))  # noqa: S704  # our own text, without HTML
    return render.render("runbook.html.jinja", dt.datetime.now(dt.UTC), body=body)


def data_docs(paths: Paths, run_id: str | None, name: str) -> str | None:
    """Return a page of the Data Docs of a run, or of the last audit; None if there is no page of that name."""
    if run_id is None:
        report = health.last_audit(paths)
        run_id = report.run_id if report else ""
    # Names are looked up among the files that exist, so none leads out of the folder.
    folders = {folder.parent.name: folder for folder in paths.runs.glob("*/data_docs")}
    if run_id not in folders:
        return None
    pages = {page.name: page for page in folders[run_id].glob("*.html")}
    return pages[name].read_text(encoding="utf-8") if name in pages else None


def quarantined(paths: Paths, document_id: str) -> bytes | None:
    """Return the body of a document that was refused, or None if there is no such document or it is damaged."""
    if not re.fullmatch("[0-9a-f]{64}", document_id) or not source_health.is_quarantined(paths, document_id):
        return None
    try:
        return Landing(paths.landing).read(document_id)
    except OrderPaperError:
        return None
