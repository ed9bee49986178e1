"""The short form of `make chaos`: one kill in each stage, one after the other on the same home."""

from pathlib import Path

import pytest
from chaos import LAST_ON, STAGES, Moment, parliament, survive, undisturbed


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_killed_in_every_stage_it_ends_with_the_same_rows(tmp_path: Path) -> None:
    with parliament(LAST_ON) as server:
        base = undisturbed(tmp_path / "undisturbed", {LAST_ON: server.url})
        tasks = dict(sorted(base.durations, reverse=True))  # one task for each stage
        moments = [Moment(stage, tasks[stage], base.durations[stage, tasks[stage]] / 2) for stage in STAGES]
        killed = survive(1, tmp_path, base, server.url, moments)
    assert len(killed) == len(STAGES)
