"""A receiver of OpenTelemetry metrics, as a collector is one, that keeps which metrics came with which tags."""

import gzip
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest


class Received:
    """The metrics that came, by the names under which Prometheus has them."""

    def __init__(self) -> None:
        self.values: dict[str, dict[tuple[tuple[str, str], ...], float]] = defaultdict(dict)
        """Name → tags → the last value."""

    def add(self, body: bytes) -> None:
        """Keep the metrics of one request."""
        for resource in ExportMetricsServiceRequest.FromString(body).resource_metrics:
            for scope in resource.scope_metrics:
                for metric in scope.metrics:
                    kind = metric.WhichOneof("data")
                    name = metric.name.replace(".", "_")
                    if kind == "sum" and metric.sum.is_monotonic:
                        name += "_total"
                    for point in getattr(metric, kind).data_points:
                        tags = tuple(sorted((tag.key, tag.value.string_value) for tag in point.attributes))
                        value = point.sum if "histogram" in kind else point.as_int or point.as_double
                        self.values[name][tags] = value


@contextmanager
def receiver() -> Iterator[tuple[str, Received]]:
    """Serve a receiver on loopback while the block runs; yield its address and what it has received."""
    received = Received()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            received.add(body)
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", received
        server.shutdown()
