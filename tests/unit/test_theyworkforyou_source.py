"""TheyWorkForYou: the newest version of each day is fetched once; a forged day is refused."""

import re
from datetime import date
from pathlib import Path

import pytest

from orderpaper import ingest
from orderpaper.config import Paths
from orderpaper.errors import ParseError, UpstreamError
from orderpaper.landing import Window
from orderpaper.records import Debate, Document
from orderpaper.sources.theyworkforyou.parse import parse

EXAMPLES = Path(__file__).parent / "parsers/examples/theyworkforyou"
DAY = (EXAMPLES / "commons.xml").read_bytes()
FILES = (EXAMPLES / "files.html").read_bytes()
FOLDER = "/pwdata/scrapedxml/debates/"


def document(body):
    return Document(
        document_id="0", source="theyworkforyou", kind="day", url="", media_type="", fetched_at=None, body=body
    )


def answers(*bodies):
    return [(200, {"Content-Type": "text/html" if b"<html>" in body else "application/xml"}, body) for body in bodies]


def test_the_newest_version_of_each_day_in_the_window_is_asked_for_once(tmp_path, site):
    window, paths = Window(date(2009, 3, 1), date(2009, 3, 2)), Paths(tmp_path, "simulated")
    site.answers = answers(FILES, DAY, FILES)
    fetched = ingest.fetch(paths, "theyworkforyou", window, site.url, "run")
    ingest.fetch(paths, "theyworkforyou", window, site.url, "run")
    assert [path for path, _ in site.requests] == [FOLDER, f"{FOLDER}debates2009-03-02b.xml", FOLDER]
    parsed = ingest.parse(paths, "theyworkforyou", fetched.manifest)
    assert (parsed.quarantined_count, parsed.record_counts["question"]) == (0, 4)


def test_a_list_of_something_else_is_an_error(tmp_path, site):
    site.answers = answers(b"<html><a href='x'>x</a></html>")
    with pytest.raises(UpstreamError, match="lists no file such as"):
        ingest.fetch(Paths(tmp_path, "r"), "theyworkforyou", Window(date(2009, 3, 2), date(2009, 3, 2)), site.url, "r")


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
        (
            rb"</speech>\s+<division",
            b"</speech> Strangers! <division",
            "text stands between its elements: 'Strangers!'",
        ),
        (rb'id="[^"]*1.6"', b"", "the minor-heading has no id"),
        (rb"2009-03-02b.1.6", b"2009-03-03b.1.6", "one day and one House, this is of 2"),
        (rb"2009-03-02", b"2009-02-30", "no such day as 2009-02-30"),
        (rb'speakername="Piers Oduya"', b"", "a speech has neither speakername nor nospeaker"),
        (rb"\A", b" " * 20_000 + b"<", "expected its XML declaration"),
        (rb"</publicwhip>", b"", "not a day of TheyWorkForYou"),
        (rb"<p ", b"<p>" * 300, "not a day of TheyWorkForYou"),
    ],
)
def test_what_is_no_day_is_refused(pattern, replacement, reason):
    with pytest.raises(ParseError, match=reason):
        parse(document(re.sub(pattern, replacement, DAY)))


def test_headings_keep_the_business_that_they_stand_under():
    debates = [record for record in parse(document(DAY)).records if isinstance(record, Debate)]
    assert [(debate.title, debate.debate_type_text) for debate in debates] == [
        ("Committee of Harbours", "BUSINESS BEFORE QUESTIONS"),
        ("TRANSPORT", "ORAL ANSWERS TO QUESTIONS"),
        ("Swing Bridges", "Oral Answers to Questions"),
        ("Topical Questions", "Oral Answers to Questions"),
        ("Harbours Bill [Lords] — Clause 2", None),
        ("Business without Debate", None),
        ("HARBOUR LIGHTS", None),
    ]
