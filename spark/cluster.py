"""Run a cluster of Spark on this machine, a master and some workers, until it is interrupted: `make spark-cluster`.

With `--connect` there is a server of Spark Connect too, whose driver is shared by its clients. The program runs in the
environment `.spark`. The processes have the memory and the folders that a small test needs; on several machines, start
the same classes with Spark's own scripts.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

import pyspark

HOME = Path(pyspark.__file__).parent
_FOLDER = Path(__file__).resolve().parent
_HOST = "127.0.0.1"
_DEPLOY = "org.apache.spark.deploy"
_SECONDS = 120


def main() -> None:
    """Start what the command line names, say where the master is, and end everything that was started."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=7077, help="the port of the master")
    parser.add_argument("--workers", type=int, default=2, help="how many workers there are")
    parser.add_argument("--connect", type=int, help="the port of a server for SPARK_REMOTE; none unless given")
    parser.add_argument("--memory", default="1g", help="what the executors of a worker may use")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, _interrupt)
    with tempfile.TemporaryDirectory(prefix="spark-cluster-", ignore_cleanup_errors=True) as folder:
        processes: list[subprocess.Popen[bytes]] = []
        try:
            start(given.port, given.workers, given.memory, Path(folder), processes)
            if given.connect:
                processes.append(_serve(given.port, given.connect, Path(folder)))
                sys.stdout.write(f"A server of Spark Connect: use it with SPARK_REMOTE=sc://{_HOST}:{given.connect}\n")
            sys.stdout.flush()
            processes[0].wait()  # a cluster goes on when it loses a worker
        except KeyboardInterrupt:
            pass
        finally:
            for process in reversed(processes):
                process.terminate()
            for process in processes:
                process.wait()


def start(port: int, workers: int, memory: str, folder: Path, processes: list[subprocess.Popen[bytes]]) -> None:
    """Start the master and the workers, and append their processes."""
    address = f"spark://{_HOST}:{port}"
    processes.append(_start(folder, "master", ["--host", _HOST, "--port", f"{port}"]))
    _wait_for(folder / "master.log", "I have been elected leader")
    for number in range(1, workers + 1):
        own = ["--host", _HOST, "--cores", "1", "--memory", memory, "--work-dir", f"{folder / f'worker{number}'}"]
        processes.append(_start(folder, f"worker{number}", [*own, address]))
        _wait_for(folder / f"worker{number}.log", "Successfully registered with master")
        sys.stdout.write(f"worker {number}: process {processes[-1].pid}\n")
    sys.stdout.write(f"The cluster runs; use it with SPARK_MASTER={address}\n")


def _serve(port: int, own_port: int, folder: Path) -> subprocess.Popen[bytes]:
    """Start the server of Spark Connect on the cluster."""
    settings = {
        "spark.connect.grpc.binding.address": _HOST,
        "spark.connect.grpc.binding.port": own_port,
        "spark.sql.catalogImplementation": "in-memory",
        "spark.sql.warehouse.dir": folder / "warehouse",
        "spark.ui.enabled": "false",
        "spark.executorEnv.PYTHONPATH": os.pathsep.join(map(str, (_FOLDER, _FOLDER.parent / "include"))),
    }
    line = ["--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "--master", f"spark://{_HOST}:{port}"]
    line += [word for name, value in settings.items() for word in ("--conf", f"{name}={value}")]
    process = _open(folder, "connect", ["spark-submit", *line], memory="2g")
    _wait_for(folder / "connect.log", "Spark Connect server started")
    return process


def _start(folder: Path, name: str, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start the master or a worker."""
    kind = "master.Master" if name == "master" else "worker.Worker"
    return _open(folder, name, ["spark-class", f"{_DEPLOY}.{kind}", "--webui-port", "0", *arguments])


def _open(folder: Path, name: str, command: Sequence[str], memory: str = "256m") -> subprocess.Popen[bytes]:
    """Start a program of Spark, which writes its log into a file."""
    environment = {name: value for name, value in os.environ.items() if name != "SPARK_REMOTE"} | {
        "SPARK_HOME": str(HOME),
        "SPARK_LOCAL_IP": _HOST,
        "SPARK_LOCAL_DIRS": str(folder),
        "SPARK_DAEMON_MEMORY": memory,
        "PYSPARK_PYTHON": sys.executable,
    }
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen(  # noqa: S603  # Spark's own program
            [HOME / "bin" / command[0], *command[1:]],
            env=environment,
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
        )


def _wait_for(log: Path, words: str) -> None:
    """Wait until a log says something."""
    for _ in range(_SECONDS):
        if words in log.read_text(errors="replace"):
            return
        time.sleep(1)
    sys.exit(f"Spark does not start:\n{log.read_text(errors='replace')}")


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
