"""The part that a source adds to the simulated Parliament. It stands in the source's own folder.

A source's module (or package) `simulated` may define:

- `simulated(parliament, faults) -> Part`: the source's site, made from the simulated Parliament as it is while the data
  faults of these names are in force;
- `FAULTS`: name → `DataFault`, the data faults that are the source's own;
- `saved(rng, parliament, first, last) -> list[str]`: texts as a person would save them from the site, for the
  inbox.

A source's module `replayed` defines `replayed(directory) -> Part`: the site as far as it was captured. A source without
one answers a replay as the simulated Parliament would before it had a member.

A part takes people, departments and sitting days from the Parliament, and chance from `parliament.dice(...)` with a key
of its own. So a new source leaves the documents of all others as they are.
"""

import functools
import importlib
import importlib.util
import pkgutil
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Protocol

Route = tuple[str, Callable[..., Any]]
"""A regular expression that the whole path matches, and what answers: from the query and the groups of the match to a
value for JSON, a `Page`, or None for "not found"."""


@dataclass(frozen=True, slots=True)
class Page:
    """An answer that is not JSON."""

    body: bytes
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The site of one source: what it answers, and the fields by which its payloads can be spoilt."""

    routes: Sequence[Route]
    required_field: str | None = None
    """A field that the source cannot do without, in each of its payloads: the fault `renamed_field` renames it."""
    total_field: str | None = None
    """The field in which a list says how many rows it has: the fault `lying_total` adds one."""


class Upstream(Protocol):
    """A Parliament, simulated or replayed, that a server can serve."""

    def parts(self, faults: Set[str]) -> Sequence[Part]:
        """Return the sites of all sources while the data faults of these names are in force."""


@functools.cache
def find_modules(name: str) -> dict[str, ModuleType]:
    """Return the module of that name of every source that has one, by the name of the source's folder."""
    sources = importlib.import_module("orderpaper.sources")
    folders = sorted(module.name for module in pkgutil.iter_modules(sources.__path__) if module.ispkg)
    paths = {folder: f"orderpaper.sources.{folder}.{name}" for folder in folders}
    return {folder: importlib.import_module(path) for folder, path in paths.items() if importlib.util.find_spec(path)}
