"""Turn payloads of the Hansard API into records. Only debates and section trees have records other than drift."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from orderpaper.errors import ParseError
from orderpaper.reading.dates import day_of
from orderpaper.reading.payloads import read_json, read_shape
from orderpaper.reading.saved import SavedFile
from orderpaper.records import Debate, Document, Parsed, Record, Refusal, SittingDay
from orderpaper.records.rows import Rows
from orderpaper.sources.hansard import payload as api
from orderpaper.sources.hansard.accounted import add_debate
from orderpaper.sources.hansard.debate import other_children, read_debate, title_of
from orderpaper.sources.hansard.items import with_items_understood
from orderpaper.sources.hansard.lists import (
    API,
    Trees,
    is_calendar,
    is_trees,
    read_calendar,
    read_list,
    read_sections,
    read_trees,
)
from orderpaper.sources.hansard.written_answers import is_written, read_written_answers

KIND = f"a debate of {API}"
LOOKED_FOR = "Overview"
_PRINTED_ONLY = re.compile(r"Written|(?:Ministerial )?Corrections?|Petitions")
"""Sections that Hansard may print for a day without a sitting."""


def matches(file: SavedFile) -> bool:
    """Return whether a saved file is a debate of the API."""
    return isinstance(file.payload, dict) and "Overview" in file.payload


def parse(document: Document) -> Parsed:
    """Return the records of a debate, or the sitting day of a section tree; other payloads have none.

    A debate's own items are read. Its child debates are documents of their own, and so they are left out here, except
    those of a saved file, which are nowhere else.

    A row of a list, or an item of a debate, that is not understood is refused by itself.

    Raises:
        ParseError: a field is missing or of another type, an item's markup cannot be read whole, or no row of a list
            is understood.
    """
    value = read_json(document.body, API)
    if isinstance(value, dict):
        return _debate(value, has_children=document.kind == "file")
    rows = read_list(value)
    if is_trees(rows):
        return _section_tree(read_trees(rows))
    if is_calendar(rows):
        return _listed("hansard_calendar", read_calendar(rows))
    return _listed("hansard_sections", read_sections(rows))


def _listed(kind: str, rows: Rows[Any]) -> Parsed:
    """Return a list of which no row has a record."""
    return Parsed(
        document_kind=kind,
        records=[*rows.drift],
        refusals=rows.refusals,
        pieces=rows.pieces,
        understood_count=len(rows.values),
    )


def _section_tree(found: Trees) -> Parsed:
    trees = found.trees.values
    rows: Rows[Any] = Rows(unknown=found.headings.unknown | found.trees.unknown)
    return Parsed(
        document_kind="hansard_section_tree",
        published_on=next((day_of(tree.item_date) for tree in trees if tree.item_date), None),
        understood_count=len(trees) + len(found.headings.values),
        records=[*_sitting_days(trees), *rows.drift],
        refusals=[*found.trees.refusals, *found.headings.refusals],
        pieces=[*found.trees.pieces, *found.headings.pieces],
    )


def _sitting_days(trees: list[api.SectionTree]) -> Iterator[SittingDay]:
    """Yield the day if the House sat. The sections contain their date; the list of a day's sections does not."""
    sat = {
        (tree.house, day_of(tree.item_date)): None
        for tree in trees
        if tree.house and tree.item_date and tree.section_tree_items and not _PRINTED_ONLY.match(tree.title or "")
    }
    for ordinal, (house, day) in enumerate(sat, start=1):
        yield SittingDay(ordinal=ordinal, house=house, sat_on=day)


def _debate(value: dict[str, Any], *, has_children: bool) -> Parsed:
    refusals: list[Refusal] = []
    value = with_items_understood(value, refusals, "$", has_children=has_children)
    debate = read_shape(value, api.Debate, API)
    records: list[Record] = []
    rows: Rows[Any] = Rows()
    counts: Counter[type] = Counter()
    family = _family(debate, value, "$") if has_children else [(debate, value, "$")]
    for one, payload, address in family:
        read = read_written_answers if is_written(one) else read_debate
        made = list(read(one, counts))
        counts.update(type(record) for record in made)
        records += made
        add_debate(rows, one, payload, address)
    if refusals and not counts.keys() - {Debate}:
        raise ParseError(f"none of the items is understood; {refusals[0].address}: {refusals[0].reason}")
    return Parsed(
        document_kind="hansard_written_answers" if is_written(debate) else "hansard_debate",
        title=title_of(debate),
        published_on=day_of(debate.overview.date),
        records=[*records, *rows.drift],
        refusals=refusals,
        pieces=rows.pieces,
    )


def _family(debate: api.Debate, value: Any, address: str) -> Iterator[tuple[api.Debate, Any, str]]:
    """Yield a debate and, below it, its child debates, each with its payload and the address of that."""
    yield debate, value, address
    others = {id(child) for child in other_children(debate)}
    for place, child in enumerate(debate.child_debates):
        if id(child) in others:
            yield from _family(child, value["ChildDebates"][place], f"{address}.ChildDebates[{place}]")
