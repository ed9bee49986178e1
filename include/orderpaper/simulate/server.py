"""Serves an upstream over loopback HTTP/1.1, with keep-alive, an ETag on every answer, and faults on demand."""

import contextlib
import hashlib
import itertools
import socket
import struct
import sys
import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from orderpaper.errors import ConfigError
from orderpaper.simulate.api import Api
from orderpaper.simulate.faults import Answer, Fault
from orderpaper.simulate.part import Page, Upstream

HOST = "127.0.0.1"
LATE_SECONDS = 3.0
DRIP_SECONDS = 0.05


class Server(ThreadingHTTPServer):
    """A server of one upstream on 127.0.0.1. `requests` lists the paths asked for, in order."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(
        self,
        upstream: Upstream,
        *,
        port: int = 0,
        shifting_pages: bool = True,
        faults: Iterable[Fault] = (),
        data_faults: Iterable[str] = (),
    ) -> None:
        self.api = Api(upstream, shifting_pages=shifting_pages, faults=data_faults)
        self.requests: list[str] = []
        self.stopping = threading.Event()
        self._faults = tuple(faults)
        self._counter = itertools.count(1)
        try:
            super().__init__((HOST, port), _Handler)
        except OSError as error:
            raise ConfigError(f"Port {port} of {HOST} cannot be served ({error.strerror}); choose another.") from error

    @property
    def url(self) -> str:
        """The address at which it answers, without a slash at the end."""
        return f"http://{HOST}:{self.server_address[1]}"

    def fault_of_next_request(self) -> Fault | None:
        """Count a request and return the fault that is to befall its answer."""
        number = next(self._counter)
        return next((fault for fault in self._faults if fault.nth in (None, number)), None)

    def handle_error(self, request: object, client_address: object) -> None:
        """Report an error, unless the other side has closed the connection."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    def shutdown(self) -> None:
        """Stop serving, without waiting for slow answers."""
        self.stopping.set()
        super().shutdown()


@contextlib.contextmanager
def serve(upstream: Upstream, **options: Any) -> Iterator[Server]:
    """Serve an upstream from a thread while the context lasts, with the options of `Server`.

    Raises:
        ConfigError: the port is taken.
    """
    with Server(upstream, **options) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # otherwise small answers wait 40 ms for an acknowledgement
    wbufsize = -1  # head and body are sent together
    server: Server

    def do_GET(self) -> None:
        """Answer one request."""
        self.server.requests.append(self.path)
        fault = self.server.fault_of_next_request()
        answer = self._answer()
        self._send(fault.spoil(answer, self.path) if fault else answer)

    def _answer(self) -> Answer:
        """Return the answer as it is before a fault spoils it."""
        target = urlsplit(self.path)
        query = {name.lower(): values for name, values in parse_qs(target.query).items()}
        status, value = self.server.api.answer(target.path.rstrip("/"), query)
        answer = Answer(status, value.body, value.media_type) if isinstance(value, Page) else Answer.json(status, value)
        etag = f'"{hashlib.sha256(answer.body).hexdigest()[:32]}"'
        if status == 200 and self.headers.get("If-None-Match") == etag:
            return Answer(304, headers={"ETag": etag})
        return replace(answer, headers={"ETag": etag})

    def _send(self, answer: Answer) -> None:
        if answer.sent == "reset":
            # Closing with a zero linger time sends a reset instead of an orderly end.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            self.close_connection = True
            return
        if answer.sent == "late":
            self.server.stopping.wait(LATE_SECONDS)
        self.send_response(answer.status)
        usual = {"Content-Type": answer.media_type, "Content-Length": str(len(answer.body))}
        for name, value in (answer.headers if answer.status == 304 else usual | answer.headers).items():
            self.send_header(name, value)
        self.end_headers()
        if answer.sent == "dripping":
            self._drip(answer.body)
        elif answer.sent == "half":
            self.close_connection = True
            self.wfile.write(answer.body[: len(answer.body) // 2])
        else:
            self.wfile.write(answer.body)

    def _drip(self, body: bytes) -> None:
        """Send a byte at a time, until all are sent or nobody reads any more."""
        self.close_connection = True
        with contextlib.suppress(OSError):
            for byte in body:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                if self.server.stopping.wait(DRIP_SECONDS):
                    return

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Log nothing. The client keeps a log of its requests."""
