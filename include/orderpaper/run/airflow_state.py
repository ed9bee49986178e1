"""Read from Airflow's own database what each DAG does now, for the page that its API server serves."""

import datetime as dt
from dataclasses import dataclass

from airflow.models.dag import DagModel
from airflow.models.dagrun import DagRun
from airflow.models.taskinstance import TaskInstance
from airflow.utils.session import create_session
from sqlalchemy import func, select

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
        return [_state(dag, runs.get(dag.dag_id), tasks.get(dag.dag_id)) for dag in dags]


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
