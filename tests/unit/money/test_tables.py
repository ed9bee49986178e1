"""Tables: bare numbers under a header that makes them money, years from headers, and rows printed twice."""

from decimal import Decimal

import pytest

from orderpaper.enrichment.money import Figure, find_figures
from orderpaper.enrichment.money.tables import read_unit
from orderpaper.reading.markup import html_to_text


def table(*rows: str) -> str:
    """A table of rows "a|b|c"; a cell may begin with its attributes: "[colspan=2]a"."""
    return "<table>" + "".join(f"<tr>{''.join(map(cell, row.split('|')))}</tr>" for row in rows) + "</table>"


def cell(text: str) -> str:
    attributes, _, content = text[1:].partition("]") if text.startswith("[") else ("", "", text)
    return f"<td {attributes}><p>{content}</p></td>"


def read(html: str) -> list[Figure]:
    text = html_to_text(html)
    figures = find_figures(text, html)
    assert all(text[f.start : f.end] == f.surface for f in figures)
    return figures


def amounts(html: str) -> list[Decimal]:
    return [figure.amount_low for figure in read(html)]


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("Cost (£m)", ("GBP", 10**6)),
        ("£ million", ("GBP", 10**6)),
        ("Total (£,000)", ("GBP", 1000)),
        ("£'000s", ("GBP", 1000)),
        ("Spend (£)", ("GBP", 1)),
        ("€bn", ("EUR", 10**9)),
        ("Cost above £5,000", None),
        ("Number of boats", None),
    ],
)
def test_unit_of_a_header(header: str, unit: tuple[str, int] | None) -> None:
    assert read_unit(header) == unit


def test_a_column_header_makes_money_of_its_column_only() -> None:
    html = table("Harbour|Boats|Grant (£m)", "Ayton|120|3.5", "Beal|80|1,200")
    assert amounts(html) == [3_500_000, 1_200_000_000]
    assert [f.surface for f in read(html)] == ["3.5", "1,200"]


def test_a_unit_in_the_corner_holds_for_the_table_and_headers_give_the_year() -> None:
    html = table("(£m)|2023-24|2024-25|% change", "Harbours|10|12|20%", "Number of boats|7|8|9%")
    assert [(f.amount_low, f.period) for f in read(html)] == [(10_000_000, "2023-24"), (12_000_000, "2024-25")]


def test_a_unit_in_a_row_label_holds_for_the_row() -> None:
    html = table("Year|2023|2024", "Spend (£million)|9|11", "Staff|153|150")
    assert [(f.amount_low, f.period) for f in read(html)] == [(9_000_000, "2023"), (11_000_000, "2024")]


def test_a_unit_in_the_line_above_holds_for_the_table() -> None:
    html = "<p>Spending on harbours, £m</p>" + table("Harbour|2023-24", "Ayton|4")
    assert amounts(html) == [4_000_000]


def test_spanned_headers_and_empty_cells_stay_over_their_columns() -> None:
    html = table(
        "[rowspan=2]Region|[colspan=2]2019|[colspan=2]2020",
        "Number|Amount (£)|Number|Amount (£)",
        "Ayton|1|900| | ",
        "Beal| | |4|700",
    )
    assert [(f.surface, f.period) for f in read(html)] == [("900", "2019"), ("700", "2020")]


def test_sums_with_their_own_sign_need_no_header() -> None:
    html = table("Item|Cost", "Chair|£85.50", "Desk|£1,200")
    assert amounts(html) == [Decimal("85.50"), 1200]


def test_tabs_alone_are_a_table_too() -> None:
    assert [f.amount_low for f in find_figures("Harbour\tGrant (£m)\nAyton\t3\nBeal\t4")] == [3_000_000, 4_000_000]


def test_a_row_printed_run_together_and_again_cell_by_cell_counts_twice() -> None:
    text = "HarbourGrantBoats\nHarbour\nGrant\nBoats\nAyton£3,5001,204\nAyton\n£3,500\n1,204\nNo more."
    figures = find_figures(text)
    assert [f.surface for f in figures] == ["£3,500", "£3,500"]
    assert all(text[f.start : f.end] == f.surface for f in figures)


def test_numbers_outside_tables_are_not_money() -> None:
    assert find_figures("The £m column gives 3,500 and 1,204 boats.") == []


@pytest.mark.parametrize(
    ("printed", "surface", "value", "qualifier"),
    [
        ("12.5<sup>1</sup>", "12.5", 12_500_000, "exact"),
        ("12.5*", "12.5", 12_500_000, "exact"),
        ("12.5 (p)", "12.5", 12_500_000, "exact"),
        ("(12.5)", "(12.5)", -12_500_000, "exact"),
        ("-14.0", "-14.0", -14_000_000, "exact"),
        ("−3", "−3", -3_000_000, "exact"),
        ("1 500", "1 500", 1_500_000_000, "exact"),
        ("&lt;10", "10", 10_000_000, "at_most"),
        ("≤10", "10", 10_000_000, "at_most"),
        ("c. 10", "10", 10_000_000, "approx"),
        ("7.5 (est.)", "7.5", 7_500_000, "exact"),
        ("£ &lt;10m", "£ <10m", 10_000_000, "at_most"),
        ("(£4 million)", "(£4 million)", -4_000_000, "exact"),
        ("£14", "£14", 14_000_000, "exact"),
        ("(£14)", "(£14)", -14_000_000, "exact"),
        ("£(14)", "£(14)", -14_000_000, "exact"),
        ("-£14", "-£14", -14_000_000, "exact"),
        ("£12 - £14", "£12 - £14", 12_000_000, "exact"),
        ("£1,400,000", "£1,400,000", 1_400_000, "exact"),
        ("£14 a head", "£14", 14, "exact"),
        ("€14", "€14", 14, "exact"),
        ("$(14)", "$(14)", -14, "exact"),
        ("14k", "14k", 14_000, "exact"),
        ("(14 million)", "(14 million)", -14_000_000, "exact"),
    ],
)
def test_signs_and_notes_of_a_cell(printed: str, surface: str, value: int, qualifier: str) -> None:
    (figure,) = read(table("Harbour|Net spend (£ million)", f"Ayton|{printed}"))
    assert (figure.surface, figure.amount_low, figure.qualifier) == (surface, value, qualifier)


@pytest.mark.parametrize("label", ["C", "Category C", "c.", "Ca", "Over", "Maximum", "About", "Some"])
def test_a_word_in_the_cell_before_is_a_label(label: str) -> None:
    (figure,) = read(table("Prison|Cost (£m)", f"{label}|14"))
    assert (figure.amount_low, figure.qualifier) == (14_000_000, "exact")


def test_words_in_the_cells_around_a_sum_are_not_said_of_it() -> None:
    html = table("Pier|Cost|Change", "A|£14m|+3%", "B|£15m|Additional staff", "Up to|£16m|or more")
    assert [(f.qualifier, f.is_increase) for f in read(html)] == [
        ("exact", False),
        ("exact", False),
        ("exact", False),
    ]


def test_a_unit_in_thousands_is_no_sum() -> None:
    assert amounts(table("Pier|£000|£'000", "A|£14|(£3)")) == [14_000, -3_000]


def test_a_cell_with_a_sign_before_its_number_ends_no_labels() -> None:
    html = "<p>In 2025-26 we gave £9 billion.</p>" + table(
        "Harbour|24-25 (£m)", "Ayton|£ 20m*", "Beal|£ &lt;10m", "All|£ 30m"
    )
    assert [figure.period for figure in read(html)] == ["2025-26", "2024-25", "2024-25", "2024-25"]


@pytest.mark.parametrize("printed", ["-", "N/A", "nil", "[x]", "Not yet available"])
def test_a_cell_that_says_that_there_is_no_number_ends_no_labels(printed: str) -> None:
    html = "<p>In 2025-26 we spent:</p>" + table("Harbour|2023-24 (£m)", "Ayton|20", f"Beal|{printed}", "All|20")
    assert [figure.period for figure in read(html)] == ["2023-24", "2023-24"]


@pytest.mark.parametrize(
    ("header", "printed", "value"),
    [("£m", "£29", 29_000_000), ("£ million", "£1.5*", 1_500_000), ("£m", "£2,300,000", 2_300_000), ("£", "£29", 29)],
)
def test_a_cell_with_a_sign_has_the_scale_of_its_header(header: str, printed: str, value: int) -> None:
    (figure,) = read(table(f"Harbour|{header}", f"Ayton|{printed}"))
    assert (figure.amount_low, figure.surface) == (value, printed.rstrip("*"))


@pytest.mark.parametrize("label", ["C", "Under", "65 and over", "Up to"])
def test_the_label_of_a_row_is_no_qualifier_of_its_sums(label: str) -> None:
    (figure,) = read(table("Age|Spend (£m)", f"{label}|20"))
    assert figure.qualifier == "exact"


@pytest.mark.parametrize("printed", ["–", "n/a", "1.5.2", "1,5,2", "(14", "14)", "14cr", "14 (12)"])
def test_a_cell_that_is_no_number_is_no_sum(printed: str) -> None:
    assert read(table("Harbour|Net spend (£ million)", f"Ayton|{printed}")) == []
