"""A build on Spark has the views, descriptions and index of `search` of one of DuckDB; Spark is not needed."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from orderpaper.warehouse import ops, search, spark
from orderpaper.warehouse.content import quote
from orderpaper.warehouse.reader import published
from orderpaper.warehouse.views import free_views

pytestmark = pytest.mark.slow  # only builds on Spark need it, and dbt reads the project for it


@pytest.fixture(scope="module")
def both(finished_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """Write the published tables as Parquet, as Spark does, and open both warehouses."""
    paths = spark.SparkPaths(tmp_path_factory.mktemp("home"), "simulated", "run")
    folder = paths.build_database.parent
    tables = "SELECT schema_name, table_name FROM duckdb_tables() WHERE schema_name IN ('marts', 'ops', 'reference')"
    with duckdb.connect() as empty:
        ops.ensure_ops(empty)
        of_the_pipeline = empty.execute(tables).fetchall()
    with duckdb.connect(published(finished_home), read_only=True) as of_duckdb:
        for schema, table in set(of_duckdb.execute(tables).fetchall()) - set(of_the_pipeline):
            (folder / schema / table).mkdir(parents=True)
            of_duckdb.execute(f'COPY {schema}."{table}" TO {quote(f"{folder}/{schema}/{table}/part.parquet")}')
    spark.attach(folder)
    spark.add_views(paths)
    assert not (folder / "dbt").exists()
    with duckdb.connect(paths.build_database) as connection:
        ops.ensure_ops(connection)
        assert len(free_views(connection)) == 6
        search.create_macro(connection)
        connection.execute(f"ATTACH {quote(str(published(finished_home)))} AS duckdb (READ_ONLY)")
        yield connection


def test_the_views_have_the_same_rows(both: duckdb.DuckDBPyConnection) -> None:
    names = "SELECT view_name FROM duckdb_views() WHERE database_name = 'duckdb' AND NOT internal"
    for (name,) in both.execute(names).fetchall():
        rows = [
            both.execute(f"SELECT count(*), bit_xor(hash(rows)) FROM {database}main.{name} AS rows").fetchall()
            for database in ("", "duckdb.")
        ]
        assert rows[0] == rows[1] != [(0, None)], name


def test_every_table_and_column_is_described_alike(both: duckdb.DuckDBPyConnection) -> None:
    described = """
        SELECT schema_name, table_name, column_name, comment FROM duckdb_columns()
        WHERE {0} AND NOT internal AND schema_name IN ('marts', 'ops', 'reference')
        UNION ALL
        SELECT schema_name, table_name, '', comment FROM duckdb_tables()
        WHERE {0} AND schema_name IN ('marts', 'ops', 'reference')
        UNION ALL
        SELECT schema_name, view_name, '', comment FROM duckdb_views() WHERE {0} AND NOT internal
        ORDER BY ALL
    """
    of_spark = both.execute(described.format("database_name = current_database()")).fetchall()
    of_duckdb = both.execute(described.format("database_name = 'duckdb'")).fetchall()
    assert len(of_spark) > 500
    assert set(of_duckdb) - set(of_spark) == set()


def test_a_search_finds_the_same_statements(both: duckdb.DuckDBPyConnection) -> None:
    found = "SELECT statement_key, score FROM {}search('police officers') ORDER BY rank"
    of_spark = both.execute(found.format("")).fetchall()
    assert len(of_spark) == 20
    with duckdb.connect(published_of(both), read_only=True) as of_duckdb:
        search.load_extension(of_duckdb)
        assert of_duckdb.execute(found.format("")).fetchall() == of_spark


def published_of(both: duckdb.DuckDBPyConnection) -> str:
    """Return the file of DuckDB's warehouse."""
    (path,) = both.execute("SELECT path FROM duckdb_databases() WHERE database_name = 'duckdb'").fetchone() or ("",)
    return str(path)
