"""`make run` on a disk that is really full: a small file system of its own, which takes the right to mount one."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from orderpaper.warehouse.content import content_hash

Finish = Callable[..., tuple[int, str, str]]

ROOM_LEFT = 6_000_000


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 600 MB in memory."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0:
        pytest.skip("only root may mount a file system; tests/unit/test_disk.py needs no rights")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=600m", "tmpfs", str(folder)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no file system can be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def published(home: Path) -> dict[str, str]:
    return content_hash(home / "warehouse" / "orderpaper.duckdb")


@pytest.mark.slow
def test_a_full_disk_is_one_sentence_readers_keep_what_they_have_and_room_heals_it(
    finish: Finish, disk: Path, tmp_path: Path
) -> None:
    home, roomy = disk / "home", tmp_path / "roomy"
    code, out, err = finish("run", home, FROM="2025-03-10", TO="2025-03-10")
    assert (code, err) == (0, ""), out + err
    before = published(home)
    shutil.copytree(home, roomy, symlinks=True)
    week = {"FROM": "2025-03-10", "TO": "2025-03-14"}
    code, out, err = finish("run", roomy, **week)
    assert (code, err) == (0, ""), out + err

    filler = disk / "filler"
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, shutil.disk_usage(disk).free - ROOM_LEFT)
    code, out, err = finish("run", home, **week)
    assert code == 1, out
    assert f"The disk of {home} is full: make room and run the same command again;" in err
    assert len(err.splitlines()) == 1, err
    assert published(home) == before

    filler.unlink()
    code, out, err = finish("run", home, **week)
    assert (code, err) == (0, ""), out + err
    assert published(home) == published(roomy) != before
