"""The routes of the oral-questions API and the Hansard API over an upstream, with their quirks."""

import calendar
import datetime as dt
from collections.abc import Callable
from typing import Any

from orderpaper.simulate.member_payloads import at_midnight
from orderpaper.simulate.people import HOUSES
from orderpaper.simulate.query import BadRequestError, Query, date, integer_or_none, last
from orderpaper.simulate.upstream import Json, Span, Upstream

ORAL_PAGE_LIMIT = 100
ORAL_PAGE_DEFAULT = 25
_HOUSES = {name: house for house, name in HOUSES.items()}


class ProceedingsApi:
    """Answers requests; has no state."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream
        self.routes: tuple[tuple[str, Callable[..., Any]], ...] = (
            (r"/oralquestions/list", self._oral_questions),
            (r"/overview/calendar\.json", self._calendar),
            (r"/overview/sectionsforday\.json", self._sections),
            (r"/overview/sectiontrees\.json", self._trees),
            (r"/debates/debate/([0-9A-Za-z-]+)\.json", self._debate),
        )

    def _oral_questions(self, query: Query) -> Json:
        """The list. A name without the prefix `parameters.` is ignored silently, as upstream does."""
        days = Span(date(query, "parameters.answeringdatestart"), date(query, "parameters.answeringdateend"))
        kind = {"substantive": 1, "topical": 2}.get((last(query, "parameters.questiontype") or "").lower())
        skip = max(0, integer_or_none(query, "parameters.skip") or 0)
        take = min(integer_or_none(query, "parameters.take") or ORAL_PAGE_DEFAULT, ORAL_PAGE_LIMIT)
        rows = [row for row in self._upstream.oral_questions(days) if kind in (None, row["QuestionType"])]
        paging = {
            "Skip": skip,
            "Take": take,
            "Total": len(rows),
            "GlobalTotal": len(rows),
            "StatusCounts": [],
            "GlobalStatusCounts": [],
        }
        return {
            "PagingInfo": paging,
            "StatusCode": 200,
            "Success": True,
            "Errors": [],
            "Response": rows[skip : skip + take],
        }

    def _calendar(self, query: Query) -> list[Json]:
        """The days of a month on which a House sat, up to now."""
        year, month = integer_or_none(query, "year"), integer_or_none(query, "month")
        name = last(query, "house") or ""
        if year is None or month is None or month not in range(1, 13) or name not in _HOUSES:
            raise BadRequestError("The year, month and house fields are required.")
        days = [dt.date(year, month, number) for number in range(1, calendar.monthrange(year, month)[1] + 1)]
        return [
            {"House": name, "ItemDate": at_midnight(day), "Metadata": None}
            for day in days
            if self._upstream.hansard_sat(day, _HOUSES[name])
        ]

    def _sections(self, query: Query) -> list[str]:
        day, house = date(query, "date"), _HOUSES.get(last(query, "house") or "")
        return list(self._upstream.hansard_sections(day, house)) if day and house else []

    def _trees(self, query: Query) -> list[Json]:
        day, house = date(query, "date"), _HOUSES.get(last(query, "house") or "")
        if day is None or house is None:
            raise BadRequestError("The date and house fields are required.")
        return list(self._upstream.hansard_trees(day, house, last(query, "section") or ""))

    def _debate(self, _: Query, external_id: str) -> Json | None:
        return self._upstream.hansard_debate(external_id)
