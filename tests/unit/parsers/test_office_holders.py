from itertools import pairwise

from orderpaper.enrichment.people.office_holders import holders_named, office_terms


def test_terms_are_whole_and_one_person_holds_an_office_at_a_time():
    terms = office_terms()
    assert len(terms) > 70
    for term in terms:
        assert term.start_on < (term.end_on or term.confirmed_on), term
    for office in {term.office for term in terms}:
        held = sorted((term for term in terms if term.office == office), key=lambda term: term.start_on)
        for before, after in pairwise(held):
            assert before.end_on is not None, f"{before} has not ended, yet {after} began"
            assert before.end_on <= after.start_on, (before, after)


def test_an_office_held_twice_counts_with_both_terms():
    (terms,) = holders_named("the Home Secretary, the Rt Hon Suella Braverman, was there")
    assert [term.start_on.year for term in terms] == [2022, 2022]


def test_a_name_alone_or_out_of_office_dates_nothing():
    for text in (
        "Sajid Javid said so",
        "shadow Home Secretary Yvette Cooper",
        "ex-Prime Minister Theresa May",
        "Deputy Prime Minister Gordon Brown",
    ):
        assert holders_named(text) == []
