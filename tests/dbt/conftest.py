"""A warehouse that dbt built, tests and all, from the invented Parliament."""

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from building import Landed
from parliament import parliament

from orderpaper.config import DATABASE_NAME

Build = Callable[..., Path]


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory, run_dbt: Callable[..., Any]) -> Build:
    """Load rows into a new build database and run dbt on it; return the database."""

    def run(landed: Landed, *options: str) -> Path:
        folder = tmp_path_factory.mktemp("dbt")
        with duckdb.connect(folder / DATABASE_NAME) as connection:
            landed.write(connection)
        run_dbt(folder, "build", *options)
        return folder / DATABASE_NAME

    return run


@pytest.fixture(scope="session")
def built(build: Build) -> Path:
    """The invented Parliament, built with every dbt test and unit test."""
    return build(parliament())


@pytest.fixture(scope="session")
def rebuilt(build: Build) -> Path:
    """The same rows in another order, built without tests."""
    landed = parliament()
    for rows in landed.rows.values():
        random.Random(7).shuffle(rows)
    return build(landed, "--resource-type", "model", "--resource-type", "seed")


@pytest.fixture(scope="session")
def warehouse(built: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(built, read_only=True) as connection:
        yield connection


@pytest.fixture(scope="session")
def manifest(dbt_parse: Path) -> dict[str, Any]:
    """Read what dbt's parser makes of the project, which must be without warnings."""
    assert (dbt_parse / "warnings.txt").read_text() == ""
    return json.loads((dbt_parse / "manifest.json").read_text())  # type: ignore[no-any-return]


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
