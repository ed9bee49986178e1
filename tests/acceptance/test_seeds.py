"""The five real saved documents, read by the inbox parser as a careful person reads them."""

import datetime as dt
import hashlib
from collections import Counter
from pathlib import Path

import pytest

from orderpaper.enrichment.people.mentions import find_mentions
from orderpaper.errors import ParseError
from orderpaper.records import Answer, Contribution, Debate, Document, Parsed, PostSection, Question, Quote
from orderpaper.sources.inbox.parse import parse


def dropped(body: bytes) -> Parsed:
    return parse(
        Document(
            document_id=hashlib.sha256(body).hexdigest(),
            source="inbox",
            kind="file",
            url="dropped.txt",
            media_type="text/plain",
            fetched_at=dt.datetime(2025, 1, 1, tzinfo=dt.UTC),
            body=body,
        )
    )


@pytest.fixture
def read(captured: Path):
    def read_seed(number: str) -> Parsed:
        (path,) = (captured / "seeds").glob(f"{number}_*.txt")
        return dropped(path.read_bytes())

    return read_seed


def of(parsed: Parsed, record_type: type) -> list:
    return [record for record in parsed.records if isinstance(record, record_type)]


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_every_text_is_an_exact_slice(read, number):
    parsed = read(number)
    spans = [record for record in parsed.records if getattr(record, "char_start", None) is not None]
    assert spans
    for record in spans:
        assert record.text == parsed.text[record.char_start : record.char_end]


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_half_a_document_is_refused_or_read_to_a_full_stop(read, number):
    text = read(number).text
    for end in range(len(text) // 3, len(text), 97):
        try:
            half = dropped(text[:end].encode())
        except ParseError:
            continue
        assert max(half.records, key=lambda record: getattr(record, "char_end", None) or 0).text.endswith(
            (".", "?", ")", "”")
        )


def test_000_a_sitting_without_speakers(read):
    parsed = read("000")
    questions, answers, turns = of(parsed, Question), of(parsed, Answer), of(parsed, Contribution)
    assert [question.question_type for question in questions] == ["oral", "oral", "oral", "oral", "topical"]
    assert {question.house for question in questions} == {"Commons"}
    grouped = [question for question in questions if question.group_ordinal is not None]
    assert [question.ordinal for question in grouped] == [2, 3, 4]
    assert len({question.group_ordinal for question in grouped}) == 1
    assert all("violence against women and girls" in question.text for question in grouped)
    assert [answer.question_ordinals for answer in answers] == [[1], [2, 3, 4], [5]]
    assert answers[0].text.endswith("most technically sophisticated offenders.")
    assert answers[1].text.endswith("spiking, stalking and other VAWG crimes.")
    assert answers[2].text.endswith("whether they will be able to get home safely.")
    assert Counter(turn.role for turn in turns) == {"question": 5, "reply": 10, "supplementary": 7}
    assert all(turn.is_role_inferred and turn.speaker_text is None for turn in turns)
    assert len(of(parsed, Debate)) == 1


def test_000_turns_begin_and_end_where_a_reader_puts_them(read):
    parsed = read("000")
    turns = of(parsed, Contribution)
    opening = [turn.text.split("\n")[0][:34] for turn in turns if turn.role == "supplementary"]
    assert opening == [
        "I greatly welcome the action that ",
        "My constituent lost his son to sui",
        "Charities such as Aylesbury Women’",
        "As  the hon.",
        "Will the Minister join me in thank",
        "Does the Minister agree that local",
        "I met constituents at my coffee mo",
    ]
    assert all(turn.text.endswith("?") for turn in turns if turn.role == "supplementary")
    (with_sum,) = (turn for turn in turns if "£37 million" in turn.text)
    assert with_sum.role == "reply"
    assert turns[with_sum.reply_to_ordinal - 1].text.startswith("I met constituents")
    covered = "".join(turn.text for turn in turns)
    assert "".join(covered.split()) == "".join(parsed.text.split())
    mentions = [mention for turn in turns for mention in find_mentions(turn.text)]
    assert [(mention.post, mention.name, mention.constituency) for mention in mentions] == [
        ("Home Secretary", None, None),
        (None, "Cat Eccles", "Stourbridge"),
    ]


def test_001_ten_questions_each_with_its_answer(read):
    parsed = read("001")
    questions, answers = of(parsed, Question), of(parsed, Answer)
    assert [answer.question_ordinals for answer in answers] == [[ordinal] for ordinal in range(1, 11)]
    assert {(question.question_type, question.house) for question in questions} == {("written", "Commons")}
    assert [
        (question.asked_by_text, question.asked_by_party_text, question.asked_by_constituency_text)
        for question in questions
    ] == [
        ("Alex Mayer", "Labour", "Dunstable and Leighton Buzzard"),
        ("Helen Maguire", "Liberal Democrat", "Epsom and Ewell"),
        ("Steve Darling", "Liberal Democrat", "Torbay"),
        ("Steve Darling", "Liberal Democrat", "Torbay"),
        ("Bell Ribeiro-Addy", "Labour", "Clapham and Brixton Hill"),
        ("Bell Ribeiro-Addy", "Labour", "Clapham and Brixton Hill"),
        ("Bell Ribeiro-Addy", "Labour", "Clapham and Brixton Hill"),
        ("Kanishka Narayan", "Labour", "Vale of Glamorgan"),
        ("Jas Athwal", "Labour", "Ilford South"),
        ("Al Pinkerton", "Liberal Democrat", "Surrey Heath"),
    ]
    assert Counter(question.answering_body_text for question in questions) == {
        "Home Office": 6,
        "Ministry of Justice": 3,
        "Department for Work and Pensions": 1,
    }
    assert Counter((answer.answered_by_text, answer.answered_by_post_text) for answer in answers) == {
        ("Jess Phillips", "Parliamentary Under-Secretary (Home Office)"): 6,
        ("Nicholas Dakin", "Vice Chamberlain (HM Household) (Whip, House of Commons)"): 3,
        ("Andrew Western", "Parliamentary Under-Secretary (Department for Work and Pensions)"): 1,
    }
    assert all(question.text.startswith("To ask the Secretary of State") for question in questions)


def test_002_one_question_to_the_home_office_and_its_answer(read):
    parsed = read("002")
    assert parsed.document_kind == "bare_question"
    (question,), (answer,) = of(parsed, Question), of(parsed, Answer)
    assert question.answering_body_text == "Home Office"
    assert question.asked_by_text is None
    assert question.text.endswith("in person since 4 July 2024.")
    assert answer.answered_by_text is None
    assert answer.text.startswith("Sexual exploitation is a truly horrific crime.")
    assert answer.text.endswith("part of our VAWG.")


def test_003_the_debate_and_its_turns(read):
    parsed = read("003")
    (debate,) = of(parsed, Debate)
    assert parsed.published_on == debate.debated_on == dt.date(2024, 12, 3)
    assert (debate.title, debate.lead_member_text, debate.debate_type_text, debate.house) == (
        "Tackling Stalking",
        "Jess Phillips",
        "Ministerial Statement",
        "Commons",
    )
    assert debate.announced_contributor_count == 18
    questions, answers, turns = of(parsed, Question), of(parsed, Answer), of(parsed, Contribution)
    assert len(questions) == 17
    assert {question.question_type for question in questions} == {"debate"}
    assert [answer.question_ordinals for answer in answers] == [[ordinal] for ordinal in range(1, 18)]
    assert [turn.role for turn in turns] == ["statement", *["question", "reply"] * 17, "shadow"]
    assert all(turns[turn.reply_to_ordinal - 1].role == "question" for turn in turns if turn.role == "reply")
    assert turns[-1].speaker_text == "Matt Vickers"
    assert turns[-1].text.endswith("metrics for measuring success.")
    assert turns[0].text.startswith("Madam Deputy Speaker")


def test_003_speakers_as_printed(read):
    questions = of(read("003"), Question)
    assert [
        (question.asked_by_text, question.asked_by_party_text, question.asked_by_constituency_text)
        for question in questions
    ] == [
        ("Nusrat Ghani", "Con", "Wealden"),
        ("Caroline Flint", "Lab", "Dagenham"),
        ("Matt Vickers", "Con", "Stockton West"),
        ("Jo White", "Lab", "Bassetlaw"),
        ("Lisa Smart", "Lib Dem", "Hazel Grove"),
        ("Rachel Taylor", "Lab", "North Warwickshire and Bedworth"),
        ("Julian Lewis", "Con", "New Forest East"),
        ("Peter Swallow", "Lab", "Bracknell"),
        ("Jessica Brown-Fuller", "Lib Dem", "Chichester"),
        ("Jonathan Brash", "Lab", "Hartlepool"),
        (None, None, "Dwyfor Meirionnydd"),
        ("John Slinger", "Lab", "Rugby"),
        ("Claire Young", "Lib Dem", "Thornbury and Yate"),
        ("Jonathan Davies", "Lab", "Mid Derbyshire"),
        ("Luke Taylor", "Lib Dem", "Sutton and Cheam"),
        ("Tom Hayes", "Lab", "Bournemouth East"),
        ("Tim Roca", "Lab", "Macclesfield"),
    ]


def test_004_a_post_its_day_sections_and_quotes(read):
    parsed = read("004")
    assert parsed.title == "Home Office in the media blog: Tuesday 6 November"
    assert parsed.published_on == dt.date(2018, 11, 6)
    assert [section.heading for section in of(parsed, PostSection)] == [
        None,
        "Home Secretary to question tech giants",
        "Tackling knife crime",
    ]
    quotes = of(parsed, Quote)
    assert [(quote.speaker_text, quote.speaker_post_text, quote.is_block) for quote in quotes] == [
        (None, "Home Secretary", False),
        ("Sajid Javid", "Home Secretary", True),
        ("Victoria Atkins", "Crime Minister", False),
        (None, "Home Office spokesperson", True),
    ]
    assert [quote.text for quote in quotes if not quote.is_block] == ["is his mission", "more ruthless"]
    assert quotes[1].text.endswith("schemes to tackle the live-streaming of abuse.")
    assert "£200million" in quotes[3].text
    assert quotes[3].text.endswith("prey on our children.")
