import datetime as dt
import io
import os
import subprocess
import sys

import pytest
from rich.console import Console

from orderpaper.cli.snapshots import WIDTH, realm_paths, render
from orderpaper.config import DATABASE_NAME, Paths
from orderpaper.errors import ConfigError, OrderPaperError
from orderpaper.warehouse.snapshots import (
    SNAPSHOTS_KEPT,
    Snapshot,
    alone,
    chosen,
    current_id,
    link,
    prune,
    publications,
    put_in_force,
    rollback,
)


@pytest.fixture
def paths(tmp_path):
    return Paths(home=tmp_path, realm="simulated")


def publish(paths, *names):
    """Publish as `publish` does, with empty folders as snapshots."""
    for name in names:
        (paths.snapshots / name).mkdir(parents=True, exist_ok=True)
        with alone(paths):
            put_in_force(paths, name, run_id=f"run of {name}")
            prune(paths)


def present(paths):
    return sorted(folder.name for folder in paths.snapshots.iterdir())


def test_back_one_and_one_further_until_there_is_none(paths):
    publish(paths, "a", "b", "c")
    assert rollback(paths) == "b"
    assert current_id(paths) == "b"
    assert rollback(paths) == "a"
    with pytest.raises(OrderPaperError, match=r"no older snapshot than a to go back to; .* the last 5 are kept"):
        rollback(paths)
    assert current_id(paths) == "a"


def test_forward_again_by_name(paths):
    publish(paths, "a", "b", "c")
    rollback(paths)
    rollback(paths)
    assert rollback(paths, "c") == "c"
    assert current_id(paths) == "c"
    with pytest.raises(ConfigError, match=r"There is no snapshot 'd'; there are a, b, c\."):
        rollback(paths, "d")


def test_what_was_rolled_back_from_is_not_gone_back_to(paths):
    publish(paths, "a", "bad")
    assert rollback(paths) == "a"
    publish(paths, "c")
    assert current_id(paths) == "c"
    assert rollback(paths) == "a"


def test_nothing_published_is_one_sentence(paths):
    with pytest.raises(OrderPaperError, match=r"Nothing is published in .*/simulated, so there is nothing"):
        rollback(paths)


def test_the_log_says_who_put_what_in_force(paths):
    publish(paths, "a", "b")
    rollback(paths)
    rollback(paths, "a")
    assert [(line.snapshot_id, line.run_id) for line in publications(paths)] == [
        ("a", "run of a"),
        ("b", "run of b"),
        ("a", None),
    ]


def test_the_log_tells_a_rollback_from_a_publication(paths):
    publish(paths, "a", "b")
    rollback(paths)
    rollback(paths, "b")
    publish(paths, "c")
    assert [(line.kind, line.replaced_id, line.snapshot_id) for line in publications(paths)] == [
        ("publication", None, "a"),
        ("publication", "a", "b"),
        ("rollback", "b", "a"),
        ("roll_forward", "a", "b"),
        ("publication", "b", "c"),
    ]
    assert [line.snapshot_id for line in chosen(paths)] == ["b", "a"]


def test_a_torn_line_costs_that_line_only(paths):
    publish(paths, "a", "b")
    with (paths.root / "publications.jsonl").open("a") as log:
        log.write('\n{"published_at": "2024-11')
    publish(paths, "c")
    assert [line.snapshot_id for line in publications(paths)] == ["a", "b", "c"]


def test_without_its_log_a_realm_goes_by_the_times_in_the_ids(paths):
    publish(paths, "a", "b", "c")
    (paths.root / "publications.jsonl").unlink()
    assert rollback(paths) == "b"
    assert rollback(paths) == "a"


@pytest.mark.parametrize("is_rollback", [True, False])
def test_killed_between_the_log_and_the_symlink(paths, monkeypatch, is_rollback):
    publish(paths, "a", "b")
    with monkeypatch.context() as patch:
        patch.setattr("orderpaper.warehouse.snapshots.link", lambda *_: exec("raise KeyboardInterrupt"))
        with pytest.raises(KeyboardInterrupt):
            rollback(paths) if is_rollback else publish(paths, "c")
    assert current_id(paths) == "b"
    assert rollback(paths) == "a"


def test_those_in_force_last_are_kept(paths):
    names = [f"snapshot-{number}" for number in range(SNAPSHOTS_KEPT + 2)]
    publish(paths, *names)
    assert present(paths) == names[2:]

    rollback(paths, names[2])
    publish(paths, "snapshot-x")
    assert present(paths) == [names[2], *names[-3:], "snapshot-x"], "the one gone back to was good"
    assert rollback(paths) == names[2]


MOVE = """
import sys
from pathlib import Path
from orderpaper.config import Paths
from orderpaper.warehouse.snapshots import alone

with alone(Paths(Path(sys.argv[1]), "simulated")):
    sys.stdout.write("alone\\n")
    sys.stdout.flush()
    sys.stdin.read()
"""


def test_a_rollback_waits_for_a_publication(paths):
    publish(paths, "a", "b")
    publisher = subprocess.Popen(
        [sys.executable, "-c", MOVE, str(paths.home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert publisher.stdout.readline() == "alone\n"
    script = MOVE.split("with alone", maxsplit=1)[0] + "from orderpaper.warehouse.snapshots import rollback\n"
    script += "rollback(Paths(Path(sys.argv[1]), 'simulated'))"
    waiting = subprocess.Popen([sys.executable, "-c", script, str(paths.home)])
    with pytest.raises(subprocess.TimeoutExpired):
        waiting.wait(1)
    assert current_id(paths) == "b"
    publisher.communicate()
    assert waiting.wait() == 0
    assert current_id(paths) == "a"


def test_the_realm_is_the_published_one_or_the_one_named(tmp_path):
    with pytest.raises(OrderPaperError, match="Nothing is published yet"):
        realm_paths(tmp_path, None, None)
    published = Paths(tmp_path, "replay-0a1b2c3d")
    link(published.warehouse, os.path.relpath(published.current / DATABASE_NAME, published.warehouse.parent))
    assert realm_paths(tmp_path, None, None) == published
    assert realm_paths(tmp_path, "live", None) == Paths(tmp_path, "live")


def test_the_list_shows_whole_ids_and_which_one_is_current():
    def snapshot(minute, is_current):
        return Snapshot(
            snapshot_id=f"20250314T12{minute:02d}00Z-0a1b2c3d",
            run_id="manual__2025-03-14T12-00-00-123456-00-00",
            published_at=dt.datetime(2025, 3, 14, 12, minute, tzinfo=dt.UTC),
            row_count=1_234_567,
            byte_count=21_500_000,
            is_current=is_current,
        )

    out = io.StringIO()
    Console(file=out, width=WIDTH).print(render([snapshot(1, True), snapshot(2, False)]))
    _, newest, oldest = out.getvalue().splitlines()
    assert newest.split() == ["20250314T120200Z-0a1b2c3d", *newest.split()[1:]]
    assert oldest.split() == [
        *("→", "20250314T120100Z-0a1b2c3d", "2025-03-14", "12:01:00", "UTC"),
        *("manual__2025-03-14T12-00-00-123456-00-00", "1,234,567", "21.5", "MB"),
    ]
