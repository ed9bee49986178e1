"""Fetch the days of Hansard: the sections of a day, the headings of a section, the debates under them."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

import msgspec

from orderpaper.errors import ParseError, UpstreamError
from orderpaper.http import Client, Landed, Params
from orderpaper.http.lists import Lists
from orderpaper.landing import Window
from orderpaper.landing.missing import Missing
from orderpaper.reading.dates import day_of
from orderpaper.sources import Found
from orderpaper.sources.hansard.calendar import SECTIONS, fetch_sitting_days, sections_of
from orderpaper.sources.hansard.lists import read_list, read_sections, read_trees
from orderpaper.sources.hansard.payload import Outline
from orderpaper.sources.hansard.revisions import FINAL, Revisions

HOUSES = ("Commons", "Lords")
TREES = "/overview/sectiontrees.json"
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

    A few debates that the API lists and does not give, and a few lists that it does not give, do not keep the others
    from landing. They are remembered, and asked for in every run until they come (`orderpaper.landing.missing`). A day
    that lacks a list is fetched again whole.

    Raises:
        UpstreamError: the API gave too few of its lists or of the debates of a day, returned another day or House than
            requested, or returned nothing for a day on which the House sat.
    """
    debates: Counter[dt.date] = Counter()
    printed: Counter[dt.date] = Counter()
    revisions = Revisions(client.landing, _today())
    missing = Missing(client.landing, "hansard", _today())
    lists = Lists("hansard")
    for house in HOUSES:
        of_lists = _lists_of(house)
        lacked = missing.due(of_lists)
        sitting_days = fetch_sitting_days(client, lists, missing, window, house)
        again = sorted({*revisions.due(house), *lacked}.difference(window))
        for day in [*again, *window]:
            found = _fetch_day(client, lists, day, house, has_sat=day in sitting_days)
            lacking = lists.lacking.get((of_lists, day), {})
            missing.note(house, day, found.reasons)
            missing.note(of_lists, day, lacking)
            if found.landed:
                is_final = all(debate.overview.source in FINAL for debate in found.landed.values())
                revisions.note(house, day, is_final=is_final and not found.reasons and not lacking)
            elif day in sitting_days and not lacking:
                raise UpstreamError(
                    f"hansard: the {house} sat on {day}, by Hansard's own calendar, and yet there is no debate of that"
                    " day; try again when it has been put out."
                )
            if day in window:
                names = {*found.landed, *found.reasons}
                debates[day] += len(names - found.printed)
                printed[day] += len(names & found.printed)
        for day, absent in missing.due(house).items():
            if day not in again and day not in window:
                found = _Day(client, day, house)
                found.ask(absent)
                missing.note(house, day, found.reasons)

    lists.check()

    def when_whole() -> None:
        revisions.save()
        missing.save()

    return Found(
        {"debates": debates, "written answers and statements": printed},
        incomplete_on=frozenset(day for part, day in lists.lacking if day in window and part in map(_lists_of, HOUSES)),
        when_whole=when_whole,
    )


def _lists_of(house: str) -> str:
    """Return the part of the source to which a House's lists belong."""
    return f"lists of the {house}"


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


def _fetch_day(client: Client, lists: Lists, day: dt.date, house: str, *, has_sat: bool) -> _Day:
    """Land a House's day: the debates under its headings, and the children that they name.

    Raises:
        UpstreamError: too many debates are missing, or debates name new children without an end.
    """
    where = sections_of(day, house)
    part = _lists_of(house)
    sections = lists.ask(part, day, "the list of sections", partial(_sections, client, where))
    states: dict[str, str | None] = {}
    found = _Day(client, day, house)
    for section in sections or []:
        tree = lists.ask(part, day, f"the headings of {section}", partial(_headings, client, section, day, house))
        states |= (debates := tree or {})
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
        if found.lacks_too_much or (has_sat and not found.landed and (part, day) not in lists.lacking):
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


def _sections(client: Client, where: Params) -> list[str]:
    """Land the list of the sections of a day. Without a sitting it is empty, or the API answers 404."""
    landed = client.get_json(SECTIONS, where, kind="sections", is_optional=True)
    return _rows(landed, read_sections).values if landed else []


def _headings(client: Client, section: str, day: dt.date, house: str) -> dict[str, str | None]:
    """Land the headings of a section; return the debates under them, with the time of the last change of each."""
    query: Params = [("section", section), *sections_of(day, house)]
    found: dict[str, str | None] = {}
    for part in _rows(client.get_json(TREES, query, kind="section_tree"), read_trees).trees.values:
        _check(day, house, part.item_date, part.house, f"the headings of {section}")
        found |= _debates(part.section_tree_items)
    return found


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
    try:
        return _outline(landed, day, house, external_id)
    except UpstreamError as error:
        if landed:
            raise client.reject(landed, str(error).removeprefix("hansard: ")) from error
        raise


def _outline(landed: Landed | None, day: dt.date, house: str, external_id: str) -> Outline:
    """Return the part of a debate that the fetch needs.

    Raises:
        UpstreamError: it is not in the shape of the API, or not the debate of that day that was asked for.
    """
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
