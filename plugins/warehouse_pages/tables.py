"""Tables that the server sorts: a link in each heading asks for the page again, in another order."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from markupsafe import Markup

from warehouse_pages.render import HOME, path


@dataclass(frozen=True, slots=True)
class Link:
    """A value that leads to another page."""

    text: Any
    href: str
    is_airflow: bool = False
    """Whether it leads to a page of Airflow, which replaces the page around ours."""


def source(name: str, title: str | None = None) -> Link:
    """Return a link to the page of a source."""
    return Link(title or name, f"{HOME}/sources/{path(name)}")


def document(document_id: str) -> Link:
    """Return a link that downloads a document of the quarantine."""
    return Link(f"{document_id[:12]}…", f"{HOME}/documents/{path(document_id)}")


@dataclass(frozen=True, slots=True)
class Tag:
    """A state in a word, with the colour of its level: good, warning, bad or neutral."""

    text: str
    level: str = "neutral"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table."""

    name: str
    title: str
    unit: str = ""
    """The unit of its numbers, such as `s` or `MB`; it stands in the heading."""
    can_sort: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The rows of a table, in the order in which they are shown."""

    id: str
    """Its anchor, which also names it in the address of a sorted page."""
    columns: Sequence[Column]
    rows: list[dict[str, Any]]
    empty: str = ""
    """The sentence that stands instead of a table without rows."""
    order: str = ""
    """The column by which it is sorted, with a minus sign in front if it descends; empty for the order of the rows."""
    links: dict[str, str] = field(default_factory=dict)
    """Column → the address that sorts by it."""

    def sorted(self, wanted: str) -> "Table":
        """Return the table in the order that an address asks for, `<table>.<column>` or `<table>.-<column>`."""
        table_id, _, order = wanted.partition(".")
        name = order.removeprefix("-")
        names = [column.name for column in self.columns if column.can_sort]
        if table_id != self.id or name not in names:
            order, name, rows = "", "", self.rows
        else:
            known = [row for row in self.rows if row[name] is not None]
            unknown = [row for row in self.rows if row[name] is None]
            rows = sorted(known, key=lambda row: _comparable(row[name]), reverse=order.startswith("-")) + unknown
        links = {each: f"?sort={self.id}.{self._next(each, order)}#{self.id}" for each in names}
        return replace(self, rows=rows, order=order, links=links)

    def direction(self, name: str) -> str:
        """Return the value of `aria-sort` for a column."""
        if self.order.removeprefix("-") != name:
            return "none"
        return "descending" if self.order.startswith("-") else "ascending"

    def _next(self, name: str, order: str) -> str:
        """Return the order that a click on a column asks for: numbers and times begin with the greatest."""
        if order.removeprefix("-") == name:
            return name if order.startswith("-") else f"-{name}"
        values = (row[name] for row in self.rows if row[name] is not None)
        return f"-{name}" if isinstance(next(values, None), int | float | dt.date) else name


def _comparable(value: Any) -> Any:
    if isinstance(value, Link | Tag):
        value = value.text
    return value.casefold() if isinstance(value, str | Markup) else value
