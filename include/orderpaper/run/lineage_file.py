"""The file of OpenLineage events, which Airflow appends to, cut into parts before it fills the disk."""

import itertools

from orderpaper.config import Paths

MAX_BYTES = 50_000_000
KEPT = 3
"""How many full parts are kept, the newest as `lineage.jsonl.1`."""


def rotate(paths: Paths) -> None:
    """Begin a new file if the present one is full.

    Airflow opens the file anew for each event, so it can be renamed at any time.
    """
    file = paths.airflow / "lineage.jsonl"
    if not file.exists() or file.stat().st_size < MAX_BYTES:
        return
    parts = [file, *(file.with_name(f"{file.name}.{number}") for number in range(1, KEPT + 1))]
    for newer, older in reversed(list(itertools.pairwise(parts))):
        if newer.exists():
            newer.replace(older)
