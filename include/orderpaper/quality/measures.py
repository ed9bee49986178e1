"""Measure a build and compare it with the published snapshot: rows of each table, shares that should change slowly, and
the documents of the landing zone that were not loaded.

The audit compares each value with that of the published snapshot. It so finds a table that shrinks, or a parser that
understands less than before, before readers see it.
"""

import datetime as dt
import logging
from collections import defaultdict

import duckdb

from orderpaper.config import DATABASE_NAME, Paths
from orderpaper.errors import OrderPaperError
from orderpaper.ingest.batch import read_folder_name
from orderpaper.landing import Landing
from orderpaper.quality.suites.common import UNMATCHED
from orderpaper.warehouse.content import count_rows, tables
from orderpaper.warehouse.ops import Measurement
from orderpaper.warehouse.snapshots import current_id, opened

log = logging.getLogger(__name__)

SHARES = {
    ("marts.dim_document", "quarantined_share"): "is_quarantined",
    ("marts.fct_question", "unresolved_asker_share"): f"coalesce(match_method, 'unresolved') IN {UNMATCHED}",
    ("marts.fct_answer", "unresolved_answerer_share"): f"coalesce(match_method, 'unresolved') IN {UNMATCHED}",
    ("marts.fct_answer", "empty_share"): "trim(answer_text) = ''",
    ("marts.fct_answer", "truncated_share"): "is_truncated",
}
"""Table and measure → the condition whose share of all rows is measured."""


def measure(paths: Paths, connection: duckdb.DuckDBPyConnection) -> list[Measurement]:
    """Return the measurements of the build that `connection` has open, each with that of the published snapshot.

    There is no share of an empty table.
    """
    at = dt.datetime.now(dt.UTC)
    published = _published(paths, connection)
    rows = {(table, "row_count"): count for table, count in count_rows(connection, "marts").items()}
    found = rows | _shares(connection) | _landed(paths, connection)
    return [
        Measurement(
            table_name=table,
            measure=name,
            measured_at=at,
            value=value,
            published_value=published.get((table, name)),
        )
        for (table, name), value in found.items()
        if value is not None
    ]


def _published(paths: Paths, build: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], float]:
    """Return the measurements of the published snapshot; none if there is no snapshot or it has no measurements.

    The build database has those of every run that it built. The snapshot is opened only if the build database is newer.
    """
    snapshot_id = current_id(paths)
    if snapshot_id is None or not (paths.current / DATABASE_NAME).exists():
        return {}
    if found := _measured(build, snapshot_id):
        return found
    try:
        with opened(paths.snapshots / snapshot_id / DATABASE_NAME) as connection:
            return _measured(connection, snapshot_id)
    except OrderPaperError as error:  # a damaged snapshot must not keep a good one from being published
        log.warning("The build is not compared with what is published: %s", error)
        return {}


def _measured(connection: duckdb.DuckDBPyConnection, snapshot_id: str) -> dict[tuple[str, str], float]:
    if not {"fct_measurement", "fct_run"} <= {*tables(connection, "ops")}:
        return {}
    rows = connection.execute(
        """
        SELECT table_name, measure, value
        FROM ops.fct_measurement INNER JOIN ops.fct_run USING (run_id) WHERE snapshot_id = ?
        """,
        [snapshot_id],
    ).fetchall()
    return {(table, measure): value for table, measure, value in rows}


def _shares(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], float | None]:
    return {
        (table, name): connection.execute(f"SELECT avg(CAST({condition} AS INTEGER)) FROM {table}").fetchall()[0][0]
        for (table, name), condition in SHARES.items()
    }


def _landed(paths: Paths, connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], float | None]:
    """Return how many documents the manifests of the landing zone name but `raw` lacks.

    Only the batches loaded since the last published run are compared; earlier ones were audited then.
    """
    batches = connection.execute(
        """
        SELECT source, split_part(batch_id, '/', 2) FROM raw.batch WHERE loaded_at > coalesce(
            (SELECT max(started_at) FROM ops.fct_run WHERE status = 'published'), TIMESTAMPTZ '-infinity'
        )
        """
    ).fetchall()
    landing = Landing(paths.landing)
    due: defaultdict[str, set[str]] = defaultdict(set)
    for source, batch in batches:
        manifest, _, _ = read_folder_name(batch)
        if manifest in landing.manifests(source):
            due[source].update(each.document_id for each in landing.read_manifest(source, manifest).documents)
    counts = [
        connection.execute(
            """
            SELECT count(*) FROM unnest($due) AS due (document_id)
            ANTI JOIN raw.document ON due.document_id = document.document_id AND document.source = $source
            """,
            {"due": sorted(named), "source": source},
        ).fetchall()[0][0]
        for source, named in due.items()
    ]
    return {("raw.document", "missing_count"): sum(counts)}
