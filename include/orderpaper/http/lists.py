"""Ask for the lists on which other requests hang, of which a few may not come."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar

from orderpaper.errors import UpstreamError
from orderpaper.http.each import MOST_FAILED_SHARE

Result = TypeVar("Result")


class Lists:
    """The lists of a source: of its days, sections or folders.

    A few that the site does not give do not keep what the others name from landing. The source remembers them
    (`orderpaper.landing.missing`), and asks for them again with what hangs on them.
    """

    def __init__(self, source: str) -> None:
        self._source = source
        self._asked_count = 0
        self._failures: list[tuple[str, str]] = []
        self.lacking: defaultdict[tuple[str, dt.date], dict[str, str]] = defaultdict(dict)
        """Part of the source and day → list → why it did not come. A day that lacks none is not in it."""

    def ask(self, part: str, day: dt.date, name: str, ask: Callable[[], Result]) -> Result | None:
        """Return the list for which a function asks; return None, and note it, if it does not come.

        Args:
            part: the part of the source, such as a House.
            day: the day to which the list belongs.
            name: the name of the list.
            ask: a function that asks for it.

        Raises:
            UpstreamError: too many others did not come either.
        """
        self._asked_count += 1
        try:
            return ask()
        except UpstreamError as error:
            self.lacking[part, day][name] = str(error)
            self._failures.append((name, str(error).removeprefix(f"{self._source}: ")))
            if len(self._failures) > max(1, int(MOST_FAILED_SHARE * self._asked_count)):
                raise self._too_many() from error
            return None

    def check(self) -> None:
        """Check that at least one list came.

        Raises:
            UpstreamError: none came.
        """
        if self._failures and len(self._failures) == self._asked_count:
            raise self._too_many()

    def _too_many(self) -> UpstreamError:
        name, reason = self._failures[0]
        return UpstreamError(
            f"{self._source}: {len(self._failures)} of the {self._asked_count} lists that were asked for are not given;"
            f" the first, {name}: {reason}"
        )
