"""Every piece of text of a document is in a record, left out by a rule of its parser, or refused with its address."""

import dataclasses
import datetime as dt
import json

import msgspec
import pytest
from lxml import etree
from payloads import written_question

from orderpaper.errors import ParseError
from orderpaper.reading.lines import content_lines
from orderpaper.reading.pieces import Piece, fields_of, lines_of, nodes_of
from orderpaper.records import Answer, Contribution, Debate, Document, Drift, Parsed, Question, Refusal
from orderpaper.records.accounting import account
from orderpaper.records.rows import read_rows
from orderpaper.sources.written_questions.parse import parse


class Ship(msgspec.Struct):
    name: str
    flag: str | None


class Port(msgspec.Struct):
    id: int
    ships: list[Ship]


def accounted(*pieces: str, records=None, **fields) -> list[str]:
    """Return the pieces that are refused."""
    given = [Piece(f"${number}", text) for number, text in enumerate(pieces)]
    kept = [Question(ordinal=1, question_type="oral", text=" ".join(["word"] * 200)), Debate(ordinal=1, title="word")]
    parsed = account(Parsed(document_kind="x", records=[*kept, *(records or [])], pieces=given, **fields))
    return [refusal.text for refusal in parsed.refusals]


def test_a_text_that_no_record_has_is_refused_with_its_address():
    parsed = account(
        Parsed(
            document_kind="x",
            records=[Debate(ordinal=1, title="Harbour charges at Weir")],
            pieces=[Piece("$.Title", "Harbour charges at Weir"), Piece("$.Items[3]", "Lost words")],
        )
    )
    assert parsed.refusals == [
        Refusal(
            address="$.Items[3]",
            reason="no record has this text, and no rule of the parser leaves it out",
            text="Lost words",
        )
    ]


def test_a_long_text_is_found_near_the_piece_before_it_however_many_short_pieces_come_between():
    answers = [f"Answer {number} is (a) one and (b) two. " + "It is long. " * 2000 for number in range(60)]
    records = [Contribution(ordinal=n, debate_ordinal=1, role="speech", text=text) for n, text in enumerate(answers, 1)]
    pieces = [part for n in range(60) for part in (f"Answer {n} is", "(a)", "one and", "(b)", "two. It is long.")]
    assert accounted(*pieces, records=records) == []


def test_a_document_that_loses_most_of_its_text_is_refused_whole():
    with pytest.raises(ParseError, match=r"2 of 3 pieces of text would be lost, first \$0: “A first”"):
        accounted("A first", "and a second one", "Weir", records=[Debate(ordinal=1, title="Weir")])


def test_values_are_found_as_records_keep_them():
    question = Question(
        ordinal=2,
        question_type="oral",
        question_id=17,
        asked_by_text="Odette Farnsworth",
        asked_by_party_text="Labour",
        asked_by_constituency_text="Lyde, Stowe and West Quay",
        tabled_on=dt.date(2024, 5, 16),
        grouped_with=["2024-05-16/9001"],
        text="What steps are taken in Weir & Stowe?\nAnd why?",
    )
    assert not accounted(
        "17",
        "2024-05-16T00:00:00",
        "Thursday 16th May 2024",
        "9001",
        "Odette  Farnsworth (Labour - Lyde, Stowe and West Quay)",
        "What steps are taken in Weir &amp; Stowe?<br>And why?",
        "And why?",
        records=[question],
    )


def test_turns_are_found_in_the_pieces_that_they_were_joined_from():
    turns = [Contribution(ordinal=n, debate_ordinal=1, role="speech", text=f"One {n}.\nTwo {n}.") for n in (1, 2)]
    assert not accounted("One 1.", "Two 1.", "One 2.", "Two 2.", records=turns)
    assert accounted("One 1.", "Three 1.", "Two 2.", records=turns) == ["Three 1."]


def test_a_line_in_the_span_of_a_record_is_taken_whole():
    text = "Heading of\nOne line here.\nAnother line.\nNobody has this."
    start, end = text.index("One"), text.index("\nNobody")
    lines = content_lines(text)
    parsed = account(
        Parsed(
            document_kind="x",
            text=text,
            records=[Question(ordinal=1, question_type="oral", text=text[start:end], char_start=start, char_end=end)],
            pieces=lines_of(lines, {r"^Heading of\b": "a label"}),
        )
    )
    assert [(refusal.address, refusal.text) for refusal in parsed.refusals] == [("line 4", "Nobody has this.")]


def test_nothing_is_given_twice():
    twice = [Question(ordinal=n, question_type="written", question_id=5, text="Why.") for n in (1, 2)]
    with pytest.raises(ParseError, match="the document has the question with question_id 5 2 times"):
        accounted(records=twice)


def test_without_any_record_the_refusal_is_of_the_document():
    with pytest.raises(ParseError, match="nothing of the document is understood; first: line 3: odd"):
        account(Parsed(document_kind="x", refusals=[Refusal(address="line 3", reason="odd", text="?")]))


def test_fields_of_a_payload_are_pieces_left_out_or_unknown():
    value = {
        "id": 3,
        "ships": [{"name": "Wren", "flag": None, "crew": 12}, {"name": "Tern", "flag": "a flag"}],
        "url": "an address",
        "extra": {"deep": 1},
    }
    found = fields_of(value, Port, {"ships.flag": "it is not needed", "url": "an address of the site"}, prefix="port")
    assert [(piece.address, piece.text) for piece in found.pieces] == [
        ("$.id", "3"),
        ("$.ships[0].name", "Wren"),
        ("$.ships[1].name", "Tern"),
    ]
    assert found.unknown == {"port.ships.crew": 12, "port.extra": {"deep": 1}}


def test_text_nodes_have_the_path_of_their_element():
    root = etree.fromstring("<a>One<b>two</b>three<c>hidden<d>too</d></c>four<b>five<!-- no --></b></a>")
    assert [(piece.address, piece.text) for piece in nodes_of(root, {"c": "it is not shown"})] == [
        ("/a[1]", "One"),
        ("/a[1]/b[1]", "two"),
        ("/a[1]", "three"),
        ("/a[1]", "four"),
        ("/a[1]/b[2]", "five"),
    ]


def test_a_row_that_is_not_understood_costs_only_itself():
    values = [{"id": 1, "ships": []}, {"id": "two", "ships": []}, {"id": 3, "ships": []}, {"id": 1, "ships": []}]
    rows = read_rows(values, Port, "the port API", {}, key=lambda port: port.id, address="$.ports")
    assert [port.id for port in rows.values] == [1, 3]
    assert [(refusal.address, json.loads(refusal.text)["id"]) for refusal in rows.refusals] == [
        ("$.ports[1]", "two"),
        ("$.ports[3]", 1),
    ]
    assert "Expected `int`, got `str` - at `$.id`" in rows.refusals[0].reason
    assert "1 is given twice" in rows.refusals[1].reason


def test_rows_of_which_none_is_understood_are_refused_together():
    with pytest.raises(ParseError, match=r"none of the 2 rows is understood; \$\.ports\[0\]: not a payload"):
        read_rows([{"id": "a"}, {}], Port, "the port API", {}, key=lambda port: port.id, address="$.ports")


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (
            Question(ordinal=1, question_type="oral", house="Comons", text="word"),
            "the question 1 .* the house 'Comons'",
        ),
        (Question(ordinal=1, question_type="sung", text="word"), "the question_type 'sung'"),
        (Question(ordinal=0, question_type="oral", text="word"), "the ordinal 0"),
        (Question(ordinal=1, question_type="oral", text=None), "the text None"),  # as untyped code may
        (Answer(ordinal=1, question_ordinals=[], text="word"), r"the question_ordinals \[\]"),
        (Answer(ordinal=1, question_ordinals=[2], text="word"), r"the question_ordinals \[2\]"),
        (Contribution(ordinal=1, debate_ordinal=1, role="speech", text="word"), "the debate_ordinal 1"),
    ],
)
def test_a_record_that_breaks_a_rule_of_its_type_is_caught_in_its_document(record, reason):
    with pytest.raises(ParseError, match=reason):
        account(Parsed(document_kind="x", records=[record]))


def row(number: object, **fields: object) -> dict[str, object]:
    return {
        "value": written_question(number, **fields),
        "links": [{"rel": "self", "href": f"/{number}", "method": "GET"}],
    }


def page(*rows: object) -> Parsed:
    return parsed_body(raw_page(*map(json.dumps, rows)))


def raw_page(*rows: str) -> bytes:
    return f'{{"totalResults": {len(rows)}, "results": [{", ".join(rows)}], "links": []}}'.encode()


def parsed_body(body: bytes) -> Parsed:
    document = Document(
        document_id="0" * 64,
        source="written_questions",
        kind="list",
        url="/",
        media_type="application/json",
        fetched_at=dt.datetime(2025, 3, 14, tzinfo=dt.UTC),
        body=body,
    )
    return account(parse(document))


def test_the_rows_around_an_odd_one_are_read():
    parsed = page(row(1), row("odd"), row(3), row(4, answerText="Yes."), row(5))
    questions = [record for record in parsed.records if isinstance(record, Question)]
    assert [(question.ordinal, question.question_id) for question in questions] == [(1, 1), (2, 3), (3, 5)]
    assert [refusal.address for refusal in parsed.refusals] == ["$.results[1]", "$.results[3]"]
    assert "an answer without a dateAnswered" in parsed.refusals[1].reason


def test_a_new_field_deep_in_a_row_is_drift():
    attachment = {"title": "Table", "url": "https://files.example/1", "checksum": "abc"}
    parsed = page(row(1, answerText="See it.", dateAnswered="2025-03-12T00:00:00", attachments=[attachment]))
    assert [record.field_path for record in parsed.records if isinstance(record, Drift)] == [
        "value.attachments.checksum"
    ]
    assert not parsed.refusals


class Sailing(msgspec.Struct):
    id: int
    left_at: dt.datetime
    ports: list[Port]


def test_a_row_with_a_misprinted_year_is_refused_alone():
    rows = [{"id": year, "left_at": f"{year}-11-04T00:00:00", "ports": []} for year in (2024, 2204)]
    found = read_rows(rows, Sailing, "the port", {}, key=lambda row: row.id)
    assert [row.id for row in found.values] == [2024]
    assert [refusal.reason for refusal in found.refusals] == ["the day 2204-11-04 is not between 1800 and 2100"]


def test_a_midnight_in_summer_that_is_given_with_its_offset_is_accounted_for():
    tabled = Question(ordinal=2, question_type="written", tabled_on=dt.date(2024, 6, 4), text="When?")
    assert accounted("2024-06-03T23:00:00Z", records=[tabled]) == []


WORDS = "Ministers met the hauliers in May, and will meet them again in June."


def refused(parsed: Parsed) -> list[tuple[str | None, str]]:
    return [(refusal.address, refusal.text) for refusal in parsed.refusals]


def test_the_words_of_an_unknown_field_are_refused_and_the_row_is_kept():
    parsed = page(row(1, statementText=WORDS), row(2, statementText=None), row(3, statementText="None given"))
    assert refused(parsed) == [("$.results[0].value.statementText", WORDS)]
    assert parsed.refusals[0].reason == (
        "the field value.statementText is not known to the parser, and no record has its words"
    )
    assert [record.question_id for record in parsed.records if isinstance(record, Question)] == [1, 2, 3]
    assert [record.field_path for record in parsed.records if isinstance(record, Drift)] == ["value.statementText"]


def test_words_of_an_unknown_field_are_found_however_deep_they_stand():
    notes = {"id": 4, "parts": [{"said": "Ministers met"}, {"said": "the hauliers in May."}]}
    parsed = page(row(1, notes=notes), row(2))
    assert refused(parsed) == [("$.results[0].value.notes", "Ministers met\nthe hauliers in May.")]


def test_an_unknown_field_that_repeats_a_known_one_loses_nothing():
    text = "To ask the Chancellor of the Exchequer, what 1 is."
    assert not page(row(1, questionHtml=f"<p>{text}</p>"), row(2)).refusals


def test_numbers_codes_and_addresses_of_an_unknown_field_are_drift():
    given = {
        "etag": "5f-ab c1 d2 e3 f4",
        "url": "https://files.example/a/long/name/of-a-file-with-many-words.html",
        "no": 7,
    }
    parsed = page(row(1, file=given), row(2))
    assert not parsed.refusals
    assert [record.field_path for record in parsed.records if isinstance(record, Drift)] == ["value.file"]


def test_long_words_of_an_unknown_field_do_not_cost_the_document():
    parsed = page(*(row(number, fullText=WORDS * 50) for number in range(1, 5)))
    assert len(parsed.refusals) == 4
    assert len([record for record in parsed.records if isinstance(record, Question)]) == 4


def twice(given: dict[str, object], name: str, value: object) -> str:
    """Return a row as JSON whose value gives a field a second time."""
    text = json.dumps(given)
    field = f'"{name}": {json.dumps(given["value"][name])}'
    assert text.count(field) == 1
    return text.replace(field, f'{field}, "{name}": {json.dumps(value)}')


def test_a_row_that_gives_a_field_twice_is_refused_alone():
    parsed = parsed_body(raw_page(json.dumps(row(1)), twice(row(2), "questionText", WORDS), json.dumps(row(3))))
    assert [record.question_id for record in parsed.records if isinstance(record, Question)] == [1, 3]
    (refusal,) = parsed.refusals
    assert refusal.address == "$.results[1]"
    assert "an object gives questionText more than once" in refusal.reason
    assert "what 2 is" in refusal.text and WORDS in refusal.text


def test_a_page_that_gives_its_rows_twice_is_refused():
    body = raw_page(json.dumps(row(1))).replace(b'"links": []}', b'"results": []}')
    with pytest.raises(ParseError, match="an object gives results more than once"):
        parsed_body(body[: body.rindex(b'"results"')] + b'"results": []}')


SUM = "Ministers paid £3 million for it"
SENTENCE = "Ministers met the hauliers in May."


@pytest.mark.parametrize("text", [SUM + " and more", SENTENCE, f"<p>{SENTENCE}</p>"])
def test_a_sentence_has_to_be_in_the_records_as_often_as_in_the_document(text):
    plain = text.replace("<p>", "").replace("</p>", "")
    for shown in (plain, f"First. {plain}\nLast."):
        records = [Contribution(ordinal=n, debate_ordinal=1, role="speech", text=shown) for n in (1, 2)]
        assert accounted(text, text, records=records) == []
        assert accounted(text, text, text, records=records) == [text]
        assert accounted(text, text, text, text, records=records) == [text, text]


def test_a_heading_or_a_name_may_be_printed_more_often_than_it_is_kept():
    heading = "Harbour Dues and Other Charges"
    debate = Debate(ordinal=2, title=heading)
    answer = Answer(
        ordinal=1, question_ordinals=[1], text="Yes.", answered_by_text="Bob Sand", answered_by_post_text="Whip"
    )
    assert (
        accounted(heading, heading, "Yes.", "Yes.", "Bob Sand - Whip", "Bob Sand - Whip", records=[debate, answer])
        == []
    )


@pytest.mark.parametrize("words", ["Here it is.", "Nets", "One line here", "£3 million"])
def test_a_line_beside_the_spans_is_not_accounted_for_by_words_in_them(words):
    text = f"{words}\nOne line here.\n{words}\nNets"
    start, end = text.index("One line here."), text.rindex("\n")
    parsed = account(
        Parsed(
            document_kind="x",
            text=text,
            records=[Question(ordinal=1, question_type="oral", text=text[start:end], char_start=start, char_end=end)],
            pieces=[*lines_of(content_lines(text), {}), Piece("//nav", words)],
        )
    )
    assert [refusal.address for refusal in parsed.refusals] == ["line 1", "line 4"]


def test_a_line_of_which_a_part_is_in_a_span_is_accounted_for_by_it():
    text = "Ann Otter: What steps are taken?\nNone."
    start, end = text.index("What"), text.index("\n")
    question = Question(ordinal=1, question_type="oral", asked_by_text="Ann Otter", text=text[start:end])
    placed = dataclasses.replace(question, char_start=start, char_end=end)
    answer = Answer(ordinal=1, question_ordinals=[1], text="None.")
    parsed = account(
        Parsed(document_kind="x", text=text, records=[placed, answer], pieces=lines_of(content_lines(text), {}))
    )
    assert parsed.refusals == []


@pytest.mark.parametrize("quote", ['"', "'"])
def test_the_alternative_text_of_a_picture_in_a_payload_is_refused_if_it_says_more_than_a_label(quote):
    def answered(alternative: str) -> Parsed:
        image = f"<IMG src=a.png alt={quote}{alternative}{quote}>"
        detail = row(1, answerText=f"<p>See {image} this.</p>", dateAnswered="2025-03-12T00:00:00")
        return parsed_body(json.dumps(detail).encode())

    assert refused(answered("The Minister")) == []
    for told in ("Spending of £3 million", "Spending on piers and nets by harbour"):
        assert refused(answered(told)) == [("$.value.answerText//img/@alt", told)]
        assert [record.text for record in answered(told).records if isinstance(record, Answer)] == ["See this."]
