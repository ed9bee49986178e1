"""Every line of docs/security.md has a test, and every security test has a line."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from orderpaper.config import PROJECT

HERE = Path(__file__).parent
ROWS = [
    line
    for line in (PROJECT / "docs" / "security.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("|") and not re.match(r"\|( threat |-)", line)
]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


@cache
def names_in(path: Path) -> frozenset[str]:
    """The names of a file's test functions."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(n.name for n in tree.body if isinstance(n, ast.FunctionDef) and n.name.startswith("test_"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip()[:40])
def test_every_line_names_tests_that_exist(row):
    _, threat, measure, tests, _ = row.split("|")
    assert threat.strip()
    assert measure.strip().endswith(".")
    named = NAMED.findall(tests)
    assert named
    assert NAMED.sub("", tests).strip() == ""
    for path, name in named:
        assert name in names_in(PROJECT / path), f"{path} has no {name}"


def test_every_test_of_security_is_named():
    named = {name for row in ROWS for path, name in NAMED.findall(row) if path.startswith("tests/unit/security/")}
    written = {name for path in HERE.glob("test_*.py") if path != Path(__file__) for name in names_in(path)}
    assert len(ROWS) > 15
    assert named == written
