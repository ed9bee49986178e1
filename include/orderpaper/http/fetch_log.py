"""The fetch log: a line for every request, written as soon as it ends (`orderpaper.storage.Lines`)."""

import threading
import uuid

import msgspec
import requests

from orderpaper.http.answers import Failure, Reply
from orderpaper.records.schema import FetchRow
from orderpaper.storage import Lines, Store

_SUCCESSES = {requests.codes.ok: "fetched", requests.codes.not_modified: "not_modified"}


class FetchLog:
    """The log of one client, in a file of its own: JSON Lines of `FetchRow`. It is thread-safe.

    Args:
        store: the landing zone's store.
        source: the source's name.
        run_id: the Airflow run.

    Raises:
        OrderPaperError: the file cannot be created.
    """

    def __init__(self, store: Store, source: str, run_id: str) -> None:
        self.request_count = 0
        self.new_document_count = 0
        self._source = source
        self._run_id = run_id
        self._lock = threading.Lock()
        self._lines = Lines(store, f"fetch_log/{source}/{uuid.uuid4().hex}", ".jsonl")

    def write(
        self,
        url: str,
        reply: Reply,
        attempt: int,
        *,
        failure: Failure | None = None,
        document_id: str | None = None,
        is_new: bool = False,
    ) -> None:
        """Write the line of a request: its answer, and why the answer failed or which document it is.

        Raises:
            OrderPaperError: the file cannot be written.
        """
        row = FetchRow(
            fetch_id=uuid.uuid4().hex,
            source=self._source,
            run_id=self._run_id,
            url=url,
            requested_at=reply.requested_at,
            status_code=reply.status,
            outcome=failure.outcome if failure else _SUCCESSES.get(reply.status or 0, "redirected"),
            document_id=document_id,
            is_new_document=is_new,
            byte_count=len(reply.body),
            elapsed_ms=reply.elapsed_ms,
            attempt=attempt,
            error=failure.reason if failure else None,
        )
        with self._lock:
            self.request_count += 1
            self.new_document_count += is_new
            self._lines.add(msgspec.json.encode(row) + b"\n")

    def close(self) -> None:
        """Close the file, and remove it if it is empty."""
        self._lines.close()
