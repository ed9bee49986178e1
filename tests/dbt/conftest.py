"""A warehouse that dbt built, tests and all, from the invented Parliament."""

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

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


@pytest.fixture(scope="session")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """dbt's own reading of the project."""
    folder = tmp_path_factory.mktemp("parse")
    done = run_dbt(["parse"], folder / "none.duckdb", folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "WARNING" not in done.stdout, done.stdout
    return json.loads((folder / "target" / "manifest.json").read_text())  # type: ignore[no-any-return]


@pytest.fixture(scope="session")
def nodes(manifest: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Models and seeds by name; `tests` has each test's name and column, `unique_combinations` their columns."""
    found = {node["unique_id"]: node | {"tests": [], "unique_combinations": []} for node in manifest["nodes"].values()}
    for test in manifest["nodes"].values():
        if test.get("attached_node"):
            tested = found[test["attached_node"]]
            tested["tests"].append((test["test_metadata"]["name"], test["column_name"]))
            if test["test_metadata"]["name"] == "unique_combination":
                tested["unique_combinations"].append(test["test_metadata"]["kwargs"]["columns"])
    return {node["name"]: node for node in found.values() if node["resource_type"] in ("model", "seed")}
