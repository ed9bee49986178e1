"""The rules that a table is well formed: which columns are never null, and which are, or together are, unique.

A generic test of dbt, `well_formed`, checks all rules of a table in one query. Here each of them has its own name and
result again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import duckdb

from orderpaper.warehouse.ops import NodeResult

TEST = "well_formed"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule about one column, or about the combination of several."""

    kind: Literal["not_null", "unique"]
    columns: tuple[str, ...]


def declared(arguments: Mapping[str, Sequence[str | list[str]]]) -> Iterator[Rule]:
    """Yield the rules that the arguments of a test declare."""
    for kind in ("not_null", "unique"):
        for columns in arguments.get(kind, ()):
            yield Rule(kind, (columns,) if isinstance(columns, str) else tuple(columns))


def of_test(node: Any) -> list[Rule]:
    """Return the rules that a node of dbt checks together; none unless it is such a test."""
    metadata = getattr(node, "test_metadata", None)
    return list(declared(metadata.kwargs)) if metadata and metadata.name == TEST else []


def failing_rows(rule: Rule, table: str) -> str:
    """Return the query of a table's rows that break a rule."""
    columns = ", ".join(rule.columns)
    if rule.kind == "not_null":
        return f"SELECT * FROM {table} WHERE {columns} IS NULL"
    among = f"WHERE {columns} IS NOT NULL" if len(rule.columns) == 1 else ""
    return f"SELECT * FROM {table} {among} QUALIFY count(*) OVER (PARTITION BY {columns}) > 1"


def results(
    connection: duckdb.DuckDBPyConnection, node: Any, result: NodeResult
) -> list[tuple[Rule | None, NodeResult]]:
    """Return the rules that a test checked together with the result of each; for any other node only its own result.

    Args:
        connection: the build database.
        node: the node, as dbt's result has it.
        result: the result of the node as a whole.
    """
    rules = of_test(node)
    if not rules:
        return [(None, result)]
    broken: dict[Rule, int] = {}
    if result.failure_count:
        rows = connection.execute(node.compiled_code).fetchall()
        broken = {Rule(kind, tuple(columns.split(", "))): int(count) for kind, columns, count in rows}
    table = node.attached_node.split(".")[-1]
    return [(rule, _result(rule, table, result, broken.get(rule, 0), len(rules))) for rule in rules]


def _result(rule: Rule, table: str, result: NodeResult, failure_count: int, rule_count: int) -> NodeResult:
    """Return the result of one rule of a table, made from that of the test that checked all of them."""
    kind_name = rule.kind if len(rule.columns) == 1 else f"{rule.kind}_combination"
    name = f"{kind_name}_{table}_{'__'.join(rule.columns)}"
    kind, project, *_, digest = result.node_id.split(".")
    own = replace(
        result,
        node_id=f"{kind}.{project}.{name}.{digest}",
        name=name,
        execution_seconds=round(result.execution_seconds / rule_count, 3),
    )
    if not result.failure_count:
        return own  # it passed, or it could not be checked
    if not failure_count:
        return replace(own, status="pass", failure_count=0, message=None)
    found = "rows without" if rule.kind == "not_null" else "repeated values of"
    return replace(own, failure_count=failure_count, message=f"{found} {', '.join(rule.columns)}: {failure_count:,}")
