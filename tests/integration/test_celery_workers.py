"""The services of docker-compose.yml run the pipeline on Celery workers, and give the marts of `make run`.

They are processes of this machine, without containers; `make compose-smoke` does the same with containers.
"""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from airflow_api import until
from without_containers import MISSING, running

from orderpaper.catalogue import load_sources
from orderpaper.config import Paths
from orderpaper.run import upstream
from orderpaper.run.options import check
from orderpaper.simulate import DEFAULT_FROM, DEFAULT_MEMBERS, DEFAULT_TO
from orderpaper.warehouse.content import content_hash

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(bool(MISSING), reason=f"this machine lacks {', '.join(MISSING)}"),
]
DAYS = {"from": f"{DEFAULT_FROM}", "to": f"{DEFAULT_TO}"}


@pytest.fixture
def parliament(tmp_path: Path) -> Iterator[str]:
    """Serve the simulated Parliament of `make run`; yield its address."""
    with (tmp_path / "upstream.log").open("wb") as log, upstream.running(check(tmp_path), log) as url:
        yield url


def test_a_worker_parses_and_the_writer_loads(parliament: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with running(home, parliament, tmp_path, ["worker"]) as services:
        services.airflow.wait_for({"ingest_members": services.airflow.trigger("ingest_members", DAYS)})
        services.airflow.trigger("build_warehouse", {})
        until("the next task after the load runs", lambda: services.airflow.running("transform"))
        services.kill("writer")  # the rest of the build is not looked at
        assert "ingest_members" in services.log("worker") and "ingest_members" not in services.log("writer")
        assert "build_warehouse" in services.log("writer") and "build_warehouse" not in services.log("worker")
    with duckdb.connect(Paths(home, "simulated").work_database, read_only=True) as work:
        (count,) = work.execute("SELECT count(DISTINCT member_id) FROM raw.member").fetchone() or (0,)
    assert count >= DEFAULT_MEMBERS


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
        runs = {"build_warehouse": airflow.trigger("build_warehouse", {})}
        until("dbt builds", lambda: airflow.running("transform"))
        services.kill("scheduler")
        services.start("scheduler")
        airflow.wait_for(runs)
    assert content_hash(paths.warehouse) == content_hash(Paths(finished_home, "simulated").warehouse)
