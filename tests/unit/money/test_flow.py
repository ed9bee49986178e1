"""Which way the money goes and how certain it is, in our own sentences."""

import pytest

from orderpaper.enrichment.money import find_figures
from orderpaper.reading.markup import html_to_text


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
        ("HMRC recovered £5 million from traders.", "other", "in", "actual"),
        ("The Department wrote off £5 million of loans.", "other", "none", "actual"),
        ("Dividends of £5 million were paid to the Treasury.", "other", "in", "actual"),
        ("Fines totalling £5 million were imposed on companies.", "other", "in", "actual"),
        ("The pier led to £5 million of asset sales.", "other", "in", "actual"),
        ("Reliefs delivered £5 million of support.", "other", "none", "actual"),
        ("The scheme has attracted £5 million of investment.", "other", "none", "actual"),
        ("The pier is enabled by £5 million of funding from industry partners.", "other", "none", "actual"),
        ("We have committed £5 million extra from savings on piers.", "funding", "out", "announced"),
        ("The total value of vouchers for staff in 2022-23 was £181,020.", "spend", "out", "actual"),
        ("Gulls face fines of up to £18m for noise.", "rate", "in", "actual"),
        ("Councils with income below £1 million are exempt.", "rate", "none", "actual"),
        ("The harbour must approve payments of £50,000 or more.", "rate", "none", "actual"),
        ("Leaseholders can be charged at most £10,000.", "rate", "none", "actual"),
        ("The bags cost £3,541.", "spend", "out", "actual"),
        ("The Department received £2.1 million from the sale of boats.", "other", "in", "actual"),
        ("The stock of total investment between the two was £6.8 billion in 2023.", "other", "none", "actual"),
        ("The Treasury has received £2.3bn in dividends from the Harbour Bank.", "other", "in", "actual"),
        ("The Harbour Estate returned £1.1bn to the Treasury.", "other", "in", "actual"),
        ("The Tide Regulator fined the harbour £3.5 million.", "other", "in", "actual"),
        ("Over five years £120m has been clawed back from builders.", "other", "in", "actual"),
        ("The test will reduce spending by £1.1 billion.", "other", "in", "planned"),
        ("The Department's income from licences was £12 million.", "other", "in", "actual"),
        ("The Government will receive £4 million from the sale of its shares.", "other", "in", "planned"),
        ("There was a £4 million underspend.", "other", "none", "actual"),
        ("Penalties have been issued with a value of £490,000.", "other", "in", "actual"),
        ("Owners will get a £600 voucher.", "rate", "out", "planned"),
        ("There are £5 billion in frozen funds.", "other", "none", "actual"),
        ("It has paid 21 grants to piers, to a total value of £79,716.27.", "funding", "out", "actual"),
        ("The average full time salary of harbour masters is £54,400.", "rate", "out", "actual"),
        ("It issued 50,000 £1 shares.", "rate", "none", "actual"),
        ("The crossing generates about £50 million of income for the Department.", "other", "in", "actual"),
        ("The payment of £750,000 was an out of court settlement.", "spend", "out", "actual"),
        ("£150,000 has been budgeted for the pier.", "funding", "out", "planned"),
        ("Licences were for goods valued at up to £42 million.", "other", "none", "actual"),
        ("We will reduce the burden of rules on harbours by £5 million.", "other", "none", "planned"),
        ("Two ports were reported as having lost money totalling £21,429.", "other", "none", "actual"),
        ("The cost of claims for noise on piers was £250 million.", "spend", "out", "actual"),
        ("The estimated cost of larger piers was set out as about £3 million.", "spend", "out", "estimated"),
        (
            "This is due to higher expenditure on the Quay programme (c£1.1bn), and less on others.",
            "spend",
            "out",
            "actual",
        ),
        ("Boat providers received £12 million in fee income.", "other", "none", "actual"),
        ("It was stopped as a vital cost-saving measure of £85 million.", "other", "in", "actual"),
        ("The Tide Board agreed to pay £5 million for the pier.", "spend", "out", "announced"),
        ("Gulls face fines of up to 10% of their turnover or £18m, whichever is higher.", "rate", "in", "actual"),
        ("The legal fees of the harbour case amount to £4.3 million.", "spend", "out", "actual"),
        ("The indicative cost of the pier was up to £80,000.", "spend", "out", "estimated"),
        ("Councils can reserve over £1 billion worth of small boat contracts to builders.", "spend", "out", "actual"),
        ("The total value of the framework remains £2,340,000.", "spend", "out", "actual"),
        ("About £1 billion of pier sub-contracts went to local yards.", "other", "none", "actual"),
        ("The current gull threshold is £850.", "rate", "none", "actual"),
        ("There were nine claims at or above the £4 million threshold.", "rate", "none", "actual"),
        ("The surcharge is due on homes worth more than £2 million.", "rate", "none", "actual"),
        ("Two ports have provisional overspends against their plans of £19.6 million.", "other", "none", "estimated"),
        ("The Tide Review brings a £104m upgrade for the water sector.", "other", "none", "actual"),
        ("The Tide Board provided £173m in compensation to dockers.", "spend", "out", "actual"),
        ("The forecast research and development expenditure for 2023/24 is £7 million.", "spend", "out", "estimated"),
        ("Ports paid out the following for repairs:\nQuay award £28,440", "spend", "out", "actual"),
        ("The assessment projects £1.9 billion in additional revenue to the Government.", "other", "in", "estimated"),
        ("Officers in the harbour may receive an allowance of up to £3,000.", "rate", "out", "actual"),
        ("The Quay Plan, backed by £200 million, will make piers safer.", "funding", "out", "announced"),
        ("The £5 million Quay Fund will help hundreds of harbours.", "funding", "out", "announced"),
        ("We have made further contributions totalling £2 million, which will help piers.", "funding", "out", "actual"),
        ("£5 million is being provided to extend the Quay Fund.", "funding", "out", "announced"),
        ("The Government has made £5 million available for quays.", "funding", "out", "announced"),
        ("This year the Tide Board has an allocated budget of £2 million.", "funding", "out", "announced"),
        ("The fund is envisaged to protect quays with an investment of £2 million.", "funding", "out", "estimated"),
        ("Over £5 million has been made available to piers.", "funding", "out", "announced"),
        ("We will sign a contract with a projected cost of £115,000.", "spend", "out", "estimated"),
        ("It raised over £5 million by these projects, it is said.", "other", "none", "actual"),
        ("Why has he spent £3,541 at Next Day Gulls?", "spend", "out", "actual"),
        ("What is the cost of capping single bus fares at £3?", "rate", "none", "actual"),
        ("The relief is cut for farms worth more than £1 million.", "rate", "none", "actual"),
        ("How many holdings have a net value of (a) between £1,000,000 and £1,499,999?", "rate", "none", "actual"),
        ("It covers disposals where the undervalue exceeds £2,000,000.", "rate", "none", "actual"),
        ("Spin-outs from the scheme raised £4 million.", "other", "none", "actual"),
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


def test_the_header_of_a_column_says_which_way_its_sums_go() -> None:
    table = "<table><tr><td>Place</td><td>Amount deducted</td></tr><tr><td>Ayton</td><td>£73</td></tr></table>"
    (figure,) = find_figures(html_to_text(table), table)
    assert figure.direction == "in"


@pytest.mark.parametrize(
    "text",
    [
        "The budget for piers was £5.6 million in 2022/23, £6.9 million in 2023/24, and £7.8 million in 2024/25.",
        "Why has she spent (a) £533 at Ayton Nets, (b) £580 at Gulls Direct, (c) £679, £899 and £1,139 at Piers and (d)"
        " £520 at Quays?",
        "The Harbour Board agreed to pay £5.6 million for the pier and up to £6.9 million for the quay.",
    ],
)
def test_sums_side_by_side_are_alike(text: str) -> None:
    first, *others = find_figures(text)
    assert {(f.category, f.direction, f.certainty) for f in others} == {
        (first.category, first.direction, first.certainty)
    }
