"""List what there is to account for in a debate of the Hansard API, and what is left out, with the reason."""

from typing import Any

from orderpaper.reading.pieces import Piece
from orderpaper.records.rows import Rows
from orderpaper.sources.hansard import payload as api
from orderpaper.sources.hansard.debate import own_items
from orderpaper.sources.hansard.markup import is_number_or_time, to_text
from orderpaper.sources.hansard.turns import is_furniture
from orderpaper.sources.hansard.written_answers import is_written

_DEBATE = {
    "Overview": "it is accounted for by itself",
    "Navigator": "it has the headings of the path to the debate",
    "Items": "each item is accounted for by itself",
    "ChildDebates": "they are documents of their own, or are read as debates of their own",
}
_NAVIGATOR = dict.fromkeys(api.KNOWN_HEADING_FIELDS, "the headings are those of other debates")
_OVERVIEW = {
    **dict.fromkeys(
        "NextDebateExtId NextDebateTitle PreviousDebateExtId PreviousDebateTitle".split(), "it names another debate"
    ),
    **dict.fromkeys("Id VolumeNo ContentLastUpdated DebateTypeId SectionType".split(), "it says where the text stands"),
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
    **dict.fromkeys("ItemId Timecode HansardSection IsReiteration".split(), "it says where and when the item stands"),
}
_OF_FURNITURE = _ITEM | dict.fromkeys(
    ("MemberId", "AttributedTo", "UIN"), "a time or a column number is nobody's words"
)
"""Beside these, items that only print a time or the number of a column are left out, and items that a child debate
repeats."""


def add_debate(rows: Rows[Any], debate: api.Debate, payload: dict[str, Any], address: str) -> None:
    """Add what there is to account for in a debate's own text, without its child debates, and its unknown fields.

    Raises:
        ParseError: an item stands twice.
    """
    left_out = _OVERVIEW | (_OF_A_WRITTEN_ANSWER if is_written(debate) else {})
    rows.add_fields(payload, api.Debate, _DEBATE, address, "debate")
    rows.add_fields(payload["Overview"], api.Overview, left_out, f"{address}.Overview", "Overview")
    rows.add_fields(payload["Navigator"], list[api.Heading], _NAVIGATOR, f"{address}.Navigator", "Navigator")
    places = {id(item): place for place, item in enumerate(debate.items)}
    for item in own_items(debate):
        place = places[id(item)]
        where, text = f"{address}.Items[{place}]", to_text(item.value or "")
        left_out = _OF_FURNITURE if is_furniture(item) and item.value else _ITEM
        rows.add_fields(payload["Items"][place], api.Item, left_out, where, "Items")
        if not is_furniture(item) or not is_number_or_time(text):
            rows.pieces.append(Piece(f"{where}.Value", text))
