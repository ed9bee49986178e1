"""The cookbook, docs/cookbook.md: questions that people ask, each with its query in dbt/analyses and its rows."""

import re
from dataclasses import dataclass

import duckdb

from orderpaper.config import PROJECT
from orderpaper.errors import OrderPaperError

PATH = PROJECT / "docs" / "cookbook.md"
_ANALYSES = PROJECT / "dbt" / "analyses"
_INTRODUCTION = """# Cookbook

Generated from `dbt/analyses` by `make cookbook`; do not edit it here.

Each query runs in `make sql` as it stands. The rows are those of `make run` without arguments, whose people and sums
are invented.
"""


@dataclass(frozen=True, slots=True)
class Recipe:
    """A question that people ask, and the query that answers it."""

    name: str
    title: str
    sql: str


def read_recipes() -> list[Recipe]:
    """Return the recipes in the order of their titles. A reference to a model becomes the name of its table.

    Raises:
        OrderPaperError: the first line of an analysis is not its title as a comment.
    """
    recipes = []
    for path in _ANALYSES.glob("*.sql"):
        found = re.fullmatch(r"\{# (.+?) #\}\n(.+)", path.read_text(encoding="utf-8"), re.DOTALL)
        if not found:
            raise OrderPaperError(
                f"{path} does not begin with its title; write it into the first line: {{# Which …? #}}"
            )
        title, sql = found.groups()
        recipes.append(Recipe(path.stem, title, re.sub(r"\{\{ ref\('(\w+)'\) \}\}", r"\1", sql).strip()))
    return sorted(recipes, key=lambda recipe: recipe.title)


def render(connection: duckdb.DuckDBPyConnection) -> str:
    """Return the cookbook as Markdown, with the rows that the queries give on `connection`."""
    parts = [_INTRODUCTION]
    for recipe in read_recipes():
        result = connection.execute(recipe.sql)
        heads = [column[0] for column in result.description]
        lines = [heads, ["---"] * len(heads), *([_cell(value) for value in row] for row in result.fetchall())]
        table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
        parts.append(f"## {recipe.title}\n\n```sql\n{recipe.sql}\n```\n\n{table}\n")
    return "\n".join(parts)


def _cell(value: object) -> str:
    text = "" if value is None else f"{value:,.10g}" if isinstance(value, float) else str(value)
    return " ".join(text.removesuffix(".0000").split()).replace("|", "\\|")
