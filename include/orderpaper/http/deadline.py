"""A deadline for a whole answer. The time-outs of `requests` only limit each read, so an answer could last for ever."""

import http.client
import io
import socket
import time
from typing import Any, cast

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

TOTAL_SECONDS = 180
"""The longest time that an answer may take, head and body."""


class DeadlineError(TimeoutError):
    """An answer was not complete in time, although parts of it kept arriving."""

    def __init__(self) -> None:
        super().__init__(f"no complete answer within {TOTAL_SECONDS} s")


class _Reader(io.RawIOBase):
    """A reader of a socket. Each read has the socket's own time-out, or the time left to the deadline if shorter."""

    def __init__(self, raw: io.RawIOBase, connection: socket.socket) -> None:
        self._raw = raw
        self._socket = connection
        self._patience = connection.gettimeout() or TOTAL_SECONDS
        self._deadline = time.monotonic() + TOTAL_SECONDS

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise DeadlineError
        self._socket.settimeout(min(left, self._patience))
        try:
            return cast("int | None", self._raw.readinto(buffer))
        except TimeoutError as error:
            if time.monotonic() < self._deadline:
                raise
            raise DeadlineError from error

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Response(http.client.HTTPResponse):
    def __init__(self, connection: socket.socket, *args: Any, **options: Any) -> None:
        super().__init__(connection, *args, **options)
        self.fp = io.BufferedReader(_Reader(self.fp.detach(), connection))


class _HTTP(HTTPConnection):
    response_class = _Response


class _HTTPS(HTTPSConnection):
    response_class = _Response


class DeadlineAdapter(HTTPAdapter):
    """An adapter whose answers end by the deadline, or raise an error that has a `DeadlineError` among its causes."""

    def get_connection_with_tls_context(self, *args: object, **options: object) -> HTTPConnectionPool:
        """Return the pool of `HTTPAdapter`, with the connection classes of this module."""
        connections = super().get_connection_with_tls_context(*args, **options)  # type: ignore[arg-type]
        pool = cast("HTTPConnectionPool", connections)
        pool.ConnectionCls = _HTTPS if pool.scheme == "https" else _HTTP
        return pool
