"""A document that a list names and a site does not give fails no source: it is remembered and asked for again."""

import functools
import re
import urllib.error
import urllib.request
from datetime import date

import pytest

from orderpaper import ingest
from orderpaper.config import Paths
from orderpaper.errors import UpstreamError
from orderpaper.landing import Landing, Window, missing
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.server import serve

DAY, NEXT_DAY = (Window(day, day) for day in (date(2025, 3, 11), date(2025, 3, 12)))
DOCUMENTS = {
    "written_questions": r"/api/writtenquestions/questions/\d+",
    "written_statements": r"/api/writtenstatements/statements/\d+",
    "members": r"/api/Members/\d+/Biography",
    "theyworkforyou": r"/pwdata/scrapedxml/debates/.*\.xml",
    "press_blog": r"/(?!.*(?:feed|robots)).+",
}
NOT_GIVEN = {
    "404": (404, {}, b"{}"),
    "500": (500, {}, b"{}"),
    "a message": (200, {}, b'{"Message": "An error has occurred."}'),
    "no JSON": (200, {"Content-Type": "text/html"}, b"<html>"),
}


@pytest.fixture(scope="module")
def parliament():
    """Return a function that asks a small simulated Parliament for a path, once for all tests."""
    with serve(SimulatedParliament(member_count=30, questions_per_day=12)) as server:

        @functools.cache
        def get(path):
            try:
                with urllib.request.urlopen(server.url + path) as answer:
                    return answer.status, {"Content-Type": answer.headers["Content-Type"]}, answer.read()
            except urllib.error.HTTPError as error:
                return error.code, {}, error.read()

        yield get


@pytest.fixture
def lacking(parliament, site, monkeypatch):
    """Return a function that lets the site be the simulated one without the documents that a function names."""
    monkeypatch.setattr("time.sleep", lambda _: None)

    def let(is_lost, answer):
        site.requests.clear()
        site.respond = lambda path: answer if is_lost(path) else parliament(path)

    return let


def asked(site, source):
    return [path for path, _ in site.requests if re.fullmatch(DOCUMENTS[source], path)]


@pytest.mark.parametrize("answer", NOT_GIVEN.values(), ids=NOT_GIVEN)
@pytest.mark.parametrize("source", DOCUMENTS)
def test_one_document_that_is_not_given_is_remembered_and_asked_for_until_it_comes(
    tmp_path, site, lacking, source, answer
):
    paths = Paths(tmp_path, "simulated")
    file = paths.landing / "missing" / f"{source}.json"
    lacking(lambda _: False, None)
    whole = ingest.fetch(Paths(tmp_path / "whole", "simulated"), source, DAY, site.url, "run")
    (lost, *_) = asked(site, source)

    lacking(lambda path: path == lost, answer)
    fetched = ingest.fetch(paths, source, DAY, site.url, "run")
    assert fetched.document_count == whole.document_count - 1
    (absent,) = missing.read(Landing(paths.landing), file.stem)
    assert absent.name in lost or lost in absent.name
    assert absent.reason

    lacking(lambda path: path == lost, answer)
    ingest.fetch(paths, source, NEXT_DAY, site.url, "run")
    assert lost in asked(site, source)
    (still,) = missing.read(Landing(paths.landing), file.stem)
    assert (still.name, still.since) == (absent.name, absent.since)

    lacking(lambda _: False, None)
    ingest.fetch(paths, source, NEXT_DAY, site.url, "run")
    assert lost in asked(site, source)
    assert missing.read(Landing(paths.landing), file.stem) == []


@pytest.mark.parametrize("source", ["written_questions", "written_statements", "members"])
def test_a_source_of_which_too_many_documents_fail_is_given_up_early(tmp_path, site, lacking, source):
    paths = Paths(tmp_path, "simulated")
    lacking(lambda path: re.fullmatch(DOCUMENTS[source], path), NOT_GIVEN["500"])
    sentence = rf"^{source}: too many of the \d+ documents that its lists name are not given; the first: HTTP 500"
    with pytest.raises(UpstreamError, match=sentence):
        ingest.fetch(paths, source, DAY, site.url, "run")
    assert not (paths.landing / "missing").exists()


def test_a_blog_of_which_too_many_posts_fail_is_remembered_as_a_whole(tmp_path, site, lacking):
    paths = Paths(tmp_path, "simulated")
    lacking(lambda path: re.fullmatch(r"/(?!.*(?:feed|robots)|deframedia/|modmedia/).+", path), NOT_GIVEN["500"])
    fetched = ingest.fetch(paths, "press_blog", Window(date(2025, 3, 10), date(2025, 3, 11)), site.url, "run")
    assert fetched.manifest.endswith("_lacking")
    absent = missing.read(Landing(paths.landing), "press_blog")
    assert {(each.part, each.name) for each in absent} == {("sites", "https://homeofficemedia.blog.gov.uk")}
    assert "too many of the" in absent[0].reason


def test_what_a_capture_lacks_is_not_remembered(tmp_path, site, lacking):
    paths = Paths(tmp_path, "replay-0")
    lacking(lambda path: re.fullmatch(DOCUMENTS["written_questions"], path), NOT_GIVEN["404"])
    ingest.fetch(paths, "written_questions", DAY, site.url, "run")
    assert not (paths.landing / "missing").exists()


ONES = DOCUMENTS | {
    "hansard": r"/debates/debate/.*\.json",
    "members": r"/api/Members/(?:\d+/Biography|History.*)",
}


@pytest.mark.parametrize("source", [source for source in ONES if source != "press_blog"])
def test_a_document_that_is_another_than_was_asked_for_is_not_taken_and_is_asked_for_again(
    tmp_path, site, lacking, source
):
    """The list row of the document stays the same, so nothing else would have it asked for again."""
    paths = Paths(tmp_path, "simulated")
    lacking(lambda _: False, None)
    complete = ingest.fetch(Paths(tmp_path / "whole", "simulated"), source, DAY, site.url, "run")
    one, *others = [path for path, _ in site.requests if re.fullmatch(ONES[source], path)]
    other = others[-1] if others else one.replace(f"{DAY.start_on}", f"{NEXT_DAY.start_on}")
    whole = site.respond

    site.respond = lambda path: whole(other if path == one else path)
    fetched = ingest.fetch(paths, source, DAY, site.url, "run")
    assert fetched.document_count == complete.document_count - 1
    (absent,) = missing.read(Landing(paths.landing), source)
    assert "asked for" in absent.reason
    parsed = ingest.parse(paths, source, fetched.manifest)
    assert parsed.quarantined_count + parsed.refused_row_count == 0

    site.respond = whole
    again = ingest.fetch(paths, source, DAY, site.url, "run")
    assert again.document_count == complete.document_count
    assert missing.read(Landing(paths.landing), source) == []

    site.requests.clear()
    ingest.fetch(paths, source, DAY, site.url, "run")
    asked_again = [path for path, _ in site.requests if path == one]
    assert not asked_again or source == "hansard", "what was asked for is there; a debate may always be revised"
