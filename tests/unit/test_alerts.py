"""Every failure leads to a section of the runbook that exists."""

import datetime as dt
import re

import pytest

from orderpaper import errors
from orderpaper.config import PROJECT
from orderpaper.run import alerts
from orderpaper.warehouse.audit_report import AuditReport, CheckResult

HEADINGS = re.findall(r"^#+ (.+)$", (PROJECT / "docs" / "runbook.md").read_text(encoding="utf-8"), re.MULTILINE)
KINDS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.OrderPaperError)]
WARNING = CheckResult(
    table="marts.fct_question",
    check="late",
    column=None,
    expectation="UnexpectedRowsExpectation",
    severity="warn",
    description="No question is late.",
    is_success=False,
    error=None,
    observed=None,
    unexpected_count=2,
    sample="[]",
)


def test_every_section_that_an_alert_can_name_is_in_the_runbook():
    named = {*alerts.BY_ERROR.values(), *alerts.BY_TASK.values(), alerts.WARNINGS, alerts.UNFORESEEN}
    assert named <= set(HEADINGS)


def test_headings_can_be_linked_to():
    anchors = [alerts.anchor(heading) for heading in HEADINGS]
    assert len(anchors) == len(set(anchors))
    assert alerts.anchor("robots.txt disallows it") == "robotstxt-disallows-it"


@pytest.mark.parametrize("task_id", ["fetch", "parse", "requeue", "load", "transform", "audit", "publish"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_error_of_ours_was_foreseen(kind, task_id):
    assert alerts.section(kind("a sentence"), task_id) not in (alerts.UNFORESEEN, None)


def test_a_bug_is_said_to_be_one():
    alert = alerts.failure("build_warehouse", "run-1", "load", KeyError())
    assert (alert.section, alert.cause) == ("Nobody foresaw this", "KeyError")


def test_an_alert_has_the_dag_the_cause_and_the_section():
    alert = alerts.failure("ingest_members", "run-1", "fetch", errors.UpstreamError("members: the site is down."))
    assert alert.subject == "Order Paper: ingest_members: fetch failed"
    assert "members: the site is down." in alert.text
    assert "“A site did not answer as agreed” (/warehouse/runbook#a-site-did-not-answer-as-agreed)" in alert.text


def test_warnings_are_counted_and_quoted():
    report = AuditReport(
        run_id="r",
        audited_at=dt.datetime(2025, 3, 14, tzinfo=dt.UTC),
        seconds=1,
        build_version="",
        results=(WARNING,) * 2,
    )
    alert = alerts.warnings("build_warehouse", "run-1", report)
    assert alert.subject == "Order Paper: build_warehouse: 2 warnings"
    assert alert.cause.count("marts.fct_question: No question is late. Broken by 2 row(s)") == 2
