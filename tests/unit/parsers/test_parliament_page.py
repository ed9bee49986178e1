"""Pages of questions on questions-statements.parliament.uk are read, pasted as text or saved, in each order."""

import datetime as dt
import html
import itertools

import pytest
from test_saved_layouts import dropped

from orderpaper.errors import ParseError
from orderpaper.records import Answer, Parsed, Question

ASKERS = {
    "Commons": ["Ann Otter", "Labour", "Ely", "Commons"],
    "Lords": ["Baroness Thistlewood of Easby", "Crossbench", "Life peer", "Lords"],
}
ANSWERER = ["Dame Bo Sand", "Labour", "Hull East", "Commons"]
ANSWER = ["There are 12 officers.", "There were 11 before."]
QUESTION = "To ask the Secretary of State for the Home Department, how many officers there are."


def page(asker: list[str], *, labels: bool, card_first: bool, beside: bool, office: bool = False) -> list[str]:
    card = [*ANSWERER[:1], *(["Minister of State"] if office else []), *ANSWERER[1:]]
    day = ["Answered on 11 November 2024"] if beside else ["Answered on", "11 November 2024"]
    answered = [*card, *day] if card_first else [*day, *card]
    return [
        "Police: Recruitment",
        "Question for Home Office",
        "UIN 12345, tabled on 4 November 2024",
        *(["Question"] if labels else []),
        *asker,
        QUESTION,
        *(["Answer"] if labels else []),
        *answered,
        *ANSWER,
    ]


def check(parsed: Parsed, asker: list[str], post: str | None = None) -> None:
    questions = [record for record in parsed.records if isinstance(record, Question)]
    (answer,) = (record for record in parsed.records if isinstance(record, Answer))
    (question,) = questions
    assert (question.uin, question.tabled_on, question.text) == ("12345", dt.date(2024, 11, 4), QUESTION)
    assert (question.asked_by_text, question.asked_by_party_text, question.asked_by_constituency_text) == (*asker[:3],)
    assert (question.house, question.answering_body_text) == (asker[3], "Home Office")
    assert question.heading == "Police: Recruitment"
    assert (answer.answered_by_text, answer.answered_by_post_text) == (ANSWERER[0], post)
    assert (answer.text, answer.answered_on) == ("\n".join(ANSWER), dt.date(2024, 11, 11))
    assert parsed.refusals == []


@pytest.mark.parametrize("asker", ASKERS.values(), ids=ASKERS)
@pytest.mark.parametrize("is_html", [False, True])
def test_a_page_is_read_in_each_order_of_its_parts(asker: list[str], is_html: bool) -> None:
    for labels, card_first, beside, office in itertools.product((False, True), repeat=4):
        if asker is ASKERS["Lords"] and not labels:
            continue
        lines = page(asker, labels=labels, card_first=card_first, beside=beside, office=office)
        shown = ["UK Parliament", "Written questions, answers and statements", *lines, "Back to top"]
        text = "\n".join(shown)
        if is_html:
            body = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
            text = f"<html><body><header><nav>Home</nav></header><main>{body}</main></body></html>"
        check(dropped(text), asker, "Minister of State" if office else None)


def test_several_pages_in_a_file_are_read() -> None:
    lines = page(ASKERS["Commons"], labels=True, card_first=True, beside=False)
    other = [line.replace("12345", "12346").replace("officers", "ships").replace("Police", "Ships") for line in lines]
    parsed = dropped("\n".join([*lines, "", *other]))
    assert [record.uin for record in parsed.records if isinstance(record, Question)] == ["12345", "12346"]
    assert parsed.refusals == []


def test_a_question_without_an_answer_is_read() -> None:
    lines = page(ASKERS["Commons"], labels=True, card_first=True, beside=False)
    parsed = dropped("\n".join(lines[: lines.index(QUESTION) + 1]))
    assert [type(record) for record in parsed.records] == [Question]


@pytest.mark.parametrize("stranger", ["Advertisement", "Ida Elk said so", "Corrected on 12 November 2024"])
def test_a_line_that_is_not_of_the_page_is_in_no_record(stranger: str) -> None:
    lines = page(ASKERS["Commons"], labels=False, card_first=True, beside=False)
    for place in range(2, lines.index(ANSWER[0]) + 1):
        try:
            parsed = dropped("\n".join([*lines[:place], stranger, *lines[place:]]))
        except ParseError:
            continue
        assert stranger not in str(parsed.records), place


@pytest.mark.parametrize("lost", [*ASKERS["Commons"][1:3], ANSWERER[1], "Answered on", "11 November 2024"])
def test_a_page_without_one_of_its_lines_is_refused(lost: str) -> None:
    lines = page(ASKERS["Commons"], labels=True, card_first=True, beside=False)
    lines.remove(lost)
    with pytest.raises(ParseError):
        dropped("\n".join(lines))


OLD_INTRODUCTION = [
    "Written questions and answers",
    "Written questions allow Members of Parliament to ask government ministers for information on their work.",
    "Historical written answers can be found in Hansard.",
    "Find the latest written questions and answers for the 2017-19 session below.",
    "Showing 1-20 out of 58678",
    "Results per page 20 | 50 | 100",
    "Expand all answers",
]
OLD_NAMED_DAY = [
    "[N]",
    "Close",
    "Named Day",
    "'Named day' questions only occur in the House of Commons. The MP names it.",
]
OLD_INTEREST = ["[R]", "Close", "Registered Interest", "Indicates that a relevant interest has been declared."]
OLD_QUESTIONS = {
    "Commons": "To ask the Secretary of State for Transport, how many accidents there were.",
    "Lords": "To ask Her Majesty's Government how many accidents there were.",
}


def old_page(
    house: str, *, named_day: bool = False, beside: bool = False, number: bool = True, title: bool = True
) -> list[str]:
    asker = ["Asked by Lord Ash of Ely"] if house == "Lords" else ["Asked by Ann Otter", "(Ely)"]
    marks = ["Q", "A"]
    if beside:
        asker, marks = [f"Q {' '.join(asker)}"], ["", ""]
    return [
        *marks[:1],
        *asker,
        *([*OLD_INTEREST, *OLD_NAMED_DAY] if named_day else []),
        "Asked on: 12 March 2018",
        "Department for Transport",
        *(["Railways: Accidents"] if title else []),
        *(["132465"] if number else []),
        house,
        OLD_QUESTIONS[house],
        *marks[1:],
        f"{'A ' if beside else ''}Answered by: Bob Sand",
        "Answered on: 20 March 2018",
        *ANSWER,
        "Grouped Questions: 132466, 132467",
    ]


def questions_of(parsed: Parsed) -> list[Question]:
    return [record for record in parsed.records if isinstance(record, Question)]


@pytest.mark.parametrize("house", ["Commons", "Lords"])
@pytest.mark.parametrize("is_html", [False, True])
def test_an_old_page_is_read_in_each_of_its_forms(house: str, is_html: bool) -> None:
    for named_day, beside, number, title in itertools.product((False, True), repeat=4):
        lines = old_page(house, named_day=named_day, beside=beside, number=number, title=title)
        text = "\n".join([*OLD_INTRODUCTION, *lines, "", *lines[:-1]]).replace("132465", "132460", 1)
        if is_html:
            body = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
            text = f"<html><body><header><nav>Home</nav></header><main>{body}</main></body></html>"
        elif not number:
            text = "\n".join([*OLD_INTRODUCTION, *lines])
        parsed = dropped(text)
        question = questions_of(parsed)[-1]
        answer = next(record for record in parsed.records if isinstance(record, Answer))
        assert (question.asked_by_text, question.asked_by_constituency_text, question.house) == (
            ("Lord Ash of Ely", None, "Lords") if house == "Lords" else ("Ann Otter", "Ely", "Commons")
        )
        assert (question.uin, question.tabled_on) == ("132465" if number else None, dt.date(2018, 3, 12))
        assert question.answering_body_text == "Department for Transport"
        assert (question.text, question.heading) == (OLD_QUESTIONS[house], "Railways: Accidents" if title else None)
        assert (answer.answered_by_text, answer.answered_on) == ("Bob Sand", dt.date(2018, 3, 20))
        assert answer.text.splitlines() == ANSWER
        assert parsed.refusals == []


def test_an_old_page_has_questions_without_answers() -> None:
    lines = old_page("Commons")
    parsed = dropped("\n".join([*lines[: lines.index(OLD_QUESTIONS["Commons"]) + 1], *old_page("Lords")]))
    assert [(record.house, record.uin) for record in questions_of(parsed)] == [
        ("Commons", "132465"),
        ("Lords", "132465"),
    ]
    assert sum(isinstance(record, Answer) for record in parsed.records) == 1


@pytest.mark.parametrize("stranger", ["Advertisement", "Ida Elk said so", "Corrected on: 21 March 2018"])
def test_a_line_that_is_not_of_the_old_page_is_in_no_record(stranger: str) -> None:
    lines = old_page("Commons")
    for place in range(1, lines.index(ANSWER[0]) + 1):
        try:
            parsed = dropped("\n".join([*old_page("Lords"), *lines[:place], stranger, *lines[place:]]))
        except ParseError:
            continue
        assert "Otter" not in str(parsed.records) or stranger not in str(parsed.records), place
        assert any(stranger in refusal.text for refusal in parsed.refusals), place


@pytest.mark.parametrize("lost", ["Asked by Ann Otter", "Department for Transport", "Answered on: 20 March 2018"])
def test_a_question_of_an_old_page_without_one_of_its_lines_is_refused(lost: str) -> None:
    lines = old_page("Commons", title=False)
    lines.remove(lost)
    parsed = dropped("\n".join([*old_page("Lords"), *lines]))
    assert [record.house for record in questions_of(parsed)] == ["Lords"]
    assert len(parsed.refusals) == 1


@pytest.mark.parametrize("asks", [OLD_QUESTIONS["Commons"], "Her Majesty's Government how many there were."])
def test_a_question_whose_asker_was_a_link_that_is_lost_is_refused_by_itself(asks: str) -> None:
    """Some programs save a page without its links: then the question begins with the seat, or with the day."""
    lines = [asks if line == OLD_QUESTIONS["Commons"] else line for line in old_page("Commons")]
    other = old_page("Lords")
    for lost in (2, 3):
        for before, after in (
            ([], other),
            (other, []),
            (other, ["Q", *other[1:2], "Asked on: 9 May 2018", *other[3:]]),
        ):
            parsed = dropped("\n".join([*before, *(["Q"] if lost == 2 else []), *lines[lost:], *after]))
            (refusal,) = parsed.refusals
            assert asks in refusal.text
            assert asks not in str(parsed.records)
            assert {record.house for record in questions_of(parsed)} == {"Lords"}
