"""How Superset is started. `tests/integration/test_superset_pages.py` starts it."""

import pytest

from orderpaper.config import PROJECT
from orderpaper.errors import OrderPaperError
from orderpaper.warehouse import superset


def test_it_listens_on_loopback():
    line = superset.command(8099)
    assert line[-2:] == ["--bind", "127.0.0.1:8099"]
    assert line[1] == str(PROJECT / "superset" / "serve.py")


def test_it_finds_the_warehouse_and_keeps_its_own_things_in_the_home(tmp_path):
    assert superset.environment(tmp_path) == {
        "ORDERPAPER_HOME": str(tmp_path),
        "PYTHONPATH": str(PROJECT / "include"),
        "SUPERSET_HOME": str(tmp_path / "superset"),
    }


def test_says_what_is_missing(tmp_path, monkeypatch):
    with pytest.raises(OrderPaperError, match="make run"):
        superset.serve(tmp_path, 8099)
    monkeypatch.setattr(superset, "PYTHON", tmp_path / "nowhere" / "bin" / "python")
    (tmp_path / "warehouse").mkdir()
    (tmp_path / "warehouse" / "orderpaper.duckdb").touch()
    with pytest.raises(OrderPaperError, match="make superset"):
        superset.serve(tmp_path, 8099)
