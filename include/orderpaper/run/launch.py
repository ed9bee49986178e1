"""Run the pipeline in a child process and show its progress: `make run`, `make backfill` and `make requeue`."""

import contextlib
import json
import os
import shlex
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from orderpaper import config
from orderpaper.errors import OrderPaperError
from orderpaper.landing import Landing
from orderpaper.landing import set_aside as asides
from orderpaper.run import airflow_home, child, disk, upstream
from orderpaper.run.lock import HomeLock
from orderpaper.run.options import Options
from orderpaper.run.progress import Progress
from orderpaper.warehouse import dbt_project, summary


def ingest(options: Options, *, is_backfill: bool = False) -> None:
    """Fetch the days asked for, build the warehouse and print a summary; a backfill goes month by month.

    A source that fails does not keep the others from being loaded and published.

    Raises:
        BusyError: another command is using the home.
        OrderPaperError: a task failed, or the pipeline ended unexpectedly.
    """
    command = "backfill" if is_backfill else "run"
    with (
        _session(options, command) as (lock, log),
        _read_by_dbt(options, log),
        upstream.running(options, log) as base_url,
    ):
        upstream.fill_inbox(options)
        sys.stdout.write(f"{upstream.describe(options, base_url)}, {options.from_on} to {options.to_on}\n")
        sys.stdout.flush()
        _run_pipeline(options, [command, str(options.from_on), str(options.to_on)], lock, log, base_url)


def requeue(options: Options, *, is_everything: bool) -> None:
    """Parse again what is in quarantine, or everything; then build the warehouse and print a summary.

    Raises:
        BusyError: another command is using the home.
        OrderPaperError: a task failed, or the pipeline ended unexpectedly.
    """
    with _session(options, "requeue") as (lock, log):
        _run_pipeline(options, ["requeue", "everything" if is_everything else "quarantined"], lock, log, None)


def set_aside(options: Options, document_id: str, reason: str | None) -> None:
    """Set a document aside for a reason, or release it if there is none; then build the warehouse and print a summary.

    Raises:
        BusyError: another command is using the home.
        OrderPaperError: there is no such document, or a task failed.
    """
    landing = Landing(options.paths.landing)
    with _session(options, "quarantine") as (lock, log):
        if reason is None:
            asides.release(landing, document_id)
        else:
            asides.set_aside(landing, document_id, reason)
        _run_pipeline(options, ["requeue", "quarantined"], lock, log, None)


@contextlib.contextmanager
def _session(options: Options, command: str) -> Iterator[tuple[HomeLock, IO[bytes]]]:
    """Lock the home, repair Airflow's database if it is damaged, and open the log of this command."""
    lock = HomeLock(options.paths.home, f"make {command}")
    aside = airflow_home.set_aside_if_corrupt(options.paths.airflow)
    if aside:
        sys.stdout.write(f"Airflow's database was damaged. It is now {aside}, and a new one is created.\n")
    log_path = options.paths.root / "logs" / f"{command}-{time.strftime('%Y%m%dT%H%M%S')}.log"
    log_path.parent.mkdir(parents=True, exist_ok=True)
    with log_path.open("wb") as log:
        yield lock, log


@contextlib.contextmanager
def _read_by_dbt(options: Options, log: IO[bytes]) -> Iterator[None]:
    """Let dbt read its project while documents are fetched, because that takes as long, unless it has read it before.

    On Spark, dbt reads it in another environment.
    """
    if config.is_built_on_spark() or dbt_project.is_read(options.paths):
        yield
        return
    arguments = [str(options.paths.home), options.paths.realm]
    reader = child.start("orderpaper.warehouse.dbt_project", arguments, environment=os.environ, log=log, out=log)
    try:
        yield
    finally:
        child.stop(reader)


def _run_pipeline(options: Options, arguments: list[str], lock: HomeLock, log: IO[bytes], base_url: str | None) -> None:
    progress = Progress(sys.stdout, shows_days=arguments[0] == "backfill")
    pipeline = child.start(
        "orderpaper.run.pipeline",
        arguments,
        environment=airflow_home.settings(options, base_url),
        log=log,
        lock=lock.fileno(),
    )
    try:
        for line in pipeline.stdout or ():
            if (event := _event(line)) is not None:
                progress.show(event)
            else:  # what Airflow writes while it is imported
                log.write(line.encode())
        code = pipeline.wait()
    finally:
        child.stop(pipeline)
    log_path = Path(log.name)
    if code and not progress.failures and disk.is_full(options.paths.home):
        raise OrderPaperError(disk.sentence(options.paths.home, f"at: {progress.task}"))
    if code and not progress.failures:
        raise OrderPaperError(f"Airflow ended unexpectedly (exit code {code}) at: {progress.task} (log: {log_path})")
    is_published = "publish" in progress.results
    if is_published:
        sys.stdout.write(f"\n{summary.render(options.paths, progress.results['audit']['run_id'])}\n")
    if progress.is_nothing_new:
        sys.stdout.write(f"\n{summary.nothing_new(options.paths)}\n")
    if progress.failures:
        note = "\nWhat is whole was published; the warehouse lacks what failed." if is_published else ""
        raise OrderPaperError("\n".join(f"{line} (log: {log_path})" for line in progress.failures) + note)
    sys.stdout.write(_next_commands(options.paths.home))


def _event(line: str) -> dict[str, Any] | None:
    """Return the event of a line of `pipeline`; None if the line is none of its own."""
    try:
        event = json.loads(line)
    except json.JSONDecodeError:
        return None
    return event if isinstance(event, dict) and "dag" in event else None


def _next_commands(home: Path) -> str:
    """Return what to do next, as commands that work for the folder that was used."""
    where = "" if home == Path("data").resolve() else f" ORDERPAPER_HOME={shlex.quote(str(home))}"
    return (
        f"\nNext:\n  make sql{where}    open a SQL prompt\n"
        f"  make search{where} Q='knife crime'    search everything that was said\n"
        f"  make up{where}    start Airflow's web page\n"
    )
