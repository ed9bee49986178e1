"""The commands that read the published warehouse."""

import sys
from typing import Annotated, Literal

import typer

from orderpaper.cli.options import DEFAULT_HOME, Home, Replay

Realm = Annotated[
    Literal["simulated", "live", "replay"] | None,
    typer.Option(
        envvar="SOURCE", help="Whose snapshots; those of the published warehouse if not given.", show_default=False
    ),
]


def sql(
    query: Annotated[
        str | None, typer.Argument(envvar="Q", help="One query; without it a prompt opens.", show_default=False)
    ] = None,
    home: Home = DEFAULT_HOME,
) -> None:
    """Open a SQL prompt on the published warehouse, or answer one query.

    The warehouse is opened read-only, and no other file of the machine can be read.

    Example: `orderpaper sql "SELECT count(*) FROM fct_question"`
    """
    from orderpaper.warehouse import shell

    shell.open_prompt(home, query)


def csv(
    query: Annotated[str, typer.Argument(envvar="Q", help="The query.", show_default=False)],
    home: Home = DEFAULT_HOME,
) -> None:
    """Write the rows of a query as CSV that is safe to open in a spreadsheet.

    Example: `orderpaper csv "FROM rpt_unanswered_by_age" > unanswered.csv`
    """
    from orderpaper.warehouse import export, reader

    with reader.connect(reader.published(home)) as connection:
        export.write_csv(connection, query, sys.stdout)


def lineage(
    column: Annotated[str, typer.Argument(envvar="COLUMN", metavar="SCHEMA.TABLE.COLUMN", help="The column.")],
    home: Home = DEFAULT_HOME,
) -> None:
    """Show what a column is made of, back to the records that parsers read from documents.

    Example: `orderpaper lineage marts.fct_answer.answer_text`
    """
    from orderpaper.warehouse import lineage

    for depth, text in lineage.trace(lineage.read(lineage.newest_manifest(home)), column):
        typer.echo(f"{'  ' * depth}{text}")


def snapshots(realm: Realm = None, replay: Replay = None, home: Home = DEFAULT_HOME) -> None:
    """List the published snapshots, the newest first; an arrow marks the one that readers see.

    Example: `orderpaper snapshots`
    """
    from orderpaper.cli import snapshots

    snapshots.show(snapshots.realm_paths(home, realm, replay))


def rollback(
    snapshot: Annotated[
        str | None,
        typer.Argument(envvar="TO", help="A snapshot of the list; the one before the current if not given."),
    ] = None,
    realm: Realm = None,
    replay: Replay = None,
    home: Home = DEFAULT_HOME,
) -> None:
    """Let readers see the previous snapshot again, or the one that you name.

    The next run publishes a new snapshot. List them with `orderpaper snapshots`.

    Example: `orderpaper rollback`
    """
    from orderpaper.cli import snapshots

    snapshots.roll_back(snapshots.realm_paths(home, realm, replay), snapshot)
