"""The written-questions API of the simulated Parliament, quirk by quirk, over HTTP."""

import collections
import datetime as dt
import json
import re

import pytest
from asking import QUESTIONS, Asker, window
from hypothesis import given, settings
from hypothesis import strategies as st

from orderpaper.errors import ConfigError
from orderpaper.simulate import DEFAULT_FROM, DEFAULT_TO
from orderpaper.simulate.fates import LONGEST_WAIT
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.question_window import Window
from orderpaper.simulate.sittings import Span, sitting_day_after, sitting_days
from orderpaper.sources.written_questions.simulated import detail as payload

FIELDS = (
    "id askingMemberId askingMember house memberHasInterest dateTabled dateForAnswer uin questionText answeringBodyId "
    "answeringBodyName isWithdrawn isNamedDay groupedQuestions answerIsHolding answerIsCorrection answeringMemberId "
    "answeringMember correctingMemberId correctingMember dateAnswered answerText originalAnswerText "
    "comparableAnswerText "
    "dateAnswerCorrected dateHoldingAnswer attachmentCount heading attachments groupedQuestionsDates"
).split()


@pytest.fixture(scope="module")
def week(asker: Asker) -> dict[int, dict]:
    """Every row of the default week's three windows."""
    return {row["id"]: row for name in ("tabled", "answered", "corrected") for row in asker.rows(**window(name))}


@pytest.fixture(scope="module")
def details(asker: Asker, week: dict[int, dict]) -> dict[int, dict]:
    return {question_id: asker.detail(question_id) for question_id in week}


def test_a_default_week_yields_some_thousand_questions(week: dict[int, dict]) -> None:
    assert 900 <= len(week) <= 1100
    assert len({row["questionText"] for row in week.values()}) > 0.9 * len(week)


def test_payloads_have_the_fields_of_the_api_in_its_order(asker: Asker, week: dict[int, dict]) -> None:
    page = asker.page(**window("tabled"), take=1)
    assert list(page) == ["totalResults", "results"]
    (result,) = page["results"]
    assert list(result) == ["value", "links"]
    assert result["links"] == [{"rel": "self", "href": f"/Questions/{result['value']['id']}", "method": "GET"}]
    assert all(list(row) == FIELDS for row in week.values())


def test_the_list_cuts_texts_exactly(week: dict[int, dict], details: dict[int, dict]) -> None:
    cut_questions = cut_answers = 0
    for question_id, row in week.items():
        detail = details[question_id]
        assert row["questionText"] == detail["questionText"][:255]
        cut_questions += len(detail["questionText"]) > 255
        if row["answerText"] is None:
            assert detail["answerText"] is None
            continue
        plain = re.sub(r"<[^>]*>", "", detail["answerText"])
        if len(plain) > 255:
            cut_answers += 1
            assert row["answerText"] == plain[:255] + "..."
            assert len(row["answerText"]) == 258
        else:
            assert row["answerText"] == plain
    assert cut_questions > 0.2 * len(week)
    assert cut_answers > 0.6 * len(week)


def test_every_other_field_of_a_row_is_that_of_its_detail(week: dict[int, dict], details: dict[int, dict]) -> None:
    of_details_only = {"questionText", "answerText", "originalAnswerText", "attachments"}
    for question_id, row in week.items():
        for field in set(FIELDS) - of_details_only:
            assert row[field] == details[question_id][field], field
        assert row["attachments"] == []


def test_details_have_markup_tables_links_lists_and_attachments(details: dict[int, dict]) -> None:
    texts = [detail["answerText"] or "" for detail in details.values()]
    for markup in ("<p>", "<table><tbody><tr><td>", "<a href=", "<ul><li>", "<strong>", "&amp;"):
        assert any(markup in text for text in texts), markup
    attached = [detail for detail in details.values() if detail["attachmentCount"]]
    assert attached
    assert all(len(detail["attachments"]) == detail["attachmentCount"] for detail in attached)


def test_answers_name_sums_in_many_ways(details: dict[int, dict]) -> None:
    text = " ".join(detail["answerText"] or "" for detail in details.values())
    for pattern in (
        r"£\d+\.\d million",
        r"over £\d+ million",
        r"between £\d+ and £\d+ million",
        r"£\d+m\b",
        r"n additional £\d",
        r"£\d+\.\d billion",
        r"£\d+,\d{3}\b",
        r"\b20\d\d-\d\d\b",
    ):
        assert re.search(pattern, text), pattern


def test_kinds_of_answers(details: dict[int, dict]) -> None:
    texts = [detail["answerText"] for detail in details.values() if detail["answerText"]]
    assert any("not held centrally" in text for text in texts)
    assert any("disproportionate cost" in text for text in texts)
    repeated = collections.Counter(text for text in texts if len(text) > 300)
    assert sum(count > 1 for count in repeated.values()) > 10


def test_a_referral_names_a_question_that_was_answered_that_day(
    parliament: SimulatedParliament, details: dict[int, dict]
) -> None:
    pattern = re.compile(r"to the answer given on (\d+ \w+ \d{4}) to Question (\w+)\.")
    referrals = [match for detail in details.values() if (match := pattern.search(detail["answerText"] or ""))]
    assert len(referrals) > 10
    for match in referrals:
        day = dt.datetime.strptime(match[1], "%d %B %Y").date()
        answered = parliament.written_questions.within(Window(answered=Span(day, day)))
        assert match[2] in {question.uin for question in answered}


def test_unanswered_questions_have_nulls(week: dict[int, dict]) -> None:
    unanswered = [row for row in week.values() if row["dateAnswered"] is None]
    assert unanswered
    for row in unanswered:
        for field in ("answerIsHolding", "answerIsCorrection", "answeringMemberId", "answerText"):
            assert row[field] is None
        assert row["groupedQuestions"] == []


def test_holding_answers_stay_marked_until_the_final_one(week: dict[int, dict]) -> None:
    held = [row for row in week.values() if row["dateHoldingAnswer"]]
    assert {row["answerIsHolding"] for row in held} == {True, False}
    for row in held:
        assert row["isNamedDay"]
        if row["answerIsHolding"]:
            assert row["dateAnswered"] == row["dateHoldingAnswer"]
        else:
            assert row["dateAnswered"] > row["dateHoldingAnswer"]


def test_corrected_answers_keep_their_original(week: dict[int, dict], details: dict[int, dict]) -> None:
    corrected = [detail for detail in details.values() if detail["answerIsCorrection"]]
    assert corrected
    for detail in corrected:
        assert detail["dateAnswerCorrected"] > detail["dateAnswered"]
        assert detail["correctingMemberId"]
        assert detail["originalAnswerText"] != detail["answerText"]
        assert week[detail["id"]]["originalAnswerText"] == ""


def test_grouped_questions_name_each_other_and_share_their_answer(asker: Asker, details: dict[int, dict]) -> None:
    across_days = 0
    for detail in details.values():
        assert detail["groupedQuestions"] == [other["questionUin"] for other in detail["groupedQuestionsDates"]]
        for other in detail["groupedQuestionsDates"]:
            across_days += other["dateTabled"] != detail["dateTabled"]
            found = asker.get(f"{QUESTIONS}/{other['dateTabled'][:10]}/{other['questionUin']}").json()["value"]
            assert detail["uin"] in found["groupedQuestions"]
            assert (found["answerText"], found["dateAnswered"]) == (detail["answerText"], detail["dateAnswered"])
    assert across_days


def test_both_houses_ask(week: dict[int, dict]) -> None:
    houses = collections.Counter(row["house"] for row in week.values())
    assert set(houses) == {"Commons", "Lords"}
    for row in week.values():
        assert row["uin"].startswith("HL") == (row["house"] == "Lords")
        assert ("Majesty's Government" in row["questionText"]) == (row["house"] == "Lords")


def test_askers_and_ministers_are_in_the_register(parliament: SimulatedParliament, week: dict[int, dict]) -> None:
    members = parliament.people.members
    for row in week.values():
        assert row["askingMemberId"] in members
        assert row["answeringMemberId"] is None or row["answeringMemberId"] in members


def test_withdrawn_questions_show_only_when_asked_for(asker: Asker) -> None:
    shown = {row["id"]: row for row in asker.rows(**window("tabled"), includeWithdrawn="true")}
    usual = {row["id"] for row in asker.rows(**window("tabled"))}
    assert not any(shown[question_id]["isWithdrawn"] for question_id in usual)
    hidden = set(shown) - usual
    assert hidden
    assert all(shown[question_id]["isWithdrawn"] for question_id in hidden)


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ({"answered": "Answered"}, lambda row: row["dateAnswered"] is not None),
        ({"answered": "Unanswered"}, lambda row: row["dateAnswered"] is None),
        ({"answeringBodies": [1, 17]}, lambda row: row["answeringBodyId"] in (1, 17)),
        ({"house": "Lords"}, lambda row: row["house"] == "Lords"),
        ({"searchTerm": "FLOODING"}, lambda row: True),
        ({"answered": "Any"}, lambda row: True),
    ],
)
def test_filters_are_satisfied(asker: Asker, query: dict, holds: object) -> None:
    every = asker.rows(**window("tabled"))
    found = asker.rows(**window("tabled"), **query)
    assert found
    if "searchTerm" in query:
        expected = [row["id"] for row in every if "flooding" in json.dumps(asker.detail(row["id"])).lower()]
    else:
        expected = [row["id"] for row in every if holds(row)]
    assert [row["id"] for row in found] == expected


def test_filters_by_asker_and_number(asker: Asker) -> None:
    row = asker.rows(**window("tabled"))[7]
    by_asker = asker.rows(**window("tabled"), askingMemberId=row["askingMemberId"])
    assert {found["askingMemberId"] for found in by_asker} == {row["askingMemberId"]}
    assert [found["id"] for found in asker.rows(**window("tabled"), uin=row["uin"])] == [row["id"]]


def test_unknown_parameters_are_ignored_silently(asker: Asker) -> None:
    usual = asker.page(**window("tabled"))
    assert asker.page(**window("tabled"), answerdWhenFrom="2030-01-01") == usual


def test_parameter_names_have_no_case(asker: Asker) -> None:
    assert asker.page(TABLEDWHENFROM="2025-03-10", tabledwhento="2025-03-14") == asker.page(**window("tabled"))


def test_a_value_that_is_no_date_is_refused(asker: Asker) -> None:
    assert asker.get(QUESTIONS, tabledWhenFrom="yesterday").status_code == 400


def test_pages(asker: Asker) -> None:
    total = asker.page(**window("tabled"))["totalResults"]
    assert len(asker.page(**window("tabled"), take=5000)["results"]) == 100
    assert len(asker.get(QUESTIONS, **window("tabled")).json()["results"]) == 20
    assert asker.page(**window("tabled"), skip=total)["results"] == []
    assert len(asker.page(**window("tabled"), skip=total - 3)["results"]) == 3


def test_a_detail_is_found_by_date_and_number_too(asker: Asker, week: dict[int, dict]) -> None:
    for row in list(week.values())[:20]:
        answer = asker.get(f"{QUESTIONS}/{row['dateTabled'][:10]}/{row['uin']}").json()
        assert answer["value"] == asker.detail(row["id"])
        assert answer["links"][0]["href"] == f"/Questions/{row['dateTabled'][:10]}/{row['uin']}"


@pytest.mark.parametrize("path", [f"{QUESTIONS}/1", f"{QUESTIONS}/2025-03-10/999999", "/api/nothing", "/"])
def test_what_is_not_there_is_a_json_404(asker: Asker, path: str) -> None:
    response = asker.get(path)
    assert response.status_code == 404
    assert response.json()["status"] == 404


@pytest.mark.parametrize("name", ["tabled", "answered", "corrected"])
def test_the_days_of_a_window_add_up_to_it(asker: Asker, name: str) -> None:
    first, last = dt.date(2025, 2, 24), dt.date(2025, 3, 16)
    whole = {row["id"] for row in asker.rows(**window(name, str(first), str(last)))}
    by_day: list[int] = []
    for day in (first + dt.timedelta(n) for n in range((last - first).days + 1)):
        rows = asker.rows(**window(name, str(day), str(day)))
        field = {"tabled": "dateTabled", "answered": "dateAnswered", "corrected": "dateAnswerCorrected"}[name]
        assert all(row[field] == f"{day}T00:00:00" for row in rows)
        by_day += [row["id"] for row in rows]
    assert len(by_day) == len(whole)
    assert set(by_day) == whole


def test_nothing_is_tabled_at_weekends_or_in_recess(asker: Asker) -> None:
    assert asker.page(**window("tabled", "2025-03-15", "2025-03-16"))["totalResults"] == 0
    assert asker.page(**window("tabled", "2025-02-17", "2025-02-21"))["totalResults"] == 0


@settings(deadline=None, max_examples=12)
@given(day=st.dates(dt.date(2014, 6, 4), dt.date(2025, 3, 28)), width=st.integers(0, 3), seed=st.integers(0, 3))
def test_any_window_is_the_same_whatever_was_asked_before(day: dt.date, width: int, seed: int) -> None:
    asked_first, asked_later = (SimulatedParliament(seed, questions_per_day=6) for _ in range(2))
    asked_later.written_questions.within(Window(tabled=Span(day - dt.timedelta(30), day + dt.timedelta(30))))
    asked = Window(answered=Span(day, day + dt.timedelta(width)))
    first, later = ([payload(q) for q in p.written_questions.within(asked)] for p in (asked_first, asked_later))
    assert first == later
    for value in first:
        assert value["answeringBodyName"]
        assert value == payload(asked_first.written_questions.find(value["id"]))


@settings(deadline=None, max_examples=8)
@given(as_of=st.dates(dt.date(2024, 9, 2), dt.date(2025, 6, 30)))
def test_nothing_dated_after_the_day_of_asking_shows(as_of: dt.date) -> None:
    parliament = SimulatedParliament(as_of=as_of, questions_per_day=20)
    today = f"{as_of}T00:00:00"
    for question in parliament.written_questions.within(Window(tabled=Span(as_of - dt.timedelta(40)))):
        value = payload(question)
        for field in ("dateTabled", "dateAnswered", "dateAnswerCorrected", "dateHoldingAnswer"):
            assert value[field] is None or value[field] <= today
        for other in value["groupedQuestionsDates"]:
            assert other["dateTabled"] <= today


def test_an_answer_that_comes_later_changes_nothing_else() -> None:
    now, later = (SimulatedParliament(as_of=day) for day in (dt.date(2025, 3, 14), dt.date(2025, 9, 30)))
    tabled = Window(tabled=Span(DEFAULT_FROM, DEFAULT_TO))
    before, after = (
        {q.question_id: payload(q) for q in parliament.written_questions.within(tabled)} for parliament in (now, later)
    )
    assert set(before) == set(after)
    answered = 0
    for question_id, value in before.items():
        for field in ("questionText", "uin", "askingMemberId", "dateForAnswer", "answeringBodyId"):
            assert value[field] == after[question_id][field]
        answered += value["dateAnswered"] is None and after[question_id]["dateAnswered"] is not None
    assert answered > 100


def test_no_answer_comes_later_than_windows_look_back(parliament: SimulatedParliament) -> None:
    for day in sitting_days(dt.date(2024, 1, 1), dt.date(2025, 3, 28)):
        for question in parliament.written_questions.tabled(day):
            latest = sitting_day_after(day, LONGEST_WAIT)
            fate = question.fate
            assert all(on is None or on <= latest for on in (fate.answered_on, fate.held_on, fate.corrected_on))


def test_numbers_are_unique_within_a_session_and_ids_for_ever(parliament: SimulatedParliament) -> None:
    days = sitting_days(dt.date(2023, 7, 1), dt.date(2025, 3, 28))
    questions = [question for day in days for question in parliament.written_questions.tabled(day)]
    assert len({question.question_id for question in questions}) == len(questions)
    session = [question.uin for question in questions if question.tabled_on >= dt.date(2024, 7, 1)]
    assert len(set(session)) == len(session)
    earlier = {question.uin for question in questions if question.tabled_on < dt.date(2024, 7, 1)}
    assert earlier & set(session), "numbers start again with each session"


def test_two_seeds_are_two_parliaments() -> None:
    monday = Window(tabled=Span(DEFAULT_FROM, DEFAULT_FROM))
    worlds = (SimulatedParliament(seed).written_questions for seed in (1, 2))
    one, other = ({question.text for question in questions.within(monday)} for questions in worlds)
    assert len(one & other) < 0.1 * len(one)


@pytest.mark.parametrize(
    "arguments",
    [{"member_count": 5}, {"questions_per_day": 0}, {"questions_per_day": 5000}, {"as_of": dt.date(1999, 1, 1)}],
)
def test_what_cannot_be_simulated_is_said_in_a_sentence(arguments: dict) -> None:
    with pytest.raises(ConfigError, match=r"\.$"):
        SimulatedParliament(**arguments)
