"""Shared by the DAG files: assets, pools, connections, retries, and errors as one sentence in the log."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from _alerting import on_failure
from airflow.sdk import Asset
from airflow.sdk.exceptions import AirflowException, AirflowFailException

from orderpaper import config
from orderpaper.catalogue import Source
from orderpaper.errors import OrderPaperError, UpstreamError
from orderpaper.run import disk
from orderpaper.run.addresses import base_url

__all__ = [
    "DUCKDB_WRITER_POOL",
    "EVERY_TASK",
    "WAREHOUSE",
    "base_url",
    "errors_in_one_sentence",
    "landing",
    "upstream_pool",
]

WAREHOUSE = Asset(name="warehouse", uri="orderpaper://warehouse")
"""Updated when a snapshot that passed its audit is published."""

DUCKDB_WRITER_POOL = "duckdb_writer"
"""A pool with one slot, because the build database has one writer at a time."""

EVERY_TASK: dict[str, Any] = {
    "on_failure_callback": on_failure,
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


@contextmanager
def errors_in_one_sentence() -> Iterator[None]:
    """Show an expected error or a full disk in one sentence. Only errors of the upstream are retried."""
    try:
        yield
    except UpstreamError as error:
        raise AirflowException(str(error)) from None
    except Exception as error:
        if refused := disk.refusal(error, config.paths().home):
            raise AirflowFailException(refused) from None
        if isinstance(error, OrderPaperError):
            raise AirflowFailException(str(error)) from None
        raise
