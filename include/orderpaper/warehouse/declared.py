"""Read what the yml files of the marts declare: keys, references of columns to other tables, and lists of values."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from orderpaper.config import PROJECT


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignKey:
    """A column of a mart that refers to a column of another mart, or of the same one."""

    table: str
    column: str
    target_table: str
    target_column: str


def primary_keys() -> dict[str, list[str]]:
    """Return the columns of the primary key of each mart, which the audit finds unique."""
    return {
        model["name"]: constraint["columns"]
        for model in marts()
        for constraint in model["constraints"]
        if constraint["type"] == "primary_key"
    }


def foreign_keys() -> list[ForeignKey]:
    """Return the references between marts, which dbt tests in every build."""
    return [
        ForeignKey(
            table=table,
            column=column,
            target_table=arguments["to"].removeprefix("ref('").removesuffix("')"),
            target_column=arguments["field"],
        )
        for table, column, arguments in _tests("relationships")
    ]


def allowed_values() -> list[tuple[str, str, str]]:
    """Return table, column and value for every value that a column with a closed list of values may have."""
    return [
        (table, column, str(value))
        for table, column, arguments in _tests("accepted_values")
        for value in arguments["values"]
    ]


@cache
def marts() -> list[dict[str, Any]]:
    """Return what the yml files say about each mart, as dbt reads it. Do not change what is returned."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # The safe loader in C is seven times as fast.
    return [
        model
        for path in sorted((PROJECT / "dbt" / "models" / "marts").glob("*.yml"))
        for model in yaml.load(path.read_text(encoding="utf-8"), loader)["models"]  # noqa: S506
    ]


def _tests(name: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield table, column and arguments for each test of that name."""
    for model in marts():
        for column in model["columns"]:
            for test in column.get("data_tests", ()):
                if isinstance(test, dict) and name in test:
                    yield model["name"], column["name"], test[name]["arguments"]
