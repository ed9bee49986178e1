"""The header of a saved sitting gives its day, and a tabled question counts however it is printed, or is refused."""

import datetime as dt

import pytest

from orderpaper.errors import ParseError
from orderpaper.records import Contribution, Debate, Question
from orderpaper.records.accounting import account
from orderpaper.sources.oral_sitting.parse import parse_text

SITTING = "What steps his Department is taking to lower harbour dues.\nWe have cut them by £3 million.\n"


@pytest.mark.parametrize(
    ("header", "day", "heading"),
    [
        ("Tuesday 11 March 2025\nHarbours", dt.date(2025, 3, 11), "Harbours"),
        ("Harbours\n11/03/2025", dt.date(2025, 3, 11), "Harbours"),
        ("Harbours\n25/03/2025", dt.date(2025, 3, 25), "Harbours"),
        ("Harbours\nVolume 763: debated on Tuesday 11 March 2025", dt.date(2025, 3, 11), "Harbours"),
        ("\N{ZERO WIDTH SPACE}Tuesday 11 March 2025\nHarbours", dt.date(2025, 3, 11), "Harbours"),
        ("Floods of 2 January 2024", None, "Floods of 2 January 2024"),
        ("Storm Isha, 21 January 2024: Repairs", None, "Storm Isha, 21 January 2024: Repairs"),
        ("Tuesday 11 March 2025\nFloods of 2 January 2024", dt.date(2025, 3, 11), "Floods of 2 January 2024"),
        ("Tuesday 11 March 2025\n11 March 2025", dt.date(2025, 3, 11), None),
        ("Hansard > Commons: 11 March 2025 > Harbours\nTuesday 11 March", dt.date(2025, 3, 11), None),
        ("Harbours\n11/3/25", dt.date(2025, 3, 11), "Harbours"),
    ],
)
def test_only_the_line_of_the_day_dates_a_sitting(header, day, heading):
    parsed = account(parse_text(f"{header}\n{SITTING}"))
    (debate,) = (record for record in parsed.records if isinstance(record, Debate))
    (question,) = (record for record in parsed.records if isinstance(record, Question))
    assert (parsed.published_on, debate.debated_on, question.due_on, question.heading) == (day, day, day, heading)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Monday 11 March 2025", "there is no such day"),
        ("Volume 763: debated on 31 February 2025", "there is no such day"),
        ("Volume 763: debated on a Tuesday", "in no form that is read"),
        ("05/16/2024", "there is no such day"),
        ("2025/03/11", "in no form that is read"),
        ("Tuesday 11 March", "has no year"),
        ("11 March 9999", "is not between 1800 and 2100"),
    ],
)
def test_a_line_of_the_day_that_gives_none_is_refused(line, reason):
    parsed = account(parse_text(f"{line}\nHarbours\n{SITTING}"))
    (refusal,) = parsed.refusals
    assert (parsed.published_on, refusal.text) == (None, line)
    assert reason in refusal.reason


@pytest.mark.parametrize(
    "between",
    [
        "Wednesday 12 March 2025\nPiers\n",
        "Piers\n12/03/2025\n",
        "House of Commons Hansard\nPiers\nVolume 763: debated on Wednesday 12 March 2025\n",
        "Skip to main content\nPiers\n",
        "Tuesday 11 March 2025\n",
    ],
)
def test_two_sittings_in_a_file_are_refused(between):
    with pytest.raises(ParseError, match=r"line [5-7]: another sitting begins here"):
        parse_text(f"Tuesday 11 March 2025\nHarbours\n{SITTING}{between}{SITTING}")


def test_a_day_within_an_answer_is_a_part_of_it():
    answer = "We cut them on these days:\n11 March 2025\n12 March 2025\nNone has been cut since."
    parsed = account(parse_text(f"{SITTING}{answer}\n"))
    turns = [record.text for record in parsed.records if isinstance(record, Contribution)]
    assert "\n".join(turns).endswith(answer)
    assert parsed.published_on is None


def test_a_question_with_invisible_characters_is_read():
    parsed = account(parse_text(SITTING.replace("steps", "st\N{SOFT HYPHEN}eps").replace("What", "\ufeffWhat")))
    (question,) = (record for record in parsed.records if isinstance(record, Question))
    assert question.text == "What st\N{SOFT HYPHEN}eps his Department is taking to lower harbour dues."
    assert question.text == parsed.text[question.char_start : question.char_end]


SECOND = "How many berths there are in each harbour."


@pytest.mark.parametrize(
    "form", ["{}", "2. {}", "2) {}", "• {}", "> {}", "- 2. {}", "Q2. {}", "{} (901234)", "{} [901234]"]
)
def test_a_tabled_question_is_read_in_each_form(form):
    parsed = account(parse_text(f"{SITTING}{form.format(SECOND)}\nThere are 412 berths.\n"))
    questions = [record.text for record in parsed.records if isinstance(record, Question)]
    assert questions == [SITTING.split("\n", maxsplit=1)[0], SECOND]
    assert parsed.refusals == []


@pytest.mark.parametrize(
    "odd", [SECOND.removesuffix("."), f"{SECOND} (No. 12)", f"{SECOND.removesuffix('.')} (901234)"]
)
@pytest.mark.parametrize("below", ["", "Piers\nWhat steps he is taking to mend piers.\nWe mend them.\n"])
def test_a_tabled_question_in_another_form_is_not_a_part_of_the_answer_above(odd, below):
    last = "What steps he is taking to mend nets.\nWe mend nets.\n"
    parsed = account(parse_text(f"{last}{SITTING}{odd}\nThere are 412 berths.\n{below}"))
    (refusal,) = parsed.refusals
    assert SITTING in refusal.text
    assert "a question without its full stop" in refusal.reason
    assert len([record for record in parsed.records if isinstance(record, Question)]) == 1 + bool(below)


HEADS = [
    "Volume 763",
    "Commons Chamber",
    "House of Commons",
    "- Volume 763: debated on Tuesday 11 March 2025",
    "UK Parliament > Hansard > Commons: 11 March 2025 > Harbours",
    "Oral Answers to Questions",
    "The House met at half-past Eleven o’clock",
    "PRAYERS",
    "[Mr Speaker in the Chair]",
]


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("lines", ["{}\nHarbours\nTuesday 11 March 2025", "Harbours\n{}\nTuesday 11 March 2025"])
def test_the_lines_of_a_page_are_no_heading(lines, head):
    parsed = account(parse_text(f"{lines.format(head)}\n{SITTING}"))
    (question,) = (record for record in parsed.records if isinstance(record, Question))
    assert (question.heading, parsed.published_on, parsed.refusals) == ("Harbours", dt.date(2025, 3, 11), [])


@pytest.mark.parametrize("head", [head for head in HEADS if "March" in head])
def test_a_day_in_the_path_of_a_page_or_in_a_list_dates_the_sitting(head):
    parsed = account(parse_text(f"{head}\nHarbours\n{SITTING}"))
    assert (parsed.published_on, parsed.refusals) == (dt.date(2025, 3, 11), [])


@pytest.mark.parametrize(("line", "house"), [("House of Lords", "Lords"), ("Commons Chamber", "Commons")])
def test_a_header_names_the_house(line, house):
    (debate,) = (each for each in parse_text(f"{line}\nHarbours\n{SITTING}").records if isinstance(each, Debate))
    assert debate.house == house


def test_a_long_line_goes_on_in_the_next_and_a_question_in_its_number():
    text = (
        "What steps his Department is taking with the authorities of the Home\nCounties to lower harbour dues there.\n"
        "(901234)\nWe have cut the dues by £3 million, and we will meet the members of\nParliament for the south coast."
    )
    parsed = account(parse_text(text))
    (question,) = (record for record in parsed.records if isinstance(record, Question))
    turns = [record for record in parsed.records if isinstance(record, Contribution)]
    assert (question.uin, len(turns), parsed.refusals) == ("901234", 2, [])


EXCHANGES = [f"{topic}\n{SITTING.replace('harbour dues', topic.lower())}" for topic in ("Harbours", "Piers", "Nets")]
NAMES = ["Harbour Watch", "Subject: Monday’s questions", "Harbour Watch\nParliament for everyone"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("above", ["", "Menu\n", "Log in | Register\n", "Monday 10 March 2025\n"])
def test_the_name_of_a_site_above_a_sitting_is_no_heading(name, count, above):
    for text in (f"{above}{name}\n", f"{name}\n{above}"):
        parsed = account(parse_text(text + "".join(EXCHANGES[:count])))
        headings = [record.heading for record in parsed.records if isinstance(record, Question)]
        assert headings == ["Harbours", "Piers", "Nets"][:count]
        assert [refusal.text for refusal in parsed.refusals] == name.split("\n")


@pytest.mark.parametrize("name", ["Home Department", "CABINET OFFICE", "Department for Transport"])
def test_a_department_above_the_first_question_is_in_its_heading(name):
    parsed = account(parse_text(f"{name}\n{''.join(EXCHANGES)}"))
    headings = [record.heading for record in parsed.records if isinstance(record, Question)]
    assert headings == [f"{name}: Harbours", "Piers", "Nets"]
    assert parsed.refusals == []


def test_a_heading_that_is_printed_twice_is_one():
    text = "".join(exchange.split("\n", 1)[0] + "\n" + exchange for exchange in EXCHANGES)
    parsed = account(parse_text(text))
    headings = [record.heading for record in parsed.records if isinstance(record, Question)]
    assert (headings, parsed.refusals) == (["Harbours", "Piers", "Nets"], [])


TITLES = [
    "The Parliamentary Under-Secretary of State for the Home Department",
    "The Secretary of State for Environment, Food and Rural Affairs",
    "Minister for Harbours",
    "The Solicitor General",
    "Parliamentary Under-Secretary of State for Transport",
]
SAID = "My hon. Friend is right.\nWe mend piers at Thurlby and at Stowe, and we will go on with it for some years yet."


@pytest.mark.parametrize("title", TITLES)
def test_the_title_of_who_speaks_is_no_word_of_a_turn_in_any_place(title):
    lines = f"{EXCHANGES[0]}{SAID}".split("\n")
    for place in range(2, len(lines)):
        text = "\n".join([*lines[:place], title, *lines[place:]])
        parsed = account(parse_text(f"{text}\n{EXCHANGES[1]}"))
        assert not [each for each in parsed.records if title in " ".join((getattr(each, "text", "") or "").split())]
        assert any(title in " ".join(refusal.text.split()) for refusal in parsed.refusals)


@pytest.mark.parametrize("line", ["Operation Otter: Phase Two is in all ports.", "Project Quince: Nets are sold."])
def test_the_name_of_an_operation_says_nothing_in_any_place(line):
    lines = f"{EXCHANGES[0]}{SAID}".split("\n")
    for place in range(3, len(lines) + 1):
        parsed = account(parse_text("\n".join([*lines[:place], line, *lines[place:]]) + f"\n{EXCHANGES[1]}"))
        assert parsed.refusals == []
        assert any(isinstance(each, Contribution) and line in each.text for each in parsed.records)
