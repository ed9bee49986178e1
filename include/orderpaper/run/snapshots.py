"""`make snapshots` and `make rollback`: `python -m orderpaper.run.snapshots list | rollback`.

The realm is the one that the published warehouse is of, or the one that SOURCE names; TO names a snapshot.
"""

import os
import sys
from collections.abc import Mapping

from rich.console import Console
from rich.table import Table

from orderpaper.config import Paths
from orderpaper.errors import OrderPaperError
from orderpaper.run.options import read_options
from orderpaper.warehouse.snapshots import Snapshot, list_snapshots, rollback

WIDTH = 140
"""Columns of the table, on whatever terminal: an id that is cut cannot be given back as TO."""


def realm_paths(variables: Mapping[str, str]) -> Paths:
    """The realm of SOURCE (and REPLAY), or else the one that `warehouse/orderpaper.duckdb` points at.

    Raises:
        OrderPaperError: no SOURCE is given and nothing is published.
    """
    paths = read_options({name: value for name, value in variables.items() if name not in ("FROM", "TO")}).paths
    if variables.get("SOURCE"):
        return paths
    if not paths.warehouse.is_symlink():
        raise OrderPaperError(f"Nothing is published yet at {paths.warehouse}; run `make run` first.")
    return Paths(paths.home, paths.warehouse.readlink().parts[1])


def render(snapshots: list[Snapshot]) -> Table:
    """The snapshots as a table, the newest first."""
    table = Table("", "snapshot", "published", "run", box=None, pad_edge=False)
    table.add_column("rows", justify="right")
    table.add_column("size", justify="right")
    for snapshot in reversed(snapshots):
        table.add_row(
            "→" if snapshot.is_current else "",
            snapshot.snapshot_id,
            f"{snapshot.published_at:%Y-%m-%d %H:%M:%S} UTC",
            snapshot.run_id,
            f"{snapshot.row_count:,}",
            f"{snapshot.byte_count / 1_000_000:.1f} MB",
        )
    return table


def main() -> int:
    """Do one command; an expected failure is one sentence on standard error."""
    console = Console(highlight=False, markup=False, soft_wrap=True, width=WIDTH)
    try:
        paths = realm_paths(os.environ)
        if sys.argv[1] == "rollback":
            snapshot_id = rollback(paths, os.environ.get("TO") or None)
            console.print(f"Readers of {paths.realm} now see {snapshot_id}; the next run publishes a new snapshot.")
        snapshots = list_snapshots(paths)
        console.print(render(snapshots) if snapshots else f"Nothing is published yet in {paths.root}.")
    except OrderPaperError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
