"""The pace of a host, which threads and processes share."""

import multiprocessing
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor, wait

import pytest

from orderpaper.http import pace
from orderpaper.http.pace import CONNECTIONS, Pace


@pytest.fixture
def clock(monkeypatch):
    """A clock that only sleeping moves."""
    now = [1_000_000.0]

    def sleep(seconds):
        now[0] += seconds

    monkeypatch.setattr(pace.time, "time", lambda: now[0])
    monkeypatch.setattr(pace.time, "sleep", sleep)
    return now


def turns(clock, one, count):
    begun = []
    for _ in range(count):
        with one.turn():
            begun.append(round(clock[0] - 1_000_000, 3))
    return begun


def test_requests_begin_an_interval_apart(tmp_path, clock):
    assert turns(clock, Pace(tmp_path, "a.example", requests_per_second=2), 4) == [0, 0.5, 1, 1.5]


def test_two_of_the_same_host_share_a_pace_and_two_hosts_do_not(tmp_path, clock):
    assert turns(clock, Pace(tmp_path, "a.example", requests_per_second=2), 2) == [0, 0.5]
    assert turns(clock, Pace(tmp_path, "b.example", requests_per_second=2), 2) == [0.5, 1]
    assert turns(clock, Pace(tmp_path, "a.example", requests_per_second=2), 1) == [1]


def test_without_a_pace_nothing_waits_but_for_who_asked_to(tmp_path, clock):
    free = Pace(tmp_path, "127.0.0.1", requests_per_second=None)
    assert turns(clock, free, 3) == [0, 0, 0]
    Pace(tmp_path, "127.0.0.1", requests_per_second=None).hold_off(30)
    assert turns(clock, free, 2) == [30, 30]


@pytest.mark.parametrize("torn", ["", "17", "1e9.", "9999999999"])
def test_what_a_killed_process_or_a_clock_set_back_left_delays_little(tmp_path, clock, torn):
    one = Pace(tmp_path, "a.example", requests_per_second=1)
    (tmp_path / "a.example.next").write_text(torn)
    assert turns(clock, one, 2)[1] <= pace.LONGEST_WAIT + 1


def test_a_host_whose_name_is_a_path_stays_in_the_folder(tmp_path, clock):
    turns(clock, Pace(tmp_path / "pace", "../../etc", requests_per_second=1), 1)
    assert [path.name for path in tmp_path.iterdir()] == ["pace"]


def test_no_more_than_so_many_ask_at_a_time(tmp_path):
    most = []

    def ask(_):
        with Pace(tmp_path, "a.example", requests_per_second=None).turn():
            inside.add(object_ := object())
            time.sleep(0.005)
            most.append(len(inside))
            inside.discard(object_)

    inside: set[object] = set()
    with ThreadPoolExecutor(3 * CONNECTIONS) as pool:
        list(pool.map(ask, range(60)))
    assert max(most) == CONNECTIONS


def hold(folder, is_held):
    with Pace(folder, "a.example", requests_per_second=None).turn():
        is_held.set()
        time.sleep(600)


def test_what_a_killed_process_held_is_free_again(tmp_path):
    context = multiprocessing.get_context("spawn")
    holders = []
    for _ in range(CONNECTIONS):
        is_held = context.Event()
        process = context.Process(target=hold, args=(tmp_path, is_held), daemon=True)
        process.start()
        assert is_held.wait(60)
        holders.append(process)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(turn_once, tmp_path)
        assert not wait([waiting], timeout=0.2).done
        for process in holders:
            os.kill(process.pid, signal.SIGKILL)
        assert waiting.result(60)


def turn_once(folder):
    with Pace(folder, "a.example", requests_per_second=None).turn():
        return True


def take_turns(folder, count):
    for _ in range(count):
        with Pace(folder, "a.example", requests_per_second=20).turn():
            pass


def test_processes_share_a_pace(tmp_path):
    before = time.time()
    context = multiprocessing.get_context("fork")  # a new interpreter would import for two seconds
    with context.Pool(3) as pool:
        pool.starmap(take_turns, [(tmp_path, 8)] * 3)
    assert float((tmp_path / "a.example.next").read_text()) >= before + 24 / 20
