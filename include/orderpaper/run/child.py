"""Child processes that end when their parent ends, however it ends.

The child's standard input is a pipe that only the parent holds open. A thread in the child reads it. When it reads the
end of the file, the parent has ended, and the child ends at once. This works after `kill -9` too.

A child leads a process group of its own. Whatever it has forked ends with it, because a process that stays behind would
keep the files that it inherited open, the lock of the home among them.
"""

import contextlib
import os
import runpy
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from typing import IO


def start(
    module: str,
    arguments: Sequence[str],
    *,
    environment: Mapping[str, str],
    log: IO[bytes],
    keep_open: Sequence[int] = (),
) -> subprocess.Popen[str]:
    """Start `python -m module arguments` as a child that ends with this process.

    Its standard error goes to `log`, and its standard output is a pipe for the caller. It has its own session, so that
    Ctrl-C reaches only the parent, which then stops it. It inherits the file descriptors `keep_open`.
    """
    return subprocess.Popen(  # noqa: S603  # our own modules
        [sys.executable, "-m", __name__, module, *arguments],
        env=dict(environment),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
        pass_fds=tuple(keep_open),
        start_new_session=True,
    )


def stop(process: subprocess.Popen[str], seconds: float = 5) -> None:
    """Terminate a child, and kill it if it has not ended after some seconds. Then kill what it left in its group."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()


def _end_with_parent() -> None:
    while os.read(0, 1):
        continue
    os.killpg(os.getpgrp(), signal.SIGKILL)


if __name__ == "__main__":
    threading.Thread(target=_end_with_parent, daemon=True).start()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
