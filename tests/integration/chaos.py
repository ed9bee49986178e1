"""`make chaos`: end the pipeline at random moments, run it again, and compare every mart.

What is killed is a command such as `make run`: every DAG, in Airflow, against a small simulated Parliament. By turns
the signal goes to the process that runs the DAGs, to the command that started it, to both, and to the whole process
group, as a terminal sends Ctrl-C. After every kill nothing that the command started lives on, and the lock of the home
is free.

Rounds begin by turns on an empty home, and on one that published the day before and now has more to load. In a round
the command is killed several times over, each time on what the last kill left; then it may end, and what readers see
must be what a run that nobody disturbed publishes. After every kill readers see that, or the day before, or nothing.
"""

import argparse
import contextlib
import datetime as dt
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from unittest import mock

import psutil

from orderpaper.run import launch
from orderpaper.run.lock import HomeLock
from orderpaper.run.options import Options, check
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.server import Server, serve
from orderpaper.warehouse.content import content_hash

STAGES = ("prepare", "fetch", "parse", "load", "transform", "audit", "publish")
FIRST_ON, LAST_ON = dt.date(2025, 3, 10), dt.date(2025, 3, 11)
KILLS_PER_ROUND = 10
SHORTEST_SECONDS = 0.01

Content = dict[str, str]


VICTIMS = {
    "worker": (("worker",), signal.SIGKILL),
    "command": (("command",), signal.SIGKILL),
    "group, SIGKILL": (("group",), signal.SIGKILL),
    "group, SIGINT": (("group",), signal.SIGINT),
    "worker and command": (("worker", "command"), signal.SIGKILL),
    "command, SIGTERM": (("command",), signal.SIGTERM),
    "command and worker": (("command", "worker"), signal.SIGKILL),
    "group, SIGTERM": (("group",), signal.SIGTERM),
}
"""Who is killed, one after the other, and with which signal."""


@dataclass(frozen=True)
class Moment:
    """When to kill, this long after a task of the stage has begun, and whom."""

    stage: str
    source: str
    """The source that the task ingests; empty for a task of the build, and while Airflow prepares."""
    seconds: float
    victim: str = "worker"


@dataclass(frozen=True)
class Outcome:
    """How one run of the pipeline ended."""

    code: int
    is_killed: bool
    stage: str
    """The stage of the task that began last."""
    durations: dict[tuple[str, str], float]
    """Stage and source → seconds, of every task that ended."""
    said: str
    """The output of the command."""


@contextmanager
def parliament(as_of: dt.date) -> Iterator[Server]:
    """A small one, whose pages say the same however often they are asked for."""
    upstream = SimulatedParliament(member_count=20, questions_per_day=8, as_of=as_of)
    with serve(upstream, shifting_pages=False) as server:
        yield server


def options_of(home: Path, last_on: dt.date) -> Options:
    return check(home, from_on=FIRST_ON, to_on=last_on)


def command(home: Path, last_on: dt.date, base_url: str) -> None:
    """Do what `make run` does, with a Parliament that is there already."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore Ctrl-C
    with mock.patch("orderpaper.run.upstream.running", lambda *_: contextlib.nullcontext(base_url)):
        launch.ingest(options_of(home, last_on))


def run(options: Options, base_url: str, moment: Moment | None = None) -> Outcome:
    """Run the command, and kill it at the moment, if one is given, unless it ends before."""
    began, stage, durations, said = time.monotonic(), STAGES[0], {}, ""
    home = options.paths.home
    with (home / "command.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, __file__, "--command", home, f"{options.to_on}", base_url],
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            start_new_session=True,
        )
    timer: threading.Timer | None = None
    killed = threading.Event()

    def arm(stage: str, source: str) -> threading.Timer | None:
        if moment is None or (stage, source) != (moment.stage, moment.source):
            return timer
        armed = threading.Timer(moment.seconds, kill, (process.pid, moment.victim, killed))
        armed.start()
        return armed

    timer = arm(stage, "")
    assert process.stdout
    line = ""
    while character := process.stdout.read(1):  # a task is announced by a line that has no end yet
        said += character
        line = "" if character == "\n" else line + character
        if begun := re.fullmatch(r"  (\w+)(?: (\w+))? … ", line):
            durations.setdefault((STAGES[0], ""), time.monotonic() - began)
            stage = begun[1]
            timer = arm(begun[1], begun[2] or "")
        elif ended := re.fullmatch(r"  (\w+)(?: (\w+))? … .*\(([\d.]+) s\)", line):
            durations[ended[1], ended[2] or ""] = float(ended[3])
    code = process.wait()
    if timer:
        timer.cancel()
    process.stdout.close()
    return Outcome(code, killed.is_set() and code != 0, stage, durations, said)


def kill(command_id: int, victim: str, killed: threading.Event) -> None:
    """Send the victim its signal, if it is still there."""
    targets, number = VICTIMS[victim]
    with contextlib.suppress(psutil.NoSuchProcess, ProcessLookupError):
        command = psutil.Process(command_id)
        while not (workers := [process.pid for process in command.children()]) and "worker" in targets:
            if command.status() == psutil.STATUS_ZOMBIE:
                return
            time.sleep(0.01)  # the command has not started its worker yet
        killed.set()
        for target in targets:
            if target == "group":
                os.killpg(command_id, number)
            else:
                for pid in workers if target == "worker" else [command_id]:
                    os.kill(pid, number)


def assert_nothing_is_left(home: Path, seconds: float = 30) -> None:
    """Wait until no process has a file of the home open, and take its lock.

    Raises:
        AssertionError: a process lives on.
    """
    deadline = time.monotonic() + seconds
    while (living := using(home)) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not living, f"still running on {home}: {living}"
    HomeLock(home, "make chaos").file.close()


def using(home: Path) -> list[psutil.Process]:
    """Return the processes that have a file below a folder open, as each does that inherited the log."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if any(file.path.startswith(f"{home.resolve()}/") for file in process.open_files()):
                found.append(process)
    return found


def published(options: Options) -> Content | None:
    """Return the tables that readers see."""
    return content_hash(options.paths.warehouse) if options.paths.warehouse.exists() else None


@dataclass(frozen=True)
class Undisturbed:
    """The result of a run that nobody kills, and the seconds of its stages."""

    home: Path
    """The home that a round begins on."""
    before: Content | None
    after: Content
    durations: dict[tuple[str, str], float]


def undisturbed(home: Path, urls: dict[dt.date, str]) -> Undisturbed:
    """Run for one day after the other (day → address of the Parliament of that day), from an empty home."""
    home.mkdir()
    begin, before, outcome = home.with_name(f"{home.name}, to begin with"), None, None
    for day, base_url in urls.items():
        shutil.rmtree(begin, ignore_errors=True)
        shutil.copytree(home, begin, symlinks=True)
        before = published(options_of(home, day))
        outcome = run(options_of(home, day), base_url)
        assert outcome.code == 0, f"undisturbed: {outcome.said}; see {home / 'command.log'}"
    after = published(options_of(home, LAST_ON))
    assert outcome
    assert after
    return Undisturbed(begin, before, after, outcome.durations)


def survive(number: int, folder: Path, base: Undisturbed, base_url: str, moments: list[Moment]) -> list[str]:
    """One round; the stages in which the pipeline was killed.

    Raises:
        AssertionError: a process lived on after a kill, readers saw something else than one of the two versions, or
            the end is not the same.
    """
    home = folder / f"round {number}"
    shutil.copytree(base.home, home, symlinks=True)
    options = options_of(home, LAST_ON)
    stages = []
    waiting = moments[::-1]
    while waiting:
        moment = waiting.pop()
        outcome = run(options, base_url, moment)
        assert_nothing_is_left(home)
        if not outcome.is_killed:  # it was done before the moment came
            assert outcome.code == 0, f"round {number}: {outcome.said}; see {home / 'command.log'}"
            if (moment.stage, moment.source) not in outcome.durations and published(options) == base.after:
                # The last kill came after the publication, so nothing was left to do: the round begins anew.
                shutil.rmtree(home)
                shutil.copytree(base.home, home, symlinks=True)
                waiting.append(moment)
                continue
            assert moment.seconds > SHORTEST_SECONDS, f"round {number}: {moment} never comes"
            waiting.append(replace(moment, seconds=moment.seconds / 2))
            continue
        seen = published(options)
        assert seen in (base.before, base.after), f"round {number}: after a kill in {outcome.stage} readers see {seen}"
        stages.append(outcome.stage)
        sys.stdout.write(
            f"round {number}: killed in {outcome.stage}, {moment.seconds:.2f} s into {moment.stage}: {moment.victim}\n"
        )
        sys.stdout.flush()
    outcome = run(options, base_url)
    assert outcome.code == 0, f"round {number}: {outcome.said}; see {home / 'command.log'}"
    seen = published(options) or {}
    differing = sorted(table for table in base.after.keys() | seen.keys() if base.after.get(table) != seen.get(table))
    assert not differing, (
        f"round {number}: {', '.join(differing)} differ after kills in {', '.join(stages)}; see {home}"
    )
    shutil.rmtree(home)
    return stages


def draw(dice: random.Random, base: Undisturbed, stage: str, victim: str) -> Moment:
    """A moment in the stage: in any of its tasks, at any time of it."""
    task = dice.choice(sorted(task for task in base.durations if task[0] == stage))
    return Moment(*task, seconds=dice.random() * base.durations[task], victim=victim)


def main() -> int:
    """Print the seed, every kill, and what they came to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--workers", type=int, default=2, help="rounds at a time")
    parser.add_argument("--command", nargs=3, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.command:
        home, last_on, base_url = arguments.command
        command(Path(home), dt.date.fromisoformat(last_on), base_url)
        return 0
    seed = arguments.seed if arguments.seed is not None else random.SystemRandom().randrange(1_000_000)
    dice, began = random.Random(seed), time.monotonic()
    sys.stdout.write(f"{arguments.kills} kills, seed {seed}\n")
    folder = Path(tempfile.mkdtemp(prefix="orderpaper-chaos-"))
    with (
        parliament(FIRST_ON) as first,
        parliament(LAST_ON) as last,
        ThreadPoolExecutor(arguments.workers) as pool,
    ):
        bases = [
            undisturbed(folder / "empty", {LAST_ON: last.url}),
            undisturbed(folder / "day before", {FIRST_ON: first.url, LAST_ON: last.url}),
        ]
        stages = [STAGES[number % len(STAGES)] for number in range(arguments.kills)]
        dice.shuffle(stages)
        kills = [(stage, list(VICTIMS)[number % len(VICTIMS)]) for number, stage in enumerate(stages)]
        rounds = []
        for number, start in enumerate(range(0, len(kills), KILLS_PER_ROUND)):
            base = bases[number % len(bases)]
            moments = [draw(dice, base, *each) for each in kills[start : start + KILLS_PER_ROUND]]
            rounds.append(pool.submit(survive, number + 1, folder, base, last.url, moments))
        killed = Counter(stage for ended in rounds for stage in ended.result())
    shutil.rmtree(folder)
    by_stage = ", ".join(f"{stage} {count}" for stage, count in killed.most_common())
    sys.stdout.write(
        f"{killed.total()} kills ({by_stage}) in {len(rounds)} rounds: each ended with the same rows in all"
        f" {len(bases[0].after)} marts ({time.monotonic() - began:.0f} s)\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
