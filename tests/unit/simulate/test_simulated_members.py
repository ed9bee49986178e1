"""The members API of the simulated Parliament, over HTTP."""

import collections
import datetime as dt
import itertools

import pytest
from asking import Asker

from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.question_window import Window
from orderpaper.simulate.sittings import Span
from orderpaper.sources.members.simulated import simulated
from orderpaper.sources.members.simulated.values import history_value, member_value
from orderpaper.sources.written_questions.simulated import detail


def search(asker: Asker, **query: object) -> list[dict]:
    found, total = [], 1
    while len(found) < total:
        page = asker.get("/api/Members/Search", **query, skip=len(found), take=100).json()
        total = page["totalResults"]
        assert len(page["items"]) == min(20, total - len(found)), "a page is 20 whatever is asked"
        found += [item["value"] for item in page["items"]]
    return found


def test_a_hundred_members_in_two_houses(asker: Asker) -> None:
    everybody = search(asker)
    assert len({member["id"] for member in everybody}) == len(everybody) == 100
    assert len({member["nameDisplayAs"] for member in everybody}) == 100
    houses = collections.Counter(member["latestHouseMembership"]["house"] for member in everybody)
    assert houses == {1: 85, 2: 15}
    parties = collections.Counter(member["latestParty"]["name"] for member in everybody)
    assert parties["Labour"] > parties["Conservative"] > parties["Liberal Democrat"] > 0


def test_seats_of_the_commons_are_held_once(asker: Asker) -> None:
    seats = [member["latestHouseMembership"]["membershipFrom"] for member in search(asker, House=1)]
    assert len(set(seats)) == len(seats)


def test_search_filters(asker: Asker) -> None:
    peers = search(asker, House=2)
    assert {member["latestHouseMembership"]["house"] for member in peers} == {2}
    current = search(asker, IsCurrentMember="true")
    former = search(asker, IsCurrentMember="false")
    assert former
    assert len(current) + len(former) == 100
    assert all(member["latestHouseMembership"]["membershipEndDate"] for member in former)
    name = peers[0]["nameDisplayAs"]
    assert [member["nameDisplayAs"] for member in search(asker, Name=name.upper())] == [name]


def test_names_come_in_all_shapes(asker: Asker) -> None:
    names = " ".join(member["nameDisplayAs"] for member in search(asker)) + " "
    for part in ("Dr ", "Sir ", "Lord ", "Baroness ", "-", "é"):
        assert part in names, part


def test_a_member_as_found_and_alone_is_the_same(asker: Asker) -> None:
    member = search(asker)[3]
    alone = asker.get(f"/api/Members/{member['id']}").json()
    assert alone["value"] == member
    assert alone["links"][0] == {"rel": "self", "href": f"/Members/{member['id']}", "method": "GET"}
    assert asker.get("/api/Members/1").status_code == 404


def test_histories_of_many_members_at_once(asker: Asker) -> None:
    ids = [member["id"] for member in search(asker)]
    histories = asker.get("/api/Members/History", ids=[*ids, 1]).json()
    assert [item["value"]["id"] for item in histories] == ids
    spells = [item["value"] for item in histories]
    assert any(len({p["party"]["name"] for p in value["partyHistory"]}) > 1 for value in spells), (
        "somebody changed party"
    )
    assert any(len({s["membershipFrom"] for s in value["houseMembershipHistory"]}) > 1 for value in spells)
    assert any(len(value["nameHistory"]) > 1 for value in spells)
    for value in spells:
        for history, start, end in (
            (value["partyHistory"], "startDate", "endDate"),
            (value["houseMembershipHistory"], "membershipStartDate", "membershipEndDate"),
        ):
            for earlier, later in itertools.pairwise(history):
                assert earlier[end] is not None
                assert earlier[end] <= later[start]


def test_the_register_knows_nothing_of_the_future() -> None:
    eve, day = dt.date(2025, 3, 11), dt.date(2025, 3, 12)
    members = SimulatedParliament().people.members.values()
    changed = [m for m in members if member_value(m, eve)["latestParty"] != member_value(m, day)["latestParty"]]
    assert changed, "somebody changes party on 12 March 2025"
    for member in changed:
        before, after = (history_value(member, as_of)["partyHistory"] for as_of in (eve, day))
        assert before[-1]["endDate"] is None
        assert len(after) == 1 + len(before)


def test_biographies_have_the_posts_in_government(asker: Asker, parliament: SimulatedParliament) -> None:
    held = {(p.member_id, p.name) for p in parliament.people.posts if p.start_on <= parliament.as_of and not p.end_on}
    assert "Vice Chamberlain (HM Household) (Whip, House of Commons)" in {name for _, name in held}
    written = set()
    for member_id in {member_id for member_id, _ in held}:
        biography = asker.get(f"/api/Members/{member_id}/Biography").json()
        assert biography["links"][0]["href"] == f"/Members/{member_id}/Biography"
        written |= {(member_id, p["name"]) for p in biography["value"]["governmentPosts"] if p["endDate"] is None}
    assert written == held
    assert asker.get("/api/Members/1/Biography").status_code == 404


def values(parliament: SimulatedParliament) -> dict[int, dict]:
    """Return all members that a search finds, by id."""
    (search,) = (handler for path, handler in simulated(parliament, frozenset()).routes if path.endswith("Search"))
    total = search({})["totalResults"]
    pages = [search({"skip": [str(skip)]}) for skip in range(0, total, 20)]
    return {item["value"]["id"]: item["value"] for page in pages for item in page["items"]}


@pytest.mark.parametrize("count", [20, 33, 650, 1450])
def test_houses_of_any_size(count: int) -> None:
    parliament = SimulatedParliament(seed=7, member_count=count, questions_per_day=30)
    register = values(parliament)
    assert len(register) == count
    assert len({member["nameDisplayAs"] for member in register.values()}) == count
    for day in (dt.date(2014, 6, 5), dt.date(2019, 3, 5), dt.date(2025, 3, 11)):
        for question in parliament.written_questions.tabled(day):
            assert detail(question)["questionText"]


def test_members_leave_in_mid_term_and_others_come_in_their_places() -> None:
    later = SimulatedParliament(as_of=dt.date(2025, 12, 1))
    before, after = values(SimulatedParliament(as_of=dt.date(2025, 4, 2))), values(later)
    gone, arrived = [], []
    for member_id, member in after.items():
        was = before.get(member_id)
        if was is None:
            arrived.append(member)
        elif was["latestHouseMembership"]["membershipEndDate"] is None:
            gone += [member] if member["latestHouseMembership"]["membershipEndDate"] else []
    seats = [member["latestHouseMembership"]["membershipFrom"] for member in gone]
    assert [member["latestHouseMembership"]["house"] for member in gone] == [1, 1, 2]
    assert [member["latestHouseMembership"]["membershipFrom"] for member in arrived] == seats[:2]
    tabled = later.written_questions.within(Window(tabled=Span(dt.date(2025, 11, 17))))
    asking = {question.asking_member_id for question in tabled}
    assert asking.isdisjoint(member["id"] for member in gone)
