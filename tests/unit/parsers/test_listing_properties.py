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
    blurb = "Skip to content\nWritten Questions\nKeep up to date with our alerts.\nSign up to receive them by e-mail.\n"
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


PAIR = (FERRIES, TRAMS.replace("A B", "G H"))
INVISIBLE = ["\N{ZERO WIDTH SPACE}", "\ufeff", "\N{SOFT HYPHEN}", "\N{RIGHT-TO-LEFT MARK}", "\u202a", "\N{WORD JOINER}"]


@pytest.mark.parametrize(
    "change",
    [
        *(lambda text, mark=mark: text.replace("Asked by", f"{mark}Asked by") for mark in INVISIBLE),
        *(lambda text, mark=mark: text.replace("Answered by", f"Ans{mark}wered by") for mark in INVISIBLE),
        *(lambda text, mark=mark: text.replace("Question to", f"{mark}Question{mark} to") for mark in INVISIBLE),
        *(lambda text, mark=mark: text.replace("To ask", f"{mark}To ask") for mark in INVISIBLE),
        lambda text: text.replace("Asked by", "Asked By").replace("Answered by", "Answered By"),
        lambda text: text.replace("Asked by", "ASKED BY").replace("Answered by", "ANSWERED BY"),
        lambda text: text.replace("Question to the", "QUESTION TO THE"),
        lambda text: text.replace("Asked by:", "asked by:").replace("Answered by", "answered by:"),
        lambda text: text.replace("Asked by:", "Asked by"),
        lambda text: text.replace("Answered by", "Answered by:"),
        lambda text: text.replace(":", "："),
        lambda text: text.replace(" ", "\N{NO-BREAK SPACE}"),
        lambda text: text.replace("Asked by", "\N{ZERO WIDTH SPACE}\nAsked by"),
    ],
)
def test_a_label_is_recognised_however_it_is_printed(change):
    first, second = PAIR
    whole = account(parse_text(f"{first}\n{second}")).records
    for text in (change(f"{first}\n{second}"), f"{first}\n{change(second)}"):
        parsed = account(parse_text(text))
        assert not parsed.refusals
        for found, expected in zip(parsed.records, whole, strict=True):
            assert " ".join(found.text.split()).removeprefix("\u200b") == expected.text
            for name in (
                "asked_by_text",
                "asked_by_constituency_text",
                "answering_body_text",
                "answered_by_text",
                "house",
            ):
                assert getattr(found, name, None) == getattr(expected, name, None)


@pytest.mark.parametrize(
    "label", ["Put by: G H (Labour - Ely)", "From G H (Labour - Ely)", "Asker: G H", "Asked to: G H"]
)
def test_a_question_without_the_label_of_the_others_is_refused_with_what_is_above_it(label):
    second = TRAMS.replace(ASKED, label)
    third = TRAMS.replace("A B", "G H").replace("trams", "bees")
    found, refused = read(f"{FERRIES}\n{second}\n{third}")
    assert [text for _, _, text, _ in found] == ["To ask, why bees."]
    assert refused[0][0] == "line 1"
    assert refused[1][1] in (label, "Question to the Treasury:")


@pytest.mark.parametrize(
    "inserted",
    [
        "Asked by: the hon. Member to publish them.",
        "Question to the Minister:",
        "Written Question\nIt cost £3 million.",
    ],
)
def test_an_answer_that_goes_on_below_a_line_like_a_label_is_refused(inserted):
    text = FERRIES.replace("Because.", f"The figures follow.\n{inserted}\nSo it is.")
    try:
        parsed = account(parse_text(text))
    except ParseError as error:
        assert "may go on below" in str(error)
    else:
        assert not parsed.records


@pytest.mark.parametrize(
    ("day", "date_or_reason"),
    [
        ("16 Sept 2024", date(2024, 9, 16)),
        ("16/05/2024", date(2024, 5, 16)),
        ("16.05.2024", date(2024, 5, 16)),
        ("2024-05-16", date(2024, 5, 16)),
        ("THURSDAY 16TH MAY 2024", date(2024, 5, 16)),
        ("16 May 24", date(2024, 5, 16)),
        ("16/5/24", date(2024, 5, 16)),
        ("16 Mai 2024", "in no form that is read"),
        ("05/06/2024", date(2024, 6, 5)),
        ("Friday 16th May 2024", "there is no such day"),
        ("16 May", "has no year"),
        ("16 May 0023", "is not between 1800 and 2100"),
    ],
)
@pytest.mark.parametrize("layout", ["Written Question\nBees\n{day}\n{asked}", "{asked}\n{day}", "Bees\n{day}\n{asked}"])
def test_the_day_of_a_question_is_read_or_refused(layout, day, date_or_reason):
    second = TRAMS.replace(ASKED, layout.format(day=day, asked=ASKED))
    parsed = account(parse_text(f"{FERRIES}\n{second}"))
    answers = [record for record in parsed.records if isinstance(record, Answer)]
    assert answers[0].text == "Because."
    if isinstance(date_or_reason, date):
        assert (answers[1].answered_on, parsed.refusals) == (date_or_reason, [])
    else:
        (refusal,) = parsed.refusals
        assert date_or_reason in refusal.reason


@pytest.mark.parametrize(
    "text",
    [
        "Hull £3 million",
        "Hull\t£3,000,000\nLeeds\t£4,000,000",
        "Harbour Watch",
        "Answered by E F - Minister",
        "So it is.",
    ],
)
def test_text_above_the_first_question_is_refused_if_no_rule_names_it(text):
    found, refused = read(f"{text}\nWritten Question\nFerries\n{FERRIES}")
    assert found == [("Ferries", "Home Office", "To ask, why ferries.", None)]
    assert [line for _, line in refused] == text.split("\n")


@pytest.mark.parametrize(
    "sentence",
    [
        "Receive notifications of floods from the free service, which costs £3 million.",
        "Use and misuse of passes cost £3 million last year.",
        "To match an exact sum, the rate was changed.",
        "Sign up to the service is open to all by e-mail or in person, at a cost of £3 million.",
        "Show filters were fitted.",
        "Search",
        "Read more",
    ],
)
def test_a_sentence_of_an_answer_that_begins_like_a_line_of_a_site_is_kept(sentence):
    for answer in (f"{sentence}\nSo it is.", f"So it is.\n{sentence}\nSo it was."):
        parsed = parse_text(f"{FERRIES.replace('Because.', answer)}\n{TRAMS}")
        assert next(record.text for record in parsed.records if isinstance(record, Answer)) == answer


@pytest.mark.parametrize(
    ("asker", "to", "house"),
    [
        ("Lord Ash", "the Secretary of State", None),
        ("Lord Ash", "His Majesty's Government", "Lords"),
        ("Baroness Ash of Elm", "the Minister", None),
        ("The Lord Bishop of Lyde", "the Minister", None),
        ("Jo Ash", "the Senior Deputy Speaker", "Lords"),
        ("Jo Ash", "the Prime Minister", "Commons"),
        ("Jo Ash", "the Leader of the House", None),
    ],
)
def test_the_house_is_what_the_listing_says_or_unknown(asker, to, house):
    text = f"Asked by: {asker}\nQuestion to the Treasury:\nTo ask {to}, why.\nAnswered by C D\nBecause."
    (question, _) = account(parse_text(text)).records
    assert question.house == house


@pytest.mark.parametrize("answer", ["-", "…", "\N{ZERO WIDTH SPACE}", "*"])
def test_an_answer_without_words_is_refused(answer):
    with pytest.raises(ParseError, match="has no answer under it"):
        parse_text(FERRIES.replace("Because.", answer))


def test_two_questions_under_one_label_are_refused():
    with pytest.raises(ParseError, match="line 4: a second question"):
        parse_text(FERRIES.replace("why ferries.", "why ferries.\nTo ask the Minister, why trams."))


@pytest.mark.parametrize(
    "label", ["Answer given by C D", "Answer:", "Reply", "Replied by C D - Minister", "answered by C D"]
)
@pytest.mark.parametrize("stop", [".", ""])
def test_an_answer_under_an_unknown_label_is_not_a_part_of_its_question(label, stop):
    odd = f"{ASKED}\nQuestion to the Treasury:\nTo ask, why bees{stop}\n{label}\nThey cost £3 million."
    found, refused = read(f"{FERRIES}\n{odd}\n{TRAMS}")
    assert [text for _, _, text, _ in found] == ["To ask, why ferries.", "To ask, why trams."]
    assert refused == [("line 6", ASKED)]


def test_the_label_of_the_answerer_at_the_end_of_the_question_is_not_a_part_of_it():
    with pytest.raises(ParseError, match="line 3: expected “Answered by NAME - POST”"):
        parse_text(FERRIES.replace("ferries.\n", "ferries. "))


def test_a_question_without_any_label_is_not_a_part_of_the_answer_above():
    bare = "Question to the Treasury:\nTo ask the Minister, why bees.\nBecause.\n"
    with pytest.raises(ParseError, match="line 5: a second question"):
        parse_text(f"{bare}Question for the Treasury\nTo ask the Minister, why trams.\nSo.")


def test_what_a_site_offers_is_left_out_above_a_question_and_is_text_elsewhere():
    offer = "Keep up to date with the latest by exploring our newsletters."
    asked = "Written Question\nAsked by: A B (Labour - Kelham)\nQuestion to the Home Office:\nTo ask, why bees."
    told = f"{asked}\nAnswered by C D"
    ways = "People are told in these ways.\nSign up to flood warnings by e-mail."
    for text, answers in (
        (f"{told}\nBecause.\n{offer}\n{told}\nSo.\n{offer}", ["Because.", "So."]),
        (f"{told}\n{ways}", [ways]),
        (f"{told}\nBecause.\n{offer}\nThat is all.", [f"Because.\n{offer}\nThat is all."]),
    ):
        parsed = account(parse_text(text))
        assert [record.text for record in parsed.records if isinstance(record, Answer)] == answers
        assert parsed.refusals == []


def test_an_answerer_with_a_day_is_refused():
    asked = "Asked by: A B (Labour - Kelham)\nQuestion to the Home Office:\nTo ask, why bees."
    with pytest.raises(ParseError, match="expected “Answered by NAME - POST”"):
        parse_text(f"{asked}\nAnswered by C D on 24 May 2024\nBecause.")


@pytest.mark.parametrize("head", ["1\nWritten Question\nBees", "1."])
def test_numbered_questions_without_asker_and_addressee_are_no_listing(head):
    with pytest.raises(ParseError, match="a line “Question to the …:” is missing"):
        parse_text(f"{head}\nAnswered by A B\n4 November 2024\nBecause.")
