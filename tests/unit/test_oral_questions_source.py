"""Oral questions: every page, checked against the filter and the total that the API announces."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
import pytest

from orderpaper import ingest
from orderpaper.config import Paths
from orderpaper.errors import ParseError, UpstreamError
from orderpaper.landing import Window
from orderpaper.records import Document
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.server import serve
from orderpaper.sources.oral_questions.parse import parse
from orderpaper.sources.oral_questions.payload import OralQuestion

WINDOW = Window(date(2025, 3, 10), date(2025, 3, 14))
EXAMPLE = json.loads((Path(__file__).parent / "parsers/examples/oral_questions/question_time.json").read_text())
ROW = EXAMPLE["Response"][0]


def page(rows, total, **fields):
    return json.dumps(EXAMPLE | {"PagingInfo": {"Total": total}, "Response": rows} | fields).encode()


def listing(count, announced=None, rows=None):
    """The API for that many questions."""

    def respond(path):
        skip = int(re.search(r"parameters\.skip=(\d+)", path)[1])
        questions = rows or [ROW | {"Id": number} for number in range(1, count + 1)]
        return page(questions[skip : skip + 100], announced or count)

    return respond


def document(payload):
    return Document(
        document_id="0",
        source="oral_questions",
        kind="list",
        url="",
        media_type="",
        fetched_at=None,
        body=json.dumps(payload).encode(),
    )


def test_every_page_of_the_days_asked_for_arrives(tmp_path, site):
    site.respond = listing(230)
    paths = Paths(tmp_path, "simulated")
    fetched = ingest.fetch(paths, "oral_questions", WINDOW, site.url, "run")
    parsed = ingest.parse(paths, "oral_questions", fetched.manifest)
    assert (fetched.request_count, parsed.record_counts["question"], parsed.quarantined_count) == (
        3,
        232,
        0,
    )  # each page but the first begins with the last row of the page before
    for path, _ in site.requests:
        assert (
            "parameters.answeringDateStart=2025-03-10&parameters.answeringDateEnd=2025-03-14&parameters.skip=" in path
        )


def test_a_week_of_the_simulated_parliament_arrives_whole(tmp_path):
    paths = Paths(tmp_path, "simulated")
    with serve(SimulatedParliament()) as server:
        fetched = ingest.fetch(paths, "oral_questions", WINDOW, server.url, "run")
        again = ingest.fetch(paths, "oral_questions", WINDOW, server.url, "run")
    parsed = ingest.parse(paths, "oral_questions", fetched.manifest)
    assert again.manifest == fetched.manifest
    assert (parsed.record_counts["question"], parsed.quarantined_count) == (153, 0)
    assert "drift" not in parsed.record_counts


def test_a_row_that_comes_in_while_paging_is_not_lost(tmp_path, site):
    rows = [ROW | {"Id": number} for number in range(1, 151)]
    late = [ROW | {"Id": 999}, *rows]
    seen = []

    def respond(path):
        skip = int(re.search(r"skip=(\d+)", path)[1])
        seen.append(skip)
        now = rows if len(seen) == 1 else late
        return page(now[skip : skip + 100], len(now))

    site.respond = respond
    paths = Paths(tmp_path, "simulated")
    fetched = ingest.fetch(paths, "oral_questions", WINDOW, site.url, "run")
    assert seen == [0, 99, 0, 99]
    assert ingest.parse(paths, "oral_questions", fetched.manifest).quarantined_count == 0


@pytest.mark.parametrize(
    ("respond", "reason"),
    [
        (listing(30, announced=31), "announces 31 questions .* gave 30 different ones"),
        (listing(1, rows=[ROW | {"AnsweringWhen": "2025-03-17T00:00:00"}]), "gave number 510001, whose date is 2025"),
        (lambda _: page([], 0, Success=False, Errors=["Timeout"]), r"status 200 inside: \['Timeout'\]"),
        (lambda _: json.dumps({"Response": []}).encode(), "not a page of a list: .*PagingInfo"),
    ],
)
def test_an_answer_that_cannot_be_complete_is_an_error(tmp_path, site, respond, reason):
    site.respond = respond
    with pytest.raises(UpstreamError, match=reason):
        ingest.fetch(Paths(tmp_path, "simulated"), "oral_questions", WINDOW, site.url, "run")


@pytest.mark.parametrize("name", [field.encode_name for field in msgspec.structs.fields(OralQuestion)])
def test_a_missing_field_is_named(name):
    row = {key: value for key, value in ROW.items() if key != name}
    with pytest.raises(ParseError, match=f"`{name}`"):
        parse(document(EXAMPLE | {"Response": [row]}))


@pytest.mark.parametrize(("name", "value"), [("QuestionType", 3), ("Status", 13), ("UIN", "1"), ("TabledWhen", "soon")])
def test_a_field_of_another_kind_is_named(name, value):
    with pytest.raises(ParseError, match=rf"at `\$\.{name}`"):
        parse(document(EXAMPLE | {"Response": [ROW | {name: value}]}))


@pytest.mark.parametrize("body", [b"", b"\xff", b'{"a": "\xff"}', b"[" * 100_000, b'"\\ud800"'])
def test_bytes_that_are_no_json_are_refused(body):
    with pytest.raises(ParseError, match="not a payload of the"):
        parse(replace(document({}), body=body))
