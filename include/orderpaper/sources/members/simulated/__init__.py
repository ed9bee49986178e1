"""The Members API of the simulated Parliament, with its shapes and its quirks.

The routes serve captured members as well: see `replayed`.
"""

from collections.abc import Callable, Mapping, Set

from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.part import Part, Route
from orderpaper.simulate.payloads import Json, item
from orderpaper.simulate.query import Query, integer, integer_or_none, last
from orderpaper.sources.members.simulated.values import (
    biography_value,
    history_value,
    member_item,
    member_value,
    post_values,
)

PAGE = 20
"""Rows of a page, whatever number is requested."""


def simulated(parliament: SimulatedParliament, _faults: Set[str]) -> Part:
    """Return the API over the members of the simulated Parliament."""
    members, as_of = parliament.people.members, parliament.as_of
    return part(
        {number: member_value(m, as_of) for number, m in members.items() if m.seats[0].start_on <= as_of},
        lambda number: member_value(members[number], as_of) if number in members else None,
        lambda number: history_value(members[number], as_of) if number in members else None,
        lambda number: biography_value(parliament.people, number, as_of),
        lambda: post_values(parliament.people, as_of),
    )


Find = Callable[[int], Json | None]


def part(
    found: Mapping[int, Json],
    find_member: Find,
    find_history: Find,
    find_biography: Find,
    find_posts: Callable[[], list[Json] | None],
) -> Part:
    """Return the API over some members.

    Args:
        found: id → value of the members that a search finds, in the order of a search without terms.
        find_member: returns the value of any member by id.
        find_history: returns the value of the history endpoint by id.
        find_biography: returns the value of the biography endpoint by id.
        find_posts: returns the values of the list of government posts, or None if there is no such list.
    """

    def search(query: Query) -> Json:
        name = (last(query, "name") or "").lower()
        house = {"1": 1, "2": 2, "commons": 1, "lords": 2}.get((last(query, "house") or "").lower())
        current = {"true": True, "false": False}.get((last(query, "iscurrentmember") or "").lower())
        hits = []
        for member in found.values():
            membership = member["latestHouseMembership"]
            is_current = membership["membershipEndDate"] is None
            names = (member["nameDisplayAs"], member["nameListAs"], member["nameFullTitle"])
            if (
                house in (None, membership["house"])
                and current in (None, is_current)
                and any(name in (form or "").lower() for form in names)
            ):
                hits.append(member)
        skip = max(0, integer_or_none(query, "skip") or 0)
        return {
            "items": [member_item(member["id"], member) for member in hits[skip : skip + PAGE]],
            "totalResults": len(hits),
            "resultContext": "",
            "skip": skip,
            "take": PAGE,
            "links": [],
            "resultType": 0,
        }

    def member(_: Query, member_id: str) -> Json | None:
        value = find_member(int(member_id))
        return value and member_item(int(member_id), value)

    def history(query: Query) -> list[Json]:
        histories = [(number, find_history(number)) for number in map(integer, query.get("ids", ()))]
        return [member_item(number, value) for number, value in histories if value]

    def biography(_: Query, member_id: str) -> Json | None:
        value = find_biography(int(member_id))
        return value and item(value, f"/Members/{member_id}/Biography")

    def posts(_: Query) -> list[Json] | None:
        values = find_posts()
        return None if values is None else [{"value": value, "links": []} for value in values]

    routes: list[Route] = [
        (r"/api/Members/Search", search),
        (r"/api/Members/History", history),
        (r"/api/Members/(\d+)", member),
        (r"/api/Members/(\d+)/Biography", biography),
        (r"/api/Posts/GovernmentPosts", posts),
    ]
    return Part(routes=routes, required_field="nameDisplayAs", total_field="totalResults")
