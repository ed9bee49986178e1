"""Sums of money in the marts: each is counted once and cites its statement."""

from collections.abc import Callable

import duckdb
import pytest
from building import FRIDAY, FUND, Landed, answer, day, question

from orderpaper.records import PostSection

POST = "We have announced a new £200million fund."


@pytest.fixture(scope="module")
def warehouse(build_marts: Callable[..., duckdb.DuckDBPyConnection]) -> duckdb.DuckDBPyConnection:
    """Build the models of money from two answers that state the same sum, and a press post."""
    landed = Landed()
    for name, number, answered_on in (("Monday", 5002, "2024-11-07"), ("Friday", 5005, "2024-11-12")):
        landed.question_list(
            f"list of {name}",
            question(1, number),
            answer(1, FUND, answered_on=day(answered_on)),
            fetched_at=FRIDAY,
            is_searched=True,
        )
    landed.document(
        "post",
        "inbox",
        "file",
        "press_post",
        records=[PostSection(ordinal=1, text=POST, char_start=0, char_end=len(POST))],
        title="Home Office in the media: Tuesday 6 November",
        published_on=day("2018-11-06"),
        text=POST,
        is_searched=True,
    )
    return build_marts(landed, "fct_funding_figure", "fct_answer", "rpt_funding_by_programme")


def test_each_figure_counts_once_and_a_repeat_points_to_the_first(warehouse: duckdb.DuckDBPyConnection) -> None:
    figures = warehouse.execute(
        """
        SELECT f.surface, f.amount_low_gbp::BIGINT, f.stated_on::VARCHAR, first.stated_on::VARCHAR, d.department_name
        FROM marts.fct_funding_figure AS f
        LEFT JOIN marts.fct_funding_figure AS first ON f.first_stated_figure_key = first.figure_key
        LEFT JOIN marts.dim_department AS d ON f.department_key = d.department_key
        ORDER BY f.amount_low_gbp, f.stated_on
        """
    ).fetchall()
    assert figures == [
        ("£2 million", 2_000_000, "2024-11-07", None, "Home Office"),
        ("£2 million", 2_000_000, "2024-11-12", "2024-11-07", "Home Office"),
        ("£200million", 200_000_000, "2018-11-06", None, "Home Office"),
    ]
    assert warehouse.execute(
        "SELECT programme_text, total_low_gbp::BIGINT, figure_count FROM marts.rpt_funding_by_programme"
    ).fetchall() == [("Riverside Fund", 2_000_000, 1)]


def test_a_figure_cites_the_text_of_its_statement(warehouse: duckdb.DuckDBPyConnection) -> None:
    cited = warehouse.execute(
        """
        SELECT surface, substr(answer_text, text_char_start + 1, text_char_end - text_char_start)
        FROM marts.fct_funding_figure JOIN marts.fct_answer ON statement_key = answer_key
        """
    ).fetchall()
    assert len(cited) == 2
    assert all(words == passage for words, passage in cited)
