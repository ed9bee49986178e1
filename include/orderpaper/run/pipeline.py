"""Run the DAGs of `make run` and `make requeue` in this process: the ingest DAGs, or requeue, and then the build.

`orderpaper.run` starts it as a child process (see `child`). Airflow's log goes to standard error. Each event is a line
of JSON on standard output: `{"event": "started" | "finished" | "failed", "dag": …, "task": …, "days": …, "seconds": …,
"result": …, "error": …}`. A backfill also writes `{"event": "months", "done": …, "total": …, "seconds": …}`. The last
event is `{"event": "nothing new"}` if the warehouse is not built, because all that was found is published already.
"""

import datetime as dt
import functools
import importlib
import json
import logging
import os
import sys
import time
from pathlib import Path
from typing import IO, Any

from airflow.api_fastapi.execution_api import versions
from airflow.api_fastapi.execution_api.routes import execution_api_router
from airflow.configuration import conf
from airflow.dag_processing import dagbag
from airflow.dag_processing.dagbag import DagBag
from airflow.listeners import hookimpl
from airflow.models.asset import AssetDagRunQueue
from airflow.observability import stats as core_stats
from airflow.sdk import DAG
from airflow.sdk.listener import get_listener_manager
from airflow.sdk.observability import stats
from airflow.sdk.observability.metrics.stats_utils import get_stats_factory
from airflow.utils.session import create_session
from cadwyn import HeadVersion, Version, VersionBundle
from sqlalchemy import delete, exists, select

from orderpaper import config
from orderpaper.catalogue import load_sources
from orderpaper.landing import Window
from orderpaper.run import backfill, disk, metadata
from orderpaper.run.task_logs import TaskLog
from orderpaper.warehouse import news

log = logging.getLogger("orderpaper.run.pipeline")

BUILD = "build_warehouse"


class Reporter:
    """An Airflow listener that writes an event when a task starts, succeeds or fails."""

    def __init__(self, out: IO[str], task_log: TaskLog) -> None:
        self.out = out
        self.task_log = task_log
        self.began_at = time.monotonic()
        self.started_at = 0.0
        self.month_count = 0
        """How many months of a backfill are done."""
        self.days: Window | None = None
        """The days that are being ingested."""
        self.is_disk_full = False
        """Whether a task has failed because the disk is full, as every other would."""

    @hookimpl
    def on_task_instance_running(self, task_instance: Any) -> None:
        """Write that a task has started."""
        self.started_at = time.monotonic()
        self.task_log.open(task_instance)
        self.send("started", task_instance)

    @hookimpl
    def on_task_instance_success(self, task_instance: Any) -> None:
        """Write that a task has succeeded, with its return value as the result."""
        self.send("finished", task_instance, result=task_instance.xcom_pull(task_ids=task_instance.task_id))

    @hookimpl
    def on_task_instance_failed(self, task_instance: Any, error: BaseException | str | None) -> None:
        """Write that a task has failed. The type of the error is included unless the error is one of our own."""
        name = type(error).__name__
        is_expected = name in ("AirflowException", "AirflowFailException")
        self.is_disk_full = self.is_disk_full or disk.is_said_full(str(error))
        if isinstance(error, BaseException) and not is_expected:
            log.error("Nobody foresaw this error:", exc_info=error)  # the log of the task has the traceback
        self.send("failed", task_instance, error=str(error) if is_expected else f"{name}: {error}")

    def send_months(self, months: tuple[int, int]) -> None:
        """Write how many months of a backfill are done, of how many, if it is another number than before."""
        if months[0] > self.month_count:
            self.month_count = months[0]
            line = {"event": "months", "dag": "", "task": "", "done": months[0], "total": months[1]}
            self._write(line | {"seconds": round(time.monotonic() - self.began_at, 1)})

    def send_nothing_new(self) -> None:
        """Write that the warehouse is not built, because all that was found is published already."""
        self._write({"event": "nothing new", "dag": BUILD, "task": ""})

    def send(self, event: str, task_instance: Any, **more: Any) -> None:
        """Write one event."""
        if event != "started":
            self.task_log.close()
        seconds = round(time.monotonic() - self.started_at, 1)
        line = {
            "event": event,
            "dag": task_instance.dag_id,
            "task": task_instance.task_id,
            "days": f"{self.days.start_on} to {self.days.end_on}" if self.days else "",
            "seconds": seconds,
            **more,
        }
        self._write(line)

    def _write(self, line: dict[str, Any]) -> None:
        self.out.write(json.dumps(line, default=str) + "\n")
        self.out.flush()


def run(window: Window, reporter: Reporter, *, is_backfill: bool) -> bool:
    """Run the ingest DAG of every source, then the build. Return whether all succeeded.

    A source that fails is not asked again, and the others go on. The build follows if there is something to publish. A
    backfill runs month by month and skips days that were fetched completely before, so it can be stopped and run again.
    """
    dags = _dags(reporter)
    sources = [source for source in load_sources().values() if f"ingest_{source.name}" in dags]
    failed: set[str] = set()
    steps = list(backfill.plan(sources, window)) if is_backfill else [(source, window) for source in sources]
    for number, (source, days) in enumerate(steps):
        if is_backfill:
            reporter.send_months(backfill.months_done(steps[:number], steps[number:]))
        if source.name in failed:
            continue
        reporter.days = days
        conf = {"from": f"{days.start_on}", "to": f"{days.end_on}", "is_backfill": is_backfill}
        if dags[f"ingest_{source.name}"].test(run_conf=conf).state != "success":
            failed.add(source.name)
        if reporter.is_disk_full:
            return False
    if is_backfill:
        reporter.send_months(backfill.months_done(steps, []))
    if failed.issuperset(source.name for source in sources if source.connection_id):
        return False
    if not _is_announced() and news.is_published(config.paths()):
        reporter.send_nothing_new()
        return not failed
    return _build(dags) and not failed


def requeue(reporter: Reporter, *, is_everything: bool) -> bool:
    """Parse the documents in quarantine again, then build. Return whether both succeeded."""
    dags = _dags(reporter)
    return dags["requeue"].test(run_conf={"is_everything": is_everything}).state == "success" and _build(dags)


def _dags(reporter: Reporter) -> dict[str, DAG]:
    """Return the DAGs by id. Their tasks are reported to `reporter`."""
    get_listener_manager().add_listener(reporter)  # type: ignore[no-untyped-call]
    metadata.register_dags()
    offer_newest_api_only()
    # `DAG.test()` would write all DAGs to the database again before each run, which takes half a second.
    vars(dagbag)["sync_bag_to_db"] = lambda *_, **__: None
    dags_folder = os.environ["AIRFLOW__CORE__DAGS_FOLDER"]
    sys.path.insert(0, dags_folder)
    bag = DagBag(dags_folder)
    if bag.import_errors:
        file, error = next(iter(bag.import_errors.items()))
        raise RuntimeError(f"{file}: {error}")
    for dag in bag.dags.values():
        for task in dag.tasks:
            task.retries = 0  # a user is waiting, so fail at once
    return bag.dags


def offer_newest_api_only() -> None:
    """Let the API that `DAG.test()` serves inside this process have only the version in which its tasks ask.

    Its eight older versions, for workers of another version of Airflow, take four seconds to prepare.
    """
    vars(versions)["bundle"] = VersionBundle(HeadVersion(), Version(versions.bundle.versions[0].value))
    of_older_versions = "_CADWYN_DELETED_ROUTE"
    routes = execution_api_router.routes
    routes[:] = [route for route in routes if of_older_versions not in getattr(route, "tags", ())]


def _build(dags: dict[str, DAG]) -> bool:
    if dags[BUILD].test().state != "success":
        return False
    _forget_asset_events()
    return True


def _is_announced() -> bool:
    """Return whether a source has announced news since the last build that succeeded."""
    with create_session() as session:
        return bool(session.scalar(select(exists().where(AssetDagRunQueue.target_dag_id == BUILD))))


def _forget_asset_events() -> None:
    """Delete the queued asset events, so that a scheduler started later does not repeat the build."""
    with create_session() as session:
        session.execute(delete(AssetDagRunQueue).where(AssetDagRunQueue.target_dag_id == BUILD))


def _begin_metrics() -> None:
    """Let the metrics of Airflow and of its tasks go where Airflow's settings say, as a scheduler does."""
    is_legacy = conf.getboolean("metrics", "legacy_names_on")
    # OpenTelemetry has one provider in a process, so both share one sender; what a second one holds would be lost.
    # Airflow's serde makes a sender of its own when it is imported, so that comes first.
    importlib.import_module("airflow.sdk.serde")
    sender = functools.cache(get_stats_factory())
    core_stats.initialize(factory=sender, export_legacy_names=is_legacy)
    stats.initialize(factory=sender, export_legacy_names=is_legacy)


def main() -> int:
    """Run the command line: `run FROM TO`, `backfill FROM TO`, `requeue quarantined` or `requeue everything`.

    The environment must be that of `airflow_home.settings`.
    """
    events = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    metadata.prepare(Path(os.environ["AIRFLOW_HOME"]))
    _begin_metrics()
    reporter = Reporter(events, TaskLog(Path(os.environ["AIRFLOW__LOGGING__BASE_LOG_FOLDER"])))
    command, *arguments = sys.argv[1:]
    if command == "requeue":
        is_success = requeue(reporter, is_everything=arguments == ["everything"])
    else:
        window = Window(*map(dt.date.fromisoformat, arguments))
        is_success = run(window, reporter, is_backfill=command == "backfill")
    return 0 if is_success else 1


if __name__ == "__main__":
    sys.exit(main())
