"""Harlequin, a SQL editor for the terminal, on the published snapshot: `make ide`.

It is in an environment of its own, `.ide`. Its connection can do what `orderpaper.warehouse.connect` can: read the
warehouse, and nothing else of the machine.
"""

import os
from pathlib import Path

from orderpaper.config import PROJECT
from orderpaper.errors import OrderPaperError
from orderpaper.warehouse.content import quote
from orderpaper.warehouse.reader import CONFIG, SEARCH_PATH, published
from orderpaper.warehouse.search import extension

PROGRAM = PROJECT / ".ide" / "bin" / "harlequin"


def open_editor(home: Path) -> None:
    """Replace this process by Harlequin, which shows the published warehouse until it is closed with Ctrl+Q.

    Raises:
        OrderPaperError: nothing is published, or Harlequin is not installed.
    """
    if not PROGRAM.exists():
        raise OrderPaperError(f"Harlequin is not installed at {PROGRAM}; open it with `make ide`.")
    database = published(home)
    line = [str(PROGRAM), *options(prepare(home.resolve() / "ide")), str(database.resolve())]
    os.execv(line[0], line)  # noqa: S606  # keeps the terminal and its signals


def options(script: Path) -> list[str]:
    """Return the options with which Harlequin opens a database: read-only, and locked by the script."""
    return ["--adapter", "duckdb", "--read-only", "--init-path", str(script)]


def prepare(folder: Path) -> Path:
    """Write the script that Harlequin runs on its connection before anything else; return its path."""
    statements = [
        f"LOAD {quote(str(extension()))}",
        f"SET search_path = {quote(SEARCH_PATH)}",
        *(f"SET {name} = {value}" for name, value in CONFIG.items()),
    ]
    folder.mkdir(parents=True, exist_ok=True)
    script = folder / "connect.sql"
    script.write_text("".join(f"{statement};\n" for statement in statements), encoding="utf-8")
    return script
