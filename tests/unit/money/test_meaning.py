"""The meaning of a sum in our own sentences: qualifier, increase, period, category, programme and recipient."""

import pytest

from orderpaper.enrichment.money import Figure, find_figures
from orderpaper.enrichment.money.sentences import Sentences
from orderpaper.reading.markup import html_to_text


def one(text: str) -> Figure:
    (figure,) = find_figures(text)
    return figure


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("The grant is £5 million.", "exact"),
        ("The grant is around £5 million.", "approx"),
        ("The grant is worth an estimated £5 million.", "approx"),
        ("The grant is c.£5m.", "approx"),
        ("The grant is in the region of £5 million.", "approx"),
        ("It will need around an additional £5 million.", "approx"),
        ("The grant is well over £5 million.", "at_least"),
        ("The grant is at least £5 million.", "at_least"),
        ("Firms with a turnover of £5 million or more report.", "at_least"),
        ("The £5 million+ grant is open.", "at_least"),
        ("We will provide up to £5 million.", "at_most"),
        ("We will provide up to an additional £5 million.", "at_most"),
        ("There is a cash cap of £5,000.", "at_most"),
        ("Homes worth more than £1 million and less than a palace pay.", "at_least"),
        ("The maximum grant for a single farm is £5,000.", "at_most"),
        ("The harbour was handed over £5 million.", "exact"),
        ("What brought about £5 million of damage?", "exact"),
    ],
)
def test_qualifier(text: str, qualifier: str) -> None:
    assert one(text).qualifier == qualifier


@pytest.mark.parametrize(
    ("text", "is_increase"),
    [
        ("We gave an additional £5 million.", True),
        ("We gave a further investment of £5 million.", True),
        ("The budget rose by £5 million.", True),
        ("This is an increase in the core grant of up to £5 million.", True),
        ("The Budget made a £5 million cut.", True),
        ("It is a £5 million funding boost.", True),
        ("We gave £5 million more.", True),
        ("We found £5 million of new funding for harbours over and above their income.", True),
        ("We found £5 million of new grant funding.", False),
        ("The £20-per-week uplift ended.", True),
        ("The budget rose to £5 million.", False),
        ("We launched a new £5 million fund.", False),
        ("Costs are set to increase to a peak of £5 million.", False),
        ("A new penalty of up to £7,000 applies.", False),
        ("We gave £5 million to boost exports.", False),
    ],
)
def test_increase(text: str, is_increase: bool) -> None:
    assert one(text).is_increase is is_increase


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("Harbours had £5m in 2023-24.", ["2023-24"]),
        ("Harbours had £5m in 2023/24 and £6m in 2024/25.", ["2023-24", "2024-25"]),
        ("In FY 23/24 harbours had £5m and in FY2024-25, £6m.", ["2023-24", "2024-25"]),
        ("In 2023/2024 harbours had £5m.", ["2023-24"]),
        ("Harbours had £5m in 2023 to 2024.", ["2023-24"]),
        ("In 2024 the fee was £5.", ["2024"]),
        ("Between 2017 and 2024, harbours had £5m.", ["2017/2024"]),
        ("Harbours had £5m between 4 July 2022 and 4 July 2024.", ["2022/2024"]),
        ("Harbours had £5m between 4 July 2022 and 9 May 2023.", [None]),
        ("Harbours had £5m from 1 October 2022 to 31 March 2023.", [None]),
        ("Harbours had £5m between 25 October 2022 and 4 September 2023.", [None]),
        (
            "For 1 April 2023 to 31 March 2024 £5m was given, and £6m was given for 1 October 2022 to 31 March 2023.",
            ["2023-24", None],
        ),
        ("In 2023/24 £5m was given, as part of over £15m since 2015.", ["2023-24", None]),
        ("The board had £5m for 2022 to 2025, compared to £4m in the three years previous.", ["2022/2025", None]),
        ("This is up compared to 2019/20, when the budget was £5m.", ["2019-20"]),
        ("It added £5m, with a final report to be published in early 2024.", [None]),
        ("We launched a Quay Repair Initiative in 2021, which included £5m.", [None]),
        ("We have extended our Quay Initiative to 2025, with £5m.", [None]),
        ("An interim summary in 2020 showed that it had raised £5m.", [None]),
        ("The pier costs £5m (at 2008-09 prices).", [None]),
        ("The entry in the grant statistics 2020 to 2021 is for £5m.", [None]),
        ("We give £5m to harbours, with pilots eligible in 2023/24 for more.", [None]),
        ("Pilots earn (£167 a week/£8,670 in 2023/24) less than £100,000.", ["2023-24", "2023-24", None]),
        ("By 2050 piers will save £5m a year.", [None]),
        ("By 2027/28 the harbours will have £5m every year.", ["2027-28"]),
        ("Harbours had £5m from 1 April 2023 to 31 March 2024.", ["2023-24"]),
        ("Harbours had £5m between July 2022 and July 2024.", ["2022/2024"]),
        ("Harbours had £5m (22/23-24/25).", ["2022-23/2024-25"]),
        ("We gave harbours £5m as part of the Quay Review (2023).", [None]),
        ("We have committed £5m since financial year 2021/2022.", [None]),
        ("Harbours had £5m in the period 2022-27.", ["2022-23/2026-27"]),
        ("Spending grows by £5m from 2023/24 outturn to 2025/26.", ["2023-24/2025-26"]),
        ("Harbours will have £5m over five years from 2025-26.", ["2025-26/2029-30"]),
        ("Harbours will have £5m over the next 5 years to 2029/30.", ["2025-26/2029-30"]),
        ("The scheme cost £5m in the year to March 2024.", ["2023-24"]),
        ("The scheme runs from April 2025 to March 2026 with a budget of £5m.", ["2025-26"]),
        ("Harbours get £5m, an increase of £1m compared to 2024-25.", ["2025-26", "2025-26"]),
        ("Spending on harbours rose, up from £3m in 2022-23 to £5m.", ["2022-23", None]),
        ("Harbours had £3m in 2022-23, rising to around £5m, and to £6m in 2024-25.", ["2022-23", None, "2024-25"]),
        ("Compared with £3m in 2022-23, £5m was spent on harbours.", ["2022-23", None]),
        ("Harbours have £5m up from £3m in 2022-23.", [None, "2022-23"]),
        ("Harbours get £9m in 2025-26. This includes £2m for dredging.", ["2025-26", "2025-26"]),
        ("Since 2018 harbours have had £5m.", [None]),
        ("From financial year 2021/22 onwards, harbours have £5m a year.", [None]),
        ("In 2018, the Government announced that harbours would have £5m.", [None]),
        ("As of 4 July 2024, harbours have had £5m.", [None]),
        ("At the Autumn Budget 2024 we gave harbours £5m.", [None]),
        ("The fee will be £5 from April 2025.", [None]),
        ("The £5m harbour wall was completed in 2017.", [None]),
        ("The £5m wall protects over 2000 homes.", [None]),
        ("We are investing £5m in quays up to 2030.", [None]),
        ("In 2023, the Tide Board made an agreement on a grant of £5m over four years.", [None]),
    ],
)
def test_period(text: str, periods: list[str | None]) -> None:
    assert [figure.period for figure in find_figures(text)] == periods


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("The Government has allocated £5 million to harbours through the Quay Fund.", "funding"),
        ("We are investing £2 billion in new harbours.", "funding"),
        ("The £30 million Quay Programme supports councils.", "funding"),
        ("The department spent £412,000 on the refurbishment of its offices.", "spend"),
        ("The total cost of the contract was £1.2 million.", "spend"),
        ("The hourly wage rises to £12.21 an hour.", "rate"),
        ("Boats are liable to a fixed penalty of £80.", "rate"),
        ("Families with an income below £16,190 are eligible.", "rate"),
        ("This measure will save £4 billion.", "other"),
        ("Trade between the two countries was worth £9 billion in exports.", "other"),
        ("Fraud led to losses of £3 billion for the economy.", "other"),
    ],
)
def test_category(text: str, category: str) -> None:
    figure = one(text)
    assert figure.category == category, figure.rule
    assert figure.rule


@pytest.mark.parametrize(
    ("text", "programme", "recipient"),
    [
        ("Ayton Police will receive up to £4 million.", None, "Ayton Police"),
        (
            "We gave £5 million to 75 local authorities through the Clean Quay Fund.",
            "Clean Quay Fund",
            "75 local authorities",
        ),
        ("The £5 million Clean Quay (CQ) Fund is open.", "Clean Quay (CQ) Fund", None),
        ("We have awarded Ayton Harbour Trust £90,000.", None, "Ayton Harbour Trust"),
        ("We gave £5 million to support councils.", None, "councils"),
        ("The £5 million quay renewal programme is open.", "quay renewal programme", None),
        ("Councils got £5 million through their dedicated quays grant.", "dedicated quays grant", "Councils"),
        ("A new national programme got £5 million.", None, None),
        ("We gave £5 million to 85 harbour projects across the north.", None, "85 harbour projects"),
        ("We founded the Ayton Tide Bank with an initial £5 million of capital.", None, "Ayton Tide Bank"),
        ("We gave £5 million to the survey of quays (SoQ) programme.", "survey of quays (SoQ) programme", None),
        ("£5 million will be shared between 12 fire and rescue authorities.", None, "12 fire and rescue authorities"),
        ("We gave £5 million to the Ayton Commissioner for Gull Rights.", None, "Ayton Commissioner for Gull Rights"),
        ("The New Quay Programme has £5 million.", "New Quay Programme", None),
        ("We opened the Clean Quay Fund. This fund has £5 million.", "Clean Quay Fund", None),
        ("We opened the Clean Quay Fund (CQF). We spent £5 million on CQF grants.", "Clean Quay Fund", None),
        ("In addition to the Clean Quay Fund, we gave £5 million.", None, None),
        ("Piers had £5 million through Project Seawall.", "Project Seawall", None),
        ("Some 8.4 million homes in Great Britain received help at a cost of £2 billion.", None, None),
        (
            "Some 8.4 million households in Great Britain received help at a cost of £2 billion.",
            None,
            "8.4 million households",
        ),
        ("£5 million was given to each of the 12 combined authorities.", None, "12 combined authorities"),
        (
            "We gave £5 million to the Ayton Office for the Coordination of Quays.",
            None,
            "Ayton Office for the Coordination of Quays",
        ),
        ("Over £5 million of funding has been continued to 27 PCC areas.", None, "27 PCC areas"),
        ("We raised funding to all local authorities to £5 million.", None, "all local authorities"),
        ("The Government has received £5 million from the Dockers’ Pension Scheme.", None, None),
        ("We gave £5 million for Somalia.", None, "Somalia"),
        ("Ayton and Poole are receiving £5 million.", None, "Ayton and Poole"),
        ("The Clean Quay Programme has £5 million.", "Clean Quay Programme", None),
        ("In England the Clean Quay programme has £5 million.", "Clean Quay programme", None),
        ("Under our Quays for the North Fund we gave £5 million.", "Quays for the North Fund", None),
        ("The programme has £5 million.", None, None),
        ("We gave £5 million to the World Food Programme.", None, "World Food Programme"),
        ("The World Bank gave £5 million.", None, None),
        ("The provisional police funding settlement provides £5 million.", "police funding settlement", None),
        ("For Ayton City Council, the grant is worth £5 million.", None, "Ayton City Council"),
        ("There is £5 million of new funding for local councils.", None, "local councils"),
        ("There is £5 million for local authority areas.", None, None),
        ("There is £5 million for young people’s hospices.", None, "young people’s hospices"),
        ("There is £5 million for the recruitment of physics teachers.", None, None),
        ("There is £5 million for waiting times in Access to Work.", None, None),
        ("The Ayton Executive is receiving £5 million.", None, "Ayton Executive"),
        ("The Ministry has allocated £5 million.", None, None),
        ("Ayton Council, in which Quayside sits, has been allocated £5 million.", None, "Ayton Council"),
        ("We gave £5 million to the Ayton Trust's building appeal.", None, "Ayton Trust"),
        ("We gave £5 million to the Clean Quay Programme.", "Clean Quay Programme", None),
        (
            "The Ministry has provided Ayton Police with Special Grant funding of £5 million.",
            "Special Grant",
            "Ayton Police",
        ),
        ("There is a £5 million harbour fund to open piers.", "harbour fund", None),
        (
            "The Quay Hubs and Start for Gulls programme provides £5 million to harbours.",
            "Quay Hubs and Start for Gulls programme",
            None,
        ),
        ("On top of this, the gull premium, worth over £5 million of funding, helps harbours.", "gull premium", None),
        ("Of this, £5 million was allocated to the Libra programme.", "Libra programme", None),
        (
            "We gave £5 million through the adult tide care recruitment fund for 15 regional partnerships.",
            "adult tide care recruitment fund",
            "15 regional partnerships",
        ),
        ("Marshford will also be eligible to receive £5 million.", None, "Marshford"),
        ("We gave £5 million and are among the largest Gull Trust Fund donors.", None, None),
        ("We are investing £5 million through the 2025/26 Quay Safety Fund.", "Quay Safety Fund", None),
        ("We provided £5 million of funding for lessons through the ‘STEP Quay’ programme.", "STEP Quay", None),
        ("£5 million has been allocated to the QSF for this year.", "QSF", None),
        (
            "We launched the Partnerships for Skills in Ports programme. This new programme has £5 million.",
            "Partnerships for Skills in Ports programme",
            None,
        ),
        ("We have put £5 million into the Marshford Tide Service.", None, "Marshford Tide Service"),
        (
            "The Fund will invest £5 million capital funding into listed places of worship.",
            None,
            "listed places of worship",
        ),
        ("In 2025/26, West Marshland FRA has a core spending power of £5 million.", None, "West Marshland FRA"),
        (
            "Piers gain from the Marshford Combined Authority’s £5 million allocation.",
            None,
            "Marshford Combined Authority",
        ),
        ("We sent a £5 million aid package for Freedonia, announced in May.", None, "Freedonia"),
        ("There is £5 million of new grant funding for the B&RT.", None, "B&RT"),
        ("There is £5 million of investment into Ayton Tide Networks.", None, "Ayton Tide Networks"),
        ("The Ministry more than doubled its funding of the APWU to £5 million.", None, "APWU"),
        ("Funding to Marshland this year now stands at £5 million.", None, "Marshland"),
        ("We budgeted £5 million for Marshland in 2009-10.", None, "Marshland"),
        ("We provide £5 million to enable 75 Local Authorities to open piers.", None, "75 Local Authorities"),
        ("This means schools in the Ayton Constituency will attract £5 million.", None, "schools"),
        ("Overall fire and rescue authorities will receive £5 million.", None, "fire and rescue authorities"),
        ("There is £5 million of funding for NHS England.", None, "NHS England"),
        ("There is £5 million for the Ministry of Tides and Gulls.", None, "Ministry of Tides and Gulls"),
        ("Barnacle's received £5 million of funding.", None, "Barnacle's"),
        ("Through the pier repair grant we give £5 million to councils.", "pier repair grant", "councils"),
        ("Ayton, Beckton, and Poole are receiving £5 million.", None, "Ayton, Beckton, and Poole"),
        ("Ayton had little in 2024/25, and Beckton is receiving £5 million.", None, "Beckton"),
    ],
)
def test_programme_and_recipient(text: str, programme: str | None, recipient: str | None) -> None:
    figure = one(text)
    assert (figure.programme, figure.recipient) == (programme, recipient)


def test_a_recipient_is_named_without_its_verb() -> None:
    found = find_figures("The Bank of Ayton received £1 million, the Harbour Board £2 million.")
    assert [figure.recipient for figure in found] == ["Bank of Ayton", "Harbour Board"]


def test_a_programme_that_follows_one_sum_is_not_that_of_the_next() -> None:
    first, second = find_figures("We give a £7 million Quay Growth Package to ports, £5 million for skills.")
    assert (first.programme, second.programme) == ("Quay Growth Package", None)


def test_a_list_has_the_meaning_of_the_sentence_to_which_its_lead_goes_back() -> None:
    total, *parts = find_figures(
        "The total expenditure on piers was £9 million. This sum was broken down as follows:\nAyton: £7m\nBeckton: £2m"
    )
    assert [figure.category for figure in (total, *parts)] == ["spend", "spend", "spend"]


def test_sums_of_one_recipient_in_several_years_are_its_own() -> None:
    found = find_figures("We have provided Ayton Police with £5 million in 2022-23 and £6 million in 2023-24.")
    assert [figure.recipient for figure in found] == ["Ayton Police", "Ayton Police"]


@pytest.mark.parametrize(
    ("text", "programmes"),
    [
        ("We met the Clean Pier Plan and the Gull Strategy. The Plan includes £5m of support.", ["Clean Pier Plan"]),
        ("The Clean Pier Fund opens piers. As of May all is open. The allocated funds were £5m.", ["Clean Pier Fund"]),
        ("We opened the Pier Renewal Fund. This will have an annual budget of £5m.", ["Pier Renewal Fund"]),
        ("We met the Clean Pier Plan. We are investing in a £5 million programme to mend cranes.", [None]),
        ("The Clean Pier Grant is open. The Grant is on top of £5m for gulls.", [None]),
        ("Delivering on the Plan for Change, we are investing £5 million in piers.", [None]),
        ("£5 million came from the Ayton North plan.", ["Ayton North plan"]),
        ("£5m was given towards the Ayton North Western Relief Road.", [None]),
        ("We gave £5m to the UN World Food Programme (WFP) and to others.", [None]),
        ("£5m has been invested in Ayton and £6m in Poole through the Pier Fund.", ["Pier Fund", "Pier Fund"]),
        ("We launched the £5 million ‘Piers for All’ programme.", ["Piers for All programme"]),
        ("We opened the £5 million pier and crane programme.", ["pier and crane programme"]),
        ("The £5 million will fund new piers.", [None]),
        ("Pier funding came through the Quay Fund:\n- Ayton: £5m of funding", ["Quay Fund"]),
        (
            "I am announcing £9 million for the Harbour Lights Fund.\nThe funding is £2 million more than last year.",
            ["Harbour Lights Fund", "Harbour Lights Fund"],
        ),
    ],
)
def test_a_programme_is_that_of_its_paragraph_list_or_pair(text: str, programmes: list[str | None]) -> None:
    assert [figure.programme for figure in find_figures(text)] == programmes


def test_a_row_or_its_column_or_its_caption_names_the_programme() -> None:
    html = (
        "<p>Funding is set out below:</p><table><tr><td>Authority</td><td>Funding through the Clean Quay programme (£m)"
        "</td></tr><tr><td>Ayton</td><td>5</td></tr><tr><td>Pier Renewal Grant</td><td>6</td></tr></table>"
    )
    programmes = [figure.programme for figure in find_figures(html_to_text(html), html)]
    assert programmes == ["Clean Quay programme", "Pier Renewal Grant"]


def test_an_item_that_is_only_a_label_has_the_meaning_and_the_year_of_its_introduction() -> None:
    figures = find_figures(
        "Projects were awarded these grants in 2023-24:\nSolar piers into new quays, Ayton: £5,000\nTide, Poole: £6,000"
    )
    assert [(figure.category, figure.period) for figure in figures] == [("funding", "2023-24")] * 2


def test_a_part_belongs_to_the_programme_of_its_total() -> None:
    text = "We announced a further £3m, taking the total to £9m for the Quay Fund, of which £1m is for piers."
    assert [figure.programme for figure in find_figures(text)] == ["Quay Fund"] * 3


def test_sentences_end_where_a_reader_ends_them() -> None:
    text = "My rt. hon. Friend gave c. £5m. It was £1.5m more.\nHarbours: £2m"
    sentences = Sentences(text)
    assert [sentences.text(sentences.index_at(text.index(s))) for s in ("£5m", "£1.5m", "£2m")] == [
        "My rt. hon. Friend gave c. £5m.",
        "It was £1.5m more.",
        "Harbours: £2m",
    ]


def test_a_figure_carries_its_sentence() -> None:
    figure = find_figures("We met. Harbours got £5m.\nWe left.")[0]
    assert figure.sentence == "Harbours got £5m."
