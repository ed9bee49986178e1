"""Run the pipeline in the containers of docker-compose.yml, and compare every mart with those of `make run`.

usage: python deploy/smoke.py [--faults NAME ...] [--one-machine HOME] [--no-build] [--keep]

Each worker asks a simulated Parliament in its own container. While the pipeline runs, parts are broken, one after the
other, as the names of faults.py say; `schedulers` starts a second scheduler, and each fault of storage puts the landing
zone, the records and what is published on object storage. Everything is in a project of its own, `orderpaper-smoke`,
with secrets and volumes of its own, which are removed at the end. $COMPOSE runs the file: `docker compose` unless set.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import faults
from containers import NAME, Containers, say

from orderpaper.catalogue import Source, load_sources
from orderpaper.config import PROJECT, Paths
from orderpaper.simulate import DEFAULT_FROM, DEFAULT_TO
from orderpaper.warehouse.content import content_hash

FAULTS = [*faults.IN_INGEST, *faults.IN_BUILD, "schedulers"]
HASHES = "from orderpaper.config import paths; from orderpaper.warehouse.content import content_hash; import json;"
HASHES += "print(json.dumps(content_hash(paths().warehouse)))"


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Run the pipeline in containers and compare it with `make run`.")
    parser.add_argument("--faults", nargs="*", choices=FAULTS, default=["worker", "scheduler"], metavar="NAME",
                        help=f"what is broken: {', '.join(FAULTS)}; worker and scheduler unless given")  # fmt: skip
    parser.add_argument("--one-machine", type=Path, metavar="HOME", help="the home of a `make run` of today")
    parser.add_argument("--no-build", action="store_true", help="take the image that is there")
    parser.add_argument("--keep", action="store_true", help="leave the containers and volumes as they are at the end")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix=NAME) as folder:
        home = options.one_machine or _run_on_one_machine(Path(folder) / "home")
        expected = content_hash(Paths(home.resolve(), "simulated").warehouse)
        say(f"`make run` on one machine has {len(expected)} marts.")
        profiles = ["storage"] if any(name.startswith("storage") for name in options.faults) else []
        containers = Containers(Path(folder), profiles, schedulers=1 + ("schedulers" in options.faults))
        _write_inbox(containers.inbox)
        try:
            containers.up("--no-build" if options.no_build else "--build")
            say("The containers are started.")
            containers.airflow.log_in()
            say("Every part of Airflow is healthy, and the generated password is accepted.")
            found = _run_the_pipeline(containers, options.faults)
        finally:
            if not options.keep:
                containers.compose("down", "--volumes")
                say("The containers and their volumes are removed.")
    if different := sorted(name for name in expected.keys() | found if expected.get(name) != found.get(name)):
        sys.exit(f"{len(different)} marts differ: {', '.join(different)}")
    say(f"All {len(found)} marts of the containers equal those of `make run`.")


def _run_the_pipeline(containers: Containers, names: list[str]) -> dict[str, str]:
    """Run the pipeline in the containers with these faults, and return the hashes of the marts."""
    sources = [source for source in load_sources().values() if source.is_enabled]
    first = [source for source in sources if not source.after]
    during = [happen for name, happen in faults.IN_INGEST.items() if name in names]
    # Each fault has sources of its own to ingest, so that something is under way.
    for number, happen in enumerate(during):
        runs = _ingest(containers, first[number :: len(during)])
        happen(containers)
        containers.airflow.wait_for(runs)
    if not during:
        containers.airflow.wait_for(_ingest(containers, first))
    containers.airflow.wait_for(_ingest(containers, [source for source in sources if source.after]))
    say("Every source is fetched and parsed.")
    runs = {"build_warehouse": containers.airflow.trigger("build_warehouse", {})}
    for name, happen in faults.IN_BUILD.items():
        if name in names:
            happen(containers)
    containers.airflow.wait_for(runs)
    say("The warehouse is built, audited and published.")
    return dict(json.loads(containers.compose("exec", "-T", "api-server", "python", "-c", HASHES)))


def _ingest(containers: Containers, sources: list[Source]) -> dict[str, str]:
    """Start the ingest of sources; return the run of each DAG."""
    conf = {"from": f"{DEFAULT_FROM}", "to": f"{DEFAULT_TO}"}
    return {dag: containers.airflow.trigger(dag, conf) for dag in (f"ingest_{source.name}" for source in sources)}


def _run_on_one_machine(home: Path) -> Path:
    environment = os.environ | {"ORDERPAPER_HOME": str(home)}
    subprocess.run([sys.executable, "-m", "orderpaper", "run"], cwd=PROJECT, env=environment, check=True)
    return home


def _write_inbox(folder: Path) -> None:
    """Write the saved documents that `make run` has in its inbox, so that a container may read them."""
    command = [sys.executable, "-m", "orderpaper.simulate", "write-documents", "--directory", str(folder)]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


if __name__ == "__main__":
    main()
