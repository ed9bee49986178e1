"""`make new-source` makes a source that passes style, types, the harness of parsers and its own test at once."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from orderpaper.config import PROJECT

TEMPLATE = PROJECT / "docs" / "new-source" / "new_source.py"
COPIED = ("dbt", "include", "tests", "docs/sources.md", "docs/new-source", "pyproject.toml")
NAME = "register_of_all_party_groups"
WRITE_SOURCES_PAGE = "from orderpaper.cli import sources_page as page; page.PATH.write_text(page.render(), 'utf-8')"
"""What `make docs` does to docs/sources.md. The data dictionary, which takes longer, names no source."""


@pytest.fixture(scope="module")
def template():
    spec = importlib.util.spec_from_file_location("new_source", TEMPLATE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def copy(tmp_path_factory, template) -> Path:
    """A copy of the tree with a new source in it."""
    folder = tmp_path_factory.mktemp("copy")
    for name in COPIED:
        source, target = PROJECT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "test_source_template.py"))
        else:
            shutil.copy(source, target)
    template.make(NAME, folder)
    return folder


def run(folder: Path, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder / "include")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_is_in_the_house_style(copy):
    made = ["include", f"tests/unit/test_{NAME}.py"]
    run(copy, "-m", "ruff", "check", *made)
    run(copy, "-m", "ruff", "format", "--check", *made)
    run(copy, "-m", "mypy", "--package", f"orderpaper.sources.{NAME}", "--follow-imports", "silent")


def test_it_passes_the_tests_of_every_source_and_its_own(copy):
    run(copy, "-c", WRITE_SOURCES_PAGE)
    tests = ["tests/unit/parsers/test_examples.py", f"tests/unit/test_{NAME}.py", "tests/unit/test_sources.py"]
    of_all = ["yields", "tests_that_a_source", "up_to_date", "where_it_is_from"]
    chosen = f"(test_sources and ({' or '.join(of_all)})) or (not test_sources and {NAME})"
    done = run(copy, "-m", "pytest", "-v", "-p", "no:cacheprovider", *tests, "-k", chosen)
    for name in (*tests, *of_all):
        assert re.search(rf"{name}.* PASSED", done), name


@pytest.mark.parametrize("name", ["", "Bills", "early-day", "../x", "a__b", "hansard"])
def test_a_name_that_cannot_be_is_refused_in_one_sentence(tmp_path, template, name):
    (tmp_path / "include/orderpaper/sources/hansard").mkdir(parents=True)
    with pytest.raises(ValueError, match=r"use lower-case words|There is a source"):
        template.make(name, tmp_path)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
