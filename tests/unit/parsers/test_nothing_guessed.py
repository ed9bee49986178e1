"""What a payload says twice, says in two ways, or leaves empty is refused by itself, and never guessed."""

import json
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from orderpaper.errors import ParseError
from orderpaper.records import Contribution, Document, Drift, MemberPeriod, Parsed, Question
from orderpaper.records.accounting import account
from orderpaper.records.types.divisions import Division, Vote
from orderpaper.sources._official_report.roles import Business, roles_of
from orderpaper.sources._official_report.turns import Turn

EXAMPLES = Path(__file__).parent / "examples"
ANSWERS_URL = "wrans/answers.xml"


def read(source: str, body: bytes, kind: str = "file", url: str = ANSWERS_URL) -> Parsed:
    document = Document(document_id="0", source=source, kind=kind, url=url, media_type="", fetched_at=None, body=body)
    return account(import_module(f"orderpaper.sources.{source}.parse").parse(document))


def example(source: str, name: str) -> Any:
    return json.loads((EXAMPLES / source / f"{name}.json").read_text())


def of_type(parsed: Parsed, record_type: type) -> list[Any]:
    return [record for record in parsed.records if isinstance(record, record_type)]


def refused(parsed: Parsed) -> list[str]:
    return [refusal.reason for refusal in parsed.refusals]


# Files of TheyWorkForYou


def day(name: str, pattern: str, replacement: str, count: int = 1) -> Parsed:
    body = (EXAMPLES / "theyworkforyou" / f"{name}.xml").read_bytes()
    changed, number = re.subn(pattern.encode(), replacement.encode(), body, count=count, flags=re.DOTALL)
    assert number
    return read("theyworkforyou", changed)


@pytest.mark.parametrize(
    ("pattern", "replacement", "reason"),
    [
        (r"(<divisioncount [^>]*/>)", r'\1<divisioncount content="9" not-content="8"/>', "has its numbers twice"),
        (r"<divisioncount ", r'<divisioncount ayes="9" ', "has its numbers twice"),
        (r'divdate="2021-05-18"', r'divdate="2021-05-17"', "a division of 2021-05-17 stands in a file of 2021-05-18"),
        (r'content="2"', r'content="two"', "a division has 'two' where a number is expected"),
        (r'divnumber="1"', r'divnumber="1a"', "a division has '1a' where a number is expected"),
        (r'(<division id="[^"]*)(".*?)<div.*</lordlist>', r"\1\2", "a division has neither numbers nor names"),
    ],
)
def test_a_division_that_contradicts_itself_is_refused(pattern: str, replacement: str, reason: str):
    parsed = day("lords", pattern, replacement)
    assert [reason in given for given in refused(parsed)] == [True]
    assert not of_type(parsed, Division) and not of_type(parsed, Vote)


def test_a_division_whose_number_comes_again_is_refused():
    again = day("lords", r"(<division [^>]*401)\.3(.*?</division>)", r"\1.3\2\1.4\2")
    assert refused(again)[0].endswith("the division 1 is given twice")
    assert len(of_type(again, Division)) == 1


@pytest.mark.parametrize(
    ("prologue", "encoding"),
    [
        ('<?xml version="1.0"?>', "utf-8"),
        ('<?xml version="1.0" encoding="windows-1252" standalone="yes"?>', "cp1252"),
        ('<?xml version="1.0" encoding="utf-8"?>\n<!-- saved from a folder of days -->\n<!-- - -->', "utf-8"),
    ],
)
def test_a_file_may_begin_as_any_xml_does(prologue: str, encoding: str):
    body = (EXAMPLES / "theyworkforyou" / "commons.xml").read_bytes()
    text = body.decode("latin-1").replace('<?xml version="1.0" encoding="ISO-8859-1"?>', prologue)
    assert read("theyworkforyou", text.encode(encoding)).records == read("theyworkforyou", body).records


def test_a_number_with_a_comma_is_read():
    (division,) = of_type(day("lords", r'not-content="1"', r'not-content="1,024"'), Division)
    assert (division.announced_aye_count, division.announced_no_count) == (2, 1024)


@pytest.mark.parametrize(
    ("pattern", "replacement", "reason"),
    [
        (r"(<lord id=\"uk.org.publicwhip/)lord(/99003.*?</lord>)", r"\1lord\2\1LORD\2", "is given twice"),
        (r"(<lord )id=\"[^\"]*99003\"(.*?</lord>)", r'\1id="x"\2\1\2', "the vote of Ossley, B. is given twice"),
        (r'teller="yes"', r'teller="1"', "has teller='1'"),
    ],
)
def test_a_vote_that_is_given_twice_or_is_odd_is_refused(pattern: str, replacement: str, reason: str):
    parsed = day("lords", pattern, replacement)
    assert [reason in given for given in refused(parsed)] == [True]
    assert len({vote.printed_name_text for vote in of_type(parsed, Vote)}) == len(of_type(parsed, Vote))


def test_a_member_whom_the_site_does_not_know_keeps_the_printed_name():
    named = day("lords", r'speakername="(Baroness [^"]*)"', r'nospeaker="true" speakername="\1"')
    assert [turn.speaker_text for turn in of_type(named, Contribution)][1] == "Baroness Thistlewood of Easby"
    office = day("lords", r'speakername="(Baroness [^"]*)"', r'nospeaker="true" speakeroffice="The Minister"')
    assert ["has the office 'The Minister' and no speakername" in reason for reason in refused(office)] == [True]


def test_a_question_that_is_put_has_one_number():
    parsed = day("commons", r'(<p [^>]*qnum="\d+">)', r'<p qnum="222222">And of ships?</p>\1')
    assert "a question has the numbers 222222 and" in refused(parsed)[0]


def test_the_numbers_of_written_questions():
    ques = r"(<ques [^>]*>).*?</ques>"
    same = day("written_answers", ques, r'\1<p qnum="1">To ask (a) why.</p><p qnum="1">(b) and how.</p></ques>')
    assert next((found.uin, found.text) for found in of_type(same, Question)) == ("1", "To ask (a) why.\n(b) and how.")
    none = day("written_answers", ques, r'\1<p qnum="0">To ask why.</p></ques>')
    assert next((found.uin, found.text) for found in of_type(none, Question)) == (None, "To ask why.")
    apart = day("written_answers", ques, r'\1<p qnum="1">Why?</p><p qnum="2">How?</p><p qnum="1">When?</p></ques>')
    assert any("one number for questions that stand apart" in reason for reason in refused(apart))
    nested = day("written_answers", ques, r'\1<ol><li qnum="1">Why?</li><li qnum="2">How?</li></ol></ques>')
    assert any("stands inside a ol" in reason for reason in refused(nested))


@pytest.mark.parametrize("number", ["x1", "1 and 2", "12345678", "HL", ""])
def test_a_number_that_is_none_refuses_its_question(number: str):
    parsed = day("written_answers", r'qnum="[^"]*"', f'qnum="{number}"')
    assert any("which is no number of one" in reason for reason in refused(parsed))
    assert number not in [found.uin for found in of_type(parsed, Question)]


@pytest.mark.parametrize(
    ("name", "pattern", "replacement", "reason"),
    [
        ("written_answers", r"<ques (.*?)</ques>", r"<QUES \1</QUES>", "the element QUES is not known"),
        ("written_answers", r"(<reply [^>]*>).*?(</reply>)", r"\1\2", "a reply has no words"),
        ("written_answers", r"(<ques [^>]*>).*?(</ques>)", r"\1\2", "a ques has no words"),
        ("written_statements", r"(<speech [^>]*>).*?(</speech>)", r"\1\2", "a speech has no words"),
        (
            "written_statements",
            r"<p[ >]",
            r'<p note="Ministers met the hauliers in May." ',
            "publicwhip.*@.note is not known",
        ),
        ("lords", r"<lord ", r'<lord proxy="Lord Ash of the Quay and Hull" ', "publicwhip.*@.proxy is not known"),
    ],
)
def test_an_element_without_words_or_with_others_is_refused(name: str, pattern: str, replacement: str, reason: str):
    assert any(reason in given for given in refused(day(name, pattern, replacement)))


@pytest.mark.parametrize("value", ["false", "0", "maybe"])
def test_a_file_that_does_not_say_whether_it_is_the_newest_is_refused(value: str):
    with pytest.raises(ParseError, match=f"says latest='{value}', which is neither yes nor no"):
        day("lords", 'latest="yes"', f'latest="{value}"')


def test_codes_of_an_unknown_attribute_of_an_inner_element_are_drift():
    parsed = day("commons", r"<td>", r'<td note="x7">')
    assert [record.field_path for record in of_type(parsed, Drift)] == ["publicwhip.*@.note"]
    assert not parsed.refusals


# Hansard


def debate(**fields: Any) -> dict[str, Any]:
    return example("hansard", "statement") | fields


def texts(payload: Any, kind: str = "file") -> list[str]:
    return [turn.text for turn in of_type(read("hansard", json.dumps(payload).encode(), kind), Contribution)]


@pytest.mark.parametrize("note", ["[V]", "[R]", "(Maiden Speech)"])
def test_a_note_in_the_brackets_of_a_speaker_is_no_loss(note: str):
    items = debate()["Items"]
    named = next(number for number, item in enumerate(items) if (item["AttributedTo"] or "").endswith(")"))
    items[named] = items[named] | {"AttributedTo": f"{items[named]['AttributedTo']} {note}"}
    assert read("hansard", json.dumps(debate(Items=items)).encode(), "file").refusals == []


@pytest.mark.parametrize("style", ["hs_IndentOne", "hs_ParaIndent"])
def test_an_indented_paragraph_goes_on_with_its_speaker(style: str):
    first = debate()["Items"][0] | {"Value": "There is this:"}
    more = [
        {**event(number, None, words), "HRSTag": tag}
        for number, (words, tag) in enumerate((("£4 million.", style), ("That is all.", "hs_Para")), start=500)
    ]
    assert texts(debate(Items=[first, *more], ChildDebates=[])) == ["There is this:\n£4 million.\nThat is all."]


def event(order: int, external_id: str | None, words: str = "Question put and agreed to.") -> dict[str, Any]:
    first = debate()["Items"][0]
    nobody = {"MemberId": None, "AttributedTo": None, "HRSTag": "hs_Procedure"}
    return {**first, **nobody, "Value": words, "OrderInSection": order, "ExternalId": external_id}


@pytest.mark.parametrize(("above", "below"), [(None, None), ("A", None), (None, "A"), ("A", "a")])
def test_an_item_that_parent_and_child_have_is_read_once(above: str | None, below: str | None):
    child = debate(Items=[event(1, below)], ChildDebates=[])
    child["Overview"] = child["Overview"] | {"ExtId": "CHILD"}
    parent = debate(ChildDebates=[child])
    parent["Items"] = [*parent["Items"], event(99, above)]
    assert texts(parent).count("Question put and agreed to.") == 1
    parent["Items"].append(event(100, None, "Bill read a Second time."))
    assert texts(parent).count("Bill read a Second time.") == 1


def test_an_item_whose_copy_has_no_id_stands_twice():
    parent = debate()
    copies = [{**item, "ExternalId": None, "OrderInSection": 500 + item["OrderInSection"]} for item in parent["Items"]]
    with pytest.raises(ParseError, match="2 times"):
        texts(parent | {"Items": [*parent["Items"], *copies]})
    with pytest.raises(ParseError, match="2 times"):
        texts(parent | {"Items": copies * 2})


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("144WH", "We pay now"),
        ("Column 521", "We pay now"),
        ("Column 521WH", "We pay now"),
        ("Col. 12WS ", "We pay now"),
        ("columns 521-522", "We pay now"),
        ("Column 5 of the table", "We pay Column 5 of the table now"),
        (" GC 12 ", "We pay now"),
        ("", "We pay now"),
        ("£4 million to Hull", "We pay £4 million to Hull now"),
        ("4 of", "We pay 4 of now"),
    ],
)
def test_the_words_in_the_place_of_a_column_number_stay(inner: str, text: str):
    payload = debate()
    for named in ('"column-number"', "'column-number'", '"no-print column-number"'):
        payload["Items"][0]["Value"] = f"We pay <span class={named}>{inner}</span> now"
        assert texts(payload)[0].split("\n")[0].replace("  ", " ") == text


@pytest.mark.parametrize(
    ("tag", "words", "is_lost"),
    [("hs_TimeCode", "3.15 pm", False), ("hs_ColumnNumber", "12", False), ("hs_ColumnNumber", "Never!", True)],
)
def test_a_few_words_in_the_place_of_a_time_are_not_lost(tag: str, words: str, is_lost: bool):
    payload = debate()
    payload["Items"].append(event(99, "Z", words) | {"HRSTag": tag})
    parsed = read("hansard", json.dumps(payload).encode())
    assert [refusal.text for refusal in parsed.refusals] == ([words] if is_lost else [])


def turns_of_nobody(count: int) -> list[Turn]:
    return [Turn(f"Order {number}.", None, None, None) for number in range(count)]


def questions_of_many(count: int) -> list[Turn]:
    return [Turn(f"Why {number}?", None, number, None) for number in range(1, count)]


@pytest.mark.timeout(30)  # which is passed if each turn looks at those after it
@pytest.mark.parametrize("made", [turns_of_nobody, questions_of_many])
@pytest.mark.parametrize("business", list(Business))
def test_roles_take_time_that_grows_with_the_turns(made: Callable[[int], list[Turn]], business: Business):
    turns = made(200_000)
    assert len(roles_of(business, turns)) == len(turns)


# Payloads of the other APIs


def question(**fields: Any) -> Parsed:
    payload = example("written_questions", "detail")
    payload["value"] |= fields
    return read("written_questions", json.dumps(payload).encode())


def test_a_question_that_is_grouped_without_a_day_is_refused_by_its_uin():
    parsed = question(groupedQuestions=["777777"], groupedQuestionsDates=[])
    assert [(refusal.address, refusal.text) for refusal in parsed.refusals] == [("$.value.groupedQuestions", "777777")]
    assert of_type(parsed, Question)


def test_a_text_that_marks_the_difference_to_no_other_is_accounted_for():
    parsed = question(originalAnswerText="", comparableAnswerText="<p>We spend <del>nine</del> three.</p>")
    assert [refusal.address for refusal in parsed.refusals] == ["$.value.comparableAnswerText"]
    same = example("written_questions", "detail")["value"]["answerText"]
    assert not question(originalAnswerText="", comparableAnswerText=same).refusals


@pytest.mark.parametrize(
    ("source", "field", "value", "reason"),
    [
        ("written_questions", "answerText", "<p></p>", "has no words"),
        ("written_questions", "answerText", "<p><img src='x.png' alt='A table'></p>", "has no words"),
        ("written_questions", "questionText", "<p> </p>", "has no words"),
        ("written_questions", "uin", " ", "has no uin"),
        ("written_statements", "text", "<p></p>", "has no words"),
        ("written_statements", "title", " ", "has no title"),
    ],
)
def test_an_empty_text_is_no_answer_and_no_statement(source: str, field: str, value: str, reason: str):
    payload = example(source, "detail")
    payload["value"][field] = value
    with pytest.raises(ParseError, match=reason):
        read(source, json.dumps(payload).encode())


def test_an_oral_question_without_words_is_refused_alone():
    payload = example("oral_questions", "question_time")
    payload["Response"][0]["QuestionText"] = "<p></p>"
    parsed = read("oral_questions", json.dumps(payload).encode())
    assert [refusal.address for refusal in parsed.refusals] == ["$.Response[0]"]


def test_a_period_without_a_party_is_refused_with_its_days():
    payload = example("members", "history")
    periods = payload[0]["value"]["partyHistory"]
    whole = len(of_type(read("members", json.dumps(payload).encode(), url="?ids=90001"), MemberPeriod))
    periods.append(periods[0] | {"party": None})
    periods.append({"startDate": "2001-01-01T00:00:00", "endDate": "2003-02-02T00:00:00", "party": None})
    parsed = read("members", json.dumps(payload).encode(), url="?ids=90001")
    assert [(refusal.address, refusal.text) for refusal in parsed.refusals] == [
        ("$[0].value.partyHistory[1]", "2024-07-04"),
        ("$[0].value.partyHistory[2]", "2001-01-01 to 2003-02-02"),
    ]
    assert len(of_type(parsed, MemberPeriod)) == whole


@pytest.mark.parametrize(
    ("pattern", "replacement", "address"),
    [
        (rb"</feed>", b"stray words of a post that spends much</feed>", "/feed.text()"),
        (rb"<entry>", b"stray words of a post that spends much<entry>", "/feed.text()"),
        (rb"<entry>", b"<entry>stray words of a post that spends much", "/feed/entry[1].text()"),
        (rb"</entry>", b"stray words of a post that spends much</entry>", "/feed/entry[1].text()"),
        (rb"<entry>", b'<entry note="stray words of a post that spends much">', "/feed/entry[1].@note"),
        (
            rb"<entry>",
            b"<entry><extra>stray words of a post that spends much</extra><extra>x</extra>",
            "/feed/entry[1].{http://www.w3.org/2005/Atom}extra",
        ),
        (
            rb"</feed>",
            b"<post>stray words of a post that spends much</post></feed>",
            "/feed.{http://www.w3.org/2005/Atom}post",
        ),
    ],
)
def test_words_around_the_entries_of_a_feed_are_refused(pattern: bytes, replacement: bytes, address: str):
    body = (EXAMPLES / "press_blog/feed.xml").read_bytes()
    parsed = read("press_blog", re.sub(pattern, replacement, body, count=1), kind="feed", url="")
    (refusal,) = parsed.refusals
    assert refusal.address == address
    assert "stray words of a post that spends much" in refusal.text


def test_words_that_would_belong_to_too_many_numbers_are_refused():
    opening = f"<p>{'word ' * 2_000}</p>"
    numbers = "".join(f'<p qnum="{number}">Why {number}?</p>' for number in range(1, 101))
    parsed = day("written_answers", r"(<ques [^>]*>).*?</ques>", rf"\1{opening}{numbers}</ques>")
    assert any("the words before the 100 numbers of a question are too long" in reason for reason in refused(parsed))
