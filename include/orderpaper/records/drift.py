"""Drift: fields that an upstream sends and this version does not know. A warning, never an error."""

from collections.abc import Iterable, Mapping
from typing import Any

from orderpaper.records import Drift


def find_drift(objects: Iterable[Mapping[str, Any]], known: frozenset[str], prefix: str) -> list[Drift]:
    """One `Drift` for each field outside `known`, with the first value seen as its example."""
    examples: dict[str, str] = {}
    for item in objects:
        for name in item.keys() - known:
            examples.setdefault(f"{prefix}.{name}", repr(item[name])[:200])
    return [
        Drift(ordinal=ordinal, field_path=path, example=examples[path])
        for ordinal, path in enumerate(sorted(examples), start=1)
    ]
