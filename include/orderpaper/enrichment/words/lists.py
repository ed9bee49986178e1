"""The lists of phrases: seeds of dbt, which people edit."""

import csv
from pathlib import Path

from orderpaper.config import PROJECT

SEEDS = PROJECT / "dbt" / "seeds"
NAMES = ("topic_keyword", "topic_department", "non_answer_phrase", "department", "department_alias")
"""The seeds that decide what is found in a text."""


def path(name: str) -> Path:
    """Return the file of a list."""
    return SEEDS / f"{name}.csv"


def read(name: str) -> list[dict[str, str]]:
    """Return the rows of a list."""
    with path(name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
