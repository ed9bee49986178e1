"""The connection with which anybody reads the published warehouse. It can read the warehouse and nothing else.

A BI tool that uses SQLAlchemy gets the same with `connect_args={"read_only": True, "config": CONFIG}`.
"""

from pathlib import Path

import duckdb

from orderpaper import config
from orderpaper.errors import OrderPaperError
from orderpaper.warehouse import search

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

SEARCH_PATH = "main,marts,ops"
"""The schemas whose tables need no prefix: the views for people, the star schema, and what the pipeline notes."""


_LOCKS = ("enable_external_access", "lock_configuration")
"""The settings of `CONFIG` that DuckDB must not have yet while it loads the extension for `search`."""


def connect(database: Path | None = None, *, trusted: bool = False) -> duckdb.DuckDBPyConnection:
    """Return a connection to the published warehouse, with its views and schemas `marts` and `ops` on its search path.

    SQL on it can read the tables of the warehouse and use the macro `search`. It cannot write, open another file or
    address, load an extension, or change these settings. What a query gives is a DataFrame of pandas with `.df()`, one
    of Polars with `.pl()`, and an Arrow table with `.to_arrow_table()`.

    Args:
        database: the database; the published one if not given.
        trusted: whether all SQL on it is your own, on your own machine. Then it can also read files, such as Parquet,
            and the DataFrames of your program. It still cannot write to the warehouse.

    Raises:
        OrderPaperError: nothing is published yet, this process has it open with the other kind of connection, or it was
            built on Spark and the connection is not trusted.
    """
    database = database or published()
    settings = {} if trusted else {name: value for name, value in CONFIG.items() if name not in _LOCKS}
    try:
        connection = duckdb.connect(database, read_only=True, config=settings)
    except duckdb.ConnectionException as error:
        raise OrderPaperError(
            f"This process has {database} open with other settings; close that connection first, or use `trusted` for"
            " both or for none."
        ) from error
    views = connection.execute("SELECT view_name FROM duckdb_views() WHERE schema_name = 'marts' LIMIT 1").fetchall()
    if views and not trusted:
        connection.close()
        raise OrderPaperError(
            f"{database} was built on Spark: its tables are Parquet files, which this connection may not open. Read it"
            " with DuckDB itself, or with `connect(trusted=True)`."
        )
    # The connections of a process to one database share their settings, so only the first one can set them.
    if connection.execute("SELECT current_setting('lock_configuration')").fetchone() == (False,):
        search.load_extension(connection)
        for setting in () if trusted else _LOCKS:
            connection.execute(f"SET {setting} = {CONFIG[setting]}")
    connection.execute(f"SET search_path = '{SEARCH_PATH}'")
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
