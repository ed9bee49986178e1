import pytest

from orderpaper.enrichment import words
from orderpaper.enrichment.words import read_words
from orderpaper.records import (
    Answer,
    AnswerReference,
    AnswerSignature,
    Contribution,
    NonAnswer,
    PostSection,
    Question,
    QuestionWords,
    TopicMention,
)

REFERS = "I refer the hon. Member to the answer to Question 4999 about prisons."


def kinds(*records):
    return [(type(r), r.statement_kind, r.statement_ordinal, r.ordinal) for r in read_words(records)]


def test_every_statement_is_read_for_topics_and_an_answer_for_what_it_does():
    assert kinds(
        PostSection(ordinal=4, text="Prisons are full."),
        Question(ordinal=1, question_type="written", heading="Prisons", text="How many gulls are there?"),
        Answer(ordinal=1, question_ordinals=[1], text=REFERS),
    ) == [
        (TopicMention, "post_section", 4, 1),
        (TopicMention, "question", 1, 2),
        (QuestionWords, "question", 1, 1),
        (TopicMention, "answer", 1, 3),
        (NonAnswer, "answer", 1, 1),
        (AnswerReference, "answer", 1, 1),
        (AnswerSignature, "answer", 1, 1),
    ]


def test_a_text_that_is_cut_is_read_but_not_signed():
    found = kinds(Answer(ordinal=1, question_ordinals=[1], text=REFERS, is_truncated=True))
    assert [reading for reading, *_ in found] == [TopicMention, NonAnswer, AnswerReference]


def test_a_text_that_another_row_has_too_is_read_once():
    assert kinds(Contribution(ordinal=1, debate_ordinal=1, role="reply", answer_ordinal=1, text="Prisons.")) == []


@pytest.mark.parametrize(
    ("name", "row"),
    [("topic_keyword", "environment,include,gull"), ("non_answer_phrase", "no_plans,7,no gulls,false,No gulls.")],
)
def test_the_version_follows_the_lists(name, row, edit_list):
    before = words.version()
    edit_list(name, row)
    assert words.version() != before
    edit_list(name, "")
    assert words.version() == before
