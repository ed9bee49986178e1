"""The work of reading money is in proportion to the text, counted in steps of the interpreter."""

import sys
from types import FrameType
from typing import Any

import pytest

from orderpaper.enrichment import money
from orderpaper.enrichment.money import find_figures, years
from orderpaper.reading.markup import html_to_text


def steps(text: str, html: str | None = None) -> int:
    """The number of bytecodes that the interpreter executes to read a text."""
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        count += event == "opcode"
        return trace

    earlier = sys.gettrace()
    sys.settrace(trace)
    try:
        find_figures(text, html)
    finally:
        sys.settrace(earlier)
    return count


@pytest.mark.parametrize(
    "form",
    [
        "£5 million for a pier.\n",
        "£5 million and ",
        "This includes £5 million. ",
        "£9m, of which £5 million, taking the total to £99m ",
        "We gave £9m:\n- £5 million for piers;\n- £4m for a wall.\n",
        "a\t£5m\n",
        "£m\t",
        "£\n",
        "In 2024-25 the Quay Fund gave £5m to Ayton Council. ",
        "£1 500 and £1,5 million ",
    ],
)
def test_twice_the_text_is_twice_the_work(form: str) -> None:
    find_figures(form * 50)  # fills the caches
    assert steps(form * 100) < 2.2 * steps(form * 50)


def test_twice_the_rows_of_a_table_are_twice_the_work() -> None:
    def table(count: int) -> str:
        return "<table><tr><td>Pier</td><td>£m</td></tr>" + "<tr><td>Ayton</td><td>5</td></tr>" * count + "</table>"

    once, twice = table(50), table(100)
    find_figures(html_to_text(once), once)
    assert steps(html_to_text(twice), twice) < 2.2 * steps(html_to_text(once), once)


def test_each_year_is_read_about_once_however_many_sums_stand_near_it(monkeypatch: pytest.MonkeyPatch) -> None:
    read = years._mention
    count = 0

    def counted(*arguments: Any) -> Any:
        nonlocal count
        count += 1
        return read(*arguments)

    monkeypatch.setattr(years, "_mention", counted)
    figures = find_figures("We spent " + ", ".join(f"£{n} million in 20{n}-{n + 1}" for n in range(10, 90)) + ".")
    assert [figure.period for figure in figures] == [f"20{n}-{n + 1}" for n in range(10, 90)]
    assert count < 10 * len(figures), "without remembering it is 34 times"


def test_a_sentence_of_thousands_of_sums_is_not_kept_whole_with_each() -> None:
    text = "We spent " + ", ".join(f"£{n} million on piers" for n in range(1, 700)) + "."
    assert len(text) > money.LONGEST_SENTENCE
    for figure in find_figures(text):
        assert figure.surface in figure.sentence
        assert len(figure.sentence) <= 2 * money.REACH + len(figure.surface)
    assert {figure.sentence for figure in find_figures(text[:5000])} == {text[:5000].strip()}


def test_of_very_many_sums_the_last_are_read_without_their_context(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(money, "MOST_SUMS", 2)
    figures = find_figures("We gave £1m to councils. We gave £2m to schools. We gave £3m to museums.")
    assert [int(figure.amount_low) for figure in figures] == [1_000_000, 2_000_000, 3_000_000]
    assert [figure.category for figure in figures] == ["funding", "funding", "other"]
    assert figures[-1].rule == money.NOT_READ
