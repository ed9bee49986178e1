"""The SQLAlchemy dialect through which Great Expectations reads DuckDB."""

from pathlib import Path
from typing import Any

import duckdb_engine
from sqlalchemy import Connection
from sqlalchemy.dialects import registry
from sqlalchemy.engine.interfaces import ReflectedColumn, ReflectedPrimaryKeyConstraint
from sqlalchemy.types import NullType, TypeEngine

from orderpaper.config import memory_limit
from orderpaper.warehouse.content import OWN_CATALOGS, attach_work, quote

SCHEME = "duckdb+readonly"


class ReadOnlyDialect(duckdb_engine.Dialect):
    """DuckDB without transactions and with fast reflection.

    Great Expectations fetches rows after its `with engine.connect()` block has ended, and the rollback at the end of
    the block discards DuckDB's pending result. A read-only connection needs no transactions, so it has none.
    """

    supports_statement_cache = False

    def connect(self, *cargs: Any, **cparams: Any) -> Any:
        """Return a connection that finds the schemas of the work database too, and keeps to the memory of a build."""
        connection = super().connect(*cargs, **cparams)
        connection.execute(f"SET memory_limit = {quote(memory_limit())}")
        attach_work(connection, Path(cparams["database"]), read_only=bool(cparams.get("read_only")))
        return connection

    def get_columns(
        self, connection: Connection, table_name: str, schema: str | None = None, **kw: Any
    ) -> list[ReflectedColumn]:
        """Return the columns of a table. The inherited query of Postgres' catalogue takes ten times as long."""
        rows = connection.exec_driver_sql(
            f"SELECT column_name, data_type, is_nullable FROM duckdb_columns() WHERE {OWN_CATALOGS}"
            f" AND schema_name = {quote(schema or 'main')} AND table_name = {quote(table_name)} ORDER BY column_index"
        )
        return [
            {"name": name, "type": self._type(kind), "nullable": nullable, "default": None}
            for name, kind, nullable in rows
        ]

    def _type(self, name: str) -> TypeEngine[Any]:
        known: TypeEngine[Any] = self.ischema_names.get(name.lower(), NullType)()
        return known

    def get_pk_constraint(
        self, connection: Connection, table_name: str, schema: str | None = None, **kw: Any
    ) -> ReflectedPrimaryKeyConstraint:
        """Return no primary key, because looking for one is equally slow and Great Expectations does not need it."""
        return {"constrained_columns": [], "name": None}

    def do_begin(self, connection: Any) -> None:
        """Do nothing, because each statement reads on its own."""

    def do_rollback(self, connection: Any) -> None:
        """Do nothing, so that the pending result stays readable."""

    def do_commit(self, connection: Any) -> None:
        """Do nothing, because nothing was written."""


def register() -> None:
    """Register `duckdb+readonly:///path` with SQLAlchemy; calling it again changes nothing."""
    registry.register(SCHEME.replace("+", "."), __name__, ReadOnlyDialect.__name__)
