"""The commands of the Makefile, as processes with nothing in their environment that would change what they do."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from orderpaper.config import PROJECT

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
