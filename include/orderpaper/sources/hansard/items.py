"""Read the items of a debate one by one, so that an item that is not understood costs only itself."""

import json
from typing import Any

from orderpaper.errors import ParseError
from orderpaper.reading.payloads import read_shape
from orderpaper.records import Refusal
from orderpaper.sources.hansard import payload as api
from orderpaper.sources.hansard.lists import API

_REFUSED = {
    "ItemType": api.REFUSED,
    "MemberId": None,
    "AttributedTo": None,
    "Value": None,
    "ExternalId": None,
    "HRSTag": None,
    "UIN": None,
}


def with_items_understood(
    value: dict[str, Any], refusals: list[Refusal], address: str = "$", *, has_children: bool
) -> dict[str, Any]:
    """Return a debate in which an item that is not understood has no words, and keeps its place.

    Args:
        value: the payload.
        refusals: the list to which the refusals of such items are added.
        address: the JSON path of the debate.
        has_children: whether the child debates are read with it. If they are documents of their own, their items are
            refused there.
    """
    found = dict(value)
    if isinstance(value.get("Items"), list):
        found["Items"] = _items(value["Items"], refusals, f"{address}.Items")
    if isinstance(value.get("ChildDebates"), list):
        below = refusals if has_children else []
        found["ChildDebates"] = _children(value["ChildDebates"], below, f"{address}.ChildDebates", has_children)
    return found


def _children(values: list[Any], refusals: list[Refusal], address: str, has_children: bool) -> list[Any]:
    """Return the child debates. One that is not understood is refused, if they are read here.

    If they are documents of their own, it stays, and the whole debate is refused for it: what it repeats of the child
    is not known.
    """
    found: list[Any] = []
    for place, value in enumerate(values):
        where = f"{address}[{place}]"
        of_child: list[Refusal] = []
        child = value
        if isinstance(value, dict):
            child = with_items_understood(value, of_child, where, has_children=has_children)
        try:
            read_shape(child, api.Debate, API)
        except ParseError as error:
            if has_children:
                text = json.dumps(value, ensure_ascii=False, default=str)
                refusals.append(Refusal(address=where, reason=str(error), text=text))
                continue
        refusals += of_child
        found.append(child)
    return found


def _items(values: list[Any], refusals: list[Refusal], address: str) -> list[Any]:
    found: list[Any] = []
    for place, value in enumerate(values):
        try:
            read_shape(value, api.Item, API)
        except ParseError as error:
            text = json.dumps(value, ensure_ascii=False, default=str)
            refusals.append(Refusal(address=f"{address}[{place}]", reason=str(error), text=text))
            found.append({**_REFUSED, "OrderInSection": _order(value, found)})
        else:
            found.append(value)
    return found


def _order(value: Any, before: list[Any]) -> int:
    """Return the number of an item's place or, if it has none, that of the item before it."""
    order = value.get("OrderInSection") if isinstance(value, dict) else None
    return order if type(order) is int else before[-1]["OrderInSection"] if before else 0
