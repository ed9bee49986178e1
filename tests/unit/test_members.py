"""The register of members: all pages of the search, histories and posts."""

import json
import re
from datetime import UTC, date, datetime

import pytest

from orderpaper import ingest
from orderpaper.config import Paths
from orderpaper.errors import ParseError, UpstreamError
from orderpaper.landing import Window
from orderpaper.records import Document, GovernmentPost, MemberPeriod
from orderpaper.sources.members.parse import parse

WINDOW = Window(date(2025, 3, 10), date(2025, 3, 14))
STARTED = "2024-07-04T00:00:00"


def member(number, **fields):
    membership = {
        "membershipFrom": f"Seat {number}",
        "membershipFromId": number,
        "house": 1,
        "membershipStartDate": STARTED,
        "membershipEndDate": None,
    }
    return {
        "id": number,
        "nameListAs": f"Member, {number}",
        "nameDisplayAs": f"Member {number}",
        "nameFullTitle": f"Member {number} MP",
        "nameAddressAs": "",
        "latestParty": {"id": 15, "name": "Labour", "abbreviation": "Lab"},
        "gender": "F",
        "latestHouseMembership": membership,
        "thumbnailUrl": "",
        **fields,
    }


def history(number):
    return {
        "id": number,
        "thumbnailUrl": "",
        "partyHistory": [
            {"startDate": STARTED, "endDate": "2025-01-01T00:00:00", "party": {"name": "Labour"}},
            {"startDate": "2025-01-01T00:00:00", "endDate": None, "party": {"name": "Independent"}},
        ],
        "houseMembershipHistory": [member(number)["latestHouseMembership"]],
        "nameHistory": [{"startDate": STARTED, "endDate": None, "nameDisplayAs": f"Member {number}"}],
    }


def biography(number):
    posts = [{"house": 1, "name": "Minister of State", "id": 7, "startDate": STARTED, "endDate": None}]
    return {"value": {"governmentPosts": posts}, "links": [{"rel": "self", "href": f"/Members/{number}/Biography"}]}


def listed_post(number, name, *holders):
    """A row of the list of government posts, with the holders (id, start)."""
    held = [
        {"member": {"value": {"id": holder, "nameDisplayAs": f"Member {holder}"}}, "startDate": start, "endDate": None}
        for holder, start in holders
    ]
    return {"value": {"id": number, "name": name, "postHolders": held}}


def left(number, end):
    return member(number, latestHouseMembership=member(number)["latestHouseMembership"] | {"membershipEndDate": end})


def register(commons, announced=None, former=(), posts=()):
    """The API for a House of Commons of `commons` members, some `former` ones, an empty Lords and some posts."""

    def respond(path):
        if "Posts" in path:
            return json.dumps(list(posts)).encode()
        if "Search" in path:
            found = []
            if "House=1" in path:
                current = "IsCurrentMember=true" in path
                found = [member(number) for number in range(1, commons + 1)] if current else list(former)
            count = len(found)
            skip = int(re.search(r"skip=(\d+)", path)[1])
            items = [{"value": value} for value in found[skip : skip + 20]]
            return json.dumps({"items": items, "totalResults": announced if announced and count else count}).encode()
        if "History" in path:
            return json.dumps([{"value": history(int(number))} for number in re.findall(r"ids=(\d+)", path)]).encode()
        return json.dumps(biography(int(re.search(r"Members/(\d+)/", path)[1]))).encode()

    return respond


def document(payload):
    return Document(
        document_id="0",
        source="members",
        kind="",
        url="",
        media_type="",
        fetched_at=None,
        body=json.dumps(payload, ensure_ascii=False).encode("utf-8", "surrogatepass"),
    )


def test_every_member_of_every_page_arrives_with_history_and_posts(tmp_path, site):
    site.respond = register(45)
    paths = Paths(tmp_path, "simulated")
    fetched = ingest.fetch(paths, "members", WINDOW, site.url, "run")
    parsed = ingest.parse(paths, "members", fetched.manifest)
    # Three pages of sitting members of the Commons, and one each of former ones and of the Lords; three histories of
    # up to twenty; the list of posts; 45 biographies.
    assert (fetched.request_count, parsed.quarantined_count) == (6 + 3 + 1 + 45, 0)
    assert parsed.record_counts == {
        "document": 53,  # the three pages with nobody on them are one
        "member": 45 + 2,  # each page but the first begins with the last row of the page before
        "member_period": 45 * 5,
        "government_post": 45,
    }


def test_a_biography_is_asked_for_once_a_month(tmp_path, site):
    site.respond = register(3)
    paths = Paths(tmp_path, "simulated")
    for window in (WINDOW, WINDOW, Window(date(2025, 4, 1), date(2025, 4, 1))):
        ingest.fetch(paths, "members", window, site.url, "run")
    assert len(asked(site, "Biography")) == 6


def test_after_a_reshuffle_only_the_biographies_of_those_who_moved_are_asked_for(tmp_path, site):
    paths = Paths(tmp_path, "simulated")

    def ask(day):
        before = len(site.requests)
        fetched = ingest.fetch(paths, "members", Window(day, day), site.url, "run")
        assert ingest.parse(paths, "members", fetched.manifest).quarantined_count == 0
        paths_asked = [path for path, _ in site.requests[before:]]
        assert sum("GovernmentPosts" in path for path in paths_asked) == 1
        return sorted(path.split("/")[3] for path in paths_asked if "Biography" in path)

    clerk = listed_post(8, "Minister of State", (3, STARTED))
    site.respond = register(4, posts=[listed_post(7, "Home Secretary", (1, STARTED)), clerk])
    assert ask(date(2025, 3, 3)) == ["1", "2", "3", "4"]
    site.respond = register(4, posts=[listed_post(7, "Home Secretary", (2, "2025-03-10T00:00:00")), clerk])
    assert ask(date(2025, 3, 11)) == ["1", "2"]
    assert ask(date(2025, 3, 18)) == []
    assert ask(date(2025, 3, 31)) == []
    assert ask(date(2025, 4, 1)) == ["1", "2", "3", "4"]


def test_without_a_list_of_posts_a_biography_is_asked_for_once_a_month(tmp_path, site):
    def respond(path):
        return (404, {}, b"") if "Posts" in path else register(3)(path)

    site.respond = respond
    for day in (date(2025, 3, 11), date(2025, 3, 12)):
        fetched = ingest.fetch(Paths(tmp_path, "simulated"), "members", Window(day, day), site.url, "run")
    assert len(asked(site, "Biography")) == 3
    assert fetched.document_count > 0


def test_an_id_that_is_no_longer_listed_is_asked_for_and_may_answer_as_another(tmp_path, site):
    paths = Paths(tmp_path, "simulated")
    everyone = [member(7), member(8), member(9)]
    merged = {"7": member(9), "8": None}

    def respond(path):
        if alone := re.fullmatch(r"/api/Members/(\d+)", path):
            value = merged[alone[1]]
            return json.dumps({"value": value}).encode() if value else (404, {}, b"")
        if "Search" in path:
            found = everyone if "House=1&IsCurrentMember=true" in path else []
            return json.dumps({"items": [{"value": v} for v in found], "totalResults": len(found)}).encode()
        return register(0)(path)

    def ask(day):
        before = len(site.requests)
        fetched = ingest.fetch(paths, "members", Window(day, day), site.url, "run")
        parsed = ingest.parse(paths, "members", fetched.manifest)
        assert parsed.quarantined_count == 0
        alone = [path for path, _ in site.requests[before:] if re.fullmatch(r"/api/Members/\d+", path)]
        return sorted(alone), parsed.record_counts.get("member_merge", 0)

    site.respond = respond
    assert ask(date(2025, 3, 11)) == ([], 0)
    del everyone[:2]
    # The register knows no 8 any more, and 7 is the member 9 now.
    assert ask(date(2025, 3, 12)) == (["/api/Members/7", "/api/Members/8"], 1)
    assert ask(date(2025, 3, 13)) == ([], 1)
    assert ask(date(2025, 3, 18)) == (["/api/Members/7"], 1)


def asked(site, part):
    return [path for path, _ in site.requests if part in path]


def test_former_members_arrive_with_their_histories_and_the_posts_of_those_who_left_of_late(tmp_path, site):
    paths = Paths(tmp_path, "simulated")
    site.respond = register(3, former=[left(7, "2024-05-30T00:00:00"), left(8, "1997-04-08T00:00:00")])
    parsed = ingest.parse(paths, "members", ingest.fetch(paths, "members", WINDOW, site.url, "run").manifest)
    assert parsed.record_counts["member"] == 5
    assert asked(site, "History") == ["/api/Members/History?ids=1&ids=2&ids=3&ids=7&ids=8"]
    assert [path.split("/")[3] for path in sorted(asked(site, "Biography"))] == ["1", "2", "3", "7"]


def test_former_members_are_asked_for_once_a_week_or_when_somebody_comes_or_leaves(tmp_path, site):
    paths = Paths(tmp_path, "simulated")
    gone = left(7, "2024-05-30T00:00:00")
    site.respond = register(3, former=[gone])

    def ask(day):
        before = len(site.requests)
        ingest.fetch(paths, "members", Window(day, day), site.url, "run")
        paths_asked = [path for path, _ in site.requests[before:]]
        parts = ("IsCurrentMember=true", "IsCurrentMember=false", "History", "Biography")
        return [sum(part in path for path in paths_asked) for part in parts]

    assert ask(date(2025, 3, 11)) == [2, 2, 1, 4]
    assert ask(date(2025, 3, 12)) == [2, 0, 0, 0]
    site.respond = register(2, former=[gone, left(3, "2025-03-12T00:00:00")])
    # The Lords are as they were; member 3 has changed, and with them the history that they are in.
    assert ask(date(2025, 3, 13)) == [2, 1, 1, 1]
    assert ask(date(2025, 3, 17)) == [2, 2, 1, 0]


def test_fewer_members_than_announced_is_an_error_with_both_numbers(tmp_path, site):
    site.respond = register(45, announced=50)
    with pytest.raises(UpstreamError, match="announces 50 sitting members of the Commons but gave 45"):
        ingest.fetch(Paths(tmp_path, "simulated"), "members", WINDOW, site.url, "run")


def test_a_history_is_read_as_periods():
    records = parse(document([{"value": history(7)}])).records
    assert all(isinstance(record, MemberPeriod) and record.member_id == 7 for record in records)
    assert [(record.attribute, record.value_text, record.start_on, record.end_on) for record in records] == [
        ("party", "Labour", date(2024, 7, 4), date(2025, 1, 1)),
        ("party", "Independent", date(2025, 1, 1), None),
        ("name", "Member 7", date(2024, 7, 4), None),
        ("house", "Commons", date(2024, 7, 4), None),
        ("constituency", "Seat 7", date(2024, 7, 4), None),
    ]


def test_a_biography_is_read_as_posts_of_the_member_its_link_names():
    (post,) = parse(document(biography(7))).records
    assert post == GovernmentPost(
        ordinal=1, member_id=7, post_text="Minister of State", start_on=date(2024, 7, 4), end_on=None
    )


@pytest.mark.parametrize("number", [2**63, 10**29, 0])
def test_a_reason_whose_number_is_no_id_is_refused(number):
    gone = left(7, "2025-02-03T00:00:00")["latestHouseMembership"] | {"membershipEndReasonId": number}
    for payload in (
        {"value": member(7, latestHouseMembership=gone)},
        [{"value": history(7) | {"houseMembershipHistory": [gone]}}],
    ):
        with pytest.raises(ParseError, match="membershipEndReasonId"):
            parse(document(payload))


def test_the_end_of_a_membership_and_a_suspension_are_read():
    end = {
        "membershipEndReason": "Resigned",
        "membershipEndReasonNotes": "Chiltern Hundreds",
        "membershipEndReasonId": 3,
    }
    gone = left(7, "2025-02-03T00:00:00")["latestHouseMembership"] | end
    (record,) = parse(document({"value": member(7, latestHouseMembership=gone)})).records
    assert (record.membership_end_on, record.membership_end_reason_text) == (date(2025, 2, 3), "Resigned")
    assert (record.membership_end_reason_id, record.membership_end_notes_text) == (3, "Chiltern Hundreds")
    status = {"statusDescription": "Suspended", "statusNotes": "By the House", "statusStartDate": "2025-01-20T00:00:00"}
    sitting = member(8)["latestHouseMembership"] | {
        "membershipStatus": {"statusIsActive": False, "status": 1, **status}
    }
    (record,) = parse(document({"value": member(8, latestHouseMembership=sitting)})).records
    assert (record.status_text, record.status_notes_text) == ("Suspended", "By the House")
    assert (record.status_start_on, record.is_current) == (date(2025, 1, 20), True)
    records = parse(document([{"value": history(7) | {"houseMembershipHistory": [gone]}}])).records
    assert [(record.attribute, record.end_reason_text) for record in records if record.end_reason_text] == [
        ("house", "Resigned")
    ]


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (
            {
                "items": [
                    {"value": member(1, latestHouseMembership={**member(1)["latestHouseMembership"], "house": 3})}
                ],
                "totalResults": 1,
            },
            "house is 3",
        ),
        ({"items": [{"value": {"id": 1, "latestHouseMembership": None}}], "totalResults": 1}, "nameDisplayAs"),
        ({"value": {"governmentPosts": []}, "links": []}, "whose it is"),
        ({"value": {}, "links": []}, "governmentPosts"),
        (7, "not a payload"),
        ("\ud800", "not a payload"),
    ],
)
def test_what_is_not_understood_says_why(payload, reason):
    with pytest.raises(ParseError, match=reason):
        parse(document(payload))


def fetched(kind, url, payload):
    return parse(
        Document(
            document_id="0" * 64,
            source="members",
            kind=kind,
            url=url,
            media_type="application/json",
            fetched_at=datetime(2025, 3, 14, tzinfo=UTC),
            body=json.dumps(payload).encode(),
        )
    )


def test_a_biography_of_another_member_is_refused():
    assert fetched("biography", "/api/Members/4/Biography", biography(4)).records
    with pytest.raises(ParseError, match=r"the biography of member 4 was asked for, .* the biography of member 5"):
        fetched("biography", "/api/Members/4/Biography", biography(5))


def test_histories_are_those_that_were_asked_for():
    items = [{"value": history(number)} for number in (4, 5)]
    assert not fetched("history", "/api/Members/History?ids=4&ids=5", items).refusals
    another = fetched("history", "/api/Members/History?ids=4&ids=6", items)
    assert {record.member_id for record in another.records} == {4}
    assert [refusal.reason for refusal in another.refusals] == ["the history of member 5 was not asked for"]
    fewer = fetched("history", "/api/Members/History?ids=4&ids=5&ids=6", items)
    assert [(refusal.address, refusal.text) for refusal in fewer.refusals] == [("$", "6")]


def test_a_period_that_is_given_twice_with_different_ends_costs_its_member():
    twice = history(5)
    twice["partyHistory"].append(twice["partyHistory"][0] | {"endDate": None})
    parsed = fetched("file", "saved.json", [{"value": history(4)}, {"value": twice}])
    assert {record.member_id for record in parsed.records} == {4}
    assert [refusal.address for refusal in parsed.refusals] == ["$[1]"]


@pytest.mark.parametrize("ignored", ["House", "IsCurrentMember"])
def test_a_parameter_that_the_api_ignores_is_an_error(tmp_path, site, ignored):
    usual = register(45, former=[left(number, "2024-05-30T00:00:00") for number in range(101, 131)])
    instead = {"House": ("House=2", "House=1"), "IsCurrentMember": ("IsCurrentMember=false", "IsCurrentMember=true")}
    site.respond = lambda path: usual(path.replace(*instead[ignored]))
    with pytest.raises(UpstreamError, match="it seems to ignore the parameter House or IsCurrentMember"):
        ingest.fetch(Paths(tmp_path, "simulated"), "members", WINDOW, site.url, "run")
