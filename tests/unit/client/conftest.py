import time
from pathlib import Path

import pytest

from orderpaper.landing import Landing


@pytest.fixture
def sleeps(monkeypatch):
    """Return the list of the seconds that the code would have slept. No call sleeps."""
    taken = []
    monkeypatch.setattr(time, "sleep", taken.append)
    return taken


@pytest.fixture
def landing(tmp_path: Path) -> Landing:
    return Landing(tmp_path / "landing")
