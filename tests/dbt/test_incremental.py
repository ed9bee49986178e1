"""Every model is built, with its tests; a day's build writes what the day changed, and ends where any build ends."""

import datetime as dt
import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from building import COASTS, FRIDAY, FUND, MODELS, MONDAY, PLANS, Landed, answer, day, document_id, member, question
from histories import History
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from orderpaper.config import DATABASE_NAME, WORK_NAME
from orderpaper.records import (
    Answer,
    Contribution,
    Debate,
    GovernmentPost,
    PostSection,
    Question,
    Quote,
    Record,
)
from orderpaper.warehouse import changes, search_index
from orderpaper.warehouse.content import content_hash
from orderpaper.warehouse.load import build_connection
from orderpaper.warehouse.raw_tables import ensure_raw

LATE = {document_id(name) for name in ("list of Friday", "history", "digest", "detail of 5002")}
"""An answer after a holding answer, and one nearly the same as an earlier one; a withdrawal; a party changed in
retrospect; a debate; an uncut wording."""

Rows = dict[str, list[str]]
"""Table and row id → a hash of the row."""


def landed() -> Landed:
    """A document of each kind, and those of `LATE`."""
    landed = Landed()
    _people(landed)
    _written_questions(landed)
    _spoken(landed)
    section = "We have announced a new £200million fund."
    landed.document(
        "post",
        "inbox",
        "file",
        "press_post",
        records=[
            PostSection(ordinal=1, text=section, char_start=0, char_end=len(section)),
            Quote(ordinal=1, section_ordinal=1, speaker_text="Jess Thornbury", text="We", char_start=0, char_end=2),
        ],
        published_on=day("2018-11-06"),
        text=section,
        is_searched=True,
    )
    landed.batch()
    return landed


def _people(landed: Landed) -> None:
    landed.register(
        member(1, 101, "Mrs Ada Quill", "Labour (Co-op)", "Marshford"),
        member(2, 102, "Ben Oake", "Independent", "Hollow Bay"),
        member(3, 104, "Jess Thornbury", "Labour", "Eastmere"),
    )
    landed.biography(
        GovernmentPost(
            ordinal=1, member_id=104, post_text="Minister of State (Home Office)", start_on=day("2024-07-08")
        )
    )
    landed.history(
        102,
        [
            ("party", "Conservative", "2019-12-12", "2024-11-06"),
            ("party", "Independent", "2024-11-06", None),
            ("house", "Commons", "2019-12-12", None),
            ("constituency", "Hollow Bay", "2019-12-12", None),
        ],
    )


def _written_questions(landed: Landed) -> None:
    whole = FUND + " It will be spent on " + "boats, ropes, nets, lamps and crabs, more " * 10 + "gulls."
    landed.question_list(
        "list of Monday",
        question(1, 5001),
        question(2, 5002, is_truncated=True, text="x" * 255, tabled_on=day("2024-11-05")),
        answer(2, whole[:255] + "...", is_truncated=True),
        question(3, 5005, is_named_day=True),
        answer(3, "It has not proved possible to respond in time.", is_holding=True, answered_on=day("2024-11-06")),
        question(4, 5006, answering_body_id=999, answering_body_text="Office of Tides"),
        answer(4, "I refer the hon. Member to the answer given on 6 November 2024 to Question 5005."),
        question(5, 5009, text=COASTS.format("high risk")),
        answer(5, PLANS.format("2025")),
        question(6, 5004, house="Lords", due_on=day("2024-11-18")),
        is_searched=True,
    )
    landed.document(
        "detail of 5002",
        "written_questions",
        "detail",
        "written_question",
        records=[question(1, 5002, text="To ask in full, " + "y" * 300, tabled_on=day("2024-11-05")), answer(1, whole)],
        fetched_at=MONDAY + dt.timedelta(minutes=1),
        is_searched=True,
    )
    landed.question_list(
        "list of Friday",
        question(1, 5001, is_withdrawn=True),
        question(2, 5005, is_named_day=True),
        answer(2, FUND, answered_on=day("2024-11-12"), held_on=day("2024-11-06")),
        question(3, 5010, text=COASTS.format("high-risk")),
        answer(3, PLANS.format("2025, as before"), answered_on=day("2024-11-13")),
        fetched_at=FRIDAY,
        is_searched=True,
    )


def _spoken(landed: Landed) -> None:
    """Add a question to be put in the chamber, and a debate as a reader saved it."""
    landed.document(
        "oral list",
        "oral_questions",
        "list",
        "oral_question_list",
        records=[
            question(
                1,
                7001,
                uin="900001",
                asking_member_id=101,
                question_type="topical",
                due_on=day("2024-11-12"),
                text="Why?",
            )
        ],
    )
    records: list[Record] = [
        Debate(
            ordinal=1,
            title="Tides",
            house="Commons",
            debated_on=day("2024-11-12"),
            lead_member_text="Jess Thornbury",
            announced_contributor_count=2,
        )
    ]
    for number, (name, seat) in enumerate((("Ben Oake", "Hollow Bay"), ("Flora Quince", "Oldstead")), start=1):
        turn = {"speaker_text": name, "speaker_constituency_text": seat}
        words, reply = f"Question {number}?", f"The hon. Member for Marshford (Ada Quill) heard reply {number}."
        records += [
            Question(
                ordinal=number,
                question_type="debate",
                house="Commons",
                asked_by_text=name,
                asked_by_constituency_text=seat,
                text=words,
            ),
            Contribution(
                ordinal=2 * number, debate_ordinal=1, role="question", question_ordinal=number, text=words, **turn
            ),
            Answer(ordinal=number, question_ordinals=[number], answered_on=day("2024-11-12"), text=reply),
            Contribution(
                ordinal=2 * number + 1,
                debate_ordinal=1,
                role="reply",
                reply_to_ordinal=2 * number,
                answer_ordinal=number,
                text=reply,
            ),
        ]
    landed.document(
        "digest",
        "inbox",
        "file",
        "debate_digest",
        records=records,
        published_on=day("2024-11-12"),
        is_searched=True,
    )


def share(*, is_late: bool) -> Landed:
    """The rows that land with the first build, or those that land later; in another order than `landed` has."""
    part = landed()
    for table, rows in part.rows.items():
        if table != "batch":
            part.rows[table] = [row for row in rows if (row["document_id"] in LATE) == is_late]
        elif is_late:
            part.rows[table] = []
        random.Random(7).shuffle(part.rows[table])
    return part


def rows(database: Path) -> Rows:
    """Return the hashes of the rows of each mart, in the order in which they stand there."""
    with duckdb.connect(database, read_only=True) as connection:
        tables = connection.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'marts'").fetchall()
        return {
            table: [
                digest
                for (digest,) in connection.execute(
                    f"SELECT hash(mart)::VARCHAR FROM marts.{table} AS mart ORDER BY rowid"
                ).fetchall()
            ]
            for (table,) in tables
        }


@pytest.fixture(scope="module")
def built(build: Callable[..., Path]) -> Path:
    """Build every model from nothing, with every dbt test and unit test."""
    return build(landed())


@pytest.fixture(scope="module")
def by_day(build: Callable[..., Path], run_dbt: Callable[..., Any]) -> tuple[Path, Rows]:
    """Build a warehouse, and again when the late documents have come; return it with its rows before that.

    Between the builds, an audit passes. The index of search is updated after each build.
    """
    database = build(share(is_late=False), *MODELS)
    before = rows(database)
    with build_connection(database) as connection:
        search_index.update(connection)
        changes.forget(connection, "these")
    with duckdb.connect(database.with_name(WORK_NAME)) as connection:
        share(is_late=True).write(connection)
    run_dbt(database.parent, "build", *MODELS)
    with build_connection(database) as connection:
        search_index.update(connection)
    return database, before


def test_a_day_s_build_touches_what_the_day_changed(
    by_day: tuple[Path, Rows], built: Path, run_dbt: Callable[..., Any]
) -> None:
    database, before = by_day
    after = rows(database)

    assert content_hash(database) == content_hash(built)
    # No table is made anew, and a row that says what it said keeps its place. What is written stands at the end.
    with duckdb.connect(database.with_name(WORK_NAME), read_only=True) as connection:
        built_from_nothing = connection.execute(
            "SELECT model_name FROM changes.built WHERE is_whole GROUP BY model_name HAVING count(*) > 1"
        ).fetchall()
        noted = {
            name: len(connection.execute(f"FROM changes.{name}").fetchall())
            for (name,) in connection.execute(
                "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'changes'"
            ).fetchall()
        }
    assert built_from_nothing == []
    for table, was in before.items():
        now = set(after[table])
        kept = [row for row in was if row in now]
        assert after[table][: len(kept)] == kept, table
        assert noted.get(table, 0) <= len(now.symmetric_difference(was)), table
    assert noted["fct_question"] > 0

    run_dbt(database.parent, "build", *MODELS, "--select", "path:models/marts")
    assert rows(database) == after


def test_the_index_of_search_is_that_of_all_statements(by_day: tuple[Path, Rows]) -> None:
    entry = "statement_key, statement_kind, house, stated_on, said_by, department"
    with build_connection(by_day[0]) as connection:
        statements = connection.execute(
            f"SELECT {entry}, hash({search_index._TEXT}) AS text_hash FROM statements"
            " WHERE statement_text IS NOT NULL ORDER BY ALL"
        ).fetchall()
        assert (
            connection.execute(f"SELECT {entry}, text_hash FROM search.statement ORDER BY ALL").fetchall() == statements
        )
    assert len(statements) > 10


@pytest.mark.slow  # a day's build above holds that rows in another order, built in two parts, give the same
def test_a_build_from_the_same_rows_in_another_order_is_equal(
    by_day: tuple[Path, Rows], built: Path, run_dbt: Callable[..., Any]
) -> None:
    other, _ = by_day
    run_dbt(other.parent, "build", *MODELS, "--full-refresh")

    assert content_hash(other) == content_hash(built)
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{built}' AS one (READ_ONLY)")
        connection.execute(f"ATTACH '{other}' AS other (READ_ONLY)")
        tables = connection.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_catalog = 'one' AND table_schema = 'marts'"
        ).fetchall()
        assert len(tables) >= 20
        for (table,) in tables:
            for left, right in (("one", "other"), ("other", "one")):
                different = connection.execute(
                    f"FROM {left}.marts.{table} EXCEPT ALL FROM {right}.marts.{table}"
                ).fetchall()
                assert different == [], table


def check_history(seed: int, batches: int, folder: Path, run_dbt: Callable[..., Any]) -> None:
    """Build a random history batch by batch, and then once from nothing: every mart and model must be the same.

    What is published of the run itself and the views are left out, because nothing of them is incremental.
    """
    models = (*MODELS, "--exclude", "path:models/ops", "path:models/views")
    names = {"marts": DATABASE_NAME, "work": WORK_NAME}
    for name in names.values():
        (folder / name).unlink(missing_ok=True)
    history = History(random.Random(seed))
    for _ in range(batches):
        with duckdb.connect(folder / WORK_NAME) as connection:
            ensure_raw(connection)
            history.batch(connection)
        run_dbt(folder, "build", *models)
    for name in names.values():
        shutil.copy(folder / name, folder / f"by_batch_{name}")
    run_dbt(folder, "build", *models, "--full-refresh")
    with duckdb.connect() as connection:
        for kind, name in names.items():
            connection.execute(f"ATTACH '{folder / name}' AS {kind}_whole (READ_ONLY)")
            connection.execute(f"ATTACH '{folder / f'by_batch_{name}'}' AS {kind}_by_batch (READ_ONLY)")
        tables = connection.execute(
            "SELECT split_part(database_name, '_', 1), schema_name || '.' || table_name FROM duckdb_tables()"
            " WHERE database_name LIKE '%_whole' AND schema_name IN ('marts', 'intermediate', 'staging')"
            " ORDER BY schema_name, table_name"
        ).fetchall()
        assert len(tables) >= 100
        different = {
            f"{kind}_{left}.{table}": rows
            for kind, table in tables
            for left, right in (("whole", "by_batch"), ("by_batch", "whole"))
            if (
                rows := connection.execute(
                    f"FROM {kind}_{left}.{table} EXCEPT ALL FROM {kind}_{right}.{table}"
                ).fetchall()
            )
        }
        assert different == {}


@pytest.mark.slow  # three builds; the tests above hold the same of a day's rows
def test_a_history_in_batches_ends_as_a_build_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, run_dbt: Callable[..., Any]
) -> None:
    check_history(1, 2, tmp_path_factory.mktemp("history"), run_dbt)


@pytest.mark.slow
def test_a_question_that_is_compared_no_more_leaves_its_pairs(
    tmp_path_factory: pytest.TempPathFactory, run_dbt: Callable[..., Any]
) -> None:
    check_history(172_531_311_492, 4, tmp_path_factory.mktemp("history"), run_dbt)


@pytest.mark.slow
@settings(max_examples=8, phases=[Phase.generate])
@given(seed=st.integers(min_value=2), batches=st.integers(min_value=2, max_value=5))
def test_any_history_in_batches_ends_as_a_build_from_nothing(
    seed: int, batches: int, tmp_path_factory: pytest.TempPathFactory, run_dbt: Callable[..., Any]
) -> None:
    check_history(seed, batches, tmp_path_factory.mktemp("history"), run_dbt)
