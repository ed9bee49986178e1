"""Recipients and categories by the class of a noun, in words of our own that no rule names."""

from decimal import Decimal

import pytest

from orderpaper.enrichment.money import find_figures, subjects


@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        (
            "We have funded primary care networks with an additional £160 million to recruit gulls.",
            "primary care networks",
        ),
        ("We pledged up to £5 billion of support over ten years to 339 neighbourhoods.", "339 neighbourhoods"),
        ("We agreed an £86m plan for Greater Ayton to clean its quays.", "Greater Ayton"),
        ("We announced £14.5 million of new funding for Beckton to support piers.", "Beckton"),
        ("There is funding for the Gull Crime Unit (£365,000).", "Gull Crime Unit"),
        ("The DOTW has £0.7bn of Capital DEL in each year.", "DOTW"),
        (
            "This includes allocations for harbour authorities under the Tide Grant totalling £700 million.",
            "harbour authorities",
        ),
        (
            "We invested £340 million to support quay collection authorities on weekly rounds.",
            "quay collection authorities",
        ),
        ("Ayton Council will have £59 million, in addition to the £17 million they are already receiving.", None),
        ("The total Harbour Transport Police budget was £418 million.", "Harbour Transport Police"),
        ("Tide Alliances will have access to £200 million", None),
        ("The Tide Alliance will have access to £200 million of funding.", "Tide Alliance"),
        (
            "We have invested £1.5 million across 4 years into Special Gulls Ayton as part of a plan.",
            "Special Gulls Ayton",
        ),
        ("We provide an uplift of £40 million across the period to the Gull Council.", "Gull Council"),
        ("We invest over £1 billion into small and medium sized companies.", "small and medium sized companies"),
        (
            "£16 million is available for 15 regional and sub-regional partnerships.",
            "15 regional and sub-regional partnerships",
        ),
        ("We gave £5 million for the schools budget.", None),
        ("We announced £1 billion for Integrated Air and Tide Defence.", None),
        ("£5 million will help us to run the harbour schools programme.", None),
    ],
)
def test_a_recipient_is_a_phrase_that_ends_in_a_noun_of_a_class(text: str, recipient: str | None) -> None:
    assert find_figures(text)[-1].recipient == recipient


@pytest.mark.parametrize(
    ("text", "programme"),
    [
        ("£1.6 billion continues to support Tide England’s national RAAC programme.", "national RAAC programme"),
        (
            "We pledged £2.7m a year to support a quay policing innovation programme.",
            "quay policing innovation programme",
        ),
        (
            "The new £1 billion (including Barnett consequential) Tide and Resilience Fund opens.",
            "Tide and Resilience Fund",
        ),
        ("Ayton is a partner in the £8 million Resilient Quays project.", "Resilient Quays project"),
        ("The Quay Bus Grant (QBG) opens. £1 million was given under the QBG.", "Quay Bus Grant"),
        ("We gave £5 million to the Ayton Office for the Coordination of Tidal Affairs pooled fund.", None),
        ("We raised funding for the QFG to £711 million.", "QFG"),
        ("The Tide News Fund is worth £6m in 2026/27 and up to a further £6m in 2027/28.", "Tide News Fund"),
        ("Our £1 million Community of Gulls support programme is open.", "Community of Gulls support programme"),
        ("We moved £2.5m within Warm Quays: Local Grant.", "Warm Quays: Local Grant"),
        ("We invest £12m in a Tide News Fund; and we double quay funding to £1m.", None),
    ],
)
def test_a_programme_may_have_small_letters_and_initials(text: str, programme: str | None) -> None:
    assert find_figures(text)[-1].programme == programme


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("The administrators estimate that the value of piers affected is about £123 million.", "other"),
        ("Large gull warehouses will pay around £100 million more.", "other"),
        ("The constructive loss of circa £3.7 million follows from that choice.", "other"),
        ("The report says that £1 invested in a quay generates £16 for the harbour.", "other"),
        ("Total trade between Ayton and the islands is worth around £17 billion.", "other"),
        ("A harbour with less than £20m annual turnover is insured.", "rate"),
        ("A parish that has a precept worth £140,000 or more must say so.", "rate"),
        ("The payment of £38,040 to Gull Group Limited covered a website.", "spend"),
        ("The £80 million of revenue funding will help.", "funding"),
        ("The Ayton Foundation remains a partner, having awarded over £3.8 million to local causes.", "other"),
        ("Each saves up to £40/MWh from April.", "rate"),
        ("The Government is investing around £12m in the Tide Debt Relief Grant.", "funding"),
        ("Better health is valued at £96.7 billion a year.", "other"),
        ("Five zones may deliver £28 billion of investment from a diverse range of developers.", "other"),
        ("Parents save an average of £7,500 a year.", "rate"),
        ("The merger saves an average of £7 million a year.", "other"),
        ("The court imposed record fines of over £150 million on companies.", "other"),
        ("The Board can issue fines of up to 10% of revenue or £18m, whichever is higher.", "rate"),
        ("Rewards for one person must not exceed £2000.", "rate"),
        ("The programme has mobilised over £125 million in investment.", "other"),
        ("Some £1.5 million of funding provided by industry was used.", "other"),
        ("A fifth (£2.8 billion) of aid was spent on harbours.", "spend"),
    ],
)
def test_a_category_follows_from_the_class_of_the_governing_noun(text: str, category: str) -> None:
    assert find_figures(text)[-1].category == category


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("We announced that we will invest an additional £200 million in quays.", "announced"),
        ("We will build more piers through the £950 million fourth round of the Local Pier Fund.", "announced"),
        ("Trade is worth around £17 billion annually, supported by access to harbours.", "actual"),
        ("The Government is providing £1.5 billion—taking planned investment to more.", "announced"),
        ("Little has changed since the £950 million Rapid Quay Fund was announced.", "announced"),
        ("Analysis suggests that drivers will pay around £20 a month.", "estimated"),
    ],
)
def test_certainty_is_that_of_the_clause_of_the_sum(text: str, certainty: str) -> None:
    assert find_figures(text)[0].certainty == certainty


def test_the_subject_is_the_last_noun_before_its_verb_or_preposition() -> None:
    assert subjects.subject("In 2024, the total value of piers affected is about ") == (
        "value",
        " of piers affected is about ",
    )
    assert subjects.subject("We know that large gull warehouses will pay ") == ("warehouses", " will pay ")
    assert subjects.subject("of ") is None


def test_what_each_pays_is_no_sum_of_all() -> None:
    assert subjects.is_of_others("Households will pay around ", Decimal(5_000_000))
    assert not subjects.is_of_others("Households will pay around ", Decimal(50))
