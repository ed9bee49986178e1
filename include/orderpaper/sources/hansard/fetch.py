"""Fetch the days of Hansard: the sections of a day, the headings of a section, the debates under them."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import msgspec

from orderpaper.errors import UpstreamError
from orderpaper.http import Client, Landed
from orderpaper.landing import Window
from orderpaper.sources import Found
from orderpaper.sources.hansard.calendar import SECTIONS, fetch_sitting_days, sections_of
from orderpaper.sources.hansard.payload import Heading, Outline, SectionTree
from orderpaper.sources.hansard.revisions import FINAL, Revisions

HOUSES = ("Commons", "Lords")
WORKERS = 4
CONTAINERS = frozenset(
    {"hs_3MainHdg", "hs_3cMainHdg", "hs_3OralAnswers", "hs_6bDepartment", "hs_6bPetitions", "hs_Venue"}
)
"""Styles of headings whose payload repeats the payloads of the headings below them."""

Shape = TypeVar("Shape")


def fetch(window: Window, client: Client) -> Found:
    """Land the calendar, and every debate of every sitting day in the window. A day without sections is no sitting day.

    Text is revised for months after its first publication, so earlier days whose text is not final are landed again
    when they are due (`revisions`). A debate that has landed is requested again, conditionally, unless the tree shows
    that it has not changed. Both versions of a changed debate are kept.

    Raises:
        UpstreamError: the API did not answer, returned another day or House than requested, or returned nothing for a
            day on which the House sat.
    """
    counts: Counter[dt.date] = Counter()
    revisions = Revisions(client.landing, _today())
    for house in HOUSES:
        sitting_days = fetch_sitting_days(client, window, house)
        days = [window.start_on + dt.timedelta(offset) for offset in range((window.end_on - window.start_on).days + 1)]
        for day in [*(day for day in revisions.due(house) if day not in days), *days]:
            debates = _fetch_day(client, day, house)
            if debates:
                revisions.note(house, day, is_final=all(debate.overview.source in FINAL for debate in debates))
            elif day in sitting_days:
                raise UpstreamError(
                    f"hansard: the {house} sat on {day}, by Hansard's own calendar, and yet there is no debate of that"
                    " day; try again when it has been put out."
                )
            if day in days:
                counts[day] += len(debates)
    return Found(counts, when_whole=revisions.save)


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


def _fetch_day(client: Client, day: dt.date, house: str) -> list[Outline]:
    """Land a House's day; return its debates."""
    where = sections_of(day, house)
    sections = _read(client.get_json(SECTIONS, where, kind="sections"), list[str])
    due: dict[str, str | None] = {}
    for section in sections:
        tree = client.get_json("/overview/sectiontrees.json", [("section", section), *where], kind="section_tree")
        for part in _read(tree, list[SectionTree]):
            _check(day, house, part.item_date, part.house, f"the headings of {section}")
            due |= dict(_debates(part.section_tree_items))
    asked: set[str] = set()
    landed: list[Outline] = []
    with ThreadPoolExecutor(WORKERS) as pool:
        while due.keys() - asked:
            wave = sorted(due.keys() - asked)
            asked.update(wave)
            for debate in pool.map(partial(_fetch_debate, client, day, house, due), wave):
                landed.append(debate)
                # A debate that is not among the headings is fetched like any other.
                due |= {
                    child.overview.ext_id: None for child in debate.child_debates if child.overview.ext_id not in due
                }
    return landed


def _debates(headings: list[Heading]) -> Iterator[tuple[str, str | None]]:
    """Yield the id and the time of the last change, if any, of each heading that does not only hold others."""
    parents = {heading.parent_id for heading in headings}
    for heading in headings:
        holds_others = heading.id in parents and (heading.parent_id is None or heading.hrs_tag in CONTAINERS)
        if heading.external_id and not holds_others:
            yield heading.external_id, heading.content_last_updated


def _fetch_debate(client: Client, day: dt.date, house: str, states: dict[str, str | None], external_id: str) -> Outline:
    landed = client.get_json(f"/debates/debate/{external_id}.json", [], kind="debate", state=states[external_id])
    debate = _read(landed, Outline)
    given = debate.overview.ext_id
    if given.casefold() != external_id.casefold():
        raise UpstreamError(f"hansard: asked for the debate {external_id}, the API gave the debate {given}.")
    _check(day, house, debate.overview.date, debate.overview.house, f"the debate {external_id}")
    return debate


def _read(landed: Landed | None, shape: type[Shape]) -> Shape:
    if landed is None:
        raise AssertionError("nothing of Hansard is optional")
    try:
        return msgspec.json.decode(landed.body, type=shape)
    except msgspec.ValidationError as error:
        raise UpstreamError(f"hansard: {landed.ref.url} is not in the shape of the Hansard API: {error}") from error


def _check(day: dt.date, house: str, given_on: dt.datetime | None, given_house: str | None, what: str) -> None:
    """Check that the API applied the parameters, because it silently ignores one that it does not know."""
    if (given_on and given_on.date() != day) or (given_house and given_house != house):
        raise UpstreamError(
            f"hansard: asked for the {house} on {day}, the API gave {what} of the {given_house or 'same House'} on"
            f" {given_on and given_on.date()}; it seems to ignore the parameter date or house."
        )
