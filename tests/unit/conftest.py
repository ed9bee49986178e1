"""Fixtures for unit tests: a site on loopback that gives scripted answers, and lists of phrases that a test changes."""

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from orderpaper.config import PROJECT
from orderpaper.enrichment import words
from orderpaper.enrichment.words import lists, non_answers, topics


@dataclass
class Site:
    """A web server that gives one of `answers` to each request, repeats the last one, and records the requests."""

    answers: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    url: str = ""
    respond: Callable[[str], bytes | tuple[int, dict[str, str], bytes]] | None = None
    """A function of the path, in place of `answers`, which returns an answer, or the body of a 200."""


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.requests.append((self.path, dict(self.headers)))
            if site.respond:
                answer = site.respond(self.path)
                status, headers, body = (200, {}, answer) if isinstance(answer, bytes) else answer
            else:
                status, headers, body = site.answers.pop(0) if len(site.answers) > 1 else site.answers[0]
            self.send_response(status)
            usual = {"Content-Type": "application/json", "Content-Length": str(len(body))}
            for name, value in (usual | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    site.url = f"http://127.0.0.1:{server.server_address[1]}"
    yield site
    server.shutdown()
    server.server_close()


@pytest.fixture
def own_list(tmp_path, monkeypatch):
    """Return a function that gives a list of phrases other rows for this test."""
    folder = tmp_path / "lists"
    shutil.copytree(lists.SEEDS, folder)
    monkeypatch.setattr(lists, "SEEDS", folder)

    def replace(name: str, text: str) -> None:
        lists.path(name).write_text(text, encoding="utf-8")
        forget()

    def forget() -> None:
        for remembered in (words.version, topics._keywords, topics._departments, non_answers._phrases):
            remembered.cache_clear()

    yield replace
    forget()


@pytest.fixture
def edit_list(own_list):
    """Return a function that adds a row to a list of phrases as it is shipped."""

    def edit(name: str, row: str) -> None:
        shipped = PROJECT / "dbt" / "seeds" / f"{name}.csv"
        own_list(name, f"{shipped.read_text(encoding='utf-8')}{row}{row and chr(10)}")

    return edit
