"""Find the documents whose rows make a test of dbt fail."""

from typing import Any

import duckdb

from orderpaper.warehouse.rules import Rule, failing_rows

MOST_NAMED = 5
_NAMED_BY_DBT = ("unique_field", "from_field", "value_field")
"""The names that the SQL of dbt's own tests gives to the column that is tested."""


def documents_at_fault(connection: duckdb.DuckDBPyConnection, node: Any, rule: Rule | None = None) -> list[str]:
    """Return the ids of documents whose rows fail a test, at most `MOST_NAMED`.

    There are none if the node is no test, or if its table names no documents.

    Args:
        connection: the build database.
        node: the node that failed, as dbt's result has it; a test has the SQL that selects the failing rows.
        rule: the one that fails, if the test checks several rules.
    """
    failing = getattr(node, "compiled_code", None)
    model = (getattr(node, "attached_node", None) or "").rpartition(".")[2]
    if not failing or str(node.resource_type) != "test":
        return []
    try:
        table = _relation(connection, model)
        if rule and table:
            failing = failing_rows(rule, table)
        columns = [row[0] for row in connection.execute(f"DESCRIBE ({failing})").fetchall()]
        if "document_id" in columns:
            return _ids(connection, f"SELECT document_id FROM ({failing})")
        own = [row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall()] if table else []
        tested = getattr(node, "column_name", None)
        pairs = [(name, name) for name in columns if name in own]
        pairs += [(tested, name) for name in columns if tested and name in _NAMED_BY_DBT]
        if "document_id" not in own or not pairs:
            return []
        equal = " AND ".join(f"own.{mine} IS NOT DISTINCT FROM failing.{theirs}" for mine, theirs in pairs)
        return _ids(
            connection, f"SELECT own.document_id FROM {table} AS own SEMI JOIN ({failing}) AS failing ON {equal}"
        )
    except duckdb.Error:
        # The test itself is broken; its own message says how.
        return []


def _relation(connection: duckdb.DuckDBPyConnection, name: str) -> str | None:
    """Return the table of a model, with its schema."""
    found = connection.execute(
        "SELECT table_schema || '.' || table_name FROM information_schema.tables WHERE table_name = ? ORDER BY 1",
        [name],
    ).fetchone()
    return found[0] if found else None


def _ids(connection: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    rows = connection.execute(
        f"SELECT DISTINCT document_id FROM ({query}) WHERE document_id IS NOT NULL ORDER BY 1 LIMIT {MOST_NAMED}"
    )
    return [row[0] for row in rows.fetchall()]
