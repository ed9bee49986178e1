"""Answers GET requests: finds the part that a path belongs to, and spoils its answer if a data fault is in force."""

import re
from collections.abc import Iterable
from typing import Any

from orderpaper.simulate.data_faults import PAYLOAD_FAULTS, overlapping
from orderpaper.simulate.part import Page, Part, Upstream
from orderpaper.simulate.payloads import problem
from orderpaper.simulate.query import BadRequestError, Query

_ROBOTS = Page(b"User-agent: *\nDisallow: /search\nAllow: /\n", "text/plain")
_SITE = Part(routes=[(r"/robots\.txt", lambda _: _ROBOTS)])


class Api:
    """The sites of all sources of one upstream.

    Args:
        upstream: a simulated Parliament or a replay.
        shifting_pages: whether rows come in while a list is paged.
        faults: names of further data faults that are in force.
    """

    def __init__(self, upstream: Upstream, *, shifting_pages: bool, faults: Iterable[str] = ()) -> None:
        self._faults = frozenset(faults) | ({"shifting_pages"} if shifting_pages else frozenset())
        self._routes = [
            (re.compile(pattern, re.IGNORECASE), handler, part)
            for part in (_SITE, *upstream.parts(self._faults))
            for pattern, handler in part.routes
        ]

    def answer(self, path: str, query: Query) -> tuple[int, Any]:
        """Return the status code and the value of the answer: for JSON, unless it is a `Page`."""
        if "duplicate_rows" in self._faults:
            query = overlapping(query)
        for pattern, handler, part in self._routes:
            match = pattern.fullmatch(path)
            if match:
                try:
                    value = handler(query, *match.groups())
                except BadRequestError as error:
                    return 400, problem(400, f"One or more validation errors occurred. {error}")
                if value is None:
                    break
                for name in PAYLOAD_FAULTS.keys() & self._faults:
                    value = PAYLOAD_FAULTS[name](part, value)
                return 200, value
        return 404, problem(404, "Not Found")
