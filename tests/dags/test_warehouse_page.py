import datetime as dt
import importlib.util
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orderpaper.config import DATABASE_NAME, PROJECT, Paths
from orderpaper.quality.report import AuditReport, CheckResult, write_report

EVIL = "<script>alert('£')</script>"
CHECK = CheckResult(
    table="marts.fct_question",
    check="text_not_null",
    column="text",
    expectation="ExpectColumnValuesToNotBeNull",
    severity="stop",
    description=f"Every question has a text {EVIL}.",
    is_success=False,
    error=None,
    observed="3 of 7 rows",
    unexpected_count=1234,
    sample="[]",
)


@pytest.fixture(scope="module")
def plugin() -> Any:
    """The module of the plugin."""
    spec = importlib.util.spec_from_file_location("warehouse_page", PROJECT / "plugins" / "warehouse_page.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths(tmp_path, "simulated")


def publish(paths: Paths) -> None:
    snapshot = paths.snapshots / "20250314T120000Z-abcdef12"
    snapshot.mkdir(parents=True)
    paths.current.symlink_to(snapshot)
    with duckdb.connect(snapshot / DATABASE_NAME) as connection:
        connection.execute("CREATE SCHEMA marts; CREATE SCHEMA ops")
        connection.execute("CREATE TABLE marts.fct_question AS SELECT range AS question_key FROM range(1040)")
        connection.execute(
            "CREATE TABLE ops.fct_quarantine AS SELECT 'inbox' AS source, 'parse' AS stage, ? AS reason FROM range(2)",
            [f"Not a known kind of document: {EVIL}"],
        )


def report(paths: Paths, run_id: str, hour: int, *checks: CheckResult) -> None:
    at = dt.datetime(2025, 3, 14, hour, tzinfo=dt.UTC)
    write_report(paths, AuditReport(run_id=run_id, audited_at=at, seconds=1.0, content={}, results=checks))


def test_before_the_first_run_there_is_nothing(plugin: Any, paths: Paths) -> None:
    page = plugin.page(paths)
    assert "Nothing is published yet." in page
    assert "No audit has run yet." in page


def test_what_is_published_audited_and_quarantined_stands_there(plugin: Any, paths: Paths) -> None:
    publish(paths)
    report(paths, "first", 12, replace(CHECK, is_success=True))
    page = plugin.page(paths)
    assert "20250314T120000Z-abcdef12" in page
    assert "<td>marts.fct_question</td><td class=number>1,040</td>" in page
    assert "passed; 1 of 1 checks hold; 2025-03-14 12:00 UTC; run first" in page
    assert "<td>inbox</td><td>parse</td><td>Not a known kind of document: " in page
    assert "<td class=number>2</td>" in page


def test_a_later_audit_that_failed_is_told_with_its_checks(plugin: Any, paths: Paths) -> None:
    publish(paths)
    report(paths, "zzz-earlier", 12, replace(CHECK, is_success=True))
    report(paths, "later", 13, CHECK, replace(CHECK, is_success=True))
    page = plugin.page(paths)
    assert "failed: nothing was published</b>; 1 of 2 checks hold; 2025-03-14 13:00 UTC; run later" in page
    assert "<td>3 of 7 rows</td><td class=number>1,234</td>" in page


def test_no_text_of_a_document_becomes_markup(plugin: Any, paths: Paths) -> None:
    publish(paths)
    report(paths, "r", 12, CHECK)
    page = plugin.page(paths)
    assert "<script" not in page
    assert page.count("&lt;script&gt;") == 2


def test_airflow_finds_page_and_menu_entry(plugin: Any) -> None:
    (app,) = plugin.WarehousePage.fastapi_apps
    (view,) = plugin.WarehousePage.external_views
    assert view["href"] == f"{app['url_prefix']}/"
    assert view["destination"] == "nav"
