"""List what there is to account for in a debate of the Hansard API, and what is left out, with the reason."""

from typing import Any

from msgspec.structs import fields

from orderpaper.enrichment.people.attribution import without_notes
from orderpaper.reading.pieces import Piece, pictures_of
from orderpaper.records.rows import Rows
from orderpaper.sources.hansard import payload as api
from orderpaper.sources.hansard.debate import other_children, own_items
from orderpaper.sources.hansard.markup import is_number_or_time, to_text
from orderpaper.sources.hansard.turns import is_furniture

LEFT_OUT_OF_A_DEBATE = {
    "Overview": "it is accounted for by itself",
    "Navigator": "it has the headings of the path to the debate",
    "Items": "each item is accounted for by itself",
    "ChildDebates": "they are documents of their own, or are read as debates of their own",
}
LEFT_OUT_OF_THE_PATH = dict.fromkeys(api.KNOWN_HEADING_FIELDS, "the headings are those of other debates")
LEFT_OUT_OF_AN_OVERVIEW = {
    **dict.fromkeys(
        "NextDebateExtId NextDebateTitle PreviousDebateExtId PreviousDebateTitle".split(), "it names another debate"
    ),
    **dict.fromkeys("Id VolumeNo ContentLastUpdated DebateTypeId SectionType".split(), "it says where the text stands"),
    "ExtId": "the debate has it in capitals, because the API gives it in both cases; written answers have no debate",
    "Location": "the place of the sitting; the kind of business follows from it",
    "HRSTag": "the style of the heading",
    "Source": "the state of the text",
}
LEFT_OUT_OF_AN_ITEM = {
    "ItemType": "whether it is a contribution or a time",
    "ExternalId": "a turn has the id of its first item",
    "HRSTag": "the style of the paragraph",
    "OrderInSection": "the order of the items",
    "Value": "its text is a piece of its own",
    **dict.fromkeys("ItemId Timecode HansardSection IsReiteration".split(), "it says where and when the item stands"),
}
LEFT_OUT_OF_FURNITURE = LEFT_OUT_OF_AN_ITEM | dict.fromkeys(
    ("MemberId", "AttributedTo", "UIN"), "a time or a column number is nobody's words"
)
"""Beside these, items that only print a time or the number of a column are left out, items that a child debate repeats,
and the notes in the brackets of an attribution."""


_OF_ITSELF = {
    "Navigator": "the debate itself has the same headings",
    "ChildDebates": "the debate itself has the same child debates",
    **{f"Items.{field.encode_name}": "the debate itself has the same item" for field in fields(api.Item)},
    **{f"Items.{name}": reason for name, reason in LEFT_OUT_OF_AN_ITEM.items()},
    **{f"Overview.{name}": reason for name, reason in LEFT_OUT_OF_AN_OVERVIEW.items()},
    "Overview.ExtId": "it is the id of the debate itself, in other letters",
}
"""The fields that are left out of a debate that is listed as its own child."""


def add_debate(rows: Rows[Any], debate: api.Debate, payload: dict[str, Any], address: str) -> None:
    """Add what there is to account for in a debate's own text, without its child debates, and its unknown fields.

    Raises:
        ParseError: an item stands twice.
    """
    rows.add_fields(payload, api.Debate, LEFT_OUT_OF_A_DEBATE, address, "debate")
    rows.add_fields(payload["Overview"], api.Overview, LEFT_OUT_OF_AN_OVERVIEW, f"{address}.Overview", "Overview")
    rows.add_fields(payload["Navigator"], list[api.Heading], LEFT_OUT_OF_THE_PATH, f"{address}.Navigator", "Navigator")
    others = {id(child) for child in other_children(debate)}
    for place, child in enumerate(debate.child_debates):
        if id(child) not in others:
            where = f"{address}.ChildDebates[{place}]"
            rows.add_fields(payload["ChildDebates"][place], api.Debate, _OF_ITSELF, where, "debate")
    places = {id(item): place for place, item in enumerate(debate.items)}
    for item in own_items(debate):
        place = places[id(item)]
        where, text = f"{address}.Items[{place}]", to_text(item.value or "")
        left_out = LEFT_OUT_OF_FURNITURE if is_furniture(item) and item.value else LEFT_OUT_OF_AN_ITEM
        printed = payload["Items"][place]
        if item.attributed_to:
            printed = printed | {"AttributedTo": without_notes(item.attributed_to)}
        rows.add_fields(printed, api.Item, left_out, where, "Items")
        if not is_furniture(item) or not is_number_or_time(text):
            rows.pieces += [Piece(f"{where}.Value", text), *pictures_of(item.value or "", f"{where}.Value")]
