"""The shapes of payloads of the Hansard API: the fields that must be there, and their types."""

import datetime as dt
from typing import Annotated, Any

import msgspec

from orderpaper.reading.payloads import House

MemberId = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]


class CalendarItem(msgspec.Struct, rename="pascal"):
    """A day on which a House sat."""

    item_date: dt.datetime
    house: House | None = None


class Heading(msgspec.Struct, rename="pascal"):
    """A heading of a section, or of the path to a debate. The list is flat: each heading has the id of its parent."""

    id: int
    title: str | None
    parent_id: int | None
    external_id: str | None
    hrs_tag: str | None = msgspec.field(name="HRSTag")
    content_last_updated: str | None = None


class SectionTree(msgspec.Struct, rename="pascal"):
    """The headings of one section of a day: the Chamber, Westminster Hall, …"""

    section_tree_items: list[Any]
    """Each of them is a `Heading`, and is read by itself."""
    title: str | None = None
    item_date: dt.datetime | None = None
    house: House | None = None


class Overview(msgspec.Struct, rename="pascal"):
    """The facts of a debate. `hrs_tag` is the style of its heading, which shows the kind of business."""

    ext_id: str
    title: str
    date: dt.datetime
    location: str | None
    house: House
    hrs_tag: str | None = msgspec.field(name="HRSTag")
    source: int | str | None = None
    """The state of the text: 1 Rolling, 2 Daily, 3 Bound, 4 Historic."""


class Item(msgspec.Struct, rename="pascal"):
    """One piece of a debate, in the order `order_in_section`; `value` is HTML."""

    item_type: str
    member_id: MemberId | None
    attributed_to: str | None
    value: str | None
    order_in_section: int
    external_id: str | None
    hrs_tag: str | None = msgspec.field(name="HRSTag")
    uin: str | None = msgspec.field(name="UIN")


REFUSED = "Refused"
"""The type that we give to an item that is not understood."""


class Debate(msgspec.Struct, rename="pascal"):
    """A debate with its items. Its child debates have their own headings and payloads."""

    overview: Overview
    navigator: list[Heading]
    items: list[Item]
    child_debates: list["Debate"]


class Outline(msgspec.Struct, rename="pascal"):
    """The part of a debate that the fetch needs: its overview and its child debates."""

    overview: Overview
    child_debates: list["Outline"]


def _fields(struct: type[msgspec.Struct], others: str) -> frozenset[str]:
    """Return the fields that are read, and those that are known and ignored."""
    return frozenset(field.encode_name for field in msgspec.structs.fields(struct)) | frozenset(others.split())


KNOWN_CALENDAR_FIELDS = _fields(CalendarItem, "Metadata")
KNOWN_HEADING_FIELDS = _fields(Heading, "SortOrder HansardSection Timecode")
KNOWN_TREE_FIELDS = _fields(SectionTree, "Metadata Description SectionType SortOrder LastUpdated VolumeNo Source")
