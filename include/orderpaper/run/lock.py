"""One command at a time on one `$ORDERPAPER_HOME`."""

import fcntl
import os
from pathlib import Path

from orderpaper.errors import ConfigError


class HomeLock:
    """The lock of a home, held until every process that has its file open is gone; `kill -9` releases it too."""

    def __init__(self, home: Path, holder: str) -> None:
        """Take the lock for `holder` (a command as the user typed it).

        Raises:
            ConfigError: another command has it; the message says which.
        """
        self.file = (home / ".lock").open("a+")
        try:
            fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.file.seek(0)
            other = self.file.read().strip() or "another command"
            self.file.close()
            raise ConfigError(f"{other} is using {home}; {_advice(other)}") from None
        self.file.truncate(0)
        self.file.write(f"{holder} (process {os.getpid()})")
        self.file.flush()

    def fileno(self) -> int:
        """The descriptor that a child inherits to hold the lock as long as it lives."""
        return self.file.fileno()


def _advice(other: str) -> str:
    if other.startswith("make up"):
        return "stop it with `make down` first, or start the DAG in its web page."
    return "wait for it to end, or give this one another ORDERPAPER_HOME."
