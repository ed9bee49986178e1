"""How fast a host is asked: at one pace, over few connections, by all threads and processes of a machine together."""

import fcntl
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import quote

from orderpaper.errors import OrderPaperError

CONNECTIONS = 4
"""Requests that a host gets at a time from this machine."""

LONGEST_WAIT = 600.0
"""Seconds. A later turn than this was noted before the clock was set back."""


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
        """Wait until the host may be asked; no more than `CONNECTIONS` of these blocks run at a time."""
        with self._free_connection():
            with _locked(self._next_turn) as file:
                now = time.time()
                begins = min(max(now, _read(file)), now + LONGEST_WAIT)
                _write(file, begins + self.interval)
            if begins > now:
                time.sleep(begins - now)
            yield

    def hold_off(self, seconds: float) -> None:
        """Let nobody on this machine ask the host for some seconds: it told one of us to wait, and means all."""
        with _locked(self._next_turn) as file:
            _write(file, max(_read(file), time.time() + seconds))

    @contextmanager
    def _free_connection(self) -> Iterator[None]:
        """A free connection, or the first that becomes free of one drawn by lot."""
        paths = random.sample(self._connections, CONNECTIONS)
        for path in paths:
            with path.open("a") as file:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    continue
                yield
                return
        with _locked(paths[0]):
            yield


@contextmanager
def _locked(path: Path) -> Iterator[IO[str]]:
    with path.open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def _read(file: IO[str]) -> float:
    """The time in the file, in seconds since 1970; 0 if none was written yet, or not whole."""
    file.seek(0)
    try:
        return float(file.read())
    except ValueError:
        return 0.0


def _write(file: IO[str], moment: float) -> None:
    try:
        file.truncate(0)
        file.write(f"{moment:.6f}")
        file.flush()
    except OSError as error:
        raise OrderPaperError(f"{file.name} cannot be written: {error.strerror or error}") from error
