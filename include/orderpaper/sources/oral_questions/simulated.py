"""The oral-questions API of the simulated Parliament, with its paging and its quirks.

The route serves captured questions as well: see `replayed`.
"""

import datetime as dt
from collections.abc import Callable, Sequence, Set

from orderpaper.simulate import sittings
from orderpaper.simulate.oral_questions import NOTICE, TO_BE_ASKED, OralQuestion
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.part import Part
from orderpaper.simulate.payloads import Json, at_midnight
from orderpaper.simulate.people import COMMONS, Member
from orderpaper.simulate.query import Query, last, skip_and_take, span
from orderpaper.simulate.sittings import Span

PAGE_LIMIT = 100
PAGE_DEFAULT = 25


def simulated(parliament: SimulatedParliament, _faults: Set[str]) -> Part:
    """Return the API over the oral questions of the simulated Parliament."""
    return part(lambda days: rows(parliament, days))


def part(rows: Callable[[Span], Sequence[Json]]) -> Part:
    """Return the API over some questions: `rows` gives those for answer on some days, in the order of the list."""

    def answer(query: Query) -> Json:
        """Return a page. Like the API, ignore parameters without the prefix `parameters.` silently."""
        kind = {"substantive": 1, "topical": 2}.get((last(query, "parameters.questiontype") or "").lower())
        skip, take = skip_and_take(query, default=PAGE_DEFAULT, limit=PAGE_LIMIT, prefix="parameters.")
        days = span(query, "parameters.answeringdatestart", "parameters.answeringdateend")
        found = [row for row in rows(days) if kind in (None, row["QuestionType"])]
        paging = {
            "Skip": skip,
            "Take": take,
            "Total": len(found),
            "GlobalTotal": len(found),
            "StatusCounts": [],
            "GlobalStatusCounts": [],
        }
        return {
            "PagingInfo": paging,
            "StatusCode": 200,
            "Success": True,
            "Errors": [],
            "Response": found[skip : skip + take],
        }

    return Part(routes=[(r"/oralquestions/list", answer)], required_field="AskingMemberId", total_field="Total")


def rows(parliament: SimulatedParliament, days: Span) -> list[Json]:
    """Return the rows of the questions for answer on some days that have been tabled."""
    last_day = days.last or sittings.sitting_day_after(parliament.as_of, NOTICE)
    return [
        _row(parliament, question)
        for day in sittings.sitting_days(days.first or sittings.OPENED_ON, last_day)
        if sittings.sitting_day_before(day, NOTICE) <= parliament.as_of
        for time in parliament.oral_questions.question_times(day)
        for question in time.questions
    ]


def _row(parliament: SimulatedParliament, question: OralQuestion) -> Json:
    day, asker = question.day, question.asker
    minister = parliament.people.ministers(question.department.answering_body_id, COMMONS, day)[0]
    is_over = day <= parliament.as_of
    is_removed = is_over and question.status != TO_BE_ASKED
    return {
        "Id": question.question_id,
        "QuestionType": question.kind,
        "QuestionText": question.text,
        "Status": question.status if is_over else TO_BE_ASKED,
        "Number": question.number,
        "TabledWhen": at_midnight(sittings.sitting_day_before(day, NOTICE)),
        "RemovedFromToBeAskedWhen": f"{day}T12:52:51.953" if is_removed else None,
        "DeclarableInterestDetail": "Chair of a charity in the field" if question.question_id % 23 == 0 else None,
        "HansardLink": "",
        "UIN": question.uin,
        "AnsweringWhen": at_midnight(day),
        "AnsweringBodyId": question.department.answering_body_id,
        "AnsweringBody": question.department.name,
        "AnsweringMinisterTitle": question.department.target,
        "AskingMember": _member(asker, day),
        "AnsweringMinister": _member(minister, day) if is_over and question.question_id % 3 else None,
        "AskingMemberId": asker.member_id,
        "AnsweringMinisterId": minister.member_id if is_over and question.question_id % 3 else 0,
    }


def _member(member: Member, day: dt.date) -> Json:
    """Return a member as this API describes them."""
    name = member.name_on(day)
    return {
        "MnisId": member.member_id,
        "PimsId": member.member_id + 100_000,
        "Name": name.display,
        "ListAs": name.list_as,
        "Constituency": member.seat_on(day).name,
        "Status": "Active",
        "Party": member.party_on(day),
        "PartyId": 0,
        "PartyColour": None,
        "PhotoUrl": f"https://members-api.parliament.uk/api/Members/{member.member_id}/Portrait",
    }
