"""Read from Airflow's database how far a backfill is, how fast it goes, and how long the rest takes."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from airflow.models.backfill import Backfill, BackfillDagRun
from airflow.models.dagrun import DagRun
from airflow.models.tasklog import LogTemplate
from airflow.utils.types import DagRunType
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from orderpaper.run import airflow_state

MODELS: list[Any] = [Backfill, BackfillDagRun, DagRun, LogTemplate]
NOW = dt.datetime(2025, 3, 14, 12, tzinfo=dt.UTC)


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    DagRun.metadata.create_all(engine, tables=[model.__table__ for model in MODELS])
    with Session(engine) as session:
        yield session


def start(session: Session, states: list[str], **facts: Any) -> None:
    """Start a backfill of one run a day, of which those of `states` exist."""
    backfill = Backfill(dag_id="ingest_hansard", from_date=dt.datetime(2025, 1, 1, tzinfo=dt.UTC), **facts)
    backfill.to_date = backfill.from_date + dt.timedelta(days=len(states) - 1)
    session.add(backfill)
    session.flush()
    for number, state in enumerate(states):
        day = backfill.from_date + dt.timedelta(days=number)
        run = DagRun(dag_id="ingest_hansard", run_id=f"{backfill.id}-{number}", run_type=DagRunType.BACKFILL_JOB)
        run.state = state
        session.add(run)
        session.flush()
        session.add(
            BackfillDagRun(backfill_id=backfill.id, dag_run_id=run.id, logical_date=day, sort_ordinal=number + 1)
        )
    session.flush()


def test_a_backfill_has_its_rate_and_the_time_that_is_left(session: Session) -> None:
    states = ["success"] * 5 + ["failed"] + ["running"] + ["queued"] * 5
    start(session, states, created_at=NOW - dt.timedelta(hours=3))
    found = airflow_state._backfills(session, NOW)["ingest_hansard"]
    assert (found.done_count, found.failed_count, found.total_count) == (6, 1, 12)
    assert (found.runs_an_hour, found.left, found.done_share) == (2.0, "3 h 0 min", 0.5)
    assert (found.from_on, found.to_on) == (dt.date(2025, 1, 1), dt.date(2025, 1, 12))


def test_before_the_first_run_has_ended_the_time_is_not_known(session: Session) -> None:
    start(session, ["running", "queued"], created_at=NOW - dt.timedelta(hours=1), is_paused=True)
    found = airflow_state._backfills(session, NOW)["ingest_hansard"]
    assert (found.runs_an_hour, found.left, found.is_paused) == (None, "not known yet", True)


def test_a_backfill_that_ended_long_ago_is_not_shown(session: Session) -> None:
    start(session, ["success"], created_at=NOW - dt.timedelta(days=3), completed_at=NOW - dt.timedelta(days=2))
    assert airflow_state._backfills(session, NOW) == {}
