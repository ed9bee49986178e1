"""A lock that lets one command at a time use `$ORDERPAPER_HOME`."""

import contextlib
import fcntl
import os
import re
import time
from pathlib import Path
from typing import TextIO

import psutil

from orderpaper.errors import BusyError

LAST_SECONDS = 15
"""How long to wait for the children of a command that has ended."""
_SERVICE = "make up"


class HomeLock:
    """The lock of a home. It is held until the command and the children to which it gives the lock have ended."""

    def __init__(self, home: Path, holder: str) -> None:
        """Take the lock for `holder`, a command as the user typed it.

        Raises:
            BusyError: another command has it; the message says which, and which processes keep it.
        """
        deadline = time.monotonic() + LAST_SECONDS
        while (file := _take(home)) is None:
            found, is_service = holders(home), _said(home).startswith(_SERVICE)
            is_ending = not found or (not is_service and not _is_among(found, _command_id(home)))
            if not is_ending or time.monotonic() > deadline:
                raise BusyError(_refusal(home))
            time.sleep(0.1)
        self.file = file
        self.file.truncate(0)
        self.file.write(f"{holder} (process {os.getpid()})")
        self.file.flush()

    def fileno(self) -> int:
        """Return the file descriptor. A child that inherits it holds the lock as long as it lives."""
        return self.file.fileno()


def holders(home: Path) -> list[psutil.Process]:
    """Return the living processes that have the lock's file open, as far as this user may see them."""
    path = str(_path(home).resolve())
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if any(file.path == path for file in process.open_files()):
                found.append(process)
    return [process for process in found if process.pid != os.getpid()]


def left_behind(home: Path) -> list[psutil.Process]:
    """Return the processes that hold the lock for `make up`, or for a command that has itself ended."""
    found, command_id = holders(home), _command_id(home)
    if not _said(home).startswith(_SERVICE) and _is_among(found, command_id):
        return []
    return [process for process in found if process.pid != command_id]


def _take(home: Path) -> TextIO | None:
    """Return the lock's file, locked; None if another process has it. While one waits, the file is not open."""
    file = _path(home).open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


def _refusal(home: Path) -> str:
    """Return the sentence that says who has the home, and what to do."""
    found, command_id, said = holders(home), _command_id(home), _said(home) or "Another command"
    others = ", ".join(f"{process.pid}" for process in found if process.pid != command_id)
    if said.startswith(_SERVICE):
        by = f" through process(es) {others}" if others else ""
        return f"{said} is using {home}{by}; stop it with `make down` first, or start the DAG in its web page."
    if others and not _is_among(found, command_id):
        return f"{said} has ended, but what it started is using {home}: process(es) {others}; `make down` ends them."
    return f"{said} is using {home}; wait for it to end, or give this one another ORDERPAPER_HOME."


def _is_among(processes: list[psutil.Process], process_id: int | None) -> bool:
    return process_id is not None and (process_id == os.getpid() or process_id in [each.pid for each in processes])


def _command_id(home: Path) -> int | None:
    """Return the process id of the command that took the lock last."""
    process = re.search(r"\(process (\d+)\)$", _said(home))
    return int(process[1]) if process else None


def _said(home: Path) -> str:
    """Return what the command that took the lock last has written about itself."""
    return _path(home).read_text().strip() if _path(home).exists() else ""


def _path(home: Path) -> Path:
    return home / ".lock"
