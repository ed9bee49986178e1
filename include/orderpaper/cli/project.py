"""The commands for people who work on the project."""

import sys

import typer

from orderpaper.cli.options import DEFAULT_HOME, Home


def docs() -> None:
    """Write the generated pages of `docs/` again: the data dictionary and the list of sources.

    Example: `orderpaper docs`
    """
    from orderpaper.cli import sources_page
    from orderpaper.warehouse import dictionary

    for path, text in (
        (dictionary.PATH, dictionary.render(dictionary.read_tables(dictionary.read_manifest()))),
        (sources_page.PATH, sources_page.render()),
    ):
        path.write_text(text, encoding="utf-8")
        typer.echo(path)


def cookbook(home: Home = DEFAULT_HOME) -> None:
    """Write docs/cookbook.md again, with the rows of the published warehouse.

    The rows in the repository are those of `orderpaper run` without arguments.

    Example: `orderpaper cookbook`
    """
    from orderpaper.warehouse import cookbook, reader

    with reader.connect(reader.published(home)) as connection:
        cookbook.PATH.write_text(cookbook.render(connection), encoding="utf-8")
    typer.echo(cookbook.PATH)


def staging() -> None:
    """Regenerate the parts of the dbt project that follow from the record types, and list the files that changed.

    Example: `orderpaper staging`
    """
    from orderpaper.records import staging as generated

    changed = generated.write()
    for path in changed:
        typer.echo(path)
    if not changed:
        typer.echo("Every generated file is up to date.")


def compose_env() -> None:
    """Generate the secrets of docker-compose.yml into .env, which only you can read. What it has already stays.

    Example: `orderpaper compose-env`
    """
    from orderpaper.run import compose_env as env

    added = env.complete()
    typer.echo(f"{env.FILE}: {'added ' + ', '.join(added) if added else 'nothing was missing'}.")


def audit_lock() -> None:
    """Ask the package index for the known vulnerabilities of every locked dependency.

    The index is the one that pip or uv uses. The exit code is 1 if there is a vulnerability.

    Example: `PIP_INDEX_URL=https://…/simple orderpaper audit-lock`
    """
    from orderpaper.config import PROJECT
    from orderpaper.run import lock_audit

    found = list(lock_audit.audit([PROJECT / lock for lock in lock_audit.LOCKS]))
    typer.echo("\n".join(found or ["No known vulnerability in the locked dependencies."]))
    if found:
        raise typer.Exit(1)


def money() -> None:
    """Read answers from standard input and write the sums of money in them to standard output.

    Each line of the input is a JSON object with `id` and `answer_text`; each line of the output has `id` and `figures`.

    Example: `orderpaper money < answers.jsonl > figures.jsonl`
    """
    from orderpaper.enrichment.money import jsonl

    jsonl.write_figures(sys.stdin, sys.stdout)


def simulate(context: typer.Context) -> None:
    """Serve a simulated or captured Parliament over HTTP, or write documents as people save them.

    Example: `orderpaper simulate serve --port 8090`; `orderpaper simulate --help` lists the rest.
    """
    from orderpaper.simulate.__main__ import main

    raise typer.Exit(main(context.args))
