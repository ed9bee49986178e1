"""Captured debates of Hansard, with the contributions that were captured.

    hansard/*_spoken.json   {debate_reconciliation: [{debate_overview}, …], records: [contribution, …]}

The headings of a day are those of its captured debates. There is no calendar: a capture does not show on which days a
House did not sit.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from orderpaper.simulate.captured import day_of, objects, read
from orderpaper.simulate.part import Part
from orderpaper.simulate.payloads import Json
from orderpaper.simulate.people import HOUSES
from orderpaper.sources.hansard.simulated import CHAMBER, WESTMINSTER_HALL, heading, part, tree

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
_SECTIONS = {"Westminster Hall": WESTMINSTER_HALL}
"""Location of a debate → name of its section, unless it is the Chamber."""


def replayed(directory: Path) -> Part:
    """Return the API over the captured debates of a folder."""
    whole = part(Hansard(directory / "hansard"))
    return replace(whole, routes=[route for route in whole.routes if "calendar" not in route[0]])


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

    def sat(self, day: dt.date, house: int) -> bool:
        """Return whether anything was captured of a House's day."""
        return bool(self._of(day, house))

    def sections(self, day: dt.date, house: int) -> Sequence[str]:
        """Return the sections of a day of which something was captured."""
        return sorted({_section(overview) for overview in self._of(day, house)})

    def trees(self, day: dt.date, house: int, section: str) -> Sequence[Json]:
        """Return the headings of the captured debates of a section."""
        overviews = [overview for overview in self._of(day, house) if _section(overview) == section]
        if not overviews:
            return ()
        first, headings = overviews[0], [_heading(overview) for overview in overviews]
        return [tree(day, house, first["Location"], headings, volume=first.get("VolumeNo"), source=first["Source"])]

    def debate(self, external_id: str) -> Json | None:
        """Return a debate with what was captured of it."""
        overview = self._overviews.get(external_id)
        if overview is None:
            return None
        items = sorted(self._items.get(external_id, ()), key=lambda item: item["OrderInSection"])
        return {"Overview": overview, "Navigator": [_heading(overview)], "Items": items, "ChildDebates": []}

    def _of(self, day: dt.date, house: int) -> list[Json]:
        return [o for o in self._overviews.values() if day_of(o["Date"]) == day and o["House"] == HOUSES.get(house)]


def _section(overview: Json) -> str:
    return _SECTIONS.get(overview["Location"], CHAMBER)


def _heading(overview: Json) -> Json:
    return heading(overview.get("Id", 0), overview["Title"], overview["HRSTag"], overview["ExtId"])


def item(record: Json) -> Json:
    """Return the item of a debate's payload from which a captured contribution was taken."""
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
