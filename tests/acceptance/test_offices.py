"""Offices that members did not hold, in documents that were written to mislead, beside a week of real questions."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def issues(captured: Path, make_run: Callable[..., Path]) -> list[tuple[str, ...]]:
    """The issues about offices that are found in the documents of the case, without the register's biographies."""
    case = captured.parent / "cases" / "truth" / "audit-home-secretary"
    if not case.is_dir():
        pytest.skip(f"the documents of the case are not here: {case}")
    database = make_run(
        "offices", SOURCE="replay", REPLAY=str(captured), FROM="2024-11-01", TO="2024-11-20", INBOX=str(case)
    )
    with duckdb.connect(database, read_only=True) as connection:
        return connection.execute(
            """
            SELECT DISTINCT name_text, as_printed, register_says FROM marts.fct_attribution_issue
            WHERE issue_kind = 'post_not_held' ORDER BY ALL
            """
        ).fetchall()


def test_an_office_that_somebody_else_held_is_an_issue(issues: list[tuple[str, ...]]) -> None:
    assert ("Wes Streeting", "Home Secretary", "Yvette Cooper") in issues
    assert ("Wes Streeting", "Secretary of State for Education", "Bridget Phillipson") in issues


def test_a_member_who_asks_written_questions_is_no_minister(issues: list[tuple[str, ...]]) -> None:
    (found,) = [says for name, _, says in issues if name == "Alex Mayer"]
    assert found.startswith("asked written questions on 2024-1")


def test_nobody_else_is_accused(issues: list[tuple[str, ...]]) -> None:
    assert {name for name, _, _ in issues} == {"Wes Streeting", "Alex Mayer"}
