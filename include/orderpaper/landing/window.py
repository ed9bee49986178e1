"""The window of days that a fetch asks for."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from orderpaper.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Window:
    """The first and the last day to ask for, both inclusive."""

    start_on: dt.date
    end_on: dt.date

    def __post_init__(self) -> None:
        if self.start_on > self.end_on:
            raise ConfigError(f"The window starts on {self.start_on}, after it ends on {self.end_on}; swap the two.")

    def __contains__(self, day: dt.date) -> bool:
        return self.start_on <= day <= self.end_on

    def __iter__(self) -> Iterator[dt.date]:
        return (self.start_on + dt.timedelta(offset) for offset in range((self.end_on - self.start_on).days + 1))
