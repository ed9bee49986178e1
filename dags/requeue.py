"""Requeue: parse quarantined documents again after their parser was mended. Started by hand."""
# ruff: noqa: PLC0415  # the library is imported inside tasks, so that DAGs parse fast

import datetime as dt
from typing import Any

from _wiring import EVERY_TASK, errors_in_one_sentence, landing, result
from airflow.sdk import DAG, Param, task
from airflow.sdk.exceptions import AirflowSkipException

from orderpaper import config
from orderpaper.catalogue import load_sources

DOC = """
### Requeue
Parses documents again that a parser has refused and that may be understood now that the parser has changed; then the
warehouse is built. Nothing is fetched: the documents are in the landing zone. Trigger this DAG after you have mended a
parser. With `is_everything`, everything that other versions of the parsers have read is parsed again. `make requeue`
does the same without a scheduler.

#### What to do when it is red
The [runbook](/warehouse/runbook) has a section for each failure. In short:
- **requeue** is red: too many documents are refused again; the log says how many, and why. Mend the parser and
  trigger this DAG again.
- **announce** is skipped, not red, when nothing was parsed: the log of **requeue** names the parsers
  that refuse documents.
"""

LANDINGS = [landing(source.name) for source in load_sources().values() if source.is_enabled]

with DAG(
    dag_id="requeue",
    description="Parse quarantined documents again.",
    doc_md=DOC,
    schedule=None,
    start_date=dt.datetime(2014, 1, 1, tzinfo=dt.UTC),
    catchup=False,
    max_active_runs=1,
    params={
        "is_everything": Param(
            False,
            type="boolean",
            title="Parse everything",
            description="Parse every document that the present version of its parser has not read, not only those in"
            " quarantine. That takes as long as parsing all of the past.",
        )
    },
    default_args={"owner": "warehouse", **EVERY_TASK},
    tags=["ingest", "quarantine"],
):

    @task(execution_timeout=dt.timedelta(hours=12))
    def requeue(params: dict[str, Any], ti: Any) -> dict[str, Any]:
        """Parse the refused documents with the parsers as they are now."""
        from orderpaper.ingest import requeue as requeueing

        with errors_in_one_sentence():
            requeued = requeueing.requeue(config.paths(), is_everything=params["is_everything"])
        # An earlier try may have been killed after it made batches and before it announced them.
        return result("requeue", requeued) | {"is_new": requeued.batch_count > 0 or ti.try_number > 1}

    @task(outlets=LANDINGS, execution_timeout=dt.timedelta(minutes=5))
    def announce(requeued: dict[str, Any]) -> None:
        """Announce that there is something to load; skipped when there is not."""
        if not requeued["is_new"]:
            raise AirflowSkipException("Nothing was parsed, so there is nothing to load.")

    announce(requeue())
