"""Build the warehouse whenever a source has new records: load, transform, audit, publish. One build runs at a time."""
# ruff: noqa: PLC0415  # the library is imported inside tasks, so that DAGs parse fast

import datetime as dt
from typing import Any

import _metrics
from _wiring import (
    DUCKDB_WRITER_POOL,
    EVERY_TASK,
    WAREHOUSE,
    WRITER_QUEUE,
    done,
    errors_in_one_sentence,
    landing,
    result,
)
from airflow.sdk import DAG, AssetAny, Param, task

from orderpaper import config
from orderpaper.catalogue import load_sources
from orderpaper.config import Paths

DOC = """
### The warehouse
Loads new batches of records into the build database, transforms them with dbt, audits the marts with Great
Expectations and, only if the audit passes, publishes a new snapshot. Until then, readers keep the last good snapshot.
With `ORDERPAPER_BUILD_ON=spark`, Apache Spark loads and transforms, in one task, and the snapshot shows what it wrote.

#### What to do when it is red
The [runbook](/warehouse/runbook) has a section for each failure. In short:
- **load** or **transform**: the log names the batch, or the dbt model and its error. Correct it and clear the task:
  every step can be repeated.
- **audit**: the log names each failed expectation and some of its rows. Nothing was published. Correct the cause
  (a parser, a model) or, if Parliament really changed, the expectation; then clear the tasks from the one that you
  corrected. If the audit only says that the build differs from the published snapshot, and the difference is right,
  trigger a run with `accept_shifts`.
- **publish**: usually a full disk. The last snapshot is still published; make room and clear the task.
"""

IS_ON_SPARK = config.is_built_on_spark()


def build_paths(run_id: str) -> Paths:
    """Return the folders of a run: on Spark, each build has a database of its own."""
    if not IS_ON_SPARK:
        return config.paths()
    from orderpaper.warehouse import spark

    paths = config.paths()
    return spark.SparkPaths(paths.home, paths.realm, config.build_id(run_id))


with DAG(
    dag_id="build_warehouse",
    description="Load, transform, audit, publish.",
    doc_md=DOC,
    schedule=AssetAny(*(landing(source.name) for source in load_sources().values() if source.is_enabled)),
    start_date=dt.datetime(2014, 1, 1, tzinfo=dt.UTC),
    catchup=False,
    max_active_runs=1,
    params={
        "accept_shifts": Param(
            False,
            type="boolean",
            title="Accept large differences",
            description="Publish even if tables have lost more rows, or shares have moved further, than the audit"
            " allows in comparison with the published snapshot. Look at `ops.fct_measurement` first. It holds for this"
            " run only.",
        )
    },
    default_args={
        "owner": "warehouse",
        "pool": DUCKDB_WRITER_POOL,
        "queue": WRITER_QUEUE,
        "execution_timeout": dt.timedelta(hours=4),
        **EVERY_TASK,
    },
    tags=["warehouse"],
):

    @task
    def load() -> dict[str, Any]:
        """Load batches of records that the build database has not seen."""
        from orderpaper.run import lineage_file
        from orderpaper.warehouse import load as loading

        lineage_file.rotate(config.paths())
        with errors_in_one_sentence():
            return result("load", loading.load(config.paths()))

    @task
    def transform(run_id: str) -> dict[str, Any]:
        """Build every dbt model and run its tests; the status of each is in the log."""
        from orderpaper.warehouse import spark
        from orderpaper.warehouse import transform as transforming

        with errors_in_one_sentence():
            paths = build_paths(run_id)
            if isinstance(paths, spark.SparkPaths):
                return result("transform", spark.build(paths))
            return result("transform", transforming.build(paths, config.build_id(run_id)))

    @task
    def audit(run_id: str, params: dict[str, Any]) -> dict[str, Any]:
        """Check the built marts; fail if an expectation that must hold does not."""
        from orderpaper import quality
        from orderpaper.run import alerts, notify

        with errors_in_one_sentence():
            try:
                report = quality.audit(
                    build_paths(run_id), config.build_id(run_id), accept_shifts=params["accept_shifts"]
                )
            finally:
                _metrics.of_audit(config.paths(), config.build_id(run_id))
        if report.warnings:
            notify.send(alerts.warnings("build_warehouse", run_id, report))
        found = {"run_id": report.run_id, "checks": len(report.results), "warnings": len(report.warnings)}
        done("audit", found)
        return found

    @task(outlets=[WAREHOUSE])
    def publish(run_id: str) -> str:
        """Make a read-only snapshot of the audited marts and publish it."""
        from orderpaper.warehouse import publish as publishing
        from orderpaper.warehouse import spark

        with errors_in_one_sentence():
            paths = build_paths(run_id)
            database = publishing.publish(paths, config.build_id(run_id))
            if isinstance(paths, spark.SparkPaths):
                spark.put_in_force(paths)
        _metrics.of_warehouse(config.paths())
        done("publish", f"{database}")
        return str(database)

    transformed = transform()
    if not IS_ON_SPARK:  # a build on Spark begins with the records themselves
        load() >> transformed
    transformed >> audit() >> publish()
