"""Which way the money goes and how certain it is, in our own sentences."""

import pytest

from orderpaper.enrichment.money import find_figures


@pytest.mark.parametrize(
    ("text", "category", "direction", "certainty"),
    [
        ("The Government has allocated £5 million to harbours.", "funding", "out", "announced"),
        ("We will provide £5 million of funding for harbours.", "funding", "out", "planned"),
        ("Harbours were built at a cost that was £5 million.", "spend", "out", "actual"),
        ("The estimated cost of the pier is £5 million.", "spend", "out", "estimated"),
        ("Over the past year, the cost of the Quay Programme has been £5.7 million.", "spend", "out", "actual"),
        ("As of June, £5 million had been drawn down by councils.", "spend", "out", "actual"),
        ("The Government has received £4.8bn from the Dockers’ Scheme.", "other", "in", "actual"),
        ("The auction raised £5 million.", "other", "in", "actual"),
        ("In the same year £5 million was recovered.", "other", "in", "actual"),
        ("The measure will lead to savings of £5 million.", "other", "in", "planned"),
        ("Traders will save £5 million.", "other", "none", "planned"),
        ("The council owed £5 million.", "other", "none", "actual"),
        ("It is expected to bring health benefits worth £5 million.", "other", "none", "estimated"),
        ("Councils can issue a fixed penalty of £80.", "rate", "in", "actual"),
        ("The average weekly payment to boatmen in June 2024 was £5.68.", "rate", "out", "actual"),
        ("Firms with a turnover of £5 million report yearly.", "rate", "none", "actual"),
    ],
)
def test_category_direction_and_certainty(text: str, category: str, direction: str, certainty: str) -> None:
    (figure,) = find_figures(text)
    assert (figure.category, figure.direction, figure.certainty) == (category, direction, certainty), figure.rule


@pytest.mark.parametrize(
    ("header", "row", "category"),
    [
        ("Receipts (£)", "2023-24", "other"),
        ("Cost (£)", "Piers", "spend"),
        ("Allocation (£)", "Ayton", "funding"),
        ("Average cost (£)", "Piers", "rate"),
    ],
)
def test_the_labels_of_a_table_say_what_a_cell_is(header: str, row: str, category: str) -> None:
    html = f"<table><tr><th>Item</th><th>{header}</th></tr><tr><td>{row}</td><td>512</td></tr></table>"
    (figure,) = find_figures(f"Item\t{header}\n{row}\t512", html)
    assert figure.category == category, figure.rule
