"""The warehouse that Spark builds is the one that DuckDB builds, table by table, type for type and row for row."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from orderpaper.config import DATABASE_NAME, Paths
from orderpaper.errors import OrderPaperError
from orderpaper.warehouse import spark
from orderpaper.warehouse.content import quote
from orderpaper.warehouse.reader import published

OF_DUCKDB_ONLY = {"fct_dbt_node_result", "fct_measurement", "fct_publication", "fct_quality_result", "fct_run"}
"""Tables in which the pipeline writes what it did."""
WHEN_IT_WAS_LOADED = {"last_loaded_at"}


def is_missing() -> str:
    """Why Spark cannot start here, or nothing."""
    try:
        spark.check_installed()
    except OrderPaperError as error:
        return str(error)
    return ""


pytestmark = [
    pytest.mark.slow,  # Spark takes minutes
    pytest.mark.timeout(3600),
    pytest.mark.skipif(bool(is_missing()), reason=is_missing()),
]


@pytest.fixture(scope="module")
def both(finished_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """Build the default run on Spark too, and open both warehouses."""
    home = tmp_path_factory.mktemp("home")
    for folder in ("records", "landing"):
        shutil.copytree(finished_home / "simulated" / folder, home / "simulated" / folder)
    with pytest.MonkeyPatch.context() as environment, duckdb.connect() as connection:
        environment.setenv("SPARK_MASTER", "local[2]")
        database = spark.build(Paths(home, "simulated"))
        assert (home / "simulated" / "spark" / "current" / DATABASE_NAME).samefile(database)
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(f"ATTACH {quote(str(published(finished_home)))} AS duckdb (READ_ONLY)")
        connection.execute(f"ATTACH {quote(str(database))} AS spark (READ_ONLY)")
        yield connection


@pytest.mark.parametrize("schema", ["marts", "ops", "reference"])
def test_every_table_is_equal(both: duckdb.DuckDBPyConnection, schema: str) -> None:
    names = [
        name
        for (name,) in both.execute(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'duckdb' AND schema_name = ?", [schema]
        ).fetchall()
        if name not in OF_DUCKDB_ONLY
    ]
    assert len(names) > 5
    different = {name: found for name in sorted(names) if (found := differences(both, f'{schema}."{name}"'))}
    assert different == {}


def differences(both: duckdb.DuckDBPyConnection, table: str) -> str:
    """What differs in a table: the columns with their types, or some rows."""
    columns = [both.execute(f"DESCRIBE {engine}.{table}").fetchall() for engine in ("duckdb", "spark")]
    typed = [[(row[0], row[1]) for row in described] for described in columns]
    if typed[0] != typed[1]:
        return f"columns: {sorted({*typed[0]} ^ {*typed[1]})}"
    kept = ", ".join(f'"{name}"' for name, _ in typed[0] if name not in WHEN_IT_WAS_LOADED)
    hashes = [
        both.execute(
            f"SELECT list_sort(list(hash(rows))) FROM (SELECT {kept} FROM {engine}.{table}) AS rows"
        ).fetchall()
        for engine in ("duckdb", "spark")
    ]
    if hashes[0] == hashes[1]:
        return ""
    query = "SELECT {0} FROM {1}.{3} EXCEPT ALL SELECT {0} FROM {2}.{3} ORDER BY ALL LIMIT 2"
    return "\n".join(
        f"only in {one}: {both.execute(query.format(kept, one, other, table)).fetchall()}"
        for one, other in (("duckdb", "spark"), ("spark", "duckdb"))
    )
