"""A real S3 server on loopback, SeaweedFS, and a proxy before it that has the faults of storage."""

import http.client
import json
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import obstore
from obstore.store import S3Store

KEY, SECRET, BUCKET = "orderpaper", "a-secret-of-the-tests", "orderpaper"
_OFFSET = 10_000
"""SeaweedFS listens for gRPC at each of its ports and this number more."""


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """Start a server with one empty bucket, and give its address; end it and its files at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    identity = {"name": "t", "credentials": [{"accessKey": KEY, "secretKey": SECRET}], "actions": ["Admin"]}
    (folder / "s3.json").write_text(json.dumps({"identities": [identity]}))
    master, volume, filer, s3 = _ports(4)
    command = [
        *(str(Path(sys.executable).with_name("weed")), "-logtostderr=true", "server", f"-dir={folder}"),
        *("-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-master.volumeSizeLimitMB=64", "-volume.max=100"),
        *(f"-master.port={master}", f"-volume.port={volume}", "-filer", f"-filer.port={filer}"),
        *("-s3", f"-s3.port={s3}", "-s3.port.iceberg=0", "-s3.port.lance=0", f"-s3.config={folder / 's3.json'}"),
    ]
    url = f"http://127.0.0.1:{s3}"
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
    try:
        _await(url, process, folder / "log")
        yield url
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def environment(url: str) -> dict[str, str]:
    """Return the variables with which a program reaches the server."""
    return {
        "AWS_ENDPOINT_URL": url,
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_REGION": "us-east-1",
    }


def _ports(count: int) -> list[int]:
    found = []
    while len(found) < count:
        with socket.socket() as probe, socket.socket() as beside:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
            if port + _OFFSET > 65_000 or port in found:
                continue
            try:
                beside.bind(("127.0.0.1", port + _OFFSET))
            except OSError:
                continue
            found.append(port)
    return found


def _await(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Make the bucket as soon as the server can."""
    until = time.monotonic() + 60
    while True:
        store = S3Store(
            BUCKET, endpoint=url, access_key_id=KEY, secret_access_key=SECRET, region="us-east-1",
            client_options={"allow_http": True}, retry_config={"max_retries": 0},
        )  # fmt: skip
        try:
            # The server makes a bucket that an administrator writes to.
            obstore.put(store, "ready", b"", use_multipart=False)
            obstore.delete(store, "ready")
        except (obstore.exceptions.BaseError, OSError) as error:
            if process.poll() is not None or time.monotonic() > until:
                raise AssertionError(f"SeaweedFS does not start: {log.read_text(errors='replace')[-2000:]}") from error
            time.sleep(0.2)
        else:
            return


@dataclass
class Faults:
    """The faults of the proxy."""

    refuses: Callable[[str, str], bool] = lambda method, path: False
    """Whether a request is answered by 503 SlowDown."""
    loses: Callable[[str, str], bool] = lambda method, path: False
    """Whether the connection is lost after the request was carried out, before it is answered."""
    breaks: Callable[[str, str], bool] = lambda method, path: False
    """Whether the connection is lost in the middle of the body of a request."""
    hidden_for: float = 0
    """For how many seconds a new object is in no listing."""
    requests: list[tuple[str, str]] = field(default_factory=list)
    written_at: dict[str, float] = field(default_factory=dict)


@contextmanager
def proxy(url: str) -> Iterator[tuple[str, Faults]]:
    """Serve what a server serves, with faults; give the address and the faults."""
    faults = Faults()
    target = urllib.parse.urlsplit(url).netloc

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1
        disable_nagle_algorithm = True

        def pass_on(self) -> None:
            path = urllib.parse.urlsplit(self.path).path
            faults.requests.append((self.command, path))
            length = int(self.headers.get("Content-Length") or 0)
            if faults.breaks(self.command, path):
                self.rfile.read(length // 2)
                return self.drop()
            body = self.rfile.read(length)
            if faults.refuses(self.command, path):
                text = b"<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"
                return self.answer(503, {"Content-Type": "application/xml"}, text)
            is_new = self.command == "PUT" and path not in faults.written_at
            status, headers, answer = self.ask(body)
            if is_new and status == 200:
                faults.written_at[path] = time.monotonic()
            if faults.loses(self.command, path):
                return self.drop()
            if faults.hidden_for and self.command == "GET" and "list-type" in self.path:
                answer = self.without_new(answer)
            return self.answer(status, headers, answer)

        def ask(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
            connection = http.client.HTTPConnection(target, timeout=60)
            try:
                # The signature covers the host that the client named, so it is passed on as it is.
                connection.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
                for name, value in self.headers.items():
                    connection.putheader(name, value)
                connection.endheaders(body)
                reply = connection.getresponse()
                return reply.status, dict(reply.getheaders()), reply.read()
            finally:
                connection.close()

        def without_new(self, listing: bytes) -> bytes:
            now = time.monotonic()

            def kept(match: re.Match[bytes]) -> bytes:
                (key,) = re.findall(rb"<Key>(.*?)</Key>", match[0])
                path = f"/{BUCKET}/{key.decode()}"
                is_hidden = now < faults.written_at.get(path, 0) + faults.hidden_for
                return b"" if is_hidden else match[0]

            return re.sub(rb"<Contents>.*?</Contents>", kept, listing, flags=re.DOTALL)

        def answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response_only(status)
            for name, value in headers.items():
                if name.lower() not in ("content-length", "transfer-encoding", "connection"):
                    self.send_header(name, value)
            length = headers.get("Content-Length", "0") if self.command == "HEAD" else str(len(body))
            self.send_header("Content-Length", length)
            self.end_headers()
            self.wfile.write(body)

        def drop(self) -> None:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)

        def log_message(self, *_: object) -> None:
            """Write nothing: `Faults.requests` has what was asked for."""

        do_GET = do_PUT = do_HEAD = do_DELETE = do_POST = pass_on  # noqa: N815

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as httpd:
        httpd.daemon_threads = True
        threading.Thread(target=httpd.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{httpd.server_port}", faults
        finally:
            httpd.shutdown()


def once(method: str, pattern: str, times: int = 1) -> Callable[[str, str], bool]:
    """Return a fault of the first requests of a method whose path matches."""
    left = [times]

    def is_due(asked: str, path: str) -> bool:
        if asked != method or not re.search(pattern, path) or not left[0]:
            return False
        left[0] -= 1
        return True

    return is_due
