"""The fetch log: a line for every request, written as soon as it ends, so that a killed worker loses no line."""

import threading
import uuid
from io import FileIO
from pathlib import Path

import msgspec
import requests

from orderpaper.errors import OrderPaperError
from orderpaper.http.answers import Failure, Reply
from orderpaper.records.schema import FetchRow

_SUCCESSES = {requests.codes.ok: "fetched", requests.codes.not_modified: "not_modified"}


class FetchLog:
    """The log of one client, in a file of its own: JSON Lines of `FetchRow`. It is thread-safe.

    Args:
        folder: the folder of the source's logs.
        source: the source's name.
        run_id: the Airflow run.

    Raises:
        OrderPaperError: the file cannot be created.
    """

    def __init__(self, folder: Path, source: str, run_id: str) -> None:
        self.request_count = 0
        self.new_document_count = 0
        self._source = source
        self._run_id = run_id
        self._lock = threading.Lock()
        self._path = folder / f"{uuid.uuid4().hex}.jsonl"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = FileIO(self._path, "a")
        except OSError as error:
            raise self._refused(error) from error

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
            try:
                self._file.write(msgspec.json.encode(row) + b"\n")
            except OSError as error:
                raise self._refused(error) from error

    def close(self) -> None:
        """Close the file, and remove it if it is empty."""
        self._file.close()
        if not self.request_count:
            self._path.unlink(missing_ok=True)

    def _refused(self, error: OSError) -> OrderPaperError:
        return OrderPaperError(f"The fetch log {self._path} cannot be written: {error.strerror or error}")
