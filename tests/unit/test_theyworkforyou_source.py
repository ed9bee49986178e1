"""TheyWorkForYou: the newest version of each file is fetched once; what is forged, old or unknown is refused."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from orderpaper import ingest
from orderpaper.config import Paths
from orderpaper.errors import ParseError, UpstreamError
from orderpaper.http import Client
from orderpaper.landing import Landing, Window, missing
from orderpaper.records import Answer, Contribution, Debate, Document, Question
from orderpaper.records.accounting import account
from orderpaper.records.types.divisions import Vote
from orderpaper.records.types.written_statements import WrittenStatement
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.server import serve
from orderpaper.sources._official_report.divisions import spoken_name
from orderpaper.sources.theyworkforyou.parse import parse

EXAMPLES = Path(__file__).parent / "parsers/examples/theyworkforyou"
DAY, LORDS, ANSWERS, LORDS_ANSWERS, STATEMENTS, COMMITTEE = (
    (EXAMPLES / f"{name}.xml").read_bytes()
    for name in ("commons", "lords", "written_answers", "lords_written_answers", "written_statements", "committee")
)
ROOT = "/pwdata/scrapedxml"
FOLDERS = ("debates", "westminhall", "lordspages", "wrans", "lordswrans", "wms", "lordswms", "standing")
MONDAY = Window(date(2009, 3, 1), date(2009, 3, 2))


def document(body, url=""):
    return Document(
        document_id="0", source="theyworkforyou", kind="daily_file", url=url, media_type="", fetched_at=None, body=body
    )


def of_type(body, record_type):
    return [record for record in parse(document(body)).records if isinstance(record, record_type)]


def site_with(site, lists):
    """Let the site answer with these lists, by folder, and with a day for every file."""

    def respond(path):
        folder, _, name = path.removeprefix(f"{ROOT}/").partition("/")
        is_list = name == "changedates.txt"
        headers = {"Content-Type": "text/plain" if is_list else "application/xml"}
        days = re.findall(r"\d{4}-\d\d-\d\d", name)
        return (
            200,
            headers,
            lists.get(folder, "").encode() if is_list else DAY.replace(b"2009-03-02", days[-1].encode()),
        )

    site.respond = respond


def asked(site):
    return [path.removeprefix(f"{ROOT}/") for path, _ in site.requests if not path.endswith("changedates.txt")]


BOMB = b'<!ENTITY a "aaaaaaaaaa">' + b"".join(b'<!ENTITY a%d "&a%d;&a%d;">' % (n, n - 1, n - 1) for n in range(1, 40))


@pytest.mark.parametrize(
    "forged",
    [
        b"[\n" + BOMB,
        b'[\n<!ENTITY a SYSTEM "file:///etc/passwd">',
        b'[\n<!ENTITY % a "x">',
        b'SYSTEM "http://192.0.2.1/x.dtd" [\n',
    ],
)
def test_a_document_type_that_names_more_than_characters_is_refused(forged):
    with pytest.raises(ParseError, match="not a day of TheyWorkForYou: expected its XML declaration"):
        parse(document(DAY.replace(b"[\n", forged, 1)))


@pytest.mark.parametrize(
    ("pattern", "replacement", "reason"),
    [
        (rb"ISO-8859-1", b"UTF-16", "expected its XML declaration"),
        (rb"2009-03-02", b"2009-02-30", "no such day as 2009-02-30"),
        (rb"\A", b" " * 20_000 + b"<", "expected its XML declaration"),
        (rb"</publicwhip>", b"", "not a day of TheyWorkForYou"),
        (rb"<p ", b"<p>" * 300, "not a day of TheyWorkForYou"),
    ],
)
def test_what_is_no_day_is_refused(pattern, replacement, reason):
    with pytest.raises(ParseError, match=reason):
        parse(document(re.sub(pattern, replacement, DAY)))


@pytest.mark.parametrize(
    ("body", "pattern", "replacement", "reason"),
    [
        (ANSWERS, rb"</publicwhip>", b"", "not a day of TheyWorkForYou"),
        (ANSWERS, rb"cm200809(?=/cmhansrd/cm090302/text/90302w0001.htm#1)", b"ld200809", "the file is of both Houses"),
        (ANSWERS, rb' (url|speakerid)="[^"]*"', b"", "nothing in the file says of which House it is"),
        (DAY, rb"2009-03-02(?=b.[13])", b"2009-03-03", "of one day and one kind, this is of 2"),
        (DAY, rb' id="[^"]*"', b"", "this is of 0; line [0-9]+: the .* has no id that says its day"),
        (STATEMENTS, rb"(?s)<m.*?</minor-heading>", b"", "nothing of the document is understood; first: .* no heading"),
    ],
)
def test_what_is_no_written_business_is_refused(body, pattern, replacement, reason):
    with pytest.raises(ParseError, match=reason):
        account(parse(document(re.sub(pattern, replacement, body))))


@pytest.mark.parametrize(
    ("body", "pattern", "replacement", "reason", "lost"),
    [
        (DAY, rb"</speech>\s+<division", b"</speech> Strangers! <division", "between elements: 'Strang", (Vote, 0)),
        (DAY, rb"<mpname ", b"Strangers! <mpname ", "text stands between elements: 'Strangers!'", (Vote, 0)),
        (DAY, rb'id="[^"]*1.6"', b"", "the minor-heading has no id that says its day", (Debate, 0)),
        (DAY, rb"2009-03-02b.1.6", b"2009-03-03b.1.6", "has an id of debate and 2009-03-03", (Debate, 0)),
        (DAY, rb"debate/2009-03-02b.1.6", b"wrans/2009-03-02b.1.6", "an id of wrans and 2009-03-02", (Debate, 0)),
        (DAY, rb'speakername="Piers Oduya"', b"", "a speech has the office .* and no speakername", (Contribution, 1)),
        (
            DAY,
            rb'speakername="[^"]*" (?!speakeroffice)',
            b"",
            "has neither speakername nor nospeaker",
            (Contribution, 1),
        ),
        (DAY, rb"(?s)<table>(.*)</table>", rb"<chart>\1</chart>", "chart is not known in a speech", (Contribution, 1)),
        (
            DAY,
            rb"(?s)<oral-h(.*)</oral-h",
            rb"<annex-h\1</annex-h",
            "the element annex-heading is",
            (Debate, 0),
        ),
        (DAY, rb"vote=.aye.", b'vote="may"', "is 'aye' in the list of 'may'", (Vote, 2)),
        (
            DAY,
            rb"(?s)vote=.aye.(.{0,40}<mpname [^>]*vote=).aye.",
            rb"vote='may'\1'may'",
            "'may', which is no side",
            (Vote, 2),
        ),
        (DAY, rb"(<mpname [^>]*vote=).aye.", rb"\1'perhaps'", "is 'perhaps' in the list of 'aye'", (Vote, 1)),
        (
            DAY,
            rb'divnumber="\d+"',
            b'divnumber="%s"' % (b"9" * 5001),
            "a division has the number 9+…, with 5,001",
            (Vote, 3),
        ),
        (DAY, rb'ayes="\d+"', b'ayes="999999999999"', "a division has the number 9+…, with 12 digits", (Vote, 3)),
        (DAY, rb">Pell, Dr. Ansel</mpname>", b"></mpname>", "a vote has no name", (Vote, 1)),
        (ANSWERS, rb"(?s)<ques .*?</ques>", b"", "an answer stands without its question", (Answer, 1)),
        (ANSWERS, rb"(?s)<reply(.*?)</reply", rb"<speech\1</speech", "speech is not known in a file of", (Answer, 1)),
        (ANSWERS, rb"(?s)<ques id=\S+255203.q0.*</reply>", b"", "the last heading of the written", (Question, 2)),
        (STATEMENTS, rb"(?s)<speech id=.{0,60}1WS.4.*</speech>", b"", "the last heading of", (WrittenStatement, 1)),
        (
            STATEMENTS,
            rb'speakername="[^"]*" speakeroffice="[^"]*"',
            b'nospeaker="true"',
            "heading or no minister",
            (WrittenStatement, 1),
        ),
    ],
)
def test_an_element_that_is_not_understood_costs_only_itself(body, pattern, replacement, reason, lost):
    (record_type, count), whole = lost, parse(document(body)).records
    parsed = account(parse(document(re.sub(pattern, replacement, body, count=1))))
    assert parsed.refusals
    assert re.search(reason, parsed.refusals[0].reason)
    assert all(refusal.address.startswith("/publicwhip") and refusal.text for refusal in parsed.refusals)
    before, after = (sum(isinstance(record, record_type) for record in made) for made in (whole, parsed.records))
    assert after == before - count


@pytest.mark.parametrize(
    ("body", "pattern", "record_type"),
    [
        (DAY, rb"(<speech .*?</speech>)", Contribution),
        (DAY, rb"(<mpname .*?</mpname>)", Vote),
        (ANSWERS, rb"(<ques .*?</ques>)", Question),
        (ANSWERS, rb"(<reply .*?</reply>)", Answer),
        (STATEMENTS, rb"(<speech .*?</speech>)", WrittenStatement),
    ],
)
def test_an_element_that_is_given_twice_counts_once(body, pattern, record_type):
    twice = re.sub(pattern, rb"\1\1", body, count=1, flags=re.DOTALL)
    assert len(of_type(twice, record_type)) == len(of_type(body, record_type))
    (refusal,) = parse(document(twice)).refusals
    assert "is given twice" in refusal.reason


def test_nothing_is_linked_across_words_that_are_refused():
    speeches = [
        b'<speech id="uk.org.publicwhip/debate/2009-03-02b.9.%d" speakername="%s"%s><p>%s</p></speech>' % row
        for row in (
            (1, b"Odette Farnsworth", b' oral-qnum="1"', b"How long are the nets?"),
            (2, b"Piers Oduya", b"", b"They are long."),
            (3, b"Ruth Peel", b"", b"May they be longer?"),
            (4, b"Piers Oduya", b"", b"They may."),
        )
    ]
    usual = b"<publicwhip>%s</publicwhip>" % b"".join(speeches)
    assert [turn.reply_to_ordinal for turn in of_type(usual, Contribution)] == [None, 1, None, 3]
    lost = usual.replace(b"They are long.", b"<chart>They are long.</chart>")
    assert [(turn.ordinal, turn.reply_to_ordinal) for turn in of_type(lost, Contribution)] == [
        (1, None),
        (2, None),
        (3, None),
    ]
    assert of_type(lost, Answer) == []


def test_a_version_that_a_newer_one_has_replaced_is_refused_by_its_name():
    redirect = (
        b'<gidredirect oldgid="x" newgid="uk.org.publicwhip/debate/2009-03-02%s.1.0" matchtype="changes"/></publicwhip>'
    )
    old = DAY.replace(b'latest="yes"', b'latest="no"')
    for version in (b"c", b"aa"):
        with pytest.raises(ParseError, match=f"version b of a file, which version {version.decode()} has replaced"):
            parse(document(old.replace(b"</publicwhip>", redirect % version)))
    with pytest.raises(ParseError, match="version b of a file, which a newer version has replaced"):
        parse(document(old.replace(b'"no"', b'"No"')))
    for own in (b' latest="yes"', b""):
        unsaid = DAY.replace(b' latest="yes"', own)
        with pytest.raises(ParseError, match="version b of a file, which version c has replaced"):
            parse(document(unsaid.replace(b"</publicwhip>", redirect % b"c")))
        assert parse(document(unsaid.replace(b"</publicwhip>", redirect % b"b"))).records


def test_the_newest_version_of_each_file_in_the_window_is_asked_for_once(tmp_path, site):
    paths = Paths(tmp_path, "simulated")
    versions = "".join(f"1{n},debates2009-03-02{v}.xml\n" for n, v in enumerate(["a", "b", "z", "aa"]))
    lists = {"debates": f"{versions}5,debates2009-03-03a.xml\n"}
    lists["standing"] = (
        "6,standing2009-02-26_HARBOURS_01-0_2009-03-02a.xml\n7,standing2009-03-02_X_01-0_2009-03-05a.xml\n"
    )
    site_with(site, lists)
    fetched = ingest.fetch(paths, "theyworkforyou", MONDAY, site.url, "run")
    ingest.fetch(paths, "theyworkforyou", MONDAY, site.url, "run")
    newest = ["debates/debates2009-03-02aa.xml", "standing/standing2009-02-26_HARBOURS_01-0_2009-03-02a.xml"]
    assert asked(site) == newest
    assert [path for path, _ in site.requests if path.endswith(".txt")] == [
        f"{ROOT}/{folder}/changedates.txt" for folder in FOLDERS
    ] * 2
    lists["debates"] = lists["debates"].replace("13,", "14,")
    ingest.fetch(paths, "theyworkforyou", MONDAY, site.url, "run")
    assert asked(site) == [*newest, newest[0]], "the list says that it has changed"
    parsed = ingest.parse(paths, "theyworkforyou", fetched.manifest)
    assert (parsed.quarantined_count, parsed.record_counts["question"], parsed.record_counts["vote"]) == (0, 4, 3)


def test_of_the_real_site_nothing_is_asked_for_that_an_api_of_parliament_gives(tmp_path, site, monkeypatch):
    site_with(
        site, {name: f"1,{name}2014-11-11a.xml\n1,{name}2014-11-12a.xml\n" for name in ("debates", "wrans", "standing")}
    )
    monkeypatch.setattr(Client, "is_public", True)
    window = Window(date(2014, 11, 11), date(2014, 11, 12))
    ingest.fetch(Paths(tmp_path, "r"), "theyworkforyou", window, site.url, "run")
    assert asked(site) == ["wrans/wrans2014-11-11a.xml", *(f"standing/standing2014-11-1{n}a.xml" for n in "12")]


@pytest.mark.parametrize("line", ["<html>", "1,readme.txt", "x,debates2009-03-02a.xml", "1,debates2009-02-30a.xml"])
def test_lists_of_something_else_are_an_error(tmp_path, site, line):
    site_with(site, {"debates": line, "standing": line})
    reason = f"debates/changedates.txt has the line '{line}', where a time and a file are expected"
    with pytest.raises(UpstreamError, match=reason):
        ingest.fetch(Paths(tmp_path, "r"), "theyworkforyou", MONDAY, site.url, "r")


@pytest.mark.parametrize("answer", [(500, {}, b""), (404, {}, b""), (200, {}, b"<html>")])
def test_a_folder_whose_list_is_not_given_is_remembered_and_its_days_are_asked_for_until_it_comes(
    tmp_path, site, monkeypatch, answer
):
    monkeypatch.setattr("time.sleep", lambda _: None)
    paths = Paths(tmp_path, "r")
    file = paths.landing / "missing" / "theyworkforyou.json"
    lists = {"debates": "1,debates2009-03-02a.xml\n", "wms": "1,wms2009-03-02a.xml\n1,wms2009-03-03a.xml\n"}
    site_with(site, lists)
    whole = site.respond
    site.respond = lambda path: answer if "/wms/changedates" in path else whole(path)
    fetched = ingest.fetch(paths, "theyworkforyou", MONDAY, site.url, "r")
    assert asked(site) == ["debates/debates2009-03-02a.xml"]
    absents = missing.read(Landing(paths.landing), file.stem)
    assert [(absent.name, absent.day) for absent in absents] == [("wms/changedates.txt", d) for d in MONDAY]
    assert fetched.manifest.endswith("_lacking")

    later = Window(date(2009, 3, 4), date(2009, 3, 4))
    ingest.fetch(paths, "theyworkforyou", later, site.url, "r")
    assert {each.day for each in missing.read(Landing(paths.landing), file.stem)} == {*MONDAY, *later}
    site.respond = whole
    ingest.fetch(paths, "theyworkforyou", later, site.url, "r")
    assert asked(site)[1:] == ["wms/wms2009-03-02a.xml"]
    assert missing.read(Landing(paths.landing), file.stem) == []


def test_too_many_lists_that_are_not_given_are_an_error(tmp_path, site, monkeypatch):
    monkeypatch.setattr("time.sleep", lambda _: None)
    site.respond = lambda _: (500, {}, b"")
    sentence = "^theyworkforyou: 2 of the 2 lists that were asked for are not given; the first, debates/changedates.txt"
    with pytest.raises(UpstreamError, match=sentence):
        ingest.fetch(Paths(tmp_path, "r"), "theyworkforyou", MONDAY, site.url, "r")


def test_an_odd_line_of_a_list_costs_only_itself(tmp_path, site):
    paths = Paths(tmp_path, "r")
    site_with(site, {"debates": "1,debates2009-03-02a.xml\n\n1,readme.txt\n2,debates2009-03-03a.xml\n"})
    fetched = ingest.fetch(paths, "theyworkforyou", MONDAY, site.url, "r")
    assert asked(site) == ["debates/debates2009-03-02a.xml"]
    assert ingest.parse(paths, "theyworkforyou", fetched.manifest).refused_row_count == 1
    parsed = parse(replace(document(b"1,readme.txt\n1,debates2009-03-02a.xml"), kind="listing"))
    assert [(refusal.address, refusal.text) for refusal in parsed.refusals] == [("line 1", "1,readme.txt")]


def test_the_words_of_an_unknown_attribute_are_refused():
    body = (
        (EXAMPLES / "lords.xml")
        .read_bytes()
        .replace(b"<speech ", b'<speech note="Ministers met the hauliers in May." ')
    )
    parsed = account(parse(document(body)))
    assert len(parsed.refusals) == body.count(b"<speech ")
    assert {refusal.text for refusal in parsed.refusals} == {"Ministers met the hauliers in May."}
    assert parsed.refusals[0].reason.startswith("the field publicwhip.*@.note is not known")


def test_the_simulated_days_are_read_whole(tmp_path):
    paths, week = Paths(tmp_path, "simulated"), Window(date(2025, 3, 10), date(2025, 3, 14))
    with serve(SimulatedParliament()) as server:
        fetched = ingest.fetch(paths, "theyworkforyou", week, server.url, "run")
    counts = ingest.parse(paths, "theyworkforyou", fetched.manifest).record_counts
    assert counts.keys() >= {"debate", "contribution", "question", "answer", "division", "vote", "written_statement"}
    assert counts["question"] == counts["answer"] == 4 * counts["written_statement"]
    assert "drift" not in counts


def test_headings_keep_the_business_that_they_stand_under():
    assert [(debate.title, debate.debate_type_text) for debate in of_type(DAY, Debate)] == [
        ("Committee of Harbours", "BUSINESS BEFORE QUESTIONS"),
        ("TRANSPORT", "ORAL ANSWERS TO QUESTIONS"),
        ("Swing Bridges", "Oral Answers to Questions"),
        ("Topical Questions", "Oral Answers to Questions"),
        ("Harbours Bill [Lords] — Clause 2", None),
        ("Business without Debate", None),
        ("HARBOUR LIGHTS", None),
    ]


def test_a_heading_under_which_a_member_speaks_is_not_the_business_of_the_next():
    spoken = re.sub(
        rb'nospeaker="true"(?= colnum="1" time="14:30:00">\s+<p pid="b.1.2)', b'speakername="Ruth Peel"', DAY
    )
    moved = re.sub(rb"(?s)(<minor-heading[^>]*1.1.*?</minor-heading>)(.*?</speech>)", rb"\2 \1", spoken, count=1)
    assert [(debate.title, debate.debate_type_text) for debate in of_type(moved, Debate)][:2] == [
        ("BUSINESS BEFORE QUESTIONS", None),
        ("Committee of Harbours", None),
    ]


def test_the_chair_and_the_stage_of_a_heading_are_not_its_title():
    hall = DAY.replace(b"/debate/", b"/westminhall/").replace(
        b"HARBOUR LIGHTS", b"[Mr. Joe Peel in the Chair] &mdash; Lights"
    )
    *_, debate = of_type(hall, Debate)
    assert (debate.title, debate.debate_type_text) == ("Lights", "Westminster Hall")
    turns = [turn.text for turn in of_type(hall, Contribution) if turn.debate_ordinal == debate.ordinal]
    assert turns[0] == "[Mr. Joe Peel in the Chair]"
    question, report = of_type(LORDS, Debate)
    assert (question.title, question.debate_type_text) == ("Harbours", "Question")
    assert (report.title, report.debate_type_text) == ("Harbours Bill", "Report (2nd Day)")


@pytest.mark.parametrize(
    ("printed", "name", "seat"),
    [
        ("Ainsworth, rh Mr. Peter", "Mr. Peter Ainsworth", None),
        ("Afriyie, Adam", "Adam Afriyie", None),
        ("Foster, Mr. Michael  (Worcester)", "Mr. Michael Foster", "Worcester"),
        ("Hunt of Kings Heath, L.", "Lord Hunt of Kings Heath", None),
        ("Barker, B. [Teller]", "Baroness Barker", None),
        ("Chichester, Bp.", "Bishop of Chichester", None),
        ("Penn-Marlow, V.", "Viscount Penn-Marlow", None),
        ("Odette Farnsworth", "Odette Farnsworth", None),
    ],
)
def test_a_name_of_a_list_is_read_as_it_is_spoken(printed, name, seat):
    assert spoken_name(printed) == (name, seat)


def test_both_sides_of_a_committee_and_those_who_did_not_vote_are_votes():
    assert [(vote.side, vote.voter_text) for vote in of_type(COMMITTEE, Vote)] == [
        ("aye", "Odette Farnsworth"),
        ("no", "Miss Ottoline Peel"),
        ("abstained", "Dr. Ansel Pell"),
    ]


def test_the_house_of_written_answers_is_that_of_their_pages_speakers_or_name():
    assert {question.house for question in of_type(ANSWERS, Question)} == {"Commons"}
    assert {question.house for question in of_type(LORDS_ANSWERS, Question)} == {"Lords"}
    nameless = re.sub(rb' (url|speakerid)="[^"]*"', b"", ANSWERS)
    for name, house in (("answers2009-03-02a.xml", "Commons"), ("/x/lordswrans2009-03-02a.xml", "Lords")):
        assert {record.house for record in parse(document(nameless, name)).records if isinstance(record, Question)} == {
            house
        }


@pytest.mark.parametrize("body", [DAY, LORDS, ANSWERS, LORDS_ANSWERS, STATEMENTS, COMMITTEE])
def test_every_text_node_is_in_a_record(body):
    parsed = parse(document(body))
    assert parsed.pieces
    assert account(parsed).refusals == []


@pytest.mark.parametrize("saved", [ANSWERS.decode("latin-1").encode(), ANSWERS.decode("latin-1").encode("utf-8-sig")])
def test_a_file_that_was_saved_in_another_encoding_than_it_declares_reads_the_same(saved):
    assert b"\xc2\xa3" in saved
    assert parse(document(saved)) == parse(document(ANSWERS))


def test_a_file_of_which_nothing_has_text_has_no_debate():
    speech = b'<speech id="uk.org.publicwhip/debate/2009-03-02b.1.1" nospeaker="true"><p></p></speech>'
    assert parse(document(b"<publicwhip>%s</publicwhip>" % speech)).records == []


def test_several_answers_are_all_to_the_questions_above_them():
    reply = re.search(rb"(?s)<reply id=\S+255203.*?</reply>", ANSWERS)[0]
    twice = ANSWERS.replace(reply, reply + reply.replace(b'.r0"', b'.r1"'))
    assert [answer.question_ordinals for answer in of_type(twice, Answer)] == [[1, 2], [3, 4], [3, 4]]


def test_a_question_after_an_answer_that_is_refused_stands_by_itself():
    reply = re.search(rb"(?s)<reply id=\S+255203.*?</reply>", ANSWERS)[0]
    asked = b'<ques id="%s.9" speakername="Ann Field"><p qnum="9">To ask about ships.</p></ques>'
    more = asked % re.search(rb'id="(\S+?)\.r0"', reply)[1] + reply.replace(b'.r0"', b'.r9"')
    lost = re.sub(rb"(?s)(<reply[^>]*>).*(</reply>)", rb"\1<chart>Ten.</chart>\2", reply)
    both, second = (of_type(ANSWERS.replace(reply, first + more), Answer) for first in (reply, lost))
    assert [answer.question_ordinals for answer in both] == [[1, 2], [3, 4], [5]]
    assert [answer.question_ordinals for answer in second] == [[1, 2], [5]]
