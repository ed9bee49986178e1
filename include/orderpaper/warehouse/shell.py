"""DuckDB's own prompt on the published snapshot, read-only: `make sql`.

The client runs in its safe mode: it reads no other file, attaches nothing and keeps its configuration locked.
"""

import os
import sys
from importlib import resources
from pathlib import Path

from orderpaper.errors import OrderPaperError
from orderpaper.warehouse.content import quote, row_counts
from orderpaper.warehouse.reader import SEARCH_PATH, published
from orderpaper.warehouse.search import extension

EXAMPLE = """.tables

SELECT department, count(*) AS question_count
FROM questions GROUP BY ALL ORDER BY question_count DESC LIMIT 10;

SELECT stated_on, said_by, snippet FROM search('knife crime');"""


def open_prompt(home: Path, query: str | None = None, form: str = "table") -> None:
    """Replace this process by DuckDB's client, which opens a prompt, or answers `query` and ends.

    Args:
        home: the folder that holds everything.
        query: one query; a prompt opens without it.
        form: how rows are printed: `table`, which fits the width of the terminal, `csv`, `json` or `markdown`.

    Raises:
        OrderPaperError: nothing is published, or the client is not installed.
    """
    database = published(home)
    line = command(database, query, form)
    if not query and sys.stdin.isatty():
        sys.stdout.write(greeting(database) + "\n")
        sys.stdout.flush()
    os.execv(line[0], line)  # noqa: S606  # keeps the client's own signals and exit code


def command(database: Path, query: str | None = None, form: str = "table") -> list[str]:
    """Return the command line of DuckDB's client on `database`, with the schemas of `SEARCH_PATH` on its search path.

    Raises:
        OrderPaperError: the client is not installed.
    """
    client = Path(str(resources.files("duckdb_cli"))) / "duckdb"
    if not client.exists():
        raise OrderPaperError(f"DuckDB's client is not at {client}; install requirements.txt again.")
    line = [str(client), "-no-init", "-readonly"]
    # The extension for `search` is loaded before the safe mode begins, because nothing can be loaded in it.
    for first in (f"LOAD {quote(str(extension()))}", ".safe_mode", f"SET search_path = '{SEARCH_PATH}'"):
        line += ["-cmd", first]
    if not sys.stdout.isatty():
        line += ["-cmd", ".highlight off", "-cmd", ".highlight_results off"]
    if form != "table":
        line.append(f"-{form}")
    return [*line, *(["-c", query] if query else []), str(database)]


def greeting(database: Path) -> str:
    """Return what the prompt shows first: the tables with their numbers of rows, and a query to start from."""
    counts = row_counts(database)
    width = max(map(len, counts), default=0)
    lines = [f"  {table:<{width}}  {count:>9,}" for table, count in counts.items()]
    return "\n".join([f"{database.resolve()} (read-only)", "", *lines, "", EXAMPLE, ""])
