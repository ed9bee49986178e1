"""Ten years of a small Parliament, and what was true on which day.

The answers below were written down first, from the records that the fixture makes. The days of the sessions, of the
Parliaments and of the departments are the real ones; the people are invented.
"""

import csv
import datetime as dt
from collections.abc import Callable
from typing import Any

import duckdb
import pytest
from building import Landed, answer, build, day, member, question, rows

from orderpaper.config import PROJECT
from orderpaper.records import Debate, GovernmentPost, Record
from orderpaper.records.types.divisions import Division, Vote
from orderpaper.records.types.proceedings import Contribution, SittingDay

Warehouse = duckdb.DuckDBPyConnection

MARTS = (
    "bridge_department_successor",
    "dim_member",
    "dim_government_post",
    "dim_department_name",
    "dim_date",
    "fct_question",
    "bridge_question_answer",
    "bridge_question_document",
    "dim_department",
    "fct_division_vote",
    "rpt_unanswered_by_age",
    "fct_as_of",
)
CARTER, KHAN, LLOYD, MOSS, NORTH, OSMAN, PRICE, QUINN = range(201, 209)
SEATS = (
    (KHAN, "Bilal Khan", "Conservative", "Southend Pier", "2015-05-07", "2021-10-15"),  # died
    (LLOYD, "Cerys Lloyd", "Conservative", "Southend Pier", "2021-12-02", "2024-05-30"),  # won the by-election
    (MOSS, "David Moss", "Conservative", "Oldford", "2015-05-07", "2019-11-06"),
    (NORTH, "Eve North", "Conservative", "Kirkby Moor", "2019-12-12", None),
    (OSMAN, "Farah Osman", "Labour", "Oldford", "2024-07-04", None),
    (PRICE, "Gwen Price", "Labour", "Westmere", "2023-07-20", None),  # won the by-election
    (QUINN, "Hugh Quinn", "Conservative", "Westmere", "2019-12-12", "2023-06-12"),  # resigned
)
"""The members with one seat, from their first to their last day."""
LATE = dt.datetime(2025, 5, 31, 5, tzinfo=dt.UTC)
"""When the register was asked, after the ten years."""


@pytest.fixture(scope="module")
def warehouse(build_marts: Callable[..., Warehouse]) -> Warehouse:
    landed = Landed()
    _register(landed)
    _posts(landed)
    _divisions(landed)
    _sittings(landed)
    _questions(landed)
    return build_marts(landed, *MARTS)


def _register(landed: Landed) -> None:
    people = [
        member(ordinal, member_id, name, party, seat, is_current=until is None)
        for ordinal, (member_id, name, party, seat, _, until) in enumerate(SEATS, start=2)
    ]
    carter = member(1, CARTER, "Baroness Doyle of Northby", "Liberal Democrat", "Life peer", house="Lords")
    landed.document("search", "members", "search", "member_search", records=[carter, *people], fetched_at=LATE)
    for member_id, _, party, seat, since, until in SEATS:
        values = {"house": "Commons", "party": party, "constituency": seat}
        _history(landed, member_id, [(*value, since, until) for value in values.items()])
    _history(
        landed,
        CARTER,
        [
            ("house", "Commons", "2015-05-07", "2019-11-06"),
            ("house", "Lords", "2022-10-20", None),
            ("constituency", "Northby", "2015-05-07", "2019-11-06"),
            ("constituency", "Life peer", "2022-10-20", None),
            ("party", "Labour", "2015-05-07", "2019-02-18"),
            ("party", "Independent", "2019-02-18", "2019-06-14"),
            ("party", "Liberal Democrat", "2019-06-14", None),
            ("name", "Ann Carter", "2015-05-07", "2018-03-01"),
            ("name", "Ann Doyle", "2018-03-01", "2022-10-20"),
            ("name", "Baroness Doyle of Northby", "2022-10-20", None),
        ],
    )


def _history(landed: Landed, member_id: int, spans: list[tuple[str, str, str, str | None]]) -> None:
    landed.history(member_id, spans, name=f"history of {member_id}", fetched_at=LATE)


def _posts(landed: Landed) -> None:
    home, energy = "Secretary of State for the Home Department", "Secretary of State for"
    beis, desnz = "Business, Energy and Industrial Strategy", "Energy Security and Net Zero"
    spans = [
        (KHAN, home, "Home Office", "2016-07-13", "2018-04-30"),
        (MOSS, home, "Home Office", "2018-04-30", "2019-07-24"),
        (NORTH, f"{energy} {beis}", f"Department for {beis}", "2022-10-25", "2023-02-07"),
        (NORTH, f"{energy} {desnz}", f"Department for {desnz}", "2023-02-07", "2024-07-05"),
        (OSMAN, home, "Home Office", "2024-07-05", None),
    ]
    for holder in sorted({span[0] for span in spans}):
        records = [
            GovernmentPost(
                ordinal=ordinal,
                member_id=member_id,
                post_text=post,
                department_text=department,
                start_on=day(start),
                end_on=day(end) if end else None,
            )
            for ordinal, (member_id, post, department, start, end) in enumerate(spans, start=1)
            if member_id == holder
        ]
        name = f"biography of {holder}"
        landed.document(name, "members", "biography", "member_biography", records=records, fetched_at=LATE)


def _divisions(landed: Landed) -> None:
    for number, (on, voter) in enumerate({"2016-10-12": "Ann Carter", "2019-02-27": "Ann Doyle"}.items(), start=1):
        records: list[Record] = [
            Debate(ordinal=1, debate_id=f"d{number}", title="Tides", house="Commons", debated_on=day(on)),
            Contribution(ordinal=1, debate_ordinal=1, role="proceeding", text="The House divided."),
            build(Division, 1, debate_ordinal=1, contribution_ordinal=1, house="Commons", divided_on=day(on)),
            build(
                Vote,
                1,
                division_ordinal=1,
                side="aye",
                printed_name_text=", ".join(reversed(voter.split())),
                voter_text=voter,
                voter_constituency_text="Northby",
            ),
        ]
        landed.document(f"division {number}", "hansard", "debate", "hansard_debate", records=records)


def _sittings(landed: Landed) -> None:
    """Add Hansard around the Christmas of 2019, with its calendar."""
    sittings = ("2019-12-17", "2019-12-18", "2019-12-19", "2019-12-20", "2020-01-07", "2020-01-08", "2020-01-09")
    for on in sittings:
        sat = SittingDay(ordinal=1, house="Commons", sat_on=day(on))
        landed.document(f"sections of {on}", "hansard", "sections", "hansard_sections", records=[sat])
    landed.batch("2019-12-01", "2020-01-31", source="hansard")
    for number, month in enumerate(("year=2019&month=12", "year=2020&month=1")):
        landed.rows["fetch"].append(
            {
                "fetch_id": f"calendar {number}",
                "source": "hansard",
                "run_id": "run",
                "url": f"https://hansard-api.parliament.uk/overview/calendar.json?{month}&house=Commons",
                "requested_at": LATE,
                "outcome": "fetched",
                "is_new_document": True,
                "attempt": 1,
            }
        )


def _questions(landed: Landed) -> None:
    def listed(name: str, fetched_at: str, *records: Record) -> None:
        at = dt.datetime.fromisoformat(f"{fetched_at}T07:30:00+00:00")
        landed.document(name, "written_questions", "list", "written_question_list", records=records, fetched_at=at)

    named: dict[str, Any] = {"is_named_day": True}
    listed(
        "the years before",
        "2025-05-20",
        # Open through the prorogation that had no effect; the session ended on 8 October 2019.
        question(1, 1, tabled_on=day("2019-09-04"), due_on=day("2019-09-09"), **named),
        answer(1, "Yes.", answered_on=day("2019-09-30")),
        # Open when Parliament was dissolved; put again in the next Parliament.
        question(2, 2, tabled_on=day("2019-11-04"), due_on=day("2019-11-06"), asking_member_id=CARTER, **named),
        question(3, 3, tabled_on=day("2019-12-19"), due_on=day("2020-01-07"), asking_member_id=NORTH, **named),
        answer(3, "No.", answered_on=day("2020-01-08")),
        # A holding answer on the day before the prorogation of 2024.
        question(4, 4, tabled_on=day("2024-05-21"), due_on=day("2024-05-23"), asking_member_id=NORTH, **named),
        answer(4, "It has not proved possible.", is_holding=True, answered_on=day("2024-05-23")),
        # Of the Lords, answered a day after the due date. Nothing else was tabled there, so they seem not to have sat.
        question(5, 5, house="Lords", tabled_on=day("2023-01-10"), due_on=day("2023-01-24"), asking_member_id=CARTER),
        answer(5, "In part.", answered_on=day("2023-01-25")),
        question(6, 6, tabled_on=day("2016-06-01"), due_on=day("2016-06-03"), asking_member_id=CARTER),
        answer(6, "Always.", answered_on=day("2016-06-01")),
        # A wait across a leap day.
        question(7, 7, tabled_on=day("2024-02-28"), due_on=day("2024-03-04"), asking_member_id=NORTH),
        answer(7, "Soon.", answered_on=day("2024-03-01")),
    )
    before, after, again = "list of 21 May", "list of 23 May", "list of 27 May"
    transport: dict[str, Any] = {"answering_body_id": 27, "answering_body_text": "Department for Transport"}
    food: dict[str, Any] = {"answering_body_id": 13, "answering_body_text": "Department for Environment"}
    last: dict[str, Any] = {"tabled_on": day("2025-05-19"), "asking_member_id": PRICE}
    listed(
        before,
        "2025-05-21",
        question(1, 11, **transport, **last),
        question(2, 12, **last),
        question(3, 13, **last),
        question(4, 14, due_on=day("2025-05-22"), **named, **last),
        question(5, 15, due_on=day("2025-06-22"), **named, **last),
        question(6, 16, **transport, **last),
        question(7, 17, **last),
        question(8, 18, **last),
        question(9, 19, **last),
    )
    listed(
        after,
        "2025-05-23",
        question(1, 11, **last),
        question(2, 12, is_withdrawn=True, **last),
        question(4, 14, due_on=day("2025-05-22"), **named, **last),
        question(5, 15, due_on=day("2025-05-26"), **named, **last),
        question(6, 16, **food, **last),
        question(8, 18, is_withdrawn=True, **last),
        question(9, 19, **last),
        answer(9, "It was given in error.", answered_on=day("2025-05-22")),
    )
    listed(
        again,
        "2025-05-27",
        question(1, 11, **last),
        question(2, 12, is_withdrawn=True, **last),
        question(4, 14, due_on=day("2025-05-22"), **named, **last),
        question(5, 15, due_on=day("2025-05-26"), **named, **last),
        question(6, 16, **last),
        question(7, 17, **last),
        question(8, 18, **last),
        question(9, 19, **last),
    )
    landed.batch("2015-06-01", "2025-05-18")
    landed.batch("2025-05-19", "2025-05-21", before)
    landed.batch("2025-05-19", "2025-05-23", after)
    landed.batch("2025-05-19", "2025-05-27", again)
    landed.batch("2025-05-23", "2025-05-30")


MEMBER = """
    SELECT {} FROM marts.dim_member WHERE member_id = {}
    AND valid_from <= DATE '{on}' AND (valid_to IS NULL OR valid_to > DATE '{on}')
"""
SEAT = """
    SELECT name FROM marts.dim_member WHERE constituency = '{}' AND is_verified
    AND valid_from <= DATE '{on}' AND (valid_to IS NULL OR valid_to > DATE '{on}')
"""
POST = """
    SELECT m.name FROM marts.dim_government_post AS p JOIN marts.dim_member AS m USING (member_key)
    WHERE p.post_text = 'Secretary of State for the Home Department'
    AND p.start_on <= DATE '{on}' AND (p.end_on IS NULL OR p.end_on > DATE '{on}')
"""
POST_BOTH_DAYS = """
    SELECT m.name FROM marts.dim_government_post AS p JOIN marts.dim_member AS m USING (member_key)
    WHERE p.post_text = 'Secretary of State for the Home Department'
    AND p.start_on <= DATE '{on}' AND (p.end_on IS NULL OR p.end_on >= DATE '{on}') ORDER BY 1
"""
POST_OF_NORTH = """
    SELECT d.abbreviation FROM marts.dim_government_post AS p JOIN marts.dim_department AS d USING (department_key)
    WHERE p.member_id = 205 AND p.start_on <= DATE '{on}' AND (p.end_on IS NULL OR p.end_on > DATE '{on}')
"""
DEPARTMENT = """
    SELECT d.abbreviation FROM marts.dim_department_name AS n JOIN marts.dim_department AS d USING (department_key)
    WHERE n.alias = '{}' AND coalesce(n.valid_from, DATE '1900-01-01') <= DATE '{on}'
    AND (n.valid_to IS NULL OR n.valid_to > DATE '{on}')
"""
SUCCESSORS = """
    SELECT s.abbreviation FROM marts.bridge_department_successor AS b
    JOIN marts.dim_department AS d USING (department_key)
    JOIN marts.dim_department AS s ON b.successor_department_key = s.department_key
    WHERE d.abbreviation = '{}' ORDER BY 1
"""
VOTE = """
    SELECT m.name, m.party FROM marts.fct_division_vote AS v JOIN marts.dim_member AS m USING (member_key)
    WHERE v.divided_on = DATE '{on}'
"""
STATUS = """
    SELECT CASE
        WHEN tabled_on > DATE '{on}' THEN 'not tabled'
        WHEN missed_on <= DATE '{on}' THEN 'deleted'
        WHEN NOT has_only_holding_answer AND answered_on <= DATE '{on}' THEN 'answered'
        WHEN lapsed_on < DATE '{on}' THEN 'lapsed'
        WHEN withdrawal_seen_on <= DATE '{on}' THEN 'withdrawn'
        ELSE 'waits'
    END FROM marts.fct_question WHERE question_id = {}
"""
QUESTION = "SELECT {} FROM marts.fct_question WHERE question_id = {}"
ASKER = """
    SELECT m.name, m.party, m.house FROM marts.fct_question AS q
    JOIN marts.dim_member AS m ON q.asking_member_key = m.member_key WHERE q.question_id = {}
"""
WAIT = """
    SELECT response_days, response_sitting_days, is_late FROM marts.bridge_question_answer
    JOIN marts.fct_question USING (question_key) WHERE question_id = {}
"""
DEPARTMENTS = """
    SELECT before.department_name, now.department_name, transfer_seen_on::VARCHAR FROM marts.fct_question AS q
    JOIN marts.dim_department AS before ON q.original_department_key = before.department_key
    JOIN marts.dim_department AS now ON q.department_key = now.department_key WHERE question_id = {}
"""
AS_OF = "SELECT DISTINCT as_of_on::VARCHAR FROM ops.fct_as_of WHERE source = '{}'"
DATE = "SELECT {} FROM marts.dim_date WHERE date_on = DATE '{on}'"


def ask(warehouse: Warehouse, sql: str, *values: object, on: str = "") -> Any:
    """Return what a query gives: nothing, one value, one row, or a list of them."""
    found = [row[0] if len(row) == 1 else row for row in rows(warehouse, sql.format(*values, on=on))]
    return found[0] if len(found) == 1 else found or None


@pytest.mark.parametrize(
    ("sql", "values", "on", "expected"),
    [
        # A member who changed name, party and House.
        (MEMBER, ["name, party, house", CARTER], "2016-06-01", ("Ann Carter", "Labour", "Commons")),
        (MEMBER, ["name, party, constituency", CARTER], "2018-06-01", ("Ann Doyle", "Labour", "Northby")),
        (MEMBER, ["party", CARTER], "2019-03-01", "Independent"),
        (MEMBER, ["party", CARTER], "2019-10-01", "Liberal Democrat"),
        (MEMBER, ["name", CARTER], "2021-01-01", None),
        (MEMBER, ["name, house", CARTER], "2023-01-01", ("Baroness Doyle of Northby", "Lords")),
        # A death, a resignation, two by-elections and two general elections.
        (SEAT, ["Southend Pier"], "2021-10-01", "Bilal Khan"),
        (SEAT, ["Southend Pier"], "2021-11-10", None),
        (SEAT, ["Southend Pier"], "2022-01-10", "Cerys Lloyd"),
        (SEAT, ["Southend Pier"], "2024-08-01", None),
        (SEAT, ["Westmere"], "2023-06-01", "Hugh Quinn"),
        (SEAT, ["Westmere"], "2023-07-01", None),
        (SEAT, ["Westmere"], "2023-08-01", "Gwen Price"),
        (SEAT, ["Oldford"], "2019-12-20", None),
        (SEAT, ["Oldford"], "2024-07-10", "Farah Osman"),
        # The first and the last day of a seat, a name, a party and a House are in the period.
        (SEAT, ["Southend Pier"], "2021-10-15", "Bilal Khan"),
        (SEAT, ["Southend Pier"], "2021-10-16", None),
        (SEAT, ["Southend Pier"], "2021-12-01", None),
        (SEAT, ["Southend Pier"], "2021-12-02", "Cerys Lloyd"),
        (SEAT, ["Southend Pier"], "2024-05-30", "Cerys Lloyd"),
        (SEAT, ["Southend Pier"], "2024-05-31", None),
        (MEMBER, ["name", CARTER], "2018-02-28", "Ann Carter"),
        (MEMBER, ["name", CARTER], "2018-03-01", "Ann Doyle"),
        (MEMBER, ["party", CARTER], "2019-02-17", "Labour"),
        (MEMBER, ["party", CARTER], "2019-02-18", "Independent"),
        (MEMBER, ["party", CARTER], "2019-06-14", "Liberal Democrat"),
        (MEMBER, ["house", CARTER], "2019-11-06", "Commons"),
        (MEMBER, ["house", CARTER], "2019-11-07", None),
        (MEMBER, ["house", CARTER], "2022-10-19", None),
        (MEMBER, ["house", CARTER], "2022-10-20", "Lords"),
        # Reshuffles. On the day of a change both hold the post.
        (POST_BOTH_DAYS, [], "2018-04-30", ["Bilal Khan", "David Moss"]),
        (POST_BOTH_DAYS, [], "2018-05-01", "David Moss"),
        (POST_BOTH_DAYS, [], "2020-01-01", None),
        (POST, [], "2016-07-01", None),
        (POST, [], "2017-01-01", "Bilal Khan"),
        (POST, [], "2018-12-01", "David Moss"),
        (POST, [], "2024-12-01", "Farah Osman"),
        (POST_OF_NORTH, [], "2022-12-01", "BEIS"),
        (POST_OF_NORTH, [], "2023-06-01", "DESNZ"),
        (POST_OF_NORTH, [], "2024-08-01", None),
        # A department that was split.
        (DEPARTMENT, ["Business Department"], "2016-01-01", "BIS"),
        (DEPARTMENT, ["Business Department"], "2022-06-01", "BEIS"),
        (DEPARTMENT, ["Business Department"], "2023-06-01", "DBT"),
        (DEPARTMENT, ["Energy Department"], "2022-06-01", "BEIS"),
        (DEPARTMENT, ["Energy Department"], "2023-06-01", "DESNZ"),
        (SUCCESSORS, ["BEIS"], "", ["CO", "DBT", "DESNZ", "DSIT"]),
        (SUCCESSORS, ["DETR"], "", ["DEFRA", "DTLR"]),
        (SUCCESSORS, ["DfEE"], "", ["DWP", "DfES"]),
        (SUCCESSORS, ["MAFF"], "", "DEFRA"),
        (DEPARTMENT, ["Social Security"], "2000-01-01", "DSS"),
        # Votes.
        (VOTE, [], "2016-10-12", ("Ann Carter", "Labour")),
        (VOTE, [], "2019-02-27", ("Ann Doyle", "Independent")),
        # Questions and who asked them.
        (ASKER, [6], "", ("Ann Carter", "Labour", "Commons")),
        (ASKER, [2], "", ("Ann Doyle", "Liberal Democrat", "Commons")),
        (ASKER, [5], "", ("Baroness Doyle of Northby", "Liberal Democrat", "Lords")),
        # The prorogation of September 2019 had no effect.
        (STATUS, [1], "2019-09-15", "waits"),
        (STATUS, [1], "2019-10-01", "answered"),
        # A question that waits through a dissolution, and is put again.
        (STATUS, [2], "2019-11-03", "not tabled"),
        (STATUS, [2], "2019-11-05", "waits"),
        (STATUS, [2], "2019-12-25", "lapsed"),
        (QUESTION, ["status, lapsed_on::VARCHAR, is_overdue", 2], "", ("lapsed", "2019-11-05", False)),
        (STATUS, [3], "2020-01-07", "waits"),
        (STATUS, [3], "2020-01-08", "answered"),
        (WAIT, [3], "", (20, 3, True)),
        # A holding answer does not end the wait; the prorogation does.
        (STATUS, [4], "2024-05-24", "waits"),
        (STATUS, [4], "2024-05-25", "lapsed"),
        (QUESTION, ["lapsed_on::VARCHAR, has_only_holding_answer", 4], "", ("2024-05-24", True)),
        (WAIT, [5], "", (15, 0, True)),
        (WAIT, [6], "", (0, 0, None)),
        # Transferred, withdrawn, deleted.
        (DEPARTMENTS, [11], "", ("Department for Transport", "Home Office", "2025-05-23")),
        (QUESTION, ["status, withdrawal_seen_on::VARCHAR", 12], "", ("withdrawn", "2025-05-23")),
        (STATUS, [13], "2025-05-22", "waits"),
        (QUESTION, ["status, missed_on::VARCHAR, as_of_on", 13], "", ("deleted", "2025-05-23", None)),
        # Transferred twice, deleted and given again, withdrawn and put back, answered and unanswered again.
        (DEPARTMENTS, [16], "", ("Department for Transport", "Home Office", "2025-05-27")),
        (QUESTION, ["status, missed_on", 17], "", ("unanswered", None)),
        (QUESTION, ["status, withdrawal_seen_on", 18], "", ("unanswered", None)),
        (QUESTION, ["status, answered_on", 19], "", ("unanswered", None)),
        (
            "SELECT response_days FROM marts.bridge_question_answer JOIN marts.fct_question USING (question_key) "
            "WHERE question_id = {}",
            [7],
            "",
            2,
        ),
        # What waits on the last day that was read.
        (QUESTION, ["overdue_days, as_of_on::VARCHAR", 14], "", (8, "2025-05-30")),
        (QUESTION, ["status, is_overdue, overdue_days", 15], "", ("unanswered", True, 4)),
        (
            "SELECT sum(question_count)::INT, sum(overdue_question_count)::INT FROM marts.rpt_unanswered_by_age",
            [],
            "",
            (7, 2),
        ),
        (
            "SELECT DISTINCT as_of_on::VARCHAR FROM ops.fct_as_of WHERE source = 'written_questions'",
            [],
            "",
            "2025-05-30",
        ),
        # Days.
        (DATE, ["parliament_number"], "2019-11-05", 57),
        (DATE, ["parliament_number"], "2019-11-06", None),
        (DATE, ["parliament_number"], "2019-11-20", None),
        (DATE, ["parliament_number"], "2019-12-16", None),
        (DATE, ["parliament_number"], "2019-12-17", 58),
        (DATE, ["is_commons_sitting_day, is_commons_recess_day"], "2019-12-25", (False, True)),
        (DATE, ["is_commons_sitting_day, commons_sitting_day_basis"], "2020-01-07", (True, "hansard")),
        (DATE, ["parliament_number"], "2024-05-29", 58),
        (DATE, ["parliament_number"], "2024-05-30", None),
        (DATE, ["parliament_number"], "2024-07-08", None),
        (DATE, ["parliament_number"], "2024-07-09", 59),
        (DATE, ["weekday_number"], "2024-02-29", 4),
    ],
)
def test_a_decade(warehouse: Warehouse, sql: str, values: list[object], on: str, expected: object) -> None:
    assert ask(warehouse, sql, *values, on=on) == expected


def test_a_corrected_date_replaces_the_old_one(warehouse: Warehouse) -> None:
    assert ask(warehouse, QUESTION, "due_on::VARCHAR", 15) == "2025-05-26"
    assert (
        ask(
            warehouse,
            """
        SELECT count(*) FROM marts.fct_question JOIN marts.bridge_question_document USING (question_key)
        WHERE question_id = 15
        """,
        )
        == 3
    )


def test_the_prorogation_of_september_2019_ended_no_session() -> None:
    with (PROJECT / "dbt" / "seeds" / "parliament_session.csv").open(encoding="utf-8", newline="") as file:
        sessions = list(csv.DictReader(file))
    around = [row["ended_on"] for row in sessions if row["opened_on"] < "2019-12-01" and row["ended_on"] > "2018"]
    assert around == ["2019-10-08", "2019-11-05"]
