"""The window of days that a fetch asks for."""

import datetime as dt
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
