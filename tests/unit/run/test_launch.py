"""A command starts what it needs beside the pipeline, and ends it."""

import contextlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from orderpaper.config import Paths
from orderpaper.run import child, launch
from orderpaper.run.options import Options, check
from orderpaper.warehouse import dbt_project


@pytest.fixture
def options(tmp_path: Path) -> Options:
    return check(tmp_path)


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """The children that were started and stopped."""
    called: list[tuple[Any, ...]] = []
    monkeypatch.setattr(child, "start", lambda *given, **_: called.append(given) or given)
    monkeypatch.setattr(child, "stop", lambda process: called.append(("stop", process)))
    return called


def test_dbt_reads_its_project_while_documents_are_fetched(options: Options, children: list[tuple[Any, ...]]) -> None:
    reader = ("orderpaper.warehouse.dbt_project", [str(options.paths.home), "simulated"])
    with contextlib.suppress(KeyboardInterrupt), launch._read_by_dbt(options, io.BytesIO()):
        assert children == [reader]
        raise KeyboardInterrupt
    assert children == [reader, ("stop", reader)]


@pytest.mark.parametrize("note", [dbt_project.note_built, dbt_project.note_read])
def test_dbt_does_not_read_again_what_it_has_read(
    options: Options, children: list[tuple[Any, ...]], note: Callable[[Paths, bytes], None]
) -> None:
    options.paths.build_database.parent.mkdir(parents=True)
    note(options.paths, b"another version")
    with launch._read_by_dbt(options, io.BytesIO()):
        assert len(children) == 1
    children.clear()
    note(options.paths, dbt_project.version())
    with launch._read_by_dbt(options, io.BytesIO()):
        pass
    assert children == []


def test_dbt_does_not_read_what_spark_builds(
    options: Options, children: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORDERPAPER_BUILD_ON", "spark")
    with launch._read_by_dbt(options, io.BytesIO()):
        pass
    assert children == []
