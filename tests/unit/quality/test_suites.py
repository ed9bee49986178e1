"""Every mart has a suite; every stop check refuses to publish what breaks it; whole data pass them all."""

import datetime as dt
import re
import shutil
from pathlib import Path

import duckdb
import pytest
from breaks import breaking, kind
from tables import create, place
from whole import ROWS

from orderpaper import quality
from orderpaper.config import PROJECT
from orderpaper.errors import AuditError
from orderpaper.quality import auditing
from orderpaper.quality.auditing import validate
from orderpaper.quality.expectations import opened
from orderpaper.quality.suites import SUITES
from orderpaper.records import RECORD_TYPES
from orderpaper.records.types.base import columns
from orderpaper.warehouse.audit_report import AuditReport
from orderpaper.warehouse.content import tables
from orderpaper.warehouse.publish import publish

AUDITED_AT = dt.datetime(2024, 11, 21, tzinfo=dt.UTC)
STOPS = [(table, check) for table, checks in SUITES.items() for check in checks if check.severity == "stop"]

GROUPS = {
    (table, end): [check for other, check in STOPS if other == table and kind(table, check) == end]
    for table, end in dict.fromkeys((table, kind(table, check)) for table, check in STOPS)
}
"""Table and kind → its checks, which are of different columns if they are several."""
SEVERAL = [(table, check) for (table, _), checks in GROUPS.items() if len(checks) > 1 for check in checks]


@pytest.fixture(scope="module")
def good_database(tmp_path_factory):
    return create(tmp_path_factory.mktemp("good") / "orderpaper.duckdb", ROWS)


@pytest.fixture
def paths(tmp_path, good_database):
    """A realm whose build database passes the audit, and may be broken."""
    return place(good_database, tmp_path / "home")


@pytest.fixture(scope="module")
def evaluate_broken(good_database, tmp_path_factory):
    """Return a function that undoes the statements before, executes others and evaluates checks of a table.

    All checks share one connection, because opening one takes longer than a check.
    """
    folder = tmp_path_factory.mktemp("broken")
    good, database = (Path(shutil.copy(good_database, folder / f"{name}.duckdb")) for name in ("good", "orderpaper"))
    changed = []

    def evaluate(statements, table, checks):
        with build.engine.connect() as connection:
            for name in set(changed):
                connection.exec_driver_sql(f"DELETE FROM {name}")
                connection.exec_driver_sql(f"INSERT INTO {name} FROM good.{name}")
            changed[:] = re.findall(r"^(?:UPDATE|DELETE FROM|INSERT INTO) (\S+)", "\n".join(statements), re.MULTILINE)
            assert changed, statements
            for statement in statements:
                connection.exec_driver_sql(statement)
        return build.evaluate(table, tuple(checks))[0]

    with opened(database, read_only=False) as build:
        with build.engine.connect() as connection:
            connection.exec_driver_sql(f"ATTACH '{good}' AS good (READ_ONLY)")
        yield evaluate


def assert_refused(results, table, checks):
    report = AuditReport(run_id="run-1", audited_at=AUDITED_AT, seconds=0, build_version="", results=tuple(results))
    with pytest.raises(AuditError) as refusal:
        report.raise_for_stops()
    for check in checks:
        assert f"- {table}: {check.description} Broken by" in str(refusal.value)


@pytest.mark.parametrize(("table", "end"), GROUPS, ids=[f"{table}-{end}" for table, end in GROUPS])
def test_broken_data_are_refused(evaluate_broken, table, end):
    """Break all columns of a table that have the same kind of check."""
    checks = GROUPS[table, end]
    statements = list(dict.fromkeys(breaking(table, check) for check in checks))
    assert_refused(evaluate_broken(statements, table, checks), table, checks)


@pytest.mark.slow
@pytest.mark.parametrize(("table", "check"), SEVERAL, ids=[f"{table}-{check.name}" for table, check in SEVERAL])
def test_one_broken_column_is_refused(evaluate_broken, table, check):
    assert_refused(evaluate_broken([breaking(table, check)], table, [check]), table, [check])


@pytest.mark.parametrize(
    ("table", "name", "statement"),
    [
        ("ops.fct_source_loss", "document_tolerated", "UPDATE {table} SET tolerated_row_count = 1"),
        ("marts.bridge_member_status", "reason_is_known", "UPDATE {table} SET status_kind = 'unrecognised'"),
        (
            "marts.dim_document",
            "list_of_posts_is_given",
            """
            INSERT INTO raw.document (document_id, source, document_kind, fetched_at) VALUES
            ('b', 'members', 'member_biography', '2024-11-01'), ('s', 'members', 'member_search', '2024-11-22'),
            ('p', 'members', 'government_posts', '2024-11-15')
            """.strip(),
        ),
    ],
)
def test_what_the_site_may_break_is_a_warning(evaluate_broken, table, name, statement):
    (check,) = (check for check in SUITES[table] if check.name == name)
    (result,) = evaluate_broken([statement.format(table=table)], table, [check])
    assert check.severity == "warn"
    assert not result.is_success


@pytest.mark.parametrize("table", RECORD_TYPES)
def test_a_record_without_a_value_that_its_type_requires_is_refused(good_database, table):
    (check,) = (check for check in SUITES[f"raw.{table}"] if check.name == "required_values")
    query = str(check.arguments_for(f"raw.{table}")["unexpected_rows_query"]).replace("{{", "{").replace("}}", "}")
    required = [column.name for column in columns(RECORD_TYPES[table]) if column.is_required]
    assert f"raw.{table}" in ROWS, (
        f"tests/unit/quality/whole.py has no row of the record type '{table}': add a whole one to RAW under '{table}', "
        f"as READ | {{…}} with a value for {', '.join(required)}."
    )
    with duckdb.connect(good_database, read_only=True) as connection:
        assert connection.execute(query).fetchall() == []
        for name in required:
            broken = f"(SELECT * REPLACE (NULL AS {name}) FROM raw.{table})"
            assert connection.execute(query.replace(f"raw.{table}", broken)).fetchall(), name


def test_an_answer_without_a_question_is_refused(paths):
    (check,) = (check for check in SUITES["raw.answer"] if check.name == "question_ordinals_in_document")
    with duckdb.connect(paths.build_database) as connection:
        connection.execute("UPDATE raw.answer SET question_ordinals = []")
    (result,) = validate(paths.build_database, {"raw.answer": (check,)})
    assert not result.is_success


def test_whole_data_pass_every_check_and_are_published(paths):
    report = quality.audit(paths, "run-1")
    assert [result.finding for result in report.results if not result.is_success] == []
    assert len(report.results) == sum(map(len, SUITES.values()))
    assert publish(paths, "run-1").exists()


def test_broken_data_are_not_published(paths, monkeypatch):
    suites = {table: SUITES[table] for table in ("marts.fct_funding_figure", auditing.COMPARISONS)}
    monkeypatch.setattr(auditing, "SUITES", suites)
    with duckdb.connect(paths.build_database) as connection:
        connection.execute("UPDATE marts.fct_funding_figure SET amount_high = 0, currency = NULL")

    with pytest.raises(AuditError) as refusal:
        quality.audit(paths, "run-1")

    message = str(refusal.value)
    assert "- marts.fct_funding_figure: amount_low is at most amount_high. Broken by 3 row(s), for example" in message
    with pytest.raises(AuditError, match="forbids publication"):
        publish(paths, "run-1")
    assert not paths.current.exists()


def test_every_mart_and_every_raw_table_has_a_suite(good_database):
    models = {f"marts.{path.stem}" for path in (PROJECT / "dbt" / "models" / "marts").glob("*.sql")}
    with duckdb.connect(good_database, read_only=True) as connection:
        loaded = {f"raw.{table}" for table in tables(connection, "raw")}
    assert models
    assert models | loaded == {table for table in SUITES if not table.startswith("ops.")}


def test_names_are_unique_within_a_table():
    for table, checks in SUITES.items():
        names = [check.name for check in checks]
        assert len(names) == len(set(names)), table
