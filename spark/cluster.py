"""Run a cluster of Spark on this machine, a master and some workers, until it is interrupted: `make spark-cluster`.

It runs in the environment `.spark`. The processes have the memory and the folders that a small test needs; on several
machines, start the same two classes with Spark's own scripts.
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
_HOST = "127.0.0.1"
_DEPLOY = "org.apache.spark.deploy"
_SECONDS = 120


def main() -> None:
    """Start what the command line names, say where the master is, and end everything that was started."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=7077, help="the port of the master")
    parser.add_argument("--workers", type=int, default=2, help="how many workers there are")
    parser.add_argument("--memory", default="1g", help="what the executors of a worker may use")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, _interrupt)
    with tempfile.TemporaryDirectory(prefix="spark-cluster-", ignore_cleanup_errors=True) as folder:
        processes: list[subprocess.Popen[bytes]] = []
        try:
            run(given.port, given.workers, given.memory, Path(folder), processes)
        except KeyboardInterrupt:
            pass
        finally:
            for process in reversed(processes):
                process.terminate()
            for process in processes:
                process.wait()


def run(port: int, workers: int, memory: str, folder: Path, processes: list[subprocess.Popen[bytes]]) -> None:
    """Start the master and the workers, append their processes, and wait until one ends that was not killed."""
    address = f"spark://{_HOST}:{port}"
    processes.append(_start(folder, "master", ["--host", _HOST, "--port", f"{port}"]))
    _wait_for(folder / "master.log", "I have been elected leader")
    for number in range(1, workers + 1):
        own = ["--host", _HOST, "--cores", "1", "--memory", memory, "--work-dir", f"{folder / f'worker{number}'}"]
        processes.append(_start(folder, f"worker{number}", [*own, address]))
        _wait_for(folder / f"worker{number}.log", "Successfully registered with master")
        sys.stdout.write(f"worker {number}: process {processes[-1].pid}\n")
    sys.stdout.write(f"The cluster runs; use it with SPARK_MASTER={address}\n")
    sys.stdout.flush()
    processes[0].wait()  # a cluster goes on when it loses a worker


def _start(folder: Path, name: str, arguments: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a process of the cluster, which writes its log into a file."""
    kind = "master.Master" if name == "master" else "worker.Worker"
    ports = ["--webui-port", "0"]
    environment = os.environ | {
        "SPARK_HOME": str(HOME),
        "SPARK_LOCAL_IP": _HOST,
        "SPARK_LOCAL_DIRS": str(folder),
        "SPARK_DAEMON_MEMORY": "256m",
    }
    with (folder / f"{name}.log").open("wb") as log:
        return subprocess.Popen(  # noqa: S603  # Spark's own program
            [HOME / "bin" / "spark-class", f"{_DEPLOY}.{kind}", *ports, *arguments],
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
