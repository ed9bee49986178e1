"""Turn a file of TheyWorkForYou into records: a sitting, written answers, written statements or a committee."""

import re
from collections.abc import Iterable
from typing import Any

from orderpaper.errors import ParseError
from orderpaper.reading.saved import SavedFile
from orderpaper.records import Document, Parsed, Record
from orderpaper.records.rows import Rows
from orderpaper.sources.theyworkforyou.attributes import add_attributes
from orderpaper.sources.theyworkforyou.debates import debates_of
from orderpaper.sources.theyworkforyou.folders import read_listing
from orderpaper.sources.theyworkforyou.payload import File, read_file
from orderpaper.sources.theyworkforyou.written_answers import written_answers_of
from orderpaper.sources.theyworkforyou.written_statements import written_statements_of

KIND = "a day of TheyWorkForYou"
LOOKED_FOR = "the root element publicwhip"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def matches(file: SavedFile) -> bool:
    """Return whether a saved file is a file of TheyWorkForYou."""
    return not file.is_json and "<publicwhip" in file.text[:20_000]


def parse(document: Document) -> Parsed:
    """Return the records of a file. The list of a folder has none.

    An element that is not known, or not understood, is refused by itself.

    Raises:
        ParseError: it is neither, is superseded, is of several days, kinds or Houses, or of another day than was asked
            for.
    """
    if document.kind == "listing":
        listed, refusals = read_listing(document.body)
        return Parsed(document_kind="theyworkforyou_listing", understood_count=len(listed), refusals=refusals)
    file = read_file(document.body)
    days = _DAY.findall(document.url)
    if days and file.day.isoformat() not in days:
        raise ParseError(f"{document.url} was asked for, and the site gave a file of {file.day}")
    records = list(_records(file, document.url))
    attributes: Rows[Any] = Rows()
    add_attributes(attributes, file)
    return Parsed(
        document_kind=f"theyworkforyou_{file.section}",
        published_on=file.day,
        records=[*records, *attributes.drift],
        refusals=file.refusals,
        pieces=[*file.pieces, *attributes.pieces],
    )


def _records(file: File, url: str) -> Iterable[Record]:
    if file.section == "wrans":
        return written_answers_of(file, url)
    if file.section == "wms":
        return written_statements_of(file, url)
    return debates_of(file)
