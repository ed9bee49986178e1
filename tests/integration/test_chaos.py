"""The short form of `make chaos`: one kill in each stage and of each sort, one after the other on the same home."""

from itertools import cycle
from pathlib import Path

import pytest
from chaos import LAST_ON, STAGES, VICTIMS, Moment, parliament, survive, undisturbed


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_killed_in_every_stage_it_ends_with_the_same_rows(tmp_path: Path) -> None:
    with parliament(LAST_ON) as server:
        base = undisturbed(tmp_path / "undisturbed", {LAST_ON: server.url})
        tasks = dict(sorted(base.durations, reverse=True))  # one task for each stage
        moments = [
            Moment(stage, tasks[stage], base.durations[stage, tasks[stage]] / 2, victim)
            for stage, victim in zip(cycle(STAGES), VICTIMS, strict=False)
        ]
        killed = survive(1, tmp_path, base, server.url, moments)
    assert len(killed) == len(VICTIMS)
