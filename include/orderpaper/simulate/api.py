"""The APIs' routes over an upstream: filters, paging and quirks, the same for simulated and captured data."""

import functools
import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from orderpaper.simulate.member_payloads import links
from orderpaper.simulate.proceedings_api import ProceedingsApi
from orderpaper.simulate.query import BadRequestError, Query, date, integer, integer_or_none, last, parse_date
from orderpaper.simulate.upstream import Json, Question, Span, Upstream, Window
from orderpaper.simulate.websites import Websites

QUESTIONS_PAGE_LIMIT = 100
QUESTIONS_PAGE_DEFAULT = 20
MEMBERS_PAGE = 20
"""The Members API gives pages of 20 whatever is asked."""

_SHIFTING_SHARE = 3
"""One listing in so many gains a row while it is being paged."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Everything that decides which questions a list holds; hashable, so that listings can be remembered."""

    window: Window
    answered: str
    answering_bodies: frozenset[int]
    asking_member_id: int | None
    house: str | None
    uin: str | None
    search_term: str | None
    include_withdrawn: bool

    @classmethod
    def asked(cls, query: Query) -> "Listing":
        """The listing that a query asks for. Unknown parameters are ignored silently, as upstream does.

        Raises:
            BadRequestError: a value that is no date or number.
        """
        spans = {
            name: Span(date(query, f"{name}whenfrom"), date(query, f"{name}whento"))
            for name in ("tabled", "answered", "corrected")
        }
        return cls(
            window=Window(**spans),
            answered=(last(query, "answered") or "Any").lower(),
            answering_bodies=frozenset(integer(value) for value in query.get("answeringbodies", ())),
            asking_member_id=integer_or_none(query, "askingmemberid"),
            house=last(query, "house"),
            uin=last(query, "uin"),
            search_term=last(query, "searchterm"),
            include_withdrawn=(last(query, "includewithdrawn") or "").lower() == "true",
        )

    def holds(self, question: Question) -> bool:
        """Whether a question of the window is on the list."""
        if question.is_withdrawn and not self.include_withdrawn:
            return False
        if self.answered == "answered" and question.answered_on is None:
            return False
        if self.answered == "unanswered" and question.answered_on is not None:
            return False
        if self.answering_bodies and question.answering_body_id not in self.answering_bodies:
            return False
        if self.asking_member_id is not None and question.asking_member_id != self.asking_member_id:
            return False
        if self.house in ("Commons", "Lords") and question.house != self.house:
            return False
        if self.uin is not None and question.uin.lower() != self.uin.lower():
            return False
        if self.search_term is None:
            return True
        value = question.detail() or question.row()
        text = " ".join(value[key] or "" for key in ("questionText", "answerText", "heading"))
        return self.search_term.lower() in text.lower()


class Api:
    """Answers requests. Holds one piece of state: which shifting listings have gained their late row."""

    def __init__(self, upstream: Upstream, *, shifting_pages: bool) -> None:
        self._upstream = upstream
        self._shifting_pages = shifting_pages
        self._arrived: set[Listing] = set()
        self._listed = functools.lru_cache(maxsize=32)(self._list)
        routes: tuple[tuple[str, Callable[..., Any]], ...] = (
            (r"/api/writtenquestions/questions", self._questions),
            (r"/api/writtenquestions/questions/(\d+)", self._question),
            (r"/api/writtenquestions/questions/(\d{4}-\d\d-\d\d)/(\w+)", self._question_tabled),
            (r"/api/Members/Search", self._search),
            (r"/api/Members/History", self._history),
            (r"/api/Members/(\d+)", self._member),
            (r"/api/Members/(\d+)/Biography", self._biography),
            (r"/api/Posts/GovernmentPosts", self._posts),
            *ProceedingsApi(upstream).routes,
            *Websites(upstream).routes,
        )
        self._routes = [(re.compile(pattern, re.IGNORECASE), handler) for pattern, handler in routes]

    def answer(self, path: str, query: Query) -> tuple[int, Any]:
        """Status code and value of the answer to a GET: JSON, unless it is a `Page`."""
        for pattern, handler in self._routes:
            match = pattern.fullmatch(path)
            if match:
                try:
                    value = handler(query, *match.groups())
                except BadRequestError as error:
                    return 400, problem(400, f"One or more validation errors occurred. {error}")
                return (404, problem(404, "Not Found")) if value is None else (200, value)
        return 404, problem(404, "Not Found")

    def _list(self, listing: Listing) -> Sequence[Question]:
        return [question for question in self._upstream.questions(listing.window) if listing.holds(question)]

    def _questions(self, query: Query) -> Json:
        listing = Listing.asked(query)
        skip = max(0, integer_or_none(query, "skip") or 0)
        take = min(integer_or_none(query, "take") or QUESTIONS_PAGE_DEFAULT, QUESTIONS_PAGE_LIMIT)
        questions = self._listed(listing)
        if self._shifts(listing, len(questions) - 1 > take):
            if skip == 0 and listing not in self._arrived:
                questions = questions[1:]
            else:
                self._arrived.add(listing)
        results = []
        for question in questions[skip : skip + take]:
            value = self._with_members(question.row(), query)
            results.append({"value": value, "links": [_self_link(f"/Questions/{question.question_id}")]})
        return {"totalResults": len(questions), "results": results}

    def _shifts(self, listing: Listing, has_more_pages: bool) -> bool:
        """Whether a row comes in while this listing is paged: between the first page and the second, at the top.

        The total grows by one and the last row of the first page comes again as the first of the second. From then on
        the listing stays as it is.
        """
        drawn = zlib.crc32(repr(listing).encode()) % _SHIFTING_SHARE == 0
        return self._shifting_pages and has_more_pages and drawn

    def _question(self, query: Query, question_id: str) -> Json | None:
        return self._detail(query, self._upstream.question(int(question_id)), f"/Questions/{question_id}")

    def _question_tabled(self, query: Query, tabled_on: str, uin: str) -> Json | None:
        question = self._upstream.question_tabled(parse_date(tabled_on), uin)
        return self._detail(query, question, f"/Questions/{tabled_on}/{uin}")

    def _detail(self, query: Query, question: Question | None, href: str) -> Json | None:
        value = question.detail() if question else None
        return {"value": self._with_members(value, query), "links": [_self_link(href)]} if value else None

    def _with_members(self, value: Json, query: Query) -> Json:
        """A question's value with the members in it spelled out, if the query says expandMember."""
        if (last(query, "expandmember") or "").lower() != "true":
            return value
        return value | {
            role: self._member_in_brief(value[f"{role}Id"])
            for role in ("askingMember", "answeringMember", "correctingMember")
        }

    def _member_in_brief(self, member_id: int | None) -> Json | None:
        member = self._upstream.member(member_id) if member_id else None
        if member is None:
            return None
        party = member["latestParty"]
        return {
            "id": member["id"],
            "listAs": member["nameListAs"],
            "name": member["nameDisplayAs"],
            "party": party["name"],
            "partyColour": party["backgroundColour"],
            "partyAbbreviation": party["abbreviation"],
            "memberFrom": member["latestHouseMembership"]["membershipFrom"],
            "thumbnailUrl": member["thumbnailUrl"],
        }

    @functools.cached_property
    def _members(self) -> Mapping[int, Json]:
        return self._upstream.members()

    def _search(self, query: Query) -> Json:
        name = (last(query, "name") or "").lower()
        house = {"1": 1, "2": 2, "commons": 1, "lords": 2}.get((last(query, "house") or "").lower())
        current = {"true": True, "false": False}.get((last(query, "iscurrentmember") or "").lower())
        found = []
        for member in self._members.values():
            membership = member["latestHouseMembership"]
            is_current = membership["membershipEndDate"] is None
            names = (member["nameDisplayAs"], member["nameListAs"], member["nameFullTitle"])
            if (
                (house is None or membership["house"] == house)
                and (current is None or is_current is current)
                and any(name in (form or "").lower() for form in names)
            ):
                found.append(member)
        skip = max(0, integer_or_none(query, "skip") or 0)
        items = [{"value": member, "links": links(member["id"])} for member in found[skip : skip + MEMBERS_PAGE]]
        return {
            "items": items,
            "totalResults": len(found),
            "resultContext": "",
            "skip": skip,
            "take": MEMBERS_PAGE,
            "links": [],
            "resultType": 0,
        }

    def _member(self, _: Query, member_id: str) -> Json | None:
        return _item(self._upstream.member(int(member_id)), int(member_id))

    def _history(self, query: Query) -> list[Json]:
        asked = [integer(value) for value in query.get("ids", ())]
        items = [_item(self._upstream.member_history(member_id), member_id) for member_id in asked]
        return [item for item in items if item is not None]

    def _biography(self, _: Query, member_id: str) -> Json | None:
        value = self._upstream.member_biography(int(member_id))
        return value and {"value": value, "links": [_self_link(f"/Members/{member_id}/Biography")]}

    def _posts(self, _: Query) -> list[Json]:
        return [{"value": post, "links": []} for post in self._upstream.government_posts()]


def problem(status: int, title: str) -> Json:
    """An error as the APIs put it."""
    return {"type": f"https://httpstatuses.io/{status}", "title": title, "status": status}


def _item(value: Json | None, member_id: int) -> Json | None:
    return None if value is None else {"value": value, "links": links(member_id)}


def _self_link(href: str) -> Json:
    return {"rel": "self", "href": href, "method": "GET"}
