"""What can be wrong with what an upstream says, on demand and until it heals: in the data itself, not on their way."""

from collections.abc import Callable, Iterable
from typing import Any

from orderpaper.errors import ConfigError
from orderpaper.simulate.api import Api
from orderpaper.simulate.query import Query

_RENAMED = {
    "askingMemberId": "askedByMemberId",
    "AskingMemberId": "AskedByMemberId",
    "nameDisplayAs": "displayName",
    "AttributedTo": "Attribution",
}
"""A field that each API cannot do without → what it is called of a sudden."""


def _each_object(value: Any, change: Callable[[dict[str, Any]], dict[str, Any]]) -> Any:
    """`value` with every object in it changed."""
    if isinstance(value, list):
        return [_each_object(item, change) for item in value]
    if isinstance(value, dict):
        return change({name: _each_object(item, change) for name, item in value.items()})
    return value


def _renamed_field(value: Any) -> Any:
    return _each_object(value, lambda item: {_RENAMED.get(name, name): inner for name, inner in item.items()})


def _unknown_field(value: Any) -> Any:
    return _each_object(value, lambda item: item | {"mood": "hopeful"} if item.keys() & _RENAMED.keys() else item)


def _lying_total(value: Any) -> Any:
    totals = ("totalResults", "Total")
    return _each_object(value, lambda item: item | {name: item[name] + 1 for name in totals if name in item})


PAYLOAD_FAULTS: dict[str, Callable[[Any], Any]] = {
    "renamed_field": _renamed_field,
    "unknown_field": _unknown_field,
    "lying_total": _lying_total,
    "duplicate_rows": lambda value: value,
}
"""Name → what becomes of the value of an answer. Duplicate rows come of what is asked for: see `FaultyApi`."""

UPSTREAM_FAULTS: dict[str, dict[str, Any]] = {
    "late_answers": {"answers_late": 3},
    "late_days": {"days_late": 2},
    "revised_hansard": {"is_revised": True},
}
"""Name → how the simulated Parliament is made otherwise."""

DATA_FAULTS = (*PAYLOAD_FAULTS, *UPSTREAM_FAULTS)


def check_name(name: str) -> str:
    """`name`, if there is such a fault.

    Raises:
        ConfigError: there is none.
    """
    if name not in DATA_FAULTS:
        raise ConfigError(f"There is no data fault {name!r}; there are {', '.join(DATA_FAULTS)}.")
    return name


class FaultyApi:
    """Answers as another API does, and then spoils the answer."""

    def __init__(self, api: Api, faults: Iterable[str]) -> None:
        self._api = api
        self._faults = [name for name in faults if name in PAYLOAD_FAULTS]

    def answer(self, path: str, query: Query) -> tuple[int, Any]:
        """Status code and value of the answer to a GET."""
        if "duplicate_rows" in self._faults:
            query = {name: _overlapping(name, values) for name, values in query.items()}
        status, value = self._api.answer(path, query)
        for name in self._faults:
            value = PAYLOAD_FAULTS[name](value)
        return status, value


def _overlapping(name: str, values: Any) -> Any:
    """Pages begin with the last row of the page before: a row comes twice, as when one was taken out above it."""
    is_skip = name.rpartition(".")[2] == "skip" and values[-1].isdecimal() and int(values[-1]) > 0
    return [str(int(values[-1]) - 1)] if is_skip else values
