"""The commands that read the published warehouse."""

import datetime as dt
import sys
from pathlib import Path
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
    form: Annotated[
        Literal["table", "csv", "json", "markdown"],
        typer.Option("--format", envvar="FORMAT", help="How rows are shown."),
    ] = "table",
    home: Home = DEFAULT_HOME,
) -> None:
    """Open a SQL prompt on the published warehouse, or answer one query.

    The warehouse is opened read-only, and no other file of the machine can be read. `.tables` lists what there is, and
    `DESCRIBE questions` its columns. For a spreadsheet use `orderpaper csv`, whose cells compute nothing.

    Example: `orderpaper sql "SELECT count(*) FROM fct_question" --format markdown`
    """
    from orderpaper.warehouse import shell

    shell.open_prompt(home, query, form)


def ide(home: Home = DEFAULT_HOME) -> None:
    """Open a SQL editor in the terminal on the published warehouse, read-only.

    It lists schemas, tables and columns, completes names and keeps a history. Ctrl+J runs the query, F1 shows the keys,
    and Ctrl+Q closes it.

    Example: `orderpaper ide`
    """
    from orderpaper.warehouse import ide

    ide.open_editor(home)


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


def search(
    phrase: Annotated[str, typer.Argument(envvar="Q", help="The words to look for.", show_default=False)],
    *,
    kind: Annotated[
        str | None, typer.Option(envvar="KIND", help="One kind of statement, such as answer.", show_default=False)
    ] = None,
    house: Annotated[str | None, typer.Option(envvar="HOUSE", help="Commons or Lords.", show_default=False)] = None,
    since: Annotated[
        dt.datetime | None, typer.Option(envvar="FROM", formats=["%Y-%m-%d"], help="The first day.")
    ] = None,
    until: Annotated[dt.datetime | None, typer.Option(envvar="TO", formats=["%Y-%m-%d"], help="The last day.")] = None,
    said_by: Annotated[
        str | None, typer.Option(envvar="SAID_BY", help="A part of the name of who says it.", show_default=False)
    ] = None,
    department: Annotated[
        str | None, typer.Option(envvar="DEPARTMENT", help="A part of its name.", show_default=False)
    ] = None,
    topic: Annotated[str | None, typer.Option(envvar="TOPIC", help="A part of its title.", show_default=False)] = None,
    count: Annotated[int, typer.Option(envvar="COUNT", min=1, max=1000, help="The most statements to list.")] = 20,
    home: Home = DEFAULT_HOME,
) -> None:
    """Search all statements of the published warehouse for words; list the best, each with its public page.

    Statements with more of the words come first. Words are compared by their stems: "policing" finds "police".

    Example: `orderpaper search "knife crime" --kind answer --since 2025-03-01`
    """
    from orderpaper.warehouse import reader, search

    filters = {
        "kind": kind,
        "house": house,
        "since": since and since.date(),
        "until": until and until.date(),
        "said_by": said_by,
        "department": department,
        "topic": topic,
    }
    with reader.connect(reader.published(home)) as connection:
        found = search.find(connection, phrase, row_count=count, **filters)
        is_filtered_out = not found and bool(search.find(connection, phrase, row_count=1))
    for statement in found:
        typer.echo(search.render(statement))
    if is_filtered_out:
        given = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in filters.items() if value is not None)
        typer.echo(f"Statements have these words, but none of them fits the filter: {given}.")
    elif not found:
        typer.echo("No statement has any of these words.")


def export(
    folder: Annotated[
        str, typer.Argument(envvar="FOLDER", help="Where the export is made: a folder, or s3://bucket/prefix.")
    ] = "export",
    form: Annotated[
        Literal["package", "sqlite"],
        typer.Option("--format", envvar="FORMAT", help="A data package, or one SQLite file with full-text search."),
    ] = "package",
    home: Home = DEFAULT_HOME,
) -> None:
    """Write the published marts as open data: Parquet, CSV and a Frictionless data package, or one SQLite file.

    The export is a folder or file named after the snapshot. It is complete when it appears.

    Example: `orderpaper export ~/open-data`
    """
    import duckdb

    from orderpaper.warehouse import open_data, reader, shared, sqlite

    database = reader.published(home).resolve()
    snapshot = database.parent.name
    if form == "sqlite":
        typer.echo(shared.export(lambda made: sqlite.write(database, made / f"orderpaper-{snapshot}.sqlite"), folder))
        return
    with duckdb.connect(database, read_only=True) as connection:
        typer.echo(shared.export(lambda made: open_data.write(connection, snapshot, made), folder))


def site(
    port: Annotated[int, typer.Option(envvar="PORT", min=1, max=65535, help="The port on this machine.")] = 8001,
    host: Annotated[
        str, typer.Option(help="The address at which it listens, such as 0.0.0.0 in a container.")
    ] = "127.0.0.1",
    home: Home = DEFAULT_HOME,
) -> None:
    """Show the published warehouse as pages in a browser, until you stop it with Ctrl+C.

    The pages are for this machine only. Start it again to see a newer snapshot.

    Example: `orderpaper site --port 8001`
    """
    from orderpaper.warehouse import reader, site

    typer.echo(f"http://{host}:{port}/")
    site.serve(reader.published(home), port, host)


def superset(
    port: Annotated[int, typer.Option(envvar="PORT", min=1, max=65535, help="The port on this machine.")] = 8088,
    home: Home = DEFAULT_HOME,
) -> None:
    """Show dashboards of the published warehouse in Apache Superset, until you stop it with Ctrl+C.

    Its password is generated at the first start and shown once. It shows a newer snapshot as soon as that is published.

    Example: `orderpaper superset --port 8088`
    """
    from orderpaper.warehouse import superset

    superset.serve(home, port)


def metrics(
    names: Annotated[str, typer.Argument(envvar="METRICS", help="Metrics, separated by commas.")] = "questions_asked",
    by: Annotated[
        str, typer.Option(envvar="BY", help="What divides them, separated by commas.")
    ] = "metric_time__month",
    row_count: Annotated[int, typer.Option(min=1, help="The most rows to show.")] = 100,
    home: Home = DEFAULT_HOME,
) -> None:
    """Show metrics of the published warehouse; dbt/models/metrics.yml says which there are.

    Example: `orderpaper metrics named_day_late_share --by question__department_name`
    """
    from orderpaper.warehouse import metrics, reader

    metrics.query(reader.published(home), names, by, row_count)


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


def diff(
    older: Annotated[str, typer.Argument(envvar="FROM", help="The older snapshot of the list.")],
    newer: Annotated[str, typer.Argument(envvar="TO", help="The newer one.")],
    output: Annotated[
        Path | None, typer.Option(envvar="OUT", help="Also write each row that differs to this Parquet file.")
    ] = None,
    *,
    realm: Realm = None,
    replay: Replay = None,
    home: Home = DEFAULT_HOME,
) -> None:
    """Show how many questions, answers and figures appeared, changed or went between two kept snapshots.

    Example: `orderpaper diff 20250314T120000Z-abcdef12 20250315T120000Z-12345678 --output diff.parquet`
    """
    from orderpaper.cli import snapshots

    snapshots.show_difference(snapshots.realm_paths(home, realm, replay), older, newer, output)


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

    The next run with news publishes a new one. List them with `orderpaper snapshots`.

    Example: `orderpaper rollback`
    """
    from orderpaper.cli import snapshots

    snapshots.roll_back(snapshots.realm_paths(home, realm, replay), snapshot)
