"""Tables of what Airflow does: its DAGs, the backfills that somebody started, and the seconds of tasks."""

from orderpaper.run.airflow_state import DagState, TaskSeconds
from warehouse_pages import charts, render
from warehouse_pages.tables import Column, Link, Table, Tag

STATES = {
    "success": Tag("succeeded", "good"),
    "failed": Tag("failed", "bad"),
    "retrying": Tag("failed, tries again", "bad"),
}


def of_dags(dags: list[DagState]) -> Table:
    """Return the DAGs, with their last and next runs."""
    columns = [
        Column("dag", "DAG"),
        Column("state", "state"),
        Column("task", "task"),
        Column("started_at", "last run began"),
        Column("next_run_at", "next run"),
    ]
    rows = [
        {
            "dag": Link(dag.dag_id, f"/dags/{render.path(dag.dag_id)}", is_airflow=True),
            "state": Tag(f"{dag.state}, paused", "warning") if dag.is_paused else STATES.get(dag.state, Tag(dag.state)),
            "task": dag.task_id,
            "started_at": dag.started_at
            and dag.run_id
            and Link(dag.started_at, render.airflow_run(dag.dag_id, dag.run_id), is_airflow=True),
            "next_run_at": dag.next_run_at and f"{dag.next_run_at:%Y-%m-%d %H:%M} UTC",
        }
        for dag in dags
    ]
    return Table(id="dags", columns=columns, rows=rows, empty="Airflow knows no DAG yet.")


def of_backfills(dags: list[DagState]) -> Table:
    """Return the backfills that somebody started in Airflow."""
    columns = [
        Column("dag", "DAG"),
        Column("days", "days"),
        Column("state", "state"),
        Column("done", "runs done"),
        Column("total", "runs in all"),
        Column("failed", "failed"),
        Column("rate", "runs an hour"),
        Column("left", "time left", can_sort=False),
    ]
    rows = [
        {
            "dag": Link(dag.dag_id, f"/dags/{render.path(dag.dag_id)}", is_airflow=True),
            "days": f"{backfill.from_on} to {backfill.to_on}",
            "state": Tag("paused", "warning") if backfill.is_paused else Tag(f"{backfill.done_share:.0%} done"),
            "done": backfill.done_count,
            "total": backfill.total_count,
            "failed": backfill.failed_count,
            "rate": backfill.runs_an_hour and round(backfill.runs_an_hour, 1),
            "left": backfill.left,
        }
        for dag in dags
        if (backfill := dag.backfill)
    ]
    return Table(id="backfills", columns=columns, rows=rows)


def of_tasks(tasks: list[TaskSeconds]) -> Table:
    """Return how long the tasks took in their last runs."""
    columns = [
        Column("dag", "DAG"),
        Column("task", "task"),
        Column("last", "last", "s"),
        Column("longest", "longest", "s"),
        Column("trend", "last runs", can_sort=False),
    ]
    rows = [
        {
            "dag": Link(task.dag_id, f"/dags/{render.path(task.dag_id)}", is_airflow=True),
            "task": task.task_id,
            "last": round(task.seconds[-1], 1),
            "longest": round(max(task.seconds), 1),
            "trend": charts.line(
                task.seconds,
                [render.stamp(at) for at in task.started_at],
                render.seconds,
                f"Seconds of {task.dag_id}.{task.task_id} in the last runs",
            ),
        }
        for task in tasks
    ]
    return Table(id="tasks-table", columns=columns, rows=rows, empty="No task has succeeded yet.")
