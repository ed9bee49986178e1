"""The containers of the smoke run: docker-compose.yml as a project of its own, by Docker or by Podman."""

import os
import shlex
import socket
import subprocess
import sys
import time
from pathlib import Path

from airflow_api import Airflow

from orderpaper.config import PROJECT
from orderpaper.run import compose_env
from orderpaper.run.service import PARTS

NAME = "orderpaper-smoke"
BEGAN = time.monotonic()


class Containers:
    """The containers of the project.

    Args:
        folder: where its secrets and its inbox are.
        profiles: the profiles of the compose file that are started too.
        schedulers: how many schedulers there are.
    """

    def __init__(self, folder: Path, profiles: list[str], schedulers: int) -> None:
        words = shlex.split(os.environ.get("COMPOSE", "docker compose"))
        self.engine = "podman" if "podman" in words[0] else "docker"
        env = folder / ".env"
        compose_env.complete(env)
        secrets = dict(line.split("=", 1) for line in env.read_text().splitlines())
        self.inbox = folder / "inbox"
        port = _free_port()
        self.airflow = Airflow(f"http://127.0.0.1:{port}", secrets["ADMIN_PASSWORD"])
        self._environment = os.environ | {"PORT": str(port), "INBOX": str(self.inbox), "SCHEDULERS": str(schedulers)}
        if "storage" in profiles:
            places = ("ORDERPAPER_LANDING", "ORDERPAPER_RECORDS", "ORDERPAPER_PUBLISH")
            self._environment |= dict.fromkeys(places, "s3://orderpaper/smoke") | {
                "AWS_ENDPOINT_URL": "http://storage:8333",
                "AWS_ACCESS_KEY_ID": "orderpaper",
                "AWS_SECRET_ACCESS_KEY": secrets["AIRFLOW_SECRET_KEY"],
            }
        self._profiles = profiles
        files = ["--file", "docker-compose.yml", "--file", "deploy/compose.smoke.yml"]
        chosen = [word for profile in profiles for word in ("--profile", profile)]
        self._compose = [*words, "--project-name", NAME, "--env-file", str(env), *files, *chosen]

    def compose(self, *arguments: str) -> str:
        """Run a command of compose; return what it prints."""
        return self._run([*self._compose, *arguments])

    def up(self, build: str) -> None:
        """Start all containers from an image that is built, or is there, as `build` says."""
        if self.engine == "docker":
            self.compose("up", "--detach", build)
            return
        # Podman 4 starts `metadata` again before each container that depends on it, and heeds no health check.
        self.compose("up", "--detach", build, "--no-deps", "postgres", "redis", "metadata", *self._profiles)
        if self._run([self.engine, "wait", *self.of("metadata")]).strip() != "0":
            sys.exit("The metadata database could not be prepared.")
        self.compose("up", "--detach", "--no-build", "--no-deps", *PARTS, "worker", "writer")

    def of(self, service: str) -> list[str]:
        """Return the ids of the containers of a service that run."""
        labels = [f"label=com.docker.compose.{name}" for name in (f"project={NAME}", f"service={service}")]
        return self._run([self.engine, "ps", "--quiet", "--filter", labels[0], "--filter", labels[1]]).split()

    def kill(self, container: str) -> None:
        """End a container at once, as a failure of its machine would."""
        self._run([self.engine, "kill", "--signal", "KILL", container])

    def start(self, container: str) -> None:
        """Start a container that was killed."""
        self._run([self.engine, "start", container])

    def freeze(self, container: str) -> None:
        """Let no process of a container go on."""
        self._run([self.engine, "pause", container])

    def thaw(self, container: str) -> None:
        """Let the processes of a frozen container go on where they are."""
        self._run([self.engine, "unpause", container])

    def disconnect(self, container: str) -> None:
        """Take a container off the network."""
        self._run([self.engine, "network", "disconnect", f"{NAME}_default", container])

    def connect(self, container: str) -> None:
        """Put a container on the network again."""
        self._run([self.engine, "network", "connect", f"{NAME}_default", container])

    def redis(self, container: str, *command: str) -> str:
        """Give Redis a command; return what it answers."""
        return self._run([self.engine, "exec", container, "redis-cli", *command]).strip()

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


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
