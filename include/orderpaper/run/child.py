"""Child processes that leave nothing behind, however they or their parent end.

A child runs a module in a process group of its own. Three rules hold after `kill -9` too:

- A child ends when its parent ends, unless the parent has released it. Its standard input is a pipe that only the
  parent holds open. A thread of the child reads it, and meets the end of the file when the parent has ended.
- Whatever a child has forked ends when the child ends, in the same way: each forked process reads a pipe that only the
  child holds open. This does not depend on process groups, which Airflow changes.
- Only the child itself keeps the lock of the home. A forked process closes it at once, and a program that a process
  starts never inherits it.
"""

import contextlib
import gc
import os
import runpy
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from typing import IO

import psutil


def start(
    module: str,
    arguments: Sequence[str],
    *,
    environment: Mapping[str, str],
    log: IO[bytes],
    out: IO[bytes] | int = subprocess.PIPE,
    lock: int | None = None,
) -> subprocess.Popen[str]:
    """Start `python -m module arguments` as a child that ends with this process, unless it is released.

    Its standard error goes to `log`, and its standard output to `out`: by default a pipe for the caller. It has its own
    session, so that Ctrl-C reaches only the parent, which then stops it. It keeps the lock whose file descriptor is
    given.
    """
    kept = () if lock is None else (lock,)
    return subprocess.Popen(  # noqa: S603  # our own modules
        [sys.executable, "-m", __name__, ",".join(map(str, kept)), module, *arguments],
        env=dict(environment),
        stdin=subprocess.PIPE,
        stdout=out,
        stderr=log,
        text=True,
        pass_fds=kept,
        start_new_session=True,
    )


def release(process: subprocess.Popen[str]) -> None:
    """Let a child outlive this process."""
    with contextlib.suppress(BrokenPipeError):
        if process.stdin:
            process.stdin.write("released")
            process.stdin.close()


def stop(process: subprocess.Popen[str], seconds: float = 5) -> None:
    """Terminate a child, and kill it if it has not ended after some seconds. Then kill what it left in its group."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()
    kill_group(process.pid)
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()


def kill_group(group: int) -> None:
    """Kill every process of a group that is still there."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def _main() -> None:
    """Run the module that the command line names, guarded as this module says."""
    # Airflow, dbt and Great Expectations make millions of objects that stay. Looking for garbage among them at Python's
    # own pace takes a fifth of their time to start.
    gc.set_threshold(100_000, 50, 100)
    kept, *sys.argv = sys.argv[1:]
    locks = [int(number) for number in kept.split(",") if number]
    for lock in locks:
        os.set_inheritable(lock, False)
    parent = os.dup(sys.stdin.fileno())
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, sys.stdin.fileno())
    os.close(nothing)
    _end_with(parent)
    _guard_forks(locks)
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


def _guard_forks(locks: list[int]) -> None:
    """Make every process that this one forks, and those that they fork, close the locks and end with this one."""
    this_process, only_here = os.pipe()
    to_close = [only_here, *locks]

    def guard() -> None:
        while to_close:
            os.close(to_close.pop())
        _end_with(this_process)

    os.register_at_fork(after_in_child=guard)


def _end_with(pipe: int) -> None:
    """End this process, and all that it has started, when the other end of a pipe is closed with nothing written."""
    threading.Thread(target=_wait_and_end, args=(pipe,), daemon=True).start()


def _wait_and_end(pipe: int) -> None:
    if os.read(pipe, 1):
        return
    with contextlib.suppress(psutil.Error):
        for process in psutil.Process().children(recursive=True):
            with contextlib.suppress(psutil.Error):
                process.kill()
    kill_group(os.getpgrp())


if __name__ == "__main__":
    _main()
