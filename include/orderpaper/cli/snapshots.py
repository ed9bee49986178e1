"""The list of published snapshots on the terminal, and the way back to one of them."""

from pathlib import Path

from rich.console import Console
from rich.table import Table

from orderpaper.config import Paths
from orderpaper.errors import OrderPaperError
from orderpaper.run import options
from orderpaper.warehouse import diff, shared
from orderpaper.warehouse.snapshots import Snapshot, alone, chosen, list_snapshots, rollback

WIDTH = 140
"""Width of the table on every terminal. On a narrow one, rich would cut ids, and a cut id cannot be used."""

TIME = "%Y-%m-%d %H:%M:%S"


def realm_paths(home: Path, source: str | None, replay: Path | None) -> Paths:
    """Return the paths of the realm of `source`, or of the realm whose warehouse is published.

    Raises:
        OrderPaperError: no source is given and nothing is published.
    """
    if source:
        return options.check(home, source, replay=replay).paths
    paths = published_realm(home)
    if not paths.warehouse.is_symlink():
        raise OrderPaperError(f"Nothing is published yet at {paths.warehouse}; run `make run` first.")
    return paths


def published_realm(home: Path) -> Paths:
    """Return the paths of the realm whose warehouse is published, or of `simulated` if none is."""
    paths = options.check(home).paths
    return Paths(paths.home, paths.warehouse.readlink().parts[1]) if paths.warehouse.is_symlink() else paths


def show(paths: Paths) -> None:
    """Print the snapshots of a realm, and each time that a person went back or forward to one.

    Raises:
        OrderPaperError: a snapshot cannot be read.
    """
    found = list_snapshots(paths)
    _console().print(render(found) if found else f"Nothing is published yet in {paths.root}.")
    for publication in chosen(paths):
        _console().print(
            f"{publication.published_at:{TIME}} UTC: {publication.kind.replace('_', ' ')} from"
            f" {publication.replaced_id} to {publication.snapshot_id}"
        )


def show_difference(paths: Paths, older: str, newer: str, output: Path | None) -> None:
    """Print what changed between two snapshots; write the rows to a Parquet file if `output` is given.

    Raises:
        OrderPaperError: there is no such snapshot.
    """
    with diff.compare(paths, older, newer) as connection:
        table = Table("", box=None, pad_edge=False)
        for change in diff.CHANGES:
            table.add_column(change, justify="right")
        found = list(diff.counts(connection))
        differing = [(name, numbers) for name, numbers in found if any(numbers.values())]
        for name, numbers in differing:
            table.add_row(name, *(f"{numbers[change]:,}" for change in diff.CHANGES))
        if differing:
            _console().print(table)
        _console().print(f"{len(found) - len(differing)} of {len(found)} marts have the same rows in both.")
        if output:
            diff.write(connection, output)


def roll_back(paths: Paths, snapshot_id: str | None) -> None:
    """Publish the snapshot again, or the one before the current; then print the list.

    Raises:
        OrderPaperError: there is no such snapshot.
    """
    snapshot_id = rollback(paths, snapshot_id)
    with alone(paths):
        shared.follow(paths)
    _console().print(f"Readers of {paths.realm} now see {snapshot_id}. The next run with news publishes a new one.")
    show(paths)


def render(snapshots: list[Snapshot]) -> Table:
    """Return the snapshots as a table, the newest first."""
    table = Table("", "snapshot", "published", "run", box=None, pad_edge=False)
    table.add_column("rows", justify="right")
    table.add_column("size", justify="right")
    table.add_column("")
    for snapshot in reversed(snapshots):
        table.add_row(
            "→" if snapshot.is_current else "",
            snapshot.snapshot_id,
            f"{snapshot.published_at:{TIME}} UTC",
            snapshot.run_id,
            f"{snapshot.row_count:,}",
            f"{snapshot.byte_count / 1_000_000:.1f} MB",
            f"changed since: {snapshot.damage}" if snapshot.damage else "",
        )
    return table


def _console() -> Console:
    return Console(highlight=False, markup=False, soft_wrap=True, width=WIDTH)
