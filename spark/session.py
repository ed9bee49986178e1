"""The Spark session in which a program of this folder runs: here, on `SPARK_MASTER`, or at `SPARK_REMOTE`."""

import os
import sys
import warnings
from pathlib import Path

from pyspark.sql import SparkSession

from orderpaper.errors import OrderPaperError

_MADE_BY = "Made by Order Paper"
_SCHEMAS = ("raw", "staging", "intermediate", "marts", "ops", "reference", "main")
_SETTINGS = {
    # Days and times are those of UTC, as in DuckDB.
    "spark.sql.session.timeZone": "UTC",
    # DuckDB reads the times of this type as times with a zone.
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    "spark.sql.shuffle.partitions": os.environ.get("SPARK_PARTITIONS") or str(os.cpu_count() or 1),
}


def open_session(warehouse: Path) -> SparkSession:
    """Return the session; the driver of one that is not remote keeps its own files in the folder `warehouse`.

    dbt takes the session that is open. One that it opened itself would write a metastore of Hive into the folder.
    """
    session = _begin(warehouse)
    for name, value in _SETTINGS.items():
        session.conf.set(name, value)
    return session


def _begin(warehouse: Path) -> SparkSession:
    """Return a session of the server at `SPARK_REMOTE`, or one whose driver is this process."""
    if address := os.environ.get("SPARK_REMOTE"):
        # dbt-spark asks for Hive's catalog in each statement, which a server ignores.
        warnings.filterwarnings("ignore", "Failed to set spark.sql.catalogImplementation")
        return SparkSession.builder.remote(address).getOrCreate()
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # with which workers run functions of Python
    master = os.environ.get("SPARK_MASTER") or "local[*]"
    if master.startswith(("local", "spark://127.0.0.1:")):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")  # no other machine connects
    builder = SparkSession.builder.appName("orderpaper").master(master)
    settings = {
        "spark.sql.catalogImplementation": "in-memory",
        "spark.sql.warehouse.dir": warehouse.as_uri(),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.memory": os.environ.get("SPARK_DRIVER_MEMORY") or "2g",
        "spark.executorEnv.PYTHONPATH": os.environ.get("PYTHONPATH", ""),
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


def begin_anew(session: SparkSession, warehouse: Path) -> None:
    """Make the schemas, empty, in a folder. A server that was used before forgets those of the earlier build.

    Raises:
        OrderPaperError: the server has a schema of that name which somebody else made.
    """
    for schema in _SCHEMAS:
        if session.catalog.databaseExists(schema):
            if session.catalog.getDatabase(schema).description != _MADE_BY:
                raise OrderPaperError(
                    f"The server at SPARK_REMOTE has a schema {schema} that Order Paper did not make and would replace;"
                    " use a server that has none."
                )
            session.sql(f"DROP DATABASE {schema} CASCADE")
        location = (warehouse / f"{schema}.db").as_uri()
        session.sql(f"CREATE DATABASE {schema} COMMENT '{_MADE_BY}' LOCATION '{location}'")
