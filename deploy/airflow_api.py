"""Ask Airflow's API, as somebody who is logged in."""

import sys
import time
from collections.abc import Callable
from typing import Any, TypeVar

import requests

T = TypeVar("T")
WAIT_SECONDS = 1800
"""How long each step may take on a busy machine."""


class Airflow:
    """The API of an Airflow whose login is that of docker-compose.yml.

    Args:
        url: its address, without a slash at the end.
        password: the password of the user `admin`.
    """

    def __init__(self, url: str, password: str) -> None:
        self._url = url
        self._password = password
        self._token = ""

    def ask(self, method: str, path: str, **send: Any) -> Any:
        """Ask Airflow's API; a server that does not answer is asked again."""

        def answer() -> Any:
            headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
            try:
                got = requests.request(method, f"{self._url}{path}", headers=headers, timeout=60, **send)
            except (requests.ConnectionError, requests.Timeout):
                return None
            return got if got.status_code < 500 else None

        got = until(f"{method} {path} is answered", answer)
        got.raise_for_status()
        return got.json()

    def log_in(self) -> None:
        """Wait until every part of Airflow is healthy, and log in with the password of `.env`."""

        def is_healthy() -> bool:
            parts = self.ask("GET", "/api/v2/monitor/health")
            return all(part["status"] == "healthy" for part in parts.values())

        until("Airflow is healthy", is_healthy)
        sent = {"username": "admin", "password": self._password}
        self._token = self.ask("POST", "/auth/token", json=sent)["access_token"]

    def trigger(self, dag_id: str, conf: dict[str, Any]) -> str:
        """Start a DAG; return the id of the run."""
        self.ask("PATCH", f"/api/v2/dags/{dag_id}", json={"is_paused": False})
        run = self.ask("POST", f"/api/v2/dags/{dag_id}/dagRuns", json={"logical_date": None, "conf": conf})
        return str(run["dag_run_id"])

    def tasks(self, state: str) -> list[dict[str, Any]]:
        """Return the tries of tasks that are in a state now."""
        found = self.ask("GET", "/api/v2/dags/~/dagRuns/~/taskInstances", params={"state": state, "limit": 100})
        return list(found["task_instances"])

    def running(self, task_id: str) -> list[dict[str, Any]]:
        """Return the tries of tasks of that id which run now."""
        return [task for task in self.tasks("running") if task["task_id"] == task_id]

    def runs_again(self, task: dict[str, Any]) -> bool:
        """Return whether a later try of a task runs, or has ended."""
        path = f"/api/v2/dags/{task['dag_id']}/dagRuns/{task['dag_run_id']}/taskInstances/{task['task_id']}"
        now = self.ask("GET", path)
        return now["try_number"] > task["try_number"] and now["state"] in ("running", "success")

    def wait_for(self, runs: dict[str, str]) -> None:
        """Wait until the runs of these DAGs have succeeded.

        Raises:
            SystemExit: one has failed.
        """

        def are_done() -> bool:
            states = {dag: self.ask("GET", f"/api/v2/dags/{dag}/dagRuns/{run}")["state"] for dag, run in runs.items()}
            if failed := [dag for dag, state in states.items() if state == "failed"]:
                sys.exit(f"{', '.join(failed)} failed.")
            return set(states.values()) == {"success"}

        until(f"{', '.join(runs)} succeed", are_done)


def until(what: str, found: Callable[[], T | None]) -> T:
    """Wait until `found` returns something true, and return that.

    Raises:
        SystemExit: it did not in time.
    """
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        if value := found():
            return value
        time.sleep(0.5)
    sys.exit(f"After {WAIT_SECONDS} s it is not so that {what}.")
