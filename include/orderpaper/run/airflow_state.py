"""Read from Airflow's own database what each DAG does now, for the page that its API server serves."""

import datetime as dt
from dataclasses import dataclass, replace

from airflow.models.backfill import Backfill, BackfillDagRun
from airflow.models.dag import DagModel
from airflow.models.dagrun import DagRun
from airflow.models.taskinstance import TaskInstance
from airflow.utils.session import create_session
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from orderpaper.meter import duration

RUNS = 30
"""How many runs of each DAG `task_seconds` compares."""

ACTIVE = ("running", "queued", "up_for_retry", "up_for_reschedule", "restarting", "scheduled")
"""The states of a task that is being worked on, or waits for its next try."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DagState:
    """The newest run of a DAG, and its next one."""

    dag_id: str
    is_paused: bool
    run_id: str | None
    state: str
    """The state of the newest run, or `never run`; `retrying` if a task of it waits for its next try."""
    task_id: str | None
    """The task that runs, or waits for its next try."""
    started_at: dt.datetime | None
    ended_at: dt.datetime | None
    next_run_at: dt.datetime | None
    """When the scheduler begins the next run; None if it has no schedule of its own."""
    backfill: "BackfillState | None" = None
    """The newest backfill of the DAG, unless it ended more than a day ago."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackfillState:
    """How far a backfill that somebody started in Airflow has come."""

    from_on: dt.date
    to_on: dt.date
    is_paused: bool
    done_count: int
    """Its runs that have ended, well or not."""
    failed_count: int
    total_count: int
    runs_an_hour: float | None
    """None if none has ended yet."""
    left: str
    """How long the rest takes at that rate, in words."""

    @property
    def done_share(self) -> float:
        """Return the share of the runs that have ended."""
        return self.done_count / self.total_count if self.total_count else 1.0


def read() -> list[DagState]:
    """Return the state of each DAG, by its id."""
    newest = select(func.max(DagRun.id)).group_by(DagRun.dag_id)
    with create_session() as session:
        dags = session.scalars(select(DagModel).where(DagModel.is_stale.is_(False)).order_by(DagModel.dag_id)).all()
        runs = {run.dag_id: run for run in session.scalars(select(DagRun).where(DagRun.id.in_(newest)))}
        tasks = {
            task.dag_id: task
            for task in session.scalars(
                select(TaskInstance).where(
                    TaskInstance.state.in_(ACTIVE), TaskInstance.run_id.in_([run.run_id for run in runs.values()])
                )
            )
        }
        backfills = _backfills(session, dt.datetime.now(dt.UTC))
        return [
            replace(_state(dag, runs.get(dag.dag_id), tasks.get(dag.dag_id)), backfill=backfills.get(dag.dag_id))
            for dag in dags
        ]


def _backfills(session: Session, now: dt.datetime) -> dict[str, BackfillState]:
    """Return the newest backfill of each DAG that goes on or ended within a day."""
    wanted = or_(Backfill.completed_at.is_(None), Backfill.completed_at > now - dt.timedelta(days=1))
    found = {}
    for each in session.scalars(select(Backfill).where(wanted).order_by(Backfill.id)):
        runs = session.execute(
            select(DagRun.state, BackfillDagRun.exception_reason)
            .select_from(BackfillDagRun)
            .outerjoin(DagRun, BackfillDagRun.dag_run_id == DagRun.id)
            .where(BackfillDagRun.backfill_id == each.id)
        ).all()
        states = [str(state) for state, skipped in runs if skipped is None]
        done = sum(state in ("success", "failed") for state in states)
        hours = ((each.completed_at or now) - each.created_at).total_seconds() / 3600
        found[each.dag_id] = BackfillState(
            from_on=each.from_date.date(),
            to_on=each.to_date.date(),
            is_paused=bool(each.is_paused),
            done_count=done,
            failed_count=states.count("failed"),
            total_count=len(states),
            runs_an_hour=done / hours if done else None,
            left=duration(3600 * hours / done * (len(states) - done)) if done else "not known yet",
        )
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSeconds:
    """How long a task took in the last runs of its DAG."""

    dag_id: str
    task_id: str
    started_at: list[dt.datetime]
    """When each of these runs began the task, the oldest first."""
    seconds: list[float]


def task_seconds() -> list[TaskSeconds]:
    """Return how long each task took in the last runs of its DAG in which it succeeded, by DAG and order of tasks."""
    ranked = select(
        TaskInstance.dag_id,
        TaskInstance.task_id,
        TaskInstance.start_date,
        TaskInstance.duration,
        func.row_number()
        .over(partition_by=(TaskInstance.dag_id, TaskInstance.task_id), order_by=TaskInstance.start_date.desc())
        .label("position"),
    ).where(TaskInstance.state == "success", TaskInstance.duration.is_not(None))
    newest = ranked.subquery()
    found: dict[tuple[str, str], TaskSeconds] = {}
    with create_session() as session:
        for row in session.execute(select(newest).where(newest.c.position <= RUNS).order_by(newest.c.start_date)):
            task = found.setdefault(
                (row.dag_id, row.task_id),
                TaskSeconds(dag_id=row.dag_id, task_id=row.task_id, started_at=[], seconds=[]),
            )
            task.started_at.append(row.start_date)
            task.seconds.append(row.duration)
    return sorted(found.values(), key=lambda task: (task.dag_id, task.started_at[-1]))


def run_ids(dag_id: str) -> list[str]:
    """Return the ids of the runs of a DAG that Airflow knows, the newest first."""
    with create_session() as session:
        return list(session.scalars(select(DagRun.run_id).where(DagRun.dag_id == dag_id).order_by(DagRun.id.desc())))


def _state(dag: DagModel, run: DagRun | None, task: TaskInstance | None) -> DagState:
    state = str(run.state) if run else "never run"
    return DagState(
        dag_id=dag.dag_id,
        is_paused=dag.is_paused,
        run_id=run.run_id if run else None,
        state="retrying" if task and task.state == "up_for_retry" else state,
        task_id=task.task_id if task else None,
        started_at=run.start_date if run else None,
        ended_at=run.end_date if run else None,
        next_run_at=dag.next_dagrun_create_after,
    )
