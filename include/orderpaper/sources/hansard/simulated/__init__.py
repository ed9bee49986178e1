"""The Hansard API of the simulated Parliament: the days on which a House sat, their headings, and the debates.

A day of the Commons has question time, a statement or an urgent question, a debate and points of order in the Chamber,
and a debate in Westminster Hall. A day of the Lords has a question. The id of a debate contains the day, so that any
debate can be made alone.

The routes serve captured debates as well: see `orderpaper.sources.hansard.replayed`.
"""

import calendar
import datetime as dt
import functools
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field
from typing import Protocol

from orderpaper.simulate.data_faults import DataFault
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.part import Part, Route
from orderpaper.simulate.payloads import Json, at_midnight
from orderpaper.simulate.people import COMMONS, HOUSES, LORDS, People
from orderpaper.simulate.query import BadRequestError, Query, date, integer_or_none, last
from orderpaper.sources.hansard.simulated import debates
from orderpaper.sources.hansard.simulated.script import Script

FAULTS = {
    "late_days": DataFault(
        "The report of a day shows two days late, though the calendar has the day.",
        fails_with="the Commons sat on 2025-03-13, by Hansard's own calendar, and yet",
    ),
    "revised_hansard": DataFault("Some debates have another wording than at first."),
}
CHAMBER, WESTMINSTER_HALL = "Debate", "WestHall"
_LOCATIONS = {
    (COMMONS, CHAMBER): "Commons Chamber",
    (COMMONS, WESTMINSTER_HALL): "Westminster Hall",
    (LORDS, CHAMBER): "Lords Chamber",
}
_ROLLING, _DAILY = 1, 2
_REVISED_SHARE = 3
"""One debate in this many is reworded when Hansard is revised."""
_NUMBERS = {name: house for house, name in HOUSES.items()}


class Report(Protocol):
    """The Official Report that the API serves."""

    def sat(self, day: dt.date, house: int) -> bool:
        """Return whether a House sat on a day."""

    def sections(self, day: dt.date, house: int) -> Sequence[str]:
        """Return the sections in which a House sat on a day; none if it did not sit."""

    def trees(self, day: dt.date, house: int, section: str) -> Sequence[Json]:
        """Return the headings of a section."""

    def debate(self, external_id: str) -> Json | None:
        """Return a debate with what was said in it."""


def simulated(parliament: SimulatedParliament, faults: Set[str]) -> Part:
    """Return the API over what is said in the simulated Parliament."""
    return part(Hansard(parliament, faults))


def part(report: Report) -> Part:
    """Return the API over a report."""

    def sitting_days(query: Query) -> list[Json]:
        """Return the days of a month on which a House has sat."""
        year, month = integer_or_none(query, "year"), integer_or_none(query, "month")
        name = last(query, "house") or ""
        if year is None or month is None or not 1 <= month <= 12 or name not in _NUMBERS:
            raise BadRequestError("The year, month and house fields are required.")
        days = [dt.date(year, month, number) for number in range(1, calendar.monthrange(year, month)[1] + 1)]
        return [
            {"House": name, "ItemDate": at_midnight(day), "Metadata": None}
            for day in days
            if report.sat(day, _NUMBERS[name])
        ]

    def sections(query: Query) -> list[str]:
        day, house = date(query, "date"), _NUMBERS.get(last(query, "house") or "")
        return list(report.sections(day, house)) if day and house else []

    def trees(query: Query) -> list[Json]:
        day, house = date(query, "date"), _NUMBERS.get(last(query, "house") or "")
        if day is None or house is None:
            raise BadRequestError("The date and house fields are required.")
        return list(report.trees(day, house, last(query, "section") or ""))

    routes: list[Route] = [
        (r"/overview/calendar\.json", sitting_days),
        (r"/overview/sectionsforday\.json", sections),
        (r"/overview/sectiontrees\.json", trees),
        (r"/debates/debate/([0-9A-Za-z-]+)\.json", lambda _, external_id: report.debate(external_id)),
    ]
    return Part(routes=routes, required_field="AttributedTo")


@dataclass(slots=True)
class _Node:
    """A heading of a day, with what is said under it."""

    title: str
    tag: str
    section: str
    parent: int | None
    items: list[Json] = field(default_factory=list)


class Hansard:
    """The Official Report of the simulated Parliament: the rolling text, or the revised one."""

    def __init__(self, parliament: SimulatedParliament, faults: Set[str]) -> None:
        self._parliament = parliament
        self._people = parliament.people
        self._reported_until = parliament.as_of - dt.timedelta(2 * ("late_days" in faults))
        self._is_revised = "revised_hansard" in faults
        self._day = functools.lru_cache(maxsize=64)(self._report)

    def sat(self, day: dt.date, house: int) -> bool:
        """Return whether a House sat on a day, which is known even while its report is late."""
        return house in HOUSES and bool(self._parliament.sitting_days(day, day))

    def sections(self, day: dt.date, house: int) -> list[str]:
        """Return the sections in which a House sat on a day."""
        return list(dict.fromkeys(node.section for node in self._day(day, house)))

    def trees(self, day: dt.date, house: int, section: str) -> list[Json]:
        """Return the headings of a section as a list, each with the id of its parent."""
        nodes = [(index, node) for index, node in enumerate(self._day(day, house)) if node.section == section]
        if not nodes:
            return []
        headings = [_heading(day, house, index, node) for index, node in nodes]
        return [tree(day, house, _LOCATIONS[house, section], headings, volume=763, source=_ROLLING)]

    def debate(self, external_id: str) -> Json | None:
        """Return the debate of an id, with what is said in it."""
        try:
            day = dt.datetime.strptime(external_id[:8], "%Y%m%d").date()
            house, index = int(external_id[9:13]), int(external_id[-12:])
        except ValueError:
            return None
        nodes = self._day(day, house)
        if index >= len(nodes) or _external_id(day, house, index) != external_id:
            return None
        return self._debate(day, house, index, nodes)

    def _debate(self, day: dt.date, house: int, index: int, nodes: tuple[_Node, ...]) -> Json:
        node = nodes[index]
        is_revised = self._is_revision(index)
        # All headings above the debate are included, because they give the department of a question.
        above = [index]
        while (parent := nodes[above[0]].parent) is not None:
            above.insert(0, parent)
        return {
            "Overview": {
                "Id": int(f"{day:%y%m%d}{house}{index:02d}"),
                "ExtId": _external_id(day, house, index),
                "Title": node.title,
                "HRSTag": node.tag,
                "Date": at_midnight(day),
                "Location": _LOCATIONS[house, node.section],
                "House": HOUSES[house],
                "Source": _DAILY if is_revised else _ROLLING,
                "VolumeNo": 763,
                "ContentLastUpdated": f"{day + dt.timedelta(3 * is_revised)}T20:30:26.303",
                "DebateTypeId": 1,
                "SectionType": 1,
                "NextDebateExtId": _external_id(day, house, index + 1) if index + 1 < len(nodes) else "",
                "NextDebateTitle": nodes[index + 1].title if index + 1 < len(nodes) else "",
                "PreviousDebateExtId": _external_id(day, house, index - 1) if index else "",
                "PreviousDebateTitle": nodes[index - 1].title if index else "",
            },
            "Navigator": [_heading(day, house, place, nodes[place]) for place in above],
            "Items": node.items,
            "ChildDebates": [
                self._debate(day, house, place, nodes) for place, child in enumerate(nodes) if child.parent == index
            ],
        }

    def _report(self, day: dt.date, house: int) -> tuple[_Node, ...]:
        if day > self._reported_until or not self.sat(day, house):
            return ()
        return tuple(self._commons(day) if house == COMMONS else self._lords(day))

    def _commons(self, day: dt.date) -> list[_Node]:
        nodes = [_Node("Commons Chamber", "hs_3MainHdg", CHAMBER, None)]
        times = self._parliament.oral_questions.question_times(day)
        if times:
            nodes.append(_Node("Oral Answers to Questions", "hs_3OralAnswers", CHAMBER, 0))
        for time in times:
            department = len(nodes)
            nodes.append(_Node(debates.heading_of(time.department), "hs_6bDepartment", CHAMBER, 1))
            nodes[-1].items = debates.asked(self._script(day, COMMONS, department), time)
            for heading, put in debates.question_time(time):
                items = put(self._script(day, COMMONS, len(nodes)), self._people)
                nodes.append(_Node(heading, "hs_8Question", CHAMBER, department, items))
        business: list[tuple[str, Callable[[Script, People], debates.Written]]] = [
            ("hs_2cStatement", debates.statement) if day.toordinal() % 2 else ("hs_2cUrgentQuestion", debates.urgent),
            ("hs_2cDebatedMotion", debates.motion),
            ("hs_2cGenericHdg", debates.points_of_order),
        ]
        for tag, write in business:
            title, items = write(self._script(day, COMMONS, len(nodes)), self._people)
            nodes.append(_Node(title, tag, CHAMBER, 0, items))
        hall = len(nodes)
        nodes.append(_Node("Westminster Hall", "hs_3MainHdg", WESTMINSTER_HALL, None))
        title, items = debates.motion(self._script(day, COMMONS, len(nodes)), self._people, in_hall=True)
        nodes.append(_Node(title, "hs_2cWestHallDebate", WESTMINSTER_HALL, hall, items))
        return nodes

    def _lords(self, day: dt.date) -> list[_Node]:
        title, items = debates.lords_question(self._script(day, LORDS, 1), self._people)
        return [
            _Node("Lords Chamber", "hs_Venue", CHAMBER, None),
            _Node(title, "NewDebate", CHAMBER, 0, items),
        ]

    def _script(self, day: dt.date, house: int, index: int) -> Script:
        """Return an empty script for the debate at that place."""
        rng, key = self._parliament.dice(day, house, index), f"{day:%Y%m%d}-{house * 100 + index:04d}"
        return Script(rng, day, house, key, is_revised=self._is_revision(index))

    def _is_revision(self, index: int) -> bool:
        return self._is_revised and index % _REVISED_SHARE == 0


def _external_id(day: dt.date, house: int, index: int) -> str:
    return f"{day:%Y%m%d}-{house:04d}-4000-8000-{index:012d}"


def _heading(day: dt.date, house: int, index: int, node: _Node) -> Json:
    return heading(
        int(f"{day:%y%m%d}{house}{index:02d}"),
        node.title,
        node.tag,
        _external_id(day, house, index),
        parent_id=None if node.parent is None else int(f"{day:%y%m%d}{house}{node.parent:02d}"),
        order=index + 1,
    )


def heading(
    heading_id: int, title: str, tag: str, external_id: str, *, parent_id: int | None = None, order: int = 1
) -> Json:
    """Return a heading as the API gives it."""
    return {
        "Id": heading_id,
        "Title": title,
        "ParentId": parent_id,
        "SortOrder": order,
        "ExternalId": external_id,
        "HRSTag": tag,
        "HansardSection": None,
        "Timecode": None,
    }


def tree(day: dt.date, house: int, title: str, headings: list[Json], *, volume: int | None, source: int) -> Json:
    """Return the headings of a section as the API gives them."""
    return {
        "House": HOUSES[house],
        "ItemDate": at_midnight(day),
        "Metadata": None,
        "Title": title,
        "Description": None,
        "SectionType": 1,
        "SortOrder": 1,
        "LastUpdated": None,
        "VolumeNo": volume,
        "SectionTreeItems": headings,
        "Source": source,
    }
