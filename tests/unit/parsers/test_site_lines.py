"""Lines that a site or a mail program prints around questions and turns are left out; others are refused."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from orderpaper.errors import ParseError
from orderpaper.reading.of_site import OF_SITE
from orderpaper.reading.page import read_page
from orderpaper.records import Answer, Contribution, Document, Parsed, Question, Record
from orderpaper.records.accounting import account
from orderpaper.sources._official_report.written import Exchange, Passage, written_records
from orderpaper.sources.debate_digest.parse import parse_text as parse_digest
from orderpaper.sources.inbox.parse import parse
from orderpaper.sources.oral_sitting.parse import parse_text as parse_sitting
from orderpaper.sources.question_listing.parse import parse_text as parse_listing

EXAMPLES = Path(__file__).with_name("examples")
PARSERS: dict[str, Callable[[str], Parsed]] = {
    "question_listing": parse_listing,
    "oral_sitting": parse_sitting,
    "debate_digest": parse_digest,
}
TEXTS = [
    pytest.param(parse_text, read_page(path.read_text(encoding="utf-8")).text, id=f"{folder}/{path.name}")
    for folder, parse_text in PARSERS.items()
    for path in sorted((EXAMPLES / folder).glob("*.*"))
    if path.suffix in {".txt", ".html"}
]
SITE = [
    "Share on Twitter",
    "Share this page on Facebook",
    "Tweet this question",
    "Copy link",
    "Read more",
    "Load more",
    "Show more results…",
    "Page 1 of 20",
    "Showing 1 to 20 of 300 results",
    "1 2 3 Next",
    "1 2 … 20 Next »",
    "1\n2\n3\nNext",
    "« Previous 1 2",
    "Attachment: table.xlsx (24 KB)",
    "Quince sums 2024.pdf (1.2 MB)",
    "Sent from my iPhone",
    "Harbour Watch is an independent website that follows Parliament.",
    "Share on Twitter\nRead more\nPage 2 of 4\nContact us",
]
STRANGE = [
    "Kind regards\nJo",
    "Kind regards,\nJo Quince\nSent from my iPhone",
    "-- \nJo Quince",
    "Editor's note: this was corrected.",
    "[Editor's note: this was corrected.]",
    "Quinces and more",
    "Quinces (and more)",
    "Quinces and more\nOf Thurlby",
]


def dropped(text: str) -> Parsed:
    """Return what the inbox makes of a file."""
    return account(
        parse(
            Document(
                document_id="0",
                source="inbox",
                kind="file",
                url="a",
                media_type="text/plain",
                fetched_at=dt.datetime(2025, 1, 1, tzinfo=dt.UTC),
                body=text.encode(),
            )
        )
    )


def words(parsed: Parsed) -> list[tuple[str, str | None]]:
    """Return the kind and the text of each record."""
    return [(type(record).__name__, getattr(record, "text", None)) for record in parsed.records]


def test_the_rules_have_reasons():
    assert all(OF_SITE.values())


@pytest.mark.parametrize("line", SITE)
@pytest.mark.parametrize(("parse_text", "text"), TEXTS)
def test_what_a_site_prints_below_a_document_is_left_out(parse_text, text, line):
    parsed = account(parse_text(f"{text}\n{line}\n"))
    assert words(parsed) == words(account(parse_text(text)))
    assert parsed.refusals == []


ASKED = "Asked by: {name} (Labour - Ely)\nQuestion to the Home Office:\nTo ask the Minister, why {name} asks.\n"
TOLD = "Answered by Bo Sand - Minister\nBecause {name} asks.\n"
LAYOUTS = ["{question}", "Written Question\n{question}", "Quinces\n{question}", "Written Question\nQuinces\n{question}"]


def block(name: str, layout: str = "{question}", below: str = "") -> str:
    return layout.format(question=(ASKED + TOLD).format(name=name)) + below


@pytest.mark.parametrize("line", SITE)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_a_site_prints_between_questions_is_left_out(layout, line):
    first, second = block("Ann Otter", layout), block("Ida Elk", layout)
    parsed = account(parse_listing(f"{first}{line}\n{second}{line}\n"))
    plain = account(parse_listing(first + second))
    assert words(parsed) == words(plain)
    assert [r.heading for r in parsed.records if isinstance(r, Question)] == [
        r.heading for r in plain.records if isinstance(r, Question)
    ]
    assert parsed.refusals == []


@pytest.mark.parametrize("line", STRANGE)
@pytest.mark.parametrize("layout", LAYOUTS[3:])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_strange_line_below_an_answer_costs_that_question_and_is_not_lost(place, layout, line):
    names = ["Ann Otter", "Ida Elk", "Eve Roe"]
    text = "".join(block(name, layout, f"{line}\n" * (number == place)) for number, name in enumerate(names))
    parsed = account(parse_listing(text))
    answers = [record.text for record in parsed.records if isinstance(record, Answer)]
    assert answers == [f"Because {name} asks." for name in names if name != names[place]]
    (refusal,) = parsed.refusals
    assert all(part.strip() in refusal.text for part in line.split("\n") if part not in SITE)


@pytest.mark.parametrize("layout", LAYOUTS[:2])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_strange_line_where_a_heading_may_stand_is_none_if_most_have_none(place, layout):
    names = ["Ann Otter", "Ida Elk", "Eve Roe", "Jay Hart", "Kit Finch"]
    texts = [block(name, layout, "Quinces and more\n" * (number == place)) for number, name in enumerate(names)]
    parsed = account(parse_listing("".join(texts)))
    asked = [record for record in parsed.records if isinstance(record, Question)]
    others = [name for number, name in enumerate(names) if number not in (place, place + 1)]
    assert [record.asked_by_text for record in asked] == others
    assert not any(record.heading for record in asked)
    assert "Quinces and more" in "".join(refusal.text for refusal in parsed.refusals)


@pytest.mark.parametrize(
    "answer",
    [
        "The numbers were:\n- five\n- six",
        "The numbers were:\n2023: 5\n2024: 6",
        "The table below has the numbers.\nYear\tNumber\n2023\t5\n2024\t6",
        "They rose.\nYear Number\n2023 5\n2024 6",
        "They are set out in the following table.\nHull\nEly",
        "These matter:\n- the fare, which\nis too high\n- the time",
        "They stand.\n(Source: Quince Office)",
        "The number is below.\nYear Number\nCurrent 10\nPrevious 12",
        "The numbers are below.\nRow 2\n10 to 12 of 40",
        "They stand.\n[1] Quinces of Thurlby - GOV.UK\n[2] Quinces of Ely - GOV.UK",
        "They stand.\n* The number of 2024 is provisional",
        "They stand.\nquinces@thurlby.gov.uk",
        "They stand.\n"
        + "and there is more to say of quinces than may be said in one line of this length " * 2
        + "only",
        "Yes",
    ],
)
@pytest.mark.parametrize("layout", LAYOUTS[1:2])
def test_a_list_or_table_at_the_end_of_an_answer_is_a_part_of_it(layout, answer):
    first = block("Ann Otter", layout).replace("Because Ann Otter asks.", answer)
    parsed = account(parse_listing(first + block("Ida Elk", layout)))
    assert next(record.text for record in parsed.records if isinstance(record, Answer)) == answer
    assert parsed.refusals == []


@pytest.mark.parametrize("line", ["Page 12 of 40", "10 to 12 of 40 results", "Quinces.pdf (24 KB)", "1 2 3 Next"])
def test_a_line_below_a_text_that_has_not_ended_does_not_vanish(line):
    first = block("Ann Otter").replace("Because Ann Otter asks.", f"It is in the report, at\n{line}")
    parsed = account(parse_listing(first + block("Ida Elk")))
    assert any(line in text.text for text in (*parsed.refusals, *parsed.records) if getattr(text, "text", None))


@pytest.mark.parametrize("line", ["Kind regards\nJo", "Quinces and more"])
def test_a_strange_line_below_a_list_with_marks_is_refused(line):
    listed = "The numbers were:\n- five\n- six"
    for below in ("", block("Ida Elk", LAYOUTS[1])):
        first = block("Ann Otter", LAYOUTS[1]).replace("Because Ann Otter asks.", f"{listed}\n{line}")
        try:
            parsed = account(parse_listing(first + below))
        except ParseError:
            assert not below
        else:
            assert [line in refusal.text for refusal in parsed.refusals] == [True]


def quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def quoted_twice(text: str) -> str:
    return quoted(quoted(text))


def with_strong_labels(text: str) -> str:
    text = re.sub(r"^((?:Asked|Answered) [Bb]y(?: ?[:：])?)", r"**\1**", text, flags=re.MULTILINE | re.IGNORECASE)
    return re.sub(r"^(Question to .*[:：]|Question|Minister reply|Lead MP)$", r"**\1**", text, flags=re.MULTILINE)


def with_headings(text: str) -> str:
    return re.sub(
        r"^(Written Question|How the Debate Unfolded|Topical Questions|Hedgerows)$", r"## \1", text, flags=re.MULTILINE
    )


def with_wrapped_labels(text: str) -> str:
    return re.sub(r"^(Asked by:|Answered by) (?=.{1,90}(?:\)|\w)$)", r"\1\n", text, flags=re.MULTILINE)


@pytest.mark.parametrize(
    "change", [quoted, quoted_twice, with_strong_labels, with_headings, with_wrapped_labels], ids=lambda f: f.__name__
)
@pytest.mark.parametrize(("parse_text", "text"), TEXTS)
def test_a_document_in_an_e_mail_or_in_markdown_is_the_same_document(parse_text, text, change):
    del parse_text
    plain, changed = dropped(text), dropped(change(text))
    assert changed.refusals == []
    assert [type(record) for record in changed.records] == [type(record) for record in plain.records]
    for found, expected in zip(changed.records, plain.records, strict=True):
        assert named(found) == named(expected)


def named(record: Record) -> list[object]:
    """Return what a record says of its people, its heading and its words."""
    names = ("heading", "asked_by_text", "answered_by_text", "answered_by_post_text", "answering_body_text", "text")
    return [getattr(record, name, None) for name in names]


@pytest.mark.parametrize(
    ("printed", "name", "post"),
    [
        ("the Minister of State for Ports, Jo Ash", "Jo Ash", "Minister of State for Ports"),
        (
            "The Secretary of State for Culture, Media and Sport, Jo Ash-Elm",
            "Jo Ash-Elm",
            "Secretary of State for Culture, Media and Sport",
        ),
        ("the Parliamentary Under-Secretary of State (Jo Ash)", "Jo Ash", "Parliamentary Under-Secretary of State"),
        ("Jo Ash, Minister for Ports", "Jo Ash", "Minister for Ports"),
        ("Lord Ash of Elm, Minister of State (Rail)", "Lord Ash of Elm", "Minister of State (Rail)"),
        ("the Secretary of State for Culture, Media and Sport", None, None),
        ("the Minister for Food, Rural Affairs", None, None),
        ("Minister of State, Home Office", None, None),
        ("the Minister of State for Ports, Jo Ash - Minister", None, None),
        ("the Prime Minister", None, None),
    ],
)
def test_a_minister_is_named_with_an_office_in_several_ways_or_refused(printed, name, post):
    text = block("Ann Otter").replace("Bo Sand - Minister", printed) + block("Ida Elk")
    parsed = account(parse_listing(text))
    first, *_ = (record for record in parsed.records if isinstance(record, Answer))
    if name:
        assert (first.answered_by_text, first.answered_by_post_text, parsed.refusals) == (name, post, [])
    else:
        (refusal,) = parsed.refusals
        assert "expected “Answered by NAME - POST”" in refusal.reason


SITTING = [
    "Harbours",
    "What steps his Department is taking to lower harbour dues.",
    "We have cut them by £3 million.",
    "Does he know that they are too high in my constituency?",
    "I thank my hon. Friend for that.",
    "Piers",
    "What steps he is taking to mend piers.",
    "We mend piers.",
]


def inserted(line: str) -> Iterator[str]:
    """Yield the sitting with a line at each place."""
    for place in range(len(SITTING) + 1):
        yield "\n".join([*SITTING[:place], line, *SITTING[place:]])


@pytest.mark.parametrize(
    "line",
    [
        "Column 521",
        "Column 12WH",
        "2.35 pm",
        "11.30 am",
        "12 noon",
        "The Secretary of State was asked—",
        "**Column 5**",
    ],
)
def test_columns_and_times_of_the_official_report_are_left_out_anywhere(line):
    plain = words(account(parse_sitting("\n".join(SITTING))))
    for text in inserted(line):
        parsed = account(parse_sitting(text))
        assert words(parsed) == plain
        assert parsed.refusals == []
        for record in parsed.records:
            if getattr(record, "char_start", None) is not None:
                assert record.text == parsed.text[record.char_start : record.char_end]


@pytest.mark.parametrize(
    "line",
    [
        "The Secretary of State for Health (Jo Ash)",
        "The Minister for Ports (Jo Ash): We have cut them.",
        "Jo Ash (Hull) (Lab)",
        "1. Jo Ash (Hull) (Lab/Co-op): What steps he is taking to mend nets.",
        "(Hull) (Con)",
    ],
)
def test_a_sitting_that_prints_who_speaks_is_refused(line):
    for text in inserted(line):
        with pytest.raises(ParseError, match=r"line \d: “.*” says who speaks, and a sitting is read only without"):
            parse_sitting(text)


@pytest.mark.parametrize("line", ["Jo Ash", "Jo Ash: Will he say why?", "Mr Speaker: Order.", "Col. 521", "Quinces"])
def test_a_line_within_an_exchange_that_may_be_a_name_is_no_words_of_it(line):
    for place in (3, 4):
        parsed = account(parse_sitting("\n".join([*SITTING[:place], line, *SITTING[place:]])))
        (refusal,) = parsed.refusals
        assert line in refusal.text
        assert not any(line in record.text for record in parsed.records if isinstance(record, Contribution))


@pytest.mark.parametrize(
    "line",
    [
        "Boats leave at:\n9 am\n10.30 am\nnoon\nThey are full.",
        "Boats leave at\nnoon\non Monday.",
        "But will he not—",
        "[Interruption]",
        "Several hon. Members rose—",
        "Hear, hear",
        "He said “we will mend nets”",
        "I met the Member for Hull (Jo Ash)",
        "I thank the Minister (Jo Ash)",
    ],
)
def test_what_is_said_within_an_exchange_stays_in_it(line):
    for place in (3, 4):
        parsed = account(parse_sitting("\n".join([*SITTING[:place], line, *SITTING[place:]])))
        assert parsed.refusals == []
        assert line in "\n".join(record.text for record in parsed.records if isinstance(record, Contribution))


@pytest.mark.parametrize(
    ("line", "is_tabled"),
    [
        ("What steps he is taking to mend nets?", True),
        ("How many berths there are in each harbour?", True),
        ("Whether he plans to mend nets?", True),
        ("2. What his Department is doing about nets?", True),
        ("What his policy on nets is? (901234)", True),
        ("What steps is he taking to mend nets?", False),
        ("How many berths are there in each harbour?", False),
        ("What does he think he is doing?", False),
    ],
)
def test_a_tabled_question_may_end_with_a_question_mark(line, is_tabled):
    parsed = account(parse_sitting("\n".join([*SITTING, line, "We mend nets."])))
    assert len([record for record in parsed.records if isinstance(record, Question)]) == 2 + is_tabled
    assert parsed.refusals == []


DIGEST = """Harbour Dredging
22 July 2024
Lead MP
Hester Blackmoor
Debate Type
General Debate
Other Contributors: 2
At a Glance
Hester Blackmoor raised concerns about dredging.
How the Debate Unfolded
Lead Contributor
Opened the debate
Asked for £3 million.
Tobias Wren-Askew
Con
Holderness
Asked whether it can be less.
Cordelia Ashdown
Lab
Marlcombe
Wanted more.
"""


@pytest.mark.parametrize("printed", ["Cordelia Ashdown", "Cordelia Ashdown\nMarlcombe", "Dr Cordelia Ashdown-Lee"])
def test_a_speaker_without_a_party_is_not_joined_to_the_turn_above(printed):
    parsed = account(parse_digest(DIGEST.replace("Cordelia Ashdown\nLab\nMarlcombe", printed)))
    assert [record.text for record in parsed.records if isinstance(record, Contribution)] == ["Asked for £3 million."]
    counted, joined = parsed.refusals
    assert "2 other contributors are announced and 1 found" in counted.reason
    assert "may name who speaks, but no party is printed below it" in joined.reason
    assert "Asked whether it can be less." in joined.text
    assert joined.text.endswith("Wanted more.")


@pytest.mark.parametrize(("count", "is_refused"), [(0, True), (1, True), (2, False), (3, True), (18, True)])
def test_the_announced_number_of_speakers_is_compared_with_those_found(count, is_refused):
    parsed = account(parse_digest(DIGEST.replace("Contributors: 2", f"Contributors: {count}")))
    assert [refusal.text for refusal in parsed.refusals] == [f"Other Contributors: {count}"] * is_refused
    assert len([record for record in parsed.records if isinstance(record, Contribution)]) == 3


@pytest.mark.parametrize("line", ["Kind regards\nJo", "Quinces and more"])
def test_a_strange_line_below_a_turn_is_refused_with_it(line):
    text = DIGEST.replace("be less.\n", f"be less.\n{line}\n").replace("Marlcombe\n", "Marlcombe\nQuestion\n")
    parsed = account(parse_digest(text))
    assert any(line.split("\n")[0] in refusal.text for refusal in parsed.refusals)
    assert not any("Quinces" in record.text for record in parsed.records if isinstance(record, Contribution))


MANY = 10_000
"""Lines for which a time that grows with the square would take minutes."""
SHORT = ["ab", "Ab Cd", "Next", "9", "Asked by:", "Question", "> ab", "**ab", "2.35 pm", "2012 2013 2014 2015 " * 6]
BESIDE = [(parse_listing, block("Ann Otter")), (parse_sitting, "\n".join([*SITTING, ""])), (parse_digest, DIGEST)]


@pytest.mark.parametrize(
    ("parse_text", "text", "line"),
    [
        # `make test` gives each line to one parser, in turn.
        pytest.param(*beside, line, id=f"{parser}-{line[:20]}", marks=[pytest.mark.slow] * ((turn + number) % 3 != 0))
        for turn, (parser, beside) in enumerate(zip(PARSERS, BESIDE, strict=True))
        for number, line in enumerate(SHORT)
    ],
)
def test_many_short_lines_take_time_that_grows_with_their_number(parse_text, text, line):
    for body in (text + f"{line}\n" * MANY, f"{line}\n" * MANY + text):
        try:
            account(parse_text(body))
        except ParseError:
            continue


def exchange(questions: int, answers: int) -> Exchange:
    nobody = Passage(speaker=None, member_id=None, uin=None, paragraphs=["Why?"])  # type: ignore[arg-type]
    return Exchange("Ports", "Quinces", [nobody] * questions, [nobody] * answers)


def test_too_many_questions_and_answers_under_one_heading_are_refused():
    with pytest.raises(ParseError, match="3000 questions and 3000 answers stand under the heading “Quinces”"):
        list(written_records([exchange(3_000, 3_000)], "Commons", dt.date(2009, 10, 26), {}))
