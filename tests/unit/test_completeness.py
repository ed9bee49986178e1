"""No document is missed or fetched twice: killed fetches, open questions, sitting days, volumes, backfills."""

import json
import os
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from orderpaper import ingest
from orderpaper.catalogue import Volume, load_sources
from orderpaper.config import Paths
from orderpaper.errors import OrderPaperError, UpstreamError
from orderpaper.ingest import volume
from orderpaper.landing import Landing, Window, attempts
from orderpaper.run import backfill
from orderpaper.simulate.api import Api
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.server import Server, serve
from orderpaper.sources.hansard import calendar
from orderpaper.sources.written_questions.simulated import detail

WEEK = Window(date(2025, 3, 10), date(2025, 3, 14))
LATER = Window(date(2025, 4, 28), date(2025, 5, 2))


@pytest.fixture
def paths(tmp_path):
    return Paths(tmp_path, "simulated")


def parliament(as_of):
    return SimulatedParliament(member_count=20, questions_per_day=8, as_of=as_of)


@pytest.fixture
def server():
    with serve(parliament(date(2025, 3, 14)), shifting_pages=False) as server:
        yield server


def fetch(paths, server: Server, window, source="written_questions", **options):
    return ingest.fetch(paths, source, window, server.url, "run", **options)


def documents(paths, fetched, source="written_questions"):
    return {
        ref.url: ref.document_id for ref in Landing(paths.landing).read_manifest(source, fetched.manifest).documents
    }


class Killed(BaseException):
    """The end of a process, which no code catches."""


@pytest.mark.parametrize("source", ["written_questions", "hansard", "members", "oral_questions", "press_blog"])
def test_a_killed_fetch_is_taken_up_where_it_stopped(paths, server, monkeypatch, tmp_path, source):
    hold, resumed = Landing.hold, None
    for survives in (0, 1, 4):
        landed = Counter()

        def hold_until_killed(landing, name, entry, landed=landed, survives=survives):
            if landed.total() == survives:
                raise Killed
            landed[entry.url] += 1
            hold(landing, name, entry)

        monkeypatch.setattr(Landing, "hold", hold_until_killed)
        try:
            resumed = fetch(paths, server, WEEK, source)
            break
        except Killed:
            continue
    monkeypatch.setattr(Landing, "hold", hold)
    resumed = resumed or fetch(paths, server, WEEK, source)
    logged = [json.loads(line) for file in paths.landing.glob("fetch_log/*/*") for line in file.open()]
    asked = Counter(row["url"] for row in logged if row["outcome"] in ("fetched", "not_modified"))
    # The pages of a feed are asked for in a second pass, which shows that no post has moved. A killed one is repeated.
    assert {count for url, count in asked.items() if "/feed/" not in url} == {1}
    assert max(asked.values()) <= 3
    other = replace(paths, home=tmp_path / "other")
    whole = fetch(other, server, WEEK, source)
    assert documents(paths, resumed, source) == documents(other, whole, source)
    assert not [path for path in paths.landing.glob("attempts/*/*") if path.is_file()]


def test_an_attempt_is_gone_on_with_on_its_day_or_when_the_interval_was_over(tmp_path):
    landing = Landing(tmp_path)
    began = datetime(2025, 3, 14, 23, 0, tzinfo=UTC)
    assert attempts.begin(landing, "hansard", WEEK, began) == began
    assert attempts.begin(landing, "hansard", WEEK, began + timedelta(minutes=59)) == began
    next_day = began + timedelta(hours=2)
    assert attempts.begin(landing, "hansard", WEEK, next_day) == next_day
    assert attempts.begin(landing, "hansard", WEEK, next_day + timedelta(days=30)) == next_day


def test_an_answer_that_did_not_add_up_is_asked_for_anew(paths, server, monkeypatch):
    monkeypatch.setattr(volume, "check", lambda *_: (_ for _ in ()).throw(UpstreamError("too few")))
    with pytest.raises(UpstreamError):
        fetch(paths, server, WEEK)
    monkeypatch.undo()
    server.requests.clear()
    fetch(paths, server, WEEK)
    assert len([path for path in server.requests if "tabledWhenFrom" in path]) > 0


def states(paths, *fetches):
    """Return for each question id whether it is answered in the newest document of those fetches."""
    landing, found = Landing(paths.landing), {}
    for fetched in fetches:
        refs = landing.read_manifest("written_questions", fetched.manifest).documents
        for ref in sorted(refs, key=lambda ref: ref.fetched_at):
            payload = json.loads(landing.read(ref.document_id))
            for item in payload.get("results", [payload]):
                value = item["value"]
                found[value["id"]] = (value["dateAnswered"], value["answerIsHolding"], value["isWithdrawn"])
    return found


def test_open_questions_are_asked_for_again_until_they_are_answered(paths, server):
    first = fetch(paths, server, WEEK)
    tabled = states(paths, first)
    assert any(answered is None for answered, _, _ in tabled.values())
    server.api = Api(parliament(LATER.end_on), shifting_pages=False)
    second = fetch(paths, server, LATER)
    now = states(paths, first, second)
    book = parliament(LATER.end_on).written_questions
    for number in tabled:
        value = detail(book.find(number))
        assert now[number] == (value["dateAnswered"], value["answerIsHolding"], value["isWithdrawn"])


def test_what_is_asked_for_again_is_proportional_to_what_is_open(paths, server):
    fetch(paths, server, WEEK)
    server.requests.clear()
    fetch(paths, server, WEEK)
    assert not any("Unanswered" in path for path in server.requests)
    server.api = Api(parliament(LATER.end_on), shifting_pages=False)
    fetch(paths, server, LATER)
    asked_once = [path for path in server.requests if "Unanswered" in path]
    assert len(asked_once) == 1, "one month has open questions, and they are on one page"
    # Those that have been answered are crossed out: next time only the others' months are asked for, and, one by one,
    # those that have no more than a holding answer.
    fetch(paths, server, Window(date(2025, 5, 3), date(2025, 5, 3)))
    entered = json.loads((paths.landing / "unanswered" / "written_questions.json").read_bytes())
    values = [detail(parliament(LATER.end_on).written_questions.find(int(number))) for number in entered]
    assert values
    assert all(value["dateAnswered"] is None or value["answerIsHolding"] for value in values)
    server.requests.clear()
    fetch(paths, server, Window(date(2025, 5, 4), date(2025, 5, 4)))
    details = [path.rpartition("/")[2] for path in server.requests if "?" not in path]
    assert sorted(details) == sorted(str(value["id"]) for value in values if value["answerIsHolding"])


def test_a_question_too_old_to_be_answered_is_not_asked_for_again(paths, server):
    fetch(paths, server, WEEK)
    server.requests.clear()
    server.api = Api(parliament(date(2026, 6, 30)), shifting_pages=False)
    fetch(paths, server, Window(date(2026, 6, 30), date(2026, 6, 30)))
    assert not any("Unanswered" in path for path in server.requests)


def test_a_damaged_list_of_open_questions_says_what_to_do(paths, server):
    fetch(paths, server, WEEK)
    (paths.landing / "unanswered" / "written_questions.json").write_text("{")
    with pytest.raises(OrderPaperError, match=r"written_questions\.json is damaged .*; remove it"):
        fetch(paths, server, WEEK)


# Sitting days


class Silent(Api):
    """An upstream whose answers for some days are empty at some addresses."""

    def __init__(self, upstream, part, *, days=("2025-03-12",)):
        super().__init__(upstream, shifting_pages=False)
        self._part, self._days = part, days

    def answer(self, path, query):
        status, value = super().answer(path, query)
        if self._part in path and isinstance(value, list) and query.get("date", [""])[0] in self._days:
            return status, []
        if self._part in path and isinstance(value, dict) and "results" in value:
            rows = [row for row in value["results"] if row["value"]["dateTabled"][:10] not in self._days]
            return status, value | {"results": rows, "totalResults": len(rows)}
        return status, value


def test_a_sitting_day_that_hansard_does_not_have_is_an_error_and_a_recess_is_none(paths, server):
    server.api = Silent(parliament(date(2025, 3, 28)), "sectionsforday")
    with pytest.raises(UpstreamError, match="the Commons sat on 2025-03-12, by Hansard's own calendar, and yet"):
        fetch(paths, server, WEEK, "hansard")
    server.api = Api(parliament(date(2025, 3, 28)), shifting_pages=False)
    fetch(paths, server, WEEK, "hansard")
    assert calendar.sitting_days(Landing(paths.landing), WEEK) == {date(2025, 3, number) for number in range(10, 15)}
    recess = Window(date(2025, 2, 17), date(2025, 2, 21))
    assert fetch(paths, server, recess, "hansard").document_count > 0
    assert calendar.sitting_days(Landing(paths.landing), recess) == set()


def test_a_sitting_day_without_written_questions_is_an_error(paths, server):
    fetch(paths, server, WEEK)
    server.api = Silent(parliament(date(2025, 3, 28)), "writtenquestions")
    fetch(paths, server, WEEK)
    fetch(paths, server, WEEK, "hansard")
    with pytest.raises(UpstreamError, match="0 questions tabled for 2025-03-12, a day on which the Commons sat, where"):
        fetch(paths, server, WEEK)


def test_a_sitting_that_is_not_over_need_not_be_published(paths, server):
    today = datetime.now(UTC).date()
    window = Window(today - timedelta(1), today)
    sat = [{"House": "Commons", "ItemDate": f"{day}T00:00:00"} for day in (window.start_on, today)]

    class Today(Api):
        def answer(self, path, query):
            return (200, sat if query["month"] == [f"{today.month}"] else []) if "calendar" in path else (200, [])

    server.api = Today(parliament(date(2025, 3, 28)), shifting_pages=False)
    with pytest.raises(UpstreamError, match=f"sat on {window.start_on}"):
        fetch(paths, server, window, "hansard")
    fetch(paths, server, Window(today, today), "hansard")


# Volumes

SOURCE = load_sources()["written_questions"]
MONDAY = WEEK.start_on


def check(count, realm="live", sitting=(MONDAY,), **bounds):
    source = SOURCE.__class__(
        **{name: getattr(SOURCE, name) for name in SOURCE.__struct_fields__ if name != "volume"},
        volume=[Volume(**{"of": "questions tabled", "per": "sitting day", "min": 20, "max": 2500} | bounds)],
    )
    volume.check(source, realm, Window(MONDAY, MONDAY), {"questions tabled": {MONDAY: count}}, set(sitting))


@pytest.mark.parametrize("count", [20, 300, 2500])
def test_a_volume_within_its_bounds_is_believed(count):
    check(count)


def test_a_volume_out_of_its_bounds_is_an_error_with_both_numbers():
    with pytest.raises(UpstreamError, match=r"19 questions tabled for 2025-03-10, a day .* at least 20 are expected"):
        check(19)
    with pytest.raises(UpstreamError, match="2501 questions tabled for 2025-03-10, where at most 2500 are expected"):
        check(2501)


def test_each_kind_has_bounds_of_its_own():
    hansard = load_sources()["hansard"]
    largest = {"debates": {MONDAY: 98}, "written answers and statements": {MONDAY: 459 + 60}}
    volume.check(hansard, "live", Window(MONDAY, MONDAY), largest, {MONDAY})
    for kind, count in (("debates", 601), ("written answers and statements", 1001)):
        with pytest.raises(UpstreamError, match=f"hansard: {count} {kind} for 2025-03-10, where at most"):
            volume.check(hansard, "live", Window(MONDAY, MONDAY), largest | {kind: {MONDAY: count}}, {MONDAY})


def test_few_are_enough_on_a_day_without_a_sitting_and_on_one_known_to_be_quiet():
    check(3, sitting=())
    check(0, quiet_on=[MONDAY])


def test_a_simulated_parliament_must_have_something_and_no_more_is_asked_of_it():
    check(1, realm="simulated")
    check(100_000, realm="simulated")
    with pytest.raises(UpstreamError, match=r"0 questions tabled .* at least 1 are expected"):
        check(0, realm="simulated")


def test_a_register_is_counted_as_a_whole():
    check(20, per="run", sitting=())
    with pytest.raises(UpstreamError, match=r"19 .* for 2025-03-10 to 2025-03-10, where at least 20 are expected"):
        check(19, per="run", sitting=())


# Backfills


def test_a_backfill_asks_registers_once_and_then_months_the_newest_first():
    chosen = ("written_questions", "members", "hansard")
    sources = [source for source in load_sources().values() if source.name in chosen]
    asked = list(backfill.plan(sources, Window(date(2024, 12, 30), date(2025, 2, 2))))
    assert [(source.name, f"{days.start_on}", f"{days.end_on}") for source, days in asked] == [
        ("members", "2024-12-30", "2025-02-02"),
        ("hansard", "2025-02-01", "2025-02-02"),
        ("written_questions", "2025-02-01", "2025-02-02"),
        ("hansard", "2025-01-01", "2025-01-31"),
        ("written_questions", "2025-01-01", "2025-01-31"),
        ("hansard", "2024-12-30", "2024-12-31"),
        ("written_questions", "2024-12-30", "2024-12-31"),
    ]


def test_a_backfill_leaves_out_what_it_has_and_asks_for_what_was_not_over(paths, server):
    first = fetch(paths, server, WEEK, is_backfill=True)
    server.requests.clear()
    assert fetch(paths, server, WEEK, is_backfill=True) == replace(first, new_document_count=0, request_count=0)
    assert server.requests == []
    (manifest,) = paths.landing.glob("manifests/*/*")
    noon = datetime(2025, 3, 14, 12, 0, tzinfo=UTC).timestamp()
    os.utime(manifest, (noon, noon))
    assert fetch(paths, server, WEEK, is_backfill=True).request_count > 0


def test_a_backfill_asks_nothing_of_what_an_older_month_saw_open(paths, server):
    server.api = Api(parliament(date(2025, 3, 28)), shifting_pages=False)
    sources = [load_sources()["written_questions"]]
    for source, days in backfill.plan(sources, Window(date(2025, 1, 1), date(2025, 3, 14))):
        fetch(paths, server, days, source.name, is_backfill=True)
    assert not any("Unanswered" in path for path in server.requests)
