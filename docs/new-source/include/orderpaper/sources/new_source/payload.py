"""The shape in which the site gives its list: the fields that must be there, and their types."""

import datetime as dt

import msgspec

from orderpaper.reading.payloads import Id, known_fields


class Row(msgspec.Struct):
    """The part of a row that proves that a list is complete."""

    id: Id
    date: dt.date


class Item(Row):
    """A row with everything that is read from it."""

    title: str
    text: str


KNOWN_FIELDS = known_fields(Item)
"""Any other field is reported as drift. Add the fields that you know and do not read."""


class RowPage(msgspec.Struct):
    """A page of the list whose rows are not read yet."""

    total: int
    items: list[msgspec.Raw]


class Page(msgspec.Struct):
    """A page of the list."""

    total: int
    items: list[Item]
