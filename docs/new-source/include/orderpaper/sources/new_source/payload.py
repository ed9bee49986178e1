"""The shape in which the site gives its list: the fields that must be there, and their types."""

import datetime as dt
from typing import Annotated, Any

import msgspec

from orderpaper.reading.payloads import Id

Count = Annotated[int, msgspec.Meta(ge=0, le=2**31)]
"""A number has bounds, so that a column of the warehouse can hold it. An id of Parliament is an `Id`."""


class Row(msgspec.Struct):
    """The part of a row that proves that a list is complete."""

    id: Id
    date: dt.date


class Item(Row):
    """A row with everything that is read from it."""

    title: str
    text: str


LEFT_OUT = {"id": "PostSection has no place for it", "date": "PostSection has no place for it"}
"""The fields of an item that no record has, each with the reason. What is neither kept nor left out is refused, and a
field that the shape does not have is reported as drift."""


class RowPage(msgspec.Struct):
    """A page of the list whose rows are not read yet."""

    total: Count
    items: list[msgspec.Raw]


class Page(msgspec.Struct):
    """A page of the list. Its items are read one by one."""

    total: Count
    items: list[Any]


PAGE_LEFT_OUT = {"items": "each item is accounted for by itself"}
"""The fields of a page that no record has, each with the reason."""
