"""Parts of pages that people save are read, or refused with their name and with what would be read instead."""

import datetime as dt
import json
from pathlib import Path

import pytest

from orderpaper.errors import ParseError
from orderpaper.records import Answer, Contribution, Debate, Document, Member, Parsed, Question
from orderpaper.records.accounting import account
from orderpaper.sources.inbox.parse import parse

EXAMPLES = Path(__file__).with_name("examples")


def dropped(body: str | bytes) -> Parsed:
    document = Document(
        document_id="0" * 64,
        source="inbox",
        kind="file",
        url="a.txt",
        media_type="text/plain",
        fetched_at=dt.datetime(2025, 1, 1, tzinfo=dt.UTC),
        body=body.encode() if isinstance(body, str) else body,
    )
    return account(parse(document))


def example(name: str) -> dict[str, object]:
    return json.loads((EXAMPLES / name).read_text(encoding="utf-8"))  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("name", "rows", "kind"),
    [
        ("written_questions/list.json", "results", "written_question_list"),
        ("written_statements/list.json", "results", "written_statement_list"),
        ("members/search.json", "items", "member_list"),
        ("oral_questions/question_time.json", "Response", "oral_question_list"),
    ],
)
def test_rows_without_their_page_are_read(name, rows, kind):
    page = example(name)
    wrapped = page[rows]
    whole = dropped(json.dumps(page))
    bare = [row.get("value", row) for row in wrapped]
    for form in (wrapped, bare, bare[0]):
        parsed = dropped(json.dumps(form))
        assert parsed.records[0] == whole.records[0]
        assert not parsed.refusals
    assert dropped(json.dumps(wrapped)).document_kind == kind
    assert dropped(json.dumps(bare)).records == whole.records


def test_the_history_of_one_member_is_read_without_its_list():
    (item,) = example("members/history.json")
    whole = dropped(json.dumps([item]))
    for form in ([item["value"]], item, item["value"]):
        parsed = dropped(json.dumps(form))
        assert (parsed.records, parsed.refusals) == (whole.records, [])


@pytest.mark.parametrize(
    ("field", "start", "end"),
    [
        ("partyHistory", "startDate", "endDate"),
        ("nameHistory", "startDate", "endDate"),
        ("houseMembershipHistory", "membershipStartDate", "membershipEndDate"),
    ],
)
def test_a_period_that_ends_before_it_begins_is_refused_by_itself(field, start, end):
    (item,) = example("members/history.json")
    whole = dropped(json.dumps([item]))
    odd = item["value"][field][0] | {start: "2010-05-06T00:00:00", end: "2009-01-01T00:00:00"}
    item["value"][field].append(odd)
    parsed = dropped(json.dumps([item]))
    assert parsed.records == whole.records
    (refusal,) = parsed.refusals
    assert refusal.address == f"$[0].value.{field}[1]"
    assert refusal.text.endswith(", 2010-05-06 to 2009-01-01")
    assert refusal.text.split(",")[0] in str(whole.records)
    assert refusal.reason == "a period of a member's history ends before it begins"


@pytest.mark.parametrize("name", ["debate", "statement", "saved_container", "grouped_questions"])
def test_the_same_debate_has_the_same_ids_in_capitals_and_in_small_letters(name):
    """The API gives an id in both, in the lists of a day and in debates: one debate would have two ids."""
    payload = example(f"hansard/{name}.json")
    small = json.loads(json.dumps(payload), object_hook=_with_small_ids)
    assert small != payload
    assert dropped(json.dumps(small)).records == dropped(json.dumps(payload)).records


def _with_small_ids(values: dict[str, object]) -> dict[str, object]:
    ids = {name: values[name] for name in ("ExtId", "ExternalId") if isinstance(values.get(name), str)}
    return values | {name: str(value).lower() for name, value in ids.items()}


def test_a_question_of_hansard_is_one_by_its_markup_whatever_its_style():
    payload = example("hansard/grouped_questions.json")
    whole = dropped(json.dumps(payload))
    for item in payload["Items"]:
        item["HRSTag"] = "hs_8Question" if item["HRSTag"] == "Question" else item["HRSTag"]
    assert dropped(json.dumps(payload)).records == whole.records


@pytest.mark.parametrize(
    ("asker", "party"),
    [
        ("Ann Otter (Member for New Wood)", None),
        ("Ann Otter MP for New Wood", None),
        ("OTTER, Ann (Lab - New Wood)", "Lab"),
    ],
)
def test_who_asks_may_be_printed_as_a_list_of_members_does(asker: str, party: str | None) -> None:
    parsed = dropped(BLOCK.replace("Ann Otter (LABOUR - New Wood)", asker))
    (question,) = (record for record in parsed.records if isinstance(record, Question))
    assert question.asked_by_text in ("Ann Otter", "OTTER, Ann")
    assert (question.asked_by_party_text, question.asked_by_constituency_text) == (party, "New Wood")
    assert parsed.refusals == []


def test_a_member_is_read():
    (item, *_) = example("members/search.json")["items"]
    parsed = dropped(json.dumps(item))
    assert parsed.document_kind == "member_detail"
    assert [type(record) for record in parsed.records] == [Member]


def test_text_from_an_old_mac_is_read():
    listing = (EXAMPLES / "question_listing/full_format.txt").read_text(encoding="utf-8")
    text = listing.replace("The criteria are set", "The Department’s “criteria” – £5 – are set").replace("\n", "\r")
    assert "Department’s “criteria” – £5 –" in dropped(text.encode("mac_roman")).text
    assert (
        "Ó Murchú said Õl"
        in dropped(
            text.replace("’", "'")
            .replace("“", '"')
            .replace("”", '"')
            .replace("are set", "Ó Murchú said Õl")
            .encode("cp1252")
        ).text
    )


GENERAL = """← Back to House of Commons Debates
Harbour Dredging
22 July 2024
Lead MP
Hester Blackmoor
Debate Type
General Debate
Tags
Taxation
Other Contributors: 2
At a Glance
Hester Blackmoor raised concerns about dredging.
How the Debate Unfolded
MPs spoke in turn. Here is what each said:
Lead Contributor
Opened the debate
Asked for £3 million.
A second paragraph.
Tobias Wren-Askew
Con
Holderness and the Wolds
Asked whether it can be less.
Cordelia Ashdown
Lab
Marlcombe
Wanted more.
▸
Assessment & feedback
"""


def test_a_general_debate_has_a_turn_for_each_speaker():
    parsed = dropped(GENERAL)
    turns = [record for record in parsed.records if isinstance(record, Contribution)]
    assert [(t.role, t.speaker_text, t.speaker_party_text, t.speaker_constituency_text, t.text) for t in turns] == [
        ("speech", "Hester Blackmoor", None, None, "Asked for £3 million.\nA second paragraph."),
        ("speech", "Tobias Wren-Askew", "Con", "Holderness and the Wolds", "Asked whether it can be less."),
        ("speech", "Cordelia Ashdown", "Lab", "Marlcombe", "Wanted more."),
    ]
    assert not parsed.refusals
    assert [r.debate_type_text for r in parsed.records if isinstance(r, Debate)] == ["General Debate"]


@pytest.mark.parametrize("party", ["CB", "Non-Afl", "Harbour Party"])
def test_a_speaker_of_a_party_that_is_not_known_is_still_a_speaker(party):
    turns = dropped(GENERAL.replace("\nCon\n", f"\n{party}\n")).records
    spoken = [(t.speaker_text, t.speaker_party_text, t.text) for t in turns if isinstance(t, Contribution)]
    assert spoken[1] == ("Tobias Wren-Askew", party, "Asked whether it can be less.")


def test_the_lead_member_of_a_digest_may_be_a_peer():
    (debate, *_) = dropped(GENERAL.replace("Lead MP", "Lead Peer")).records
    assert debate.lead_member_text == "Hester Blackmoor"


def test_a_general_debate_may_have_questions_and_replies():
    text = GENERAL.replace("Marlcombe\nWanted", "Marlcombe\nQuestion\nWanted").replace(
        "more.\n", "more.\nMinister reply\nNoted it.\n"
    )
    parsed = dropped(text)
    assert [r.role for r in parsed.records if isinstance(r, Contribution)] == ["speech", "speech", "question", "reply"]
    assert [r.asked_by_text for r in parsed.records if isinstance(r, Question)] == ["Cordelia Ashdown"]


POST = "Posted by: Harbours Press Office, Posted on: {} - Categories: Piers\n\n{}\n\n"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (
            "Blog Harbours\nPiers\n"
            + POST.format("28 December 2023", "We spend £2 million.")
            + "Read more of Piers - 2 comments\nNets\n"
            + POST.format("12 December 2023", "Talks took place."),
            "a listing of press posts",
        ),
        ("Piers\n" + POST.format("28 December 2023", "We spend.") + "Read more of Piers\n", "a listing of press posts"),
        ('<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>Piers</title></feed>', "is a feed"),
        ('<rss version="2.0"><channel><title>Piers</title></channel></rss>', "is a feed"),
        (
            "Piers: Repair\nUIN 1234, tabled on 3 March 2025\nQuestion\nHester Blackmoor\n"
            "To ask the Secretary of State, why.",
            "a page of questions-statements.parliament.uk",
        ),
        (
            "Piers\nVolume 757: debated on Monday 25 November 2024\nHester Blackmoor\nI rise to speak.",
            "hansard.parliament",
        ),
        ("Piers\nMy Lords, I rise. (Citation: HL Deb, 4 March 2009, c812)", "a page of theyworkforyou.com"),
        ("TheyWorkForYou\nPiers\nI rise to speak.", "a page of theyworkforyou.com"),
        ("All Commons debates on 3 Nov 2009\nPiers\nI rise.", "a page of theyworkforyou.com"),
        ("Piers\nI rise.\nLink to this speech In context\n", "a page of theyworkforyou.com"),
        ("Piers\nHC Deb 03 November 2009 vol 498 cc123-5\nI rise.", "a page of hansard.parliament.uk"),
        ("Piers\nUIN: HL1234\nTabled on: 3 March 2025\nWhy.", "a page of questions-statements.parliament.uk"),
        (
            "Piers\nDepartment for Transport written question – answered on 21st March 2017.\nWhy?",
            "a page of theyworkforyou.com",
        ),
        (
            "Piers\nPart of the debate – in the House of Lords at 3:30 pm on 8 May 2003.\nI rise.",
            "a page of theyworkforyou.com",
        ),
        (
            "28 Oct 2009 : Column 349W\nPiers\nAnn Otter: To ask why. [296192]",
            "Official Report on publications.parliament",
        ),
        ("Questions tabled on Monday 15 March 2021\n1 N Ann Otter (Ely): To ask why. (167209)", "of the Order Paper"),
        (
            "Previous Section | Back to Table of Contents | Lords Hansard Home Page |\nTo ask why. [HL9224]\n",
            "Official Report on publications.parliament",
        ),
        (
            "Questions for Written Answer for 28 November 2023\nTabled on 27 November 2023\nLord Ash to ask why.  HL5",
            "of the Order Paper",
        ),
        ("House of Lords Business\n*Lord Ash to ask His Majesty's Government why.", "of the Order Paper"),
        (
            "Piers\nThe press release issued by the Department for Transport on 16 July 2025.\nWe mend.",
            "a page of ukpol",
        ),
        (
            "Ann Otter – 2016 Question\nThe below Parliamentary question was asked by Ann Otter.",
            "a page of ukpol.co.uk",
        ),
        ("Hester Blackmoor\nParliamentary career\nCurrently held roles", "a page of members.parliament.uk"),
        ("Piers\nQ1\nWhy piers?\nPartial Answer\nBecause.", "“Q1” and “Partial Answer”"),
        (
            "Piers\n3 March 2025\nQ1 / Direct Answer\nAnn Otter\nContext\nPiers.\nQuestion\nWhy?",
            "“Q1” and “Partial Answer”",
        ),
        ("Piers\nVolume 757\nMonday 25 November 2024\nAnn Otter\nShare\nI rise.", "a page of hansard.parliament.uk"),
        ("Piers\nAnn Otter (Ely) (Lab)\nShare this contribution\nI rise.", "a page of hansard.parliament.uk"),
        ("Quays\n1. Ann Otter (Ely) (Lab): What steps he is taking. [903001]", "a text of Hansard with its speakers"),
        ("Quays\nAnn Otter (Ely) (Lab/Co-op)\nI rise to speak.", "a text of Hansard with its speakers"),
        ('{"id": 1, "governmentPosts": []}', "without the wrapper in which the API gives it"),
        ('{"value": {}}\n{"value": {}}', "has more than one JSON value, the second at line 2, column 1; save each"),
        ('<html><body><pre>{"totalResults": 1, "results": []}</pre></body></html>', "shows JSON on a page"),
        ('```json\n[{"value": {}}]\n```\n', "shows JSON on a page or between other marks; save the JSON by itself"),
        ('{"Message": "An error has occurred."}', "to a request that failed, with a message inside: An error"),
        ('{"status": 500, "title": "Server Error", "traceId": "1"}', "with status 500 inside: Server Error"),
        ('{"Success": false, "StatusCode": 404, "Errors": ["None"]}', "that failed, with status 404 inside"),
    ],
)
def test_what_is_not_read_is_named(text, reason):
    with pytest.raises(ParseError, match=reason):
        dropped(text)


@pytest.mark.parametrize("grade", ["Q1", "Q1 / Partial Answer", "Q12/No Answer"])
def test_a_digest_of_graded_answers_is_refused_whole_whatever_stands_above_it(grade):
    """Its blocks have the labels of the other layout, under which each would be taken for that of another speaker."""
    block = f"{grade}\nCordelia Ashdown\nLab\nMarlcombe\nContext\nShe asked.\nQuestion\nWhy?\nMinister reply\nSo.\n"
    above = GENERAL.split("Lead Contributor", maxsplit=1)[0]
    with pytest.raises(ParseError, match="“Q1” and “Partial Answer” blocks, which is not read"):
        dropped(f"{above}{block}{block}")


BLOCK = """Written Question
Harbour dues
Thursday 16th May 2024
Asked by: Ann Otter (LABOUR - New Wood)
Question to the Department for Transport:
To ask the Secretary of State for Transport, what the harbour dues were in 2023.
Answered by Bob Sand - Parliamentary Under-Secretary of State for Transport
The dues were £4 million.
"""
HEADER = "Harbour dues\nThursday 16th May 2024\nAsked by: Ann Otter (LABOUR - New Wood)\n"


@pytest.mark.parametrize(
    "header",
    [
        "Thursday 16th May 2024\nAsked by: Ann Otter (LABOUR - New Wood)\nHarbour dues\n",
        "Asked by: Ann Otter (LABOUR - New Wood)\nHarbour dues\nThursday 16th May 2024\n",
        "Asked by: Ann Otter (LABOUR - New Wood)\nThursday 16th May 2024\nHarbour dues\n",
    ],
)
def test_the_heading_and_the_day_of_a_listing_may_stand_under_the_asker(header: str) -> None:
    parsed = dropped(BLOCK.replace(HEADER, header))
    whole = dropped(BLOCK)
    assert [type(record) for record in parsed.records] == [type(record) for record in whole.records]
    (question,) = (record for record in parsed.records if isinstance(record, Question))
    assert (question.asked_by_text, question.heading) == ("Ann Otter", "Harbour dues")
    assert not parsed.refusals


DAYS = [dt.date(2024, 5, 15), dt.date(2024, 5, 16)]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_day_that_heads_several_questions_is_that_of_each(count: int) -> None:
    blocks = [BLOCK.replace("Thursday 16th May 2024\n", "").replace("2023", f"202{n}") for n in range(2 * count)]
    halves = [blocks[:count], blocks[count:]]
    text = "".join(f"{day:%A %-d %B %Y}\n{''.join(half)}" for day, half in zip(DAYS, halves, strict=True))
    parsed = dropped(text)
    assert [r.answered_on for r in parsed.records if isinstance(r, Answer)] == [d for d in DAYS for _ in range(count)]
    assert not parsed.refusals
    # A day that may end the answer above it, or that only some questions lack, is in no record.
    for odd in (text.replace("Wednesday 15 May 2024\n", ""), f"{text}{BLOCK}"):
        parsed = dropped(odd)
        assert {r.answered_on for r in parsed.records if isinstance(r, Answer)} <= {None, DAYS[1]}
        assert parsed.refusals


@pytest.mark.parametrize("label", ["", "Answered on: ", "Answered on "])
def test_the_day_may_stand_under_the_answerer(label: str) -> None:
    above = BLOCK.replace("Thursday 16th May 2024\n", "").replace("\nTo ask", "\nThursday 16th May 2024\nTo ask")
    assert dropped(above).records[1].answered_on == DAYS[1]
    block = BLOCK.replace("Thursday 16th May 2024\n", "").replace("\nThe dues", f"\n{label}16 May 2024\nThe dues")
    for text in (block, f"{block}\n{block.replace('2023', '2022')}"):
        parsed = dropped(text)
        assert {r.answered_on for r in parsed.records if isinstance(r, Answer)} == {DAYS[1]}
        assert not parsed.refusals


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x85", "\N{LINE SEPARATOR}", "\N{PARAGRAPH SEPARATOR}"])
def test_lines_may_end_in_any_way(end: str) -> None:
    assert dropped(BLOCK.replace("\n", end)).records == dropped(BLOCK).records


def test_a_listing_of_thousands_of_questions_is_read() -> None:
    askers = [f"Ann Otter{number}" for number in range(1500)]
    blocks = [
        BLOCK.replace("Ann Otter", asker)
        .replace("New Wood)", f"New Wood, East and {asker} (South))")
        .replace("Parliamentary Under-Secretary of State", f"Minister of State ({asker}) (Ports - Dues)")
        for asker in askers
    ]
    parsed = dropped("\n".join(blocks))
    assert [record.asked_by_text for record in parsed.records if isinstance(record, Question)] == askers
    assert not parsed.refusals


def test_a_question_that_a_listing_has_twice_counts_once() -> None:
    parsed = dropped(f"{BLOCK}\n{BLOCK}")
    assert len([record for record in parsed.records if isinstance(record, Question)]) == 1
    (refusal,) = parsed.refusals
    assert (refusal.address, refusal.reason) == (
        "line 10",
        "line 10: the question is given twice, with the same answer",
    )


@pytest.mark.parametrize("name", ["oral_sitting/headed.txt", "question_listing/full_format.txt"])
def test_what_a_site_prints_below_a_page_is_no_part_of_its_last_answer(name: str) -> None:
    text = (EXAMPLES / name).read_text(encoding="utf-8")
    below = "\nNext page\nContact us\nCookie policy\nPrivacy notice\n© UK Parliament 2024\n"
    assert dropped(text + below).records == dropped(text).records


@pytest.mark.parametrize(
    ("name", "rows"), [("written_questions/list.json", "results"), ("oral_questions/question_time.json", "Response")]
)
def test_a_list_is_recognised_by_any_of_its_rows(name: str, rows: str) -> None:
    payload = example(name)
    values = payload[rows]
    assert isinstance(values, list)
    payload[rows] = ["odd", *values]
    parsed = dropped(json.dumps(payload))
    assert [refusal.text for refusal in parsed.refusals] == ['"odd"']


SINGLE = """Harbour dues

(asked on 4th May 2024) - View Source

Question to the Department for Transport :

To ask the Secretary of State for Transport, what the harbour dues were in 2023.


Answered by
Bob Sand Portrait
Bob Sand
This question was answered on 16th May 2024

The dues were £4 million.

Reticulating Splines
"""


def test_the_page_of_one_question_is_read() -> None:
    question, answer = dropped(SINGLE).records
    assert isinstance(question, Question)
    assert isinstance(answer, Answer)
    assert (question.heading, question.tabled_on) == ("Harbour dues", dt.date(2024, 5, 4))
    assert question.answering_body_text == "Department for Transport"
    assert (answer.answered_by_text, answer.answered_on, answer.text) == (
        "Bob Sand",
        DAYS[1],
        "The dues were £4 million.",
    )
    assert dropped(SINGLE).refusals == []


@pytest.mark.parametrize(
    ("left", "shown"), [("&pound;4", "£4"), ("&#163;4", "£4"), ("&#xA3;4", "£4"), ("&pound4", "&pound4")]
)
def test_the_names_of_characters_that_are_left_in_a_text_are_read(left: str, shown: str) -> None:
    text = BLOCK.replace("£4 million.", f"{left} million &amp; more &mdash; at M&S;")
    answer = dropped(f"{text.rstrip()} and R&D.").records[-1]
    assert isinstance(answer, Answer)
    assert answer.text == f"The dues were {shown} million & more — at M&S; and R&D."
