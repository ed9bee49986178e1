"""The warehouse as pages for a browser: `make site`. Datasette serves the SQLite file, read-only, on loopback.

What its pages say about tables and columns is what dbt says (the tables `about…`), and its queries are the cookbook.
Datasette and its plugins are in an environment of their own, `.site`; the folder `site/` has its lock file, templates
and our plugin.
"""

import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from orderpaper.config import PROJECT
from orderpaper.errors import OrderPaperError
from orderpaper.warehouse import sqlite
from orderpaper.warehouse.cookbook import read_recipes

PROGRAM = PROJECT / ".site" / "bin" / "datasette"
_FILES = PROJECT / "site"
HOST = "127.0.0.1"
_NAME = "orderpaper"
"""The name of the database in addresses, which is that of its file."""

_LABELS = {
    "dim_constituency": "constituency",
    "dim_department": "department_name",
    "dim_document": "title",
    "dim_member": "name",
    "dim_topic": "topic_title",
    "departments": "department",
    "fct_debate": "title",
    "members": "name",
    "questions": "heading",
    "statements": "cite_as",
}
"""The column that stands for a row where another table refers to it."""

_FACETS = {
    "questions": ["house", "department", "status", "asked_by_party"],
    "answers": ["house", "department", "non_answer_kind", "answered_by_party"],
    "statements": ["statement_kind", "house", "department", "party"],
    "funding": ["category", "certainty", "department", "said_by_party"],
    "members": ["party", "house"],
    "fct_attribution_issue": ["issue_kind", "severity"],
    "dim_document": ["source", "document_kind"],
}
_NEWEST_FIRST = {"questions": "asked_on", "answers": "answered_on", "statements": "stated_on", "funding": "stated_on"}

_FEEDS = {
    "feed_of_words": (
        "What is new about these words? (feed)",
        """
        select
            statements.statement_key as atom_id,
            coalesce(cite_as, statements.heading, statement_kind) as atom_title,
            stated_on || 'T00:00:00Z' as atom_updated,
            coalesce(statements.said_by, '') as atom_author_name,
            coalesce(public_url, '') as atom_link,
            statements.statement_text as atom_content
        from statements_fts
        inner join statements on statements_fts.rowid = statements.rowid
        where statements_fts match '"' || replace(:words, '"', ' ') || '"' and stated_on is not null
        order by stated_on desc, statements.statement_key
        limit 50
        """,
    ),
    "feed_of_a_department": (
        "What does a department answer? (feed)",
        """
        select
            answer_key as atom_id,
            coalesce(cite_as, heading, 'Answer') as atom_title,
            answered_on || 'T00:00:00Z' as atom_updated,
            coalesce(answered_by, '') as atom_author_name,
            coalesce(public_url, '') as atom_link,
            answer_text as atom_content
        from answers
        where department like '%' || :department || '%' and answered_on is not null
        order by answered_on desc, answer_key
        limit 50
        """,
    ),
    "feed_of_money": (
        "What money is announced? (feed)",
        """
        select
            figure_key as atom_id,
            coalesce(programme, 'Money') || ': £' || printf('%,d', amount_high_gbp) as atom_title,
            stated_on || 'T00:00:00Z' as atom_updated,
            coalesce(said_by, '') as atom_author_name,
            coalesce(public_url, '') as atom_link,
            sentence as atom_content
        from funding
        where category = 'funding' and is_restated = 0 and amount_high_gbp is not null and stated_on is not null
        order by stated_on desc, figure_key
        limit 50
        """,
    ),
}
"""Queries whose rows Datasette also gives as an Atom feed: name → title and SQL of SQLite."""

_SETTINGS = {
    "sql_time_limit_ms": 3000,
    "num_sql_threads": 2,
    "max_returned_rows": 1000,
    "max_csv_mb": 100,
    "default_cache_ttl": 60,
}


def serve(database: Path, port: int, host: str = HOST) -> None:
    """Replace this process by Datasette, which serves the snapshot `database` until it is stopped.

    Raises:
        OrderPaperError: Datasette is not installed, or the files for it cannot be written.
    """
    if not PROGRAM.exists():
        raise OrderPaperError(f"Datasette is not installed at {PROGRAM}; start the site with `make site`.")
    line = command(prepare(database), port, host)
    os.execve(line[0], line, os.environ | {"DO_NOT_TRACK": "1"})  # noqa: S606  # stops with the signals of the terminal


def prepare(database: Path) -> Path:
    """Write the SQLite file and the metadata of a snapshot, if they are not there; return their folder.

    The folder is named after the snapshot. Those of other snapshots are removed.
    """
    snapshot = database.resolve().parent
    folder = snapshot.parents[1] / "site" / snapshot.name
    path = sqlite.write(database.resolve(), folder / f"{_NAME}.sqlite")
    (folder / "metadata.json").write_text(json.dumps(metadata(path), indent=2, ensure_ascii=False), encoding="utf-8")
    for other in folder.parent.iterdir():
        if other != folder:
            shutil.rmtree(other)
    return folder


def command(folder: Path, port: int, host: str = HOST) -> list[str]:
    """Return the command line of Datasette: one file that never changes, on loopback if no other address is given."""
    settings = [part for name, value in _SETTINGS.items() for part in ("--setting", name, str(value))]
    return [
        str(PROGRAM),
        "serve",
        "--immutable",
        str(folder / f"{_NAME}.sqlite"),
        *("--host", host, "--port", str(port)),
        *("--metadata", str(folder / "metadata.json")),
        *("--plugins-dir", str(_FILES / "plugins")),
        *("--template-dir", str(_FILES / "templates")),
        *("--static", f"assets:{_FILES / 'static'}"),
        *settings,
    ]


def metadata(path: Path) -> dict[str, Any]:
    """Return Datasette's metadata of the SQLite file `path`: what its pages say and offer."""
    with closing(sqlite3.connect(path)) as connection:
        cite_as, as_of_on, is_invented = connection.execute(
            "SELECT cite_as, as_of_on, is_invented FROM about"
        ).fetchone()
        tables = connection.execute(
            "SELECT schema_name, table_name, coalesce(description, '') FROM about_tables"
        ).fetchall()
        columns = connection.execute(
            "SELECT schema_name, table_name, column_name, coalesce(description, '') FROM about_columns"
        ).fetchall()
    described: dict[str, dict[str, Any]] = {}
    for schema, table, description in tables:
        described[_table_name(schema, table)] = {"description": _plain(description), "columns": {}} | _options(table)
    for schema, table, column, description in columns:
        described[_table_name(schema, table)]["columns"][column] = _plain(description)
    invented = " The people, questions and sums are invented." if is_invented else ""
    return {
        "title": "Order Paper",
        "description": "What the UK Parliament and government say about themselves, with citations."
        f" {cite_as}, as of {as_of_on}.{invented}",
        "license": "Open Parliament Licence and Open Government Licence; dim_source has the licence of each source",
        "license_url": "https://www.parliament.uk/site-information/copyright-parliament/open-parliament-licence/",
        "extra_css_urls": ["/assets/orderpaper.css"],
        "databases": {
            _NAME: {
                "tables": described,
                "queries": {recipe.name: {"title": recipe.title, "sql": recipe.sql} for recipe in read_recipes()}
                | {name: {"title": title, "sql": _feed(sql)} for name, (title, sql) in _FEEDS.items()},
            }
        },
    }


def _table_name(schema: str, table: str) -> str:
    return f"reference_{table}" if schema == "reference" else table


def _plain(markdown: str) -> str:
    """Return a description without the marks of code, because the pages show it as it is."""
    return markdown.replace("`", "")


def _options(table: str) -> dict[str, Any]:
    """Return how a table is shown: its label, facets and order."""
    options: dict[str, Any] = {}
    if table in _LABELS:
        options["label_column"] = _LABELS[table]
    if table in _FACETS:
        options["facets"] = _FACETS[table]
    if table in _NEWEST_FIRST:
        options["sort_desc"] = _NEWEST_FIRST[table]
    return options


def _feed(sql: str) -> str:
    """Return a query of a feed, with an entry for the site itself at the end: a feed must not be empty."""
    return f"""select * from ({sql.rstrip()}
)
union all
select
    'orderpaper', 'Order Paper', coalesce(as_of_on, substr(published_at, 1, 10)) || 'T00:00:00Z', '', '', cite_as
from about"""
