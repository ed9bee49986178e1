"""The commands of the Makefile, as processes with nothing in their environment that would change what they do."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from orderpaper.config import PROJECT, Paths

Start = Callable[..., "subprocess.Popen[str]"]

_VARIABLES = ("INBOX", "SOURCE", "REPLAY", "FROM", "TO", "PORT")


@pytest.fixture(scope="session")
def start() -> Start:
    """Start `orderpaper <command>` on a home, with variables as `make` passes them."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("AIRFLOW", "ORDERPAPER")) and name not in _VARIABLES
    }

    def start(command: str, home: Path, **variables: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "orderpaper", command],
            cwd=PROJECT,
            env=kept | {"ORDERPAPER_HOME": str(home)} | variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start


@pytest.fixture(scope="session")
def finish(start: Start) -> Callable[..., tuple[int, str, str]]:
    """Run a command to its end: exit code, standard output, standard error."""

    def finish(command: str, home: Path, **variables: str) -> tuple[int, str, str]:
        process = start(command, home, **variables)
        out, err = process.communicate()
        return process.returncode, out, err

    return finish


@pytest.fixture(scope="session")
def finished_home(
    finish: Callable[..., tuple[int, str, str]], once: Callable[..., Path], give_parse: Callable[[Paths], None]
) -> Path:
    """Run `make run` once for all tests and return its home, in which `out.txt` has what it printed.

    Tests do not change it; they change copies.
    """

    def run(home: Path) -> None:
        give_parse(Paths(home, "simulated"))
        code, out, err = finish("run", home)
        assert (code, err) == (0, ""), out + err
        (home / "out.txt").write_text(out)

    return once("finished_run", run)


@pytest.fixture(scope="session")
def copy_home(finished_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Return a function that copies the finished home."""

    def copy() -> Path:
        home = tmp_path_factory.mktemp("homes") / "home"
        shutil.copytree(finished_home, home, symlinks=True)
        return home

    return copy
