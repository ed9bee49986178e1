"""A task that fails and then succeeds has two alerts: lines in its log, and mails if a URL says to whom."""

import json
import os
import re
import socketserver
import subprocess
import sys
import threading
from email import message_from_bytes, policy
from typing import NamedTuple

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
import json, os, sys
from pathlib import Path
from airflow.utils.db import initdb
initdb()
from airflow.dag_processing.dagbag import DagBag
from orderpaper.run import pipeline
pipeline.offer_newest_api_only()
for name, urls in json.loads(sys.argv[2]).items():
    home = Path(os.environ["AIRFLOW_HOME"], name)
    home.mkdir()
    os.environ |= {"ORDERPAPER_HOME": str(home), "ORDERPAPER_ALERT_URLS": urls}
    print(f"<{name}>", flush=True)
    dag = DagBag(sys.argv[1]).dags["ingest_example"]
    assert dag.test().state == "failed"
    assert dag.test().state == "failed"
    Path(home, "mended").touch()
    assert dag.test().state == "success"
    sys.stderr.flush()
    print(f"</{name}>", flush=True)
"""
"""Run the DAG for each setting of the alerts, in one process, because Airflow takes seconds to begin."""


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


class Told(NamedTuple):
    """The logs and mails of three settings of the alerts."""

    logs: dict[str, str]
    """The name of the setting → the log of a task that failed twice and then succeeded."""
    mails: list[bytes]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Run the example without a service, with a server of mail, and with services that cannot be reached."""
    home = tmp_path_factory.mktemp("airflow")
    (home / "dags").mkdir()
    (home / "dags" / "example.py").write_text(EXAMPLE)
    path = os.pathsep.join([str(PROJECT / "dags"), str(PROJECT / "include")])
    settings = {"AIRFLOW_HOME": str(home), "AIRFLOW__CORE__LOAD_EXAMPLES": "False", "PYTHONPATH": path}
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Sink) as server:
        server.mails = []  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.server_address[1]
        urls = {
            "none": "",
            "mail": f"mailto://127.0.0.1:{port}?from=orderpaper@example.org&to=oncall@example.org&mode=insecure",
            "lost": "json://user:confidential@127.0.0.1:9/hook slack://not-a-token",
        }
        done = subprocess.run(
            [sys.executable, "-c", RUN, str(home / "dags"), json.dumps(urls)],
            env=os.environ | settings | {"ORDERPAPER_HOME": str(home), "ORDERPAPER_REALM": "simulated"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        server.shutdown()
    assert done.returncode == 0, done.stdout
    logs = dict(re.findall(r"^<(\w+)>$(.*?)^</\1>$", done.stdout, re.DOTALL | re.MULTILINE))
    assert logs.keys() == urls.keys()
    return Told(logs, server.mails)  # type: ignore[attr-defined]


def test_without_a_service_the_alert_is_in_the_log(told: Told) -> None:
    log = told.logs["none"]
    assert "Order Paper: ingest_example: fetch failed" in log
    assert "members: the site is down <b>{{ 1 + 1 }}</b>." in log
    assert "docs/runbook.md, “A site did not answer as agreed”" in log
    assert "The alert stands only here: ORDERPAPER_ALERT_URLS names no service." in log


def test_the_beginning_and_the_end_of_an_incident_are_mailed(told: Told) -> None:
    # The task failed twice and then succeeded: the incident has one mail at its beginning and one at its end.
    mail, end = (message_from_bytes(body, policy=policy.default) for body in told.mails)
    assert end["Subject"] == "Order Paper: ingest_example: fetch works again"
    assert "oncall@example.org" in mail["To"]
    assert "orderpaper@example.org" in mail["From"]
    assert mail["Subject"] == "Order Paper: ingest_example: fetch failed"
    (part,) = (part for part in mail.walk() if not part.is_multipart())
    assert part.get_content_type() == "text/plain"  # so the markup is text
    assert "the site is down <b>{{ 1 + 1 }}</b>." in part.get_content()
    assert "oncall" not in told.logs["mail"]


def test_an_alert_that_cannot_be_delivered_is_said_and_fails_nothing(told: Told) -> None:
    log = told.logs["lost"]
    assert "The alert was not delivered to JSON (json://…): A Connection error occurred" in log
    assert "The alert was not delivered to slack://…: Apprise does not understand this URL" in log
    assert "confidential" not in log
    assert "not-a-token" not in log
    assert "members: the site is down" in log
