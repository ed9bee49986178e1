"""A table with a question in each row is read with its columns in any order, in Markdown and with tabs."""

import datetime as dt
import itertools
import random

import pytest
from test_saved_layouts import dropped

from orderpaper.errors import ParseError
from orderpaper.records import Answer, Parsed, Question

ASK = "To ask the Secretary of State for the Home Department, how many"
HEADS = ["UIN", "Asked by", "Department", "Question", "Answered by", "Answer", "Answered on", "Heading", "Tabled"]
ROWS = [
    [
        "123",
        "Ann Otter (Labour - Ely)",
        "Home Office",
        f"{ASK} piers there are.",
        "Bo Sand - Minister of State",
        "There are 12 piers.",
        "16 May 2024",
        "Piers",
        "13 May 2024",
    ],
    [
        "124",
        "Cy Dell (Green - Stowe)",
        "Home Office",
        f"{ASK} nets there are.",
        "Bo Sand",
        "We fund £3 million of nets.",
        "17/5/24",
        "Nets",
        "Tue 14 May 2024",
    ],
]


def markdown(rows: list[list[str]]) -> str:
    head, *others = rows
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *others))


def tabbed(rows: list[list[str]]) -> str:
    return "\n".join("\t".join(row) for row in rows)


def values(parsed: Parsed) -> list[tuple[object, ...]]:
    questions = [record for record in parsed.records if isinstance(record, Question)]
    answers = [record for record in parsed.records if isinstance(record, Answer)]
    return [
        (
            q.uin,
            q.asked_by_text,
            q.asked_by_party_text,
            q.asked_by_constituency_text,
            q.answering_body_text,
            q.text,
            q.heading,
            q.tabled_on,
            a.text,
            a.answered_by_text,
            a.answered_by_post_text,
            a.answered_on,
        )
        for q, a in zip(questions, answers, strict=True)
    ]


RIGHT = [
    (
        "123",
        "Ann Otter",
        "Labour",
        "Ely",
        "Home Office",
        f"{ASK} piers there are.",
        "Piers",
        dt.date(2024, 5, 13),
        "There are 12 piers.",
        "Bo Sand",
        "Minister of State",
        dt.date(2024, 5, 16),
    ),
    (
        "124",
        "Cy Dell",
        "Green",
        "Stowe",
        "Home Office",
        f"{ASK} nets there are.",
        "Nets",
        dt.date(2024, 5, 14),
        "We fund £3 million of nets.",
        "Bo Sand",
        None,
        dt.date(2024, 5, 17),
    ),
]


@pytest.mark.parametrize("form", [markdown, tabbed])
def test_columns_may_stand_in_any_order(form) -> None:
    orders = random.Random(1).sample([*itertools.permutations(range(len(HEADS)))], 60)
    for order in [tuple(range(len(HEADS))), *orders]:
        parsed = dropped(form([[row[place] for place in order] for row in (HEADS, *ROWS)]))
        assert (values(parsed), parsed.refusals) == (RIGHT, []), order


@pytest.mark.parametrize("form", [markdown, tabbed])
def test_party_and_seat_may_have_columns(form) -> None:
    heads = [*HEADS, "Party", "Constituency"]
    rows = [
        [*row[:1], name, *row[2:], party, seat] for row, (_, name, party, seat, *_) in zip(ROWS, RIGHT, strict=True)
    ]
    assert values(dropped(form([heads, *rows]))) == RIGHT


@pytest.mark.parametrize("form", [markdown, tabbed])
@pytest.mark.parametrize(
    ("place", "cell"),
    [
        (1, "Ann Otter (Lyde - Ely)"),
        (1, ""),
        (2, ""),
        (3, "How many piers?"),
        (3, ""),
        (5, "There<br>are 12."),
        (6, "31 May 24 or so"),
        (6, "31 June 2024"),
        (8, "31 June 2024"),
        (4, ""),
        (5, "Figure: piers"),
    ],
)
def test_a_row_with_an_odd_cell_is_refused_by_itself(form, place: int, cell: str) -> None:
    odd = [*ROWS[0][:place], cell, *ROWS[0][place + 1 :]]
    parsed = dropped(form([HEADS, odd, ROWS[1]]))
    assert values(parsed) == RIGHT[1:]
    assert parsed.refusals


@pytest.mark.parametrize("form", [markdown, tabbed])
@pytest.mark.parametrize("number", [0, 1])
def test_a_row_with_too_few_or_many_cells_is_refused_by_itself(form, number: int) -> None:
    for row in (ROWS[number][:-1], [*ROWS[number], "more"]):
        rows = [*ROWS[:number], row, *ROWS[number + 1 :]]
        parsed = dropped(form([HEADS, *rows]))
        assert values(parsed) == [RIGHT[1 - number]]
        (refusal,) = parsed.refusals
        assert f"a row of {len(row)} cells in a table of 9 columns" in refusal.reason
        assert row[0] in refusal.text


@pytest.mark.parametrize("form", [markdown, tabbed])
def test_each_row_that_is_refused_has_its_own_reason(form) -> None:
    parsed = dropped(form([HEADS, ROWS[0], *[[*row, "more"] for row in (ROWS[1], ROWS[1])]]))
    assert [refusal.reason for refusal in parsed.refusals] == [
        f"line {refusal.address.removeprefix('line ')}: a row of 10 cells in a table of 9 columns"
        for refusal in parsed.refusals
    ]
    assert len(parsed.refusals) == 2


def test_a_column_that_is_not_known_refuses_the_table() -> None:
    with pytest.raises(ParseError, match="the table has a column “Mood” that is not known"):
        dropped(markdown([[*HEADS, "Mood"], [*ROWS[0], "glad"]]))


@pytest.mark.parametrize("form", [markdown, tabbed])
@pytest.mark.parametrize(
    "line", ["Source: the Table Office of the House.", "Source: the Table Office", "More of these"]
)
def test_a_line_below_a_table_is_in_no_answer(form, line: str) -> None:
    parsed = dropped(f"{form([HEADS, *ROWS])}\n\n{line}\n")
    assert line not in str(parsed.records)
    assert any(line in refusal.text for refusal in parsed.refusals)
    footed = dropped(f"{form([HEADS, *ROWS])}\n\nBack to top\nCookie policy\n")
    assert (values(footed), footed.refusals) == (RIGHT, [])
