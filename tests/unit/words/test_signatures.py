import pytest

from orderpaper.enrichment.words.signatures import hash_words, sign

PLANS = "We will work with councils, charities and schools to keep the coast, and those who live by it, safe by {}."


def is_mostly_shared(one, other):
    """As the macro of this name."""
    shared, shorter = len(one & other), min(len(one), len(other))
    least = 0.5 if max(len(one), len(other)) < 30 else 0.7 if shared >= 0.93 * shorter else 0.79
    return shared / len(one | other) >= least


def says_the_same(one, other):
    """As the model int_answer_predecessors decides."""
    left, right = ({kind: set(hashes) for kind, hashes in sign(text).items()} for text in (one, other))
    runs, other_runs = left["run_hashes"], right["run_hashes"]
    exchanged = any(left[kind] - other_runs and right[kind] - runs for kind in ("number_hashes", "name_hashes"))
    is_found = bool(left["band_hashes"] & right["band_hashes"])
    replaced = len(left["place_hashes"] & right["place_hashes"]) > len(left["filling_hashes"] & right["filling_hashes"])
    return is_found and not exchanged and not replaced and is_mostly_shared(runs, other_runs)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The council, in Ynys Môn: £3m!", "The council in Ynys Mon £3m"),
        ("The information is not held centrally.", "The requested information is not held centrally."),
        ("The information is not centrally held.", "This data is not held centrally."),
        ("The Department does not hold this.", "We do not hold this."),
        ("The Home Office does not hold this.", "The Ministry of Justice does not hold this."),
        (
            "I refer the hon. Member for Weir to the answer I gave on 4 May 2024 to Question 12345.",
            "I refer my right hon. Friend to the answer given to Question UIN 12345 on 6 May.",
        ),
        (
            "The payments to Weir will be split between the Harbour Board and Tide Office, published each year.",
            "The payments to Weir will be split between the Harbour Board and the Tide Office, published each year.",
        ),
        (PLANS.format("2029"), "I thank the hon. Member for her question. " + PLANS.format("2029")),
        (PLANS.format("2029"), PLANS.replace("keep", "keeping").format("2029")),
        (PLANS.format("2029"), PLANS.replace("will work", "are working").format("2029")),
        (
            "We take time to collate the required information on gulls, and I will write to him shortly.",
            "We take time to determine the required information on gulls, and I will write to her shortly.",
        ),
        ("Some 4,000 gulls and two societies came.", "Some 4000 gulls and 2 societies came."),
        (
            "The information requested is not centrally held and could be collated only at disproportionate cost.",
            "The data is not available from statistics and could be collated only at disproportionate cost.",
        ),
        (
            "Gulls were counted on 29 August, as in every year.",
            "Gulls were counted on the 29th August, as in every year.",
        ),
        (
            "Pursuant to the answer of 16 January 2026 to UIN 104261, as the Harbour Board said, no gull was seen.",
            "As the Harbour Board said, no gull was seen.",
        ),
    ],
)
def test_articles_addresses_and_days_of_answers_do_not_count(one, other):
    assert says_the_same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (PLANS.format("2029"), PLANS.format("2030")),
        (PLANS.format("2029"), "There are no plans."),
        ("I refer her to the answer to Question 59924.", "I refer her to the answer to Question 59411."),
        ("We have no plans to close the harbour of Weir.", "We have no plans to close the harbour of Marsh."),
        ("Last year two gulls were seen on the pier.", "Last year three gulls were seen on the pier."),
        (
            "We have no plans to change the law on piers in Wales.",
            "We have no plans to change the law on piers in Kent.",
        ),
        (PLANS.format("2029"), PLANS.replace("coast", "heath").format("2029")),
        (
            "It cannot be provided without a manual search of the records of employers.",
            "It cannot be provided without a manual search of the records of hospices, of which there are few in the"
            " north and which keep them on paper.",
        ),
        (
            "The Board publishes statistics of gulls by harbour every quarter, in the quarter to August 2025 the last.",
            "The Board publishes statistics of gulls by harbour every quarter, in the quarter to May 2025 the last.",
        ),
        ("Last year 6 gulls were seen on the pier.", "Last year zero gulls were seen on the pier."),
        (
            "The Tide Paper, published in May, is followed by reforms of many matters, among them the right of dockers"
            " to bring their families, of which more is said in due course.",
            "The Tide Paper, published in May, is followed by reforms of many matters, among them those who abuse the"
            " harbour rules, of which more is said in due course.",
        ),
    ],
)
def test_numbers_names_and_questions_count(one, other):
    assert not says_the_same(one, other)


def test_a_name_or_number_more_is_no_other_answer():
    assert says_the_same(PLANS.format("2029"), PLANS.format("2029, as the Harbour Board said"))


def test_runs_are_distinct_and_the_emptiest_text_has_one():
    assert len(sign("on gull gull gull")["run_hashes"]) == 2
    assert len(sign("…")["run_hashes"]) == 1
    assert len(sign("Yes.")["band_hashes"]) == 16


def test_a_signature_is_the_same_on_every_machine_and_in_every_version():
    signature = sign("We have no plans to do so.")
    assert signature["run_hashes"] == [1739204639, 2191064620, 2429226661, 2563130371, 3713686397]
    assert signature["band_hashes"][:2] == [2946672092399382849, 6530861224099869608]


def test_the_words_of_a_question_are_those_of_what_is_asked():
    asked = "what steps she takes to protect high-risk victims"
    hashes = hash_words(f"To ask the Secretary of State for Justice, {asked} in Wales.")
    assert hashes == hash_words("To ask the Minister, what victims in Wales she takes high risk steps to protect?")
    assert len({*hash_words(f"To ask the Minister, {asked} in (a) England and (b) Wales.")} - {*hashes}) == 2
