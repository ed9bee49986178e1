"""The SQLAlchemy dialect through which Great Expectations reads DuckDB."""

from typing import Any

import duckdb_engine
from sqlalchemy.dialects import registry

SCHEME = "duckdb+readonly"


class ReadOnlyDialect(duckdb_engine.Dialect):
    """DuckDB without transactions.

    Great Expectations fetches rows after its `with engine.connect()` block has ended; the rollback on leaving that
    block empties DuckDB's pending result. On a read-only connection nothing is begun, rolled back or committed.
    """

    supports_statement_cache = False

    def do_begin(self, connection: Any) -> None:
        """Begin nothing: each statement reads on its own."""

    def do_rollback(self, connection: Any) -> None:
        """Keep the pending result readable."""

    def do_commit(self, connection: Any) -> None:
        """Nothing was written."""


def register() -> None:
    """Make `duckdb+readonly:///path` known to SQLAlchemy; calling it again changes nothing."""
    registry.register(SCHEME.replace("+", "."), __name__, ReadOnlyDialect.__name__)
