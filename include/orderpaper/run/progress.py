"""The progress of a run on the terminal, one line for each task."""

from pathlib import Path
from typing import Any, TextIO

from orderpaper.meter import duration


class Progress:
    """A printer of progress. It also keeps the results of tasks, and their failures."""

    def __init__(self, out: TextIO, *, shows_days: bool = False) -> None:
        self.out = out
        self.shows_days = shows_days
        self.task = "preparing Airflow"
        self.failures: list[str] = []
        """A line for each task that failed."""
        self.results: dict[str, Any] = {}
        """Task → its return value."""
        self.is_nothing_new = False
        """Whether the warehouse was not built, because all that was found is published already."""

    def show(self, event: dict[str, Any]) -> None:
        """Print an event of `pipeline`. The task `announce` is for schedulers, so it is shown only if it fails."""
        if event["event"] == "months":
            self.out.write(f"{months(event['done'], event['total'], event['seconds'])}\n")
            self.out.flush()
            return
        if event["event"] == "nothing new":
            self.is_nothing_new = True
            return
        if event["task"] == "announce" and event["event"] != "failed":
            return
        source = event["dag"].removeprefix("ingest_")
        self.task = event["task"] if source == event["dag"] else f"{event['task']} {source}"
        if event["event"] == "started":
            days = f" {event['days']}" if self.shows_days and source != event["dag"] else ""
            self.out.write(f"  {self.task}{days} … ")
        elif event["event"] == "finished":
            self.results[self.task] = event["result"]
            what = describe(event["task"], event["result"])
            self.out.write(f"{what}{' ' if what else ''}({event['seconds']} s)\n")
        else:
            self.failures.append(f"{self.task} failed: {event['error'].strip()}")
            self.out.write("failed\n")
        self.out.flush()


def months(done: int, total: int, seconds: float) -> str:
    """Return how far a backfill has come: the months that are done, how fast they were, and how long the rest takes."""
    pace = seconds / done
    left = f", about {duration(pace * (total - done))} left" if done < total else ""
    return f"{done} of {total} months done, {duration(pace)} a month{left}"


def describe(task: str, result: Any) -> str:
    """Return what a task did in a few words, from its return value."""
    if task == "fetch":
        return (
            f"{result['document_count']:,} documents, {result['new_document_count']:,} new,"
            f" {result['request_count']:,} requests"
        )
    if task == "parse":
        quarantined = f", {result['quarantined_count']:,} quarantined" if result["quarantined_count"] else ""
        refused = f", {result['refused_row_count']:,} rows refused" if result["refused_row_count"] else ""
        known = "" if result["is_new"] else ", as before"
        return f"{sum(result['record_counts'].values()):,} records{quarantined}{refused}{known}"
    if task == "requeue":
        return _requeued(result)
    if task == "load":
        remade = f", {result['remade_count']:,} of them damaged and made again" if result["remade_count"] else ""
        return f"{result['document_count']:,} documents in {result['batch_count']:,} batches{remade}"
    if task == "transform":
        return f"{result['model_count']} models, {result['test_count']} tests"
    if task == "audit":
        return f"{result['checks']} checks, {result['warnings']} warnings"
    if task == "publish":
        return Path(result).parent.name
    return ""


def _requeued(result: Any) -> str:
    quarantined = f", {result['quarantined_count']:,} quarantined again" if result["quarantined_count"] else ""
    unmended = "".join(
        f"; {count:,} of {source} wait for a change of its parser"
        for source, count in result["unmended_counts"].items()
    )
    return f"{result['document_count']:,} documents parsed again{quarantined}{unmended}"
