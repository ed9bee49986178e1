"""Read pages of the list into records."""

from orderpaper.reading.markup import html_to_text
from orderpaper.reading.payloads import read_json, read_shape
from orderpaper.reading.saved import SavedFile
from orderpaper.records import Document, Parsed, PostSection
from orderpaper.records.rows import read_rows
from orderpaper.sources.new_source.payload import LEFT_OUT, PAGE_LEFT_OUT, Item, Page

_API = "the API of new_source"
KIND = f"a payload of {_API}"
LOOKED_FOR = "total and items"


def matches(file: SavedFile) -> bool:
    """Return whether a file in the inbox is a page of the list."""
    return isinstance(file.payload, dict) and {"total", "items"} <= file.payload.keys()


def parse(document: Document) -> Parsed:
    """Return a record for each item of a page. Replace PostSection by the record type that fits.

    An item that is not understood is refused by itself.

    Raises:
        ParseError: the page has another shape, or no item is understood.
    """
    payload = read_json(document.body, _API)
    page = read_shape(payload, Page, _API)
    rows = read_rows(page.items, Item, _API, LEFT_OUT, key=lambda item: item.id, address="$.items", prefix="items")
    rows.add_fields(payload, Page, PAGE_LEFT_OUT)
    sections = [
        PostSection(ordinal=ordinal, heading=item.title, text=html_to_text(item.text))
        for ordinal, item in enumerate(rows.values, start=1)
    ]
    return Parsed(
        document_kind="new_source_list",
        announced_count=page.total,
        records=[*sections, *rows.drift],
        refusals=rows.refusals,
        pieces=rows.pieces,
    )
