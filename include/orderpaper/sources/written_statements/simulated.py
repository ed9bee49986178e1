"""The written-statements API of the simulated Parliament."""

import datetime as dt
from collections.abc import Set

from orderpaper.simulate import sittings
from orderpaper.simulate.departments import departments
from orderpaper.simulate.figures import financial_year, millions, qualified
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.part import Part
from orderpaper.simulate.payloads import Json, at_midnight, item, list_text
from orderpaper.simulate.people import COMMONS, HOUSES, LORDS
from orderpaper.simulate.query import Query, integer, last, skip_and_take, span

PATH = "/api/writtenstatements/statements"
_IDS_PER_DAY = 100
_MOST_PER_DAY = 6
_TEXT = (
    "<p>I am today announcing {amount} for the {programme}, which will help {recipients} with {subject} in"
    " {year}.</p><p>The funding is {exact} more than in the year before. It is in addition to the money that"
    " {recipients} receive already, and the first payments will be made in the summer.</p>"
    "<p>I will update the House on progress.</p>"
)
_SHORT_TEXT = "<p>I am publishing today the annual report on the {programme} &amp; its costs.</p>"


def simulated(parliament: SimulatedParliament, _faults: Set[str]) -> Part:
    """Return the API over the statements that simulated ministers have made."""

    def listed(query: Query) -> Json:
        days = span(query, "madewhenfrom", "madewhento")
        house = last(query, "house")
        found = [
            statement | {"text": list_text(statement["text"])}
            for day in parliament.sitting_days(days.first, days.last)
            for statement in _made_on(parliament, day)
            if house in (None, statement["house"])
        ]
        skip, take = skip_and_take(query, default=20, limit=100)
        rows = [item(statement, f"{PATH}/{statement['id']}") for statement in found[skip : skip + take]]
        return {"totalResults": len(found), "results": rows}

    def detail(_query: Query, statement_id: str) -> Json | None:
        number = integer(statement_id)
        day = sittings.OPENED_ON + dt.timedelta(number // _IDS_PER_DAY)
        made = _made_on(parliament, day) if day in parliament.sitting_days(day, day) else []
        return next((item(row, f"{PATH}/{number}") for row in made if row["id"] == number), None)

    return Part(
        routes=[(PATH, listed), (rf"{PATH}/(\d{{1,9}})", detail)],
        required_field="answeringBodyId",
        total_field="totalResults",
    )


def _made_on(parliament: SimulatedParliament, day: dt.date) -> list[Json]:
    """Return the statements of a sitting day. Most of them are made in both Houses, by a minister in each."""
    rng = parliament.dice("written statements", day)
    ministers = parliament.people.ministers
    offices = [office for office in departments() if ministers(office.answering_body_id, COMMONS, day)]
    made: list[Json] = []
    for number in range(rng.randint(2, _MOST_PER_DAY)):
        department = rng.choice(offices)
        topic = rng.choice(department.topics)
        wording = _SHORT_TEXT if rng.random() < 0.2 else _TEXT
        text = wording.format(amount=qualified(rng), exact=millions(rng), year=financial_year(day, 1), **topic.words)
        lords = ministers(department.answering_body_id, LORDS, day)
        houses = (COMMONS, LORDS) if lords and rng.random() < 0.7 else (COMMONS,)
        ids = [(day - sittings.OPENED_ON).days * _IDS_PER_DAY + 2 * number + place for place in range(len(houses))]
        for house, statement_id in zip(houses, ids, strict=True):
            minister = ministers(department.answering_body_id, house, day)[0]
            others = [other for other in ids if other != statement_id]
            linked = [{"linkedStatementId": other, "linkDate": at_midnight(day)} for other in others]
            prefix = "HCWS" if house == COMMONS else "HLWS"
            made.append(
                {
                    "id": statement_id,
                    "memberId": minister.member_id,
                    "member": None,
                    "memberRole": parliament.people.post_of(minister.member_id, department.answering_body_id, day),
                    "uin": f"{prefix}{sittings.day_of_session(day) * _MOST_PER_DAY + number + 1}",
                    "dateMade": at_midnight(day),
                    "answeringBodyId": department.answering_body_id,
                    "answeringBodyName": department.name,
                    "title": f"{topic.heading}: {topic.programme}",
                    "text": text,
                    "house": HOUSES[house],
                    "noticeNumber": number + 1,
                    "hasAttachments": False,
                    "attachments": [],
                    "hasLinkedStatements": bool(linked),
                    "linkedStatements": linked,
                }
            )
    return made
