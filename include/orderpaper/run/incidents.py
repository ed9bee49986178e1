"""Incidents: tasks whose last try failed, each as a file of the realm, until the task succeeds.

A file, and not Airflow's database, because tasks cannot read that database, and because `orderpaper status` then works
without Airflow.
"""

import datetime as dt
import json
from dataclasses import asdict, dataclass, replace

from orderpaper.config import Paths
from orderpaper.run.alerts import Alert
from orderpaper.storage import write_atomically


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """A task that fails, from its first failed try until it succeeds."""

    alert: Alert
    """The alert of the newest failed try."""
    since: dt.datetime
    """When the first try failed."""
    failure_count: int
    """How many tries have failed since then, in this run and in later ones."""
    is_retried: bool
    """Whether Airflow tries again without being told to."""


def begin(paths: Paths, alert: Alert, now: dt.datetime, *, is_retried: bool) -> bool:
    """Keep that a try of a task has failed; return whether this is the first one since the task last succeeded."""
    incident = Incident(alert=alert, since=now, failure_count=1, is_retried=is_retried)
    before = _read(paths, alert.dag_id, alert.task_id)
    if before:
        incident = replace(incident, since=before.since, failure_count=before.failure_count + 1)
    content = {
        **asdict(alert),
        "since": incident.since.isoformat(),
        "failure_count": incident.failure_count,
        "is_retried": is_retried,
    }
    write_atomically(paths.incidents / _name(alert.dag_id, alert.task_id), json.dumps(content).encode())
    return before is None


def end(paths: Paths, dag_id: str, task_id: str) -> Incident | None:
    """Forget the incident of a task that has succeeded; return it, or None if there was none."""
    incident = _read(paths, dag_id, task_id)
    if incident:
        (paths.incidents / _name(dag_id, task_id)).unlink()
    return incident


def read_all(paths: Paths) -> list[Incident]:
    """Return the incidents that have not ended, the oldest first."""
    names = [path.name.removesuffix(".json").split(".") for path in paths.incidents.glob("*.json")]
    found = [_read(paths, dag_id, task_id) for dag_id, task_id in names]
    return sorted((incident for incident in found if incident), key=lambda incident: incident.since)


def _name(dag_id: str, task_id: str) -> str:
    return f"{dag_id}.{task_id}.json"


def _read(paths: Paths, dag_id: str, task_id: str) -> Incident | None:
    try:
        content = json.loads((paths.incidents / _name(dag_id, task_id)).read_bytes())
    except (FileNotFoundError, json.JSONDecodeError):  # a power failure may leave an empty file
        return None
    return Incident(
        since=dt.datetime.fromisoformat(content.pop("since")),
        failure_count=content.pop("failure_count"),
        is_retried=content.pop("is_retried"),
        alert=Alert(**content),
    )
