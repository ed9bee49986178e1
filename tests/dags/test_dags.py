"""The DAGs as Airflow parses them, in a process and a home of their own."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from orderpaper.catalogue import load_sources
from orderpaper.config import PROJECT

PARSE = """
import json, sys
sys.path.insert(0, sys.argv[1])
from airflow.dag_processing.dagbag import DagBag

bag = DagBag(sys.argv[1])
dags = {
    dag.dag_id: {
        "doc_md": dag.doc_md,
        "tags": sorted(dag.tags),
        "catchup": dag.catchup,
        "max_active_runs": dag.max_active_runs,
        "timetable": type(dag.timetable).__name__,
        "expression": getattr(dag.timetable, "expression", None),
        "triggers": sorted(asset.name for asset in getattr(dag.timetable.asset_condition, "objects", [])),
        "trigger_kind": type(dag.timetable.asset_condition).__name__,
        "params": {name: dag.params[name] for name in dag.params},
        "tasks": {
            task.task_id: {
                "owner": task.owner,
                "retries": task.retries,
                "backoff": task.retry_exponential_backoff,
                "timeout": task.execution_timeout and task.execution_timeout.total_seconds(),
                "pool": task.pool,
                "queue": task.queue,
                "alerts": [getattr(callback, "__name__", "") for callback in task.on_failure_callback],
                "upstream": sorted(task.upstream_task_ids),
                "outlets": sorted(asset.name for asset in task.outlets),
            }
            for task in dag.tasks
        },
    }
    for dag in bag.dags.values()
}
print(json.dumps({"dags": dags, "errors": bag.import_errors}))
"""

UPSTREAM = """
import json, sys
sys.path.insert(0, sys.argv[1])
from airflow.dag_processing.dagbag import DagBag

dag = DagBag(sys.argv[1] + "/build_warehouse.py").dags["build_warehouse"]
print(json.dumps({task.task_id: sorted(task.upstream_task_ids) for task in dag.tasks}))
"""

HEAVY = """
import json, sys
sys.path.insert(0, sys.argv[1])
import build_warehouse, ingest, requeue
print(json.dumps(sorted(name for name in sys.modules if "." not in name)))
"""


FORKING = """
import json, os, sys, traceback
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
import airflow.dag_processing.dagbag, airflow.sdk

for line in sys.stdin:
    script, out, environment = json.loads(line)
    child = os.fork()
    if not child:
        os.environ.update(environment)
        code = 1
        with open(out, "w") as file:
            sys.stdout = sys.stderr = file
            try:
                exec(script, {"__name__": "__main__"})
                code = 0
            except BaseException:
                traceback.print_exc()
        os._exit(code)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), file=answers, flush=True)
"""
"""Imports Airflow, which takes seconds, and runs each script that it is given in a fork of its own."""


def settings(home: Path) -> dict[str, str]:
    return os.environ | {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "ERROR",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
    }


@pytest.fixture(scope="session")
def fork(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Any]]:
    """Return a function that gives the last line that a script prints, decoded; it is given the DAGs folder."""
    home = tmp_path_factory.mktemp("airflow")
    with subprocess.Popen(
        [sys.executable, "-c", FORKING, str(PROJECT / "dags")],
        env=settings(home),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdin
        assert process.stdout
        asked, answered, out = process.stdin, process.stdout, home / "out.txt"

        def run(script: str, **environment: str) -> Any:
            print(json.dumps([script, str(out), environment]), file=asked, flush=True)
            code = answered.readline()
            said = out.read_text()
            assert code == "0\n", said
            return json.loads(said.splitlines()[-1])

        yield run


def run_in_airflow(script: str, home: Path, include: Path | None = None) -> Any:
    """The last line that `script` prints in a process of its own, decoded; it is given the DAGs folder."""
    done = subprocess.run(
        [sys.executable, "-c", script, str(PROJECT / "dags")],
        env=settings(home) | ({"PYTHONPATH": str(include)} if include else {}),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="session")
def parsed(fork: Callable[..., Any]) -> dict[str, Any]:
    """`dags` by id and import `errors`."""
    return fork(PARSE)  # type: ignore[no-any-return]


ENABLED = {name: source for name, source in load_sources().items() if source.is_enabled}


def test_there_is_one_dag_per_enabled_source_and_the_build(parsed: dict[str, Any]) -> None:
    assert parsed["errors"] == {}
    assert len(parsed["dags"]) == len(ENABLED) + 2 >= 8
    assert set(parsed["dags"]) == {f"ingest_{name}" for name in ENABLED} | {"build_warehouse", "requeue"}


def test_another_source_folder_is_another_dag(tmp_path: Path) -> None:
    include = tmp_path / "include"
    shutil.copytree(PROJECT / "include", include, ignore=shutil.ignore_patterns("__pycache__"))
    sources = include / "orderpaper" / "sources"
    facts = (sources / "members" / "source.yml").read_text()
    for name, text in (("another", facts), ("resting", facts.replace("is_enabled: true", "is_enabled: false"))):
        (sources / name).mkdir()
        (sources / name / "source.yml").write_text(text)
    found = run_in_airflow(PARSE, tmp_path / "airflow", include)
    assert found["errors"] == {}
    assert set(found["dags"]) == {f"ingest_{name}" for name in (*ENABLED, "another")} | {"build_warehouse", "requeue"}
    assert "landing_another" in found["dags"]["build_warehouse"]["triggers"]


def test_with_a_setting_spark_loads_and_transforms(fork: Callable[..., Any]) -> None:
    upstream = fork(UPSTREAM, ORDERPAPER_BUILD_ON="spark")
    assert upstream == {"transform": [], "audit": ["transform"], "publish": ["audit"]}


def test_parsing_a_dag_file_imports_nothing_heavy(tmp_path: Path) -> None:
    imported = set(run_in_airflow(HEAVY, tmp_path))
    assert "airflow" in imported
    assert imported & {"duckdb", "dbt", "great_expectations", "pandas", "pyarrow", "lxml"} == set()


def test_every_dag_says_what_to_do_when_it_is_red(parsed: dict[str, Any]) -> None:
    for dag_id, dag in parsed["dags"].items():
        _, _, advice = dag["doc_md"].partition("What to do when it is red")
        for task_id in dag["tasks"]:
            assert f"**{task_id}**" in advice, f"{dag_id} has no advice for {task_id}"


def test_every_dag_links_to_the_runbook_and_every_task_alerts(parsed: dict[str, Any]) -> None:
    for dag in parsed["dags"].values():
        assert "](/warehouse/runbook)" in dag["doc_md"]
        assert [task["alerts"] for task in dag["tasks"].values()] == [["on_failure"]] * len(dag["tasks"])


def test_every_dag_runs_once_at_a_time_and_never_catches_up(parsed: dict[str, Any]) -> None:
    for dag in parsed["dags"].values():
        assert dag["catchup"] is False
        assert dag["max_active_runs"] == 1
        assert dag["tags"]


def test_every_task_has_an_owner_a_limit_and_patience(parsed: dict[str, Any]) -> None:
    for dag in parsed["dags"].values():
        for task in dag["tasks"].values():
            assert task["owner"] not in ("", "airflow")
            assert task["retries"] >= 2
            assert task["backoff"] > 1
            assert task["timeout"] > 0


@pytest.mark.parametrize("name", ENABLED)
def test_an_ingest_fetches_then_parses_data_intervals(parsed: dict[str, Any], name: str) -> None:
    dag, source = parsed["dags"][f"ingest_{name}"], ENABLED[name]
    assert dag["timetable"] == "CronDataIntervalTimetable"
    assert dag["expression"] == source.schedule
    assert dag["params"] == {"from": None, "to": None, "is_backfill": False}
    assert {task_id: task["upstream"] for task_id, task in dag["tasks"].items()} == {
        "fetch": [],
        "parse": ["fetch"],
        "announce": ["parse"],
    }
    assert {task_id: task["outlets"] for task_id, task in dag["tasks"].items() if task["outlets"]} == {
        "announce": [f"landing_{name}"]
    }
    assert {task["owner"] for task in dag["tasks"].values()} == {source.owner}
    # One stream of requests per host: a pool of its own, named as its connection.
    assert dag["tasks"]["fetch"]["pool"] == (source.connection_id or "default_pool")


PARSE_TASK = """
import json, sys
sys.path.insert(0, sys.argv[1])
from types import SimpleNamespace
import ingest
from orderpaper import ingest as library

library.parse = lambda *_: library.ParseSummary("batch", False, 1, {}, 0, 0)
parse = ingest.ingest_dag(ingest.load_sources()["members"]).get_task("parse").python_callable
tries = ((1, False), (2, False), (1, True))
print(json.dumps([
    parse({"manifest": "m", "is_given_again": again}, SimpleNamespace(try_number=number))["is_new"]
    for number, again in tries
]))
"""


def test_a_batch_that_a_killed_try_has_made_or_that_is_given_again_is_announced(fork: Callable[..., Any]) -> None:
    assert fork(PARSE_TASK) == [False, True, True]


def test_any_landing_triggers_the_build_which_writes_alone(parsed: dict[str, Any]) -> None:
    dag = parsed["dags"]["build_warehouse"]
    assert dag["trigger_kind"] == "AssetAny"
    assert dag["triggers"] == sorted(f"landing_{name}" for name in ENABLED)
    assert {task["pool"] for task in dag["tasks"].values()} == {"duckdb_writer"}
    assert {task_id: task["upstream"] for task_id, task in dag["tasks"].items()} == {
        "load": [],
        "transform": ["load"],
        "audit": ["transform"],
        "publish": ["audit"],
    }
    assert dag["tasks"]["publish"]["outlets"] == ["warehouse"]


def test_only_what_writes_the_warehouse_goes_to_the_queue_of_its_worker(parsed: dict[str, Any]) -> None:
    queues = {dag_id: {task["queue"] for task in dag["tasks"].values()} for dag_id, dag in parsed["dags"].items()}
    assert queues.pop("build_warehouse") == {"writer"}
    assert set.union(*queues.values()) == {"default"}


def test_requeue_is_started_by_hand_and_announces_every_landing(parsed: dict[str, Any]) -> None:
    dag = parsed["dags"]["requeue"]
    assert dag["timetable"] == "NullTimetable"
    assert dag["params"] == {"is_everything": False}
    assert {task_id: task["upstream"] for task_id, task in dag["tasks"].items()} == {
        "requeue": [],
        "announce": ["requeue"],
    }
    assert dag["tasks"]["announce"]["outlets"] == parsed["dags"]["build_warehouse"]["triggers"]


WINDOW = """
import json, sys
sys.path.insert(0, sys.argv[1])
import pendulum
from ingest import window
from orderpaper.errors import ConfigError

def days(params, start=None, end=None):
    try:
        found = window(params, start and pendulum.parse(start), end and pendulum.parse(end))
    except ConfigError:
        return "refused"
    assert {type(found.start_on).__module__, type(found.end_on).__module__} == {"datetime"}
    return [str(found.start_on), str(found.end_on)]

none = {"from": None, "to": None}
print(json.dumps({
    "given": days({"from": "2024-11-01", "to": "2024-11-20"}, "2026-01-01", "2026-01-02"),
    "midnight": days(none, "2025-03-10T00:00Z", "2025-03-11T00:00Z"),
    "morning": days(none, "2025-03-10T05:30Z", "2025-03-11T05:30Z"),
    "six hours": days(none, "2025-03-10T12:15Z", "2025-03-10T18:15Z"),
    "one end": days({"from": "2024-11-01", "to": None}, "2026-01-01", "2026-01-02"),
    "nothing": days(none),
    "backwards": days({"from": "2024-11-20", "to": "2024-11-01"}),
}))
"""


def test_the_days_of_a_run(fork: Callable[..., Any]) -> None:
    assert fork(WINDOW) == {
        "given": ["2024-11-01", "2024-11-20"],
        "midnight": ["2025-03-10", "2025-03-10"],
        "morning": ["2025-03-10", "2025-03-11"],
        "six hours": ["2025-03-09", "2025-03-10"],
        "one end": "refused",
        "nothing": "refused",
        "backwards": "refused",
    }


BASE_URL = """
import json, os, sys
sys.path.insert(0, sys.argv[1])
from airflow.sdk import Connection
from airflow.sdk.exceptions import AirflowNotFoundException
import _wiring
from orderpaper.catalogue import load_sources

source = load_sources()["members"]
known = {
    "url": Connection(conn_id="c", conn_type="http", host="http://127.0.0.1:4711"),
    "parts": Connection(conn_id="c", conn_type="http", host="mirror.example", schema="http", port=8080),
    "host": Connection(conn_id="c", conn_type="http", host="mirror.example"),
    "login": Connection(conn_id="c", conn_type="http", host="mirror.example", login="desk", password="p@ss/1"),
    "url_login": Connection(conn_id="c", conn_type="http", host="http://a.example/v1", login="desk", password="p:1"),
    "empty": Connection(conn_id="c", conn_type="http"),
}
found = {}
for name, connection in known.items():
    Connection.get = staticmethod(lambda _, connection=connection: connection)
    found[name] = _wiring.base_url(source)
def missing(_):
    raise AirflowNotFoundException("no such connection")
Connection.get = staticmethod(missing)
found["missing"] = _wiring.base_url(source)
print(json.dumps(found | {"public": source.base_url}))
"""


def test_a_connection_says_where_the_upstream_is(fork: Callable[..., Any]) -> None:
    found = fork(BASE_URL)
    public = ENABLED["members"].base_url
    assert found == {
        "url": "http://127.0.0.1:4711",
        "parts": "http://mirror.example:8080",
        "host": "https://mirror.example",
        "login": "https://desk:p%40ss%2F1@mirror.example",
        "url_login": "http://desk:p%3A1@a.example/v1",
        "empty": public,
        "missing": public,
        "public": public,
    }


RETRIED = """
import json, sys
sys.path.insert(0, sys.argv[1])
from airflow.sdk.exceptions import AirflowFailException
from _wiring import errors_in_one_sentence
from orderpaper.errors import ConfigError, StorageError, UpstreamError

found = {}
for kind in (ConfigError, StorageError, UpstreamError):
    try:
        with errors_in_one_sentence():
            raise kind("No answer.")
    except Exception as error:
        found[kind.__name__] = [str(error), not isinstance(error, AirflowFailException)]
print(json.dumps(found))
"""


def test_what_may_succeed_later_is_tried_again(fork: Callable[..., Any]) -> None:
    assert fork(RETRIED) == {
        "ConfigError": ["No answer.", False],
        "StorageError": ["No answer.", True],
        "UpstreamError": ["No answer.", True],
    }
