"""Apache Superset on the published warehouse: `make superset`. Its dashboards are files in `include/bi/superset`.

Superset is in an environment of its own, `.superset`, because it needs SQLAlchemy 1.4. The folder `superset/` has its
lock file, its settings and the program that prepares and serves it.
"""

import os
from pathlib import Path

from orderpaper.config import PROJECT
from orderpaper.errors import OrderPaperError
from orderpaper.warehouse.reader import published

PYTHON = PROJECT / ".superset" / "bin" / "python"


def serve(home: Path, port: int) -> None:
    """Replace this process by Superset, which serves the published warehouse on loopback until it is stopped.

    Raises:
        OrderPaperError: nothing is published, or Superset is not installed.
    """
    published(home)
    if not PYTHON.exists():
        raise OrderPaperError(f"Superset is not installed at {PYTHON.parents[1]}; start it with `make superset`.")
    line = command(port)
    os.execve(line[0], line, os.environ | environment(home))  # noqa: S606  # stops with the signals of the terminal


def command(port: int) -> list[str]:
    """Return the command line of Superset on a port of this machine."""
    return [str(PYTHON), str(PROJECT / "superset" / "serve.py"), "--bind", f"127.0.0.1:{port}"]


def environment(home: Path) -> dict[str, str]:
    """Return the variables with which `superset/serve.py` finds the warehouse, its own folder and this library."""
    return {
        "ORDERPAPER_HOME": str(home.resolve()),
        "PYTHONPATH": str(PROJECT / "include"),
        "SUPERSET_HOME": str(home.resolve() / "superset"),
    }
