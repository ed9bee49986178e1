"""List what there is to account for in a debate of the Hansard API, and what is left out, with the reason."""

from collections.abc import Iterator
from typing import Any

from orderpaper.reading.pieces import Piece, fields_of
from orderpaper.sources.hansard import payload as api
from orderpaper.sources.hansard.debate import own_items
from orderpaper.sources.hansard.markup import to_text
from orderpaper.sources.hansard.turns import is_furniture
from orderpaper.sources.hansard.written_answers import is_written

_OVERVIEW = {
    "Location": "the place of the sitting; the kind of business follows from it",
    "HRSTag": "the style of the heading",
    "Source": "the state of the text",
}
_OF_A_WRITTEN_ANSWER = {"ExtId": "questions and answers have no debate, whose id it would be"}
_ITEM = {
    "ItemType": "whether it is a contribution or a time",
    "ExternalId": "a turn has the id of its first item",
    "HRSTag": "the style of the paragraph",
    "OrderInSection": "the order of the items",
    "Value": "its text is a piece of its own",
}
"""Beside these, items that only print a time or the number of a column are left out, items that a child debate repeats,
the child debates, which are documents of their own, and the headings of the path to the debate."""


def pieces_of(debate: api.Debate, payload: dict[str, Any], address: str) -> Iterator[Piece]:
    """Yield the pieces of a debate's own text, without those of its child debates.

    Raises:
        ParseError: an item stands twice.
    """
    left_out = _OVERVIEW | (_OF_A_WRITTEN_ANSWER if is_written(debate) else {})
    yield from fields_of(payload["Overview"], api.Overview, left_out, f"{address}.Overview").pieces
    places = {id(item): place for place, item in enumerate(debate.items)}
    for item in own_items(debate):
        if is_furniture(item):
            continue
        place = places[id(item)]
        where = f"{address}.Items[{place}]"
        yield from fields_of(payload["Items"][place], api.Item, _ITEM, where).pieces
        yield Piece(f"{where}.Value", to_text(item.value or ""))
