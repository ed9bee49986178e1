"""Load the records of a realm, build every model with dbt, and write the marts as Parquet: `make spark`.

It runs in the environment `.spark`. `orderpaper.warehouse.spark` starts it, and makes a snapshot of what it writes.
"""

import argparse
import json
import logging
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import records
from dbt.cli.main import dbtRunner
from pyspark.sql import DataFrame, SparkSession, functions
from pyspark.sql.types import DateType
from session import begin_anew, open_session

from orderpaper.config import PROJECT, Paths
from orderpaper.errors import OrderPaperError

log = logging.getLogger("orderpaper.spark")
SCHEMAS = ("marts", "ops", "reference")


def main() -> None:
    """Build what the command line names, or end with the reason why it cannot be built."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path, help="the folder that holds everything")
    parser.add_argument("realm", help="the realm whose records are loaded")
    parser.add_argument("folder", type=Path, help="the folder to write, which must not exist")
    given = parser.parse_args()
    log.addHandler(logging.StreamHandler(sys.stdout))
    log.setLevel(logging.INFO)
    log.propagate = False  # dbt and Spark have handlers of their own
    try:
        build(Paths(given.home.resolve(), given.realm), given.folder.resolve())
    except OrderPaperError as error:
        sys.exit(str(error))


def build(paths: Paths, folder: Path) -> None:
    """Write the tables of a realm into `folder`, which is complete when it appears.

    Spark replaces no rows of plain tables, so everything is built from nothing in a warehouse of its own.

    Raises:
        OrderPaperError: the records cannot be loaded, or dbt failed.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".spark-", dir=folder.parent) as temporary:
        warehouse, unfinished = Path(temporary, "warehouse"), Path(temporary, folder.name)
        session = open_session(warehouse)
        try:
            begin_anew(session, warehouse)
            started = time.monotonic()
            count = records.load(session, paths)
            log.info("load: %s documents (%.0f s)", f"{count:,}", time.monotonic() - started)
            started = time.monotonic()
            counts = run_dbt(Path(temporary, "dbt"))
            found = ", ".join(f"{counted} {kind}s" for kind, counted in counts.items())
            log.info("transform: %s (%.0f s)", found, time.monotonic() - started)
            started = time.monotonic()
            log.info("write: %d tables (%.0f s)", write_tables(session, unfinished), time.monotonic() - started)
        finally:
            session.stop()
        (warehouse / "raw.db").rename(unfinished / "raw")  # the audit compares the marts with it
        (unfinished / "summary.json").write_text(json.dumps({"document": count} | counts))
        unfinished.rename(folder)


def run_dbt(target: Path) -> dict[str, int]:
    """Build every seed and model in the open session; return how many of each, and of tests and warnings.

    Raises:
        OrderPaperError: a node failed; the message names each.
    """
    project = PROJECT / "dbt"
    outcome: Any = dbtRunner(callbacks=[_log_progress]).invoke(
        [
            "build",
            "--target=spark",
            "--exclude-resource-type=unit_test",  # their rows are written in DuckDB's SQL
            "--exclude=path:models/marts,resource_type:test",  # the audit makes checks of the same declarations
            "--exclude-resource-type=exposure",
            f"--project-dir={project}",
            f"--profiles-dir={project}",
            f"--target-path={target}",
            f"--log-path={target}",
            "--log-level=none",
            "--no-send-anonymous-usage-stats",
        ]
    )
    results = [result for result in getattr(outcome.result, "results", None) or [] if hasattr(result.node, "name")]
    if not outcome.success:
        failed = [
            f"- {result.node.name}: {' '.join(str(result.message).split())}"
            for result in results
            if str(result.status) in ("error", "fail", "runtime error")
        ]
        reason = "\n".join(failed) or " ".join(str(outcome.exception or "no node failed").split())
        raise OrderPaperError(f"dbt could not build the warehouse on Spark:\n{reason}")
    counts = {kind: sum(r.node.resource_type == kind for r in results) for kind in ("seed", "model", "test")}
    return counts | {"warning": sum(str(result.status) == "warn" for result in results)}


def _log_progress(event: Any) -> None:
    """Log each model and seed when it has been built."""
    if event.info.name in ("LogModelResult", "LogSeedResult"):
        node = event.data
        name = node.node_info.node_name
        log.info("%d of %d: %s %s (%.0f s)", node.index, node.total, name, node.status.lower(), node.execution_time)


def write_tables(session: SparkSession, folder: Path) -> int:
    """Write every table that is published as Parquet, facts by month; return how many."""
    names = [
        (schema, row.tableName)
        for schema in SCHEMAS
        for row in session.sql(f"SHOW TABLES IN {schema}").collect()
        if not row.isTemporary
    ]
    for schema, name in names:
        rows = session.table(f"{schema}.{name}")
        path = str(folder / schema / name)
        if (date := _date(name, rows)) and not rows.isEmpty():
            month = functions.coalesce(functions.date_format(date, "yyyy-MM"), functions.lit("undated"))
            rows.withColumn("month", month).repartition("month").write.partitionBy("month").parquet(path)
        else:
            rows.coalesce(1).write.parquet(path)
    return len(names)


def _date(table: str, rows: DataFrame) -> str | None:
    """Return the first column of a fact that is a date, which says its month, or None."""
    if not table.startswith("fct_") and table != "dim_document":
        return None
    return next((field.name for field in rows.schema if isinstance(field.dataType, DateType)), None)


if __name__ == "__main__":
    main()
