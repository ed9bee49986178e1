"""Open a bucket on S3-compatible storage with the variables of the environment that other programs read."""

import datetime as dt
import os
from typing import Any

from obstore.store import S3Store

RETRY_FOR = dt.timedelta(minutes=2)
"""How long a request is repeated while the storage is busy or cannot be reached. Then the task fails, and Airflow
repeats it."""


def opened(location: str) -> S3Store:
    """Return the store below a prefix of a bucket, such as `s3://bucket/prefix`."""
    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "us-east-1"
    options: dict[str, Any] = {"endpoint": endpoint} if endpoint else {}
    return S3Store.from_url(
        location,
        region=region,
        client_options={"allow_http": bool(endpoint and endpoint.startswith("http://")), "timeout": "120s"},
        # Waits are random, so thirty tries can be over in seconds: only the time is a limit.
        retry_config={
            "max_retries": 10_000,
            "retry_timeout": RETRY_FOR,
            "backoff": {"init_backoff": dt.timedelta(milliseconds=200), "max_backoff": dt.timedelta(seconds=5)},
        },
        **options,
    )
