"""The parts that all pages share: the templates, how values are written, and the content security policies."""

import base64
import datetime as dt
import functools
import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from orderpaper.run import status

HOME = "/warehouse"
_TEMPLATES = Path(__file__).with_name("templates")
_STYLE = (_TEMPLATES / "style.css").read_text(encoding="utf-8")
_SCRIPT = (_TEMPLATES / "frame.js").read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


_NOTHING = "default-src 'none'; base-uri 'none'; frame-ancestors 'self'"
POLICY = f"{_NOTHING}; style-src {_hash(_STYLE)}; script-src {_hash(_SCRIPT)}; form-action 'self'"
"""The content security policy of our pages: their own style and script, which are named by their hashes."""
DATA_DOCS_POLICY = f"{_NOTHING}; style-src 'unsafe-inline'; form-action 'none'"
DBT_POLICY = f"{DATA_DOCS_POLICY}; script-src 'unsafe-inline' 'unsafe-eval'; img-src data:; font-src data:"
"""The policy of dbt's page, which is one script. It contains our models and no text of a document."""
DOWNLOAD_POLICY = f"{_NOTHING}; form-action 'none'; sandbox"


@functools.cache
def _environment() -> Environment:
    found = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals |= {"home": HOME, "style": Markup(_STYLE), "script": Markup(_SCRIPT)}  # noqa: S704  # our own files
    found.filters |= {"number": number, "stamp": stamp, "megabytes": megabytes, "path": path, "counted": counted}
    found.tests |= {"time": lambda value: isinstance(value, dt.datetime)}
    return found


def render(template: str, now: dt.datetime, **values: Any) -> str:
    """Return a page as HTML. All values are escaped."""
    values |= {"now": now, "ago": lambda moment: status.ago(moment, now)}
    return _environment().get_template(template).render(values)


def number(value: float) -> str:
    """Return a number with a separator of thousands; a fraction with one digit, or two if it is small."""
    if isinstance(value, int) or value == int(value):
        return f"{value:,.0f}"
    return f"{value:,.2f}" if abs(value) < 1 else f"{value:,.1f}"


def counted(count: int, noun: str) -> str:
    """Return a number with what it counts: 1 warning, 2 warnings."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def seconds(value: float) -> str:
    """Return a length of time with its unit."""
    return f"{number(value)} s"


def megabytes(value: float) -> str:
    """Return a number of bytes in megabytes, with the unit."""
    return f"{value / 1e6:,.1f} MB"


def stamp(moment: dt.datetime) -> str:
    """Return a moment in UTC, to the minute."""
    return f"{moment.astimezone(dt.UTC):%Y-%m-%d %H:%M} UTC"


def path(text: str) -> str:
    """Return a text as one part of the path of an address."""
    return quote(text, safe="")


def airflow_run(dag_id: str, run_id: str, task_id: str = "") -> str:
    """Return the address of a run in Airflow, or of one of its tasks."""
    address = f"/dags/{path(dag_id)}/runs/{path(run_id)}"
    return f"{address}/tasks/{path(task_id)}" if task_id else address
