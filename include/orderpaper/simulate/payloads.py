"""Shapes that several of Parliament's APIs share."""

import datetime as dt
import re
from typing import Any

Json = dict[str, Any]
"""A JSON object as the APIs give it."""

LIST_LIMIT = 255
_TAG = re.compile(r"<[^>]*>")


def at_midnight(day: dt.date | None) -> str | None:
    """Return a date as the APIs give it."""
    return None if day is None else f"{day.isoformat()}T00:00:00"


def item(value: Json, href: str) -> Json:
    """Return a value with the link to itself."""
    return {"value": value, "links": [link("self", href)]}


def link(rel: str, href: str) -> Json:
    """Return a link as the APIs give it."""
    return {"rel": rel, "href": href, "method": "GET"}


def problem(status: int, title: str) -> Json:
    """Return an error as the APIs give it."""
    return {"type": f"https://httpstatuses.io/{status}", "title": title, "status": status}


def list_text(markup: str, mark: str = "...") -> str:
    """Return a text as lists of questions and statements give it.

    Tags are left out and entities are kept. A text of more than 255 characters is cut there and followed by `mark`.
    """
    text = _TAG.sub("", markup)
    return text if len(text) <= LIST_LIMIT else text[:LIST_LIMIT] + mark
