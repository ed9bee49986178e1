"""`python -m orderpaper.run run | backfill | requeue | up | down`: the commands behind the Makefile."""

import contextlib
import json
import os
import sys
import time

from orderpaper.errors import ConfigError, OrderPaperError
from orderpaper.run import airflow_home, child, disk, service, upstream
from orderpaper.run.lock import HomeLock
from orderpaper.run.options import Options, read_options
from orderpaper.run.progress import Progress
from orderpaper.warehouse import summary


def run(options: Options, command: str) -> None:
    """Ingest the days asked for and build the warehouse, through Airflow; then say what there is.

    Args:
        options: the request.
        command: "run"; "backfill": month by month, without what was fetched whole before; or "requeue": nothing is
            fetched, and what is in quarantine is parsed again.

    Raises:
        ConfigError: a backfill without its first day, or another command is using the home.
        OrderPaperError: a task failed, or the pipeline ended unexpectedly.
    """
    if command == "backfill" and not os.environ.get("FROM"):
        raise ConfigError("make backfill needs FROM=YYYY-MM-DD, the first day to fetch.")
    arguments = [str(options.from_on), str(options.to_on)]
    if command == "requeue":
        arguments = ["everything" if os.environ.get("ALL") else "quarantined"]
    lock = HomeLock(options.paths.home, f"make {command}")
    aside = airflow_home.set_aside_if_corrupt(options.paths.airflow)
    if aside:
        sys.stdout.write(f"Airflow's database was damaged: it is now {aside}, and a new one is made.\n")
    log_path = options.paths.root / "logs" / f"{command}-{time.strftime('%Y%m%dT%H%M%S')}.log"
    log_path.parent.mkdir(parents=True, exist_ok=True)
    with log_path.open("wb") as log, contextlib.ExitStack() as world:
        base_url = None
        if command != "requeue":
            base_url = world.enter_context(upstream.running(options, log))
            upstream.fill_inbox(options)
            sys.stdout.write(f"{upstream.describe(options, base_url)}, {options.from_on} to {options.to_on}\n")
            sys.stdout.flush()
        progress = Progress(sys.stdout, shows_days=command == "backfill")
        pipeline = child.start(
            "orderpaper.run.pipeline",
            [command, *arguments],
            environment=airflow_home.settings(options, base_url),
            log=log,
            keep_open=[lock.fileno()],
        )
        try:
            for line in pipeline.stdout or ():
                progress.show(json.loads(line))
            code = pipeline.wait()
        finally:
            child.stop(pipeline)
    if progress.failure:
        raise OrderPaperError(f"{progress.task} failed: {progress.failure} (log: {log_path})")
    if code and disk.is_full(options.paths.home):
        raise OrderPaperError(disk.sentence(options.paths.home, f"at: {progress.task}"))
    if code:
        raise OrderPaperError(f"Airflow ended unexpectedly (exit code {code}) at: {progress.task} (log: {log_path})")
    sys.stdout.write(
        f"\n{summary.render(options.paths, progress.results['audit']['run_id'])}\n\n"
        "To look: `make sql` for a SQL prompt, `make up` for Airflow's web page.\n"
    )


def main() -> int:
    """Do one command; an expected failure is one sentence on standard error."""
    try:
        command = sys.argv[1]
        options = read_options(os.environ)
        if command in ("run", "backfill", "requeue"):
            run(options, command)
        elif command == "up":
            service.up(options, os.environ.get("PORT"))
        else:
            service.down(options.paths)
    except ConfigError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except OrderPaperError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. Nothing is lost: the same command takes the work up again.\n")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
