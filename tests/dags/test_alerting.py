"""A task that fails and then succeeds has two alerts: lines in its log, and mails if a connection says to whom."""

import json
import os
import socketserver
import subprocess
import sys
import threading
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest

from orderpaper.config import PROJECT

EXAMPLE = """
import os
from pathlib import Path
from airflow.sdk import dag, task
from _wiring import EVERY_TASK, errors_in_one_sentence
from orderpaper.errors import UpstreamError

@dag(dag_id="ingest_example", default_args=EVERY_TASK | {"retries": 0})
def example():
    @task
    def fetch():
        with errors_in_one_sentence():
            if not Path(os.environ["ORDERPAPER_HOME"], "mended").exists():
                raise UpstreamError("members: the site is down <b>{{ 1 + 1 }}</b>.")
    fetch()

example()
"""
RUN = """
import os, sys
from pathlib import Path
from airflow.utils.db import initdb
initdb()
from airflow.dag_processing.dagbag import DagBag
dag = DagBag(sys.argv[1]).dags["ingest_example"]
assert dag.test().state == "failed"
assert dag.test().state == "failed"
Path(os.environ["ORDERPAPER_HOME"], "mended").touch()
assert dag.test().state == "success"
"""


class Sink(socketserver.StreamRequestHandler):
    """As much of an SMTP server as a client needs to hand over a mail."""

    def handle(self) -> None:
        self.wfile.write(b"220 sink\r\n")
        while line := self.rfile.readline():
            if line.upper().startswith(b"DATA"):
                self.wfile.write(b"354 go on\r\n")
                body = b""
                while (line := self.rfile.readline()) != b".\r\n":
                    body += line
                self.server.mails.append(body)  # type: ignore[attr-defined]
            self.wfile.write(b"221 bye\r\n" if line.upper().startswith(b"QUIT") else b"250 ok\r\n")


@pytest.fixture
def sink() -> Iterator[Any]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Sink) as server:
        server.mails = []  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def fail(home: Path, **environment: str) -> str:
    """The log of a DAG whose task fails."""
    (home / "dags").mkdir()
    (home / "dags" / "example.py").write_text(EXAMPLE)
    path = os.pathsep.join([str(PROJECT / "dags"), str(PROJECT / "include")])
    settings = {"AIRFLOW_HOME": str(home), "AIRFLOW__CORE__LOAD_EXAMPLES": "False", "PYTHONPATH": path}
    settings |= {"ORDERPAPER_HOME": str(home), "ORDERPAPER_REALM": "simulated"}
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(home / "dags")],
        env=os.environ | settings | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    log = done.stdout + done.stderr
    assert done.returncode == 0, log
    return log


def test_without_a_connection_the_alert_is_in_the_log(tmp_path: Path) -> None:
    log = fail(tmp_path)
    assert "Order Paper: ingest_example: fetch failed" in log
    assert "members: the site is down <b>{{ 1 + 1 }}</b>." in log
    assert "docs/runbook.md, “A site did not answer as agreed”" in log
    assert "No mail is sent: the connection orderpaper_alerts is not set." in log


def test_with_a_connection_a_mail_is_sent(tmp_path: Path, sink: Any) -> None:
    host, port = sink.server_address
    extra = {"to": "oncall@example.org", "from_email": "orderpaper@example.org", "disable_ssl": True}
    extra |= {"disable_tls": True}
    connection = {"conn_type": "smtp", "host": host, "port": port, "extra": extra}
    fail(tmp_path, AIRFLOW_CONN_ORDERPAPER_ALERTS=json.dumps(connection))
    # The task failed twice and then succeeded: the incident has one mail at its beginning and one at its end.
    mail, end = (message_from_bytes(body, policy=policy.default) for body in sink.mails)
    assert end["Subject"] == "Order Paper: ingest_example: fetch works again"
    assert mail["To"] == "oncall@example.org"
    assert mail["From"] == "orderpaper@example.org"
    assert mail["Subject"] == "Order Paper: ingest_example: fetch failed"
    (part,) = (part for part in mail.walk() if part.get_content_type() == "text/html")
    assert "the site is down &lt;b&gt;{{ 1 + 1 }}&lt;/b&gt;." in part.get_content()


def test_a_mail_that_cannot_be_sent_is_said(tmp_path: Path) -> None:
    extra = {"to": "oncall@example.org", "from_email": "a@example.org", "disable_ssl": True, "timeout": 1}
    connection = {"conn_type": "smtp", "host": "127.0.0.1", "port": 9, "extra": extra | {"retry_limit": 1}}
    log = fail(tmp_path, AIRFLOW_CONN_ORDERPAPER_ALERTS=json.dumps(connection))
    assert "No mail was sent through orderpaper_alerts: " in log
    assert "members: the site is down" in log
