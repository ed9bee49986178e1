"""DuckDB's own prompt on the published snapshot, read-only: `make sql`.

The client runs in its safe mode: it reads no other file, attaches nothing and keeps its configuration locked.
"""

import os
import sys
from importlib import resources
from pathlib import Path

from orderpaper.errors import OrderPaperError
from orderpaper.warehouse.content import row_counts
from orderpaper.warehouse.reader import published

EXAMPLE = """SELECT answering_body_text, count(*) AS question_count
FROM fct_question GROUP BY ALL ORDER BY question_count DESC LIMIT 10;"""


def open_prompt(home: Path, query: str | None = None) -> None:
    """Replace this process by DuckDB's client, which opens a prompt, or answers `query` and ends.

    Raises:
        OrderPaperError: nothing is published, or the client is not installed.
    """
    database = published(home)
    line = command(database, query)
    if not query and sys.stdin.isatty():
        sys.stdout.write(greeting(database) + "\n")
        sys.stdout.flush()
    os.execv(line[0], line)  # noqa: S606  # keeps the client's own signals and exit code


def command(database: Path, query: str | None = None) -> list[str]:
    """Return the command line of DuckDB's client on `database`, with schema `marts` first.

    Raises:
        OrderPaperError: the client is not installed.
    """
    client = Path(str(resources.files("duckdb_cli"))) / "duckdb"
    if not client.exists():
        raise OrderPaperError(f"DuckDB's client is not at {client}; install requirements.txt again.")
    line = [str(client), "-no-init", "-readonly", "-safe", "-cmd", "SET search_path = 'marts,ops'"]
    return [*line, *(["-c", query] if query else []), str(database)]


def greeting(database: Path) -> str:
    """Return what the prompt shows first: the tables with their numbers of rows, and a query to start from."""
    counts = row_counts(database)
    width = max(map(len, counts), default=0)
    lines = [f"  {table:<{width}}  {count:>9,}" for table, count in counts.items()]
    return "\n".join([f"{database.resolve()} (read-only)", "", *lines, "", EXAMPLE, ""])
