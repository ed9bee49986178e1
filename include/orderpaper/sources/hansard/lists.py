"""Read the lists of the Hansard API row by row: the calendar, the sections of a day, and the headings of a section."""

import json
from dataclasses import dataclass, field
from typing import Any

from orderpaper.errors import ParseError
from orderpaper.reading.payloads import read_shape
from orderpaper.records.rows import Rows, read_rows
from orderpaper.records.types.documents import Refusal
from orderpaper.sources.hansard import payload as api

API = "the Hansard API"
_OF_A_TREE = {"Title", "SectionTreeItems"}
"""Fields of a section tree that a day of the calendar does not have."""
_NOT_KEPT = "the debates below a heading have its words; of the lists only the sitting days are kept"


@dataclass(frozen=True, slots=True)
class Trees:
    """The headings of a section. A heading that is not understood is refused by itself."""

    trees: Rows[api.SectionTree]
    headings: Rows[api.Heading] = field(default_factory=Rows)


def is_calendar(value: list[Any]) -> bool:
    """Return whether a list has days of the calendar."""
    return any(isinstance(row, dict) for row in value) and not is_trees(value)


def is_trees(value: list[Any]) -> bool:
    """Return whether a list has headings of a section."""
    return any(isinstance(row, dict) and row.keys() & _OF_A_TREE for row in value)


def read_sections(value: list[Any]) -> Rows[str]:
    """Return the sections of a day.

    Raises:
        ParseError: there are some, and none is understood.
    """
    rows = read_rows(value, str, API, {})
    rows.pieces.clear()  # the names of sections are left out, as `_NOT_KEPT` says
    return rows


def read_calendar(value: list[Any]) -> Rows[api.CalendarItem]:
    """Return the days of a calendar.

    Raises:
        ParseError: there are some, and none is understood.
    """
    left_out = dict.fromkeys(api.KNOWN_CALENDAR_FIELDS, _NOT_KEPT)
    return read_rows(value, api.CalendarItem, API, left_out, prefix="calendar")


def read_trees(value: list[Any]) -> Trees:
    """Return the parts of a section with their headings. A part without any heading that is understood is refused.

    Raises:
        ParseError: there are some, and none is understood.
    """
    of_trees = dict.fromkeys(api.KNOWN_TREE_FIELDS, _NOT_KEPT)
    of_headings = dict.fromkeys(api.KNOWN_HEADING_FIELDS, _NOT_KEPT)
    found = Trees(read_rows(value, api.SectionTree, API, of_trees, prefix="tree"))
    understood = []
    for tree, address in zip(found.trees.values, found.trees.addresses, strict=True):
        items, below = tree.section_tree_items, f"{address}.SectionTreeItems"
        try:
            rows = read_rows(items, api.Heading, API, of_headings, address=below, prefix="SectionTreeItems")
        except ParseError as error:
            text = json.dumps(items, ensure_ascii=False, default=str)
            found.trees.refusals.append(Refusal(address=below, reason=str(error), text=text))
            continue
        understood.append(tree)
        found.headings.values += rows.values
        found.headings.refusals += rows.refusals
        found.headings.pieces += rows.pieces
        found.headings.unknown = rows.unknown | found.headings.unknown
    if found.trees.values and not understood:
        raise ParseError(found.trees.refusals[-1].reason)
    found.trees.values[:] = understood
    return found


def read_list(value: Any) -> list[Any]:
    """Return the rows of a payload that is a list, each as it is.

    Raises:
        ParseError: it is no list.
    """
    return read_shape(value, list[Any], API)
