import time
from pathlib import Path

import pytest

from orderpaper.landing import Landing


@pytest.fixture
def sleeps(monkeypatch):
    """Nobody sleeps; the seconds that somebody would have slept."""
    taken = []
    monkeypatch.setattr(time, "sleep", taken.append)
    return taken


@pytest.fixture
def landing(tmp_path: Path) -> Landing:
    return Landing(tmp_path / "landing")
