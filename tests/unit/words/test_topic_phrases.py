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
rail,context,timetable
transport,include,transport
roads,context,arterial route
health,include,%itis
health,exclude,fritis
"""


DEPARTMENTS = """department_code,topic_key,context_kind
dft,rail,context
mod,defence,always
dfe,schools,otherwise
"""


@pytest.fixture
def find(own_list):
    """The search for topics in lists of its own."""
    own_list("topic_keyword", KEYWORDS)
    own_list("topic_department", DEPARTMENTS)
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
        ("What is done against gullitis and fritis?", [("health", "%itis")]),
        ("What did the Minister for Trains and Crime say?", []),
        ("What is done in the Theft Forest and Crime upon Tees constituency?", []),
        ("", []),
    ],
)
def test_whole_words_name_the_topic(text, expected, find):
    """Plurals count; parts of words and the office that is asked do not; nor do phrases in an excluded one."""
    assert list(find(None, text)) == [(topic, phrase, False) for topic, phrase in expected]


@pytest.mark.parametrize(
    ("heading", "text", "department", "expected"),
    [
        (None, "Which timetable is kept?", None, []),
        (None, "Which timetable do trains keep?", None, [("rail", "timetable", False), ("rail", "train", False)]),
        ("Trains", "Which timetable is kept?", None, [("rail", "train", True), ("rail", "timetable", False)]),
        ("Timetables", "What is planned?", None, [("rail", "timetable", True)]),
        ("Harbours: Timetables", "What is planned?", None, []),
        ("Harbours: Timetables", "What trains run?", None, [("rail", "timetable", True), ("rail", "train", False)]),
        ("Home Office: Buildings", "What is planned?", None, [("government", "home office", True)]),
        ("A9999", "What is planned?", None, [("roads", "arterial route", True)]),
        ("Part M4(2)", "What is planned?", None, []),
        (None, "Which timetable is kept?", "Department for Transport", [("rail", "timetable", False)]),
        (None, "What is planned?", "Department for Education", [("schools", "department for education", False)]),
        (None, "What do trains cost?", "Department for Education", [("rail", "train", False)]),
        (
            None,
            "What do trains cost?",
            "Ministry of Defence",
            [("rail", "train", False), ("defence", "ministry of defence", False)],
        ),
    ],
)
def test_a_phrase_that_needs_context_has_it_from_the_heading_another_phrase_or_the_department(
    heading, text, department, expected, find
):
    assert list(find(heading, text, department)) == expected


def test_every_phrase_of_the_seed_is_found():
    with lists.path("topic_keyword").open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if row["keyword_kind"] != "exclude"]
    for row in rows:
        assert normalise_subject(row["phrase"]) == row["phrase"]
        assert row["topic_key"] in {topic for topic, _, _ in topics.find_topics(row["phrase"], "")}, row


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("How many people who have a level 7 apprenticeship are employed?", "schools"),
        ("What was the cost of Operation Bagpipes?", "culture"),
        ("When will the consultation on publishing its response end?", "culture"),
        ("What is the National Data Library?", "culture"),
        ("What is the rate of wholesale electricity?", "business"),
        ("with reference to Official Report, column 49WH", "elections"),
        ("What are the business appointment rules?", "business"),
        ("What is the deployment of nuclear plants?", "defence"),
        ("What was said on arrests in Bangladesh?", "policing"),
        ("What is the lifetime ISA?", "housing"),
        ("What is the retrofit of buses?", "housing"),
        ("How many volunteer reservists are there?", "culture"),
        ("What business is before the House?", "business"),
        ("Which schools of thought were heard?", "schools"),
        ("What is done on data poverty?", "welfare"),
        ("What passported benefits are there?", "immigration"),
        ("What was the retail price index?", "business"),
        ("What is known of solar storms?", "energy"),
    ],
)
def test_a_phrase_in_another_sense_names_no_topic(text, topic):
    assert topic not in {found for found, _, _ in topics.find_topics(None, text)}


def test_what_children_are_made_to_do_is_child_abuse():
    text = "whether she plans to criminalise exploiting children for criminal purposes"
    assert "child-abuse" in {found for found, _, _ in topics.find_topics("Exploitation: Children", text)}
