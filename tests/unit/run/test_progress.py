import io
from typing import Any

from orderpaper.run.progress import Progress


def event(name: str, dag: str, task: str, **more: Any) -> dict[str, Any]:
    return {"event": name, "dag": dag, "task": task, "seconds": 2.1, **more}


def test_a_task_is_one_line() -> None:
    out = io.StringIO()
    progress = Progress(out)
    result = {"document_count": 1034, "new_document_count": 7, "request_count": 1040, "manifest": "…"}
    progress.show(event("started", "ingest_written_questions", "fetch"))
    progress.show(event("finished", "ingest_written_questions", "fetch", result=result))
    assert out.getvalue() == "  fetch written_questions … 1,034 documents, 7 new, 1,040 requests (2.1 s)\n"


def test_quarantine_is_told() -> None:
    out = io.StringIO()
    counts = {"question": 1000, "answer": 34}
    result = {"record_counts": counts, "quarantined_count": 2, "refused_row_count": 1, "is_new": True}
    Progress(out).show(event("finished", "ingest_inbox", "parse", result=result))
    assert out.getvalue() == "1,034 records, 2 quarantined, 1 rows refused (2.1 s)\n"


def test_what_was_parsed_before_is_told() -> None:
    out = io.StringIO()
    result = {"record_counts": {"question": 1000}, "quarantined_count": 0, "refused_row_count": 0, "is_new": False}
    Progress(out).show(event("finished", "ingest_inbox", "parse", result=result))
    assert out.getvalue() == "1,000 records, as before (2.1 s)\n"


def test_announcing_is_not_shown() -> None:
    out = io.StringIO()
    progress = Progress(out)
    progress.show(event("started", "ingest_inbox", "announce"))
    progress.show(event("finished", "ingest_inbox", "announce", result=None))
    assert out.getvalue() == ""


def test_nothing_new_is_kept() -> None:
    out = io.StringIO()
    progress = Progress(out)
    progress.show({"event": "nothing new", "dag": "build_warehouse", "task": ""})
    assert (progress.is_nothing_new, out.getvalue()) == (True, "")


def test_failures_are_kept_with_their_tasks() -> None:
    progress = Progress(io.StringIO())
    progress.show(event("failed", "build_warehouse", "load", error="The disk is full.\n"))
    progress.show(event("failed", "ingest_hansard", "fetch", error="hansard: HTTP 500"))
    assert progress.failures == ["load failed: The disk is full.", "fetch hansard failed: hansard: HTTP 500"]


def test_results_are_kept_by_task() -> None:
    progress = Progress(io.StringIO())
    result = {"run_id": "r1", "checks": 3, "warnings": 0}
    progress.show(event("finished", "build_warehouse", "audit", result=result))
    assert progress.results == {"audit": result}


def test_a_backfill_says_which_days() -> None:
    out = io.StringIO()
    days = "2025-02-01 to 2025-02-28"
    progress = Progress(out, shows_days=True)
    progress.show(event("started", "ingest_hansard", "fetch", days=days))
    progress.show(event("started", "build_warehouse", "load", days=days))
    assert out.getvalue() == f"  fetch hansard {days} …   load … "


def test_a_backfill_says_how_many_months_are_done_and_how_long_the_rest_takes() -> None:
    out = io.StringIO()
    progress = Progress(out, shows_days=True)
    progress.show(event("months", "", "", done=6, total=24) | {"seconds": 720.0})
    progress.show(event("months", "", "", done=24, total=24) | {"seconds": 2880.0})
    assert (
        out.getvalue() == "6 of 24 months done, 2 min a month, about 36 min left\n24 of 24 months done, 2 min a month\n"
    )
