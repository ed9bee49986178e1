"""A deadline for a whole answer: the time-outs of requests only bound each single read, however little it brings."""

import contextlib
import socket
import threading
from types import TracebackType
from typing import cast

from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection

_thread = threading.local()


class Deadline:
    """While the block runs, an answer that the calling thread waits for is cut off after some seconds."""

    def __init__(self, seconds: float) -> None:
        self.has_passed = False
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True
        self._socket: socket.socket | None = None

    def __enter__(self) -> "Deadline":
        _thread.deadline = self
        self._timer.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._timer.cancel()
        _thread.deadline = None

    def watch(self, connection: socket.socket) -> None:
        """Say over which socket the answer comes."""
        self._socket = connection

    def _cut(self) -> None:
        self.has_passed = True
        if self._socket:
            with contextlib.suppress(OSError):  # the other side was faster
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


class _HTTP(HTTPConnection):
    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # urllib3 says so too
        _watch(self)
        return super().getresponse()


class _HTTPS(HTTPSConnection):
    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # urllib3 says so too
        _watch(self)
        return super().getresponse()


def _watch(connection: HTTPConnection) -> None:
    deadline: Deadline | None = getattr(_thread, "deadline", None)
    if deadline and connection.sock:
        deadline.watch(connection.sock)


class DeadlineAdapter(HTTPAdapter):
    """Lets a session's connections heed the deadline of the thread that uses them."""

    def get_connection_with_tls_context(self, *args: object, **options: object) -> HTTPConnectionPool:
        """As requests has it, with connections of ours."""
        connections = super().get_connection_with_tls_context(*args, **options)  # type: ignore[arg-type]
        pool = cast("HTTPConnectionPool", connections)
        pool.ConnectionCls = _HTTPS if pool.scheme == "https" else _HTTP
        return pool
