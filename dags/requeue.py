"""Requeue: parse again what is in quarantine, once its parser is mended; started by hand."""
# ruff: noqa: PLC0415  # the library is imported inside tasks, so that DAGs parse fast

import datetime as dt
from dataclasses import asdict
from typing import Any

from _wiring import EVERY_TASK, errors_in_one_sentence, landing
from airflow.sdk import DAG, Param, task
from airflow.sdk.exceptions import AirflowSkipException

from orderpaper import config
from orderpaper.catalogue import load_sources

DOC = """
### Requeue
Parses again, from the landing zone, the documents that a parser refused and a newer version of it may understand; then
the warehouse is built. Nothing is fetched. Trigger it after a parser was mended and its `PARSER_VERSION` raised; with
`is_everything`, all that older versions have parsed is parsed again. `make requeue` does the same without a scheduler.

#### What to do when it is red
The [runbook](/warehouse/runbook) has a section for each failure. In short:
- **requeue** is red: too many documents are refused again; the log says how many, and why. Mend the parser, raise its
  version and trigger this again.
- **announce** is skipped, not red, when nothing was parsed: the log of **requeue** says which parser is yet to mend.
"""

LANDINGS = [landing(source.name) for source in load_sources().values() if source.is_enabled]

with DAG(
    dag_id="requeue",
    description="Parse again what is in quarantine.",
    doc_md=DOC,
    schedule=None,
    start_date=dt.datetime(2014, 1, 1, tzinfo=dt.UTC),
    catchup=False,
    max_active_runs=1,
    params={"is_everything": Param(False, type="boolean", description="All that older parsers have parsed.")},
    default_args={"owner": "warehouse", **EVERY_TASK},
    tags=["ingest", "quarantine"],
):

    @task(execution_timeout=dt.timedelta(hours=12))
    def requeue(params: dict[str, Any], ti: Any) -> dict[str, Any]:
        """Turn the refused documents into batches of records, with the parsers as they are now."""
        from orderpaper.ingest import requeue as requeueing

        with errors_in_one_sentence():
            requeued = requeueing.requeue(config.paths(), is_everything=params["is_everything"])
        # An earlier try may have been killed with batches made and nobody told.
        return asdict(requeued) | {"is_new": requeued.batch_count > 0 or ti.try_number > 1}

    @task(outlets=LANDINGS, execution_timeout=dt.timedelta(minutes=5))
    def announce(requeued: dict[str, Any]) -> None:
        """Say that there is something to load; skipped when there is not."""
        if not requeued["is_new"]:
            raise AirflowSkipException("Nothing was parsed, so there is nothing to load.")

    announce(requeue())
