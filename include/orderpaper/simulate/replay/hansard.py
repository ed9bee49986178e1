"""Captured Hansard: contributions of some debates with the debates' overviews, and whole days in TheyWorkForYou's XML.

A debate is served with those of its contributions that were captured, under a tree of the day that has no others.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from orderpaper.errors import ConfigError
from orderpaper.simulate.member_payloads import at_midnight
from orderpaper.simulate.people import HOUSES
from orderpaper.simulate.replay.files import day_of, objects, read
from orderpaper.simulate.upstream import Json

_OVERVIEW = ("ExtId", "Title", "Date", "Location", "House", "HRSTag", "Source")
_CONTRIBUTION = (
    "debate_external_id",
    "item_id",
    "member_id",
    "attributed_to",
    "full_text",
    "order_in_debate_section",
    "timecode",
    "contribution_external_id",
    "hrs_tag",
    "hansard_section",
)
_SECTIONS = {"Westminster Hall": "WestHall"}
"""Location of a debate → name of its section, where it is not the Chamber."""


class Hansard:
    """The captured debates of a folder.

    Raises:
        ConfigError: a file is not in the layout.
    """

    def __init__(self, folder: Path) -> None:
        self._overviews: dict[str, Json] = {}
        self._items: dict[str, list[Json]] = {}
        for path in sorted(folder.glob("*_spoken.json")):
            for entry in read(path, ("debate_overview",), within="debate_reconciliation"):
                (overview,) = objects(path, [entry["debate_overview"]], _OVERVIEW)
                self._overviews[overview["ExtId"]] = overview
            for record in read(path, _CONTRIBUTION):
                self._items.setdefault(record["debate_external_id"], []).append(item(record))
        self.days: Mapping[str, bytes] = {path.name: _bytes(path) for path in sorted(folder.glob("debates*.xml"))}
        """Name → file of a day in TheyWorkForYou's XML."""

    def sections(self, day: dt.date, house: int) -> Sequence[str]:
        """The sections of a day of which something was captured."""
        return sorted({_section(overview) for overview in self._of(day, house)})

    def trees(self, day: dt.date, house: int, section: str) -> Sequence[Json]:
        """The headings of the captured debates of a section."""
        overviews = [overview for overview in self._of(day, house) if _section(overview) == section]
        if not overviews:
            return ()
        return [
            {
                "House": HOUSES[house],
                "ItemDate": at_midnight(day),
                "Metadata": None,
                "Title": overviews[0]["Location"],
                "Description": None,
                "SectionType": 1,
                "SortOrder": 1,
                "LastUpdated": None,
                "VolumeNo": overviews[0].get("VolumeNo"),
                "SectionTreeItems": [_heading(overview) for overview in overviews],
                "Source": overviews[0]["Source"],
            }
        ]

    def debate(self, external_id: str) -> Json | None:
        """A debate with what was captured of it."""
        overview = self._overviews.get(external_id)
        if overview is None:
            return None
        items = sorted(self._items.get(external_id, ()), key=lambda item: item["OrderInSection"])
        return {"Overview": overview, "Navigator": [_heading(overview)], "Items": items, "ChildDebates": []}

    def _of(self, day: dt.date, house: int) -> list[Json]:
        return [o for o in self._overviews.values() if day_of(o["Date"]) == day and o["House"] == HOUSES.get(house)]


def _section(overview: Json) -> str:
    return _SECTIONS.get(overview["Location"], "Debate")


def _heading(overview: Json) -> Json:
    return {
        "Id": overview.get("Id", 0),
        "Title": overview["Title"],
        "ParentId": None,
        "SortOrder": 1,
        "ExternalId": overview["ExtId"],
        "HRSTag": overview["HRSTag"],
        "HansardSection": None,
        "Timecode": None,
    }


def item(record: Json) -> Json:
    """The item of a debate's payload that a captured contribution was taken from."""
    return {
        "ItemType": "Contribution",
        "ItemId": record["item_id"],
        "MemberId": record["member_id"],
        "AttributedTo": record["attributed_to"],
        "Value": record["full_text"],
        "OrderInSection": record["order_in_debate_section"],
        "Timecode": record["timecode"],
        "ExternalId": record["contribution_external_id"],
        "HRSTag": record["hrs_tag"],
        "HansardSection": record["hansard_section"],
        "UIN": None,
        "IsReiteration": False,
    }


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path} cannot be replayed: {error}.") from error
