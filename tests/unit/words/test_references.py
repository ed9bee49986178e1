import datetime as dt

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from orderpaper.enrichment.words import references
from orderpaper.enrichment.words.references import find_references

SAID_ON = dt.date(2025, 1, 9)
LINK = '<a href="https://questions-statements.parliament.uk{0}written-questions{0}detail{0}2024-11-01{0}12250">here</a>'


def found(text, html=None, said_on=SAID_ON):
    return [
        (reference.uin, *(day and str(day) for day in (reference.stated_on, reference.linked_on)))
        for reference in find_references(text, html, said_on)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "I refer the hon. Member to the answer given on 29 October 2024 to Question 10122.",
            [("10122", "2024-10-29", None)],
        ),
        (
            "I refer the Hon Member to the answer to Question UIN 2676 on 13 November 2024.",
            [("2676", "2024-11-13", None)],
        ),
        (
            "I refer the hon. Member to my response to question 9606, tabled on Wednesday 16th October.",
            [("9606", "2024-10-16", None)],
        ),
        (
            "As mentioned in my answers to PQ 4529 and PQ 11005, we are considering it.",
            [("4529", None, None), ("11005", None, None)],
        ),
        ("I refer the noble Lord to my answer to Question HL2345 on 7 January.", [("HL2345", "2025-01-07", None)]),
        (
            "I refer you to the Government's response to the Urgent Question tabled on 12 February 2026.",
            [],
        ),
        (
            "I refer the Rt Hon Member to my answer of 21 October 2024, Official Report, 8434.",
            [("8434", "2024-10-21", None)],
        ),
        (
            "I refer the Hon. Member to the answer given by my hon. Friend (Noel Brook) on 29 October 2024 to Question"
            " 10078 to the hon. Member for Weir.",
            [("10078", "2024-10-29", None)],
        ),
        (
            "I refer the hon. Member to the reply given to the hon. Member for Weir on 11 November.",
            [(None, "2024-11-11", None)],
        ),
        (
            "I refer the hon. Member to the answer given on 31 November 2024 to Question 500.",
            [("500", None, None)],
        ),
        ("I refer the hon. Member to PQ12617.", [("12617", None, None)]),
        ("The Senedd has answered this: Written Question - WQ93146 - Welsh Parliament.", []),
        ("I will write to the hon. Member in response to Questions 2501 and 2502.", []),
        ("I have written to the noble Lord in response to HL2501.", []),
        ("I have answered Questions 2501, 2502 and 2503 together.", []),
        ("I have responded to Question 2501 on 3 May 2024.", [("2501", "2024-05-03", None)]),
        ("I refer back to my answer to UIN 5635 on 14th December.", [("5635", "2024-12-14", None)]),
        ("I refer to my answer to WPQ 4645 on 1 December 2023.", [("4645", "2023-12-01", None)]),
        ("I refer him to the response to PQ93 on 14 November 2023.", [("93", "2023-11-14", None)]),
        (
            "As stated in the answer of 7 December 2023, Official Report, House of Lords, PQ HL571, this is not ours.",
            [("HL571", "2023-12-07", None)],
        ),
        (
            "I have nothing to add to the answers of 31 July 2024 to Questions 1213, 1215 and 1217.",
            [("1213", "2024-07-31", None), ("1215", "2024-07-31", None), ("1217", "2024-07-31", None)],
        ),
        ("I refer to my answers to HL 571 and HL572.", [("HL571", None, None), ("HL572", None, None)]),
        ("As I said in reply to Q4645, tides differ.", [("4645", None, None)]),
        ("As said in the Answer to 10968, tides differ.", [("10968", None, None)]),
        ("I refer to Question ID 4645.", [("4645", None, None)]),
        ("I refer to UINs PQ26837-PQ26838.", [("26837", None, None), ("26838", None, None)]),
        ("As set out in my response of 10 October 2024, tides differ.", [(None, "2024-10-10", None)]),
        ("The Government's response of 10 October 2024 to the consultation is published.", []),
        ("A written response to your Questions 2501, 2502 and 2779 will be provided.", []),
        ("Question 13a was not asked in 2023.", []),
        ("I refer the hon. Member to the written statement made on 21 November 2024 (HCWS244).", []),
        ("I refer the hon. Member to the Register of Members' Financial Interests.", []),
        ("1,200 people were referred on 5 November 2024.", []),
    ],
)
def test_references_are_read_in_every_shape(text, expected):
    """The day stands before or after the number, with or without its year; a number or a day may stand alone."""
    assert found(text) == expected


@pytest.mark.parametrize("slash", ["/", "%2F"])
def test_a_link_gives_the_number_and_the_day_of_the_question(slash):
    html = LINK.format(slash)
    assert found("This was published here.", html) == [("12250", None, "2024-11-01")]
    assert found("I refer her to PQ 12250.", html) == [("12250", None, "2024-11-01")]
    assert found("I refer her to PQ 12251.", html) == [("12251", None, None)]


def test_without_a_day_of_its_own_an_answer_gives_no_year_to_another():
    text = "I refer her to the answer of 3 May to Question 500 and that of 4 May 2024 to Question 501."
    assert found(text, said_on=None) == [("500", None, None), ("501", "2024-05-04", None)]


@pytest.mark.parametrize("count", [40, pytest.param(200, marks=pytest.mark.slow)])
def test_every_number_has_a_word_that_is_looked_for_first(count):
    @settings(max_examples=count, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(references._NUMBER, alphabet=st.characters(codec="ascii")))
    def check(words):
        assume(references._NUMBER.search(words))
        assert any(label in words for label in references._LABELS) or references._SHORT_LABEL.search(words)

    check()
