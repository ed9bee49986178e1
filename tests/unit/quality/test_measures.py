"""A build is compared with the published snapshot. A table that shrinks is refused until somebody accepts it."""

import datetime as dt
import json

import duckdb
import pytest
from tables import create, place
from writers import writing

from orderpaper import quality
from orderpaper.config import DATABASE_NAME
from orderpaper.errors import AuditError
from orderpaper.landing import DocumentRef, Landing, Manifest
from orderpaper.quality import auditing
from orderpaper.quality.measures import SHARES, measure
from orderpaper.warehouse import ops
from orderpaper.warehouse.load import build_connection
from orderpaper.warehouse.ops import Measurement

SNAPSHOT = "20241122T120000Z-0a1b2c3d"
LOADED = "a" * 64
MANIFEST = "2024-11-18_2024-11-22_3dc6af4c256b"


def measured_row(table, value):
    return Measurement(
        table_name=table,
        measure="row_count",
        measured_at=dt.datetime(2024, 11, 22, tzinfo=dt.UTC),
        value=value,
        published_value=None,
    )


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """A build database: two questions, one answer, three documents, one of them refused."""
    batch = {
        "source": "written_questions",
        "batch_id": f"written_questions/{MANIFEST}_v1b2c",
        "loaded_at": "2024-11-22",
    }
    return create(
        tmp_path_factory.mktemp("measured") / "orderpaper.duckdb",
        {
            "raw.batch": [batch],
            "raw.document": [{"document_id": LOADED, "source": "written_questions"}],
            "marts.dim_document": [{"is_quarantined": is_refused} for is_refused in (False, False, True)],
            "marts.fct_question": [{"match_method": method} for method in ("member_id", "name")],
            "marts.fct_answer": [{"answer_text": "Yes."}],
        },
    )


@pytest.fixture
def paths(tmp_path, database):
    return place(database, tmp_path / "home")


def publish_by_hand(paths, row_count):
    """A snapshot of which only `fct_question` was measured."""
    (paths.snapshots / SNAPSHOT).mkdir(parents=True)
    paths.current.symlink_to(f"snapshots/{SNAPSHOT}")
    with duckdb.connect(paths.current / DATABASE_NAME) as connection:
        ops.finish_run(connection, "published", "published", SNAPSHOT)
        ops.finish_run(connection, "refused", "refused")
        for run_id, value in (("published", row_count), ("refused", 1)):
            row = measured_row("marts.fct_question", value)
            ops.record_measurements(connection, run_id, [row])


def measured(paths):
    with build_connection(paths.build_database) as connection:
        return {(row.table_name, row.measure): row for row in measure(paths, connection)}


def test_before_anything_is_published_there_is_nothing_to_compare_with(paths):
    found = measured(paths)
    assert found["marts.fct_question", "row_count"].value == 2
    assert found["marts.dim_document", "quarantined_share"].value == pytest.approx(1 / 3)
    assert {row.published_value for row in found.values()} == {None}
    assert SHARES.keys() <= found.keys()


def test_a_share_of_nothing_is_not_measured(paths):
    with duckdb.connect(paths.build_database) as connection:
        connection.execute("DELETE FROM marts.fct_answer")
    assert ("marts.fct_answer", "empty_share") not in measured(paths)


def test_the_published_value_is_that_of_the_snapshot_in_force(paths):
    publish_by_hand(paths, row_count=7)
    found = measured(paths)
    assert found["marts.fct_question", "row_count"].published_value == 7
    assert found["marts.fct_answer", "row_count"].published_value is None


def test_the_measures_of_what_is_published_are_those_that_the_build_has(paths):
    publish_by_hand(paths, row_count=7)
    with build_connection(paths.build_database) as connection:
        ops.finish_run(connection, "published", "published", SNAPSHOT)
        row = measured_row("marts.fct_question", 9)
        ops.record_measurements(connection, "published", [row])
    assert measured(paths)["marts.fct_question", "row_count"].published_value == 9


def test_a_client_that_writes_the_snapshot_blocks_nothing(paths):
    publish_by_hand(paths, row_count=7)
    with writing(paths.current / DATABASE_NAME):
        assert measured(paths)["marts.fct_question", "row_count"].published_value == 7


def test_a_damaged_snapshot_blocks_nothing(paths, caplog):
    publish_by_hand(paths, row_count=7)
    (paths.current / DATABASE_NAME).write_bytes(b"damaged")
    assert {row.published_value for row in measured(paths).values()} == {None}
    assert "The build is not compared with what is published: The snapshot " in caplog.text


def test_a_snapshot_that_was_never_measured_is_no_standard(paths):
    (paths.snapshots / SNAPSHOT).mkdir(parents=True)
    paths.current.symlink_to(f"snapshots/{SNAPSHOT}")
    duckdb.connect(paths.current / DATABASE_NAME).close()
    assert {row.published_value for row in measured(paths).values()} == {None}


def test_a_table_that_shrinks_is_refused_until_somebody_accepts_it(paths, monkeypatch):
    monkeypatch.setattr(auditing, "SUITES", {auditing.COMPARISONS: auditing.SUITES[auditing.COMPARISONS]})
    publish_by_hand(paths, row_count=1000)

    with pytest.raises(AuditError, match="No table has lost more than 5% of the rows that are published"):
        quality.audit(paths, "run-2")

    report = quality.audit(paths, "run-2", accept_shifts=True)
    assert [(result.check, result.severity) for result in report.results if not result.is_success] == [
        ("row_count_fall", "warn")
    ]
    (row,) = json.loads(report.warnings[0].sample)
    assert row == {"table_name": "marts.fct_question", "row_count": 2.0, "published_row_count": 1000.0}


def test_a_document_that_landed_and_was_not_loaded_is_counted(paths):
    fetched_at = dt.datetime(2024, 11, 22, tzinfo=dt.UTC)
    documents = [
        DocumentRef(document_id=name, kind="list", url="/", media_type="", fetched_at=fetched_at)
        for name in (LOADED, "d" * 64)
    ]
    days = {"interval_start": dt.date(2024, 11, 18), "interval_end": dt.date(2024, 11, 22)}
    name = Landing(paths.landing).write_manifest(Manifest(source="written_questions", documents=documents, **days))
    assert name == MANIFEST
    assert measured(paths)["raw.document", "missing_count"].value == 1

    with build_connection(paths.build_database) as connection:
        ops.finish_run(connection, "published", "published", SNAPSHOT)
    assert measured(paths)["raw.document", "missing_count"].value == 0, "what was audited before is not read again"
