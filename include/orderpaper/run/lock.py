"""A lock that lets one command at a time use `$ORDERPAPER_HOME`."""

import fcntl
import os
import re
import time
from pathlib import Path

import psutil

from orderpaper.errors import BusyError

LAST_SECONDS = 15
"""How long to wait for the children of a command that has ended."""


class HomeLock:
    """The lock of a home. It is held until every process that has its file open has ended, killed or not."""

    def __init__(self, home: Path, holder: str) -> None:
        """Take the lock for `holder`, a command as the user typed it.

        Raises:
            BusyError: another command has it; the message says which.
        """
        self.file = (home / ".lock").open("a+")
        deadline = time.monotonic() + LAST_SECONDS
        while not self._take():
            self.file.seek(0)
            other = self.file.read().strip() or "another command"
            if not _is_ending(other) or time.monotonic() > deadline:
                self.file.close()
                raise BusyError(f"{other} is using {home}; {_advice(other)}")
            time.sleep(0.1)
        self.file.truncate(0)
        self.file.write(f"{holder} (process {os.getpid()})")
        self.file.flush()

    def _take(self) -> bool:
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def fileno(self) -> int:
        """Return the file descriptor. A child that inherits it holds the lock as long as it lives."""
        return self.file.fileno()


def _is_ending(other: str) -> bool:
    """Return whether the command's own process has ended. `make up` is meant to end before its children do."""
    process = re.search(r"\(process (\d+)\)$", other)
    return process is not None and not _is_service(other) and not psutil.pid_exists(int(process[1]))


def _is_service(other: str) -> bool:
    return other.startswith("make up")


def _advice(other: str) -> str:
    if _is_service(other):
        return "stop it with `make down` first, or start the DAG in its web page."
    return "wait for it to end, or give this one another ORDERPAPER_HOME."
