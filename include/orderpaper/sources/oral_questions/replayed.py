"""Captured oral questions: pages of the API as captured.

oral_questions/*.json   {Response: [row, …]}
"""

from pathlib import Path

from orderpaper.simulate.captured import day_of, objects, read
from orderpaper.simulate.part import Part
from orderpaper.sources.oral_questions.simulated import part


def replayed(directory: Path) -> Part:
    """Return the API over the captured questions of a folder.

    Raises:
        ConfigError: a file is not in the layout.
    """
    rows = {
        row["Id"]: row
        for path in sorted((directory / "oral_questions").glob("*.json"))
        for row in objects(path, read(path, ("Response",))[0]["Response"], ("Id", "AnsweringWhen"))
    }
    return part(lambda days: [row for row in rows.values() if day_of(row["AnsweringWhen"]) in days])
