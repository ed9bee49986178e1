"""The lock of a home, and the end of child processes, with real processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from orderpaper.config import Paths
from orderpaper.errors import BusyError
from orderpaper.run import child, service
from orderpaper.run.lock import HomeLock, holders, left_behind

PARENT = """
import os, sys, time
from orderpaper.run import child
process = child.start("timeit", ["-n1", "-r1", "import time; time.sleep(600)"], environment=os.environ, log=sys.stderr)
print(process.pid, flush=True)
time.sleep(600)
"""


COMMAND = """
import os, sys, time
from pathlib import Path
from orderpaper.run import child, lock
held = lock.HomeLock(Path(sys.argv[1]), "make run")
process = child.start("forking", [], environment=os.environ, log=sys.stderr, lock=held.fileno())
print(os.getpid(), process.stdout.readline().strip(), flush=True)
time.sleep(600)
"""


@pytest.fixture
def command(tmp_path: Path) -> Iterator[tuple[int, int, int]]:
    """Return the ids of a command that holds the home, of its child, and of what the child has forked."""
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, tmp_path], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert process.stdout
    command_id, child_id, forked_id = map(int, process.stdout.readline().split())
    yield command_id, child_id, forked_id
    process.kill()
    process.wait()
    process.stdout.close()


def is_running(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def wait_until(condition: object, seconds: float = 30) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:  # type: ignore[operator]
        time.sleep(0.05)
    return bool(condition())  # type: ignore[operator]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, signal.SIGABRT, signal.SIGSEGV])
def test_a_child_ends_with_its_parent(number: signal.Signals) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert parent.stdout
    pid = int(parent.stdout.readline())
    assert is_running(pid)
    parent.send_signal(number)
    parent.wait()
    parent.stdout.close()
    assert wait_until(lambda: not is_running(pid))


@pytest.mark.parametrize("killed", [(0,), (1,), (0, 1), (1, 0)], ids=["command", "child", "both", "child first"])
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_what_a_killed_child_has_forked_ends(
    command: tuple[int, int, int], killed: tuple[int, ...], number: signal.Signals, tmp_path: Path
) -> None:
    grandchildren = psutil.Process(command[2]).children()
    for each in killed:
        os.kill(command[each], number)
    assert wait_until(lambda: not is_running(command[2]))
    assert wait_until(lambda: not any(is_running(process.pid) for process in grandchildren))
    os.kill(command[0], signal.SIGKILL)
    assert wait_until(lambda: not is_running(command[0]))
    HomeLock(tmp_path, "make run").file.close()


def test_what_a_child_has_forked_does_not_hold_the_lock(command: tuple[int, int, int], tmp_path: Path) -> None:
    assert {process.pid for process in holders(tmp_path)} == set(command[:2])
    with pytest.raises(BusyError, match=rf"^make run \(process {command[0]}\) is using .*; wait for it to end"):
        HomeLock(tmp_path, "make run")
    assert left_behind(tmp_path) == []


def test_processes_that_outlive_their_command_are_named_and_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("orderpaper.run.lock.LAST_SECONDS", 0.3)
    lock = HomeLock(tmp_path, "make run")
    stray = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], pass_fds=[lock.fileno()])
    lock.file.close()
    (tmp_path / ".lock").write_text("make run (process 4194305)")  # no process has so high an id
    with pytest.raises(BusyError) as error:
        HomeLock(tmp_path, "make run")
    assert str(error.value) == (
        f"make run (process 4194305) has ended, but what it started is using {tmp_path}: process(es) {stray.pid};"
        " `make down` ends them."
    )
    service.down(Paths(tmp_path, "simulated"))
    assert capsys.readouterr().out == (
        f"Airflow is not running on {tmp_path}.\n"
        f"Ended what a killed command had left behind: process(es) {stray.pid}.\n"
    )
    stray.wait(10)
    HomeLock(tmp_path, "make run").file.close()


def test_a_frozen_child_of_a_killed_command_is_named_and_ended(
    command: tuple[int, int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orderpaper.run.lock.LAST_SECONDS", 0.3)
    command_id, child_id, forked_id = command
    os.kill(child_id, signal.SIGSTOP)
    os.kill(command_id, signal.SIGKILL)
    assert wait_until(lambda: not is_running(command_id))
    with pytest.raises(BusyError, match=rf"has ended, .* process\(es\) {child_id}; `make down` ends them"):
        HomeLock(tmp_path, "make run")
    service.down(Paths(tmp_path, "simulated"))
    assert not is_running(child_id)
    assert wait_until(lambda: not is_running(forked_id))
    HomeLock(tmp_path, "make run").file.close()


def test_a_child_that_is_released_outlives_its_parent() -> None:
    released = PARENT.replace("time.sleep(600)\n", "child.release(process)\n")
    parent = subprocess.run([sys.executable, "-c", released], stdout=subprocess.PIPE, text=True, check=True)
    pid = int(parent.stdout)
    time.sleep(0.5)
    assert is_running(pid)
    os.killpg(pid, signal.SIGKILL)


def test_a_child_that_is_stopped_is_gone(tmp_path: Path) -> None:
    with (tmp_path / "log").open("wb") as log:
        process = child.start("http.server", ["0"], environment=os.environ, log=log)
        child.stop(process)
    assert process.returncode == -signal.SIGTERM


def test_a_second_command_is_told_who_has_the_home(tmp_path: Path) -> None:
    lock = HomeLock(tmp_path, "make run")
    with pytest.raises(BusyError) as error:
        HomeLock(tmp_path, "make run")
    assert str(error.value) == (
        f"make run (process {os.getpid()}) is using {tmp_path};"
        " wait for it to end, or give this one another ORDERPAPER_HOME."
    )
    lock.file.close()
    HomeLock(tmp_path, "make run").file.close()


def test_while_airflow_is_up_the_way_out_is_make_down(tmp_path: Path) -> None:
    lock = HomeLock(tmp_path, "make up")
    with pytest.raises(BusyError, match="stop it with `make down` first"):
        HomeLock(tmp_path, "make run")
    lock.file.close()


def test_a_lock_is_held_until_the_last_child_that_inherited_it_is_gone(tmp_path: Path) -> None:
    lock = HomeLock(tmp_path, "make run")
    with (tmp_path / "log").open("wb") as log:
        process = child.start("http.server", ["0"], environment=os.environ, log=log, lock=lock.fileno())
    lock.file.close()
    with pytest.raises(BusyError):
        HomeLock(tmp_path, "make run")
    child.stop(process)
    HomeLock(tmp_path, "make run").file.close()
