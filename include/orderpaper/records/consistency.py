"""Refuse a document whose records contradict each other or their types, because such rows would fail the audit."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from orderpaper.errors import ParseError
from orderpaper.records.types.base import AtLeast, Column, OneOf, Record, RowOf, columns, table_name

_RULED: dict[type[Record], list[Column]] = {}
"""The fields of the record types seen so far that may not be empty or have rules."""


def check_records(records: list[Record]) -> None:
    """Refuse a document that has two records of a type with the same key, or one that breaks a rule of its type.

    Raises:
        ParseError: it has; the message names the key, or the field and its value.
    """
    _check_keys(records)
    _check_rules(records)


def _check_keys(records: Iterable[Record]) -> None:
    """Refuse a document that has two records of a type with the same key.

    Raises:
        ParseError: it has; the message names the key.
    """
    seen: defaultdict[type[Record], Counter[tuple[object, ...]]] = defaultdict(Counter)
    for record in records:
        values = (getattr(record, name) for name in record.KEY)
        key = tuple(value.casefold() if isinstance(value, str) else value for value in values)
        if key and None not in key:
            seen[type(record)][key] += 1
    for record_type, keys in seen.items():
        for key, count in keys.items():
            if count > 1:
                named = ", ".join(f"{name} {str(v)[:80]}" for name, v in zip(record_type.KEY, key, strict=True))
                raise ParseError(f"the document has the {table_name(record_type)} with {named} {count} times")


def _check_rules(records: Iterable[Record]) -> None:
    """Refuse a document that has a record that breaks a rule of its type, because such a row would fail the audit.

    Raises:
        ParseError: it has; the message names the field and its value.
    """
    by_type: defaultdict[type[Record], list[Record]] = defaultdict(list)
    for record in records:
        by_type[type(record)].append(record)
    ordinals = {table_name(kind): {record.ordinal for record in found} for kind, found in by_type.items()}
    for kind, found in by_type.items():
        for column in _ruled(kind):
            for record in found:
                value = getattr(record, column.name)
                if value is None and not column.is_required:
                    continue
                if value is None or not all(_holds(rule, value, ordinals) for rule in column.rules):
                    what = f"the {table_name(kind)} {record.ordinal} of the document has the {column.name} {value!r}"
                    raise ParseError(f"{what}, which no row may have")


def _ruled(record_type: type[Record]) -> list[Column]:
    """Return the fields of a record type that may not be empty or have rules."""
    if record_type not in _RULED:
        _RULED[record_type] = [column for column in columns(record_type) if column.is_required or column.rules]
    return _RULED[record_type]


def _holds(rule: object, value: Any, ordinals: Mapping[str, set[int]]) -> bool:
    match rule:
        case OneOf():
            return value in rule.values
        case AtLeast():
            return bool(value >= rule.least)
        case RowOf():
            named = value if isinstance(value, list) else [value]
            return bool(named) and ordinals.get(rule.table, set()).issuperset(named)
    raise TypeError(f"no check for {rule!r}")
