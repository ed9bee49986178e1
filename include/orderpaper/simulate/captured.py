"""Reads the files of a capture. A file that is not in the expected layout is an error of one sentence."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from orderpaper.errors import ConfigError
from orderpaper.simulate.payloads import Json


def read(path: Path, fields: tuple[str, ...], within: str = "records") -> list[Json]:
    """Return the objects of a captured file, or of its field `within`.

    Raises:
        ConfigError: it cannot be read, is not JSON, or an object lacks one of `fields`.
    """
    try:
        text = path.read_text(encoding="utf-8")
        content: Any
        if path.suffix == ".jsonl":
            content = [json.loads(line) for line in text.splitlines() if line.strip()]
        else:
            content = json.loads(text)
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path} cannot be replayed: {error}.") from error
    if isinstance(content, dict):
        content = content.get(within, [content])
    return objects(path, content, fields)


def objects(path: Path, content: Any, fields: tuple[str, ...]) -> list[Json]:
    """Return a list of objects.

    Raises:
        ConfigError: an object lacks one of `fields`.
    """
    for number, item in enumerate(content if isinstance(content, list) else [content], 1):
        missing = [name for name in fields if not isinstance(item, dict) or name not in item]
        if missing:
            raise ConfigError(f"{path} cannot be replayed: item {number} has no field {missing[0]!r}.")
    return list(content)


def value_of(path: Path, item: Json) -> Json:
    """Return the value that an item of an API wraps.

    Raises:
        ConfigError: there is no value with an id.
    """
    value = item.get("value") if isinstance(item, dict) else None
    if not isinstance(value, dict) or not isinstance(value.get("id"), int):
        raise ConfigError(f"{path} cannot be replayed: it has an item whose value has no id.")
    return value


def values_of(folder: Path, pattern: str) -> dict[int, Json]:
    """Return the values of the items in captured files, by id."""
    values = [value_of(path, item) for path in sorted(folder.glob(pattern)) for item in read(path, ("value",))]
    return {value["id"]: value for value in values}


def day_of(value: str | None) -> dt.date | None:
    """Return the day of a captured time, if there is one."""
    return dt.date.fromisoformat(value[:10]) if value else None
