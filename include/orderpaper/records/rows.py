"""Read the rows of a payload one by one, so that a row that is not understood costs only itself."""

import json
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Generic, TypeVar

import msgspec

from orderpaper.errors import ParseError
from orderpaper.reading.dates import check_days
from orderpaper.reading.lines import Line
from orderpaper.reading.payloads import Item, read_shape
from orderpaper.reading.pieces import LeftOut, Piece, fields_of
from orderpaper.records.types.documents import Drift, Refusal

Shape = TypeVar("Shape")


@dataclass(slots=True)
class Rows(Generic[Shape]):
    """The rows of a payload that are understood, the refusals of the others, and what there is to account for."""

    values: list[Shape] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    """The address of each value."""
    refusals: list[Refusal] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    unknown: dict[str, Any] = field(default_factory=dict)
    """Fields that the shape does not have, each with the first value."""

    @property
    def drift(self) -> list[Drift]:
        """Return a record for each unknown field."""
        return [
            Drift(ordinal=ordinal, field_path=path, example=repr(self.unknown[path])[:200])
            for ordinal, path in enumerate(sorted(self.unknown), start=1)
        ]

    def add_fields(self, value: Any, shape: Any, left_out: LeftOut, address: str = "$", prefix: str = "") -> None:
        """Add what there is to account for in a value, such as the page around the rows."""
        found = fields_of(value, shape, left_out, address, prefix)
        self.pieces += found.pieces
        self.unknown = found.unknown | self.unknown

    def add_others(self, value: Mapping[str, str], known: frozenset[str], address: str, prefix: str) -> None:
        """Add the fields of an element that are not known."""
        if others := {name: value[name] for name in sorted(value.keys() - known)}:
            self.add_fields(others, _Nothing, {}, address, prefix)


def read_rows(
    values: Iterable[Any],
    shape: type[Shape],
    api: str,
    left_out: LeftOut,
    *,
    key: Callable[[Shape], Hashable] | None = None,
    check: Callable[[Shape], object] = lambda row: None,
    address: str = "$",
    prefix: str = "",
    is_list: bool = True,
) -> Rows[Shape]:
    """Return the rows that have their shape, pass `check` and come for the first time; the others are refused.

    Args:
        values: the rows, as they are in the payload.
        shape: the type of a row.
        api: the API, for messages.
        left_out: the fields that are not kept, by their path in the row, and why.
        key: a function that returns what identifies a row; None if a row may come again.
        check: a function that raises a `ParseError` for a row that contradicts itself.
        address: the JSON path of the list.
        prefix: what the names of unknown fields begin with.
        is_list: False if `values` is one row and `address` its own.

    Raises:
        ParseError: no row is understood, although there are some.
    """
    rows: Rows[Shape] = Rows()
    seen: set[Hashable] = set()
    for number, value in enumerate(values):
        place = f"{address}[{number}]" if is_list else address
        try:
            row = read_shape(value, shape, api)
            check_days(_values(row))
            check(row)
            if key:
                _check_first(key(row), seen)
        except ParseError as error:
            rows.refusals.append(
                Refusal(
                    address=place,
                    reason=str(error),
                    text=json.dumps(value, ensure_ascii=False, default=str),
                )
            )
            continue
        rows.values.append(row)
        rows.addresses.append(place)
        rows.add_fields(value, shape, left_out, place, prefix)
    if rows.refusals and not rows.values:
        first = rows.refusals[0]
        count = len(rows.refusals)
        where = f"none of the {count} rows is understood; {first.address}: " if count > 1 else ""
        raise ParseError(f"{where}{first.reason}")
    return rows


def _values(row: object) -> Iterator[object]:
    """Yield the values of a row and of what it contains."""
    if isinstance(row, msgspec.Struct):
        yield from chain.from_iterable(_values(getattr(row, name)) for name in row.__struct_fields__)
    elif isinstance(row, list):
        yield from chain.from_iterable(map(_values, row))
    else:
        yield row


class _Nothing(msgspec.Struct):
    """A shape that has no fields."""


_LINKS = {"links": "they are addresses of the API itself"}


class _Page(msgspec.Struct, rename="camel"):
    """A page of a list whose rows are not read yet."""

    total_results: int
    results: list[Any]


def read_list_or_detail(
    payload: Any,
    item: type[Item[Shape]],
    api: str,
    left_out: LeftOut,
    *,
    key: Callable[[Shape], Hashable],
    check: Callable[[Shape], object] = lambda row: None,
) -> tuple[Rows[Item[Shape]], int | None, bool]:
    """Return the values of a list page or of a detail, the total of the list, and whether the values come from a list.

    A detail has one value and no total. Values that somebody saved without the page around them have no total either.
    They come from a list unless they have markup, which a list does not have.

    Args:
        payload: the payload.
        item: the type of a wrapped value.
        api: the API, for messages.
        left_out: the fields that are not kept, by their path in the value, and why.
        key: a function that returns what identifies a value.
        check: a function that raises a `ParseError` for a value that contradicts itself.

    Raises:
        ParseError: it is neither, or none of its values is understood.
    """
    page = read_shape(payload, _Page, api) if isinstance(payload, dict) and "results" in payload else None
    values = page.results if page else payload if isinstance(payload, list) else [payload]
    rows = read_rows(
        map(wrapped, values),
        item,
        api,
        {f"value.{path}": reason for path, reason in left_out.items()} | _LINKS,
        key=lambda row: key(row.value),
        check=lambda row: check(row.value),
        address="$.results" if page else "$",
        is_list=page is not None or isinstance(payload, list),
    )
    if page:
        rows.add_fields(payload, _Page, {"results": "each row is accounted for by itself", **_LINKS})
    is_unwrapped = isinstance(payload, list) or wrapped(payload) is not payload
    has_markup = any("<" in piece.text for piece in rows.pieces)
    return rows, page.total_results if page else None, page is not None or (is_unwrapped and not has_markup)


def refused_lines(text: str, lines: Sequence[Line], reason: str) -> Refusal:
    """Return the refusal of some lines of a text."""
    address = f"line {lines[0].number}"
    reason = reason if reason.startswith("line ") else f"{address}: {reason}"
    return Refusal(address=address, reason=reason, text=text[lines[0].start : lines[-1].end])


def refuse_strangers(text: str, lines: Sequence[Line], left_out: LeftOut, reason: str) -> list[Refusal]:
    """Return a refusal for each run of lines, of those that stand around a document, that no rule leaves out.

    Args:
        text: the document's text.
        lines: the lines that no record has, in order.
        left_out: the patterns of the lines that are left out, and why.
        reason: what is said of the others.
    """
    patterns = [re.compile(pattern) for pattern in left_out]
    runs: list[list[Line]] = []
    for line in lines:
        if any(pattern.search(line.text) for pattern in patterns):
            continue
        if runs and not text[runs[-1][-1].end : line.start].strip():
            runs[-1].append(line)
        else:
            runs.append([line])
    return [refused_lines(text, run, reason) for run in runs]


def wrapped(value: Any) -> Any:
    """Return a value in the wrapper in which Parliament's APIs give it, if somebody saved it without."""
    return {"value": value} if isinstance(value, dict) and "id" in value and "value" not in value else value


def _check_first(key: Hashable, seen: set[Hashable]) -> None:
    """Add a key to those that were seen.

    Raises:
        ParseError: it was seen before.
    """
    if key in seen:
        raise ParseError(f"{key} is given twice: a row before this one has the same id")
    seen.add(key)
