"""Every fault of a site's data: the pipeline handles it, and its result after the fault is as if it had not occurred.

The days are ingested while something is wrong. Then the site heals, and they are ingested again. What is then current
in `raw` must be what a site without faults leads to. Sources and faults are found where they are declared.
"""

import datetime as dt
import logging
import re

import duckdb
import pytest

from orderpaper import ingest
from orderpaper.config import Paths
from orderpaper.errors import OrderPaperError
from orderpaper.landing import Window
from orderpaper.simulate.__main__ import main
from orderpaper.simulate.api import Api
from orderpaper.simulate.data_faults import declared_faults, fault_names
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.part import find_modules
from orderpaper.simulate.server import serve
from orderpaper.warehouse.load import load

PARTS = {
    source: module.simulated(SimulatedParliament(), frozenset())
    for source, module in find_modules("simulated").items()
    if hasattr(module, "simulated")
}
SOURCES = sorted(source for source, part in PARTS.items() if part.required_field)
"""The sources whose payloads are spoilt."""
WEEK = Window(dt.date(2025, 3, 10), dt.date(2025, 3, 14))
NEXT = Window(dt.date(2025, 3, 15), dt.date(2025, 4, 2))


def failures_due(name):
    """The sources that fail while a fault lasts, and with which message."""
    if name == "renamed_field":
        return {source: f"not understood .* `{PARTS[source].required_field}`" for source in SOURCES}
    if name == "lying_total":
        message = r"announces \d+ .* but gave \d+ different"
        return {source: message for source, part in PARTS.items() if part.total_field}
    return {s: fault.fails_with for s, fault in declared_faults().get(name, {}).items() if fault.fails_with}


def parliament(as_of=WEEK.end_on, questions_per_day=6):
    return SimulatedParliament(member_count=20, questions_per_day=questions_per_day, as_of=as_of)


@pytest.fixture(scope="module")
def upstream():
    return parliament()


def read(paths, url, window=WEEK, sources=SOURCES):
    """Ingest sources; return the failures by the source's name."""
    failures = {}
    for source in sources:
        try:
            ingest.parse(paths, source, ingest.fetch(paths, source, window, url, "run").manifest)
        except OrderPaperError as error:
            failures[source] = str(error)
    load(paths)
    return failures


def query(paths, sql):
    with duckdb.connect(paths.work_database, read_only=True) as connection:
        return connection.execute(sql).fetchall()


def current(paths):
    """Return the newest document of each address that holds records, and the state of each question."""
    documents = query(
        paths,
        "SELECT source, url, arg_max(document_id, fetched_at) FROM raw.document"
        " WHERE record_count > 0 AND NOT starts_with(url, '/api/writtenquestions') GROUP BY ALL ORDER BY ALL",
    )
    return documents, questions(paths)


def questions(paths):
    """The state of each written question by its newest document, and its fullest texts of that state."""
    return query(
        paths,
        """
        WITH stated AS (
            SELECT
                question.question_id, document.fetched_at, question.is_withdrawn, question.heading,
                answer.answered_on, answer.is_holding, answer.corrected_on,
                if(question.is_truncated, NULL, question.text) AS question_text,
                if(answer.is_truncated, NULL, answer.text) AS answer_text
            FROM raw.question
            INNER JOIN raw.document USING (document_id, source)
            LEFT JOIN raw.answer
                ON answer.document_id = question.document_id AND answer.question_ordinals[1] = question.ordinal
            WHERE question.source = 'written_questions'
        ),

        newest AS (
            SELECT * FROM stated
            QUALIFY row_number() OVER (PARTITION BY question_id ORDER BY fetched_at DESC) = 1
        )

        SELECT
            newest.* EXCLUDE (fetched_at, question_text, answer_text),
            max(stated.question_text), max(stated.answer_text)
        FROM newest
        INNER JOIN stated
            ON newest.question_id = stated.question_id
            AND newest.answered_on IS NOT DISTINCT FROM stated.answered_on
            AND newest.is_holding IS NOT DISTINCT FROM stated.is_holding
            AND newest.corrected_on IS NOT DISTINCT FROM stated.corrected_on
        GROUP BY ALL
        ORDER BY ALL
        """,
    )


@pytest.fixture(scope="module")
def faultless(upstream, tmp_path_factory):
    paths = Paths(tmp_path_factory.mktemp("faultless"), "simulated")
    with serve(upstream, shifting_pages=False) as server:
        assert read(paths, server.url) == {}
    documents, states = current(paths)
    assert {source for source, _, _ in documents} == set(SOURCES) - {"written_questions"}
    assert len(states) > 30
    return documents, states


def test_faults_are_found_where_they_are_declared():
    assert {"renamed_field", "lying_total", "shifting_pages", "late_days", "revised_hansard"} <= set(fault_names())
    assert declared_faults()["late_days"].keys() == {"hansard", "written_questions"}


def concerned(name):
    """Return the sources that a fault can spoil: those that declare it, or all."""
    return [source for source in SOURCES if source in declared_faults().get(name, SOURCES)]


@pytest.mark.parametrize(
    ("name", "sources"),
    [
        *(pytest.param(name, concerned(name), id=name) for name in fault_names()),
        *(
            pytest.param(name, SOURCES, id=f"{name}, all sources", marks=pytest.mark.slow)
            for name in fault_names()
            if concerned(name) != SOURCES
        ),
    ],
)
def test_a_fault_shows_and_is_gone_when_the_upstream_heals(upstream, faultless, tmp_path, caplog, *, name, sources):
    paths, due = Paths(tmp_path, "simulated"), failures_due(name)
    documents, states = faultless
    whole = [row for row in documents if row[0] in sources], states if "written_questions" in sources else []
    is_seen = all(fault.is_seen for fault in declared_faults().get(name, {}).values())
    with serve(upstream, shifting_pages=False, data_faults=[name]) as server:
        with caplog.at_level(logging.WARNING, "orderpaper.ingest"):
            failures = read(paths, server.url, sources=sources)
        assert failures.keys() == due.keys(), failures
        for source, message in due.items():
            assert re.search(message, failures[source]), failures[source]
        assert (current(paths) != whole) == is_seen
        if name == "unknown_field":
            told = {record.args[0] for record in caplog.records if "'hopeful'" in record.getMessage()}
            assert (
                told == {source for (source,) in query(paths, "SELECT DISTINCT source FROM raw.drift")} == set(SOURCES)
            )
        server.api = Api(upstream, shifting_pages=False)
        assert read(paths, server.url, sources=sources) == {}
    assert current(paths) == whole


def test_answers_corrections_and_withdrawals_of_later_days_end_in_the_same_state(tmp_path):
    """Compare days that were fetched one by one with the same days fetched together afterwards."""
    earlier, later = (parliament(day, questions_per_day=20) for day in (WEEK.end_on, NEXT.end_on))
    sources = ["written_questions"]  # whose states are compared
    as_it_came, at_once = (Paths(tmp_path / name, "simulated") for name in ("as it came", "at once"))
    with serve(earlier, shifting_pages=False) as server:
        assert read(as_it_came, server.url, WEEK, sources) == {}
        before = {row[0]: row for row in questions(as_it_came)}
        server.api = Api(later, shifting_pages=False)
        assert read(as_it_came, server.url, NEXT, sources) == {}
        for window in (WEEK, NEXT):
            assert read(at_once, server.url, window, sources) == {}
    after = {row[0]: row for row in questions(as_it_came)}
    assert after == {row[0]: row for row in questions(at_once)}
    _, withdrawn, _, answered, holding, corrected, *_ = range(8)
    for what in (withdrawn, answered, corrected):
        assert any(after[number][what] and not before[number][what] for number in before), what
    assert any(before[number][holding] and not after[number][holding] for number in before)


def test_a_data_fault_that_does_not_exist_is_named(capsys):
    assert main(["serve", "--data-fault", "mice"]) == 2
    assert capsys.readouterr().err.startswith("There is no data fault 'mice'; there are renamed_field, ")
