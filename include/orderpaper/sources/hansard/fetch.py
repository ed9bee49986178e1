"""Fetch the days of Hansard: the sections of a day, the headings of a section, the debates under them."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

import msgspec

from orderpaper.errors import ParseError, UpstreamError
from orderpaper.http import Client, Landed
from orderpaper.landing import Window
from orderpaper.landing.missing import Missing
from orderpaper.reading.dates import day_of
from orderpaper.sources import Found
from orderpaper.sources.hansard.calendar import SECTIONS, fetch_sitting_days, sections_of
from orderpaper.sources.hansard.lists import read_list, read_sections, read_trees
from orderpaper.sources.hansard.payload import Outline
from orderpaper.sources.hansard.revisions import FINAL, Revisions

HOUSES = ("Commons", "Lords")
WORKERS = 4
MOST_DEBATES = 2000
"""A House has had up to 900 headings in a day."""
MOST_GENERATIONS = 10
"""A debate has children, and these have children; the API goes no deeper than five."""
MOST_MISSING_SHARE = 0.05
"""The share of a day's debates that may be missing. One may always be, if others landed."""
CONTAINERS = frozenset(
    {"hs_3MainHdg", "hs_3cMainHdg", "hs_3OralAnswers", "hs_6bDepartment", "hs_6bPetitions", "hs_Venue"}
)
"""Styles of headings whose payload repeats the payloads of the headings below them."""

Shape = TypeVar("Shape")
Result = TypeVar("Result")


def fetch(window: Window, client: Client) -> Found:
    """Land the calendar, and every debate of every sitting day in the window. A day without sections is no sitting day.

    Text is revised for months after its first publication, so earlier days whose text is not final are landed again
    when they are due (`revisions`). A debate that has landed is requested again, conditionally, unless the tree shows
    that it has not changed. Both versions of a changed debate are kept.

    A few debates that the API lists and does not give do not keep the others from landing. They are remembered, and
    asked for in every run until they come (`orderpaper.landing.missing`).

    Raises:
        UpstreamError: the API did not answer, returned another day or House than requested, returned nothing for a
            day on which the House sat, or lacks too many debates of a day.
    """
    debates: Counter[dt.date] = Counter()
    printed: Counter[dt.date] = Counter()
    revisions = Revisions(client.landing, _today())
    missing = Missing(client.landing, "hansard", _today())
    for house in HOUSES:
        sitting_days = fetch_sitting_days(client, window, house)
        days = [window.start_on + dt.timedelta(offset) for offset in range((window.end_on - window.start_on).days + 1)]
        again = [day for day in revisions.due(house) if day not in days]
        for day in [*again, *days]:
            found = _fetch_day(client, day, house, has_sat=day in sitting_days)
            missing.note(house, day, found.reasons)
            if found.landed:
                is_final = all(debate.overview.source in FINAL for debate in found.landed.values())
                revisions.note(house, day, is_final=is_final and not found.reasons)
            elif day in sitting_days:
                raise UpstreamError(
                    f"hansard: the {house} sat on {day}, by Hansard's own calendar, and yet there is no debate of that"
                    " day; try again when it has been put out."
                )
            if day in days:
                names = {*found.landed, *found.reasons}
                debates[day] += len(names - found.printed)
                printed[day] += len(names & found.printed)
        for day, absent in missing.due(house).items():
            if day not in again and day not in days:
                found = _Day(client, day, house)
                found.ask(absent)
                missing.note(house, day, found.reasons)

    def when_whole() -> None:
        revisions.save()
        missing.save()

    return Found({"debates": debates, "written answers and statements": printed}, when_whole=when_whole)


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


class _Day:
    """The debates of a House's day, as far as they have landed."""

    def __init__(self, client: Client, day: dt.date, house: str) -> None:
        self._client, self._day, self._house = client, day, house
        self.landed: dict[str, Outline] = {}
        self.reasons: dict[str, str] = {}
        """Debate → why it did not land."""
        self.printed: set[str] = set()
        """Those under sections that were only printed, such as written answers, which have bounds of their own."""

        self._asked_count = 0
        self._failed_count = 0

    @property
    def lacks_too_much(self) -> bool:
        """Return whether more debates are missing than a day may lack."""
        return self._failed_count > max(1, int(MOST_MISSING_SHARE * self._asked_count))

    def ask(self, names: Sequence[str], states: Mapping[str, str | None] | None = None) -> None:
        """Land debates; remember those that do not come.

        Args:
            names: the ids of the debates.
            states: the time of the last change of each, if it is known.
        """
        self._asked_count += len(names)
        with ThreadPoolExecutor(WORKERS) as pool:
            for name, debate in zip(names, pool.map(partial(self._try, states=states or {}), names), strict=True):
                if isinstance(debate, Outline):
                    self.landed[name] = debate
                else:
                    self.reasons[name] = str(debate)

    def _try(self, name: str, states: Mapping[str, str | None]) -> Outline | UpstreamError:
        if self.lacks_too_much:
            return UpstreamError("it was not asked for, because too many others are missing")
        try:
            return _fetch_debate(self._client, self._day, self._house, name, states.get(name))
        except UpstreamError as error:
            self._failed_count += 1
            return error


def _fetch_day(client: Client, day: dt.date, house: str, *, has_sat: bool) -> _Day:
    """Land a House's day: the debates under its headings, and the children that they name.

    Raises:
        UpstreamError: too many debates are missing, or debates name new children without an end.
    """
    where = sections_of(day, house)
    sections = client.get_json(SECTIONS, where, kind="sections", is_optional=True)  # no sitting: an empty list, or 404
    states: dict[str, str | None] = {}
    found = _Day(client, day, house)
    for section in _rows(sections, read_sections).values if sections else []:
        tree = client.get_json("/overview/sectiontrees.json", [("section", section), *where], kind="section_tree")
        for part in _rows(tree, read_trees).trees.values:
            _check(day, house, part.item_date, part.house, f"the headings of {section}")
            debates = dict(_debates(part.section_tree_items))
            states |= debates
            if section.casefold().startswith("written"):
                found.printed |= debates.keys()
    # The API gives the same id in capital and in small letters.
    wave = list({name.casefold(): name for name in sorted(states)}.values())
    asked: set[str] = set()
    for _ in range(MOST_GENERATIONS):
        if not wave:
            return found
        asked.update(name.casefold() for name in wave)
        if len(asked) > MOST_DEBATES:
            break
        found.ask(wave, states)
        # The heading of a day without a sitting may have no debate behind it.
        if found.lacks_too_much or (has_sat and not found.landed):
            raise UpstreamError(
                f"hansard: too many of the {len(asked)} debates of the {house} on {day} are missing; the first:"
                f" {next(iter(found.reasons.values())).removeprefix('hansard: ')}"
            )
        # A debate that is not among the headings is fetched like any other.
        children = {
            child.overview.ext_id.casefold(): child.overview.ext_id
            for name in wave
            if name in found.landed
            for child in found.landed[name].child_debates
        }
        wave = [name for key, name in sorted(children.items()) if key not in asked]
    raise UpstreamError(
        f"hansard: the debates of the {house} on {day} name new children without an end: {len(asked)} were asked for,"
        f" and {wave[0]} would be next."
    )


def _debates(rows: list[Any]) -> Iterator[tuple[str, str | None]]:
    """Yield the id and the time of the last change, if any, of each heading that does not only hold others.

    A heading that the parser does not understand is asked for too, if it has an id.
    """
    headings = [row for row in rows if isinstance(row, dict)]
    parents = [heading.get("ParentId") for heading in headings]
    for heading in headings:
        is_container = heading.get("ParentId") is None or str(heading.get("HRSTag")) in CONTAINERS
        holds_others = is_container and heading.get("Id") in parents
        name, changed_at = heading.get("ExternalId"), heading.get("ContentLastUpdated")
        if name and isinstance(name, str) and not holds_others:
            yield name, changed_at if isinstance(changed_at, str) else None


def _fetch_debate(client: Client, day: dt.date, house: str, external_id: str, state: str | None) -> Outline:
    landed = client.get_json(f"/debates/debate/{external_id}.json", [], kind="debate", state=state)
    debate = _read(landed, Outline)
    given = debate.overview.ext_id
    if given.casefold() != external_id.casefold():
        raise UpstreamError(f"hansard: asked for the debate {external_id}, the API gave the debate {given}.")
    _check(day, house, debate.overview.date, debate.overview.house, f"the debate {external_id}")
    return debate


def _rows(landed: Landed | None, read: Callable[[list[Any]], Result]) -> Result:
    """Return a list of the API. The parser puts its rows that are not understood in quarantine.

    Raises:
        UpstreamError: it is no list, or none of its rows is understood.
    """
    if landed is None:
        raise AssertionError("nothing of Hansard is optional")
    try:
        return read(read_list(msgspec.json.decode(landed.body)))
    except ParseError as error:
        raise UpstreamError(f"hansard: {landed.ref.url} is not a list that can be read: {error}") from error


def _read(landed: Landed | None, shape: type[Shape]) -> Shape:
    if landed is None:
        raise AssertionError("nothing of Hansard is optional")
    try:
        return msgspec.json.decode(landed.body, type=shape)
    except msgspec.ValidationError as error:
        raise UpstreamError(f"hansard: {landed.ref.url} is not in the shape of the Hansard API: {error}") from error


def _check(day: dt.date, house: str, given_on: dt.datetime | None, given_house: str | None, what: str) -> None:
    """Check that the API applied the parameters, because it silently ignores one that it does not know."""
    if (given_on and day_of(given_on) != day) or (given_house and given_house != house):
        raise UpstreamError(
            f"hansard: asked for the {house} on {day}, the API gave {what} of the {given_house or 'same House'} on"
            f" {day_of(given_on)}; it seems to ignore the parameter date or house."
        )
