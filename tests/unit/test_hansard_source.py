"""Hansard: all sections of a day are fetched, revised days again; debates become turns, questions and answers."""

import json
import re
from dataclasses import replace
from datetime import date
from html import escape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderpaper import ingest
from orderpaper.config import Paths
from orderpaper.errors import OrderPaperError, ParseError, UpstreamError
from orderpaper.landing import Landing, Window, attempts, missing
from orderpaper.records import Answer, Contribution, Debate, Document, Drift, Question, SittingDay
from orderpaper.records.accounting import account
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.server import serve
from orderpaper.sources.hansard import fetch
from orderpaper.sources.hansard.markup import read_question, to_text
from orderpaper.sources.hansard.parse import parse
from orderpaper.sources.hansard.payload import Item
from orderpaper.sources.hansard.revisions import Revisions
from orderpaper.sources.hansard.turns import read_turns

EXAMPLES = Path(__file__).parent / "parsers/examples/hansard"
MONDAY = Window(date(2025, 3, 10), date(2025, 3, 10))
WEEK = Window(date(2025, 3, 10), date(2025, 3, 16))


def example(name):
    return json.loads((EXAMPLES / f"{name}.json").read_text())


def document(payload):
    return Document(
        document_id="0",
        source="hansard",
        kind="debate",
        url="",
        media_type="",
        fetched_at=None,
        body=json.dumps(payload).encode(),
    )


def heading(number, parent, tag, **fields):
    names = {
        "Id": number,
        "Title": f"Heading {number}",
        "ParentId": parent,
        "ExternalId": f"ext-{number}",
        "HRSTag": tag,
    }
    return names | fields


def day_of(headings, children=None, house="Commons", day="2025-03-10", given=None):
    """The API for a Monday on which the Commons alone sat, with a debate under each heading."""

    def respond(path):
        target = urlsplit(path)
        if target.path.endswith("calendar.json"):
            sat = [{"House": house, "ItemDate": "2025-03-10T00:00:00", "Metadata": None}]
            return json.dumps(sat if "Commons" in target.query else []).encode()
        if target.path.endswith("sectionsforday.json"):
            return json.dumps(["Debate"] if "Commons" in target.query else []).encode()
        if target.path.endswith("sectiontrees.json"):
            assert parse_qs(target.query) == {"section": ["Debate"], "date": ["2025-03-10"], "house": ["Commons"]}
            return json.dumps([{"SectionTreeItems": headings}]).encode()
        external_id = re.fullmatch(r"/debates/debate/(.*)\.json", target.path)[1]
        below = [debate(child, house, day) for child in (children or {}).get(external_id, [])]
        return json.dumps(debate(given or external_id.upper(), house, day) | {"ChildDebates": below}).encode()

    return respond


def debate(external_id, house="Commons", day="2025-03-10"):
    overview = example("statement")["Overview"] | {"ExtId": external_id, "House": house, "Date": f"{day}T00:00:00"}
    return example("statement") | {"Overview": overview}


def asked(site):
    return sorted(match[1] for path, _ in site.requests if (match := re.match(r"/debates/debate/(.*)\.json", path)))


def test_every_heading_with_a_debate_is_asked_for_and_those_that_hold_others_are_not(tmp_path, site):
    headings = [
        heading(1, None, "hs_3MainHdg"),
        heading(2, 1, "hs_3OralAnswers"),
        heading(3, 2, "hs_6bDepartment"),
        heading(4, 3, "hs_8Question"),
        heading(5, 1, "hs_2DebBill"),
        heading(6, 5, "hs_8Clause"),
        heading(7, 1, "hs_2cStatement", ExternalId=None),
        heading(8, 1, "hs_6bPetitions"),
    ]
    site.respond = day_of(headings)
    ingest.fetch(Paths(tmp_path, "simulated"), "hansard", MONDAY, site.url, "run")
    assert asked(site) == ["ext-4", "ext-5", "ext-6", "ext-8"]


def test_a_debate_that_no_heading_lists_is_found_through_its_parent(tmp_path, site):
    site.respond = day_of([heading(1, None, "hs_2DebBill")], children={"ext-1": ["ext-2"], "ext-2": ["ext-3", "ext-1"]})
    ingest.fetch(Paths(tmp_path, "simulated"), "hansard", MONDAY, site.url, "run")
    assert asked(site) == ["ext-1", "ext-2", "ext-3"]


def test_an_id_in_other_letters_is_the_same_debate(tmp_path, site):
    headings = [heading(1, None, "hs_2DebBill"), heading(2, None, "hs_2DebBill", ExternalId="EXT-1")]
    site.respond = day_of(headings, children={"ext-1": ["Ext-1", "ext-2"], "ext-2": ["EXT-2"]})
    ingest.fetch(Paths(tmp_path, "simulated"), "hansard", MONDAY, site.url, "run")
    assert asked(site) == ["ext-1", "ext-2"]


def test_debates_that_name_new_children_for_ever_are_given_up(tmp_path, site):
    class Endless(dict):
        def get(self, external_id, _):
            return [f"{external_id}x"]

    site.respond = day_of([heading(1, None, "hs_2DebBill")], children=Endless(x=1))
    with pytest.raises(UpstreamError, match=r"of the Commons on 2025-03-10 name new children without an end: 10 were"):
        ingest.fetch(Paths(tmp_path, "simulated"), "hansard", MONDAY, site.url, "run")
    assert len(asked(site)) == fetch.MOST_GENERATIONS


def test_no_day_has_so_many_debates(tmp_path, site, monkeypatch):
    monkeypatch.setattr(fetch, "MOST_DEBATES", 3)
    site.respond = day_of([heading(number, None, "hs_2DebBill") for number in range(5)])
    with pytest.raises(UpstreamError, match="without an end: 5 were asked for"):
        ingest.fetch(Paths(tmp_path, "simulated"), "hansard", MONDAY, site.url, "run")
    assert asked(site) == []


NOT_GIVEN = {
    "404": (404, {}, b"{}"),
    "500": (500, {}, b"{}"),
    "a message": (200, {}, b'{"Message": "An error has occurred."}'),
    "a web page": (200, {}, b"<html></html>"),
    "another debate": (200, {}, json.dumps(debate("other")).encode()),
    "another shape": (200, {}, b'{"Overview": null}'),
}


def lacking(names, answer, count=30):
    """The API for a Monday with some debates, of which it does not give those named."""
    whole = day_of([heading(number, None, "hs_2DebBill") for number in range(1, count + 1)])

    def respond(path):
        given = re.fullmatch(r"/debates/debate/(.*)\.json", path)
        return answer if given and given[1] in names else whole(path)

    return respond


@pytest.mark.parametrize("answer", NOT_GIVEN.values(), ids=NOT_GIVEN)
def test_a_debate_that_is_not_given_is_remembered_and_asked_for_until_it_comes(tmp_path, site, monkeypatch, answer):
    monkeypatch.setattr("time.sleep", lambda _: None)
    paths = Paths(tmp_path, "simulated")
    file = paths.landing / "missing" / "hansard.json"
    site.respond = lacking({"ext-7"}, answer)
    ingest.fetch(paths, "hansard", MONDAY, site.url, "run")
    assert len(set(asked(site))) == 30
    (absent,) = missing.read(Landing(paths.landing), file.stem)
    assert (absent.name, absent.day, absent.part) == ("ext-7", MONDAY.start_on, "Commons")
    assert absent.reason

    site.requests.clear()
    site.respond = lacking({"ext-7"}, NOT_GIVEN["404"])
    tuesday = Window(date(2025, 3, 11), date(2025, 3, 11))
    monkeypatch.setattr(fetch, "_today", lambda: date(2025, 3, 11))
    monkeypatch.setattr(Revisions, "due", lambda *_: [])
    site.respond = without_tuesday(site.respond)
    ingest.fetch(paths, "hansard", tuesday, site.url, "run")
    assert asked(site) == ["ext-7"]
    (still,) = missing.read(Landing(paths.landing), file.stem)
    assert (still.name, still.since) == (absent.name, absent.since)

    site.respond = without_tuesday(lacking(set(), None))
    ingest.fetch(paths, "hansard", tuesday, site.url, "run")
    assert missing.read(Landing(paths.landing), file.stem) == []


def without_tuesday(respond):
    return lambda path: (404, {}, b"") if "2025-03-11" in path else respond(path)


@pytest.mark.parametrize(("count", "lost"), [(30, 2), (3, 2), (1, 1), (200, 11)])
def test_a_day_that_lacks_too_many_debates_fails(tmp_path, site, count, lost):
    names = {f"ext-{number}" for number in range(1, lost + 1)}
    site.respond = lacking(names, NOT_GIVEN["404"], count)
    sentence = (
        f"^hansard: too many of the {count} debates of the Commons on 2025-03-10 are missing; the first: HTTP 404"
    )
    with pytest.raises(UpstreamError, match=sentence):
        ingest.fetch(Paths(tmp_path, "simulated"), "hansard", MONDAY, site.url, "run")
    assert not (tmp_path / "simulated/landing/missing").exists()


def odd(respond, names):
    """Let the debates with these names have every item twice, so that the parser refuses them whole."""

    def answer(path):
        body = respond(path)
        if any(f"/debate/{name}." in path for name in names):
            payload = json.loads(body)
            body = json.dumps(payload | {"Items": payload["Items"] * 2}).encode()
        return body

    return answer


@pytest.mark.parametrize(("day", "is_red"), [((18, 0), False), ((18, 1), False), ((18, 2), True), ((2, 2), True)])
def test_one_debate_of_a_day_that_is_not_understood_is_named_and_two_stop_it(tmp_path, site, caplog, day, is_red):
    count, lost = day
    paths, landing = Paths(tmp_path, "simulated"), Landing(tmp_path / "simulated/landing")
    headings = [heading(number, None, "hs_8Question") for number in range(1, count + 1)]
    site.respond = odd(day_of(headings), [f"ext-{number}" for number in range(1, lost + 1)])
    manifest = ingest.fetch(paths, "hansard", MONDAY, site.url, "run").manifest
    if is_red:
        with pytest.raises(OrderPaperError, match=rf"{lost} of \d+ documents are not understood \(tolerated: 2%\)"):
            ingest.parse(paths, "hansard", manifest)
    else:
        assert ingest.parse(paths, "hansard", manifest).quarantined_count == lost
        named = [record.getMessage() for record in caplog.records if "is not understood" in record.getMessage()]
        assert ["/debate/ext-1.json: the debate EXT-1 has the item" in message for message in named] == [True] * lost
    assert attempts.is_open(landing, "hansard", MONDAY) == (lost > 0), "the day is asked for again"


def test_written_answers_and_debates_of_a_day_are_counted_apart(tmp_path, site, monkeypatch):
    answers = [heading(number, None, "hs_8Question") for number in range(100, 800)]
    whole = day_of([heading(number, None, "hs_2DebBill") for number in range(3)])

    def respond(path):
        if "sectionsforday" in path and "Commons" in path:
            return json.dumps(["Debate", "WrittenAnswers"]).encode()
        if "section=WrittenAnswers" in path:
            return json.dumps([{"SectionTreeItems": answers}]).encode()
        return whole(path)

    site.respond = respond
    counted = []
    monkeypatch.setattr("orderpaper.ingest.volume.check", lambda *arguments: counted.append(arguments[3]))
    ingest.fetch(Paths(tmp_path, "live"), "hansard", MONDAY, site.url, "run")
    assert len(asked(site)) == 703
    day = MONDAY.start_on
    assert counted == [{"debates": {day: 3}, "written answers and statements": {day: 700}}]


def test_a_day_without_a_sitting_may_be_404(tmp_path, site):
    whole = day_of([heading(1, None, "hs_2DebBill")])
    site.respond = lambda path: (404, {}, b"") if "sectionsforday" in path and "Lords" in path else whole(path)
    assert ingest.fetch(Paths(tmp_path, "simulated"), "hansard", MONDAY, site.url, "run").document_count > 0
    site.respond = lambda path: (404, {}, b"") if "sectionsforday" in path else whole(path)
    with pytest.raises(UpstreamError, match="the Commons sat on 2025-03-10, by Hansard's own calendar, and yet"):
        ingest.fetch(Paths(tmp_path / "other", "simulated"), "hansard", MONDAY, site.url, "run")


def test_the_only_heading_of_a_day_without_a_sitting_may_have_no_debate(tmp_path, site):
    whole = day_of([heading(1, None, "hs_2DebBill")])

    def respond(path):
        if "Lords" in path and "sectionsforday" in path:
            return b'["Lords Chamber"]'
        if "Lords" in path and "sectiontrees" in path:
            return json.dumps([{"SectionTreeItems": [heading(9, None, "hs_Venue")]}]).encode()
        return (404, {}, b"{}") if "ext-9" in path else whole(path)

    site.respond = respond
    ingest.fetch(Paths(tmp_path, "simulated"), "hansard", MONDAY, site.url, "run")
    (absent,) = missing.read(Landing(tmp_path / "simulated/landing"), "hansard")
    assert (absent.name, absent.part) == ("ext-9", "Lords")


def not_giving(lost, answer):
    """The API for a Monday on which the Commons sat with two sections, without a list."""
    whole = day_of([heading(1, None, "hs_2DebBill")])

    def respond(path):
        if re.search(lost, path):
            return answer
        if "sectionsforday" in path and "Commons" in path:
            return b'["Debate", "Westminster Hall"]'
        if "section=Westminster" in path:
            return json.dumps([{"SectionTreeItems": [heading(2, None, "hs_2DebBill")]}]).encode()
        return whole(path)

    return respond


LISTS_NOT_GIVEN = {name: NOT_GIVEN[name] for name in ("500", "a message", "a web page")} | {
    "no row is understood": (200, {}, b"[7]"),
    "no list": (200, {}, b"{}"),
}
LISTS = {
    "the calendar of March 2025": (r"calendar.*Commons", ["ext-1", "ext-2"]),
    "the list of sections": (r"sectionsforday.*Commons", []),
    "the headings of Debate": (r"sectiontrees.*section=Debate", ["ext-2"]),
    "the headings of Westminster Hall": (r"sectiontrees.*section=West", ["ext-1"]),
}


@pytest.mark.parametrize("answer", LISTS_NOT_GIVEN.values(), ids=LISTS_NOT_GIVEN)
@pytest.mark.parametrize("name", LISTS)
def test_a_list_that_is_not_given_is_remembered_and_its_day_is_asked_for_whole_until_it_comes(
    tmp_path, site, monkeypatch, name, answer
):
    monkeypatch.setattr("time.sleep", lambda _: None)
    monkeypatch.setattr(Revisions, "due", lambda *_: [])
    paths = Paths(tmp_path, "live")
    file = paths.landing / "missing" / "hansard.json"
    lost, others = LISTS[name]
    monkeypatch.setattr("orderpaper.ingest.volume.REAL", "")  # the day has two debates
    site.respond = not_giving(lost, answer)
    fetched = ingest.fetch(paths, "hansard", MONDAY, site.url, "run")
    assert asked(site) == others
    (absent,) = missing.read(Landing(paths.landing), file.stem)
    is_calendar = "calendar" in name
    day = date(2025, 3, 1) if is_calendar else MONDAY.start_on
    part = "calendars of the Commons" if is_calendar else "lists of the Commons"
    assert (absent.name, absent.day, absent.part) == (name, day, part)
    assert absent.reason
    assert fetched.manifest.endswith("_lacking") is not is_calendar, "the interval was not fetched whole"
    whole = Landing(paths.landing).whole_interval("hansard", MONDAY.start_on, MONDAY.end_on)
    assert (whole is not None) is is_calendar

    tuesday = Window(date(2025, 3, 11), date(2025, 3, 11))
    monkeypatch.setattr(fetch, "_today", lambda: date(2025, 3, 11))
    site.respond = without_tuesday(not_giving(lost, answer))
    assert not ingest.fetch(paths, "hansard", tuesday, site.url, "run").manifest.endswith("_lacking")
    (still,) = missing.read(Landing(paths.landing), file.stem)
    assert (still.name, still.since) == (absent.name, absent.since)

    site.requests.clear()
    site.respond = without_tuesday(not_giving("nothing", None))
    ingest.fetch(paths, "hansard", tuesday, site.url, "run")
    assert asked(site) == ([] if is_calendar else ["ext-1", "ext-2"])
    assert missing.read(Landing(paths.landing), file.stem) == []


def test_too_many_lists_that_are_not_given_are_an_error(tmp_path, site, monkeypatch):
    monkeypatch.setattr("time.sleep", lambda _: None)
    site.respond = not_giving("sectionsforday", NOT_GIVEN["500"])
    sentence = "^hansard: 2 of the 4 lists that were asked for are not given; the first, the list of sections: HTTP 500"
    with pytest.raises(UpstreamError, match=sentence):
        ingest.fetch(Paths(tmp_path, "simulated"), "hansard", MONDAY, site.url, "run")
    assert not (tmp_path / "simulated/landing/missing").exists()


def test_a_damaged_list_of_what_is_missing_is_said_in_a_sentence(tmp_path):
    path = tmp_path / "missing" / "hansard.json"
    path.parent.mkdir()
    path.write_text("{")
    with pytest.raises(OrderPaperError, match=r"missing/hansard\.json is damaged .* remove it"):
        missing.Missing(Landing(tmp_path), "hansard", date(2025, 3, 10))


def test_a_debate_whose_time_of_change_the_headings_give_is_asked_for_when_it_moves(tmp_path, site):
    for changed in ("T1", "T1", "T2"):
        site.respond = day_of([heading(1, None, "hs_2DebBill", ContentLastUpdated=changed)])
        ingest.fetch(Paths(tmp_path, "simulated"), "hansard", MONDAY, site.url, "run")
    assert asked(site) == ["ext-1", "ext-1"]


@pytest.mark.parametrize(
    ("respond", "reason"),
    [
        (day_of([heading(1, None, "a")], day="2025-03-11"), "Commons on 2025-03-10, .* debate ext-1 .* on 2025-03-11"),
        (day_of([heading(1, None, "a")], house="Lords"), "Commons on 2025-03-10, .* debate ext-1 of the Lords"),
        (day_of([heading(1, None, "a")], given="ext-2"), "asked for the debate ext-1, the API gave the debate ext-2"),
    ],
)
def test_an_api_that_does_not_obey_is_an_error(tmp_path, site, respond, reason):
    site.respond = respond
    with pytest.raises(UpstreamError, match=reason):
        ingest.fetch(Paths(tmp_path, "simulated"), "hansard", MONDAY, site.url, "run")


def test_a_week_of_the_simulated_houses_is_read_whole_and_revised_text_is_fetched_again(tmp_path):
    paths = Paths(tmp_path, "simulated")
    with serve(SimulatedParliament()) as server:
        fetched = ingest.fetch(paths, "hansard", WEEK, server.url, "run")
        again = ingest.fetch(paths, "hansard", WEEK, server.url, "run")
    assert (again.manifest, again.new_document_count) == (fetched.manifest, 0)
    parsed = ingest.parse(paths, "hansard", fetched.manifest)
    assert parsed.quarantined_count == 0
    assert "drift" not in parsed.record_counts
    assert parsed.record_counts["debate"] == 50
    with serve(SimulatedParliament(), data_faults=["revised_hansard"]) as server:
        revised = ingest.fetch(paths, "hansard", WEEK, server.url, "run")
    assert revised.manifest != fetched.manifest
    assert 0 < revised.new_document_count < parsed.record_counts["debate"]


def test_a_day_is_asked_for_again_while_its_text_is_revised_and_both_versions_stay(tmp_path, monkeypatch):
    paths, asked = Paths(tmp_path, "simulated"), {}
    for today, is_revised in (("10", False), ("11", True), ("12", True), ("13", True)):
        day = date(2025, 3, int(today))
        monkeypatch.setattr(fetch, "_today", lambda day=day: day)
        with serve(SimulatedParliament(), data_faults=["revised_hansard"] * is_revised) as server:
            fetched = ingest.fetch(paths, "hansard", Window(day, day), server.url, "run")
            asked[today] = {
                match[1] for path in server.requests if (match := re.search(r"debate/2025\d\d(\d\d)-", path))
            }
        if today == "11":
            manifest = Landing(paths.landing).read_manifest("hansard", fetched.manifest)
            again = {ref.url: ref.document_id for ref in manifest.documents if "/debate/20250310-" in ref.url}
        elif today == "10":
            manifest = Landing(paths.landing).read_manifest("hansard", fetched.manifest)
            first = {ref.url: ref.document_id for ref in manifest.documents if "/debate/20250310-" in ref.url}
    assert asked == {"10": {"10"}, "11": {"10", "11"}, "12": {"10", "11", "12"}, "13": {"11", "12", "13"}}
    assert first.keys() == again.keys()
    changed = [url for url in first if first[url] != again[url]]
    assert 0 < len(changed) < len(first)
    assert all(Landing(paths.landing).is_intact(versions[url]) for url in changed for versions in (first, again))


def test_a_day_of_the_bound_volume_is_not_asked_for_again(tmp_path):
    revisions = Revisions(Landing(tmp_path), date(2025, 3, 11))
    revisions.note("Commons", date(2025, 3, 10), is_final=False)
    revisions.note("Lords", date(2025, 3, 10), is_final=False)
    revisions.note("Lords", date(2025, 3, 10), is_final=True)
    revisions.save()
    due = {day: Revisions(Landing(tmp_path), day) for day in (date(2025, 3, 11), date(2025, 3, 12), date(2027, 1, 1))}
    assert [found.due("Commons") for found in due.values()] == [[], [date(2025, 3, 10)], [date(2025, 3, 10)]]
    assert not any(found.due("Lords") for found in due.values())


def test_a_damaged_list_of_revisions_is_said_in_a_sentence(tmp_path):
    (tmp_path / "revisions").mkdir()
    (tmp_path / "revisions" / "hansard.json").write_text("{")
    with pytest.raises(OrderPaperError, match=r"hansard\.json is damaged .*; remove it"):
        Revisions(Landing(tmp_path), date(2025, 3, 11))


def test_what_the_order_paper_has_is_what_hansard_has(tmp_path):
    """Questions that are reached stand in both sources with the same number, text and asker."""
    paths = Paths(tmp_path, "simulated")
    tables = {}
    with serve(SimulatedParliament()) as server:
        for source in ("oral_questions", "hansard"):
            fetched = ingest.fetch(paths, source, WEEK, server.url, "run")
            batch = ingest.parse(paths, source, fetched.manifest).batch_id
            rows = pq.read_table(paths.records / batch / "question.parquet").to_pylist()
            tables[source] = {
                (row["uin"], row["text"], row["asking_member_id"], row["question_type"]) for row in rows if row["uin"]
            }
    assert len(tables["hansard"]) == 54
    assert tables["hansard"] < tables["oral_questions"]


def test_questions_next_to_each_other_are_one_group_with_one_answer():
    records = parse(document(example("grouped_questions"))).records
    assert [record.group_ordinal for record in records if isinstance(record, Question)] == [1, 1]
    answered = [record for record in records if type(record).__name__ == "Answer"]
    assert [answer.question_ordinals for answer in answered] == [[1, 2]]


def test_a_nameless_paragraph_goes_on_a_members_turn_but_never_past_the_chair():
    turns = [record for record in parse(document(example("debate"))).records if isinstance(record, Contribution)]
    (carried,) = (turn for turn in turns if turn.text.endswith("That is why I am here."))
    (nobodys,) = (turn for turn in turns if turn.text == "There are people at the door.")
    assert carried.speaker_text == "Rhiannon Bagnold"
    assert (nobodys.speaker_text, nobodys.speaker_member_id, nobodys.role) == (None, None, "proceeding")


@pytest.mark.parametrize(
    ("who", "words", "role"),
    [
        ("", "<em>Several hon. Members</em> rose—", "proceeding"),
        ("Several hon. Members", "rose—", "proceeding"),
        ("Hon. Members", "No!", "intervention"),
        ("Mr Speaker", "Order.", "chair"),
    ],
)
def test_members_who_only_rise_say_nothing(who, words, role):
    payload = example("debate")
    payload["Items"] = [payload["Items"][0] | {"AttributedTo": who, "MemberId": None, "Value": words}]
    (turn,) = (record for record in parse(document(payload)).records if isinstance(record, Contribution))
    assert (turn.role, turn.text.endswith("rose—") or turn.text == words) == (role, True)


@pytest.mark.parametrize(
    ("changes", "days"),
    [
        ({}, [("Commons", date(2025, 3, 10))]),
        ({"Title": "Westminster Hall"}, [("Commons", date(2025, 3, 10))]),
        ({"Title": "Written Statements"}, []),
        ({"Title": "Ministerial Corrections"}, []),
        ({"SectionTreeItems": []}, []),
    ],
)
def test_the_headings_of_a_day_say_that_the_house_sat_unless_they_are_only_of_what_was_printed(changes, days):
    (tree,) = example("section_tree")
    records = parse(document([tree | changes])).records
    assert [(day.house, day.sat_on) for day in records if isinstance(day, SittingDay)] == days


def test_an_odd_heading_costs_only_itself():
    (tree, *others) = example("section_tree")
    odd = [{**tree["SectionTreeItems"][-1], "ParentId": "three"}, None]
    parsed = account(parse(document([{**tree, "SectionTreeItems": [*tree["SectionTreeItems"], *odd]}, *others])))
    place = len(tree["SectionTreeItems"])
    assert [(refusal.address, "three" in refusal.text) for refusal in parsed.refusals] == [
        (f"$[0].SectionTreeItems[{place}]", True),
        (f"$[0].SectionTreeItems[{place + 1}]", False),
    ]
    assert SittingDay(ordinal=1, house="Commons", sat_on=date(2025, 3, 10)) in parsed.records


def test_a_part_of_a_section_without_a_heading_that_is_understood_is_refused_by_itself():
    trees = example("section_tree")
    parsed = account(parse(document([*trees, {**trees[0], "SectionTreeItems": [7]}])))
    assert [(refusal.address, refusal.text) for refusal in parsed.refusals] == [
        (f"$[{len(trees)}].SectionTreeItems", "[7]")
    ]
    assert parsed.records
    with pytest.raises(ParseError, match="not a payload of the Hansard API: Expected `object`"):
        account(parse(document([{**trees[0], "SectionTreeItems": [7]}])))


@pytest.mark.parametrize(
    ("rows", "address", "text"),
    [
        (["Debate", None, "Westminster Hall"], "$[1]", "null"),
        ([{"ItemDate": "2025-03-10T00:00:00"}, {"ItemDate": "soon"}], "$[1]", '{"ItemDate": "soon"}'),
    ],
)
def test_an_odd_row_of_a_list_without_records_costs_only_itself(rows, address, text):
    parsed = account(parse(document(rows)))
    assert [(refusal.address, refusal.text) for refusal in parsed.refusals] == [(address, text)]
    assert parsed.understood_count == len(rows) - 1


def test_odd_rows_of_the_lists_of_a_day_keep_no_debate_from_being_asked_for(tmp_path, site):
    usual = day_of([heading(1, None, "hs_2DebBill"), None, heading("2", None, "hs_2DebBill"), heading(3, {}, 7)])

    def respond(path):
        body = json.loads(usual(path))
        return json.dumps([None, *body] if re.search("calendar|sectionsforday", path) and body else body).encode()

    site.respond = respond
    fetched = ingest.fetch(Paths(tmp_path, "simulated"), "hansard", MONDAY, site.url, "run")
    assert asked(site) == ["ext-1", "ext-2", "ext-3"]
    with pytest.raises(OrderPaperError, match=r"hansard: 5 of \d+ rows are not understood"):
        ingest.parse(Paths(tmp_path, "simulated"), "hansard", fetched.manifest)


def texts(payload):
    return [record.text for record in parse(document(payload)).records if isinstance(record, Contribution)]


ABOVE = {"Id": 1, "Title": "Above", "ParentId": None, "ExternalId": "ANOTHER", "HRSTag": None}


def test_a_debate_that_lists_itself_as_its_child_keeps_its_turns():
    whole = example("statement")
    child = {**whole, "Overview": whole["Overview"] | {"ExtId": whole["Overview"]["ExtId"].lower()}}
    assert texts(whole | {"ChildDebates": [child]}) == texts(whole) != []
    child["Items"] = [whole["Items"][0] | {"Value": "Quite another thing."}]
    other = {**child, "Overview": child["Overview"] | {"ExtId": "another"}}
    with pytest.raises(ParseError, match="is its own child, with other child debates"):
        parse(document(whole | {"ChildDebates": [{**child, "Items": whole["Items"], "ChildDebates": [other]}]}))
    with pytest.raises(ParseError, match="has another above it and as its child"):
        parse(document(whole | {"ChildDebates": [other], "Navigator": [*whole["Navigator"], ABOVE]}))
    with pytest.raises(ParseError, match="is its own child, with other items"):
        parse(document(whole | {"ChildDebates": [child]}))


def test_a_debate_keeps_an_item_that_has_other_words_in_its_child():
    whole = example("statement")
    child = debate("ext-2") | {"Items": [item | {"Value": "Other words."} for item in whole["Items"]]}
    assert texts(whole | {"ChildDebates": [child]}) == texts(whole)
    assert texts(whole | {"ChildDebates": [child | {"Items": whole["Items"]}]}) == []


@pytest.mark.parametrize("change", [str.upper, str.lower, lambda _: None])
def test_an_item_that_stands_twice_is_found_by_its_id_in_any_letters_or_by_its_words(change):
    payload = example("debate")
    last = payload["Items"][-1]
    if change("x") is None:
        last["ExternalId"] = None
    payload["Items"].append(last | {"ExternalId": change(last["ExternalId"] or "")})
    with pytest.raises(ParseError, match="2 times"):
        parse(document(payload))


def test_a_house_that_does_not_exist_costs_only_its_document():
    payload = example("debate")
    payload["Overview"]["House"] = "Grand Committee"
    with pytest.raises(ParseError, match="Invalid enum value 'Grand Committee'"):
        parse(document(payload))


def test_a_debate_whose_items_stand_twice_is_refused():
    payload = example("grouped_questions")
    with pytest.raises(ParseError, match=r"has the item [0-9A-F-]{36} 2 times"):
        parse(document(payload | {"Items": payload["Items"] * 2}))


@pytest.mark.parametrize(
    ("tag", "title", "location", "kind"),
    [
        ("hs_2DebBill", "Harbours Bill [Lords]", "Commons Chamber", "Bill"),
        ("hs_2DebBill", "Harbour Lights", "Commons Chamber", None),
        ("hs_2DebBill", "Harbour Lights", "Westminster Hall", "Westminster Hall"),
        ("hs_6bBigBoldHdg", "Harbour Dues (Charge)", "Commons Chamber", None),
        ("hs_2cStatement", "Harbour Lights", "Commons Chamber", "Statement"),
    ],
)
def test_the_style_of_a_heading_is_never_the_kind_of_business(tag, title, location, kind):
    payload = example("debate")
    payload["Overview"] |= {"HRSTag": tag, "Title": title, "Location": location}
    (record,) = (record for record in parse(document(payload)).records if isinstance(record, Debate))
    assert record.debate_type_text == kind


@pytest.mark.parametrize(
    ("name", "first", "lead"),
    [
        ("debate", 1, "Rhiannon Bagnold"),
        ("debate", 7, "Rhiannon Bagnold"),
        ("statement", 1, "Tamsin Peverell"),
        ("urgent_question", 1, "Priya Waghorn"),
    ],
)
def test_the_member_in_charge_opens_the_business(name, first, lead):
    payload = example(name)
    for order, item in enumerate(payload["Items"], start=first):
        item["OrderInSection"] = order
    (record,) = (record for record in parse(document(payload)).records if isinstance(record, Debate))
    assert record.lead_member_text == lead


@pytest.mark.parametrize("name", ["debate", "statement", "urgent_question", "topical_questions"])
def test_whoever_speaks_first_in_a_part_of_a_debate_is_not_in_charge_of_it(name):
    payload = example(name)
    payload["Items"] = [
        payload["Items"][-1]
        | {"OrderInSection": 40, "AttributedTo": "Clive Wainfleet (Foxcote) (Con)", "MemberId": 9, "Value": "Why?"}
    ]
    (record,) = (record for record in parse(document(payload)).records if isinstance(record, Debate))
    assert record.lead_member_text is None


def item(value, who="", member=None, tag="hs_Para", order=1):
    return Item("Contribution", member, who, value, order, None, tag, None)


@pytest.mark.parametrize(
    "event",
    [
        "<em>Several hon. Members</em> rose—",
        "[<em>Interruption.</em>]",
        "<em>Question put and agreed to.</em>",
        "<em>Bill accordingly read the Third time and passed.</em>",
        "The House divided: Ayes 300, Noes 200.",
        "<em>Ordered</em>,",
    ],
)
def test_what_happens_is_not_put_in_a_members_mouth(event):
    turns = read_turns([item("I said so.", "Rhys Zouche", 7), item(event, order=2), item("And so on.", order=3)])
    assert [turn.member_id for turn in turns] == [7, None, None]


@pytest.mark.parametrize(
    "paragraph", ["The House will know why.", "Question 4 was about this.", "Ordered lists help.", "She rose to power."]
)
def test_a_paragraph_that_only_begins_like_an_event_is_the_speakers(paragraph):
    (turn,) = read_turns([item("I said so.", "Rhys Zouche", 7), item(paragraph, order=2)])
    assert turn.text == f"I said so.\n{paragraph}"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ('swing bri<span id="6" class="column-number" data-column-number="6"></span>dges', "swing bridges"),
        ('the <span id="6WH" class="column-number" data-column-number="6WH">6WH</span>bridge', "the bridge"),
        ('so.<span class="column-number"></span>\r\n\r\nThen', "so.\nThen"),
        ("<p>One.</p><p>Two &amp; <em>three</em>.</p>", "One.\nTwo & three."),
        ("One.\r\n\r\n \r\nTwo.", "One.\nTwo."),
    ],
)
def test_markup_becomes_text_with_its_words_whole(value, text):
    assert to_text(value) == text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("<Question>7. <QuestionText>Why?</QuestionText> </Question>", (False, None, "7. Why?", "Why?", "")),
        ("<Question>T1. <QuestionText>Why?</QuestionText></Question>", (True, None, "T1. Why?", "Why?", "")),
        (
            "<Question>Q15.  <QuestionText>Why? </QuestionText>Well?</Question>",
            (False, None, "Q15. Why?", "Why?", "Well?"),
        ),
        (
            "<Question>3. <QuestionText>Why?</QuestionText> (904786)</Question>",
            (False, "904786", "3. Why? (904786)", "Why?", ""),
        ),
        ("T2. [295125] Why?", (True, "295125", "T2. [295125] Why?", "Why?", "")),
        ("4. Why? [295125]", (False, "295125", "4. Why? [295125]", "Why?", "")),
        ("20 years on, why?", (False, None, "20 years on, why?", "20 years on, why?", "")),
    ],
)
def test_a_question_is_split_into_its_parts(value, expected):
    found = read_question(value)
    assert (found.is_topical, found.uin, found.printed, found.tabled, found.spoken) == expected


@pytest.mark.parametrize("field", ["ItemType", "MemberId", "AttributedTo", "Value", "OrderInSection", "HRSTag", "UIN"])
def test_a_missing_field_is_named(field):
    payload = example("statement")
    del payload["Items"][0][field]
    (refusal,) = account(parse(document(payload))).refusals
    assert f"`{field}`" in refusal.reason
    payload["Items"][1:] = []
    with pytest.raises(ParseError, match=rf"none of the items is understood; \$\.Items\[0\]: .*`{field}`"):
        parse(document(payload))


@pytest.mark.parametrize("member_id", [-1, 2**63])
def test_a_member_id_that_no_table_holds_is_refused(member_id):
    payload = example("statement")
    payload["Items"][0]["MemberId"] = member_id
    (refusal,) = account(parse(document(payload))).refusals
    assert (refusal.address, str(member_id) in refusal.text) == ("$.Items[0]", True)
    assert "MemberId" in refusal.reason


def test_an_odd_item_costs_only_itself_and_nothing_is_linked_across_it():
    payload = example("grouped_questions")
    whole = [record for record in parse(document(payload)).records if isinstance(record, Answer)]
    answer = next(n for n, item in enumerate(payload["Items"]) if whole[0].text.startswith(item["Value"][:30]))
    payload["Items"][answer]["MemberId"] = "seven"
    parsed = account(parse(document(payload)))
    assert [refusal.address for refusal in parsed.refusals] == [f"$.Items[{answer}]"]
    assert [record for record in parsed.records if isinstance(record, Answer)] == []
    turns = [record for record in parsed.records if isinstance(record, Contribution)]
    assert [turn.ordinal for turn in turns] == list(range(1, len(turns) + 1))
    first_after = next(turn for turn in turns if turn.role != "question")
    assert first_after.reply_to_ordinal is None


def test_an_odd_item_of_a_child_debate_is_refused_where_it_is_read():
    payload = example("saved_container")
    payload["ChildDebates"][1]["Items"].append(None)
    saved = parse(replace(document(example("saved_container")), kind="file"))
    whole = [record.text for record in saved.records if isinstance(record, Contribution)]
    for kind, addresses in (("file", ["$.ChildDebates[1].Items["]), ("debate", [])):
        parsed = parse(replace(document(payload), kind=kind))
        assert [refusal.address.rstrip("0123456789]") for refusal in parsed.refusals] == addresses
        assert [record.text for record in parsed.records if isinstance(record, Contribution)] == (
            whole if kind == "file" else []
        )


@pytest.mark.parametrize("change", [{"Items": None}, {"Navigator": 7}, {"Overview": None}])
def test_an_odd_child_debate_of_a_saved_file_costs_only_itself(change):
    payload = example("saved_container")
    payload["ChildDebates"].append({**payload["ChildDebates"][1], **change})
    saved = account(parse(replace(document(payload), kind="file")))
    assert [refusal.address for refusal in saved.refusals] == ["$.ChildDebates[2]"]
    assert saved.records == parse(replace(document(example("saved_container")), kind="file")).records
    with pytest.raises(ParseError, match=r"ChildDebates\[2\]"):
        parse(document(payload))


@pytest.mark.parametrize("location", ["Written Answers", "written answers", "WrittenAnswers", None])
def test_written_answers_are_known_by_their_location_or_their_widest_heading(location):
    payload = example("written_answers")
    widest = next(heading for heading in payload["Navigator"] if heading["ParentId"] is None)
    assert widest["Title"] == "Written Answers"
    payload["Overview"]["Location"] = location
    parsed = account(parse(document(payload)))
    assert parsed.document_kind == "hansard_written_answers"
    assert {record.question_type for record in parsed.records if isinstance(record, Question)} == {"written"}


def test_a_part_of_a_written_question_may_repeat_who_asks():
    payload = example("written_answers")
    whole = parse(document(payload)).records
    part = next(item for item in payload["Items"] if item["HRSTag"] == "ERR_Question")
    part["MemberId"], part["AttributedTo"] = payload["Items"][0]["MemberId"], payload["Items"][0]["AttributedTo"]
    assert parse(document(payload)).records == whole


def test_an_answer_is_not_that_of_a_question_whose_own_answer_is_refused():
    payload = example("written_answers")
    question, answer = (dict(item, UIN=None) for item in (payload["Items"][0], payload["Items"][-1]))
    payload["Items"] = [
        {**question, "ExternalId": "q1", "HRSTag": "Question", "Value": "To ask about quays."},
        {**answer, "ExternalId": "a1", "MemberId": "x"},
        {**question, "ExternalId": "q2", "HRSTag": "Question", "Value": "To ask about ships."},
        {**answer, "ExternalId": "a2", "AttributedTo": "Ruth Peel", "Value": "<p>There are ten.</p>"},
    ]
    for order, item in enumerate(payload["Items"]):
        item["OrderInSection"] = order
    parsed = parse(document(payload))
    assert [record.question_ordinals for record in parsed.records if isinstance(record, Answer)] == [[2]]
    assert [refusal.address for refusal in parsed.refusals] == ["$.Items[1]"]


def test_the_time_that_tags_without_an_end_take_does_not_grow_with_their_square():
    assert to_text("<span " * 100_000) == ""
    with pytest.raises(ParseError, match="nested too deep"):
        read_question("<QuestionText>a " * 100_000)


def test_what_follows_an_odd_item_of_a_written_answer_answers_nothing_above_it():
    payload = example("written_answers")
    payload["Items"] += [None, {**payload["Items"][-1], "ExternalId": "z", "AttributedTo": "Ruth Peel"}]
    with pytest.raises(ParseError, match="words of a written answer stand without a question"):
        parse(document(payload))


@pytest.mark.parametrize("payload", [7, None, "text", [1], {}, {"Overview": None}, [["Debate"]]])
def test_what_is_no_payload_of_hansard_is_refused(payload):
    with pytest.raises(ParseError, match="not a payload of the Hansard API"):
        parse(document(payload))


SPEAKERS = st.sampled_from(
    [
        ("", None),
        ("Mr Speaker", 1),
        ("Rhys Zouche (Foxcote) (Con)", 7),
        ("Rhys Zouche", 7),
        ("Ruth Peel", 8),
        ("Hon. Members", None),
    ]
)
TAGS = st.sampled_from(["hs_Para", "hs_brev", "Question", "hs_Procedure", None])


@given(st.lists(st.tuples(SPEAKERS, TAGS, st.text(alphabet="ab .?1T[]\n", max_size=30)), max_size=12))
def test_no_visible_character_is_lost_and_no_turn_is_the_wrong_persons(turns):
    payload = example("statement")
    template = payload["Items"][0]
    payload["Items"] = [
        template
        | {
            "AttributedTo": who,
            "MemberId": member,
            "HRSTag": tag,
            "Value": escape(text),
            "OrderInSection": order,
            "ExternalId": None,
        }
        for order, ((who, member), tag, text) in enumerate(turns)
    ]
    found = [record for record in parse(document(payload)).records if isinstance(record, Contribution)]
    assert "".join("".join(turn.text for turn in found).split()) == "".join(
        "".join(text for _, _, text in turns).split()
    )
    for record in found:
        assert (record.speaker_member_id == 7) == (record.speaker_text == "Rhys Zouche")


@pytest.mark.parametrize("kind", ["debate", "file"])
@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*[!d].json")), ids=lambda path: path.stem)
def test_every_text_of_a_debate_is_in_a_record_or_left_out_by_a_rule(path, kind):
    parsed = parse(replace(document(json.loads(path.read_text())), kind=kind))
    assert account(parsed).refusals == []
    assert parsed.pieces or parsed.document_kind in ("hansard_sections", "hansard_section_tree")


@pytest.mark.parametrize("kind", ["debate", "file"])
@pytest.mark.parametrize(
    ("fields", "address"),
    [
        ({"AttributedTo": "Mira Quillfeather (Weir) (Lab)", "Value": None}, "$.Items[0].AttributedTo"),
        ({"HRSTag": "hs_TimeCode", "Value": "The House heard of nine more ferries"}, "$.Items[0].Value"),
        ({"ItemType": "Timestamp", "Value": "The House heard of nine more ferries"}, "$.Items[0].Value"),
        ({"ItemType": "Timestamp", "Value": "4.15 pm", "AttributedTo": "Mira Quillfeather"}, None),
        ({"Footnote": "The editors of the report added this."}, "$.Items[0].Footnote"),
        ({"Footnote": "4a"}, None),
    ],
)
def test_words_beside_those_of_a_turn_are_not_lost(fields, address, kind):
    debate = example("statement")
    first = {**debate["Items"][0], "OrderInSection": 0, "ExternalId": "0", "AttributedTo": "", "MemberId": None}
    debate["Items"].insert(0, {**first, "Value": "There are ferries.", **fields})
    parsed = account(parse(replace(document(debate), kind=kind)))
    assert [refusal.address for refusal in parsed.refusals] == ([address] if address else [])


def test_unknown_fields_of_a_saved_debate_and_of_its_children_are_named():
    debate = example("saved_container")
    debate["Overview"]["Mood"] = "hopeful"
    debate["ChildDebates"][1]["Overview"]["Summary"] = "Members spoke of ferries for an hour."
    parsed = account(parse(replace(document(debate), kind="file")))
    assert [record.field_path for record in parsed.records if isinstance(record, Drift)] == [
        "Overview.Mood",
        "Overview.Summary",
    ]
    assert [refusal.address for refusal in parsed.refusals] == ["$.ChildDebates[1].Overview.Summary"]


def test_a_turn_that_no_record_has_is_refused_by_its_item():
    parsed = parse(document(example("statement")))
    parsed.records[:] = [record for record in parsed.records if getattr(record, "ordinal", 0) != 2]
    (refusal, *_) = account(parsed).refusals
    assert refusal.address.startswith("$.Items[")


@pytest.mark.parametrize("body", [b"", b"\xff", b'{"a": "\xff"}', b"[" * 100_000, b'"\\ud800"'])
def test_bytes_that_are_no_json_are_refused(body):
    with pytest.raises(ParseError, match="not a payload of the"):
        parse(replace(document({}), body=body))
