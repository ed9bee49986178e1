"""`make metrics` in an environment of its own."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from orderpaper.config import PROJECT

pytestmark = pytest.mark.slow  # it installs MetricFlow


def test_metrics_are_answered_from_the_published_file(
    finished_home: Path, finish: Callable[..., tuple[int, str, str]]
) -> None:
    subprocess.run(["make", "--silent", ".metrics/installed"], cwd=PROJECT, check=True)
    database = (finished_home / "warehouse" / "orderpaper.duckdb").resolve()
    published = database.stat().st_mtime_ns
    names = "questions_asked,named_day_late_share,pounds_announced_once,repeated_answer_share,non_answer_share"
    code, out, err = finish("metrics", finished_home, METRICS=names, BY="metric_time__month")
    assert code == 0, out + err
    assert all(name in out for name in names.split(","))
    assert "2025-03-01" in out
    assert database.stat().st_mtime_ns == published
