"""Run the pipeline in the containers of docker-compose.yml, and compare every mart with those of `make run`.

usage: python deploy/smoke.py [--one-machine HOME] [--no-build] [--keep]

The containers ask a simulated Parliament, which is a container too. A worker is killed while it parses, and the
scheduler while a build runs. Everything is in a project of its own, `orderpaper-smoke`, with secrets and volumes of its
own, which are removed at the end. $COMPOSE says what runs the file: `docker compose` if it is not set.
"""

import argparse
import json
import os
import shlex
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from airflow_api import Airflow, until

from orderpaper.catalogue import Source, load_sources
from orderpaper.config import PROJECT, Paths
from orderpaper.run import compose_env
from orderpaper.run.service import PARTS
from orderpaper.simulate import DEFAULT_FROM, DEFAULT_TO
from orderpaper.warehouse.content import content_hash

NAME = "orderpaper-smoke"
DOWN_SECONDS = 10
"""How long the scheduler is down."""
BEGAN = time.monotonic()
HASHES = "from orderpaper.config import paths; from orderpaper.warehouse.content import content_hash; import json;"
HASHES += "print(json.dumps(content_hash(paths().warehouse)))"


class Containers:
    """The containers of the project."""

    def __init__(self, folder: Path) -> None:
        words = shlex.split(os.environ.get("COMPOSE", "docker compose"))
        self.engine = "podman" if "podman" in words[0] else "docker"
        env = folder / ".env"
        compose_env.complete(env)
        password = dict(line.split("=", 1) for line in env.read_text().splitlines())["ADMIN_PASSWORD"]
        self.inbox = folder / "inbox"
        port = _free_port()
        self.airflow = Airflow(f"http://127.0.0.1:{port}", password)
        self._environment = os.environ | {"PORT": str(port), "INBOX": str(self.inbox)}
        files = ["--file", "docker-compose.yml", "--file", "deploy/compose.smoke.yml"]
        self._compose = [*words, "--project-name", NAME, "--env-file", str(env), *files]

    def compose(self, *arguments: str) -> str:
        """Run a command of compose; return what it prints."""
        return self._run([*self._compose, *arguments])

    def up(self, build: str) -> None:
        """Start all containers from an image that is built, or is there, as `build` says."""
        if self.engine == "docker":
            self.compose("up", "--detach", build)
            return
        # Podman 4 starts `metadata` again before each container that depends on it, and heeds no health check.
        first = ["postgres", "redis", "parliament", "metadata"]
        self.compose("up", "--detach", build, "--no-deps", *first)
        if self._run([self.engine, "wait", *self.of("metadata")]).strip() != "0":
            sys.exit("The metadata database could not be prepared.")
        self.compose("up", "--detach", "--no-build", "--no-deps", *PARTS, "worker", "writer")

    def of(self, service: str) -> list[str]:
        """Return the ids of the containers of a service."""
        labels = [f"label=com.docker.compose.{name}" for name in (f"project={NAME}", f"service={service}")]
        return self._run([self.engine, "ps", "--quiet", "--filter", labels[0], "--filter", labels[1]]).split()

    def kill(self, container: str) -> None:
        """End a container at once, as a failure of its machine would."""
        self._run([self.engine, "kill", "--signal", "KILL", container])

    def start(self, container: str) -> None:
        """Start a container that was killed."""
        self._run([self.engine, "start", container])

    def processes(self, container: str) -> str:
        """Return the command lines of the processes in a container."""
        script = "import psutil; print([p.info for p in psutil.process_iter(['cmdline'])])"
        return self._run([self.engine, "exec", container, "python", "-c", script])

    def _run(self, command: list[str]) -> str:
        done = subprocess.run(command, cwd=PROJECT, env=self._environment, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"`{shlex.join(command)}` failed:\n{done.stdout}{done.stderr}")
        return done.stdout


def say(text: str) -> None:
    """Print a line with the seconds since the start."""
    print(f"{time.monotonic() - BEGAN:6.0f} s  {text}", flush=True)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Run the pipeline in containers and compare it with `make run`.")
    parser.add_argument("--one-machine", type=Path, metavar="HOME", help="the home of a `make run` of today")
    parser.add_argument("--no-build", action="store_true", help="take the image that is there")
    parser.add_argument("--keep", action="store_true", help="leave the containers and volumes as they are at the end")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix=NAME) as folder:
        home = options.one_machine or _run_on_one_machine(Path(folder) / "home")
        expected = content_hash(Paths(home.resolve(), "simulated").warehouse)
        say(f"`make run` on one machine has {len(expected)} marts.")
        containers = Containers(Path(folder))
        _write_inbox(containers.inbox)
        try:
            found = _run_in(containers, "--no-build" if options.no_build else "--build")
        finally:
            if not options.keep:
                containers.compose("down", "--volumes")
                say("The containers and their volumes are removed.")
    if different := sorted(name for name in expected.keys() | found if expected.get(name) != found.get(name)):
        sys.exit(f"{len(different)} marts differ: {', '.join(different)}")
    say(f"All {len(found)} marts of the containers equal those of `make run`.")


def _run_in(containers: Containers, build: str) -> dict[str, str]:
    """Start the containers, run the pipeline in them, and return the hashes of the marts."""
    containers.up(build)
    say("The containers are started.")
    containers.airflow.log_in()
    say("Every part of Airflow is healthy, and the generated password is accepted.")
    return _run_the_pipeline(containers)


def _run_the_pipeline(containers: Containers) -> dict[str, str]:
    """Run the pipeline in the containers with two failures, and return the hashes of the marts."""
    sources = [source for source in load_sources().values() if source.is_enabled]
    first = [source for source in sources if not source.after]
    runs = _ingest(containers, first)
    victim = _kill_a_worker(containers)
    containers.airflow.wait_for(runs)
    containers.start(victim)
    say("The killed worker is started again.")
    containers.airflow.wait_for(_ingest(containers, [source for source in sources if source.after]))
    say("Every source is fetched and parsed.")
    runs = {"build_warehouse": containers.airflow.trigger("build_warehouse", {})}
    _kill_the_scheduler(containers)
    containers.airflow.wait_for(runs)
    say("The warehouse is built, audited and published.")
    return dict(json.loads(containers.compose("exec", "-T", "api-server", "python", "-c", HASHES)))


def _ingest(containers: Containers, sources: list[Source]) -> dict[str, str]:
    """Start the ingest of sources; return the run of each DAG."""
    conf = {"from": f"{DEFAULT_FROM}", "to": f"{DEFAULT_TO}"}
    return {dag: containers.airflow.trigger(dag, conf) for dag in (f"ingest_{source.name}" for source in sources)}


def _kill_a_worker(containers: Containers) -> str:
    """Kill a worker that parses, as soon as one does; return the id of its container."""

    def parsing() -> tuple[str, str] | None:
        for task in containers.airflow.running("parse"):
            for container in containers.of("worker"):
                if f"airflow worker -- {task['id']}" in containers.processes(container):
                    return container, task["dag_id"]
        return None

    container, dag_id = until("a worker parses", parsing)
    containers.kill(container)
    say(f"Killed worker {container[:12]} while it parsed for {dag_id}.")
    return container


def _kill_the_scheduler(containers: Containers) -> None:
    """Kill the scheduler while dbt builds, and start it again a little later."""
    until("dbt builds", lambda: containers.airflow.running("transform"))
    (container,) = containers.of("scheduler")
    containers.kill(container)
    say("Killed the scheduler while dbt built.")
    time.sleep(DOWN_SECONDS)
    containers.start(container)
    say("The scheduler is started again.")


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


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
