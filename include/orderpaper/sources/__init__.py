"""The sources: one folder each, with its facts in `source.yml`. Adding a folder adds a source, and a DAG."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal

import msgspec
import yaml

from orderpaper.errors import ConfigError
from orderpaper.landing import Window

__all__ = ["Found", "Site", "Source", "Volume", "Window", "find_source", "load_sources"]

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Found:
    """What a source's fetch has to say beside the documents that it landed."""

    count_by_day: Mapping[dt.date, int] = field(default_factory=dict)
    """Day → how many of what the source counts (`Volume.of`); a register counts on the last day of the window."""
    when_whole: Callable[[], None] = lambda: None
    """To be called when the interval's manifest is written: what a killed fetch must not have done yet."""

    def joined_with(self, other: "Found") -> "Found":
        """What two sites of a source have to say."""

        def when_whole() -> None:
            self.when_whole()
            other.when_whole()

        return Found(Counter(self.count_by_day) + Counter(other.count_by_day), when_whole)


class Volume(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much a source gives in a day, as far as an engineer would believe it."""

    of: str
    """What is counted."""
    per: Literal["sitting day", "run"]
    """A day on which the Commons sat, or the whole of a fetch (a register, which has no days)."""
    min: int
    max: int
    quiet_on: list[dt.date] = []
    """Days on which the Commons sat and yet there was nothing: put here by hand, when that was found to be so."""


class Site(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One more site of a source that has several of the same make."""

    name: str
    """A word: where the connection names another address than the public one, the site is below that by its name."""
    title: str
    publisher: str
    base_url: str


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The facts of a source, as its `source.yml` states them."""

    name: str
    title: str
    description: str
    publisher: str
    licence: str
    owner: str
    is_enabled: bool
    schedule: str
    """When its DAG runs: a cron expression or preset, UTC."""
    start_on: dt.date
    """The first day for which there is anything."""
    max_quarantine_share: float
    """The run fails when a larger share of an interval's documents is not understood."""
    yields: list[str]
    """The tables of schema `raw` that its parser fills."""
    windows: str
    """What a run asks for."""
    limits: str
    """What the site or we ourselves allow."""
    traps: list[str]
    """What goes wrong there without a word, and is taken care of."""
    tests: list[str]
    """Files with the tests of all that."""
    connection_id: str | None = None
    """Airflow connection with the base URL; None for a source that is not fetched over HTTP."""
    base_url: str | None = None
    """Public address, used when the connection is not set."""
    further_sites: list[Site] = []
    """Sites that are asked as this one is. Their documents' addresses are whole, this one's count from `base_url`."""
    requests_per_second: float = 2
    allowed_hosts: frozenset[str] = frozenset()
    """Hosts, beside its own, that its site may redirect to."""
    obeys_robots: bool = False
    """Ask for nothing that the site's robots.txt disallows: a matter of course for a third party's web pages. An API
    that its publisher offers to programs has none to obey."""
    volume: Volume | None = None
    """Checked where real days are fetched: a simulated Parliament is only asked to have something, a captured
    one nothing."""
    has_days: bool = True
    """Whether a backfill asks for it month by month; False for a register, a feed or a folder, asked for once."""
    max_lag_sitting_days: int = 1
    """How many sitting days its newest interval may end before that of the source that was read furthest."""

    def sites_at(self, base_url: str) -> list[tuple[str, str]]:
        """Where each site is if the source's own is at `base_url`, and what its documents' addresses begin with."""
        below = None if base_url == self.base_url else base_url.rstrip("/")
        further = [(f"{below}/{s.name}" if below else s.base_url, s.base_url) for s in self.further_sites]
        return [(base_url, ""), *further]


@cache
def load_sources() -> dict[str, Source]:
    """Every source with a folder here, by name.

    Raises:
        ConfigError: a `source.yml` is malformed, or its name is not its folder's.
    """
    sources = {}
    for path in sorted(_FOLDER.glob("*/source.yml")):
        facts: dict[str, Any] = {"name": path.parent.name, **yaml.safe_load(path.read_text(encoding="utf-8"))}
        try:
            source = msgspec.convert(facts, Source)
        except msgspec.ValidationError as error:
            raise ConfigError(f"{path} is not a source: {error}") from error
        if source.name != path.parent.name:
            raise ConfigError(f"{path} names itself {source.name!r}; a source is named as its folder.")
        sources[source.name] = source
    return sources


def find_source(name: str) -> Source:
    """Return the source of that name.

    Raises:
        ConfigError: there is no such source.
    """
    try:
        return load_sources()[name]
    except KeyError:
        raise ConfigError(f"There is no source {name!r}; there are {', '.join(load_sources())}.") from None
