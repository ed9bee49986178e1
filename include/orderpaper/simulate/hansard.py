"""What is said in the simulated Houses on a sitting day, as a tree of debates, and each debate in the API's shape.

A day of the Commons has question time, a statement or urgent question, a debate and points of order in the Chamber and
a debate in Westminster Hall; the Lords have a question. Debates are known by ids that say the day, so that any of them
can be made alone.
"""

import datetime as dt
import functools
from collections.abc import Callable
from dataclasses import dataclass, field

from orderpaper.simulate import hansard_debates as debates
from orderpaper.simulate import sittings
from orderpaper.simulate.dice import dice
from orderpaper.simulate.hansard_script import Script
from orderpaper.simulate.member_payloads import at_midnight
from orderpaper.simulate.oral_questions import OralQuestionBook
from orderpaper.simulate.people import COMMONS, HOUSES, LORDS, People
from orderpaper.simulate.upstream import Json

CHAMBER, WESTMINSTER_HALL = "Debate", "WestHall"
_LOCATIONS = {
    (COMMONS, CHAMBER): "Commons Chamber",
    (COMMONS, WESTMINSTER_HALL): "Westminster Hall",
    (LORDS, CHAMBER): "Lords Chamber",
}
_ROLLING, _DAILY = 1, 2
_REVISED_SHARE = 3
"""When Hansard is revised, one debate in so many has another wording than at first."""


@dataclass(slots=True)
class _Node:
    """A heading of the day's tree, with what is said under it."""

    title: str
    tag: str
    section: str
    parent: int | None
    items: list[Json] = field(default_factory=list)


class Hansard:
    """The Official Report of one seed as it stands on the day `as_of`: the rolling text, or the revised one."""

    def __init__(
        self, seed: int, people: People, questions: OralQuestionBook, as_of: dt.date, *, is_revised: bool
    ) -> None:
        self._seed = seed
        self._people = people
        self._questions = questions
        self._as_of = as_of
        self._is_revised = is_revised
        self._day = functools.lru_cache(maxsize=64)(self._report)

    def sections(self, day: dt.date, house: int) -> list[str]:
        """The sections in which a House sat; none on a day on which it did not."""
        return list(dict.fromkeys(node.section for node in self._day(day, house)))

    def trees(self, day: dt.date, house: int, section: str) -> list[Json]:
        """The headings of a section, as a list in which each knows its parent."""
        nodes = [(index, node) for index, node in enumerate(self._day(day, house)) if node.section == section]
        if not nodes:
            return []
        return [
            {
                "House": HOUSES[house],
                "ItemDate": at_midnight(day),
                "Metadata": None,
                "Title": _LOCATIONS[house, section],
                "Description": None,
                "SectionType": 1,
                "SortOrder": 1,
                "LastUpdated": None,
                "VolumeNo": 763,
                "SectionTreeItems": [_heading(day, house, index, node) for index, node in nodes],
                "Source": _ROLLING,
            }
        ]

    def debate(self, external_id: str) -> Json | None:
        """The debate of an id, with what is said in it."""
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
        # The headings above, as far as the House: that is how a question knows its department.
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
        if day > self._as_of or house not in HOUSES or not sittings.is_sitting(day):
            return ()
        return tuple(self._commons(day) if house == COMMONS else self._lords(day))

    def _commons(self, day: dt.date) -> list[_Node]:
        nodes = [_Node("Commons Chamber", "hs_3MainHdg", CHAMBER, None)]
        times = self._questions.question_times(day)
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
        """A script for the debate of that place."""
        rng, key = dice(self._seed, day, house, index), f"{day:%Y%m%d}-{house * 100 + index:04d}"
        return Script(rng, day, house, key, is_revised=self._is_revision(index))

    def _is_revision(self, index: int) -> bool:
        return self._is_revised and index % _REVISED_SHARE == 0


def _external_id(day: dt.date, house: int, index: int) -> str:
    return f"{day:%Y%m%d}-{house:04d}-4000-8000-{index:012d}"


def _heading(day: dt.date, house: int, index: int, node: _Node) -> Json:
    return {
        "Id": int(f"{day:%y%m%d}{house}{index:02d}"),
        "Title": node.title,
        "ParentId": None if node.parent is None else int(f"{day:%y%m%d}{house}{node.parent:02d}"),
        "SortOrder": index + 1,
        "ExternalId": _external_id(day, house, index),
        "HRSTag": node.tag,
        "HansardSection": None,
        "Timecode": None,
    }
