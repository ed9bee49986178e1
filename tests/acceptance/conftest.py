"""Acceptance on real documents: the commands a user types, then questions put to the published warehouse."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

PROJECT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("ORDERPAPER_SHARED", PROJECT.parent / "shared"))


@pytest.fixture(scope="session")
def captured() -> Path:
    """The folder of captured real documents."""
    folder = SHARED / "data"
    if not folder.is_dir():
        pytest.skip(f"the captured real documents are not here: {folder} (ORDERPAPER_SHARED names another place)")
    return folder


@pytest.fixture(scope="session")
def seeds(captured: Path) -> dict[str, str]:
    """Document id of each saved document, by the number its name begins with."""
    return {path.name[:3]: hashlib.sha256(path.read_bytes()).hexdigest() for path in captured.glob("seeds/*.txt")}


@pytest.fixture(scope="session")
def make_run(once: Callable[..., Path]) -> Callable[..., Path]:
    """Return a function that runs the pipeline as `make run` does and returns the published database.

    Tests that give the same name share the run.
    """

    def run(name: str, **variables: str) -> Path:
        return once(name, lambda home: pipeline(home, variables)) / "warehouse" / "orderpaper.duckdb"

    def pipeline(home: Path, variables: dict[str, str]) -> None:
        environment = {**os.environ, "ORDERPAPER_HOME": str(home), **variables}
        done = subprocess.run(
            [sys.executable, "-m", "orderpaper", "run"],
            cwd=PROJECT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=500,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    return run


@pytest.fixture(scope="session")
def seeded(captured: Path, make_run: Callable[..., Path]) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse of `make run INBOX=<the five saved documents>`."""
    with duckdb.connect(make_run("seeded", INBOX=str(captured / "seeds")), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def replayed(captured: Path, make_run: Callable[..., Path]) -> Iterator[duckdb.DuckDBPyConnection]:
    """The warehouse of `make run SOURCE=replay` over November 2024, with the saved documents in the inbox."""
    database = make_run(
        "replayed",
        SOURCE="replay",
        REPLAY=str(captured),
        FROM="2024-11-01",
        TO="2024-11-20",
        INBOX=str(captured / "seeds"),
    )
    with duckdb.connect(database, read_only=True) as connection:
        yield connection
