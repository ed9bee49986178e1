import duckdb
import pandas as pd
import pyarrow as pa
import pytest

from orderpaper.errors import OrderPaperError
from orderpaper.warehouse import connect


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "orderpaper.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute("CREATE SCHEMA marts; CREATE SCHEMA ops")
        connection.execute("CREATE TABLE marts.fct_question AS SELECT unnest(['Why?', 'When?']) AS text")
    return path


def test_rows_are_dataframes_and_arrow_tables(database):
    with connect(database) as connection:
        assert list(connection.sql("FROM fct_question").df()["text"]) == ["Why?", "When?"]
        assert isinstance(connection.sql("FROM fct_question").to_arrow_table(), pa.Table)


def test_a_trusted_connection_joins_files_and_dataframes_and_cannot_write(database, tmp_path):
    mine = pd.DataFrame({"text": ["Why?"], "mark": [1]})
    mine.to_parquet(tmp_path / "mine.parquet")
    with connect(database, trusted=True) as connection:
        assert connection.sql("SELECT mark FROM fct_question JOIN mine USING (text)").fetchall() == [(1,)]
        assert connection.sql(f"SELECT mark FROM '{tmp_path}/mine.parquet'").fetchall() == [(1,)]
        with pytest.raises(duckdb.Error, match="read-only"):
            connection.execute("DELETE FROM fct_question")


@pytest.mark.parametrize("trusted", [True, False])
def test_a_process_does_not_mix_both_kinds(database, trusted):
    with connect(database, trusted=trusted), pytest.raises(OrderPaperError, match="other settings"):
        connect(database, trusted=not trusted)


def test_only_a_trusted_connection_reads_what_spark_built(database, tmp_path):
    with duckdb.connect(database) as connection:
        connection.execute(f"COPY marts.fct_question TO '{tmp_path}/part.parquet'; DROP TABLE marts.fct_question")
        connection.execute(f"CREATE VIEW marts.fct_question AS FROM read_parquet('{tmp_path}/*.parquet')")
    with pytest.raises(OrderPaperError, match="was built on Spark"):
        connect(database)
    with connect(database, trusted=True) as connection:
        assert connection.sql("SELECT count(*) FROM fct_question").fetchall() == [(2,)]
