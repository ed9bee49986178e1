"""The services of docker-compose.yml run the pipeline on Celery workers, and give the marts of `make run`.

They are processes of this machine, without containers; `make compose-smoke` does the same with containers.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from airflow_api import until
from without_containers import MISSING, Services, running

from orderpaper.catalogue import load_sources
from orderpaper.config import Paths
from orderpaper.run import upstream
from orderpaper.run.options import check
from orderpaper.simulate import DEFAULT_FROM, DEFAULT_TO
from orderpaper.warehouse.content import content_hash

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(bool(MISSING), reason=f"this machine lacks {', '.join(MISSING)}"),
]
DAYS = {"from": f"{DEFAULT_FROM}", "to": f"{DEFAULT_TO}"}


@pytest.fixture
def parliament(tmp_path: Path):
    """Serve the simulated Parliament of `make run`; yield its address."""
    with (tmp_path / "upstream.log").open("wb") as log, upstream.running(check(tmp_path), log) as url:
        yield url


def build(services: Services) -> dict[str, str]:
    return {"build_warehouse": services.airflow.trigger("build_warehouse", {})}


def test_a_worker_parses_again_and_the_writer_builds_what_make_run_has_built(
    copy_home: Callable[[], Path], parliament: str, tmp_path: Path
) -> None:
    home = copy_home()
    paths = Paths(home, "simulated")
    expected = content_hash(paths.warehouse)
    shutil.rmtree(paths.records / "members")
    for file in (paths.build_database, paths.work_database):
        file.unlink()
    with running(home, parliament, tmp_path, ["worker"]) as services:
        services.airflow.wait_for({"ingest_members": services.airflow.trigger("ingest_members", DAYS)})
        services.airflow.wait_for(build(services))
        assert "build_warehouse" in services.log("writer") and "ingest_members" in services.log("worker")
        assert "build_warehouse" not in services.log("worker") and "ingest_members" not in services.log("writer")
    assert content_hash(paths.warehouse) == expected


def test_a_killed_worker_and_a_killed_scheduler_change_no_mart(
    finished_home: Path, parliament: str, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    paths = Paths(home, "simulated")
    upstream.fill_inbox(check(home))
    sources = [source for source in load_sources().values() if source.is_enabled]
    with running(home, parliament, tmp_path, ["one", "two"]) as services:
        airflow = services.airflow
        runs = {f"ingest_{s.name}": airflow.trigger(f"ingest_{s.name}", DAYS) for s in sources if not s.after}
        victim = until(
            "a worker parses", lambda: next(filter(None, map(services.runner_of, airflow.running("parse"))), None)
        )
        services.kill(victim)
        airflow.wait_for(runs)
        services.start("worker", victim)
        airflow.wait_for({f"ingest_{s.name}": airflow.trigger(f"ingest_{s.name}", DAYS) for s in sources if s.after})
        runs = build(services)
        until("dbt builds", lambda: airflow.running("transform"))
        services.kill("scheduler")
        services.start("scheduler")
        airflow.wait_for(runs)
    assert content_hash(paths.warehouse) == content_hash(Paths(finished_home, "simulated").warehouse)
