"""A single request, with limits on its time and size. A failed request returns a reply and raises no error."""

import datetime as dt
import socket
import threading
import time

import requests
from urllib3.exceptions import HTTPError
from urllib3.exceptions import TimeoutError as ReadTimeoutError

from orderpaper.http.answers import Failure, Reply
from orderpaper.http.deadline import DeadlineAdapter, DeadlineError
from orderpaper.reading.payloads import in_short

CONNECT_SECONDS = 5
READ_SECONDS = 60
"""The longest time without a byte. The written-questions API needs up to half a minute for wide windows."""
MAX_BODY_BYTES = 64 * 1024 * 1024
"""The largest body, decompressed."""
_PIECE_BYTES = 256 * 1024


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """Return None, because otherwise `requests` would read the whole body of a redirect, however long."""
        return None


class Transport:
    """The transport of a client. Each thread has its own connections.

    Args:
        user_agent: our name and how to reach us.
        uses_environment: whether to use the machine's proxies and certificates, as requests to the internet must.
    """

    def __init__(self, user_agent: str, *, uses_environment: bool) -> None:
        self._user_agent = user_agent
        self._uses_environment = uses_environment
        self._local = threading.local()

    def get(self, url: str, headers: dict[str, str], credentials: tuple[str, str] | None) -> Reply:
        """Ask for `url`. A redirect is returned and not followed."""
        reply, started = Reply(dt.datetime.now(dt.UTC)), time.monotonic()
        try:
            # TLS certificates are verified, because that is the default and no setting turns it off.
            with self._session().get(
                url,
                headers=headers,
                auth=credentials,
                timeout=(CONNECT_SECONDS, READ_SECONDS),
                stream=True,
                allow_redirects=False,
            ) as response:
                reply.status, reply.headers = response.status_code, response.headers
                _read(response, reply)
        except (requests.RequestException, HTTPError, OSError) as error:
            reply.failure = _failure(error)
        reply.elapsed_ms = round((time.monotonic() - started) * 1000)
        return reply

    def _session(self) -> requests.Session:
        """Return the session of the calling thread. `requests` does not promise that threads may share one."""
        session: _Session | None = getattr(self._local, "session", None)
        if session is None:
            session = self._local.session = _Session()
            session.mount("http://", DeadlineAdapter())
            session.mount("https://", DeadlineAdapter())
            session.headers.update({"User-Agent": self._user_agent, "Accept-Encoding": "gzip"})
            session.trust_env = self._uses_environment
        return session


def _read(response: requests.Response, reply: Reply) -> None:
    """Read and decompress the body in pieces, so that no body fills the memory, long or highly compressed."""
    body = bytearray()
    while piece := response.raw.read1(_PIECE_BYTES, decode_content=True):
        body += piece
        if len(body) > MAX_BODY_BYTES:
            reply.failure = Failure("too_large", f"more than {MAX_BODY_BYTES >> 20} MB", is_final=True)
            break
    reply.body = bytes(body)


def _failure(error: Exception) -> Failure:
    """Return the failure for an error, with its innermost cause, because the outer ones print object addresses."""
    inner: BaseException = error
    while (cause := inner.__cause__ or inner.__context__) is not None:
        inner = cause
        if isinstance(inner, DeadlineError):
            return Failure("timeout", str(inner))
    if isinstance(error, requests.Timeout | ReadTimeoutError):
        return Failure("timeout", f"no answer within {READ_SECONDS} s")
    if isinstance(inner, ConnectionRefusedError | socket.gaierror):
        return Failure("connection_error", f"cannot be reached ({inner.strerror})")
    return Failure("connection_error", f"no complete answer ({in_short(inner) or type(inner).__name__})")
