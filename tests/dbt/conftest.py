"""Warehouses that dbt builds from a few rows, and what dbt knows of the project."""

import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from building import MODELS, Landed

from orderpaper.config import DATABASE_NAME, WORK_NAME
from orderpaper.warehouse import rules
from orderpaper.warehouse.content import attach_work

Build = Callable[..., Path]


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory, run_dbt: Callable[..., Any]) -> Build:
    """Load rows into a new build database and run dbt on it; return the database."""

    def run(landed: Landed, *options: str) -> Path:
        folder = tmp_path_factory.mktemp("dbt")
        with duckdb.connect(folder / WORK_NAME) as connection:
            landed.write(connection)
        run_dbt(folder, "build", *options)
        return folder / DATABASE_NAME

    return run


@pytest.fixture(scope="session")
def build_marts(build: Build) -> Iterator[Callable[..., duckdb.DuckDBPyConnection]]:
    """Load rows and build the marts that are named, and what they are made of, without tests; open the database."""
    with contextlib.ExitStack() as opened:

        def run(landed: Landed, *marts: str) -> duckdb.DuckDBPyConnection:
            database = build(landed, *MODELS, "--select", *(f"+{mart}" for mart in marts))
            connection = opened.enter_context(duckdb.connect(database, read_only=True))
            attach_work(connection, database, read_only=True)
            return connection

        yield run


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
            tested, metadata = found[test["attached_node"]], test["test_metadata"]
            if metadata["name"] != rules.TEST:
                tested["tests"].append((metadata["name"], test["column_name"]))
                continue
            for rule in rules.declared(metadata["kwargs"]):
                if len(rule.columns) == 1:
                    tested["tests"].append((rule.kind, *rule.columns))
                else:
                    tested["unique_combinations"].append(list(rule.columns))
    return {node["name"]: node for node in found.values() if node["resource_type"] in ("model", "seed")}
