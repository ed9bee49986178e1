import pytest

from orderpaper.enrichment.words.signatures import sign

PLANS = "We will work with councils, charities and schools to keep the coast, and those who live by it, safe by {}."


def similarity(one, other):
    runs, other_runs = set(sign(one)[0]), set(sign(other)[0])
    return len(runs & other_runs) / len(runs | other_runs)


def test_case_accents_and_punctuation_do_not_count():
    signature = sign("The Home Office, in Ynys Môn: £3m!")
    assert signature == sign("the home office in YNYS MON £3m")
    assert signature != sign("The Home Office in Ynys Môn: 3m.")


def test_a_word_in_the_middle_changes_the_five_runs_that_it_stands_in():
    assert similarity("a b c d e f g h i j k l m n", "a b c d e f g x i j k l m n") == pytest.approx(5 / 15)


def test_runs_of_a_text_are_distinct_and_of_a_short_text_one():
    assert len(sign("on and on and on and on and on")[0]) == 2
    assert len(sign("Yes.")[0]) == len(sign("…")[0]) == 1


def test_nearly_equal_texts_share_a_band_and_others_do_not():
    texts = PLANS.format("2029"), PLANS.format("2030"), "There are no plans."
    bands = [set(sign(text)[1]) for text in texts]
    assert len(bands[0]) == 16
    assert bands[0] & bands[1]
    assert not bands[0] & bands[2]


def test_a_signature_is_the_same_on_every_machine_and_in_every_version():
    run_hashes, band_hashes = sign("We have no plans to do so.")
    assert run_hashes == [527955393, 612319770, 676461331]
    assert band_hashes[:2] == [7777581343781119570, -6792522056203021783]
