"""The logs of tasks that `make run` runs: each in the file where Airflow's web page looks for it.

A scheduler's worker writes these files. `DAG.test()` does not, so a run of `make run` would have no log on the page.
"""

import datetime as dt
import json
import logging
from pathlib import Path
from typing import Any


class JsonLines(logging.Formatter):
    """A formatter that writes each message as a line of JSON, as Airflow's workers do."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the message, with its time, level and logger, and the traceback if there is one."""
        line = {
            "timestamp": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            "logger": record.name,
        }
        if record.exc_info:
            line["event"] += f"\n{self.formatException(record.exc_info)}"
        return json.dumps(line)


class TaskLog:
    """The log of the task that runs now: everything that this process logs goes to the task's file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.handler: logging.Handler | None = None

    def open(self, task_instance: Any) -> None:
        """Begin the file of a task's try, where Airflow's default `log_filename_template` has it."""
        path = (
            self.folder
            / f"dag_id={task_instance.dag_id}"
            / f"run_id={task_instance.run_id}"
            / f"task_id={task_instance.task_id}"
            / f"attempt={task_instance.try_number}.log"
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        self.handler = logging.FileHandler(path, encoding="utf-8")
        self.handler.setFormatter(JsonLines())
        logging.getLogger().addHandler(self.handler)

    def close(self) -> None:
        """End the file of the task."""
        if self.handler:
            logging.getLogger().removeHandler(self.handler)
            self.handler.close()
            self.handler = None
