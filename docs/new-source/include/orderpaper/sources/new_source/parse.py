"""Read pages of the list into records."""

from orderpaper.reading.markup import html_to_text
from orderpaper.reading.payloads import read_json, read_shape
from orderpaper.reading.saved import SavedFile
from orderpaper.records import Document, Parsed, PostSection
from orderpaper.records.drift import find_drift
from orderpaper.sources.new_source.payload import KNOWN_FIELDS, Page

_API = "the API of new_source"
KIND = f"a payload of {_API}"
LOOKED_FOR = "total and items"


def matches(file: SavedFile) -> bool:
    """Return whether a file in the inbox is a page of the list."""
    return isinstance(file.payload, dict) and {"total", "items"} <= file.payload.keys()


def parse(document: Document) -> Parsed:
    """Return a record for each item of a page. Replace PostSection by the record type that fits.

    Raises:
        ParseError: a field is missing or has another type.
    """
    payload = read_json(document.body, _API)
    page = read_shape(payload, Page, _API)
    parsed = Parsed(document_kind="new_source_list", announced_count=page.total)
    for ordinal, item in enumerate(page.items, start=1):
        parsed.records.append(PostSection(ordinal=ordinal, heading=item.title, text=html_to_text(item.text)))
    parsed.records.extend(find_drift(payload["items"], KNOWN_FIELDS, "items"))
    return parsed
