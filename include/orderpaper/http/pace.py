"""The pace at which a host is asked, shared by all threads and processes of a machine."""

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
"""How many requests this machine makes to a host at a time."""

LONGEST_WAIT = 600.0
"""In seconds. A later turn was written before the clock was set back."""


_WIDTH = 20
"""The number of characters of a time in its file."""


class Pace:
    """The pace of one host, shared by every process that uses the same folder and host.

    The files hold locks of the operating system, which are released when a process is killed.

    Args:
        folder: where the locks are, on a disk of this machine.
        host: the host asked.
        requests_per_second: how many requests begin in a second; None for as many as can be.

    Raises:
        OrderPaperError: the disk refuses the folder or a file in it.
    """

    def __init__(self, folder: Path, host: str, *, requests_per_second: float | None) -> None:
        self.interval = 1 / requests_per_second if requests_per_second else 0.0
        name = quote(host, safe="")
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OrderPaperError(f"{folder} cannot be made: {error.strerror or error}") from error
        self._next_turn = folder / f"{name}.next"
        self._connections = [folder / f"{name}.{number}" for number in range(CONNECTIONS)]

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until the host may be asked. At most `CONNECTIONS` of these blocks run at a time.

        Raises:
            OrderPaperError: the disk refuses.
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
        """Stop all processes of this machine from asking the host for some seconds, because it asked us to wait.

        Raises:
            OrderPaperError: the disk refuses.
        """
        with _locked(self._next_turn) as file:
            _write(file, max(_read(file), time.time() + seconds))

    @contextmanager
    def _free_connection(self) -> Iterator[None]:
        """Wait for a free connection, or for a random one until it is free, and return its descriptor."""
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
    """Lock the file and return its descriptor; closing it releases the lock."""
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
    """Return the time in the file, in seconds since 1970; 0 if there is none or it is incomplete."""
    try:
        return float(os.pread(file, _WIDTH, 0))
    except ValueError:
        return 0.0


def _write(file: int, moment: float) -> None:
    """Overwrite the time in the file. It always has the same length, because truncating a file is slow."""
    try:
        os.pwrite(file, f"{moment:0{_WIDTH}.6f}".encode(), 0)
    except OSError as error:
        raise OrderPaperError(f"The pace of a host cannot be written: {error.strerror or error}") from error
