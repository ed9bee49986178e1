"""The notebook in `examples/` runs on what `make run` publishes."""

import json
from pathlib import Path

import pytest

from orderpaper.config import PROJECT


def test_every_cell_of_the_notebook_runs(finished_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORDERPAPER_HOME", str(finished_home))
    notebook = json.loads((PROJECT / "examples" / "first_look.ipynb").read_text(encoding="utf-8"))
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    names: dict[str, object] = {}
    for number, cell in enumerate(cells):
        exec(compile(cell, f"cell {number}", "exec"), names)
    assert not names["waits"].empty  # type: ignore[attr-defined]
    assert names["found"].num_rows > 0  # type: ignore[attr-defined]
