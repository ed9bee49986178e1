"""One command at a time on one `$ORDERPAPER_HOME`."""

import fcntl
import os
import re
import time
from pathlib import Path

import psutil

from orderpaper.errors import ConfigError

LAST_SECONDS = 15
"""How long the last children of a command that has ended may take to end too."""


class HomeLock:
    """The lock of a home, held until every process that has its file open is gone; `kill -9` releases it too."""

    def __init__(self, home: Path, holder: str) -> None:
        """Take the lock for `holder` (a command as the user typed it).

        Raises:
            ConfigError: another command has it; the message says which.
        """
        self.file = (home / ".lock").open("a+")
        deadline = time.monotonic() + LAST_SECONDS
        while not self._take():
            self.file.seek(0)
            other = self.file.read().strip() or "another command"
            if not _is_ending(other) or time.monotonic() > deadline:
                self.file.close()
                raise ConfigError(f"{other} is using {home}; {_advice(other)}")
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
        """The descriptor that a child inherits to hold the lock as long as it lives."""
        return self.file.fileno()


def _is_ending(other: str) -> bool:
    """Whether only children are left of a command that does not outlive its own process, as `make up` does."""
    process = re.search(r"\(process (\d+)\)$", other)
    return process is not None and not _is_service(other) and not psutil.pid_exists(int(process[1]))


def _is_service(other: str) -> bool:
    return other.startswith("make up")


def _advice(other: str) -> str:
    if _is_service(other):
        return "stop it with `make down` first, or start the DAG in its web page."
    return "wait for it to end, or give this one another ORDERPAPER_HOME."
