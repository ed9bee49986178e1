"""`make up` and `make down`: Airflow with its page, on loopback, with one password, and gone afterwards."""

import json
import re
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from orderpaper.catalogue import load_sources
from orderpaper.config import Paths
from orderpaper.run.service import PARTS, Service

Finish = Callable[..., tuple[int, str, str]]


def ask(url: str, token: str | None = None, send: dict[str, str] | None = None) -> Any:
    request = urllib.request.Request(url, data=json.dumps(send).encode() if send else None)
    request.add_header("Content-Type", "application/json")
    if token:
        request.add_header("Authorization", f"Bearer {token}")
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest.fixture(scope="module")
def up(finish: Finish, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str, str]]:
    """A home on which Airflow is up, the port it was given, and what `make up` said."""
    home = tmp_path_factory.mktemp("up")
    port = free_port()
    try:
        code, out, err = finish("up", home, PORT=port)
        assert (code, err) == (0, ""), out + err
        yield home, port, out
    finally:
        finish("down", home)


@pytest.fixture(scope="module")
def token(up: tuple[Path, str, str]) -> str:
    """An API token got with the password that `make up` showed."""
    _, port, out = up
    shown = re.search(r"User admin, password (\S+) \(shown this once\)", out)
    assert shown
    answer = ask(f"http://127.0.0.1:{port}/auth/token", send={"username": "admin", "password": shown[1]})
    return str(answer["access_token"])


def test_every_part_is_healthy_on_loopback(up: tuple[Path, str, str]) -> None:
    _, port, out = up
    assert f"http://127.0.0.1:{port}\n" in out
    health = ask(f"http://127.0.0.1:{port}/api/v2/monitor/health")
    assert {part: state["status"] for part, state in health.items()} == dict.fromkeys(
        ["metadatabase", "scheduler", "triggerer", "dag_processor"], "healthy"
    )
    listening = {
        c.laddr.ip for c in psutil.net_connections("tcp") if c.laddr.port == int(port) and c.status == "LISTEN"
    }
    assert listening == {"127.0.0.1"}


def test_nobody_gets_in_without_the_password(up: tuple[Path, str, str]) -> None:
    _, port, _ = up
    with pytest.raises(urllib.error.HTTPError) as refused:
        ask(f"http://127.0.0.1:{port}/api/v2/dags")
    assert refused.value.code == 401


def test_the_warehouse_page_asks_for_the_same_login(up: tuple[Path, str, str], token: str) -> None:
    _, port, _ = up
    url = f"http://127.0.0.1:{port}/warehouse/"
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(url, timeout=60)
    assert refused.value.code == 401
    for header in ({"Authorization": f"Bearer {token}"}, {"Cookie": f"_token={token}"}):
        with urllib.request.urlopen(urllib.request.Request(url, headers=header), timeout=60) as answer:
            assert "<h2>Published</h2>" in answer.read().decode()


def test_the_dags_are_scheduled(up: tuple[Path, str, str], token: str) -> None:
    _, port, _ = up
    dags = ask(f"http://127.0.0.1:{port}/api/v2/dags", token)["dags"]
    ingests = [f"ingest_{source.name}" for source in load_sources().values() if source.is_enabled]
    assert {dag["dag_id"]: dag["is_paused"] for dag in dags} == dict.fromkeys(
        ["build_warehouse", "requeue", *ingests], False
    )


def test_what_is_up_is_said_and_not_started_again(finish: Finish, up: tuple[Path, str, str]) -> None:
    home, port, _ = up
    code, out, err = finish("up", home)
    assert (code, out, err) == (0, f"Airflow is already running at http://127.0.0.1:{port}.\n", "")
    code, out, err = finish("run", home)
    assert (code, out) == (2, "")
    assert err.endswith("stop it with `make down` first, or start the DAG in its web page.\n")


def test_a_taken_port_is_said(finish: Finish, up: tuple[Path, str, str], tmp_path: Path) -> None:
    _, port, _ = up
    code, _, err = finish("up", tmp_path, PORT=port)
    assert code == 2
    assert err.startswith(f"PORT {port} is not free (")


def test_down_ends_what_up_started_and_nothing_else(finish: Finish, up: tuple[Path, str, str]) -> None:
    home, _, _ = up
    service = Service.read(Paths(home, "simulated"))
    assert service
    assert set(service.alive()) == {"upstream", *PARTS}
    family = [child for root in service.alive().values() for child in (root, *root.children(recursive=True))]
    with subprocess.Popen(["sleep", "600"]) as bystander:
        service.add("bystander", bystander)
        (pid, born) = service.processes["bystander"]
        service.processes["bystander"] = (pid, born - 1)  # the number now belongs to another process
        service.save()
        assert finish("down", home) == (0, "Airflow is stopped.\n", "")
        assert bystander.poll() is None
        bystander.kill()
    assert [p for p in family if p.is_running() and p.status() != psutil.STATUS_ZOMBIE] == []
    assert finish("down", home) == (0, f"Airflow is not running on {home}.\n", "")
