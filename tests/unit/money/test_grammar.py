"""Kinds of sentences in which the words nearest to a sum mislead, in our own words."""

import pytest

from orderpaper.enrichment.money import Figure, find_figures
from orderpaper.reading.markup import html_to_text


def last(text: str) -> Figure:
    return find_figures(text)[-1]


@pytest.mark.parametrize(
    ("text", "category", "direction"),
    [
        # a verb of giving right before a large sum
        ("We run a programme, spending less on gulls, and investing a total of £80 million.", "funding", "out"),
        (
            "We announced higher legal aid fees for gulls, which will inject £20 million into the harbour.",
            "funding",
            "out",
        ),
        ("Santa Quay Ltd and other companies are investing £80 million to install lamps.", "other", "none"),
        ("Boards receive £25 million to spend on piers.", "funding", "out"),
        # a limit, and those on one side of it
        ("The guidance covers activities costing £20 million or more.", "rate", "none"),
        ("A plan is required for all procurements over £5 million.", "rate", "none"),
        ("We publish spending over £500 each month.", "rate", "none"),
        ("We published all card payments (under £500 spend).", "rate", "none"),
        ("All boards with a pay bill above £3 million pay the levy.", "rate", "none"),
        ("We do not count thefts in which the value of goods taken was less than £200.", "rate", "none"),
        ("At £90,000, the UK has a higher VAT registration threshold than any EU Member State.", "rate", "none"),
        ("No tax is due on the first £1 million of combined assets.", "rate", "none"),
        ("It is due to higher expenditure on the Quay programme (c£1.1bn), and less on others.", "spend", "out"),
        # savings, costs and values of others
        ("The Board will make savings of 2 per cent of its total budgets in 2025-26 (£26 million).", "other", "in"),
        ("The pilot prevented around £17 million in wrongful payments.", "other", "in"),
        ("The cost of gull flu is forecast to be £15 billion to the UK.", "other", "none"),
        ("The net cost to businesses is estimated to be £10 million.", "other", "none"),
        ("We estimate the value of these boats to be about £93,000.", "other", "none"),
        ("Over £3 million worth of stolen boats were recovered.", "other", "none"),
        ("Boards provided £48 million in discretionary relief.", "other", "none"),
        ("The Government has received £4.8bn as its share of the surplus.", "other", "in"),
        ("The Welsh Government received £185 million of this support.", "funding", "out"),
        # spending
        ("The Department spends around £30 billion annually on piers.", "spend", "out"),
        ("The cost of these approved piers amounts to a maximum of £26.91 billion.", "spend", "out"),
        ("Spend on the pier totalled £46 million.", "spend", "out"),
        ("The Ministry awarded the £400 million Secret Quay (SQ) contract to Gull Cloud.", "spend", "out"),
        ("The Office is currently spending around £8.3 million per day on hotels.", "spend", "out"),
        ("The White Paper commits us to spending £1 billion on gulls.", "funding", "out"),
        # what each one gets or pays
        ("Breach of the order is an offence, and the upper limit will be £500.", "rate", "in"),
        ("The fine rose to £80 if paid within 21 days or £160 if paid within 28 days.", "rate", "in"),
        ("Under the new duty rates, the most polluting boats pay over £5,400.", "rate", "in"),
        ("Trainees get bursaries worth up to £28,000 tax free.", "rate", "out"),
        ("The standard allowance will reach £106 per week in 2029-30.", "rate", "out"),
        ("It provides £500 towards eligible boats.", "rate", "out"),
        ("The average boat owner could save as much as £1,500 a year.", "rate", "none"),
        ("We offer grants of up to £25,000 for each farm.", "rate", "out"),
    ],
)
def test_what_a_sum_is(text: str, category: str, direction: str) -> None:
    figure = last(text)
    assert (figure.category, figure.direction) == (category, direction), figure.rule


def test_a_part_of_a_sum_may_be_spent() -> None:
    figure, _ = find_figures("By June, £302 million of the £2.4 billion committed to quays has been paid to builders.")
    assert (figure.category, figure.certainty) == ("spend", "actual")


def test_a_large_sum_is_for_each_one_only_if_a_construction_says_so() -> None:
    assert last("It is over several years, an average of £1.4 billion each year.").category != "rate"


def test_a_sum_in_the_heading_of_a_column_or_row_is_a_band() -> None:
    html = (
        "<p>Cost of claims:</p><table><tr><td>Place</td><td>Between £3,000 and £5,000</td></tr>"
        "<tr><td>Ayton</td><td>70</td></tr></table>"
    )
    (figure,) = find_figures(html_to_text(html), html)
    assert (figure.category, figure.direction) == ("rate", "none")


def test_an_average_cost_that_introduces_a_list_is_for_each_one() -> None:
    figures = find_figures(
        "The average cost of training for pilots was as follows:\nGulls: £5,362,085\nTerns: £953,817"
    )
    assert [figure.category for figure in figures] == ["rate", "rate"]


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("At the Autumn Budget, we established a fund of £102 million to upgrade piers.", "announced"),
        ("The council has a budget of £102 million.", "planned"),
        ("The Government announced on 11 November that it will invest £850 million.", "announced"),
        ("The Government announced, with the Settlement, that it will provide £5 million for boards.", "announced"),
        ("The £2.2 billion uplift to the budget of the Board for 2025-26 will support investment.", "announced"),
        ("The Quay Fund, a £38 million programme, has been supporting gulls.", "announced"),
        ("Piers are supported by £2.3 billion of capital funding, with 160 piers delivered.", "announced"),
        ("This will be supported with £2.3 billion of funding.", "planned"),
        ("Up to £2.3 billion a year since 2018/19 has been allocated to piers.", "announced"),
        ("We decided to provide £515 million for the higher costs of boards.", "announced"),
        ("We are introducing a payment of £2,000 for each boat.", "planned"),
        ("The Board has been provisionally allocated £123 million.", "announced"),
        ("Owners will each receive £4.65 per week, up from £4.25.", "actual"),
        ("In 2022 the UK transferred £10 million to the Gull Fund.", "actual"),
    ],
)
def test_how_certain_a_sum_is(text: str, certainty: str) -> None:
    assert last(text).certainty == certainty


@pytest.mark.parametrize(
    "text",
    [
        "The maximum fee will increase by 3.1%, from £9,250 to £9,535.",
        "The Board will double its funding for piers from £5 million to £9 million.",
        "The rate will be higher, compared with £9,250.",
    ],
)
def test_what_was_before_a_change_is_actual(text: str) -> None:
    assert find_figures(text)[0].certainty == "actual"


@pytest.mark.parametrize(
    "text",
    [
        "The charge for piers is at most £15,000 in Ayton (or £10,000 elsewhere).",
        "We have committed a further £1 billion to gulls, taking total investment in gulls and terns to £3 billion.",
    ],
)
def test_a_second_sum_is_like_the_first(text: str) -> None:
    first, second = find_figures(text)
    assert (first.category, first.direction, first.certainty) == (second.category, second.direction, second.certainty)


def test_this_year_is_not_the_year_of_the_sum_before() -> None:
    figures = find_figures("We are investing £2.6 billion in 2022/23 and £2.9 billion this financial year.")
    assert [figure.period for figure in figures] == ["2022-23", None]


@pytest.mark.parametrize(
    ("text", "programme"),
    [
        ("We announced the Plan for Quays, a £1.5 billion programme to invest in 75 areas.", "Plan for Quays"),
        ("Proteus is a £60 million programme.", "Proteus"),
        ("This is a £60 million programme.", None),
        ("We gave £1 million through Gull4 and the Ayton Harbour Fund.", "Ayton Harbour Fund"),
        ("These Home Office grants totalled £5 million.", None),
        ("We are investing £5 million in a partnership with Comic Relief.", None),
        ("We gave £5 million to prisons, which will speed up removals under the QRS.", None),
        (
            "The budget for the pier and quay support fund (PQSF) will be £50 million.",
            "pier and quay support fund (PQSF)",
        ),
        ("The Board has £88 million through the needs block of the piers grant (PG).", "piers grant (PG)"),
        ("We announced £8 million of funding for the pier support programme (PSP).", "pier support programme (PSP)"),
        ("The REPF provided £110 million of funding.", "REPF"),
        ("The £1.5 billion Plan for Quays will help 75 places.", "Plan for Quays"),
        ("The Department invested £50 million into the pier and quay support fund.", "pier and quay support fund"),
        ("The Department of Piers and Social Quays funds research, investing £133 million.", None),
    ],
)
def test_the_programme_of_a_sum(text: str, programme: str | None) -> None:
    assert last(text).programme == programme


def test_a_programme_after_the_second_of_two_sums_is_that_of_both() -> None:
    figures = find_figures(
        "We are investing an additional £600 million this year, and £1 billion next year through the Quay Fund."
    )
    assert [figure.programme for figure in figures] == ["Quay Fund", "Quay Fund"]


@pytest.mark.parametrize(
    ("text", "recipients"),
    [
        ("We supported five pilot projects, allocating them a total of £500,000.", ["five pilot projects"]),
        ("We support the Harbour Police by providing them with £3 billion of funding.", ["Harbour Police"]),
        ("The Quay Plan is a £1.5 billion programme to invest in 75 areas.", ["75 areas"]),
        ("We announced £7 million of funding, to be split across these 21 areas.", ["21 areas"]),
        ("We announced £7 million of funding, to be split across these areas.", [None]),
        ("The Ayton Board, of which Poole Trust is a partner, was allocated £83 million.", ["Ayton Board"]),
        ("We are providing over £160 million Grant-in-Aid to the Gull Council.", ["Gull Council"]),
        ("The Board has been provisionally allocated £123 million.", ["Board"]),
        (
            "The £26 million of revenue funding to children and young gulls’ hospices helps.",
            ["children and young gulls’ hospices"],
        ),
        (
            "Ayton Council is eligible to receive £9 million of this and Thurrock £2 million.",
            ["Ayton Council", "Thurrock"],
        ),
        ("It is shown by the £2.5 million that the Government is providing to the Quay Centre.", ["Quay Centre"]),
        ("To support trusts with delays, the Government published plans for the £9 billion Quay Fund.", [None]),
        (
            "We gave the Quay Board £3 billion of funding. This is an increase of £262 million.",
            ["Quay Board", "Quay Board"],
        ),
        ("We gave the Quay Board £3 billion of funding. This is in addition to £262 million.", ["Quay Board", None]),
    ],
)
def test_the_receiver_of_a_sum(text: str, recipients: list[str | None]) -> None:
    assert [figure.recipient for figure in find_figures(text)] == recipients
