"""The Spark session in which a program of this folder runs.

`SPARK_REMOTE`, such as sc://host:15002, is the address of a Spark Connect server, and with it of a cluster. Without it
Spark runs in this process, on `SPARK_MASTER` or all cores of this machine.
"""

import os
from pathlib import Path

from pyspark.sql import SparkSession

_SETTINGS = {
    # Days and times are those of UTC, as in DuckDB.
    "spark.sql.session.timeZone": "UTC",
    # DuckDB reads the times of this type as times with a zone.
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
}


def open_session(warehouse: Path) -> SparkSession:
    """Return the session; what it makes is new, in memory and in the folder `warehouse`.

    dbt takes the session that is open. One that it opened itself would write a metastore of Hive into the folder.
    """
    builder = SparkSession.builder.appName("orderpaper").config("spark.sql.warehouse.dir", warehouse.as_uri())
    for name, value in _SETTINGS.items():
        builder = builder.config(name, value)
    if remote := os.environ.get("SPARK_REMOTE"):
        return builder.remote(remote).getOrCreate()
    partitions = os.environ.get("SPARK_PARTITIONS") or str(os.cpu_count() or 1)
    memory = os.environ.get("SPARK_DRIVER_MEMORY") or "2g"
    session = (
        builder.master(os.environ.get("SPARK_MASTER") or "local[*]")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.memory", memory)
        .config("spark.sql.catalogImplementation", "in-memory")
        .config("spark.sql.shuffle.partitions", partitions)
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    return session
