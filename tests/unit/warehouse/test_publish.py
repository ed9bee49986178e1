import datetime as dt
import signal
import stat
import subprocess
import sys
from dataclasses import replace
from subprocess import PIPE

import duckdb
import pytest
from writers import writing

from orderpaper.cli.snapshots import roll_back
from orderpaper.config import Paths
from orderpaper.errors import AuditError, OrderPaperError
from orderpaper.warehouse import ops
from orderpaper.warehouse import publish as publishing
from orderpaper.warehouse.audit_report import AuditReport, CheckResult, read_report, report_path, write_report
from orderpaper.warehouse.content import file_version
from orderpaper.warehouse.load import build_connection
from orderpaper.warehouse.publish import content_hash, publish, row_counts
from orderpaper.warehouse.snapshots import SNAPSHOTS_KEPT, list_snapshots, rollback

AUDITED_AT = dt.datetime(2024, 11, 21, 17, 0, tzinfo=dt.UTC)
PASSED = CheckResult(
    table="marts.fct_question",
    check="has_rows",
    column=None,
    expectation="ExpectTableRowCountToBeBetween",
    severity="stop",
    description="There are questions.",
    is_success=True,
    error=None,
    observed="2",
    unexpected_count=None,
    sample="[]",
)


@pytest.fixture
def paths(tmp_path):
    return Paths(home=tmp_path / "home", realm="simulated")


def build(paths, texts=("What steps?", "How much?")):
    """A build with two marts that refer to each other's keys, a mart's comment, and a raw table beside them."""
    paths.build_database.parent.mkdir(parents=True, exist_ok=True)
    for database in (paths.build_database, paths.work_database):
        database.unlink(missing_ok=True)
    with duckdb.connect(paths.work_database) as connection:
        connection.execute(
            "CREATE SCHEMA raw; CREATE TABLE raw.document AS SELECT 'aa' AS document_id, 'list' AS document_kind"
        )
    with duckdb.connect(paths.build_database) as connection:
        connection.execute("CREATE SCHEMA marts; CREATE TABLE marts.dim_document (document_id VARCHAR PRIMARY KEY)")
        connection.execute(
            "CREATE TABLE marts.fct_question (question_key BIGINT PRIMARY KEY, text VARCHAR NOT NULL,"
            " as_of_on DATE, refers_to_question_key BIGINT, document_id VARCHAR)"
        )
        connection.execute("COMMENT ON TABLE marts.fct_question IS 'What members'' questions say.'")
        connection.execute("COMMENT ON COLUMN marts.fct_question.text IS 'As printed.'")
        connection.execute("INSERT INTO marts.dim_document VALUES ('aa')")
        for number, text in enumerate(texts):
            connection.execute("INSERT INTO marts.fct_question VALUES (?, ?, '2024-11-20', NULL, 'aa')", [number, text])


def audited(paths, run_id, audited_at=AUDITED_AT, results=(PASSED,)):
    report = AuditReport(run_id=run_id, audited_at=audited_at, seconds=1.0, build_version="", results=results)
    with build_connection(paths.build_database) as connection:
        ops.record_quality(connection, report)
        ops.finish_run(connection, run_id, "audited")
    with paths.build_database.open("rb") as database:
        report = replace(report, build_version=file_version(database))
    write_report(paths, report)
    return report


def questions(database):
    with duckdb.connect(database, read_only=True) as connection:
        return [text for (text,) in connection.execute("SELECT text FROM marts.fct_question ORDER BY 1").fetchall()]


def test_publishes_marts_and_ops_and_nothing_else(paths):
    build(paths)
    audited(paths, "run-1")
    built = content_hash(paths.build_database)

    database = publish(paths, "run-1")

    assert content_hash(database) == built
    assert row_counts(database) == {
        "marts.dim_document": 1,
        "marts.fct_question": 2,
        "ops.fct_dbt_node_result": 0,
        "ops.fct_measurement": 0,
        "ops.fct_publication": 1,
        "ops.fct_quality_result": 1,
        "ops.fct_run": 1,
    }
    with duckdb.connect(database, read_only=True) as connection:
        schemas = connection.execute("SELECT DISTINCT schema_name FROM duckdb_tables() ORDER BY 1").fetchall()
        constraints = connection.execute(
            "SELECT constraint_type FROM duckdb_constraints() WHERE table_name = 'fct_question' ORDER BY 1"
        ).fetchall()
        comments = connection.execute(
            "SELECT comment FROM duckdb_tables() WHERE table_name = 'fct_question' UNION ALL"
            " SELECT comment FROM duckdb_columns() WHERE table_name = 'fct_question' AND column_name = 'text'"
        ).fetchall()
        run = connection.execute("SELECT status, snapshot_id, document_count FROM ops.fct_run").fetchall()
    assert schemas == [("main",), ("marts",), ("ops",)]
    assert {kind for (kind,) in constraints} >= {"PRIMARY KEY", "NOT NULL"}
    assert comments == [("What members' questions say.",), ("As printed.",)]
    assert run == [("published", database.parent.name, 1)]


def test_snapshot_is_complete_read_only_and_linked_relatively(paths, tmp_path):
    build(paths)
    audited(paths, "run-1")

    database = publish(paths, "run-1")

    assert stat.S_IMODE(database.stat().st_mode) == 0o444
    assert [path.name for path in database.parent.iterdir()] == ["orderpaper.duckdb"]
    assert [path.name for path in paths.snapshots.iterdir()] == [database.parent.name]
    assert paths.warehouse.resolve() == (paths.current / "orderpaper.duckdb").resolve() == database
    moved = tmp_path / "moved"
    paths.home.rename(moved)
    assert questions(moved / "warehouse" / "orderpaper.duckdb") == ["How much?", "What steps?"]


def test_open_reader_keeps_its_snapshot_and_a_new_one_sees_the_next(paths):
    build(paths)
    audited(paths, "run-1")
    publish(paths, "run-1")
    reader = duckdb.connect(paths.warehouse, read_only=True)
    build(paths, ["Why?"])
    audited(paths, "run-2", AUDITED_AT + dt.timedelta(minutes=1))

    publish(paths, "run-2")

    assert reader.execute("SELECT count(*) FROM marts.fct_question").fetchone() == (2,)
    assert questions(paths.warehouse) == ["Why?"]
    reader.close()


def test_publishing_the_same_audit_again_changes_nothing(paths):
    build(paths)
    audited(paths, "run-1")
    first = publish(paths, "run-1")
    written = first.stat().st_mtime_ns

    assert publish(paths, "run-1") == first
    assert first.stat().st_mtime_ns == written
    assert len(list(paths.snapshots.iterdir())) == 1


def test_refuses_a_run_without_audit(paths):
    build(paths)
    with pytest.raises(AuditError, match="run-1 was not audited"):
        publish(paths, "run-1")
    assert not paths.current.exists()


def test_refuses_a_failed_audit_and_keeps_the_former_snapshot(paths):
    build(paths)
    audited(paths, "run-1")
    published = publish(paths, "run-1")
    build(paths, [])
    audited(paths, "run-2", results=(replace(PASSED, is_success=False),))

    with pytest.raises(AuditError, match=r"(?s)run-2 forbids publication.*- marts\.fct_question: There are questions"):
        publish(paths, "run-2")

    assert paths.warehouse.resolve() == published


def test_failed_warnings_do_not_forbid_publication(paths):
    build(paths)
    audited(paths, "run-1", results=(PASSED, replace(PASSED, severity="warn", is_success=False)))
    assert publish(paths, "run-1").exists()


def test_refuses_a_build_that_changed_after_its_audit(paths):
    build(paths)
    audited(paths, "run-1")
    with duckdb.connect(paths.build_database) as connection:
        connection.execute("UPDATE marts.fct_question SET text = 'Whether?' WHERE question_key = 0")

    with pytest.raises(AuditError, match="has changed since the audit"):
        publish(paths, "run-1")

    assert not paths.current.exists()


def test_keeps_the_last_snapshots_and_the_published_one(paths):
    build(paths)
    for number in range(SNAPSHOTS_KEPT + 2):
        audited(paths, f"run-{number}", AUDITED_AT + dt.timedelta(minutes=number))
        publish(paths, f"run-{number}")
    times = [folder.name[:16] for folder in sorted(paths.snapshots.iterdir())]
    assert times == [f"20241121T170{number}00Z" for number in range(2, SNAPSHOTS_KEPT + 2)]

    # A snapshot that was removed does not come back, because its audit was of another state of the build database.
    with pytest.raises(AuditError, match="has changed since the audit"):
        publish(paths, "run-0")
    # One that is kept does, though it is the oldest of them all.
    again = publish(paths, "run-2")
    assert paths.current.resolve() == again.parent


def test_failure_while_writing_leaves_no_rubbish_published(paths, monkeypatch):
    build(paths)
    audited(paths, "run-1")
    published = publish(paths, "run-1")
    audited(paths, "run-2", AUDITED_AT + dt.timedelta(minutes=1))

    def full(path):
        raise OSError(28, "No space left on device", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(publishing, "sync", full)
        with pytest.raises(OrderPaperError, match="No space left on device"):
            publish(paths, "run-2")
    assert paths.warehouse.resolve() == published
    assert publish(paths, "run-2") != published
    assert all(not folder.name.startswith(".") for folder in paths.snapshots.iterdir())


KILLED = """
import os, signal, sys
from pathlib import Path
from orderpaper.config import Paths
from orderpaper.warehouse import ops
from orderpaper.warehouse import publish as publishing

def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)

for line in sys.stdin:
    step, home = line.rstrip("\\n").split(" ", 1)
    if not (process := os.fork()):
        setattr(publishing, step, die)
        publishing.publish(Paths(home=Path(home), realm="simulated"), "run-2")
        os._exit(1)
    print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)
"""


@pytest.fixture(scope="module")
def publish_and_die():
    """Return a function that publishes in a process which is killed at a step; it returns the exit code."""
    with subprocess.Popen([sys.executable, "-c", KILLED], stdin=PIPE, stdout=PIPE, text=True) as publisher:

        def kill(paths, step):
            publisher.stdin.write(f"{step} {paths.home}\n")
            publisher.stdin.flush()
            return int(publisher.stdout.readline())

        yield kill
        publisher.stdin.close()


@pytest.mark.parametrize("step", ["_copy", "_clone", "sync", "put_in_force", "link", "prune"])
def test_a_publication_that_is_killed_leaves_a_whole_snapshot_and_the_next_one_cleans_up(paths, publish_and_die, step):
    build(paths)
    audited(paths, "run-1")
    publish(paths, "run-1")
    build(paths, ["Why?"])
    audited(paths, "run-2", AUDITED_AT + dt.timedelta(minutes=1))

    assert publish_and_die(paths, step) == -signal.SIGKILL
    assert questions(paths.warehouse) == (["Why?"] if step in ("link", "prune") else ["How much?", "What steps?"])
    publish(paths, "run-2")
    assert questions(paths.warehouse) == ["Why?"]
    assert len(list(paths.snapshots.iterdir())) == 2
    assert not list(paths.snapshots.glob(".*"))


def test_hash_sees_every_change_and_no_order(tmp_path):
    def hashed(name, rows):
        with duckdb.connect(tmp_path / name) as connection:
            connection.execute("CREATE SCHEMA marts; CREATE TABLE marts.t (a BIGINT, b VARCHAR[])")
            for row in rows:
                connection.execute("INSERT INTO marts.t VALUES (?, ?)", row)
        return content_hash(tmp_path / name)["t"]

    rows = [(1, ["x"]), (2, None), (2, None)]
    hashes = [
        hashed("same", rows),
        hashed("other_value", [(1, ["y"]), (2, None), (2, None)]),
        hashed("null_for_value", [(None, ["x"]), (2, None), (2, None)]),
        hashed("one_less", rows[:2]),
        hashed("pair_gone", rows[:1]),
        hashed("empty", []),
    ]
    assert hashed("reversed", rows[::-1]) == hashes[0]
    assert len(set(hashes)) == len(hashes)


def test_report_survives_the_disk(paths):
    build(paths)
    report = audited(paths, "run-1")
    assert read_report(paths, "run-1") == report
    assert read_report(paths, "run-2") is None
    assert not report_path(paths, "run-1").with_suffix(".tmp").exists()


def alter(database):
    """Write into a published file, as an administrator may."""
    database.chmod(0o644)
    with duckdb.connect(database) as connection:
        connection.execute("CREATE TABLE marts.noted AS SELECT 1 AS number")


def test_a_client_that_writes_the_snapshot_keeps_nobody_from_publishing_listing_or_going_back(paths):
    build(paths)
    audited(paths, "run-1")
    database = publish(paths, "run-1")
    database.chmod(0o644)
    with writing(database):
        build(paths, ["Another?"])
        audited(paths, "run-2", AUDITED_AT + dt.timedelta(hours=1))
        assert questions(publish(paths, "run-2")) == ["Another?"]
        assert [snapshot.run_id for snapshot in list_snapshots(paths)] == ["run-1", "run-2"]
        assert rollback(paths) == database.parent.name


def test_a_snapshot_that_was_changed_is_not_gone_back_to(paths):
    build(paths)
    audited(paths, "run-1")
    first = publish(paths, "run-1")
    build(paths, ["Another?"])
    audited(paths, "run-2", AUDITED_AT + dt.timedelta(hours=1))
    second = publish(paths, "run-2")
    alter(first)
    sentence = (
        r"^The snapshot .* has changed since it was published \(orderpaper.duckdb is another file\), so it is not put"
    )
    with pytest.raises(OrderPaperError, match=sentence):
        rollback(paths)
    assert paths.current.resolve() == second.parent
    assert [snapshot.damage for snapshot in list_snapshots(paths)] == ["orderpaper.duckdb is another file", None]


def test_a_rollback_is_a_row_of_the_next_snapshot_and_a_line_of_the_list(paths, capsys):
    ids = []
    for number in (1, 2, 3):
        build(paths, [f"Question {number}?"])
        audited(paths, f"run-{number}", AUDITED_AT + dt.timedelta(hours=number))
        ids.append(publish(paths, f"run-{number}").parent.name)
        if number == 2:
            roll_back(paths, None)
    with duckdb.connect(paths.warehouse, read_only=True) as connection:
        assert connection.execute(
            "SELECT kind, replaced_snapshot_id, snapshot_id, run_id FROM ops.fct_publication ORDER BY published_at"
        ).fetchall() == [
            ("publication", None, ids[0], "run-1"),
            ("publication", ids[0], ids[1], "run-2"),
            ("rollback", ids[1], ids[0], None),
            ("publication", ids[0], ids[2], "run-3"),
        ]
    assert f"UTC: rollback from {ids[1]} to {ids[0]}" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["orderpaper.duckdb.wal", "notes.txt"])
def test_a_snapshot_with_a_file_beside_it_is_not_gone_back_to(paths, name):
    build(paths)
    audited(paths, "run-1")
    first = publish(paths, "run-1")
    build(paths, ["Another?"])
    audited(paths, "run-2", AUDITED_AT + dt.timedelta(hours=1))
    publish(paths, "run-2")
    (first.parent / name).touch()
    with pytest.raises(OrderPaperError, match=f"{name} is new"):
        rollback(paths)
