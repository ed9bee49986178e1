"""The faults that the smoke run can have: each breaks a part in the middle of its work, and mends it a little later."""

import time
from collections.abc import Callable
from typing import Any

from airflow_api import until
from containers import Containers, say

DOWN_SECONDS = 10
"""How long the scheduler and Postgres are down."""
OUTAGE_SECONDS = 600
"""How long the object storage is down: longer than a request is repeated, so the task must be tried again."""


def worker(containers: Containers) -> None:
    """End a worker that parses at once, as a failure of its machine would."""
    _lose_a_worker(containers, "was killed", containers.kill, containers.start)


def frozen(containers: Containers) -> None:
    """Let a worker that parses stand still until another has taken over, and then go on."""
    _lose_a_worker(containers, "was frozen", containers.freeze, containers.thaw)


def network(containers: Containers) -> None:
    """Take a worker that parses off the network until another has taken over."""
    _lose_a_worker(containers, "lost its network", containers.disconnect, containers.connect)


def redis(containers: Containers) -> None:
    """Empty Redis while it holds a task that no worker has taken."""
    workers = containers.of("worker")
    for each in workers:
        containers.kill(each)
    (container,) = containers.of("redis")
    until("a task waits in Redis", lambda: containers.redis(container, "llen", "default") != "0")
    containers.redis(container, "flushall")
    say("Emptied Redis while a task waited in it.")
    for each in workers:
        containers.start(each)


def storage_fetch(containers: Containers) -> None:
    """Stop the object storage for some minutes while a worker fetches."""
    _lose_storage("fetch", containers)


def storage_parse(containers: Containers) -> None:
    """Stop the object storage for some minutes while a worker parses."""
    _lose_storage("parse", containers)


def storage_load(containers: Containers) -> None:
    """Stop the object storage for some minutes while records are loaded."""
    _lose_storage("load", containers)


def storage_publish(containers: Containers) -> None:
    """Stop the object storage for some minutes while the snapshot is published."""
    _lose_storage("publish", containers)


def scheduler(containers: Containers) -> None:
    """Kill the scheduler while dbt builds."""
    until("dbt builds", lambda: containers.airflow.running("transform"))
    _stop("scheduler", DOWN_SECONDS, containers)


def postgres(containers: Containers) -> None:
    """Kill Postgres while a task of the build runs."""
    until("a task of the build runs", lambda: containers.airflow.tasks("running"))
    _stop("postgres", DOWN_SECONDS, containers)


IN_INGEST = {each.__name__: each for each in (worker, frozen, network, redis, storage_fetch, storage_parse)}
IN_BUILD = {each.__name__: each for each in (storage_load, scheduler, postgres, storage_publish)}
"""In the order of the tasks in which they happen."""


def _stop(service: str, seconds: float, containers: Containers) -> None:
    """Kill one container of a service, and start it again after some seconds."""
    container = containers.of(service)[0]
    containers.kill(container)
    say(f"Killed {service} {container[:12]}.")
    time.sleep(seconds)
    containers.start(container)
    say(f"Started {service} again after {seconds} s.")


def _lose_storage(task_id: str, containers: Containers) -> None:
    """Stop the object storage for some minutes while a task runs, which must then be tried again."""
    tasks = until(f"{task_id} runs", lambda: containers.airflow.running(task_id))
    _stop("storage", OUTAGE_SECONDS, containers)
    until(f"another try of {task_id} runs", lambda: any(containers.airflow.runs_again(task) for task in tasks))
    say(f"Another try of {task_id} runs.")


def _lose_a_worker(containers: Containers, how: str, lose: Callable[[str], None], find: Callable[[str], None]) -> None:
    """Lose a worker that parses, and have it back when another try of its task runs."""

    def parsing() -> tuple[dict[str, Any], str] | None:
        for task in containers.airflow.running("parse"):
            for container in containers.of("worker"):
                if f"airflow worker -- {task['id']}" in containers.processes(container):
                    return task, container
        return None

    task, container = until("a worker parses", parsing)
    lose(container)
    say(f"Worker {container[:12]} {how} while it parsed for {task['dag_id']}.")
    until("another try runs", lambda: containers.airflow.runs_again(task))
    find(container)
    say("Another try runs, and the worker is back.")
