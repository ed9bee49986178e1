"""Build the warehouse whenever a source has landed something: load, transform, audit, publish; one at a time."""
# ruff: noqa: PLC0415  # the library is imported inside tasks, so that DAGs parse fast

import datetime as dt
import re
from dataclasses import asdict
from typing import Any

from _alerting import send
from _wiring import DUCKDB_WRITER_POOL, EVERY_TASK, WAREHOUSE, errors_in_one_sentence, landing
from airflow.sdk import DAG, AssetAny, Param, task

from orderpaper import config
from orderpaper.catalogue import load_sources

DOC = """
### The warehouse
Loads new batches of records into the build database, transforms them with dbt, audits the marts with Great
Expectations and, only if the audit passes, publishes a new snapshot. Readers keep the last good one until then.

#### What to do when it is red
The [runbook](/warehouse/runbook) has a section for each failure. In short:
- **load** or **transform**: the log names the batch, or the dbt model and its error. Mend it and clear the task:
  each step may run again on what it finds.
- **audit**: the log names each failed expectation and some of its rows. Nothing was published. Mend the data's cause
  (a parser, a model) or, if Parliament really changed, the expectation; then clear from the task that you mended.
  If the audit only says that the build differs from what is published, and rightly so, trigger a run with
  `accept_shifts`.
- **publish**: usually a full disk. The last snapshot still stands; make room and clear the task.
"""

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
            description="Publish although rows or shares differ much from what is published: somebody has looked.",
        )
    },
    default_args={
        "owner": "warehouse",
        "pool": DUCKDB_WRITER_POOL,
        "execution_timeout": dt.timedelta(hours=4),
        **EVERY_TASK,
    },
    tags=["warehouse"],
):

    def build_id(run_id: str) -> str:
        """Return the Airflow run's id as the name of a folder."""
        return re.sub(r"[^A-Za-z0-9_-]+", "-", run_id)

    @task
    def load() -> dict[str, Any]:
        """Load batches of records that the build database has not seen."""
        from orderpaper.warehouse import load as loading

        with errors_in_one_sentence():
            return asdict(loading.load(config.paths()))

    @task
    def transform(run_id: str) -> dict[str, Any]:
        """Build every dbt model and run its tests; the status of each is in the log."""
        from orderpaper.warehouse import transform as transforming

        with errors_in_one_sentence():
            return asdict(transforming.build(config.paths(), build_id(run_id)))

    @task
    def audit(run_id: str, params: dict[str, Any]) -> dict[str, Any]:
        """Check the built marts; fail if an expectation that must hold does not."""
        from orderpaper import quality
        from orderpaper.run import alerts

        with errors_in_one_sentence():
            report = quality.audit(config.paths(), build_id(run_id), accept_shifts=params["accept_shifts"])
        if report.warnings:
            send(alerts.warnings("build_warehouse", run_id, report))
        return {"run_id": report.run_id, "checks": len(report.results), "warnings": len(report.warnings)}

    @task(outlets=[WAREHOUSE])
    def publish(run_id: str) -> str:
        """Make a read-only snapshot of the audited marts and swap it in."""
        from orderpaper.warehouse import publish as publishing

        with errors_in_one_sentence():
            return str(publishing.publish(config.paths(), build_id(run_id)))

    load() >> transform() >> audit() >> publish()
