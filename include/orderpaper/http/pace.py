"""The pace at which a host is asked. All threads and processes of a machine share one pace and a few connections."""

import datetime as dt
import fcntl
import os
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from orderpaper.errors import OrderPaperError

CONNECTIONS = 4
"""The most requests that this machine makes to a host at the same time."""

LONGEST_WAIT = 600.0
"""The longest wait for a turn, in seconds. A later turn was written before the clock was set back."""

_WIDTH = 20
"""The number of characters of a time in its file."""


class Pace:
    """The pace of one host, shared by every process that uses the same folder and host.

    The operating system locks the files, and releases the locks of a process that is killed.

    Args:
        folder: the folder of the lock files, on a disk of this machine.
        host: the host.
        requests_per_second: how many requests may begin in a second; None for no limit.

    Raises:
        OrderPaperError: the folder cannot be created.
    """

    def __init__(self, folder: Path, host: str, *, requests_per_second: float | None) -> None:
        self.interval = 1 / requests_per_second if requests_per_second else 0.0
        name = quote(host, safe="")
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OrderPaperError(f"{folder} cannot be made: {error.strerror or error}") from error
        self._next_turn = folder / f"{name}.next"
        self._closed = folder / f"{name}.closed"
        self._connections = [folder / f"{name}.{number}" for number in range(CONNECTIONS)]

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until the host may be asked. At most `CONNECTIONS` of these blocks run at the same time.

        Raises:
            OrderPaperError: a lock file cannot be opened or written.
        """
        with self._free_connection():
            with _locked(self._next_turn) as file:
                now = time.time()
                begins = min(max(now, _read(file)), now + LONGEST_WAIT)
                if self.interval:
                    _write(file, begins + self.interval)
            if begins > now:
                time.sleep(begins - now)
            yield

    def hold_off(self, seconds: float) -> None:
        """Stop all requests from this machine to the host for some seconds, because it told one of them to wait.

        Raises:
            OrderPaperError: a lock file cannot be opened or written.
        """
        with _locked(self._next_turn) as file:
            _write(file, max(_read(file), time.time() + seconds))

    def close_until(self, moment: dt.datetime) -> None:
        """Remember that the host must not be asked before a moment, because it told us so.

        Raises:
            OrderPaperError: the file cannot be written.
        """
        with _locked(self._closed) as file:
            _write(file, max(_read(file), moment.timestamp()))

    def closed_until(self) -> dt.datetime | None:
        """Return the moment before which the host must not be asked; None if it may be asked now."""
        if not self._closed.exists():
            return None
        with _opened(self._closed) as file:
            moment = _read(file)
        return dt.datetime.fromtimestamp(moment, dt.UTC) if moment > time.time() else None

    @contextmanager
    def _free_connection(self) -> Iterator[None]:
        """Hold a free connection, or wait for one that is chosen at random."""
        paths = random.sample(self._connections, CONNECTIONS)
        for path in paths:
            with _opened(path) as file:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    continue
                yield
                return
        with _locked(paths[0]):
            yield


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    """Open a file and yield its descriptor. Closing it releases its lock."""
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise OrderPaperError(f"{path} cannot be opened: {error.strerror or error}") from error
    try:
        yield file
    finally:
        os.close(file)


@contextmanager
def _locked(path: Path) -> Iterator[int]:
    with _opened(path) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def _read(file: int) -> float:
    """Return the time in the file, in seconds since 1970, or 0 if there is no complete one."""
    try:
        return float(os.pread(file, _WIDTH, 0))
    except ValueError:
        return 0.0


def _write(file: int, moment: float) -> None:
    """Write a time over the one in the file. Both have the same length, because truncating a file is slow."""
    try:
        os.pwrite(file, f"{moment:0{_WIDTH}.6f}".encode(), 0)
    except OSError as error:
        raise OrderPaperError(f"The pace of a host cannot be written: {error.strerror or error}") from error
