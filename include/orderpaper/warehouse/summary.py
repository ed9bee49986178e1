"""The summary at the end of `make run`."""

import io

from rich.console import Console
from rich.table import Table

from orderpaper.config import DATABASE_NAME, Paths
from orderpaper.warehouse.audit_report import AuditReport, read_report
from orderpaper.warehouse.content import count_rows
from orderpaper.warehouse.snapshots import opened


def render(paths: Paths, run_id: str) -> str:
    """Return the verdict of the audit, the rows of each mart of the published snapshot, and its path."""
    text = io.StringIO()
    console = Console(file=text, width=120, color_system=None)
    report = read_report(paths, run_id)
    console.print(_verdict(report), markup=False, highlight=False, soft_wrap=True)
    for result in report.warnings if report else []:
        console.print(f"  Warning: {result.finding}", markup=False, highlight=False, soft_wrap=True)
    snapshot = paths.current / DATABASE_NAME
    if not snapshot.exists():
        console.print("Nothing is published.")
        return text.getvalue().rstrip()
    table = Table("table", box=None, pad_edge=False)
    table.add_column("rows", justify="right")
    with opened(snapshot) as connection:
        counts = count_rows(connection, "marts")
    for name, count in counts.items():
        table.add_row(name, f"{count:,}")
    console.print(table)
    size = snapshot.stat().st_size / 1_000_000
    console.print(f"Snapshot: {snapshot.resolve()} ({size:.1f} MB)", markup=False, highlight=False, soft_wrap=True)
    console.print(f"Opened as: {paths.warehouse}", markup=False, highlight=False, soft_wrap=True)
    return text.getvalue().rstrip()


def nothing_new(paths: Paths) -> str:
    """Return that nothing was built, what readers see, and where."""
    return (
        "Nothing new: all that was found is published already, so nothing was built.\n"
        f"Readers see: {(paths.current / DATABASE_NAME).resolve()}\n"
        f"Opened as: {paths.warehouse}"
    )


def _verdict(report: AuditReport | None) -> str:
    if report is None:
        return "Audit: not run."
    passed = sum(result.is_success for result in report.results)
    verdict = "FAILED" if report.stops else "passed"
    return f"Audit {verdict}: {passed} of {len(report.results)} checks hold, {len(report.warnings)} warning(s)."
