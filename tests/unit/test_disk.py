"""A full disk: the error is one sentence, no file is half written, and the next run with room succeeds.

The limit is RLIMIT_FSIZE, which needs no privileges: a file that grows beyond it is refused with EFBIG, at the same
calls that a full disk refuses with ENOSPC. A disk that is really full is for tests/integration/test_disk_full.py.
"""

import datetime as dt
import json
import random
import shutil
import subprocess
import sys

import duckdb
import pytest
from flips import flip

from orderpaper import ingest
from orderpaper.config import Paths
from orderpaper.errors import OrderPaperError
from orderpaper.landing import Window
from orderpaper.run import disk
from orderpaper.warehouse.audit_report import AuditReport, write_report
from orderpaper.warehouse.content import content_hash, file_version, tables
from orderpaper.warehouse.load import build_connection, load
from orderpaper.warehouse.publish import publish

WINDOW = Window(dt.date(2025, 3, 10), dt.date(2025, 3, 14))

LIMITED = """
import json, resource, sys
from pathlib import Path
from orderpaper import ingest
from orderpaper.run import disk
from orderpaper.config import Paths
from orderpaper.warehouse.load import load
from orderpaper.warehouse.publish import publish

task, home, limit, *arguments = sys.argv[1:]
paths = Paths(Path(home), "simulated")
tasks = {"parse": ingest.parse, "load": load, "publish": publish}
resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
try:
    tasks[task](paths, *arguments)
except Exception as error:
    print(json.dumps(disk.refusal(error, paths.home)))
"""


def refused(task, paths, limit, *arguments):
    """Return the error of the task when no file may grow beyond `limit` bytes."""
    command = [sys.executable, "-c", LIMITED, task, str(paths.home), str(limit), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout, "it was not refused"
    return json.loads(done.stdout)


def sentence(paths):
    return f"The disk of {paths.home} is full: make room and run the same command again; what was published"


@pytest.fixture
def paths(tmp_path):
    return Paths(tmp_path, "simulated")


@pytest.fixture
def manifest(paths, tmp_path, monkeypatch):
    """Twenty saved documents in the landing zone."""
    monkeypatch.setenv("ORDERPAPER_INBOX", str(tmp_path / "inbox"))
    (tmp_path / "inbox").mkdir()
    for number in range(20):
        text = f"To ask the Home Secretary, how many there are of {number}.\n" * 40
        listing = f"Asked by: Alex Archer (Labour - Ambridge)\nQuestion to the Home Office:\n{text}"
        (tmp_path / "inbox" / f"{number}.txt").write_text(listing)
    return ingest.fetch(paths, "inbox", WINDOW, None, "run").manifest


def raw_documents(paths):
    with duckdb.connect(paths.work_database, read_only=True) as connection:
        return connection.execute("SELECT count(*) FROM raw.document").fetchone()[0]


def raw_rows(paths):
    """Return the rows of every `raw` table, except the time at which a batch was loaded."""
    with build_connection(paths.work_database) as connection:
        return {
            table: connection.execute(
                f"SELECT COLUMNS(name -> name != 'loaded_at') FROM raw.{table} ORDER BY ALL"
            ).fetchall()
            for table in tables(connection, "raw")
        }


def test_parse(paths, manifest):
    assert refused("parse", paths, 1000, "inbox", manifest).startswith(sentence(paths))
    assert list(paths.records.glob("*/*")) == [], "no batch, and nothing left of one"
    assert ingest.parse(paths, "inbox", manifest).document_count == 20


@pytest.mark.parametrize("limit", [1_000, 14_000])
def test_load(paths, manifest, limit):
    """The disk is full while the database is created, and while the rows are committed."""
    ingest.parse(paths, "inbox", manifest)
    assert refused("load", paths, limit).startswith(sentence(paths))
    assert load(paths).document_count == 20
    assert raw_documents(paths) == 20


def test_publish(paths):
    def build(run_id, minute):
        with duckdb.connect(paths.build_database) as connection:
            connection.execute("CREATE SCHEMA IF NOT EXISTS marts")
            connection.execute(
                f"CREATE OR REPLACE TABLE marts.t AS SELECT hash(range + {minute})::VARCHAR AS text FROM range(100_000)"
            )
        with paths.build_database.open("rb") as database:
            version = file_version(database)
        at = dt.datetime(2025, 3, 14, 12, minute, tzinfo=dt.UTC)
        write_report(paths, AuditReport(run_id=run_id, audited_at=at, seconds=0, build_version=version, results=()))
        return content_hash(paths.build_database)

    paths.build_database.parent.mkdir(parents=True)
    former = build("run-1", 1)
    publish(paths, "run-1")
    new = build("run-2", 2)
    assert refused("publish", paths, 1_000_000, "run-2").startswith(sentence(paths))
    assert content_hash(paths.warehouse) == former
    assert not list(paths.snapshots.glob(".*")), "the room that it took is free again"
    publish(paths, "run-2")
    assert content_hash(paths.warehouse) == new


def test_a_deleted_database_does_not_come_back_from_its_write_ahead_log(paths, manifest):
    ingest.parse(paths, "inbox", manifest)
    load(paths)
    log = paths.work_database.with_name(f"{paths.work_database.name}.wal")
    log.write_bytes(b"what a killed process left")
    paths.work_database.unlink()
    assert load(paths).document_count == 20
    assert raw_documents(paths) == 20


def test_a_damaged_database_is_one_sentence_with_its_cure(paths, manifest):
    ingest.parse(paths, "inbox", manifest)
    paths.work_database.parent.mkdir(parents=True)
    paths.work_database.write_bytes(b"\0" * 50_000)
    with pytest.raises(OrderPaperError, match=r"cannot be opened for writing: .*: delete .*, and the next run"):
        load(paths)
    shutil.rmtree(paths.work_database.parent)
    assert load(paths).document_count == 20


def test_a_flipped_bit_in_a_database_is_refused_or_changes_nothing(paths, manifest):
    ingest.parse(paths, "inbox", manifest)
    load(paths)
    sound, rows = paths.work_database.read_bytes(), raw_rows(paths)
    places, refused_count = random.Random(1), 0
    for _ in range(40):
        paths.work_database.write_bytes(sound)
        flip(paths.work_database, places.randrange(len(sound)))
        try:
            load(paths)
            found = raw_rows(paths)
        except OrderPaperError as error:
            assert f"in {paths.work_database.parent} is damaged: delete that folder, and the next run" in str(error)
            refused_count += 1
        else:
            assert found == rows
    assert refused_count > 10
    shutil.rmtree(paths.work_database.parent)
    assert load(paths).document_count == 20
    assert raw_rows(paths) == rows


@pytest.mark.parametrize(
    ("error", "quoted"),
    [
        (OSError(28, "No space left on device", "/data/x"), "[Errno 28] No space left on device: '/data/x'"),
        (OSError(122, "Quota"), "[Errno 122] Quota"),
        (
            OrderPaperError("dbt failed on 2 node(s):\n- dim_date: skipped\n- fct_answer: IO Error: File too large\n"),
            "fct_answer: IO Error: File too large",
        ),
        (ValueError("database or disk is full"), "database or disk is full"),
        (OSError(13, "Permission denied"), None),
        (OrderPaperError("no such source"), None),
    ],
)
def test_a_full_disk_is_known_however_it_is_said(tmp_path, error, quoted):
    assert disk.refusal(error, tmp_path) == (disk.sentence(tmp_path, quoted) if quoted else None)
