"""How far long work has come, as lines in a log."""

import logging
import time
from collections.abc import Callable


class Meter:
    """A counter that logs how much is done, how fast, and how much time is left, at most once in `SECONDS`.

    Work that ends before that leaves no line. Callers that share a meter between threads hold a lock of their own.
    """

    SECONDS = 10

    def __init__(
        self, log: logging.Logger, unit: str, total: int | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.count = 0
        self._log = log
        self._unit = unit
        self._total = total
        self._clock = clock
        self._began = self._said = clock()

    def add(self, count: int = 1) -> None:
        """Count what is done, and log the state if the last line is old enough."""
        self.count += count
        now = self._clock()
        if now - self._said >= self.SECONDS:
            self._said = now
            self._log.info("%s", self._line(now - self._began))

    def _line(self, seconds: float) -> str:
        rate = self.count / seconds
        of_all = f" of {self._total:,}" if self._total else ""
        left = f", {duration((self._total - self.count) / rate)} left" if self._total and rate else ""
        return f"{self.count:,}{of_all} {self._unit} in {duration(seconds)}, {rate:,.1f} a second{left}."


def duration(seconds: float) -> str:
    """Return a length of time in words: `40 s`, `12 min`, `3 h 20 min`."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 100 else f"{minutes // 60} h {minutes % 60} min"
