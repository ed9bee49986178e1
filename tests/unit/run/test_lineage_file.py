from pathlib import Path

import pytest

from orderpaper.config import Paths
from orderpaper.run import lineage_file


def test_a_full_file_becomes_a_part_and_the_oldest_part_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lineage_file, "MAX_BYTES", 4)
    paths = Paths(tmp_path, "simulated")
    paths.airflow.mkdir()
    file = paths.airflow / "lineage.jsonl"
    lineage_file.rotate(paths)  # there is no file yet
    for number in range(6):
        file.write_text(f"{number}...")
        lineage_file.rotate(paths)
        assert not file.exists()
    kept = {path.name: path.read_text() for path in paths.airflow.glob("lineage.*")}
    assert kept == {"lineage.jsonl.1": "5...", "lineage.jsonl.2": "4...", "lineage.jsonl.3": "3..."}
    file.write_text("new")
    lineage_file.rotate(paths)
    assert file.read_text() == "new"
