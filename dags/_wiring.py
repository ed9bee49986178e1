"""Shared by the DAG files: assets, pools, connections, retries, and errors as one sentence in the log."""

import datetime as dt
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

import _metrics
from _alerting import on_failure, on_retry, on_success
from airflow.sdk import Asset
from airflow.sdk.exceptions import AirflowException, AirflowFailException

from orderpaper import config
from orderpaper.catalogue import Source
from orderpaper.errors import OrderPaperError, StorageError, UpstreamError
from orderpaper.run import disk
from orderpaper.run.addresses import base_url
from orderpaper.run.progress import describe

__all__ = [
    "DUCKDB_WRITER_POOL",
    "EVERY_TASK",
    "WAREHOUSE",
    "WRITER_QUEUE",
    "base_url",
    "done",
    "errors_in_one_sentence",
    "landing",
    "result",
    "upstream_pool",
]

WAREHOUSE = Asset(name="warehouse", uri="orderpaper://warehouse")
"""Updated when a snapshot that passed its audit is published."""

DUCKDB_WRITER_POOL = "duckdb_writer"
"""A pool with one slot, because the build database has one writer at a time."""

WRITER_QUEUE = "writer"
"""The queue of Celery whose only worker has the build database. Without Celery it says nothing."""

EVERY_TASK: dict[str, Any] = {
    "on_failure_callback": on_failure,
    "on_retry_callback": on_retry,
    "on_success_callback": on_success,
    "retries": 3,
    "retry_delay": dt.timedelta(minutes=2),
    "retry_exponential_backoff": 2.0,
    "max_retry_delay": dt.timedelta(minutes=30),
}


def landing(source_name: str) -> Asset:
    """Return the asset of a source, which is updated when a batch of its records is ready to load."""
    return Asset(name=f"landing_{source_name}", uri=f"orderpaper://landing/{source_name}")


def upstream_pool(source: Source) -> str:
    """Return the pool of a site, which has the name of its connection. One task at a time asks the site.

    The client controls how fast that task asks (`orderpaper.http.pace`).
    """
    return source.connection_id or "default_pool"


def result(task_id: str, summary: Any, **tags: str) -> dict[str, Any]:
    """Return the summary of a step as the task's return value; log it, and send its numbers as metrics with `tags`."""
    values = asdict(summary)
    _metrics.of_result(task_id, values, **tags)
    done(task_id, values)
    return values


def done(task_id: str, value: Any) -> None:
    """Log the return value of a task as one line, the last one of its log."""
    logging.getLogger("orderpaper").info("Done: %s.", describe(task_id, value))


# The OpenLineage client says with each event where it writes it, and Airflow's `namespace_levels` does not reach it.
logging.getLogger("openlineage.client").setLevel(logging.WARNING)


@contextmanager
def errors_in_one_sentence() -> Iterator[None]:
    """Show an expected error or a full disk in one sentence. Only errors of the upstream and of storage are retried."""
    try:
        yield
    except (StorageError, UpstreamError) as error:
        raise AirflowException(str(error)) from None
    except Exception as error:
        if refused := disk.refusal(error, config.paths().home):
            raise AirflowFailException(refused) from None
        if isinstance(error, OrderPaperError):
            raise AirflowFailException(str(error)) from None
        raise
