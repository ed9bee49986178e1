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
from urllib.parse import urlsplit

import psutil

from orderpaper.config import Paths
from orderpaper.errors import ConfigError, OrderPaperError
from orderpaper.run import airflow_home, child, lock, upstream
from orderpaper.run.options import Options
from orderpaper.storage import write_atomically

HOST = "127.0.0.1"
DEFAULT_PORT = 8080
PARTS = {
    "api-server": ["api-server"],
    "scheduler": ["scheduler", "--skip-serve-logs"],
    "dag-processor": ["dag-processor"],
    "triggerer": ["triggerer", "--skip-serve-logs"],
}
START_SECONDS = 180
STOP_SECONDS = 5
"""How long the parts of Airflow have to end their tasks and themselves."""
STOP_SECONDS_OF_THE_REST = 2
"""How long the API server and the upstream have. They have no work of their own, and nobody asks them any more."""
KILLED_SECONDS = 3
"""How long a killed process may take to be gone."""
CLOCK_SECONDS = 2
"""By how much the start of a process may seem to differ after the clock of the machine was set."""
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
"""The file in which Linux names the present boot."""


@dataclass(frozen=True, slots=True)
class Service:
    """The processes that `make up` started, kept in `services.json` so that `make down` finds every one of them."""

    file: Path
    url: str
    processes: dict[str, tuple[int, float]]
    """Name → process id and start time. The id alone could by now belong to another process."""
    boot_id: str
    """The boot of the machine in which they were started. After another, none of them is alive."""

    @classmethod
    def read(cls, paths: Paths) -> "Service | None":
        """Return the service that `make up` left in a home, whether or not its processes still run.

        A file that is not whole, as a power failure can leave one, names no process that could still run.
        """
        file = paths.airflow / "services.json"
        try:
            state = json.loads(file.read_text())
        except (FileNotFoundError, json.JSONDecodeError):
            return None
        processes = {name: (pid, born) for name, (pid, born) in state["processes"].items()}
        return cls(file, state["url"], processes, state.get("boot_id", ""))

    def alive(self) -> dict[str, psutil.Process]:
        """Return its processes that still run."""
        found: dict[str, psutil.Process] = {}
        if self.boot_id != _boot_id():
            return found
        for name, (pid, born) in self.processes.items():
            try:
                process = psutil.Process(pid)
            except psutil.NoSuchProcess:
                continue
            if _is_same_moment(process.create_time(), born) and _is_alive(process):
                found[name] = process
        return found

    def add(self, name: str, process: subprocess.Popen[str]) -> None:
        """Add a process that was just started, and save."""
        self.processes[name] = (process.pid, psutil.Process(process.pid).create_time())
        self.save()

    def save(self) -> None:
        """Write `services.json` atomically."""
        content = {"url": self.url, "processes": self.processes, "boot_id": self.boot_id}
        write_atomically(self.file, json.dumps(content).encode())

    def stop(self) -> None:
        """End every process and what is left of its group. The API server ends last: the others report to it."""
        alive = self.alive()
        last = [alive.pop(name) for name in ("api-server", "upstream") if name in alive]
        _end(list(alive.values()), STOP_SECONDS)
        _end(last, STOP_SECONDS_OF_THE_REST)
        if self.boot_id == _boot_id():
            for pid, born in self.processes.values():
                started_at = _started_at(pid)
                # If no other process has the id by now, none has the group.
                if started_at is None or _is_same_moment(started_at, born):
                    child.kill_group(pid)
        self.file.unlink(missing_ok=True)


def up(options: Options, port: int | None) -> None:
    """Start Airflow, wait until it is healthy, and print its address and, the first time, the password.

    If a part of it has ended although nobody stopped it, the other parts are stopped and all are started again.

    Raises:
        BusyError: another command is using the home.
        ConfigError: the port is taken.
        OrderPaperError: a part did not start.
    """
    running = Service.read(options.paths)
    if running and (alive := running.alive()):
        ended = sorted(running.processes.keys() - alive.keys())
        if not ended:
            sys.stdout.write(f"Airflow is already running at {running.url}.\n")
            return
        sys.stdout.write(f"Ended although nobody stopped it: {', '.join(ended)}. Stopping the rest …\n")
        running.stop()
        _end(lock.left_behind(options.paths.home), STOP_SECONDS_OF_THE_REST)
        port = port or urlsplit(running.url).port
    held = lock.HomeLock(options.paths.home, "make up")
    if aside := airflow_home.set_aside_if_corrupt(options.paths.airflow):
        sys.stdout.write(f"Airflow's database was damaged. It is now {aside}, and a new one is created.\n")
    number = _port(port)
    logs = options.paths.airflow / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    service = Service(options.paths.airflow / "services.json", f"http://{HOST}:{number}", {}, _boot_id())
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
    _end(left, STOP_SECONDS_OF_THE_REST)
    if was_running:
        sys.stdout.write("Airflow is stopped.\n")
    else:
        sys.stdout.write(f"Airflow is not running on {paths.home}.\n")
    if left:
        numbers = ", ".join(str(process.pid) for process in left)
        sys.stdout.write(f"Ended what a killed command had left behind: process(es) {numbers}.\n")


def _end(processes: list[psutil.Process], seconds: float) -> None:
    """Terminate processes with their children, and kill those that have not ended after some seconds."""
    family = [*processes, *(child for process in processes for child in process.children(recursive=True))]
    for process in filter(_is_alive, family):
        process.terminate()
    _wait_until_ended(family, seconds)
    for process in filter(_is_alive, family):
        process.kill()
    _wait_until_ended(family, KILLED_SECONDS)


def _wait_until_ended(processes: list[psutil.Process], seconds: float) -> None:
    """Wait for some seconds at most. A zombie has ended, although its parent may never ask for it."""
    deadline = time.monotonic() + seconds
    while any(map(_is_alive, processes)) and time.monotonic() < deadline:
        time.sleep(0.1)


def _boot_id() -> str:
    """Return the name of the machine's present boot; empty where the operating system does not name it."""
    return BOOT_ID.read_text().strip() if BOOT_ID.exists() else ""


def _is_same_moment(one: float, other: float) -> bool:
    return abs(one - other) <= CLOCK_SECONDS


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

    def begin(name: str) -> None:
        with (logs / f"{name}.log").open("wb") as out:
            process = child.start("airflow", PARTS[name], environment=environment, log=out, out=out, lock=held.fileno())
        processes.append(process)
        service.add(name, process)

    with (log := logs / "metadata.log").open("wb") as out:
        preparing = child.start("orderpaper.run.metadata", [], environment=environment, log=out, out=out)
    # The API server starts slowest. It needs only the schema, so it starts at once if the database has that already.
    if airflow_home.is_migrated(options.paths.airflow):
        begin("api-server")
    if preparing.wait():
        raise OrderPaperError(f"Airflow's database could not be prepared; see {log}.")
    for name in (name for name in PARTS if name != "scheduler" and name not in service.processes):
        begin(name)
    _wait_for(service, logs, {"metadatabase"})
    begin("scheduler")  # last, because a task that starts before the API server fails
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
