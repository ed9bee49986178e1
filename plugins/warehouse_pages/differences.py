"""The rows by which the snapshot of a build differs from the one before, as the page of the build shows them."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
from markupsafe import Markup

from orderpaper.config import DATABASE_NAME, Paths
from orderpaper.errors import OrderPaperError
from orderpaper.warehouse import diff
from orderpaper.warehouse.builds import Build
from orderpaper.warehouse.diff import Sample
from warehouse_pages.tables import Column, Table, Tag

SAMPLES = 5
"""How many rows of each mart and kind of change are shown."""
LARGEST_BYTES = 250_000_000
"""The size of a snapshot up to which a page compares: about five seconds."""
LEVELS = {"appeared": "good", "changed": "warning", "went": "bad"}
_CHANGE = Markup("<b>{}</b>: {} → {}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """The rows that differ, as the page of a build shows them."""

    sentence: str
    """With what the snapshot was compared, or why it was not."""
    counts: Table
    samples: Sequence[Table] = ()
    """A table for each mart that differs."""
    is_compared: bool = False


def read(paths: Paths, build: Build, earlier: list[Build]) -> Differences:
    """Return how a build differs from the newest earlier one whose snapshot is kept too."""
    before = next((other.snapshot_id for other in earlier if other.is_kept), None)
    newer = build.snapshot_id
    counts = _counts([])
    if newer is None:
        return Differences(sentence="It published no snapshot, so its rows cannot be compared.", counts=counts)
    if not build.is_kept:
        return Differences(sentence="Its snapshot is no longer kept, so its rows cannot be compared.", counts=counts)
    if before is None:
        return Differences(sentence="No earlier snapshot is kept, so there is nothing to compare with.", counts=counts)
    databases = [paths.snapshots / name / DATABASE_NAME for name in (before, newer)]
    if max(database.stat().st_size for database in databases if database.exists()) > LARGEST_BYTES:
        command = f"make diff FROM={before} TO={newer} OUT=difference.parquet"
        return Differences(sentence=f"The snapshots are too large to compare here; {command} does it.", counts=counts)
    try:
        found, samples = _compare(paths, before, newer)
    except (OrderPaperError, duckdb.Error) as error:
        return Differences(sentence=f"The snapshots could not be compared: {error}", counts=counts)
    differing = [(table, numbers) for table, numbers in found if any(numbers.values())]
    return Differences(
        sentence=f"Compared with the snapshot {before}: {len(differing)} of {len(found)} marts differ. Of each mart and"
        f" kind of change, up to {SAMPLES} rows are shown.",
        counts=_counts(differing),
        samples=[_samples(table, [row for row in samples if row.table == table]) for table, _ in differing],
        is_compared=True,
    )


@functools.lru_cache(maxsize=8)
def _compare(paths: Paths, older: str, newer: str) -> tuple[list[tuple[str, dict[str, int]]], list[Sample]]:
    """Compare two snapshots, which never change."""
    with diff.compare(paths, older, newer) as connection:
        return list(diff.counts(connection)), diff.samples(connection, SAMPLES)


def _counts(differing: list[tuple[str, dict[str, int]]]) -> Table:
    columns = [Column("table", "mart"), *(Column(change, change) for change in diff.CHANGES)]
    rows = [{"table": table} | numbers for table, numbers in differing]
    return Table(id="differences", columns=columns, rows=rows, empty="No row differs.")


def _samples(table: str, samples: list[Sample]) -> Table:
    columns = [
        Column("change", "change", can_sort=False),
        Column("row", "row", can_sort=False),
        Column("values", "before → after", can_sort=False),
        Column("key", "key", can_sort=False),
    ]
    rows = [
        {
            "change": Tag(sample.change, LEVELS[sample.change]),
            "row": sample.label,
            "values": Markup("<br>").join(
                _CHANGE.format(column, _value(sample.before[column]), _value(sample.after[column]))
                for column in sample.columns
            ),
            "key": sample.row_key,
        }
        for sample in samples
    ]
    return Table(id=f"rows-of-{table}", columns=columns, rows=rows)


def _value(text: str | None) -> str:
    return "null" if text is None else text
