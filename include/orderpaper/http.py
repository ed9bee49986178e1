"""The one polite HTTP client: it lands what it gets and leaves a line in the fetch log for every request."""

import datetime as dt
import ipaddress
import random
import threading
import time
import uuid
from dataclasses import dataclass, replace
from email.utils import parsedate_to_datetime
from io import FileIO
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import msgspec
import requests

from orderpaper.errors import UpstreamError
from orderpaper.landing import DocumentRef, Held, Landing
from orderpaper.raw import FetchRow

Params = list[tuple[str, str | int]]

ATTEMPTS = 5
TIMEOUT = (5, 60)
"""Seconds to connect, and between two reads. The written-questions API needs up to half a minute for wide windows."""
MAX_BODY_BYTES = 64 * 1024 * 1024
_RETRIED = {429, 500, 502, 503, 504}


@dataclass(frozen=True, slots=True)
class Format:
    """What an answer must be: how it is typed, and how a text of that format shows that it came whole."""

    title: str
    media_types: frozenset[str]
    closing_tag: bytes


JSON = Format("JSON", frozenset(), b"")
"""Any answer that decodes as JSON, however it is typed."""


@dataclass(frozen=True, slots=True)
class Landed:
    """A document as a source sees it: where it lies and its body."""

    ref: DocumentRef
    body: bytes


@dataclass(slots=True)
class _AttemptError(Exception):
    """One attempt that did not succeed: its outcome for the log, and how long the site asks us to wait."""

    outcome: str
    reason: str
    retry_after: float | None = None
    is_final: bool = False


class Client:
    """Fetches for one source and one run. Thread-safe; close it to flush the log.

    Args:
        landing: where bodies go.
        source: the source's name.
        run_id: the Airflow run, for the log.
        base_url: scheme, host and, if any, port and path prefix.
        user_agent: who we are and how to reach us.
        requests_per_second: the pace that all threads share; machines of our own (loopback) are not paced.
    """

    def __init__(
        self,
        *,
        landing: Landing,
        source: str,
        run_id: str,
        base_url: str,
        user_agent: str,
        requests_per_second: float,
    ) -> None:
        self.landing = landing
        self.source = source
        self.run_id = run_id
        self.base_url = base_url.rstrip("/")
        self._user_agent = user_agent
        self._interval = 0.0 if _is_loopback(base_url) else 1 / requests_per_second
        self._next_slot = 0.0
        self._lock = threading.Lock()
        self._local = threading.local()
        self._documents: dict[tuple[str, str], DocumentRef] = {}
        self.request_count = 0
        self.new_document_count = 0
        log_folder = landing.root / "fetch_log" / source
        log_folder.mkdir(parents=True, exist_ok=True)
        self._log = FileIO(log_folder / f"{uuid.uuid4().hex}.jsonl", "a")

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the fetch log; a client that asked nothing leaves none."""
        self._log.close()
        if not self.request_count:
            Path(str(self._log.name)).unlink(missing_ok=True)

    @property
    def documents(self) -> list[DocumentRef]:
        """Every document that the source has got or already had in this run, in a stable order."""
        return [self._documents[key] for key in sorted(self._documents)]

    def get_json(
        self, path: str, params: Params, *, kind: str, state: str | None = None, is_optional: bool = False
    ) -> Landed | None:
        """The JSON document at `path`, landed; all else as `get`."""
        return self.get(path, params, due=JSON, kind=kind, state=state, is_optional=is_optional)

    def get(
        self,
        path: str,
        params: Params,
        *,
        due: Format,
        kind: str,
        state: str | None = None,
        is_optional: bool = False,
    ) -> Landed | None:
        """The document at `path`, landed.

        Args:
            path: below the base URL.
            params: the query, in the order it is sent.
            due: the format that the answer must have; one in another is a failure, and is asked for again.
            kind: what the source calls this sort of document.
            state: what the caller knows of the resource's state (say, a hash of the list row that points to it);
                when the landing zone holds it fetched in that same state, nothing is asked.
            is_optional: a 404 is an answer (None) and not a failure.

        Raises:
            UpstreamError: the site did not answer as agreed, after all retries.
        """
        address = path + (f"?{urlencode(params)}" if params else "")
        held = self.landing.held(self.source, address)
        if held and state is not None and held.state == state:
            return self._landed(held, kind)
        for attempt in range(1, ATTEMPTS + 1):
            try:
                entry = self._attempt(address, due, held, state, attempt)
            except _AttemptError as failure:
                if failure.outcome == "not_found" and is_optional:
                    return None
                if failure.is_final or attempt == ATTEMPTS:
                    raise UpstreamError(
                        f"{self.source}: {failure.reason} at {self.base_url}{address} (attempt {attempt} of {ATTEMPTS})"
                    ) from failure
                # Full jitter keeps workers that failed together from coming back together.
                time.sleep(failure.retry_after or random.uniform(0.1, 0.5 * 2**attempt))  # noqa: S311
            else:
                return self._landed(entry, kind)
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _landed(self, held: Held, kind: str) -> Landed:
        ref = DocumentRef(
            document_id=held.document_id,
            kind=kind,
            url=held.url,
            media_type=held.media_type,
            fetched_at=held.fetched_at,
        )
        with self._lock:
            self._documents[(held.url, held.document_id)] = ref
        return Landed(ref, self.landing.read(held.document_id))

    def _attempt(self, address: str, due: Format, held: Held | None, state: str | None, attempt: int) -> Held:
        """Make one request, land its body and log it.

        Raises:
            _AttemptError: whatever went wrong, already logged.
        """
        self._wait_for_slot()
        requested_at, started = dt.datetime.now(dt.UTC), time.monotonic()
        reply = _Reply()
        entry, is_new, failure = None, False, None
        try:
            self._request(self.base_url + address, due, held, reply)
            if reply.status == requests.codes.not_modified and held:
                entry = replace(held, state=state)
            else:
                document_id, is_new = self.landing.put(reply.body)
                entry = Held(
                    url=address,
                    document_id=document_id,
                    media_type=reply.media_type,
                    # Unchanged content keeps its time, so that asking again makes no new manifest.
                    fetched_at=held.fetched_at if held and held.document_id == document_id else requested_at,
                    etag=reply.etag,
                    last_modified=reply.last_modified,
                    state=state,
                )
            self.landing.hold(self.source, entry)
        except _AttemptError as caught:
            failure = caught
        self._write_log(
            FetchRow(
                fetch_id=uuid.uuid4().hex,
                source=self.source,
                run_id=self.run_id,
                url=self.base_url + address,
                requested_at=requested_at,
                status_code=reply.status,
                outcome=failure.outcome if failure else "not_modified" if reply.status == 304 else "fetched",
                document_id=entry.document_id if entry else None,
                is_new_document=is_new,
                byte_count=len(reply.body),
                elapsed_ms=round((time.monotonic() - started) * 1000),
                attempt=attempt,
                error=failure.reason if failure else None,
            )
        )
        if entry is None:
            raise failure or AssertionError("an attempt ends with an entry or a failure")
        return entry

    def _request(self, url: str, due: Format, held: Held | None, reply: "_Reply") -> None:
        """Ask for `url` and fill in `reply`.

        Raises:
            _AttemptError: no answer, or not one that can be used.
        """
        try:
            # A redirect is never followed: it could lead anywhere, and a site that has moved is news.
            with self._session().get(
                url, headers=_conditions(held), timeout=TIMEOUT, stream=True, allow_redirects=False
            ) as response:
                reply.status = response.status_code
                reply.media_type = response.headers.get("Content-Type", "").split(";")[0].strip().lower()
                reply.etag = response.headers.get("ETag")
                reply.last_modified = response.headers.get("Last-Modified")
                reply.body = _read(response)
                _check(response, reply, due, is_held=held is not None)
        except requests.Timeout as error:
            raise _AttemptError("timeout", f"no answer within {TIMEOUT[1]} s") from error
        except requests.RequestException as error:
            raise _AttemptError("connection_error", f"no whole answer ({_cause(error)})") from error

    def _session(self) -> requests.Session:
        """The session of the calling thread: requests does not promise that one may be shared."""
        session: requests.Session | None = getattr(self._local, "session", None)
        if session is None:
            session = self._local.session = requests.Session()
            session.headers["User-Agent"] = self._user_agent
            session.trust_env = not _is_loopback(self.base_url)
        return session

    def _wait_for_slot(self) -> None:
        with self._lock:
            now = time.monotonic()
            slot = max(now, self._next_slot)
            self._next_slot = slot + self._interval
        time.sleep(slot - now)

    def _write_log(self, row: FetchRow) -> None:
        with self._lock:
            self.request_count += 1
            self.new_document_count += row.is_new_document
            self._log.write(msgspec.json.encode(row) + b"\n")


@dataclass(slots=True)
class _Reply:
    """What came back of one request, as far as it got."""

    status: int | None = None
    body: bytes = b""
    media_type: str = ""
    etag: str | None = None
    last_modified: str | None = None


def _read(response: requests.Response) -> bytes:
    """The decoded body, read in pieces so that neither a long nor a well-compressed one can fill the memory."""
    pieces, size = [], 0
    for piece in response.iter_content(chunk_size=256 * 1024):
        pieces.append(piece)
        size += len(piece)
        if size > MAX_BODY_BYTES:
            raise _AttemptError("too_large", f"more than {MAX_BODY_BYTES >> 20} MB", is_final=True)
    return b"".join(pieces)


def _check(response: requests.Response, reply: _Reply, due: Format, *, is_held: bool) -> None:
    """Tell an answer that can be used from one that cannot.

    Raises:
        _AttemptError: a status that is no success, a body in another format than is due, or an error inside the body.
    """
    status = response.status_code
    if status == requests.codes.not_modified and is_held:
        return
    if status in _RETRIED:
        outcome = "throttled" if status == requests.codes.too_many_requests else "server_error"
        raise _AttemptError(outcome, f"HTTP {status}", retry_after=_retry_after(response))
    if status == requests.codes.not_found:
        raise _AttemptError("not_found", "HTTP 404", is_final=True)
    if response.is_redirect:
        target = response.headers["Location"]
        raise _AttemptError(
            "redirected", f"HTTP {status}, a redirect to {target!r} that is not followed,", is_final=True
        )
    if status != requests.codes.ok:
        raise _AttemptError("client_error", f"HTTP {status}", is_final=True)
    if due is JSON:
        _check_json(reply)
    elif reply.media_type not in due.media_types:
        raise _not_due(reply, due)
    elif due.closing_tag not in reply.body:
        raise _AttemptError("wrong_format", f"{due.title} that stops before its {due.closing_tag.decode()}")


def _check_json(reply: _Reply) -> None:
    """Look for an error inside the body.

    The written-questions API reports some failures as HTTP 200 with `{"status": 500, "title": …}`.

    Raises:
        _AttemptError: the body is not JSON, or there is one.
    """
    try:
        payload = msgspec.json.decode(reply.body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _not_due(reply, JSON) from error
    if isinstance(payload, dict) and isinstance(code := payload.get("status"), int) and code >= 400:
        raise _AttemptError("in_band_error", f"HTTP 200 with status {code} inside: {payload.get('title')}")


def _not_due(reply: _Reply, due: Format) -> _AttemptError:
    outcome = "not_json" if due is JSON else "wrong_format"
    start = reply.body[:60].decode("utf-8", "replace").split("\n")[0]
    return _AttemptError(outcome, f"{reply.media_type or 'untyped'} where {due.title} is due, beginning {start!r}")


def _retry_after(response: requests.Response) -> float | None:
    """Seconds that `Retry-After` asks for, given in seconds or as a date; at most five minutes."""
    value = response.headers.get("Retry-After", "")
    if value.isdigit():
        return min(float(value), 300)
    try:
        seconds = (parsedate_to_datetime(value) - dt.datetime.now(dt.UTC)).total_seconds()
    except (TypeError, ValueError):
        return None
    return min(max(seconds, 0.1), 300)


def _conditions(held: Held | None) -> dict[str, str]:
    conditions = {"If-None-Match": held.etag, "If-Modified-Since": held.last_modified} if held else {}
    return {name: value for name, value in conditions.items() if value}


def _cause(error: BaseException) -> str:
    """The innermost reason of a requests error, without its wrappers' object addresses."""
    while (inner := error.__cause__ or error.__context__) is not None:
        error = inner
    return str(error) or type(error).__name__


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
