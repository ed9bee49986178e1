"""What `make up` left behind is recognised after a reboot, and when another process has got an id."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from orderpaper.config import Paths
from orderpaper.run import service
from orderpaper.run.service import Service

Left = Callable[..., Service]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    (tmp_path / "airflow").mkdir()
    return Paths(tmp_path, "simulated")


@pytest.fixture
def left(paths: Paths) -> Left:
    """Write the file of a service whose scheduler is this process, and read it again."""

    def left(late_by: float = 0, **changes: str) -> Service:
        born = psutil.Process().create_time() + late_by
        content = {"url": "http://127.0.0.1:1", "processes": {"scheduler": [os.getpid(), born]}}
        content["boot_id"] = service._boot_id()
        (paths.airflow / "services.json").write_text(json.dumps(content | changes))
        found = Service.read(paths)
        assert found
        return found

    return left


def test_a_process_that_runs_is_alive_also_after_the_clock_was_set(left: Left) -> None:
    assert set(left().alive()) == {"scheduler"}
    assert set(left(late_by=1).alive()) == {"scheduler"}


def test_another_process_with_the_same_id_is_not_taken_for_ours(left: Left) -> None:
    found = left(late_by=-100)
    assert found.alive() == {}
    found.stop()  # ends nothing, or this test would not go on
    assert not found.file.exists()


def test_after_a_reboot_nothing_is_alive_even_if_id_and_time_agree(left: Left) -> None:
    found = left(boot_id="another boot")
    assert found.alive() == {}
    found.stop()
    assert not found.file.exists()


@pytest.mark.parametrize("content", ["", '{"url": "http://127'])
def test_a_file_that_a_power_failure_cut_names_nothing(paths: Paths, content: str) -> None:
    (paths.airflow / "services.json").write_text(content)
    assert Service.read(paths) is None
