"""The warehouse that Spark builds is the one that DuckDB builds, table by table, type for type and row for row."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from spark_here import needs_spark

from orderpaper import ingest
from orderpaper.config import DATABASE_NAME, Paths
from orderpaper.ingest.batch import read_folder_name
from orderpaper.warehouse import spark
from orderpaper.warehouse.content import quote
from orderpaper.warehouse.reader import published

OF_DUCKDB_ONLY = {"fct_dbt_node_result", "fct_measurement", "fct_publication", "fct_quality_result", "fct_run"}
"""Tables in which the pipeline writes what it did."""
WHEN_IT_WAS_LOADED = {"last_loaded_at"}


pytestmark = needs_spark


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


def test_spark_parses_the_same_records(finished_home: Path, tmp_path: Path) -> None:
    manifests = {
        source: read_folder_name(folder.name)[0]
        for source in ("written_questions", "inbox")
        for folder in (finished_home / "simulated" / "records" / source).iterdir()
    }
    paths = {engine: Paths(tmp_path / engine, "simulated") for engine in ("spark", "cores")}
    for own in paths.values():
        shutil.copytree(finished_home / "simulated" / "landing", own.landing)
    for source, manifest in manifests.items():
        assert spark.make_batch(paths["spark"], source, manifest)
        assert ingest.make_batch(paths["cores"], source, manifest)[1]
        assert not ingest.make_batch(paths["spark"], source, manifest)[1]
    of_spark, of_cores = (records(paths[engine].records) for engine in ("spark", "cores"))
    assert len(of_cores) > 10
    assert {name for name in of_spark.keys() | of_cores.keys() if of_spark.get(name) != of_cores.get(name)} == set()


def records(folder: Path) -> dict[Path, pa.Table]:
    """The tables of all batches in the order of their rows, without the time at which they were parsed."""
    return {
        path.relative_to(folder): table.drop_columns(
            [*{"parsed_at", "quarantined_at"}.intersection(table.column_names)]
        )
        for path in folder.glob("*/*/*.parquet")
        for table in [pq.read_table(path)]
    }


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
