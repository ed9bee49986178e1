"""The site as the simulated Parliament serves it, with the faults of the real one."""

import datetime as dt
from collections.abc import Set

from orderpaper.simulate import sittings
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.part import Part
from orderpaper.simulate.payloads import Json
from orderpaper.simulate.query import Query, skip_and_take, span
from orderpaper.sources.new_source.fetch import PAGE_SIZE, PATH


def simulated(parliament: SimulatedParliament, _faults: Set[str]) -> Part:
    """Return the site over invented items, one for each sitting day up to the day on which it is asked."""

    def answer(query: Query) -> Json:
        days = span(query, "from", "to")
        skip, take = skip_and_take(query, default=PAGE_SIZE, limit=PAGE_SIZE)
        last = min(days.last or parliament.as_of, parliament.as_of)
        items = [_item(parliament, day) for day in sittings.sitting_days(days.first or sittings.OPENED_ON, last)]
        return {"total": len(items), "items": items[skip : skip + take]}

    return Part(routes=[(PATH, answer)], required_field="title", total_field="total")


def _item(parliament: SimulatedParliament, day: dt.date) -> Json:
    number = parliament.dice("new_source", day).randint(2, 9)
    return {
        "id": day.toordinal(),
        "date": day.isoformat(),
        "title": "Plans of the day",
        "text": f"<p>The department has {number} plans.</p>",
    }
