"""The catalogue of sources: one folder under `sources` each, with its facts in `source.yml`.

Adding a folder adds a source and its ingest DAG.
"""

import datetime as dt
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec
import yaml

from orderpaper.errors import ConfigError

_FOLDER = Path(__file__).with_name("sources")


class Volume(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The bounds within which the number of things that a source gives is credible."""

    of: str
    """The kind of things that are counted: its name in the counts of the source's fetch, and in messages."""
    per: Literal["sitting day", "run"]
    """Count each day on which the Commons sat, or everything that one fetch found (for a register)."""
    min: int
    max: int
    quiet_on: list[dt.date] = []
    """Sitting days that are known to have nothing. Add a day here once somebody has checked it."""


class Freshness(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far a source may lag behind the day up to which it should be complete, and how often it may lag further."""

    calendar: Literal["sitting days", "weekdays", "days"] = "sitting days"
    """The days that count: those on which a House of the source sat, Monday to Friday, or all."""
    max_lag_days: int = 1
    """How many of these days it may lag behind."""
    allowed_missed_days: int = 3
    """On how many of 30 days it may lag further: the error budget."""

    @property
    def promise(self) -> str:
        """Return what readers are promised, in words."""
        unit = self.calendar.removesuffix("s") if self.max_lag_days == 1 else self.calendar
        return f"at most {self.max_lag_days} {unit} behind"


class Site(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A further site of a source that reads several sites of the same kind."""

    name: str
    """One word. When the connection replaces the public address, the site is at this path below it."""
    title: str
    publisher: str
    base_url: str


class Probe(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A small question by which `orderpaper doctor` learns whether a site answers in the shape that is expected."""

    path: str
    params: dict[str, str | int] = {}
    format: Literal["JSON", "Atom", "text"] = "JSON"
    kind: str = "list"
    """The source's name for this sort of document, as its fetch uses it."""
    gives: str | None = None
    """The table of which the answer must have a row; None if the parser must only understand it."""


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The facts of a source, as its `source.yml` states them."""

    name: str
    title: str
    description: str
    publisher: str
    licence: str
    owner: str
    is_enabled: bool
    after: list[str] = []
    """Sources that must be read before this one. Runs, backfills and volume checks follow it."""
    schedule: str
    """The schedule of its DAG: a cron expression or preset, in UTC."""
    start_on: dt.date
    """The first day for which the source has anything."""
    max_quarantine_share: float
    """The run fails when the parser refuses a larger share of an interval's documents, or of the rows in them; one
    document and one row are always tolerated there. The audit forbids publication when a larger share of all rows is
    refused, and decides which document may be lost (`ops.fct_source_loss`)."""
    yields: list[str]
    """The tables of schema `raw` that its parser fills."""
    windows: str
    """The requests of a run, in words."""
    limits: str
    """Limits that the site sets, or that we set ourselves."""
    past: str | None = None
    """How to load its past, where that takes more than a backfill of some months."""
    traps: list[str]
    """Silent faults of the upstream that the code handles."""
    tests: list[str]
    """Files with the tests of the source."""
    connection_id: str | None = None
    """The Airflow connection with the base URL; None for a source that is not fetched over HTTP."""
    base_url: str | None = None
    """The public address, used when the connection is not set."""
    further_sites: list[Site] = []
    """Sites that are read in the same way. Addresses of their documents are absolute; addresses of this site's
    documents are relative to `base_url`."""
    requests_per_second: float = 2
    allowed_hosts: frozenset[str] = frozenset()
    """Other hosts to which the site may redirect."""
    obeys_robots: bool = False
    """Whether to obey robots.txt. Set it for web pages. An API for programs needs no robots.txt."""
    volume: list[Volume] = []
    """Bounds for each kind of things that it gives. They apply in full to real upstreams. A simulated Parliament must
    only have something for each sitting day, and a replayed capture is not checked."""
    probe: Probe | None = None
    """A question for `orderpaper doctor`. Ask for something that never goes away, such as a row of a day long past."""
    has_days: bool = True
    """Whether a backfill asks month by month. False for a register, a feed or a folder, which are read once."""
    has_calendar: bool = False
    """Whether the folder has a `calendar.py` whose `sitting_days(landing, window)` returns the days on which the
    Commons is known to have sat."""
    houses: list[Literal["Commons", "Lords"]] = []
    """The Houses that every run asks for; none for a source that belongs to neither."""
    freshness: Freshness = Freshness()
    """The promise to readers of how fresh it is."""

    def sites_at(self, base_url: str) -> list[tuple[str, str]]:
        """Return the address of each site when the source's own is at `base_url`, with its documents' prefix."""
        below = None if base_url == self.base_url else base_url.rstrip("/")
        further = [(f"{below}/{s.name}" if below else s.base_url, s.base_url) for s in self.further_sites]
        return [(base_url, ""), *further]


@cache
def load_sources() -> dict[str, Source]:
    """Return every source by its name; each comes after the sources that it needs, otherwise in order of title.

    Raises:
        ConfigError: a `source.yml` is malformed, or the sources need each other in a circle.
    """
    sources = [_read(path) for path in _FOLDER.glob("*/source.yml")]
    found = {source.name: source for source in _in_order(sources)}
    for source in sources:
        is_per_sitting_day = any(volume.per == "sitting day" for volume in source.volume)
        if is_per_sitting_day and calendar_of(source, found) is None:
            raise ConfigError(
                f"{source.name} is checked per sitting day, so its source.yml must name a source with a calendar"
                " under `after`."
            )
    return found


def find_source(name: str) -> Source:
    """Return the source of that name.

    Raises:
        ConfigError: there is no such source.
    """
    try:
        return load_sources()[name]
    except KeyError:
        raise ConfigError(f"There is no source {name!r}; there are {', '.join(load_sources())}.") from None


def calendar_of(source: Source, sources: dict[str, Source]) -> Source | None:
    """Return the source that knows on which days the Commons sat: `source` itself, or one that it comes after."""
    return next((known for name in (source.name, *source.after) if (known := sources[name]).has_calendar), None)


def _read(path: Path) -> Source:
    """Read one `source.yml`.

    Raises:
        ConfigError: it is malformed, or names another source than its folder.
    """
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # The safe loader in C is seven times as fast.
    read = yaml.load(path.read_text(encoding="utf-8"), loader)  # noqa: S506
    facts: dict[str, Any] = {"name": path.parent.name, **read}
    try:
        source = msgspec.convert(facts, Source)
    except msgspec.ValidationError as error:
        raise ConfigError(f"{path} is not a source: {error}") from error
    if source.name != path.parent.name:
        raise ConfigError(f"{path} names itself {source.name!r}; a source has the name of its folder.")
    return source


def _in_order(sources: Iterable[Source]) -> list[Source]:
    """Sort the sources so that each comes after those that it needs. Titles break ties, so folder names do not matter.

    Raises:
        ConfigError: a source needs one that does not exist, or the sources need each other in a circle.
    """
    by_title = {source.name: source for source in sorted(sources, key=lambda source: source.title)}
    ordered: dict[str, Source] = {}

    def add(source: Source, path: tuple[str, ...]) -> None:
        if source.name in path:
            raise ConfigError(f"These sources come after each other in a circle: {' > '.join([*path, source.name])}.")
        for name in source.after:
            if name not in by_title:
                raise ConfigError(f"{source.name} comes after {name!r}, but there is no such source.")
            add(by_title[name], (*path, source.name))
        ordered[source.name] = source

    for source in by_title.values():
        add(source, ())
    return list(ordered.values())
