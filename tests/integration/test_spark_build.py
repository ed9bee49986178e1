"""The warehouse that Spark builds is the one that DuckDB builds, table by table, type for type and row for row."""

import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb
import psutil
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from spark_here import needs_spark

from orderpaper import ingest, quality
from orderpaper.config import PROJECT, Paths
from orderpaper.ingest.batch import read_folder_name
from orderpaper.warehouse import spark
from orderpaper.warehouse.content import quote
from orderpaper.warehouse.publish import publish
from orderpaper.warehouse.reader import published

OF_DUCKDB_ONLY = {"fct_dbt_node_result", "fct_measurement", "fct_publication", "fct_quality_result", "fct_run"}
"""Tables in which the pipeline writes what it did."""
WHEN_IT_WAS_LOADED = {"last_loaded_at"}


pytestmark = needs_spark


@contextmanager
def cluster() -> Iterator[tuple[str, list[int]]]:
    """Run a master, two workers and a server; yield the server's address and the processes of the workers."""
    ports = []
    for _ in range(2):
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            ports.append(f"{found.getsockname()[1]}")
    line = [spark.PROGRAM, PROJECT / "spark" / "cluster.py", "--port", ports[0], "--connect", ports[1]]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            said = [process.stdout.readline() for _ in range(4)]
            yield f"sc://127.0.0.1:{ports[1]}", [int(words.split()[-1]) for words in said[:2]]
        finally:
            process.terminate()


def kill_half_way(builds: Path, worker: int, killed: list[str], done: threading.Event) -> None:
    """Kill a worker and its executors when the first fact has been built; note the models that were built by then."""
    while not done.wait(0.5):
        models = [path.name for path in builds.glob(".spark-*/warehouse/marts.db/*")]
        if any(name.startswith("fct_") for name in models):
            process = psutil.Process(worker)
            for each in (process, *process.children(recursive=True)):
                with suppress(psutil.NoSuchProcess):
                    each.kill()
            killed += models
            return


@pytest.fixture(scope="module")
def build(finished_home: Path, tmp_path_factory: pytest.TempPathFactory) -> spark.SparkPaths:
    """Build the default run on a cluster of Spark, one of whose two workers is killed half-way."""
    home = tmp_path_factory.mktemp("home")
    for folder in ("records", "landing"):
        shutil.copytree(finished_home / "simulated" / folder, home / "simulated" / folder)
    paths = spark.SparkPaths(home, "simulated", "on_two_workers", is_beside=True)
    killed: list[str] = []
    done = threading.Event()
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv(
            "JDK_JAVA_OPTIONS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=384m"
        )
        environment.setenv("SPARK_PARTITIONS", "2")
        with cluster() as (server, workers):
            environment.setenv("SPARK_REMOTE", server)
            killer = threading.Thread(target=kill_half_way, args=(paths.builds, workers[1], killed, done))
            killer.start()
            try:
                assert spark.build(paths).model_count > 100
            finally:
                done.set()
                killer.join()
            marts = list((paths.build_database.parent / "marts").iterdir())
            assert 0 < len(killed) < len(marts)
            assert psutil.pid_exists(workers[0])
    return paths


@pytest.fixture(scope="module")
def both(build: spark.SparkPaths, finished_home: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open both warehouses."""
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(f"ATTACH {quote(str(published(finished_home)))} AS duckdb (READ_ONLY)")
        connection.execute(f"ATTACH {quote(str(build.build_database))} AS spark (READ_ONLY)")
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


def test_the_audit_and_the_publication_are_those_of_duckdb(build: spark.SparkPaths, tmp_path: Path) -> None:
    home = shutil.copytree(build.home, tmp_path / "home")
    paths = spark.SparkPaths(home, "simulated", build.run_id)
    shutil.rmtree(paths.builds)
    shutil.copytree(build.build_database.parent, paths.build_database.parent)
    for database in (paths.build_database, paths.work_database):
        database.unlink()
    spark.attach(paths.build_database.parent)
    report = quality.audit(paths, paths.run_id)
    assert [result.finding for result in report.results if not result.is_success and result.error] == []
    assert len(report.results) > 600
    snapshot = publish(paths, paths.run_id)
    spark.put_in_force(paths)
    with duckdb.connect(snapshot, read_only=True) as reader:
        (count,) = reader.execute("SELECT count(*) FROM marts.fct_question").fetchone() or (0,)
        assert count > 500
        assert reader.execute("SELECT status FROM ops.fct_run").fetchall() == [("published",)]


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
