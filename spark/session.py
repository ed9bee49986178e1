"""The Spark session in which a program of this folder runs: on the cores of this machine, or on `SPARK_MASTER`."""

import os
import sys
from pathlib import Path

from pyspark.sql import SparkSession

_SETTINGS = {
    # Days and times are those of UTC, as in DuckDB.
    "spark.sql.session.timeZone": "UTC",
    # DuckDB reads the times of this type as times with a zone.
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


def open_session(warehouse: Path) -> SparkSession:
    """Return the session; what it makes is new, in memory and in the folder `warehouse`.

    dbt takes the session that is open. One that it opened itself would write a metastore of Hive into the folder.
    """
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # with which workers run functions of Python
    master = os.environ.get("SPARK_MASTER") or "local[*]"
    if master.startswith(("local", "spark://127.0.0.1:")):
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")  # no other machine connects
    builder = SparkSession.builder.appName("orderpaper").master(master)
    settings = _SETTINGS | {
        "spark.sql.warehouse.dir": warehouse.as_uri(),
        "spark.sql.shuffle.partitions": os.environ.get("SPARK_PARTITIONS") or str(os.cpu_count() or 1),
        "spark.driver.memory": os.environ.get("SPARK_DRIVER_MEMORY") or "2g",
        "spark.executorEnv.PYTHONPATH": os.environ.get("PYTHONPATH", ""),
    }
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session
