"""Turn payloads of the Hansard API into records. Only debates and section trees have records other than drift."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from orderpaper.reading.payloads import read_json, read_shape
from orderpaper.reading.pieces import Piece
from orderpaper.reading.saved import SavedFile
from orderpaper.records import Document, Drift, Parsed, Record, SittingDay
from orderpaper.records.drift import find_drift
from orderpaper.sources.hansard import payload as api
from orderpaper.sources.hansard.accounted import pieces_of
from orderpaper.sources.hansard.debate import other_children, read_debate, title_of
from orderpaper.sources.hansard.written_answers import is_written, read_written_answers

_API = "the Hansard API"
KIND = f"a debate of {_API}"
LOOKED_FOR = "Overview"
_PRINTED_ONLY = re.compile(r"Written|(?:Ministerial )?Corrections?|Petitions")
"""Sections that Hansard may print for a day without a sitting."""
_OF_A_TREE = {"Title", "SectionTreeItems"}
"""Fields of a section tree that a day of the calendar does not have."""


def matches(file: SavedFile) -> bool:
    """Return whether a saved file is a debate of the API."""
    return isinstance(file.payload, dict) and "Overview" in file.payload


def parse(document: Document) -> Parsed:
    """Return the records of a debate, or the sitting day of a section tree; other payloads have none.

    A debate's own items are read. Its child debates are documents of their own, and so they are left out here, except
    those of a saved file, which are nowhere else.

    Raises:
        ParseError: a field is missing or of another type, or an item's markup cannot be read whole.
    """
    value = read_json(document.body, _API)
    if isinstance(value, dict):
        return _debate(value, has_children=document.kind == "file")
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return Parsed(document_kind="hansard_sections")
    if isinstance(value, list) and all(isinstance(item, dict) and not item.keys() & _OF_A_TREE for item in value):
        read_shape(value, list[api.CalendarItem], _API)
        drift = find_drift(value, api.KNOWN_CALENDAR_FIELDS, "calendar")
        return Parsed(document_kind="hansard_calendar", records=[*drift])
    trees = read_shape(value, list[api.SectionTree], _API)
    drift = find_drift(value, api.KNOWN_TREE_FIELDS, "tree")
    headings = [heading for tree in value for heading in tree["SectionTreeItems"]]
    drift += find_drift(headings, api.KNOWN_HEADING_FIELDS, "SectionTreeItems")
    return Parsed(
        document_kind="hansard_section_tree",
        published_on=next((tree.item_date.date() for tree in trees if tree.item_date), None),
        records=[*_sitting_days(trees), *_numbered(drift)],
    )


def _sitting_days(trees: list[api.SectionTree]) -> Iterator[SittingDay]:
    """Yield the day if the House sat. The sections contain their date; the list of a day's sections does not."""
    sat = {
        (tree.house, tree.item_date.date()): None
        for tree in trees
        if tree.house and tree.item_date and tree.section_tree_items and not _PRINTED_ONLY.match(tree.title or "")
    }
    for ordinal, (house, day) in enumerate(sat, start=1):
        yield SittingDay(ordinal=ordinal, house=house, sat_on=day)


def _debate(value: dict[str, Any], *, has_children: bool) -> Parsed:
    debate = read_shape(value, api.Debate, _API)
    drift = [
        *find_drift([value], api.KNOWN_DEBATE_FIELDS, "debate"),
        *find_drift([value["Overview"]], api.KNOWN_OVERVIEW_FIELDS, "Overview"),
        *find_drift(value["Navigator"], api.KNOWN_HEADING_FIELDS, "Navigator"),
        *find_drift(value["Items"], api.KNOWN_ITEM_FIELDS, "Items"),
    ]
    records: list[Record] = []
    pieces: list[Piece] = []
    counts: Counter[type] = Counter()
    family = _family(debate, value, "$") if has_children else [(debate, value, "$")]
    for one, payload, address in family:
        read = read_written_answers if is_written(one) else read_debate
        made = list(read(one, counts))
        counts.update(type(record) for record in made)
        records += made
        pieces += pieces_of(one, payload, address)
    return Parsed(
        document_kind="hansard_written_answers" if is_written(debate) else "hansard_debate",
        title=title_of(debate),
        published_on=debate.overview.date.date(),
        records=[*records, *_numbered(drift)],
        pieces=pieces,
    )


def _family(debate: api.Debate, value: Any, address: str) -> Iterator[tuple[api.Debate, Any, str]]:
    """Yield a debate and, below it, its child debates, each with its payload and the address of that."""
    yield debate, value, address
    others = {id(child) for child in other_children(debate)}
    for place, child in enumerate(debate.child_debates):
        if id(child) in others:
            yield from _family(child, value["ChildDebates"][place], f"{address}.ChildDebates[{place}]")


def _numbered(drift: list[Drift]) -> list[Drift]:
    return [replace(one, ordinal=ordinal) for ordinal, one in enumerate(drift, start=1)]
