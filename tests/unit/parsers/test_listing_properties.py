"""A listing that is printed is parsed to the same questions. A listing that is cut is refused or still complete."""

import datetime as dt
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orderpaper.errors import ParseError
from orderpaper.records import Answer, Question
from orderpaper.records.accounting import account
from orderpaper.sources.question_listing.parse import parse_text

EXAMPLES = Path(__file__).with_name("examples") / "question_listing"
NAMES = st.sampled_from(
    ["Odette Farnsworth", "Morwenna Tregear-O'Hare", "Lord Pemberley of Coldharbour", "Zoë Ní Bhriain"]
)
PARTIES = st.sampled_from(["Labour (Co-op)", "Liberal Democrat", "Non-affiliated", "Social Democratic & Labour Party"])
SEATS = st.sampled_from(
    ["Kelham Vale (South)", "Lyde, Stowe and West Quay", "Ross-on-the-Water", "Life peer", "Ynys Wen"]
)
POSTS = st.sampled_from(
    [None, "Minister of State (Rail - Freight)", "Comptroller (HM Household) (Whip, House of Commons)"]
)
BODIES = st.sampled_from(["Home Office", "Department for Culture, Media & Sport", "Ministry of Defence"])
HEADINGS = st.sampled_from([None, "Ferries: Concessions", "Libraries (England)", "HS2"])
SENTENCES = st.text(st.characters(categories=["Ll", "Lu", "Nd", "Sc"], include_characters=" ,;-()£"), max_size=60).map(
    lambda words: f"It is said that {' '.join(words.split())} or so."
)


@st.composite
def blocks(draw):
    day = draw(st.none() | st.dates(dt.date(2010, 1, 1), dt.date(2030, 1, 1)))
    is_answered = draw(st.booleans())
    return {
        "heading": draw(HEADINGS) if day else None,
        "day": day,
        "asker": (draw(NAMES), draw(PARTIES), draw(SEATS)),
        "body": draw(BODIES),
        "question": f"To ask the Secretary of State, whether {draw(SENTENCES)}",
        "answerer": (draw(NAMES), draw(POSTS)) if is_answered else None,
        "answer": draw(st.lists(SENTENCES, min_size=1, max_size=3)) if is_answered else [],
    }


def printed(block, has_marker, gap):
    name, party, seat = block["asker"]
    lines = ["Written Question"] if has_marker else []
    lines += [block["heading"]] if block["heading"] else []
    if block["day"]:
        suffix = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}.get(block["day"].day, "th")
        lines.append(f"{block['day']:%A} {block['day'].day}{suffix} {block['day']:%B %Y}")
    lines += [f"Asked by: {name} ({party} - {seat})", f"Question to the {block['body']}:", block["question"]]
    if block["answerer"]:
        answerer, post = block["answerer"]
        lines += [f"Answered by {answerer}" + (f" - {post}" if post else ""), *block["answer"]]
    return gap.join(lines)


@settings(deadline=None, max_examples=150)
@given(
    st.lists(blocks(), min_size=1, max_size=6, unique_by=repr),
    st.booleans(),
    st.sampled_from(["\n", "\n\n", "\n \u00a0\n"]),
)
def test_a_printed_listing_is_read_back(listing, has_marker, gap):
    text = gap.join(printed(block, has_marker, gap) for block in listing)
    parsed = parse_text(text)
    questions = [record for record in parsed.records if isinstance(record, Question)]
    answers = {record.question_ordinals[0]: record for record in parsed.records if isinstance(record, Answer)}
    assert [
        {
            "heading": question.heading,
            "asker": (question.asked_by_text, question.asked_by_party_text, question.asked_by_constituency_text),
            "body": question.answering_body_text,
            "question": question.text,
        }
        for question in questions
    ] == [{key: block[key] for key in ("heading", "asker", "body", "question")} for block in listing]
    for question, block in zip(questions, listing, strict=True):
        answer = answers.get(question.ordinal)
        assert (answer is not None) == bool(block["answerer"])
        if answer:
            assert (answer.answered_by_text, answer.answered_by_post_text) == block["answerer"]
            assert answer.answered_on == block["day"]
            assert answer.text == gap.join(block["answer"])
        assert (question.house == "Lords") == (block["asker"][2] == "Life peer")
    for record in parsed.records:
        assert record.text == text[record.char_start : record.char_end]


@pytest.mark.parametrize("name", ["full_format.txt", "short_format.txt", "bare_question.txt"])
def test_a_listing_cut_anywhere_is_refused_or_complete(name):
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    whole = parse_text(text).records
    refused = 0
    for end in range(len(text)):
        try:
            parsed = parse_text(text[:end])
        except ParseError:
            refused += 1
            continue
        records = parsed.records
        refused += bool(parsed.refusals)
        last = records[-1]
        assert records[:-1] == whole[: len(records) - 1]
        assert whole[len(records) - 1].text.startswith(last.text)
        assert last.text.endswith((".", ")", "?")) or any(intro in last.text for intro in ("follows:\n", "review:\n"))
    assert refused > len(text) / 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Asked by:\nQuestion to the Home Office:\nTo ask the Minister, why.", "line 1: expected “Asked by: NAME"),
        (
            "Asked by: A B (Labour - Ely)\nAsked by: A B (Labour - Ely)\n16 May 2024\n"
            "Asked by: A B (Labour - Ely)\nQuestion to the Home Office:\nTo ask, why.",
            "line 1: “Asked by” is not followed by",
        ),
        ("Asked by: A B (Labour)\nQuestion to the Home Office:\nTo ask, why.", "PARTY - CONSTITUENCY"),
        ("Asked by: A B (Labour - )\nQuestion to the Home Office:\nTo ask, why.", "PARTY - CONSTITUENCY"),
        (
            "Asked by: A B (Labour - Ely)\nTo ask the Minister, why.\nQuestion to the Home Office:\nTo ask.",
            "not followed",
        ),
        ("Question to the Home Office:\nAnswered by A B - Minister\nYes.", "has no question under it"),
        ("Question to the Home Office:\nTo ask, why.\nAnswered by A B - Minister", "has no answer under it"),
        ("Question to the Home Office:\nTo ask, why.\nAnswered by\nYes.", "expected “Answered by NAME - POST”"),
        ("Question to the Home Office:\nTo ask, why.\nAnswered by A B - X\nYes.\nAnswered by C D - Y", "a second"),
        ("Question to the Home Office:\nWhy is that.", "begins with “To ask”"),
        ("It ended so.\nQuestion to the Home Office:\nTo ask, why.", "before the first question"),
        ("ur - Ely)\nQuestion to the Home Office:\nTo ask, why.", "before the first question"),
        ("Asked by: A B (Labour - Ely)\nQuestion to the Home Office:\nTo ask, why.\nBecause.", "no line “Answered by”"),
        ("Question to the Home Office:\nTo ask, why.\nYes.\nWritten Question\nBees", "but none follows"),
        (
            "Monday 16th May 2024\nQuestion to the Home Office:\nTo ask, why.",
            "no such day",
        ),
        ("Question to the Home Office:\nTo ask the Minister, why the", "stops in the middle of a sentence"),
    ],
)
def test_what_is_half_a_listing_is_refused_with_its_place(text, reason):
    try:
        message = parse_text(text).refusals[0].reason
    except ParseError as error:
        message = str(error)
    assert re.match(r"line [0-9]+: ", message)
    assert reason in message


ASKED = "Asked by: A B (Labour - Ely)"
FERRIES = f"{ASKED}\nQuestion to the Home Office:\nTo ask, why ferries.\nAnswered by C D - Minister\nBecause."
TRAMS = f"{ASKED}\nQuestion to the Treasury:\nTo ask, why trams.\nAnswered by E F - Minister\nSo."


def read(text):
    """Return what is read of each question, and the first lines of what is refused."""
    parsed = account(parse_text(text))
    answers = {record.question_ordinals[0]: record for record in parsed.records if isinstance(record, Answer)}
    found = [
        (
            record.heading,
            record.answering_body_text,
            record.text,
            answers[record.ordinal].answered_on if record.ordinal in answers else None,
        )
        for record in parsed.records
        if isinstance(record, Question)
    ]
    return found, [(refusal.address, refusal.text.split("\n")[0]) for refusal in parsed.refusals]


def test_a_question_that_is_not_understood_costs_only_itself():
    odd = "Asked by: A B (Labour\nQuestion to the Home Office:\nTo ask, why bees.\nAnswered by C D\nBecause."
    found, refused = read(f"{FERRIES}\n{odd}\n{TRAMS}")
    assert [text for _, _, text, _ in found] == ["To ask, why ferries.", "To ask, why trams."]
    assert refused == [("line 6", "Asked by: A B (Labour")]


def test_what_a_site_prints_above_its_list_is_left_out_and_other_text_is_refused():
    blurb = "Harbour Watch\nWritten Questions\nKeep up to date with our alerts.\nSign up to receive them by e-mail.\n"
    assert read(f"{blurb}Written Question\n{FERRIES}") == ([(None, "Home Office", "To ask, why ferries.", None)], [])
    assert read(f"It ended so.\n{FERRIES}")[1] == [("line 1", "It ended so.")]


def test_a_question_may_be_put_to_no_department():
    bare = FERRIES.replace("Question to the Home Office:", "Question")
    assert read(f"{bare}\n{TRAMS}")[0] == [
        (None, None, "To ask, why ferries.", None),
        (None, "Treasury", "To ask, why trams.", None),
    ]


@pytest.mark.parametrize(
    "layout",
    [
        "Written Question\nFerries\n16 May 2024\n{asked}",
        "Ferries\nWritten Question\n16 May 2024\n{asked}",
        "Written Question\nFerries\n{asked}\nThursday 16th May 2024",
        "Ferries\n{asked}\nThursday 16th May 2024",
        "Ferries\n16 May 2024\n{asked}",
    ],
)
def test_heading_and_day_may_stand_around_the_asker(layout):
    ferries, trams = (text.replace(ASKED, layout.format(asked=ASKED)) for text in (FERRIES, TRAMS))
    found, refused = read(f"{ferries}\n{trams}")
    assert found == [
        ("Ferries", "Home Office", "To ask, why ferries.", date(2024, 5, 16)),
        ("Ferries", "Treasury", "To ask, why trams.", date(2024, 5, 16)),
    ]
    assert not refused


@pytest.mark.parametrize("line", ["Question", "Question:", "Question to:"])
def test_a_question_may_be_put_to_nobody_in_several_ways(line):
    text = f"Asked by: A B (Labour - Life peer)\n{line}\nTo ask, why trams.\nAnswered by C D\nBecause."
    (question, _) = account(parse_text(text)).records
    assert (question.answering_body_text, question.text) == (None, "To ask, why trams.")


def test_what_a_site_prints_between_and_below_its_questions_is_no_answer():
    blurb = "View sample alert\nKeep up to date with our options to receive notifications direct to your inbox"
    found, refused = read(f"{blurb}\n{FERRIES}\n{blurb}\n{TRAMS}\n{blurb}\n")
    assert (found, refused) == read(f"{FERRIES}\n{TRAMS}\n")
    answers = [record.text for record in parse_text(f"{FERRIES}\n{blurb}\n").records if isinstance(record, Answer)]
    assert not any("alert" in answer for answer in answers)


def test_a_heading_may_stand_between_the_blurb_of_a_site_and_the_label():
    (question, _) = account(
        parse_text(
            "View sample alert\nTrams: Fares\nWritten Question\nAsked by: A B (Labour - Lyde)\nQuestion\nTo ask, why.\n"
            "Answered by C D\nBecause."
        )
    ).records
    assert question.heading == "Trams: Fares"


@pytest.mark.parametrize(
    ("seat", "house"), [("Bishop Auckland", "Commons"), ("Bishops", "Lords"), ("Bishop of Lyde", "Lords")]
)
def test_a_seat_of_which_bishop_is_a_part_is_in_the_commons(seat, house):
    text = f"Asked by: A B (Labour - {seat})\nQuestion to the Treasury:\nTo ask, why trams.\nAnswered by C D\nBecause."
    (question, _) = account(parse_text(text)).records
    assert question.house == house
