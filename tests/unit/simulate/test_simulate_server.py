"""The server of the simulated Parliament: determinism, ETags, pages that shift, faults, the command line."""

import json
import signal
import socket
import subprocess
import sys
import time

import pytest
import requests
from asking import QUESTIONS, WEEK, Asker, window

from orderpaper.errors import ConfigError
from orderpaper.simulate.__main__ import main
from orderpaper.simulate.faults import Fault
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.server import serve

PATHS = (
    f"{QUESTIONS}?tabledWhenFrom=2025-03-10&tabledWhenTo=2025-03-14&take=100&skip=100",
    f"{QUESTIONS}?answeredWhenFrom=2025-03-10&answeredWhenTo=2025-03-14&take=50",
    "/api/Members/Search?skip=20",
    "/api/Members/History?ids=6001&ids=6090",
    "/api/Members/6002/Biography",
)


def test_two_servers_give_the_same_bytes() -> None:
    with serve(SimulatedParliament(seed=5)) as one, serve(SimulatedParliament(seed=5)) as other:
        for path in PATHS:
            first, second = (requests.get(server.url + path, timeout=10) for server in (one, other))
            assert first.content == second.content
            assert first.headers["ETag"] == second.headers["ETag"]


def test_an_etag_that_is_known_gets_304(asker: Asker) -> None:
    for path in PATHS:
        first = asker.get(path)
        known = requests.get(first.url, headers={"If-None-Match": first.headers["ETag"]}, timeout=10)
        assert (known.status_code, known.content) == (304, b"")
        other = requests.get(first.url, headers={"If-None-Match": '"else"'}, timeout=10)
        assert (other.status_code, other.content) == (200, first.content)


def shifting_window() -> dict[str, str]:
    """A window of the default Parliament whose listing shifts."""
    with serve(SimulatedParliament()) as server:
        asker = Asker(server.url)
        for name in ("tabled", "answered"):
            for day in ("2025-03-10", "2025-03-11", "2025-03-12", "2025-03-13"):
                asked = window(name, day, WEEK["To"])
                if asker.page(**asked)["totalResults"] < asker.page(**asked, skip=100)["totalResults"]:
                    return asked
    raise AssertionError("no listing shifts")


def test_a_listing_that_shifts_gains_a_row_between_pages_and_then_is_stable() -> None:
    asked = shifting_window()
    with serve(SimulatedParliament(), shifting_pages=False) as still:
        expected = [row["id"] for row in Asker(still.url).rows(**asked)]
    ends = []
    for _ in range(2):
        with serve(SimulatedParliament()) as server:
            asker = Asker(server.url)
            first, again, second = (asker.page(**asked, skip=skip) for skip in (0, 0, 100))
            assert again == first, "nothing shifts before the second page is asked for"
            assert second["totalResults"] == first["totalResults"] + 1
            assert second["results"][0] == first["results"][-1], "one row comes twice"
            assert expected[0] not in {result["value"]["id"] for result in first["results"]}, "and one not at all"
            ends.append([row["id"] for row in asker.rows(**asked)])
    assert ends == [expected, expected]


def test_a_fault_hits_the_request_that_it_is_for(parliament: SimulatedParliament) -> None:
    with serve(parliament, faults=[Fault("http_500", 2), Fault("reset", 4)]) as server:
        url = f"{server.url}/api/Members/6001"
        answers = [requests.get(url, timeout=10) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 500, 200]
        assert answers[0].content == answers[2].content
        with pytest.raises(requests.ConnectionError):
            requests.get(url, timeout=10)
        assert server.requests == ["/api/Members/6001"] * 4


def test_a_slow_answer_outlasts_a_short_patience(parliament: SimulatedParliament) -> None:
    with serve(parliament, faults=[Fault("slow")]) as server, pytest.raises(requests.ReadTimeout):
        requests.get(f"{server.url}/api/Members/6001", timeout=0.2)


@pytest.mark.parametrize("text", ["flood", "http_500:second", "http_500:-1"])
def test_a_fault_that_does_not_exist_is_named(text: str) -> None:
    with pytest.raises(ConfigError, match=r"\.$"):
        Fault.parse(text)


def test_a_port_that_is_taken_is_said_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert main(["serve", "--port", str(taken.getsockname()[1])]) == 2
    message = capsys.readouterr().err
    assert "cannot be served" in message
    assert message.count("\n") == 1


def start(*arguments: str) -> tuple[subprocess.Popen, str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "orderpaper.simulate", "serve", *arguments], stdout=subprocess.PIPE, text=True
    )
    return process, json.loads(process.stdout.readline())["url"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_command_says_where_it_serves_and_stops_when_told(number: signal.Signals) -> None:
    process, url = start("--seed", "3", "--members", "30", "--as-of", "2025-03-20")
    assert requests.get(f"{url}/api/Members/Search", timeout=10).json()["totalResults"] == 30
    process.send_signal(number)
    assert process.wait(10) == 0


def test_the_command_ends_with_its_parent() -> None:
    program = (
        "import os, subprocess, sys\n"
        "p = subprocess.Popen([sys.executable, '-m', 'orderpaper.simulate', 'serve', '--parent-pid', str(os.getpid())],"
        " stdout=subprocess.PIPE)\n"
        "print(p.stdout.readline().decode(), flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    parent = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, check=False)
    port = int(json.loads(parent.stdout)["url"].rpartition(":")[2])
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                break
        time.sleep(0.1)
    else:
        pytest.fail("the server outlived its parent by ten seconds")
