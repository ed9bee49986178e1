import pytest

from orderpaper.enrichment.words import lists
from orderpaper.enrichment.words.non_answers import find_non_answer
from orderpaper.enrichment.words.normalise import normalise

TIDES = "The tides are counted. "


@pytest.mark.parametrize("row", lists.read("non_answer_phrase"), ids=lambda row: row["phrase"])
def test_the_example_of_each_phrase_has_its_kind(row):
    kind, _ = find_non_answer(row["example_text"])
    assert kind == row["non_answer_kind"]
    assert all(words in normalise(row["example_text"]) for words in row["phrase"].split("%"))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The cost is £4 million.", None),
        ("The data is not held centrally and could only be had at disproportionate cost.", "disproportionate_cost"),
        ("It is for each harbour board to decide.", "other_body"),
        (TIDES * 20 + "We have no plans to stop." + TIDES * 20, None),
        (TIDES * 30 + "We have no plans to stop.", "no_plans"),
        (TIDES * 8 + "We have no plans to stop." + TIDES * 8, "no_plans"),
        (TIDES * 30 + "I refer the hon. Member to the answer.", None),
        ("I refer the hon. Member to the answer. " + TIDES * 30, "referral"),
        ("Tides rise. More broadly, I refer the hon. Member to the answer.", None),
    ],
)
def test_the_substance_of_an_answer_is_at_its_beginning_and_end(text, kind):
    found = find_non_answer(text)
    assert (found and found[0]) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Numbers for 2019 are not held. In 2020 there were 34 gulls.", None),
        ("Numbers are not held. In 2020 there were 34 gulls elsewhere.", "not_held"),
        ("We spent £5,934 in 2021-22. Data for 2020-21 can only be provided at disproportionate cost.", None),
        ("Some 8.6 million gulls were seen. We do not hold figures by harbour.", None),
        ("Figures are in the table below. We do not hold figures by harbour.", None),
        ("In 2021-22 and on 3 May 2024 gulls were seen. We do not hold figures by harbour.", "not_held"),
        ("As I said in answer to Question 12345, we do not hold figures.", "not_held"),
        ("Whilst there are no plans to count gulls, the harbours do so.", None),
        ("Whilst gulls are counted, there are no plans to publish the numbers.", "no_plans"),
        ("The harbour is a matter for the board. The Minister has not had any discussions with it.", None),
        ("The harbour is a matter for the board.", "other_body"),
        ("The harbour is a matter for the board, which has told us that it will open.", None),
        ("The arrest is an internal matter for Marshland. We continue to monitor the case.", None),
        ("The harbour needs 412 berths. The pier is a matter for the board.", None),
        ("I have asked the Chair to reply. The Minister has not had any discussions with the board.", None),
        ("The Chair has been asked to write to her. The Minister has not had any discussions.", "other_body"),
        ("The Minister regularly meets the board, and there are no plans to stop.", None),
        ("There are no plans to meet the board.", "no_plans"),
        ("The following table has the harbours in the north, as we do not hold data on others.", None),
        ("Answering (b) would incur disproportionate cost. In answer to part (a), gulls were seen.", None),
        ("I refer the hon. Member to the answer of 4 May. As an update, there are now 412 gulls.", None),
        ("I refer to harbours as ports.", None),
        (TIDES * 20 + "Counting them would be at disproportionate cost. " + TIDES * 20, "disproportionate_cost"),
        ("I refer you to my response to PQ 4999 on the chair. " + TIDES * 70, None),
        ("Gulls are the responsibility of the board. The Department regularly meets it.", None),
    ],
)
def test_an_answer_that_gives_something_of_what_was_asked_answers(text, kind):
    found = find_non_answer(text)
    assert (found and found[0]) == kind
