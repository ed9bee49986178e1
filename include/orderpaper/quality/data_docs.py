"""The pages that Great Expectations makes of an audit, adapted so that they load nothing from the internet."""

import html
import re
import shutil
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from orderpaper.config import Paths
from orderpaper.warehouse.audit_report import CheckResult

KEPT = 5
"""How many audits keep their pages."""

POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"
"""The policy of a page: it may use its own styles and load nothing."""

_ELSEWHERE = re.compile(r"<script\b.*?</script>|<(?:link|img)\b[^>]*https?://[^>]*>", re.DOTALL | re.IGNORECASE)
_INDEX = re.compile(r'href="[./]*index\.html"')
_ABSENT = re.compile(r'href="\.\./[^"]*"')
"""The pages and pictures of Great Expectations' layout that are not written."""

_STYLE = """
:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 1rem 2rem; overflow-wrap: anywhere; }
a { color: light-dark(#1d5fa8, #7db8ff); }
table { border-collapse: collapse; margin: .5rem 0; }
th, td { border-bottom: 1px solid #8884; padding: .25rem 1rem .25rem 0; text-align: left; vertical-align: top; }
.text-success::before { content: "✔"; color: light-dark(#00623a, #6fd39b); }
.text-danger::before { content: "✘"; color: light-dark(#a3140b, #ff8f85); }
.text-warning::before { content: "⚠"; color: light-dark(#7a4a00, #ffc163); }
#ge-cta-footer, footer, .navbar-brand, .sticky > .card:first-child { display: none; }
.ge-index-page-table-container, .row { max-width: 90rem; }
"""
_BACK = '<nav><a href="../">Back to the build</a> <a href="index.html">All tables</a></nav>'
_BODY = re.compile(r"<body[^>]*>")
_FAILED = re.compile(r"(?<=[\s>])Failed(?=\s*<)")
"""The status of a table, as Great Expectations writes it; other words of the page are longer."""
_HEAD = f'<head><meta http-equiv="Content-Security-Policy" content="{POLICY}"><style>{_STYLE}</style>'


def write(folder: Path, outcomes: dict[str, Any], results: Sequence[CheckResult]) -> None:
    """Write a page for the `outcomes` of each table, as Great Expectations gives them, and an index of all `results`.

    By default, its pages load styles and scripts from public sites and show values of rows as markup. Here every value
    is escaped and nothing is loaded. This changes `outcomes`.
    """
    from great_expectations.render import renderer, view  # noqa: PLC0415  # 3.5 s

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    pages: Any = renderer.ValidationResultsPageRenderer()
    as_html: Any = view.DefaultJinjaPageView()
    for table, outcome in outcomes.items():
        for found in outcome.results:
            found.result, found.exception_info = _escaped(found.result), _escaped(found.exception_info)
        page = _ELSEWHERE.sub("", as_html.render(pages.render(outcome)))
        page = _ABSENT.sub("", _INDEX.sub('href="index.html"', page))
        page = _BODY.sub(rf"\g<0>{_BACK}", page, count=1)
        if not any(result.severity == "stop" for result in _failures(table, results)):
            page = _FAILED.sub("Passed with warnings", page).replace("text-danger", "text-warning")
        _page_path(folder, table).write_text(page.replace("<head>", _HEAD, 1), encoding="utf-8")
    (folder / "index.html").write_text(_index(folder, results), encoding="utf-8")


def _failures(table: str, results: Sequence[CheckResult]) -> list[CheckResult]:
    return [result for result in results if result.table == table and not result.is_success]


def prune(paths: Paths) -> None:
    """Remove the pages of all but the last audits; the reports of runs stay."""
    built = sorted(paths.runs.glob("*/data_docs"), key=lambda folder: folder.stat().st_mtime)
    for folder in built[:-KEPT]:
        shutil.rmtree(folder)


def _page_path(folder: Path, table: str) -> Path:
    return folder / f"{table}.html"


def _escaped(value: Any) -> Any:
    """Return `value` with every text in it escaped."""
    if isinstance(value, str):
        return html.escape(value)
    if isinstance(value, dict):
        return {name: _escaped(part) for name, part in value.items()}
    return [_escaped(part) for part in value] if isinstance(value, (list, tuple)) else value


def _index(folder: Path, results: Sequence[CheckResult]) -> str:
    """Return a page that links to the page of every table that has one."""
    rows = []
    for table, group in groupby(results, key=lambda result: result.table):
        found = list(group)
        failed = _failures(table, found)
        stops = [result for result in failed if result.severity == "stop"]
        mark = "text-danger" if stops else "text-warning" if failed else "text-success"
        count = len(failed) - len(stops)
        warnings = f", {count} {'warning' if count == 1 else 'warnings'}" if count else ""
        page = _page_path(folder, table)
        link = f'<a href="{page.name}">{table}</a>' if page.exists() else table
        holding = f"{len(found) - len(failed)} of {len(found)} hold{warnings}"
        rows.append(f'<tr><td class="{mark}"></td><td>{link}</td><td>{holding}</td></tr>')
    back = '<nav><a href="../">Back to the build</a></nav>'
    title = f"<title>Data Docs</title>{back}<h1>Data Docs</h1>"
    return f'<!doctype html><meta charset="utf-8">{_HEAD}</head>{title}<table>{"".join(rows)}</table>'
