"""Faults in the content of a site's answers, as opposed to how they are sent: on demand, until the site heals.

Some faults can befall the payloads of every source and stand here. The others are declared by the sources, in `FAULTS`
of their `simulated` modules.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from orderpaper.errors import ConfigError
from orderpaper.simulate.part import Part, find_modules
from orderpaper.simulate.query import Query


@dataclass(frozen=True, slots=True)
class DataFault:
    """A fault of one source's data, and what the pipeline is expected to do while it is in force."""

    description: str
    fails_with: str | None = None
    """The message with which the source fails, as a regular expression; None if it is read without an error."""
    is_seen: bool = True
    """Whether what is read differs from what a site without the fault leads to."""


def _each_object(value: Any, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
    """Return `value` with every object in it changed."""
    if isinstance(value, list):
        return [_each_object(item, change) for item in value]
    if isinstance(value, dict):
        return change({name: _each_object(item, change) for name, item in value.items()})
    return value


def _renamed_field(part: Part, value: Any) -> Any:
    def change(item: dict[str, Any]) -> dict[str, Any]:
        return {f"new_{name}" if name == part.required_field else name: inner for name, inner in item.items()}

    return _each_object(value, change)


def _unknown_field(part: Part, value: Any) -> Any:
    return _each_object(value, lambda item: item | {"mood": "hopeful"} if part.required_field in item else item)


def _lying_total(part: Part, value: Any) -> Any:
    name = part.total_field
    return _each_object(value, lambda item: item | {name: item[name] + 1} if name in item else item)


PAYLOAD_FAULTS: dict[str, Callable[[Part, Any], Any]] = {
    "renamed_field": _renamed_field,
    "unknown_field": _unknown_field,
    "lying_total": _lying_total,
    "duplicate_rows": lambda _, value: value,
}
"""Name → what becomes of a value that a part answers. `duplicate_rows` changes what is asked for: see `overlapping`."""


def overlapping(query: Query) -> Query:
    """Return a query by which each page begins with the last row of the page before.

    A row then comes twice, as it does when a row above it is taken out of the list while the list is paged.
    """
    return {
        name: [str(int(values[-1]) - 1)]
        if name.rpartition(".")[2] == "skip" and values[-1].isdecimal() and int(values[-1]) > 0
        else values
        for name, values in query.items()
    }


def declared_faults() -> dict[str, dict[str, DataFault]]:
    """Return the faults that the sources declare: name → source → fault. Several sources can have one in common."""
    found: dict[str, dict[str, DataFault]] = {}
    for source, module in find_modules("simulated").items():
        for name, fault in getattr(module, "FAULTS", {}).items():
            found.setdefault(name, {})[source] = fault
    return found


def fault_names() -> list[str]:
    """Return the name of every data fault."""
    return [*PAYLOAD_FAULTS, *declared_faults()]


def check_name(name: str) -> str:
    """Return `name` if it is that of a data fault.

    Raises:
        ConfigError: there is no such fault.
    """
    if name not in fault_names():
        raise ConfigError(f"There is no data fault {name!r}; there are {', '.join(fault_names())}.")
    return name
