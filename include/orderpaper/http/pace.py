"""How fast a host is asked: at one pace, over few connections, by all threads and processes of a machine together."""

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
"""Requests that a host gets at a time from this machine."""

LONGEST_WAIT = 600.0
"""Seconds. A later turn than this was noted before the clock was set back."""


_WIDTH = 20
"""Characters of a time in its file."""


class Pace:
    """The pace of one host. Every process that names the same folder and host keeps to it.

    The files hold locks of the operating system, which a process that is killed gives back.

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
        """Wait until the host may be asked; no more than `CONNECTIONS` of these blocks run at a time.

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
        """Let nobody on this machine ask the host for some seconds: it told one of us to wait, and means all.

        Raises:
            OrderPaperError: the disk refuses.
        """
        with _locked(self._next_turn) as file:
            _write(file, max(_read(file), time.time() + seconds))

    @contextmanager
    def _free_connection(self) -> Iterator[None]:
        """A free connection, or one drawn by lot as soon as it is free."""
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
    """The file's descriptor; closing it gives its lock back."""
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
    """The time in the file, in seconds since 1970; 0 if none was written yet, or not whole."""
    try:
        return float(os.pread(file, _WIDTH, 0))
    except ValueError:
        return 0.0


def _write(file: int, moment: float) -> None:
    """Write a time over the one in the file: always as long, for cutting a file is slow."""
    try:
        os.pwrite(file, f"{moment:0{_WIDTH}.6f}".encode(), 0)
    except OSError as error:
        raise OrderPaperError(f"The pace of a host cannot be written: {error.strerror or error}") from error
