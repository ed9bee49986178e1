"""The Airflow side of `make run`: every ingest DAG for the days asked, then the build, in this one process.

A child of `orderpaper.run` (see `child`): what Airflow logs goes to standard error, and one JSON line per event to
standard output: `{"event": "started" | "finished" | "failed", "dag": …, "task": …, "seconds": …, "result": …,
"error": …}`.
"""

import json
import os
import sys
import time
from pathlib import Path
from typing import IO, Any

from airflow.dag_processing.dagbag import DagBag
from airflow.listeners import hookimpl
from airflow.models.asset import AssetDagRunQueue
from airflow.sdk.listener import get_listener_manager
from airflow.utils.session import create_session
from sqlalchemy import delete

from orderpaper.run import metadata

BUILD = "build_warehouse"


class Reporter:
    """Airflow listener that turns what happens to tasks into events."""

    def __init__(self, out: IO[str]) -> None:
        self.out = out
        self.started_at = 0.0

    @hookimpl
    def on_task_instance_running(self, task_instance: Any) -> None:
        """A task begins."""
        self.started_at = time.monotonic()
        self.send("started", task_instance)

    @hookimpl
    def on_task_instance_success(self, task_instance: Any) -> None:
        """A task ended well; its return value is the result."""
        self.send("finished", task_instance, result=task_instance.xcom_pull(task_ids=task_instance.task_id))

    @hookimpl
    def on_task_instance_failed(self, task_instance: Any, error: BaseException | str | None) -> None:
        """A task failed; our own errors say what happened, others are named by their type."""
        name = type(error).__name__
        is_expected = name in ("AirflowException", "AirflowFailException")
        self.send("failed", task_instance, error=str(error) if is_expected else f"{name}: {error}")

    def send(self, event: str, task_instance: Any, **more: Any) -> None:
        """Write one event."""
        seconds = round(time.monotonic() - self.started_at, 1)
        line = {"event": event, "dag": task_instance.dag_id, "task": task_instance.task_id, "seconds": seconds, **more}
        self.out.write(json.dumps(line, default=str) + "\n")
        self.out.flush()


def run(from_on: str, to_on: str, reporter: Reporter) -> bool:
    """Run the DAGs in order until one fails; whether all went well."""
    get_listener_manager().add_listener(reporter)  # type: ignore[no-untyped-call]
    dags_folder = os.environ["AIRFLOW__CORE__DAGS_FOLDER"]
    sys.path.insert(0, dags_folder)
    bag = DagBag(dags_folder)
    if bag.import_errors:
        file, error = next(iter(bag.import_errors.items()))
        raise RuntimeError(f"{file}: {error}")
    ingests = sorted(dag_id for dag_id in bag.dags if dag_id != BUILD)
    for dag_id in [*ingests, BUILD]:
        dag = bag.dags[dag_id]
        for task in dag.tasks:
            task.retries = 0  # somebody is watching: fail now, and say why
        conf = {} if dag_id == BUILD else {"from": from_on, "to": to_on}
        if dag.test(run_conf=conf).state != "success":
            return False
    _forget_asset_events()
    return True


def _forget_asset_events() -> None:
    """The build that just ran has seen them: a scheduler started later must not build for them again."""
    with create_session() as session:
        session.execute(delete(AssetDagRunQueue).where(AssetDagRunQueue.target_dag_id == BUILD))


def main() -> int:
    """Entry point: `python -m orderpaper.run.pipeline FROM TO` with the environment of `airflow_home.settings`."""
    events = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    metadata.prepare(Path(os.environ["AIRFLOW_HOME"]))
    return 0 if run(sys.argv[1], sys.argv[2], Reporter(events)) else 1


if __name__ == "__main__":
    sys.exit(main())
