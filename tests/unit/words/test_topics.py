import csv

import pytest

from orderpaper.enrichment.words import lists, topics
from orderpaper.enrichment.words.normalise import normalise_subject

KEYWORDS = """topic_key,keyword_kind,phrase
abuse,include,violence against women
crime,include,crime
crime,include,theft
crime,exclude,war crime
rail,include,train
transport,include,transport
"""


@pytest.fixture
def find(own_list):
    """The search for topics in a list of its own."""
    own_list("topic_keyword", KEYWORDS)
    return topics.find_topics


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("To ask the Secretary of State for Transport, what trains run.", [("rail", "train")]),
        ("To ask the Secretary of State for Defence, whether training is given.", []),
        (
            "To ask His Majesty's Government what is done on violence against (i) women and (iv) girls.",
            [("abuse", "violence against women")],
        ),
        ("Transport: Women", [("transport", "transport")]),
        ("What is done about war crimes?", []),
        ("What is done about war crime and theft?", [("crime", "theft")]),
        ("Theft is down, and crime.", [("crime", "crime"), ("crime", "theft")]),
        ("", []),
    ],
)
def test_whole_words_name_the_topic(text, expected, find):
    """Plurals count; parts of words and the office that is asked do not; nor do phrases in an excluded one."""
    assert find(text) == expected


def test_every_phrase_of_the_seed_is_found():
    with lists.path("topic_keyword").open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["keyword_kind"] == "include"]
    for row in rows:
        assert normalise_subject(row["phrase"]) == row["phrase"]
        assert row["topic_key"] in dict(topics.find_topics(row["phrase"])), row
