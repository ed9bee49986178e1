"""The links from parts to totals, and the lists of sums, in our own sentences and in random texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orderpaper.enrichment.money import find_figures
from orderpaper.reading.markup import html_to_text


def parts(text: str, html: str | None = None) -> dict[str, str]:
    """Surface of a part → surface of its total."""
    figures = find_figures(text, html)
    return {f.surface: figures[f.total].surface for f in figures if f.total is not None}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "We announced an increase of £30 million, meaning a total of £160 million for quays.",
            {"£30 million": "£160 million"},
        ),
        ("We gave a further £2m in 2025-26, taking total funding to £10m.", {"£2m": "£10m"}),
        ("We gave £2m for quays and £3m for piers, a total of £5m.", {"£2m": "£5m", "£3m": "£5m"}),
        ("We gave £4m for quays and £3m for piers, a total of £5m for piers.", {"£3m": "£5m"}),
        ("£1 million of the £21 million announced in July is for piers.", {"£1 million": "£21 million"}),
        ("We gave quays £7m for dredging, as part of an over £1 billion investment.", {"£7m": "£1 billion"}),
        ("Ayton received £2m from the £90m Clean Quay Fund.", {"£2m": "£90m"}),
        ("Funding rises by £2m to £12m.", {"£2m": "£12m"}),
        ("We gave £1.5 million, of which £300,000 was for piers.", {"£300,000": "£1.5 million"}),
        (
            "We gave £1.3bn to ports, of which £600m is for piers and £700m for quays.",
            {"£600m": "£1.3bn", "£700m": "£1.3bn"},
        ),
        ("Ports have over £4 billion in 2025-26, including £1.7 billion for quays.", {"£1.7 billion": "£4 billion"}),
        (
            "Ports get £9m, including £7m for quays, with £5m for stone and £2m for wood.",
            {"£7m": "£9m", "£5m": "£7m", "£2m": "£7m"},
        ),
        ("Of the £7 million allocated to ports, £6 million was for quays.", {"£6 million": "£7 million"}),
        ("Ports will receive £19m in 2025-26, an increase of £1m.", {"£1m": "£19m"}),
        ("Ports get £9m in 2025-26. This includes £2m for dredging.", {"£2m": "£9m"}),
        ("Ports get £9m. Of this, £2m is for stone and £3m for wood.", {"£2m": "£9m", "£3m": "£9m"}),
        ("We announced £3 billion of savings, taking the deficit to £87 billion.", {}),
        ("In addition to the £97 million for quays, we gave a further £13 million for piers.", {}),
        ("We gave £5 million for quays and £3 million for piers.", {}),
        ("We gave £2m to ports, including the £5m Quay Fund.", {}),
        ("Ports get £9m, including $2m for dredging.", {}),
        ("Funding was cut by £2m to £12m.", {}),
        ("We raised the fee from £12 to £15.", {}),
        ("Fraud costs £10bn a year and, since 2019, a total of £35bn has been lost.", {}),
        ("Of the £9m for ports, £5m is for quays, and £6m for piers.", {"£5m": "£9m"}),
    ],
)
def test_a_part_points_to_its_total(text: str, expected: dict[str, str]) -> None:
    assert parts(text) == expected


LIST = (
    "<p>The Department spent £900 on its quays. This is broken down as follows:</p>"
    "<ul><li>Stone - £700, of which £50 was for carriage</li><li><p>Wood (£200)</p></li></ul><p>It met £5 of fees.</p>"
)


def test_items_of_marked_up_lists_are_parts_of_the_sum_that_leads_into_them() -> None:
    text = html_to_text(LIST)
    assert parts(text, LIST) == {"£700": "£900", "£200": "£900", "£50": "£700"}
    lead = "This is broken down as follows:"
    assert [figure.lead for figure in find_figures(text, LIST)] == [None, lead, lead, lead, None]


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("We will provide:\n£5m for quays;\n£2m for piers.\nWe gave £1m before.", ["We will provide:"] * 2 + [None]),
        ("We met. We gave:\n• Quays: £5m.\n• Piers: £2m.\nAnd £1m more.", ["We gave:"] * 2 + [None]),
        ("Quays\nStone: £5m\nCosts were:\nWood: £2m", [None, "Costs were:"]),
        ("She said:\nWe gave £5m to quays.", [None]),
        ("We gave £5m to quays\nand £2m to piers.", [None, None]),
    ],
)
def test_items_of_printed_lists_carry_their_lead(text: str, leads: list[str | None]) -> None:
    assert [figure.lead for figure in find_figures(text)] == leads


def test_items_that_exceed_the_leading_sum_are_not_its_parts() -> None:
    assert parts("We gave ports £5m as follows:\n£4m for quays;\n£3m for piers.") == {}
    assert parts("On top of the £9m for ports we gave:\n£4m for quays;\n£3m for piers.") == {}
    assert parts("We gave ports £9m as follows:\n£4m for quays;\n£3m for piers.") == {"£4m": "£9m", "£3m": "£9m"}


WORDS = st.sampled_from(
    [
        *(" £5m", " £9 million", " £300", " £2bn", " $4m", " £20-30m", " 40p", " £1,200"),
        *(
            ", of which",
            " including",
            ", taking the total to",
            " and",
            ", with",
            " of the",
            ". This includes",
            ". Of this,",
        ),
        *(
            " to",
            " an increase of",
            ", a total of",
            ":\n",
            ";\n",
            "\n•",
            "\t",
            ".\n",
            " quays",
            " from the",
            " in 2025-26",
        ),
    ]
)


@given(st.lists(WORDS, max_size=30).map("".join))
def test_links_lead_to_a_greater_sum_of_the_same_text(text: str) -> None:
    figures = find_figures(text)
    for index, figure in enumerate(figures):
        assert text[figure.start : figure.end] == figure.surface
        assert figure.lead is None or figure.lead in text
        if figure.total is not None:
            assert 0 <= figure.total < len(figures)
            assert figure.total != index
            assert figures[figure.total].amount_high > figure.amount_high
            assert figures[figure.total].currency == figure.currency


@given(st.text(alphabet="£$ 1m,.:;\n•ofwhichttal<li>/p", max_size=80))
def test_links_of_any_text(text: str) -> None:
    figures = find_figures(html_to_text(f"<ul><li>{text}</li></ul>"), f"<ul><li>{text}</li></ul>")
    assert all(figure.total is None or figures[figure.total].amount_high > figure.amount_high for figure in figures)
