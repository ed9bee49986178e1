"""The command `orderpaper`: its sub-commands, its error messages and its exit codes."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from typing import Annotated

import typer

from orderpaper.cli import pipeline, project, warehouse
from orderpaper.errors import BusyError, ConfigError, OrderPaperError

FAILED, WRONG_USAGE, BUSY, INTERRUPTED = 1, 2, 3, 130

_READ = "Read the warehouse"
_PANELS: dict[str, list[Callable[..., None]]] = {
    "Fill the warehouse": [
        pipeline.run,
        pipeline.backfill,
        pipeline.requeue,
        pipeline.quarantine,
        pipeline.audit_all,
        pipeline.spark,
        pipeline.pack_landing,
        pipeline.document,
        pipeline.up,
        pipeline.down,
        pipeline.status,
        pipeline.doctor,
        pipeline.alert_test,
        project.compose_env,
    ],
    _READ: [
        warehouse.sql,
        warehouse.ide,
        warehouse.csv,
        warehouse.search,
        warehouse.export,
        warehouse.site,
        warehouse.superset,
        warehouse.metrics,
        warehouse.lineage,
        warehouse.snapshots,
        warehouse.diff,
        warehouse.rollback,
    ],
    "Work on the project": [project.docs, project.cookbook, project.staging, project.audit_lock, project.money],
}

app = typer.Typer(
    name="orderpaper",
    help="What Parliament and government say about themselves, as one audited DuckDB warehouse.\n\n"
    "Start with `orderpaper run`, then ask with `orderpaper sql`.",
    epilog="Exit codes: 0 done, 1 failed, 2 wrong usage, setting or input, 3 another command is using the same folder, "
    "4 degraded (`status`), 130 interrupted.",
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)


@contextmanager
def _until_nobody_reads() -> Iterator[None]:
    """End a command that writes rows quietly when nobody reads them any more, as in `orderpaper search … | head`."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # Python flushes standard output once more when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


for _panel, _commands in _PANELS.items():
    for _command in _commands:
        app.command(rich_help_panel=_panel)(_until_nobody_reads()(_command) if _panel is _READ else _command)
app.command(
    rich_help_panel="Work on the project",
    add_help_option=False,
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
)(project.simulate)


def _show_version(is_wanted: bool) -> None:
    if is_wanted:
        typer.echo(f"orderpaper {version('orderpaper')}")
        raise typer.Exit


@app.callback()
def _root(
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    pass


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; an expected error is one sentence on standard error.

    Args:
        arguments: the command line without the program's name; that of the process if not given.
    """
    try:
        code = app(arguments, prog_name="orderpaper", standalone_mode=False) or 0
    except typer.TyperException as error:
        # Pydantic, which checks the values, puts these words before our own.
        sys.stderr.write(f"{error.format_message().replace(': Value error, ', ': ')}\n")
        return error.exit_code
    except OrderPaperError as error:
        sys.stderr.write(f"{error}\n")
        return BUSY if isinstance(error, BusyError) else WRONG_USAGE if isinstance(error, ConfigError) else FAILED
    if code == INTERRUPTED:
        sys.stderr.write("\nStopped. Nothing is lost: run the same command again to continue.\n")
    return int(code)
