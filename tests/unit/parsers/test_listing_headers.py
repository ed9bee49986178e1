"""The lines around a listing's questions are told apart in every order and form, or are refused with their place."""

import datetime as dt
import itertools
import textwrap

import pytest

from orderpaper.errors import ParseError
from orderpaper.records import Answer, Parsed, Question
from orderpaper.records.accounting import account
from orderpaper.sources.question_listing.parse import parse_text

ASKERS = {
    "ferries": ("Ann Otter", "Labour (Co-op)", "Kelham Vale (South)"),
    "trams": ("Bob Sand", "Green", "Washington and Gateshead South"),
    "bees": ("Lord Harrow", "Crossbench", "Life peer"),
}
LONG = "Today there are more of them than there have been in any of the last twenty years, and they are well kept."


def block(topic: str, above: list[str], answer: str = "", post: str = "Minister of State (Home Office)") -> str:
    return "\n".join(
        [*above, f"To ask the Minister, why {topic}.", f"Answered by Cy Dell - {post}", answer or LONG, ""]
    )


def headers(topic: str, label: str = "Asked by:") -> list[str]:
    name, party, seat = ASKERS[topic]
    return [
        "Written Question",
        f"On {topic}",
        "Thursday 16th May 2024",
        f"{label} {name} ({party} - {seat})",
        "Question to the Home Office:",
    ]


def read(text: str) -> Parsed:
    return account(parse_text(text))


def questions(parsed: Parsed) -> list[tuple[object, ...]]:
    return [
        (q.heading, q.asked_by_text, q.asked_by_party_text, q.asked_by_constituency_text, q.answering_body_text, q.text)
        for q in parsed.records
        if isinstance(q, Question)
    ]


def answers(parsed: Parsed) -> list[tuple[object, ...]]:
    found = (record for record in parsed.records if isinstance(record, Answer))
    return [(a.text, a.answered_by_text, a.answered_by_post_text, a.answered_on) for a in found]


RIGHT = [
    (f"On {topic}", *ASKERS[topic], "Home Office", f"To ask the Minister, why {topic}.")
    for topic in ("ferries", "trams")
]


def test_headers_in_any_order_are_read_or_refused() -> None:
    read_right = 0
    for order in itertools.permutations(range(5)):
        text = "".join(block(topic, [headers(topic)[place] for place in order]) for topic in ("ferries", "trams"))
        try:
            parsed = read(text)
        except ParseError:
            continue
        found = questions(parsed)
        assert all(question in RIGHT or question[1:] in [right[1:] for right in RIGHT] for question in found), order
        assert found == RIGHT or parsed.refusals, order
        assert all(text == LONG for text, *_ in answers(parsed)), order
        read_right += found == RIGHT and not parsed.refusals
    assert read_right >= 16


@pytest.mark.parametrize("label", ["Asked by:", "Tabled by:", "TABLED BY:", "Asked by", "Tabled by", "Asked by："])
def test_the_label_of_the_asker(label: str) -> None:
    text = "".join(block(topic, headers(topic, label)) for topic in ("ferries", "trams"))
    assert (questions(read(text)), read(text).refusals) == (RIGHT, [])


FORMS = ["{0} ({2} - {1})", "{0} MP ({2}, {1})", "{0}, {1}, {2}", "{0}, {2}, {1}", "{0} | {1} | {2}", "{0} ({1}) ({2})"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("topic", ASKERS)
def test_the_forms_of_the_asker(form: str, topic: str) -> None:
    asked = f"Asked by: {form.format(*ASKERS[topic])}"
    (found,) = questions(read(block(topic, [asked, "Question to the Home Office:"])))
    assert found[1:4] == ASKERS[topic]


@pytest.mark.parametrize(
    "printed",
    ["Otter, Ann (Labour)", "Ann Otter (Lyde - Ely)", "Ann Otter (Labour)", "Ann Otter (Green - Labour)"],
)
def test_an_asker_who_can_be_read_in_two_ways_is_refused(printed: str) -> None:
    text = block("bees", headers("bees")) + block("trams", [f"Asked by: {printed}", "Question to the Treasury:"])
    (refusal,) = read(text).refusals
    assert "expected “Asked by: NAME (PARTY - CONSTITUENCY)”, found" in refusal.reason


@pytest.mark.parametrize("uin", ["UIN hl571", "UIN HL 571", "Question number: Hl571", "UIN: hl 571"])
def test_the_number_of_a_question_of_the_lords_may_be_in_any_case(uin: str) -> None:
    """The number is no heading, also where the question has none."""
    for above in (headers("bees"), [line for line in headers("bees") if line != "On bees"]):
        parsed = read(block("bees", [*above[:-2], uin, *above[-2:]]))
        (question,) = (record for record in parsed.records if isinstance(record, Question))
        assert (question.uin, question.heading) == ("HL571", "On bees" if "On bees" in above else None)
        assert parsed.refusals == []


@pytest.mark.parametrize("uin", ["UIN {}", "UIN: {}", "Question number: {}", "uin {}", "UIN HL{}"])
@pytest.mark.parametrize("place", range(1, 5))
def test_the_number_of_a_question_is_its_uin(uin: str, place: int) -> None:
    lines = [headers(topic) for topic in ("ferries", "trams")]
    for number, above in enumerate(lines, start=100):
        above.insert(place, uin.format(number))
    parsed = read("".join(map(block, ("ferries", "trams"), lines)))
    assert (questions(parsed), parsed.refusals) == (RIGHT, [])
    found = [record.uin for record in parsed.records if isinstance(record, Question)]
    assert found == (["HL100", "HL101"] if "HL" in uin else ["100", "101"])


def test_a_number_under_the_answers_is_not_given_to_the_next_question() -> None:
    blocks = [block(topic, headers(topic)[3:]) + f"UIN {number}\n" for number, topic in enumerate(ASKERS, start=100)]
    try:
        parsed = read("".join(blocks))
    except ParseError as error:
        assert "UIN" in str(error)
    else:
        assert all(record.uin is None for record in parsed.records if isinstance(record, Question))


@pytest.mark.parametrize("number", ["{}.", "{})", "{}", "Question {}", "No. {}"])
@pytest.mark.parametrize("start", [0, 3])
def test_the_numbers_of_a_list_are_no_headings(number: str, start: int) -> None:
    topics = ["ferries", "trams"]
    text = "".join(
        block(topic, [number.format(count), *headers(topic)[start:]]) for count, topic in enumerate(topics, start=1)
    )
    parsed = read(text)
    assert [question[1:] for question in questions(parsed)] == [question[1:] for question in RIGHT]
    assert {question[0] for question in questions(parsed)} == ({None} if start else {"On ferries", "On trams"})
    assert ([text for text, *_ in answers(parsed)], parsed.refusals) == ([LONG, LONG], [])


@pytest.mark.parametrize("answer", ["3209", f"{LONG} It was:\n12", "North\t4\nSouth\t5\n362"])
def test_a_number_that_ends_an_answer_is_text(answer: str) -> None:
    text = block("ferries", headers("ferries"), answer) + block("trams", headers("trams"))
    assert [text for text, *_ in answers(read(text))] == [answer, LONG]


MENU = ["Sign in", "Menu", "Search", "Log in | Register", "Home > Parliament > Questions", "Accept all cookies", "Home"]


@pytest.mark.parametrize("start", [0, 3])
def test_a_menu_of_the_site_is_no_heading(start: int) -> None:
    for length, line in itertools.product((0, 2), MENU):
        above = [*MENU[:length], line]
        found = questions(read("\n".join([*above, block("ferries", headers("ferries")[start:])])))
        assert found[0][0] == (None if start else "On ferries")


@pytest.mark.parametrize("row", ["| 2023 | £4 million |", "- in Hull", "https://www.gov.uk/piers", "020 7946 0000"])
@pytest.mark.parametrize("start", [2, 3])
def test_a_row_or_an_item_above_a_question_is_no_heading(row: str, start: int) -> None:
    text = block("ferries", headers("ferries"), f"{LONG}\n{row}") + block("trams", headers("trams")[start:])
    found = read(text)
    assert row not in [question[0] for question in questions(found)]


TITLES = ["Minister of State (Department for Work and Pensions)", "Minister of State for the Home Department"]


@pytest.mark.parametrize("post", TITLES)
def test_a_label_that_is_wrapped_at_any_word_is_one_label(post: str) -> None:
    for topic, member in ASKERS.items():
        text = block(topic, headers(topic)[3:], post=post).replace("Home Office:", "Foreign and Home Office:")
        label = next(line for line in text.split("\n") if line.startswith("Answered"))
        for width in range(47, len(label)):
            lines = [part for line in text.split("\n") for part in textwrap.wrap(line, width, break_on_hyphens=False)]
            try:
                parsed = read("\n".join(lines))
            except ParseError:
                continue
            ((*_, asked),) = questions(parsed)
            assert " ".join(str(asked).split()) == f"To ask the Minister, why {topic}."
            assert questions(parsed)[0][1:4] == member
            ((answer, _, printed, _),) = answers(parsed)
            assert (" ".join(str(answer).split()), printed) == (LONG, post)


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ("Answer due 20 May 2024", dt.date(2024, 5, 20)),
        ("Answer is due on Monday 20th May 2024", dt.date(2024, 5, 20)),
        ("Due for answer by 20 May 2024", dt.date(2024, 5, 20)),
        ("This question has not been answered yet", None),
        ("This question has not yet been answered.", None),
        ("Not yet answered", None),
        ("Awaiting answer", None),
        ("Unanswered", None),
    ],
)
def test_a_line_in_the_place_of_an_answer_is_none(line: str, due: dt.date | None) -> None:
    asked = "\n".join([*headers("ferries"), "To ask the Minister, why ferries.", line, ""])
    for text in (asked, asked + block("trams", headers("trams")), asked.replace(headers("ferries")[3] + "\n", "")):
        parsed = read(text)
        question = next(record for record in parsed.records if isinstance(record, Question))
        assert (question.text, question.due_on) == ("To ask the Minister, why ferries.", due)
        assert line not in [text for text, *_ in answers(parsed)]
        assert parsed.refusals == []


@pytest.mark.parametrize("line", ["View answer", "Show full answer", "[View answer](https://example.org/1)"])
def test_an_answer_behind_a_link_is_refused(line: str) -> None:
    asked = "\n".join([*headers("ferries"), "To ask the Minister, why ferries.", line, ""])
    (refusal,) = read(asked + block("trams", headers("trams"))).refusals
    assert "leads to an answer that is not on the page" in refusal.reason


@pytest.mark.parametrize(
    "link", ["[Read more](https://example.org/1)", "Read more", "[Share on X](https://example.org)"]
)
def test_a_link_of_the_site_is_no_part_of_an_answer(link: str) -> None:
    text = "".join(block(topic, headers(topic), f"{LONG}\n{link}") for topic in ("ferries", "trams"))
    assert [text for text, *_ in answers(read(text))] == [LONG, LONG]


@pytest.mark.parametrize(
    "last",
    [
        "020 7946 0000",
        "Telephone: 0300 123 1234",
        "Call 116 123",
        "Home Office, 2 Marsham Street, London SW1P 4DF",
        "2 Marsham Street, London",
        "[The plan for piers](https://www.gov.uk/piers)",
        "The plan for piers - GOV.UK",
        "The plan for piers - GOV.UK (www.gov.uk)",
    ],
)
def test_an_answer_may_end_in_an_address_or_a_number_to_call(last: str) -> None:
    text = "".join(block(topic, headers(topic), f"{LONG}\n{last}") for topic in ("ferries", "trams"))
    parsed = read(text)
    assert ([text for text, *_ in answers(parsed)], parsed.refusals) == ([f"{LONG}\n{last}"] * 2, [])


DAY = dt.date(2024, 5, 16)


@pytest.mark.parametrize(
    "day", ["16/5/24", "16/05/2024", "16 May 24", "Thu 16 May", "16 May", "Answered on: Thu 16 May"]
)
@pytest.mark.parametrize("above", ["", "Written questions answered on 20 May 2024\n"])
def test_a_short_day_is_read_with_the_year_of_another(day: str, above: str) -> None:
    lines = {topic: headers(topic) for topic in ("ferries", "trams")}
    lines["ferries"][2] = day
    parsed = read(above + "".join(block(topic, lines[topic]) for topic in lines))
    assert ([day for *_, day in answers(parsed)], parsed.refusals) == ([DAY, DAY], [])


@pytest.mark.parametrize("day", ["Thu 16 May", "16 May", "Thursday 16 May"])
@pytest.mark.parametrize("other", ["Thursday 1 February 2024", "Thu 16 May", "On trams"])
def test_a_day_whose_year_no_other_tells_refuses_its_question(day: str, other: str) -> None:
    lines = {topic: headers(topic) for topic in ("ferries", "trams", "bees")}
    lines["ferries"][2], lines["trams"][2] = day, other
    lines["bees"][2] = "Thursday 8th February 2024"
    parsed = read("".join(block(topic, lines[topic]) for topic in lines))
    (refusal, *_) = parsed.refusals
    assert f"the day {day} has no year, and no other day near it tells which; add its year" in refusal.reason
    assert len(answers(parsed)) == 3 - len(parsed.refusals)


def test_a_day_in_an_answer_tells_no_year() -> None:
    lines = headers("ferries")
    lines[2] = "Thu 16 May"
    answer = "They ran from:\n3 March 2019\nand from later days."
    with pytest.raises(ParseError, match="the day Thu 16 May has no year"):
        read(block("ferries", lines, answer))
