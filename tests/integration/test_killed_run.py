"""`make run` that is stopped or killed: it leaves nothing running, and the next run ends with the same rows."""

import re
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from orderpaper.catalogue import load_sources
from orderpaper.config import Paths
from orderpaper.warehouse.content import content_hash

Start = Callable[..., "subprocess.Popen[str]"]
Finish = Callable[..., tuple[int, str, str]]


def family(process: subprocess.Popen[str]) -> list[psutil.Process]:
    return psutil.Process(process.pid).children(recursive=True)


def are_gone(processes: list[psutil.Process]) -> bool:
    return all(not p.is_running() or p.status() == psutil.STATUS_ZOMBIE for p in processes)


def wait_until_gone(processes: list[psutil.Process], seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while not are_gone(processes) and time.monotonic() < deadline:
        time.sleep(0.05)
    return are_gone(processes)


def read_until(process: subprocess.Popen[str], text: str) -> str:
    """Read what the process says until `text` has been said."""
    assert process.stdout
    assert process.stderr
    said = ""
    while text not in said:
        character = process.stdout.read(1)
        assert character, f"it ended without saying {text!r}: {said}{process.stderr.read()}"
        said += character
    return said


def test_after_a_run_that_was_killed_the_same_run_downloads_nothing_and_builds_nothing(
    start: Start, finish: Finish, copy_home: Callable[[], Path]
) -> None:
    home = copy_home()
    before = (home / "simulated" / "current").readlink()
    landed = sorted((home / "simulated" / "landing").glob("packs/*/*"))
    killed = start("run", home)
    read_until(killed, "fetch members")
    children = family(killed)
    assert len(children) >= 2
    code, out, err = finish("run", home)
    assert (code, out) == (3, "")
    assert err.startswith(f"make run (process {killed.pid}) is using {home};")
    killed.kill()
    killed.communicate()
    assert wait_until_gone(children)

    code, out, err = finish("run", home)
    assert (code, err) == (0, ""), out + err
    enabled = [source.name for source in load_sources().values() if source.is_enabled]
    assert re.findall(r"fetch (\w+) … [\d,]+ documents, ([\d,]+) new", out) == [(name, "0") for name in enabled]
    assert sorted((home / "simulated" / "landing").glob("packs/*/*")) == landed != []
    assert "Nothing new: all that was found is published already, so nothing was built.\n" in out
    assert f"Readers see: {home / 'simulated' / before / 'orderpaper.duckdb'}\n" in out
    assert re.findall(r"(?:load|transform|audit|publish) …", out) == []
    assert (home / "simulated" / "current").readlink() == before


@pytest.mark.slow  # two runs and a half; each step that may be killed has a test of its own
def test_a_run_that_was_stopped_and_killed_ends_with_the_same_rows(
    start: Start, finish: Finish, finished_home: Path, give_parse: Callable[[Paths], None], tmp_path: Path
) -> None:
    give_parse(Paths(tmp_path, "simulated"))
    stopped = start("run", tmp_path)
    read_until(stopped, "fetch written_questions")
    children = family(stopped)
    assert len(children) >= 2
    second = finish("run", tmp_path)
    assert second[0] == 3
    assert second[1] == ""
    assert second[2].startswith(f"make run (process {stopped.pid}) is using {tmp_path};")
    stopped.send_signal(signal.SIGINT)
    _, err = stopped.communicate()
    assert stopped.returncode == 130
    assert "run the same command again to continue" in err
    assert wait_until_gone(children)

    killed = start("run", tmp_path)
    read_until(killed, "transform")
    children = family(killed)
    killed.kill()
    killed.communicate()
    assert wait_until_gone(children)

    code, out, err = finish("run", tmp_path)
    assert (code, err) == (0, ""), out + err
    assert content_hash(tmp_path / "warehouse" / "orderpaper.duckdb") == content_hash(
        finished_home / "warehouse" / "orderpaper.duckdb"
    )
