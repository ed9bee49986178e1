"""The connection with which anybody reads the published warehouse. It can read the warehouse and nothing else.

A BI tool that uses SQLAlchemy gets the same with `connect_args={"read_only": True, "config": CONFIG}`.
"""

from pathlib import Path

import duckdb

from orderpaper import config
from orderpaper.errors import OrderPaperError

CONFIG: dict[str, str | bool | int | float | list[str]] = {
    # Without this, any query can read the files of the machine, even on a read-only connection.
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "lock_configuration": "true",
}
"""DuckDB's settings for a connection that runs SQL written by others. All connections of a process to the same database
must have the same settings."""


def connect(database: Path | None = None) -> duckdb.DuckDBPyConnection:
    """Return a connection to the published warehouse, with schemas `marts` and `ops` on its search path.

    SQL on it can read the tables of the warehouse. It cannot write, open another file or address, load an extension, or
    change these settings.

    Args:
        database: the database; the published one if not given.

    Raises:
        OrderPaperError: nothing is published yet.
    """
    connection = duckdb.connect(database or published(), read_only=True, config=CONFIG)
    connection.execute("SET search_path = 'marts,ops'")
    return connection


def published(home: Path | None = None) -> Path:
    """Return the path of the published warehouse.

    Args:
        home: the folder that holds everything; `$ORDERPAPER_HOME` if not given.

    Raises:
        OrderPaperError: nothing is published yet.
    """
    database = config.paths(home).warehouse
    if not database.exists():
        raise OrderPaperError(f"Nothing is published yet at {database}; run `make run` first.")
    return database
