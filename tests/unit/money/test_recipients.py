"""Test who receives a sum, at each place of a sentence, list and table where a receiver stands, in our own words."""

import pytest

from orderpaper.enrichment.money import find_figures
from orderpaper.enrichment.money.phrases import Clause
from orderpaper.reading.markup import html_to_text


def recipients(text: str, html: str | None = None) -> list[str | None]:
    return [figure.recipient for figure in find_figures(text, html)]


@pytest.mark.parametrize(
    ("after", "recipient"),
    [
        ("to local boards", "local boards"),
        ("of new funding in 2025-26 to local boards", "local boards"),
        ("from 2021 to 2025 for quay boards to mend piers", "quay boards"),
        ("over the next four years to local boards", "local boards"),
        ("in revenue funding and support to 24 places", "24 places"),
        ("through the Clean Quay Fund, to support 15 regional partnerships", "15 regional partnerships"),
        ("in support of 1,781 projects", "1,781 projects"),
        ("in respect of schools with a pier", "schools"),
        ("(a tenth of the total) for adult and young people’s hospices", "adult and young people’s hospices"),
        ("for low-income and fuel poor households", "low-income and fuel poor households"),
        ("for a dedicated Harbour Board, which I chair", "Harbour Board"),
        ("to the Ayton and Beckton Gull Board between 2022 and 2029", "Ayton and Beckton Gull Board"),
        ("to Gullaid's current strategic period", "Gullaid"),
        ("to be allocated to quay boards and providers", "quay boards and providers"),
        ("of the £9 million was given to the Quay Council", "Quay Council"),
        ("to help local councils fill harbours", "local councils"),
        ("will support quay boards with their costs", "quay boards"),
        ("in the Gull Medicine Consortium through work packages", "Gull Medicine Consortium"),
        ("for Freedonia, announced in May", "Freedonia"),
    ],
)
def test_after_a_sum_a_receiver_stands_past_what_the_money_is(after: str, recipient: str) -> None:
    assert recipients(f"The Government is investing £5 million {after}.")[0] == recipient


@pytest.mark.parametrize(
    "after",
    [
        "for the recruitment of teachers",
        "to moor boats",
        "to build schools",
        "for the schools budget",
        "compared to schools",
        "for Integrated Air and Tide Defence",
        "for TIDES",
        "in the Quay Fund for Neighbourhoods",
        "to these organisations",
        "in solar power for better piers",
    ],
)
def test_what_the_money_is_for_is_no_receiver(after: str) -> None:
    assert recipients(f"The Government is investing £5 million {after}.")[0] is None


@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        ("We have awarded the Quay Trust just under £5 million of funding.", "Quay Trust"),
        ("We are supporting 20 quay boards with £5 million of funding.", "20 quay boards"),
        ("We have backed the Tide Service, providing an uplift of £5 million.", "Tide Service"),
        ("We support quay boards to open piers through annual funding, with £5 million.", "quay boards"),
        ("Quay boards have been allocated £5 million.", "Quay boards"),
        ("Ayton Board, responsible for the South Beckton Hospital has been allocated £5 million.", "Ayton Board"),
        ("Ayton Council have also been beneficiaries of £5 million of funding.", "Ayton Council"),
        ("Standalone Gull Authorities will see an increase in core spending power of £5 million.", None),
        ("Quay authorities will see an increase in core spending power of £5 million.", "Quay authorities"),
        ("We founded the Gull AI unit backed by £5 million of funding.", "Gull AI unit"),
        ("There is record funding for the police in Ayton with up to £5 million.", "police"),
        ("We allocated funding to the Gull Council totalling £5 million.", "Gull Council"),
        ("This brings the Consortium funding to over £5 million.", "Consortium"),
        ("The Ministry’s allocation to the Harbour Board is £5 million of funding.", "Harbour Board"),
        ("The funding was split among four deals: Ayton (£5 million of funding).", "Ayton"),
        ("Barnacle's received £5 million of funding.", "Barnacle's"),
    ],
)
def test_before_a_sum_a_receiver_is_given_receives_or_has(text: str, recipient: str | None) -> None:
    if recipient is None:
        assert recipients(text)[0] is not None
    else:
        assert recipients(text)[0] == recipient


def test_a_part_goes_to_whom_its_total_goes_unless_it_is_for_something_else() -> None:
    total = "The Gull Trust has been allocated £9 million of funding."
    assert recipients(f"{total} This includes £2 million of emergency funding.") == ["Gull Trust"] * 2
    assert recipients(f"{total} This includes £2 million for piers.") == ["Gull Trust", None]


def test_a_total_of_what_the_sentence_before_says_goes_to_the_same() -> None:
    text = "We announced £2 million of funding for the Gull Consortium. This brings the total investment to £9 million."
    assert recipients(text) == ["Gull Consortium"] * 2


def test_two_kinds_of_money_go_to_one() -> None:
    text = "We gave £2 million of capital funding and £1 million of revenue funding to local boards."
    assert recipients(text) == ["local boards"] * 2


def test_a_line_of_a_list_is_the_body_that_labels_it_or_whom_the_heading_names() -> None:
    assert recipients("We awarded grants to:\nAyton Council – £5m\nBeckton Council – £6m") == [
        "Ayton Council",
        "Beckton Council",
    ]
    assert recipients("The Gull Unit has received this funding:\n2022-23 £5m\n2023-24 £6m") == ["Gull Unit"] * 2


def test_a_row_of_a_table_is_one_of_those_that_its_caption_names() -> None:
    html = (
        "<p>The funding allocated to local authorities is set out below:</p>"
        "<table><tr><td>Authority</td><td>Funding (£m)</td></tr>"
        "<tr><td>Ayton</td><td>5</td></tr><tr><td>Total</td><td>9</td></tr></table>"
    )
    assert recipients(html_to_text(html), html) == ["Ayton", "local authorities"]


@pytest.mark.parametrize(
    ("text", "phrase", "kind"),
    [
        ("27 small rural schools affected by floods", "27 small rural schools", "receiver"),
        ("all local authorities in Ayton", "all local authorities", "receiver"),
        ("each of the quay boards", "quay boards", "receiver"),
        ("schools, colleges and Ayton Council", "schools, colleges and Ayton Council", "receiver"),
        ("the schools budget", "schools budget", "money"),
        ("the next three years", "next three years", "time"),
        ("the Clean Quay Programme", "Clean Quay Programme", "programme"),
        ("the Centre for Gull Resilience (CGR)", "Centre for Gull Resilience (CGR)", "body"),
        ("the Ayton Trust’s building appeal", "Ayton Trust", "body"),
        ("Freedonia and support", "Freedonia", "name"),
        ("the recruitment of teachers", "recruitment", "other"),
    ],
)
def test_a_phrase_is_of_the_kind_of_its_last_noun(text: str, phrase: str, kind: str) -> None:
    found = Clause(text).phrase(0)
    assert found is not None
    assert (found.text, found.kind) == (phrase, kind)


def test_where_no_phrase_begins_there_is_none() -> None:
    assert Clause("of them").phrase(0) is None
    assert Clause("").last_phrase() is None
