"""How anybody reads the published warehouse: one connection that can do nothing but read it.

A BI tool that speaks SQLAlchemy gets the same with `connect_args={"read_only": True, "config": CONFIG}`.
"""

from pathlib import Path

import duckdb

from orderpaper import config
from orderpaper.errors import ConfigError

CONFIG: dict[str, str | bool | int | float | list[str]] = {
    # Without this any query may read the files of the machine, read-only or not.
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "lock_configuration": "true",
}
"""DuckDB's settings for a connection on which somebody else's SQL runs. Every connection that a process has to one
database must have the same."""


def connect(database: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A connection to the published warehouse, with schemas `marts` and `ops` on its search path.

    SQL on it reads the warehouse's tables, and neither writes, nor opens another file or address, nor loads an
    extension, nor undoes any of this.

    Args:
        database: the database; the one that is published if not given.

    Raises:
        ConfigError: nothing is published yet.
    """
    connection = duckdb.connect(database or published(), read_only=True, config=CONFIG)
    connection.execute("SET search_path = 'marts,ops'")
    return connection


def published() -> Path:
    """Where the warehouse that was published last is.

    Raises:
        ConfigError: none was.
    """
    database = config.paths().warehouse
    if not database.exists():
        raise ConfigError(f"Nothing is published yet at {database}; run `make run` first.")
    return database
