"""Quarantined documents are parsed again, from the landing zone, when their parser has changed."""

import datetime as dt
import logging
import shutil

import duckdb
import pytest

from orderpaper import ingest
from orderpaper.config import Paths
from orderpaper.errors import OrderPaperError, ParseError
from orderpaper.ingest import versions
from orderpaper.ingest.requeue import requeue
from orderpaper.landing import Window
from orderpaper.sources.inbox import parse as parser
from orderpaper.warehouse.load import load

WINDOW = Window(dt.date(2025, 3, 10), dt.date(2025, 3, 14))
QUESTION = """\
Written Question
Asked by: Alex Archer (Labour - Ambridge)
Question to the Home Office:
To ask the Secretary of State for the Home Department, how many {} there are.
Answered by Brian Aldridge - Minister of State (Home Office)
There are {} of them.
"""
HARD = "badgers"


@pytest.fixture
def paths(tmp_path, monkeypatch):
    (tmp_path / "inbox").mkdir()
    monkeypatch.setenv("ORDERPAPER_INBOX", str(tmp_path / "inbox"))
    return Paths(tmp_path, "simulated")


@pytest.fixture
def unmended(monkeypatch):
    """The old parser, which refuses badgers."""
    understand = parser.parse

    def parse(document):
        if HARD.encode() in document.body:
            raise ParseError(f"line 4: {HARD} are not understood")
        return understand(document)

    monkeypatch.setattr(parser, "parse", parse)
    monkeypatch.setattr(versions, "parser_version", lambda _: "a")
    return understand


@pytest.fixture
def mend(unmended, monkeypatch):
    """Correct the parser."""

    def mend():
        monkeypatch.setattr(parser, "parse", unmended)
        monkeypatch.setattr(versions, "parser_version", lambda _: "b")

    return mend


def drop(paths, *words):
    """Drop a document for each word into the inbox, then fetch, parse and load the inbox."""
    for word in words:
        (paths.home / "inbox" / f"{word}.txt").write_text(QUESTION.format(word, len(word)))
    ingest.parse(paths, "inbox", ingest.fetch(paths, "inbox", WINDOW, None, "run").manifest)
    load(paths)


def rows(paths, sql):
    with duckdb.connect(paths.work_database, read_only=True) as connection:
        return connection.execute(sql).fetchall()


QUARANTINED = "SELECT url FROM raw.document WHERE document_kind IS NULL ORDER BY 1"


def test_a_mended_parser_reads_what_the_old_one_refused_without_fetching(paths, mend):
    drop(paths, "foxes", HARD)
    assert rows(paths, QUARANTINED) == [("badgers.txt",)]
    mend()
    shutil.rmtree(paths.home / "inbox")  # there is nothing to fetch any more

    summary = requeue(paths)
    assert (summary.batch_count, summary.document_count, summary.quarantined_count) == (1, 2, 0)
    load(paths)
    assert rows(paths, QUARANTINED) == []
    assert len(rows(paths, f"SELECT text FROM raw.question WHERE text LIKE '%{HARD}%'")) == 1
    assert rows(paths, "SELECT reason, parser_version FROM raw.quarantine") == [
        ("line 4: badgers are not understood", "a")
    ]


def test_a_parser_of_the_same_version_is_not_asked_again_and_it_is_said(paths, unmended, caplog):
    drop(paths, "foxes", HARD)
    with caplog.at_level(logging.WARNING):
        summary = requeue(paths)
    assert (summary.batch_count, summary.unmended_counts) == (0, {"inbox": 1})
    assert "inbox: the parser as it is now has refused 1 document(s)" in caplog.text
    assert "change the parser in sources/inbox" in caplog.text


def test_a_newer_parser_that_still_refuses_says_so_once(paths, unmended, monkeypatch):
    drop(paths, HARD)
    monkeypatch.setattr(versions, "parser_version", lambda _: "b")
    assert requeue(paths).quarantined_count == 1
    assert requeue(paths).unmended_counts == {"inbox": 1}


def test_only_what_is_in_quarantine_is_parsed_and_each_document_once(paths, mend):
    drop(paths, "foxes")
    drop(paths, HARD)
    drop(paths, "otters")  # this manifest holds the badgers too
    mend()
    assert requeue(paths).batch_count == 1
    assert requeue(paths).batch_count == 0
    assert requeue(paths, is_everything=True).batch_count == 2


def test_lost_records_are_made_again_from_the_landing_zone(paths, unmended):
    drop(paths, "foxes", HARD)
    questions, refusals = "FROM raw.question ORDER BY ALL", "SELECT * EXCLUDE (quarantined_at) FROM raw.quarantine"
    before = rows(paths, questions), rows(paths, refusals)
    shutil.rmtree(paths.records)
    paths.work_database.unlink()
    shutil.rmtree(paths.home / "inbox")

    assert requeue(paths).batch_count == 1
    load(paths)
    assert (rows(paths, questions), rows(paths, refusals)) == before


def test_a_source_that_fails_again_does_not_keep_the_others_from_being_parsed(paths, mend, monkeypatch):
    drop(paths, "foxes", HARD)
    mend()
    shutil.rmtree(paths.records)
    parse = ingest.parse

    def fail(paths, source, manifest):
        if source == "hansard":
            raise OrderPaperError("hansard: 3 of 4 documents are not understood")
        return parse(paths, source, manifest)

    monkeypatch.setattr(ingest, "parse", fail)
    manifests = paths.landing / "manifests"
    shutil.copytree(manifests / "inbox", manifests / "hansard")
    with pytest.raises(OrderPaperError, match="hansard: 3 of 4"):
        requeue(paths)
    load(paths)
    assert len(rows(paths, "FROM raw.question")) == 2


def test_damaged_records_are_made_again(paths, unmended):
    drop(paths, HARD)
    (file,) = paths.records.glob("*/*/quarantine.parquet")
    file.write_bytes(file.read_bytes()[:50])
    assert requeue(paths).batch_count == 1
    assert requeue(paths).batch_count == 0
