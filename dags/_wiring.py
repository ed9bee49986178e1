"""Shared by the DAG files: assets, pools, connections, retries, and errors as one sentence in the log."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

from _alerting import on_failure
from airflow.sdk import Asset, Connection
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowNotFoundException

from orderpaper import config
from orderpaper.catalogue import Source
from orderpaper.errors import OrderPaperError, UpstreamError
from orderpaper.run import disk

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


def base_url(source: Source) -> str | None:
    """Return the address of the source's site: its Airflow connection if set, else the public one of source.yml.

    The connection's host may be a whole URL, as Airflow's HTTP connections allow. A login and password of the
    connection stand in the address, from which the client takes them before it logs anything.
    """
    if source.connection_id is None:
        return source.base_url
    try:
        connection = Connection.get(source.connection_id)
    except AirflowNotFoundException:
        return source.base_url
    if not connection.host:
        return source.base_url
    scheme, found, host = connection.host.partition("://")
    if not found:
        port = f":{connection.port}" if connection.port else ""
        scheme, host = connection.schema or "https", f"{connection.host}{port}"
    login = f"{quote(connection.login, '')}:{quote(connection.password or '', '')}@" if connection.login else ""
    return f"{scheme}://{login}{host}"


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
