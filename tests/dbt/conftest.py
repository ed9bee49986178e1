"""A warehouse that dbt built, tests and all, from the invented Parliament."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from parliament import Landed, parliament
from run_dbt import run_dbt

from orderpaper.config import DATABASE_NAME


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Landed, list[str]], Path]:
    """Load rows into a new build database and run dbt on it; return the database."""

    def run(landed: Landed, options: list[str]) -> Path:
        folder = tmp_path_factory.mktemp("dbt")
        database = folder / DATABASE_NAME
        with duckdb.connect(database) as connection:
            landed.write(connection)
        done = run_dbt(["build", *options], database, folder)
        assert done.returncode == 0, done.stdout[-5000:] + done.stderr
        return database

    return run


@pytest.fixture(scope="session")
def built(build: Callable[[Landed, list[str]], Path]) -> Path:
    """The invented Parliament, built with every dbt test and unit test."""
    return build(parliament(), [])


@pytest.fixture(scope="session")
def rebuilt(build: Callable[[Landed, list[str]], Path]) -> Path:
    """The same rows in another order, built without tests."""
    landed = parliament()
    for rows in landed.rows.values():
        random.Random(7).shuffle(rows)
    return build(landed, ["--resource-type", "model", "--resource-type", "seed"])


@pytest.fixture(scope="session")
def warehouse(built: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(built, read_only=True) as connection:
        yield connection
