"""Ask for the documents that a list names, of which a few may not come."""

import datetime as dt
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

from orderpaper.errors import UpstreamError
from orderpaper.http.client import Client
from orderpaper.http.documents import Landed
from orderpaper.landing.missing import Missing

MOST_FAILED_SHARE = 0.05
FEW_FAILED = 2
"""So many documents may always fail."""
_NOT_FOUND = "HTTP 404"


class Each:
    """The documents that the lists of a source name.

    A few that the site does not give do not fail the source. They are remembered, and asked for in every run until they
    come (`orderpaper.landing.missing`).

    Args:
        client: the client of the source.
        source: the name of the source.
        part: the part of the source to which the documents belong, such as a site.
        ask: a function that asks for a document by its name, and returns None if the site has none.
        is_held_elsewhere: whether the list has what these documents have, if only in part. Then a document that the
            site does not have is counted as absent, and not as failed.
        remembers_absent: False if the site may have removed them for good.
        workers: how many are asked for at a time.

    Raises:
        OrderPaperError: the file of what is missing is damaged.
    """

    def __init__(
        self,
        client: Client,
        source: str,
        part: str,
        ask: Callable[[str], Landed | None],
        *,
        is_held_elsewhere: bool = False,
        remembers_absent: bool = True,
        workers: int = 4,
    ) -> None:
        self._source, self._part, self._ask = source, part, ask
        self._is_held_elsewhere = is_held_elsewhere
        self._forgets_absent = client.is_capture or not remembers_absent
        self._missing = Missing(client.landing, source, dt.datetime.now(dt.UTC).date())
        self._workers = workers
        self._failed_count = 0
        self.asked_count = 0
        self.absent_count = 0
        """The number of documents that the site does not have, while a list has them in part."""

    def fetch(self, wanted: Mapping[str, dt.date]) -> dict[str, Landed]:
        """Land documents, and those that were missing before; return those that came, by name.

        Args:
            wanted: the name of each document, with the day to which it belongs.

        Raises:
            UpstreamError: too many failed; the message has the numbers and the first reason.
        """
        before = {name: day for day, names in self._missing.due(self._part).items() for name in names}
        asked = before | dict(wanted)
        self.asked_count += len(asked)
        with ThreadPoolExecutor(self._workers) as pool:
            answers = dict(zip(asked, pool.map(self._try, asked), strict=True))
        reasons = {name: answer for name, answer in answers.items() if isinstance(answer, str)}
        if self._fails_too_often:
            failed = next(reason for reason in reasons.values() if self._is_failure(reason))
            raise UpstreamError(
                f"{self._source}: too many of the {self.asked_count} documents that its lists name are not given; the"
                f" first: {failed.removeprefix(f'{self._source}: ')}"
            )
        is_due_again = not self._forgets_absent
        remembered = {name: reason for name, reason in reasons.items() if is_due_again or reason != _NOT_FOUND}
        self._missing.note_each(self._part, asked, remembered)
        return {name: answer for name, answer in answers.items() if not isinstance(answer, str)}

    def save(self) -> None:
        """Write what is missing to the landing zone."""
        self._missing.save()

    @property
    def _fails_too_often(self) -> bool:
        return self._failed_count > max(FEW_FAILED, int(MOST_FAILED_SHARE * self.asked_count))

    def _try(self, name: str) -> Landed | str:
        """Return a document, or the reason why it did not come."""
        if self._fails_too_often:
            return "it was not asked for, because too many others are missing"
        try:
            landed = self._ask(name)
        except UpstreamError as error:
            self._failed_count += 1
            return str(error)
        if landed is None:
            self.absent_count += self._is_held_elsewhere
            self._failed_count += not self._is_held_elsewhere
            return _NOT_FOUND
        return landed

    def _is_failure(self, reason: str) -> bool:
        return reason != _NOT_FOUND or not self._is_held_elsewhere
