"""The services of docker-compose.yml as processes of this machine, with the commands and settings of that file.

Postgres and Redis are those that are installed here; what else they need is in .deploy, which `make .deploy/installed`
makes. Each process listens on loopback.
"""

import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psutil
import yaml
from airflow_api import Airflow, until

from orderpaper.config import PROJECT
from orderpaper.run import compose_env

EXTRA = PROJECT / ".deploy"


def _program(name: str) -> str | None:
    """Return the path of a program of Postgres or Redis; Debian keeps those of Postgres out of the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return shutil.which(name) or (str(found[-1]) if found else None)


MISSING = [name for name in ("initdb", "postgres", "createdb", "redis-server") if not _program(name)]
MISSING += [] if (EXTRA / "celery").is_dir() else [".deploy (make .deploy/installed)"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Services:
    """The processes of one project.

    Args:
        home: `$ORDERPAPER_HOME`, in place of the volume `data`.
        parliament: the address of the simulated Parliament.
        folder: where the logs are.
    """

    def __init__(self, home: Path, parliament: str, folder: Path) -> None:
        self._folder = folder
        self._env = {name: make() for name, make in compose_env.SECRETS.items()}
        self._ports = {name: free_port() for name in ("postgres", "redis", "api-server", "health")}
        url = f"http://127.0.0.1:{self._ports['api-server']}"
        self._places = {
            "@postgres/": f"@127.0.0.1:{self._ports['postgres']}/",
            "@redis:6379/": f"@127.0.0.1:{self._ports['redis']}/",
            "http://api-server:8080": url,
            "http://127.0.0.1:8080": url,
            "http://127.0.0.1:8000": parliament,
            "/orderpaper": str(PROJECT),
            "/inbox": str(home / "simulated" / "inbox"),
            "/data": str(home),
        }
        self._everywhere = {
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "HOME": str(folder),
            "PYTHONPATH": str(EXTRA),
            "ORDERPAPER_HOME": str(home),
            "AIRFLOW_HOME": str(home / "airflow"),
            "AIRFLOW__API__HOST": "127.0.0.1",
            "AIRFLOW__API__PORT": str(self._ports["api-server"]),
            "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_PORT": str(self._ports["health"]),
        }
        self._compose = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())["services"]
        self._smoke = yaml.safe_load((PROJECT / "deploy" / "compose.smoke.yml").read_text())["services"]
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self.airflow = Airflow(url, self._env["ADMIN_PASSWORD"])

    def start(self, service: str, name: str = "") -> None:
        """Start a service as a process of that name."""
        described = self._compose[service]
        settings = described["environment"] | self._smoke[service].get("environment", {})
        environment = {key: self._here(value) for key, value in settings.items()} | self._everywhere
        command = shlex.split(self._interpolated(described["command"]))
        if "celery" in command:
            command += ["--celery-hostname", name or service]
        self._begin(name or service, command, env=environment)

    def finish(self, service: str) -> None:
        """Run a service to its end."""
        self.start(service)
        assert self._processes.pop(service).wait() == 0, self.log(service)

    def start_postgres(self, data: Path) -> None:
        """Start an empty Postgres with the user and the database of the compose file."""
        owner: dict[str, Any] = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
        if owner:
            shutil.chown(data, **owner)
        asked = {key: self._interpolated(value) for key, value in self._compose["postgres"]["environment"].items()}
        secret = data.with_suffix(".password")
        secret.write_text(asked["POSTGRES_PASSWORD"])
        secret.chmod(0o644)
        user, password = asked["POSTGRES_USER"], asked["POSTGRES_PASSWORD"]
        made = [
            _program("initdb"),
            f"--pgdata={data}",
            f"--username={user}",
            f"--pwfile={secret}",
            "--auth=scram-sha-256",
        ]
        subprocess.run([*made, "--no-sync", "--encoding=UTF8"], check=True, capture_output=True, cwd=data, **owner)
        secret.unlink()
        place = ["-c", "listen_addresses=127.0.0.1", "-c", f"port={self._ports['postgres']}", "-c", "fsync=off"]
        self._begin("postgres", [_program("postgres"), "-D", str(data), "-k", str(data), *place], cwd=data, **owner)
        where = ["--host=127.0.0.1", f"--port={self._ports['postgres']}", f"--username={user}"]
        creating = [_program("createdb"), *where, "--maintenance-db=postgres", asked["POSTGRES_DB"]]
        environment = os.environ | {"PGPASSWORD": password}
        until(
            "Postgres answers",
            lambda: subprocess.run(creating, env=environment, capture_output=True, check=False).returncode == 0,
        )

    def start_redis(self) -> None:
        """Start an empty Redis with the command of the compose file."""
        described = self._compose["redis"]
        place = f" --bind 127.0.0.1 --port {self._ports['redis']} --dir {self._folder} <<END"
        *shell, script = [self._interpolated(word) for word in described["command"]]
        environment = {key: self._interpolated(value) for key, value in described["environment"].items()}
        self._begin("redis", [*shell, script.replace(" <<END", place)], env=environment | {"PATH": os.environ["PATH"]})

    def kill(self, name: str) -> None:
        """End a process and all that it has started at once, as a failure of its machine would."""
        process = self._processes.pop(name)
        family = [psutil.Process(process.pid), *psutil.Process(process.pid).children(recursive=True)]
        for member in family:
            with suppress(psutil.NoSuchProcess):
                member.kill()
        psutil.wait_procs(family, timeout=20)
        process.wait()

    def runner_of(self, task: dict[str, Any]) -> str | None:
        """Return the name of the worker that runs a try of a task."""
        for name, process in self._processes.items():
            for each in psutil.Process(process.pid).children(recursive=True):
                try:
                    if f"airflow worker -- {task['id']}" in " ".join(each.cmdline()):
                        return name
                except psutil.NoSuchProcess:
                    continue
        return None

    def stop(self) -> None:
        """End every process; Postgres and Redis last."""
        for name in reversed(list(self._processes)):
            self._processes[name].terminate()
            if name in ("postgres", "redis"):
                continue
        deadline = time.monotonic() + 20
        while any(process.poll() is None for process in self._processes.values()) and time.monotonic() < deadline:
            time.sleep(0.1)
        for name in list(self._processes):
            if self._processes[name].poll() is None:
                self.kill(name)

    def log(self, name: str) -> str:
        """Return what a process has written."""
        return (self._folder / f"{name}.log").read_text(errors="replace")

    def _begin(self, name: str, command: list[Any], **options: Any) -> None:
        with (self._folder / f"{name}.log").open("ab") as out:
            self._processes[name] = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True, **options
            )

    def _here(self, value: str) -> str:
        """Return a value of the file as it is without containers."""
        places = re.compile("|".join(map(re.escape, self._places)))
        return places.sub(lambda found: self._places[found[0]], self._interpolated(str(value)))

    def _interpolated(self, text: str) -> str:
        """Return a text of the file with its variables replaced, as compose does it."""

        def value(found: re.Match[str]) -> str:
            name, operator, default = found.groups()
            return self._env.get(name) or (default if operator == "-" else "")

        return re.sub(r"\$\{(\w+)(?::([?-])([^}]*))?\}", value, text).replace("$$", "$")


@contextmanager
def running(home: Path, parliament: str, folder: Path, workers: list[str]) -> Iterator[Services]:
    """Start the services that run a DAG, with several workers, while the context lasts."""
    services = Services(home, parliament, folder)
    data = Path(tempfile.mkdtemp(prefix="orderpaper-postgres-"))  # a user `postgres` may not enter the folder of a test
    try:
        services.start_postgres(data)
        services.start_redis()
        services.finish("metadata")
        services.start("api-server")
        services.start("dag-processor")
        services.start("triggerer")
        services.start("scheduler")
        services.start("writer")
        for name in workers:
            services.start("worker", name)
        services.airflow.log_in()
        yield services
    finally:
        services.stop()
        shutil.rmtree(data, ignore_errors=True)
