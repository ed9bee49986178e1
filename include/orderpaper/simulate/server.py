"""An upstream over loopback HTTP: HTTP/1.1 with keep-alive, an ETag on every answer, and faults on demand."""

import contextlib
import hashlib
import itertools
import json
import socket
import struct
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from orderpaper.errors import ConfigError
from orderpaper.simulate.api import Api, problem
from orderpaper.simulate.proceedings_api import Page
from orderpaper.simulate.upstream import Upstream

HOST = "127.0.0.1"
FAULTS = ("html_for_json", "in_band_500", "http_500", "http_429", "reset", "truncated_body", "slow")
SLOW_SECONDS = 3.0

_HTML = b"<!DOCTYPE html><html><head><title>Maintenance</title></head><body><p>Back soon.</p></body></html>"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that goes wrong with the n-th request to the server, counted from 1, or with every one.

    Raises:
        ConfigError: no such fault.
    """

    name: str
    nth: int | None = None

    def __post_init__(self) -> None:
        if self.name not in FAULTS:
            raise ConfigError(f"There is no fault {self.name!r}; there are {', '.join(FAULTS)}.")

    @classmethod
    def parse(cls, text: str) -> "Fault":
        """A fault as a command line has it: "http_500" for every request, "http_500:3" for the third.

        Raises:
            ConfigError: no such fault, or no number after the colon.
        """
        name, _, nth = text.partition(":")
        if nth and not nth.isdecimal():
            raise ConfigError(f"In the fault {text!r} there must be a number after the colon.")
        return cls(name, int(nth) if nth else None)


class Server(ThreadingHTTPServer):
    """Serves one upstream on 127.0.0.1. `requests` lists the paths asked for, in the order in which they came."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(
        self, upstream: Upstream, *, port: int = 0, shifting_pages: bool = True, faults: Iterable[Fault] = ()
    ) -> None:
        self.api = Api(upstream, shifting_pages=shifting_pages)
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
        """Where it answers, without a slash at the end."""
        return f"http://{HOST}:{self.server_address[1]}"

    def fault_of_next_request(self) -> str | None:
        """Counts a request and says what is to go wrong with it."""
        number = next(self._counter)
        return next((fault.name for fault in self._faults if fault.nth in (None, number)), None)

    def shutdown(self) -> None:
        """Stop serving; slow answers are not waited for."""
        self.stopping.set()
        super().shutdown()


@contextlib.contextmanager
def serve(
    upstream: Upstream, *, port: int = 0, shifting_pages: bool = True, faults: Iterable[Fault] = ()
) -> Iterator[Server]:
    """Serve an upstream from a thread for as long as the context lasts; port 0 is any free one.

    Raises:
        ConfigError: the port is taken.
    """
    with Server(upstream, port=port, shifting_pages=shifting_pages, faults=faults) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or small answers wait 40 ms for an acknowledgement
    wbufsize = -1  # head and body leave in one piece
    server: Server

    def do_GET(self) -> None:
        """Answer one request."""
        self.server.requests.append(self.path)
        fault = self.server.fault_of_next_request()
        if fault == "reset":
            # Closing with a zero linger time sends a reset instead of an orderly end.
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
            self.close_connection = True
            return
        if fault == "slow":
            self.server.stopping.wait(SLOW_SECONDS)
        if fault == "html_for_json":
            self._send(200, _HTML, "text/html; charset=utf-8")
        elif fault in ("in_band_500", "http_500"):
            status = 200 if fault == "in_band_500" else 500
            self._send_json(status, problem(500, "An error occurred while processing your request."))
        elif fault == "http_429":
            self._send_json(429, problem(429, "Too Many Requests"), {"Retry-After": "1"})
        else:
            target = urlsplit(self.path)
            query = {name.lower(): values for name, values in parse_qs(target.query).items()}
            status, value = self.server.api.answer(target.path.rstrip("/"), query)
            is_cut = fault == "truncated_body"
            if isinstance(value, Page):
                self._send(status, value.text.encode(), value.media_type, is_cut=is_cut)
            else:
                self._send_json(status, value, is_cut=is_cut)

    def _send_json(
        self, status: int, value: object, headers: dict[str, str] | None = None, *, is_cut: bool = False
    ) -> None:
        body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        self._send(status, body, "application/json; charset=utf-8", headers, is_cut=is_cut)

    def _send(
        self, status: int, body: bytes, media_type: str, headers: dict[str, str] | None = None, *, is_cut: bool = False
    ) -> None:
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        is_known = status == 200 and self.headers.get("If-None-Match") == etag
        self.send_response(304 if is_known else status)
        self.send_header("ETag", etag)
        for name, header in (headers or {}).items():
            self.send_header(name, header)
        if not is_known:
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if is_cut:
            self.close_connection = True
            body = body[: len(body) // 2]
        if not is_known:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        """Nothing: whoever asks keeps the log."""
