"""The commands that fill the warehouse."""

import sys
from typing import Annotated

import typer

from orderpaper.cli.options import DEFAULT_HOME, FirstDay, From, Home, Inbox, Replay, Source, To


def run(
    *,
    source: Source = "simulated",
    from_on: From = None,
    to_on: To = None,
    replay: Replay = None,
    inbox: Inbox = None,
    home: Home = DEFAULT_HOME,
) -> None:
    """Fetch the days asked for, build the warehouse, audit it and publish it.

    Without options it loads a sitting week of a simulated Parliament. If it was stopped or killed, run it again: it
    continues where it was.

    Example: `orderpaper run --source live --from 2026-01-05 --to 2026-01-09`
    """
    from orderpaper.run import launch, options

    launch.ingest(options.check(home, source, replay=replay, from_on=from_on, to_on=to_on, inbox=inbox))


def backfill(
    *,
    from_on: FirstDay,
    to_on: To = None,
    source: Source = "simulated",
    replay: Replay = None,
    inbox: Inbox = None,
    home: Home = DEFAULT_HOME,
) -> None:
    """Load the past, month by month, the newest month first; then build, audit and publish.

    It skips months that it has loaded completely, so you can kill it at any time and run it again.

    Example: `orderpaper backfill --source live --from 2024-07-17`
    """
    from orderpaper.run import launch, options

    checked = options.check(home, source, replay=replay, from_on=from_on, to_on=to_on, inbox=inbox)
    launch.ingest(checked, is_backfill=True)


def requeue(
    is_everything: Annotated[
        bool, typer.Option("--all", envvar="ALL", help="Parse every document again, not only those in quarantine.")
    ] = False,
    source: Source = "simulated",
    replay: Replay = None,
    home: Home = DEFAULT_HOME,
) -> None:
    """Parse again what is in quarantine, after a parser was corrected; then build, audit and publish.

    It fetches nothing: the documents are in the landing zone already.

    Example: `orderpaper requeue --source live`
    """
    from orderpaper.run import launch, options

    launch.requeue(options.check(home, source, replay=replay), is_everything=is_everything)


def quarantine(
    document_id: Annotated[str, typer.Argument(envvar="DOCUMENT", help="The document_id, as dim_document has it.")],
    *,
    reason: Annotated[str, typer.Option(envvar="REASON", help="Why; fct_quarantine will say it.")] = "",
    is_released: Annotated[bool, typer.Option("--release", help="Release a document that was set aside.")] = False,
    source: Source = "simulated",
    replay: Replay = None,
    home: Home = DEFAULT_HOME,
) -> None:
    """Set a document aside that breaks the build, or release it; then build, audit and publish.

    The document stays in the landing zone. None of its rows is in the warehouse until you release it.

    Example: `orderpaper quarantine 5d41402a… --reason "it has every item twice"`
    """
    from orderpaper.run import launch, options

    checked = options.check(home, source, replay=replay)
    launch.set_aside(checked, document_id, None if is_released else reason or "set aside by hand")


def audit_all(*, source: Source = "simulated", replay: Replay = None, home: Home = DEFAULT_HOME) -> None:
    """Check every row of the last build, also those that an audit has passed before.

    A run checks one by one only the rows that it wrote. Nothing is published.

    Example: `orderpaper audit-all --source live`
    """
    from orderpaper.run import audit, options

    audit.everything(options.check(home, source, replay=replay))


def spark(*, source: Source = "simulated", replay: Replay = None, home: Home = DEFAULT_HOME) -> None:
    """Build and audit the warehouse from the records with Apache Spark, as Parquet and a DuckDB file that shows it.

    The marts are those of `orderpaper run`, whose snapshot stays published. Spark pays only for more documents than
    one machine can build. The address of a cluster in SPARK_MASTER, such as spark://host:7077, makes its workers build
    them; that of a server of Spark Connect in SPARK_REMOTE, such as sc://host:15002, the server's.

    Example: `orderpaper spark --source live`
    """
    from orderpaper.run import options, spark

    typer.echo(spark.build(options.check(home, source, replay=replay)))


def document(
    document_id: Annotated[str, typer.Argument(envvar="DOCUMENT", help="The document_id, as dim_document has it.")],
    *,
    source: Source = "simulated",
    replay: Replay = None,
    home: Home = DEFAULT_HOME,
) -> None:
    """Write the body of a document, as it was fetched, to standard output.

    Example: `orderpaper document 5d41402a… --source live > answer.json`
    """
    from orderpaper.landing import Landing
    from orderpaper.run import options

    paths = options.check(home, source, replay=replay).paths
    sys.stdout.buffer.write(Landing(paths.landing).read(document_id))


def pack_landing(*, source: Source = "simulated", replay: Replay = None, home: Home = DEFAULT_HOME) -> None:
    """Put the documents of a landing zone that an older version filled into packs.

    Each fetch does it with what it found. Nothing is lost, fetched or parsed.

    Example: `orderpaper pack-landing --source live`
    """
    from orderpaper.run import options, packing

    packing.pack_landing(options.check(home, source, replay=replay))


def up(
    port: Annotated[
        int | None,
        typer.Option(envvar="PORT", min=1, max=65535, help="The port to serve on; 8080, or any port if it is taken."),
    ] = None,
    source: Source = "simulated",
    replay: Replay = None,
    inbox: Inbox = None,
    home: Home = DEFAULT_HOME,
) -> None:
    """Start Airflow in the background, with its web page and its schedules.

    It prints the address of the page and, the first time, the password.

    Example: `orderpaper up --source live --port 8081`
    """
    from orderpaper.run import options, service

    service.up(options.check(home, source, replay=replay, inbox=inbox), port)


def down(home: Home = DEFAULT_HOME) -> None:
    """Stop what `orderpaper up` started.

    Example: `orderpaper down`
    """
    from orderpaper.run import options, service

    service.down(options.check(home).paths)


def status(
    source: Annotated[
        str | None, typer.Option(envvar="SOURCE", help="Whose status; that of the published warehouse if not given.")
    ] = None,
    replay: Replay = None,
    home: Home = DEFAULT_HOME,
) -> None:
    """Say in words whether all is well, what is wrong and since when, and what readers see.

    It asks no site and changes nothing. The exit code is 0 if all is well, 1 if something fails, and 4 if the data is
    late or a person went back to an earlier version.

    Example: `orderpaper status`
    """
    import datetime as dt

    from orderpaper.cli.snapshots import published_realm
    from orderpaper.run import options
    from orderpaper.run import status as reading

    paths = options.check(home, source, replay=replay).paths if source else published_realm(home)
    now = dt.datetime.now(dt.UTC)
    found = reading.read(paths, now)
    typer.echo(reading.describe(found, paths, now))
    raise typer.Exit({reading.Level.WELL: 0, reading.Level.FAILING: 1, reading.Level.DEGRADED: 4}[found.level])


def alert_test() -> None:
    """Send an alert that says that it is a test to each service of `ORDERPAPER_ALERT_URLS`.

    These are URLs with spaces between them, one for each service, such as `mailtos://user:password@example.org`,
    `slack://token/…/#alerts`, `workflows://…` for Teams, `pagerduty://key@token` or `jsons://example.org/hook`. The
    exit code is 1 if one of them does not take the alert.

    Example: `ORDERPAPER_ALERT_URLS="slack://token/#alerts" orderpaper alert-test`
    """
    from orderpaper.errors import ConfigError
    from orderpaper.run import alerts, notify

    deliveries = notify.deliver(alerts.trial())
    if not deliveries:
        raise ConfigError(
            "ORDERPAPER_ALERT_URLS names no service; set it to one or more URLs (https://appriseit.com/services/)."
        )
    for delivery in deliveries:
        typer.echo(f"{delivery.service}: {delivery.problem or 'delivered'}")
    raise typer.Exit(1 if any(delivery.problem for delivery in deliveries) else 0)


def doctor(source: Source = "live", replay: Replay = None, home: Home = DEFAULT_HOME) -> None:
    """Ask each site one small question, and show which answer, in the expected shape or not.

    Run it before the first live run, and when a source is red. It keeps nothing of the answers. The exit code is 1 if a
    site does not answer as expected.

    Example: `orderpaper doctor`
    """
    from orderpaper.run import doctor, options

    if not doctor.show(doctor.examine(options.check(home, source, replay=replay))):
        raise typer.Exit(1)
