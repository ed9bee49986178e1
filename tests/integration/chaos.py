"""`make chaos`: end the pipeline with SIGKILL at random moments, run it again, and compare every mart.

The process that is killed is the one that `make run` starts: every DAG, in Airflow, against a small simulated
Parliament. Rounds begin by turns on an empty home, and on one that published the day before and now has more to load.
In a round it is killed several times over, each time on what the last kill left; then it may end, and what readers see
must be what a run that nobody disturbed publishes. After every kill readers see that, or the day before, or nothing.
"""

import argparse
import datetime as dt
import json
import os
import random
import shutil
import signal
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

from orderpaper.run import airflow_home, child, upstream
from orderpaper.run.options import Options, check
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.server import Server, serve
from orderpaper.warehouse.content import content_hash

STAGES = ("prepare", "fetch", "parse", "load", "transform", "audit", "publish")
FIRST_ON, LAST_ON = dt.date(2025, 3, 10), dt.date(2025, 3, 11)
KILLS_PER_ROUND = 10

Content = dict[str, str]


@dataclass(frozen=True)
class Moment:
    """When to kill: this long after a task of the stage has begun."""

    stage: str
    source: str
    """The DAG of the task: a source's ingest, or build_warehouse; empty while Airflow prepares."""
    seconds: float


@dataclass(frozen=True)
class Outcome:
    """How one run of the pipeline ended."""

    code: int
    stage: str
    """The stage of the task that began last."""
    durations: dict[tuple[str, str], float]
    """Stage and DAG → seconds, of every task that ended."""
    failure: str
    """What the task said that failed, if one did."""


@contextmanager
def parliament(as_of: dt.date) -> Iterator[Server]:
    """A small one, whose pages say the same however often they are asked for."""
    upstream = SimulatedParliament(member_count=20, questions_per_day=8, as_of=as_of)
    with serve(upstream, shifting_pages=False) as server:
        yield server


def options_of(home: Path, last_on: dt.date) -> Options:
    return check(home, from_on=FIRST_ON, to_on=last_on)


def run(options: Options, base_url: str, moment: Moment | None = None) -> Outcome:
    """Run the pipeline, and kill it at the moment, if one is given, unless it ends before."""
    upstream.fill_inbox(options)
    began, stage, durations, failure = time.monotonic(), STAGES[0], {}, ""
    with (options.paths.home / "pipeline.log").open("ab") as log:
        pipeline = child.start(
            "orderpaper.run.pipeline",
            ["run", str(options.from_on), str(options.to_on)],
            environment=airflow_home.settings(options, base_url),
            log=log,
        )
    timer: threading.Timer | None = None

    def arm(stage: str, dag: str) -> threading.Timer | None:
        if moment is None or (stage, dag) != (moment.stage, moment.source):
            return timer
        armed = threading.Timer(moment.seconds, os.killpg, (pipeline.pid, signal.SIGKILL))
        armed.start()
        return armed

    timer = arm(stage, "")
    for line in pipeline.stdout or ():
        if not line.endswith("\n"):
            break
        event = json.loads(line)
        if event["event"] == "started":
            if not durations:
                durations[STAGES[0], ""] = time.monotonic() - began
            stage = event["task"]
            timer = arm(stage, event["dag"])
        elif event["event"] == "finished":
            durations[event["task"], event["dag"]] = event["seconds"]
        else:
            failure = event["error"]
    code = pipeline.wait()
    if timer:
        timer.cancel()
    child.stop(pipeline)
    return Outcome(code, stage, durations, failure)


def published(options: Options) -> Content | None:
    """What readers see."""
    return content_hash(options.paths.warehouse) if options.paths.warehouse.exists() else None


@dataclass(frozen=True)
class Undisturbed:
    """What a run that nobody kills publishes, and how long its stages take."""

    home: Path
    """What a round begins on."""
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
        assert outcome.code == 0, f"undisturbed: {outcome.failure}; see {home / 'pipeline.log'}"
    after = published(options_of(home, LAST_ON))
    assert outcome
    assert after
    return Undisturbed(begin, before, after, outcome.durations)


def survive(number: int, folder: Path, base: Undisturbed, base_url: str, moments: list[Moment]) -> list[str]:
    """One round; the stages in which the pipeline was killed.

    Raises:
        AssertionError: readers saw something else than one of the two versions, or the end is not the same.
    """
    home = folder / f"round {number}"
    shutil.copytree(base.home, home, symlinks=True)
    options = options_of(home, LAST_ON)
    stages = []
    waiting = moments[::-1]
    while waiting:
        moment = waiting.pop()
        outcome = run(options, base_url, moment)
        if outcome.code != -signal.SIGKILL:  # it was done before the moment came
            assert outcome.code == 0, f"round {number}: {outcome.failure}; see {home / 'pipeline.log'}"
            waiting.append(replace(moment, seconds=moment.seconds / 2))
            continue
        seen = published(options)
        assert seen in (base.before, base.after), f"round {number}: after a kill in {outcome.stage} readers see {seen}"
        stages.append(outcome.stage)
        sys.stdout.write(f"round {number}: killed in {outcome.stage}, {moment.seconds:.2f} s into {moment.stage}\n")
        sys.stdout.flush()
    outcome = run(options, base_url)
    assert outcome.code == 0, f"round {number}: {outcome.failure}; see {home / 'pipeline.log'}"
    seen = published(options) or {}
    differing = sorted(table for table in base.after.keys() | seen.keys() if base.after.get(table) != seen.get(table))
    assert not differing, (
        f"round {number}: {', '.join(differing)} differ after kills in {', '.join(stages)}; see {home}"
    )
    shutil.rmtree(home)
    return stages


def draw(dice: random.Random, base: Undisturbed, stage: str) -> Moment:
    """A moment in the stage: in any of its tasks, at any time of it."""
    task = dice.choice(sorted(task for task in base.durations if task[0] == stage))
    return Moment(*task, seconds=dice.random() * base.durations[task])


def main() -> int:
    """Print the seed, every kill, and what they came to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--workers", type=int, default=2, help="rounds at a time")
    arguments = parser.parse_args()
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
        rounds = []
        for number, start in enumerate(range(0, len(stages), KILLS_PER_ROUND)):
            base = bases[number % len(bases)]
            moments = [draw(dice, base, stage) for stage in stages[start : start + KILLS_PER_ROUND]]
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
