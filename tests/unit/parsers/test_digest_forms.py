"""The header, the speakers and the labels of a digest are told apart in every order and form, or refused."""

import itertools
import re

import pytest

from orderpaper.errors import ParseError
from orderpaper.records import Contribution, Debate, Parsed, Question
from orderpaper.records.accounting import account
from orderpaper.sources.debate_digest.parse import parse_text

GROUPS = {
    "title": ["Harbour Dredging"],
    "day": ["22 July 2024"],
    "lead": ["Lead MP", "Hester Blackmoor"],
    "type": ["Debate Type", "General Debate"],
    "tags": ["Tags", "Taxation", "Ports"],
    "count": ["Other Contributors: 2"],
}
SPEAKERS = [
    ("Tobias Wren-Askew", "Con", "Holderness and the Wolds"),
    ("Cordelia Ashdown", "Green", "Washington and Gateshead South"),
]
HEADER = [line for group in GROUPS.values() for line in group]
OPENING = ["Lead Contributor", "Opened the debate", "Asked for £3 million."]
BELOW = ["▸", "Assessment & feedback"]


def digest(turns: list[str], header: list[str] | None = None) -> str:
    above = header or HEADER
    unfolded = ["At a Glance", "Members debated dredging.", "How the Debate Unfolded"]
    return "\n".join(["← Back to House of Commons Debates", *above, *unfolded, *OPENING, *turns, *BELOW])


def read(text: str) -> Parsed:
    return account(parse_text(text))


def spoken(parsed: Parsed) -> list[tuple[object, ...]]:
    found = [record for record in parsed.records if isinstance(record, Contribution)]
    return [(c.role, c.speaker_text, c.speaker_party_text, c.speaker_constituency_text, c.text) for c in found[1:]]


TURNS = [line for speaker in SPEAKERS for line in (*speaker, f"Wanted more for {speaker[2]}.")]
WHOLE = read(digest(TURNS))


def debate(parsed: Parsed) -> tuple[object, ...]:
    (found,) = (record for record in parsed.records if isinstance(record, Debate))
    lead, kind = found.lead_member_text, found.debate_type_text
    return found.title, found.debated_on, lead, kind, found.announced_contributor_count


@pytest.mark.parametrize("form", ["below", "beside"])
def test_a_header_in_any_order_is_read_or_refused(form: str) -> None:
    groups = dict(GROUPS)
    if form == "beside":
        groups |= {name: [": ".join(groups[name][:2])] for name in ("lead", "type", "tags")}
    read_count = 0
    for order in itertools.permutations(groups):
        header = [line for name in order for line in groups[name]]
        try:
            parsed = read(digest(TURNS, header))
        except ParseError as error:
            assert "its title and its date; one of them is missing" in str(error)
            assert form == "below" and order.index("title") == order.index("tags") + 1
            continue
        assert (debate(parsed), parsed.refusals) == (debate(WHOLE), []), order
        read_count += 1
    assert read_count == (720 if form == "beside" else 600)


@pytest.mark.parametrize("place", [0, 2, 6])
def test_a_second_line_that_can_be_the_title_is_refused(place: int) -> None:
    day_first = [line for name in ("day", "title", "lead", "type", "count") for line in GROUPS[name]]
    day_first.insert(place, "Harbour Watch")
    with pytest.raises(ParseError, match=r"can each be the title of the digest|one of them is missing"):
        read(digest(TURNS, day_first))


FORMS = [
    "{name}\n{one}\n{two}",
    "{name}\n{one} | {two}",
    "{name}\n{one}, {two}",
    "{name}\n{one} - {two}",
    "{name} ({one}, {two})",
    "{name} ({one} - {two})",
    "{name} MP ({one}) ({two})",
    "{name}, {one}, {two}",
    "{name} | {one} | {two}",
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("label", ["", "Question", "Intervention"])
@pytest.mark.parametrize("end", [".", ""])
def test_a_speaker_may_be_printed_in_every_form(form: str, label: str, end: str) -> None:
    parties = ["Labour", "Labour (Co-op)", "Green", "Ind"]
    seats = ["Mid Norfolk", "Washington and Gateshead South", "Bethnal Green and Stepney"]
    for party, seat in itertools.product(parties, seats):
        for one, two in ((party, seat), (seat, party)):
            lines: list[str] = []
            for name, _, _ in SPEAKERS:
                lines += [
                    form.format(name=name, one=one, two=two),
                    *filter(None, [label]),
                    f"Wanted more of {name}{end}",
                ]
            parsed = read(digest(lines))
            role = {"": "speech"}.get(label, label.lower())
            assert spoken(parsed) == [(role, name, party, seat, f"Wanted more of {name}{end}") for name, *_ in SPEAKERS]
            assert parsed.refusals == []


REPLIES = [
    "Minister reply",
    "Minister response",
    "Minister’s reply",
    "Ministerial response",
    "Response",
    "Reply",
    "Answer",
]


@pytest.mark.parametrize("reply", REPLIES)
@pytest.mark.parametrize("form", ["{}\n{}", "{}: {}", "**{}:** {}"])
def test_the_reply_has_many_labels(reply: str, form: str) -> None:
    lines = [line for speaker in SPEAKERS for line in (*speaker, "Question", "Why?", form.format(reply, "Noted it."))]
    parsed = read(digest(lines))
    assert [(role, text) for role, *_, text in spoken(parsed)] == [("question", "Why?"), ("reply", "Noted it.")] * 2
    assert parsed.refusals == []


@pytest.mark.parametrize("line", ["Continued overleaf", "Point of order", "Supplementary", "Advertisement", "Ida Elk"])
def test_a_line_that_may_be_a_label_or_a_name_refuses_its_turn(line: str) -> None:
    for body in (f"Wanted more.\n{line}\nWanted less.", f"{line}\nWanted less.", f"Wanted more.\n{line}"):
        parsed = read(digest([*SPEAKERS[0], body, *SPEAKERS[1], "Agreed."]))
        assert [text for *_, text in spoken(parsed)] == ["Agreed."]
        assert any(line in refusal.text for refusal in parsed.refusals)


@pytest.mark.parametrize(
    "line", ["Home Office", "Cabinet Office", "Department for Transport", "HM Treasury", "- in Hull"]
)
def test_a_department_or_an_item_in_a_turn_is_text(line: str) -> None:
    body = f"Wanted more.\n{line}\nThe Office will act."
    parsed = read(digest([*SPEAKERS[0], body, *SPEAKERS[1], "Agreed."]))
    assert ([text for *_, text in spoken(parsed)], parsed.refusals) == ([body, "Agreed."], [])


def test_a_digest_may_print_no_full_stops() -> None:
    bodies = [
        "Wanted more of it in the spring\nAsked when it will come",
        "Agreed with what was said\nThanked the Minister too",
    ]
    lines = [line for speaker, body in zip(SPEAKERS, bodies, strict=True) for line in (*speaker, body)]
    parsed = read(digest(lines).replace("£3 million.", "£3 million for the piers"))
    assert ([text for *_, text in spoken(parsed)], parsed.refusals) == (bodies, [])


@pytest.mark.parametrize(
    ("speaker", "reason"),
    [
        ("Ida Elk\nLyde\nEly", "neither “Lyde” nor “Ely” is a party"),
        ("Ida Elk\nGreen\nLabour", "can each be the party"),
        ("Ida Elk (Lyde, Ely)", "is a party"),
        ("Lab", "no name or seat is printed"),
        ("Ely\nGreen", "“Ely” may be a name or a seat"),
    ],
)
def test_a_speaker_who_can_be_read_in_two_ways_is_refused(speaker: str, reason: str) -> None:
    lines = [speaker, "Question", "Why?", *SPEAKERS[0], "Question", "When?"]
    parsed = read(digest(lines))
    assert [text for *_, text in spoken(parsed)] == ["When?"]
    assert any(re.search(reason, refusal.reason) for refusal in parsed.refusals)


def test_a_name_and_a_party_may_be_a_seat_and_a_party_where_the_seat_stands_first() -> None:
    first, second = SPEAKERS
    lines = [first[0], first[2], first[1], "Question", "Why?", "Mid Norfolk", "Lab", "Question", "When?"]
    assert [record.text for record in read(digest(lines)).records if isinstance(record, Question)] == ["Why?"]
    lines = [*second, "Question", "Why?", "Baroness Elk", "Lab", "Question", "When?"]
    names = [record.asked_by_text for record in read(digest(lines)).records if isinstance(record, Question)]
    assert names == [second[0], "Baroness Elk"]


NO_SEATS = [
    "The Parliamentary Under-Secretary of State for Justice",
    "The Minister for Ports",
    "Chancellor of the Exchequer",
    "Baroness Ashdown of Stowe",
    "Mrs Ashdown",
    "Sir Tobias Wren",
    "Ida Elk MP",
    "Tobias Wren-Askew",
    "Hester Blackmoor",
]


@pytest.mark.parametrize("line", NO_SEATS)
def test_a_name_or_an_office_alone_above_a_question_is_no_seat_in_any_place(line: str) -> None:
    blocks = [[*speaker, "Question", "Why?", "Minister reply", "Noted it."] for speaker in SPEAKERS]
    for place in range(len(blocks) + 1):
        asked = [line, "Question", "When?", "Minister reply", "In May."]
        parsed = read(digest([each for block in (*blocks[:place], asked, *blocks[place:]) for each in block]))
        assert line not in [c.speaker_constituency_text for c in parsed.records if isinstance(c, Contribution)]
        assert any("When?" in refusal.text for refusal in parsed.refusals)
    assert read(digest(["Ely", "Question", "When?", *blocks[0]])).refusals == []


@pytest.mark.parametrize("mark", [": ", "\t", ":\t"])
def test_a_header_in_cells_is_read(mark: str) -> None:
    header = [f"{GROUPS[name][0]}{mark}{GROUPS[name][1]}" for name in ("lead", "type", "tags")]
    for day in (GROUPS["day"], [f"Date{mark}22 July 2024"], ["Date", "22 July 2024"]):
        for above in ([*GROUPS["title"], *day, *header], [*GROUPS["title"], *header, *day]):
            assert debate(read(digest(TURNS, [*above, *GROUPS["count"]]))) == debate(WHOLE)


@pytest.mark.parametrize(
    ("day", "reason"),
    [("12/13/2024", "there is no such day"), ("Tue 3 Dec", "has no year"), ("2024/12/3", "in no form")],
)
def test_a_day_that_gives_no_date_is_named(day: str, reason: str) -> None:
    for place in range(1, 4):
        header = [line for name, group in GROUPS.items() if name != "day" for line in group]
        with pytest.raises(ParseError, match=f"line [0-9]+: the day .*{day}.*{reason}|{reason} as {day}"):
            read(digest(TURNS, [*header[:place], day, *header[place:]]))


@pytest.mark.parametrize("day", ["22/7/24", "22/07/2024", "Mon 22 Jul 24"])
def test_a_header_may_have_a_short_day(day: str) -> None:
    assert debate(read(digest(TURNS, [day if line == "22 July 2024" else line for line in HEADER]))) == debate(WHOLE)


@pytest.mark.parametrize("reply", REPLIES)
def test_the_label_of_a_reply_may_be_printed_twice(reply: str) -> None:
    lines = [line for speaker in SPEAKERS for line in (*speaker, "Question", "Why?", reply, reply, "Noted it.")]
    parsed = read(digest(lines))
    assert [(role, text) for role, *_, text in spoken(parsed)] == [("question", "Why?"), ("reply", "Noted it.")] * 2
    assert parsed.refusals == []


@pytest.mark.parametrize("name", ["Ida Elk", "Catherine West", "Anna", "Bo de Vries"])
def test_a_name_alone_above_a_question_is_no_seat(name: str) -> None:
    parsed = read(digest([*SPEAKERS[0], "Question", "Why?", name, "Question", "And why there?"]))
    assert [text for *_, text in spoken(parsed)] == ["Why?"]
    assert any("may be the name of a speaker or a seat" in refusal.reason for refusal in parsed.refusals)


@pytest.mark.parametrize(
    "seat", ["Dwyfor Meirionnydd", "Mid Norfolk", "Hull West", "St Ives", "Rugby", "Ely and March"]
)
def test_a_seat_alone_above_a_question_is_read(seat: str) -> None:
    parsed = read(digest([*SPEAKERS[0], "Question", "Why?", seat, "Question", "And why there?"]))
    assert [(who, place) for _, who, _, place, _ in spoken(parsed)][1] == (None, seat)
    assert parsed.refusals == []


def test_a_seat_alone_is_read_where_the_digest_prints_it_with_its_member() -> None:
    parsed = read(digest(["Ida Elk", "Lab", "Esk South", *ASKED, "Esk South", *ASKED]))
    assert [(who, place) for role, who, _, place, _ in spoken(parsed) if role == "question"] == [
        ("Ida Elk", "Esk South"),
        (None, "Esk South"),
    ]
    assert parsed.refusals == []


ASKED = ["Question", "Why?", "Minister reply", "Noted it."]


@pytest.mark.parametrize("name", ["Sylvia Heron", "Nadine West", "Ida South", "Ann Quill of Esk"])
def test_a_person_alone_above_a_question_is_no_seat(name: str) -> None:
    """A name that ends like a seat is refused as any other name without a party is."""
    parsed = read(digest([name, *ASKED, *SPEAKERS[0], *ASKED]))
    assert name not in str(parsed.records)
    (refusal,) = [refusal for refusal in parsed.refusals if name in refusal.text]
    assert "may be the name of a speaker or a seat, and no party is printed with it" in refusal.reason


@pytest.mark.parametrize(
    "seat",
    ["Luton North", "Stoke-on-Trent Central", "North Antrim", "Mid Norfolk", "Vale of Clwyd", "Milton Keynes North"],
)
def test_a_seat_alone_above_a_question_is_one(seat: str) -> None:
    parsed = read(digest([seat, *ASKED, *SPEAKERS[0], *ASKED]))
    assert seat in [record.asked_by_constituency_text for record in parsed.records if isinstance(record, Question)]


@pytest.mark.parametrize("seat", ["Luton North", "Washington South East", "Bishop Auckland"])
def test_a_seat_in_the_place_of_a_name_refuses_its_turn(seat: str) -> None:
    parsed = read(digest([seat, "Con", "Ida Elk", *ASKED, *SPEAKERS[0], *ASKED]))
    assert "Ida Elk" not in str(parsed.records)
    assert any(f"“{seat}” is the name of a seat" in refusal.reason for refusal in parsed.refusals)


def test_a_reply_under_a_statement_is_that_to_a_question_which_is_missing() -> None:
    statement = ["Government Statement", "Government Statement", "Dredging will cost £3 million."]
    parsed = read(digest([*statement, "Minister reply", "Noted it.", *SPEAKERS[0], *ASKED]))
    assert [role for role, *_ in spoken(parsed)] == ["statement", "question", "reply"]
    assert any("“Minister reply” follows no question" in refusal.reason for refusal in parsed.refusals)


@pytest.mark.parametrize("label", ["Government Response", "Minister reply", "Lead Contributor"])
def test_a_speech_of_one_sentence_may_stand_above_a_label(label: str) -> None:
    parsed = read(digest([*SPEAKERS[0], "Agreed.", label, "Noted it.", *SPEAKERS[1], "Wanted more of it."]))
    assert [(name, seat, text) for _, name, _, seat, text in spoken(parsed)][::2] == [
        (SPEAKERS[0][0], SPEAKERS[0][2], "Agreed."),
        (SPEAKERS[1][0], SPEAKERS[1][2], "Wanted more of it."),
    ]
    assert not any("may name who speaks" in refusal.reason for refusal in parsed.refusals)
