"""Airflow in background processes on loopback: `make up` and `make down`."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import psutil

from orderpaper.config import Paths
from orderpaper.errors import ConfigError, OrderPaperError
from orderpaper.run import airflow_home, child, lock, upstream
from orderpaper.run.options import Options

HOST = "127.0.0.1"
DEFAULT_PORT = 8080
PARTS = {
    "api-server": ["api-server"],
    "scheduler": ["scheduler", "--skip-serve-logs"],
    "dag-processor": ["dag-processor"],
    "triggerer": ["triggerer", "--skip-serve-logs"],
}
START_SECONDS = 180
STOP_SECONDS = 6


@dataclass(frozen=True, slots=True)
class Service:
    """The processes that `make up` started, kept in `services.json` so that `make down` finds every one of them."""

    file: Path
    url: str
    processes: dict[str, tuple[int, float]]
    """Name → process id and start time. The id alone could by now belong to another process."""

    @classmethod
    def read(cls, paths: Paths) -> "Service | None":
        """Return the service that `make up` left in a home, whether or not its processes still run."""
        file = paths.airflow / "services.json"
        if not file.exists():
            return None
        state = json.loads(file.read_text())
        return cls(file, state["url"], {name: (pid, born) for name, (pid, born) in state["processes"].items()})

    def alive(self) -> dict[str, psutil.Process]:
        """Return its processes that still run."""
        found = {}
        for name, (pid, born) in self.processes.items():
            try:
                process = psutil.Process(pid)
            except psutil.NoSuchProcess:
                continue
            if process.create_time() == born and _is_alive(process):
                found[name] = process
        return found

    def add(self, name: str, process: subprocess.Popen[str]) -> None:
        """Add a process that was just started, and save."""
        self.processes[name] = (process.pid, psutil.Process(process.pid).create_time())
        self.save()

    def save(self) -> None:
        """Write `services.json` atomically."""
        temporary = self.file.with_suffix(".tmp")
        temporary.write_text(json.dumps({"url": self.url, "processes": self.processes}))
        temporary.replace(self.file)

    def stop(self) -> None:
        """End every process and what is left of its group. The API server ends last: the others report to it."""
        alive = self.alive()
        last = [alive.pop(name) for name in ("api-server", "upstream") if name in alive]
        _end(list(alive.values()))
        _end(last)
        for pid, born in self.processes.values():
            if _started_at(pid) in (born, None):  # no other process has the id by now, so none has the group
                child.kill_group(pid)
        self.file.unlink(missing_ok=True)


def up(options: Options, port: int | None) -> None:
    """Start Airflow, wait until it is healthy, and print its address and, the first time, the password.

    Raises:
        BusyError: another command is using the home.
        ConfigError: the port is taken.
        OrderPaperError: a part did not start.
    """
    running = Service.read(options.paths)
    if running and running.alive():
        missing = sorted(PARTS.keys() - running.alive().keys())
        note = f", but without its {', '.join(missing)}: run `make down`, then `make up`" if missing else ""
        sys.stdout.write(f"Airflow is already running at {running.url}{note}.\n")
        return
    held = lock.HomeLock(options.paths.home, "make up")
    airflow_home.set_aside_if_corrupt(options.paths.airflow)
    number = _port(port)
    logs = options.paths.airflow / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    service = Service(options.paths.airflow / "services.json", f"http://{HOST}:{number}", {})
    sys.stdout.write("Starting Airflow …\n")
    sys.stdout.flush()
    password, is_new = airflow_home.admin_password(options.paths.airflow)
    try:
        for process in _start(service, options, logs, number, held):
            child.release(process)
    except BaseException:
        service.stop()
        raise
    secret = f"password {password} (shown this once)" if is_new else "its password"
    sys.stdout.write(f"Airflow is at {service.url}\n")
    sys.stdout.write(f"User admin, {secret}; kept in {options.paths.airflow / airflow_home.PASSWORDS}\n")
    sys.stdout.write("`make down` stops it.\n")


def down(paths: Paths) -> None:
    """Stop the processes that `make up` started, and end those that a killed command left behind."""
    service = Service.read(paths)
    was_running = service is not None and bool(service.alive())
    if service:
        service.stop()
    left = lock.left_behind(paths.home)
    _end(left)
    if was_running:
        sys.stdout.write("Airflow is stopped.\n")
    else:
        sys.stdout.write(f"Airflow is not running on {paths.home}.\n")
    if left:
        numbers = ", ".join(str(process.pid) for process in left)
        sys.stdout.write(f"Ended what a killed command had left behind: process(es) {numbers}.\n")


def _end(processes: list[psutil.Process]) -> None:
    """Terminate processes with their children, and kill those that have not ended after a while."""
    family = [*processes, *(child for process in processes for child in process.children(recursive=True))]
    for process in filter(_is_alive, family):
        process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    while any(map(_is_alive, family)) and time.monotonic() < deadline:
        time.sleep(0.1)
    for process in filter(_is_alive, family):
        process.kill()


def _started_at(pid: int) -> float | None:
    """Return when the process of that id started; None if there is none."""
    try:
        return float(psutil.Process(pid).create_time())
    except psutil.NoSuchProcess:
        return None


def _is_alive(process: psutil.Process) -> bool:
    """Return whether a process still runs. A zombie does not."""
    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def _start(
    service: Service, options: Options, logs: Path, port: int, held: lock.HomeLock
) -> list[subprocess.Popen[str]]:
    """Start every part; return the processes when all are healthy. Until they are released, they end with this one."""
    base_url = None
    processes = []
    if options.source != "live":
        upstream.fill_inbox(options)
        with (log := logs / "upstream.log").open("wb") as out:
            process = child.start(
                "orderpaper.simulate",
                upstream.arguments(options, as_of="today"),
                environment=os.environ,
                log=out,
                lock=held.fileno(),
            )
        processes.append(process)
        service.add("upstream", process)
        base_url = upstream.read_url(process, log)
    environment = airflow_home.settings(options, base_url) | {
        "AIRFLOW__API__HOST": HOST,
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__BASE_URL": service.url,
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{service.url}/execution/",
        "AIRFLOW__DAG_PROCESSOR__PARSING_PROCESSES": "1",
        "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "30",
        "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "30",
    }
    with (log := logs / "metadata.log").open("wb") as out:
        prepared = child.start("orderpaper.run.metadata", [], environment=environment, log=out, out=out)
    if prepared.wait():
        raise OrderPaperError(f"Airflow's database could not be prepared; see {log}.")
    for name, arguments in PARTS.items():
        with (logs / f"{name}.log").open("wb") as out:
            process = child.start("airflow", arguments, environment=environment, log=out, out=out, lock=held.fileno())
        processes.append(process)
        service.add(name, process)
        if name == "api-server":  # a task that starts before the API server fails
            _wait_for(service, logs, {"metadatabase"})
    _wait_for(service, logs, {"metadatabase", "scheduler", "dag_processor", "triggerer"})
    return processes


def _wait_for(service: Service, logs: Path, parts: set[str]) -> None:
    """Wait until the API server says that these parts of Airflow are healthy.

    Raises:
        OrderPaperError: a process ended, or they were not healthy in time.
    """
    deadline = time.monotonic() + START_SECONDS
    state: dict[str, str] = {}
    while time.monotonic() < deadline:
        ended = sorted(service.processes.keys() - service.alive().keys())
        if ended:
            raise OrderPaperError(f"Airflow's {ended[0]} ended while starting; see {logs / ended[0]}.log.")
        try:
            with urllib.request.urlopen(f"{service.url}/api/v2/monitor/health", timeout=5) as answer:  # noqa: S310
                state = {part: health["status"] or "not started" for part, health in json.load(answer).items()}
            if all(state[part] == "healthy" for part in parts):
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            state = {}
        time.sleep(0.5)
    sick = ", ".join(sorted(part for part in parts if state.get(part) != "healthy"))
    raise OrderPaperError(f"Airflow was not healthy after {START_SECONDS} s ({sick}); see {logs}.")


def _port(wanted: int | None) -> int:
    """Return the port to serve on: the wanted one, or else the default one, or else any free one."""
    for candidate in (wanted or DEFAULT_PORT, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, candidate))
                return int(probe.getsockname()[1])
            except OSError as error:
                if wanted:
                    raise ConfigError(f"PORT {wanted} is not free ({error.strerror}); choose another.") from error
    raise OrderPaperError("No port of the loopback interface is free.")
