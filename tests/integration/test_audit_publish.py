"""The doors between the rooms: `raw` made again from the landing zone, and what is audited, published and read."""

import datetime as dt
import json
import shutil
import subprocess
import sys

import duckdb
import pytest
from packed import change_body

from orderpaper import ingest, quality
from orderpaper.config import Paths
from orderpaper.errors import AuditError
from orderpaper.ingest.requeue import requeue
from orderpaper.landing import Window
from orderpaper.quality import auditing
from orderpaper.simulate import DEFAULT_FROM, DEFAULT_TO
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.server import serve
from orderpaper.warehouse import load, summary
from orderpaper.warehouse.audit_report import AuditReport, write_report
from orderpaper.warehouse.content import file_version, tables
from orderpaper.warehouse.load import build_connection
from orderpaper.warehouse.publish import content_hash, publish, row_counts
from orderpaper.warehouse.snapshots import rollback

READER = """
import json, sys, time
import duckdb

warehouse, last = sys.argv[1], int(sys.argv[2])
seen, query_count = set(), 0
while (1000, last, last, 1000 * last) not in seen:
    with duckdb.connect(warehouse, read_only=True, config={"threads": 1}) as connection:
        answer = connection.execute("SELECT count(*), min(version), max(version) FROM marts.version").fetchone()
        answer += connection.execute("SELECT sum(version)::BIGINT FROM marts.other").fetchone()
    seen.add(answer)
    query_count += 1
    time.sleep(0.1)
    if query_count == 1:
        print(json.dumps(answer), flush=True)
print(json.dumps([query_count, sorted(seen)]))
"""
"""Says what it reads first, reads on until it sees the last version, and says all that it saw; an error ends it."""

READERS = 4
PUBLICATIONS = 8


WINDOW = Window(DEFAULT_FROM, DEFAULT_TO)


def fetch(paths, *sources):
    """Fetch from a small Parliament, always the same; source → manifest."""
    with serve(SimulatedParliament(member_count=20, questions_per_day=8), shifting_pages=False) as server:
        return {source: ingest.fetch(paths, source, WINDOW, server.url, "fetching").manifest for source in sources}


def raw_rows(paths, *more_times):
    """Return every row of every `raw` table, without when it was parsed and loaded, or other columns that are named."""
    times = ("parsed_at", "loaded_at", *more_times)
    with duckdb.connect(paths.work_database, read_only=True) as connection:
        return {
            table: connection.execute(
                f"SELECT COLUMNS(name -> name NOT IN {times}) FROM raw.{table} ORDER BY ALL"
            ).fetchall()
            for table in tables(connection, "raw")
        }


@pytest.fixture(scope="module")
def landed(tmp_path_factory):
    """A realm with one week of a small Parliament fetched, parsed and loaded."""
    paths = Paths(home=tmp_path_factory.mktemp("home"), realm="simulated")
    for source, manifest in fetch(paths, "members", "written_questions").items():
        ingest.parse(paths, source, manifest)
    load.load(paths)
    return paths


@pytest.fixture(scope="module")
def built(copy_home):
    """A realm in which `make run` has built, audited and published the warehouse."""
    return Paths(home=copy_home(), realm="simulated")


@pytest.fixture(scope="module")
def published(built):
    """The snapshot that was published."""
    return built.warehouse.resolve()


@pytest.fixture(scope="module")
def run_id(published):
    """The id of the run that published it."""
    with duckdb.connect(published, read_only=True) as connection:
        ((run_id,),) = connection.execute("SELECT run_id FROM ops.fct_run").fetchall()
    return run_id


def test_what_was_audited_is_what_is_published(built, published, run_id):
    assert content_hash(published) == content_hash(built.build_database)
    counts = row_counts(published)
    assert counts["marts.fct_question"] > 0
    assert counts["marts.fct_answer"] > 0
    assert counts["ops.fct_dbt_node_result"] > 100
    assert counts["ops.fct_quality_result"] > 100
    with duckdb.connect(published, read_only=True) as connection:
        status = connection.execute("SELECT run_id, status, snapshot_id FROM ops.fct_run").fetchall()
        schemas = connection.execute("SELECT DISTINCT schema_name FROM duckdb_tables() ORDER BY 1").fetchall()
    assert status == [(run_id, "published", published.parent.name)]
    assert [schema for (schema,) in schemas] == ["main", "marts", "ops", "reference", "search"]


def test_the_summary_says_verdict_rows_and_place(built, published, run_id):
    text = summary.render(built, run_id)
    assert text.startswith("Audit passed: ")
    assert "marts.fct_question" in text
    assert f"Snapshot: {published}" in text
    assert f"Opened as: {built.warehouse}" in text


def test_records_and_raw_tables_are_made_again_from_the_landing_zone(landed, tmp_path):
    again = Paths(home=tmp_path, realm=landed.realm)
    shutil.copytree(landed.landing, again.landing)
    assert requeue(again).batch_count == 2
    load.load(again)
    assert raw_rows(again) == raw_rows(landed)


def test_a_body_that_was_damaged_on_disk_waits_in_quarantine_until_it_is_fetched_again(landed, run_dbt, tmp_path):
    again = Paths(home=tmp_path, realm=landed.realm)
    shutil.copytree(landed.landing, again.landing)
    with duckdb.connect(landed.work_database, read_only=True) as connection:
        ((document_id,),) = connection.execute(
            "SELECT document_id FROM raw.document WHERE kind = 'detail' ORDER BY document_id LIMIT 1"
        ).fetchall()
    change_body(again.landing, b"}", b"]", document_id)

    assert requeue(again).quarantined_count == 1
    load.load(again)
    with duckdb.connect(again.work_database, read_only=True) as connection:
        found = connection.execute("SELECT document_id, stage FROM raw.quarantine").fetchall()
    assert found == [(document_id, "landing")]

    ingest.parse(again, "written_questions", fetch(again, "written_questions")["written_questions"])
    load.load(again)
    # The marts follow from the records, which are the same again.
    before, after = raw_rows(landed, "fetched_at"), raw_rows(again, "fetched_at")
    assert {table for table in after if after[table] != before[table]} <= {"batch", "fetch", "fetch_file", "quarantine"}
    run_dbt(again.build_database.parent, "run", "--select", "+fct_quarantine")
    with duckdb.connect(again.build_database, read_only=True) as connection:
        assert connection.execute("SELECT is_resolved FROM ops.fct_quarantine").fetchall() == [(True,)]


def test_a_build_that_fails_its_audit_leaves_the_former_snapshot(built, published, monkeypatch):
    suites = {table: auditing.SUITES[table] for table in ("marts.fct_answer", auditing.COMPARISONS)}
    monkeypatch.setattr(auditing, "SUITES", suites)
    with duckdb.connect(built.build_database) as connection:
        connection.execute("UPDATE marts.fct_answer SET document_id = 'lost'")

    # No build wrote this, so only an audit of every row finds it.
    with pytest.raises(AuditError, match=r"(?s)forbids publication.*- marts\.fct_answer: Every document_id stands in"):
        quality.audit(built, "run-2", is_whole=True)
    with pytest.raises(AuditError, match="run-2 forbids publication"):
        publish(built, "run-2")

    assert built.warehouse.resolve() == published
    assert summary.render(built, "run-2").startswith("Audit FAILED: ")


def test_readers_in_other_processes_see_whole_versions_only(tmp_path):
    """Several readers, each connecting again and again, through some publications and two rollbacks."""
    paths = Paths(home=tmp_path, realm="simulated")
    publish_version(paths, 0)
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(paths.warehouse), str(PUBLICATIONS)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(READERS)
    ]
    for reader in readers:
        assert tuple(json.loads(reader.stdout.readline())) == whole(0)

    for version in range(1, PUBLICATIONS + 1):
        publish_version(paths, version)
        if version % 3 == 0:
            rollback(paths)

    for reader in readers:
        out, err = reader.communicate()
        assert (reader.returncode, err) == (0, "")
        query_count, seen = json.loads(out)
        assert query_count > 1
        assert {tuple(answer) for answer in seen} <= {whole(version) for version in range(PUBLICATIONS + 1)}


def whole(version):
    """Return the values that a reader finds in a version, and in no mixture of two."""
    return 1000, version, version, 1000 * version


def publish_version(paths, version):
    """Publish a warehouse whose 2 × 1,000 rows all carry the number of its version."""
    with build_connection(paths.build_database) as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS marts")
        for table in ("version", "other"):
            connection.execute(f"CREATE OR REPLACE TABLE marts.{table} AS SELECT {version} AS version FROM range(1000)")
    with paths.build_database.open("rb") as database:
        build_version = file_version(database)
    write_report(
        paths,
        AuditReport(
            run_id=f"run-{version}",
            audited_at=dt.datetime(2024, 11, 21, 17, version, tzinfo=dt.UTC),
            seconds=0,
            build_version=build_version,
            results=(),
        ),
    )
    publish(paths, f"run-{version}")
