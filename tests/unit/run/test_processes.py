"""The lock of a home, and the end of child processes, with real processes."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from orderpaper.errors import BusyError
from orderpaper.run import child
from orderpaper.run.lock import HomeLock

PARENT = """
import os, sys, time
from orderpaper.run import child
process = child.start("timeit", ["-n1", "-r1", "__import__('time').sleep(600)"], environment=os.environ, log=sys.stderr)
print(process.pid, flush=True)
time.sleep(600)
"""


def is_running(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def wait_until(condition: object, seconds: float = 30) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:  # type: ignore[operator]
        time.sleep(0.05)
    return bool(condition())  # type: ignore[operator]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
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
        process = child.start("http.server", ["0"], environment=os.environ, log=log, keep_open=[lock.fileno()])
    lock.file.close()
    with pytest.raises(BusyError):
        HomeLock(tmp_path, "make run")
    child.stop(process)
    HomeLock(tmp_path, "make run").file.close()
