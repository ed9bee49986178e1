"""An ingest DAG for each source: fetch an interval into the landing zone, parse it into records, announce them."""
# ruff: noqa: PLC0415  # the library is imported inside tasks, so that DAGs parse fast

import datetime as dt
import logging
from typing import Any

from _wiring import EVERY_TASK, base_url, errors_in_one_sentence, landing, result, upstream_pool
from airflow.sdk import DAG, CronDataIntervalTimetable, Param, task
from airflow.sdk.exceptions import AirflowSkipException

from orderpaper import config
from orderpaper.catalogue import Source, load_sources
from orderpaper.errors import ConfigError
from orderpaper.landing import Window

log = logging.getLogger("orderpaper")

DOC = """
### {title}
Fetches the documents that {publisher} published in the run's interval and parses them into records. Licence: {licence}.
To load other days, trigger it with `from` and `to` (both inclusive); with `is_backfill` as well, days that were
completely fetched before are skipped. For long periods, use `make backfill FROM=… TO=…` or, with a scheduler running,
`airflow backfill create --dag-id ingest_{name} --from-date … --to-date … --dag-run-conf '{{"is_backfill": true}}'`.

#### What to do when it is red
The [runbook](/warehouse/runbook) has a section for each failure. In short:
- **fetch** is red: the last line of its log says what the site answered. If the site was down or slow, clear the task
  later. Documents in the landing zone are not fetched again. "Where at least … are expected" means that the site has
  too few documents, or none, for a day on which the Commons sat: clear the task when the site has published them.
- **announce** is skipped, not red, when there are no new documents. The warehouse is then not built again.
- **parse** is red: the landing zone is intact. Correct the parser, then clear the task.
- A few documents that were not understood do not turn the run red. They are in `ops.fct_quarantine`, with the reason.
  A new field causes a warning in the log of **parse**, and a row in `ops.fct_drift`.
"""


def window(params: dict[str, Any], start: dt.datetime | None, end: dt.datetime | None) -> Window:
    """Return the days to fetch: `from` and `to` if given, else every day that the data interval touches.

    An interval that is shorter than a day is preceded by the day before: only that one is over, and can be complete.
    """
    first, last = params["from"], params["to"]
    if first and last:
        return Window(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
    if first or last or start is None or end is None:
        raise ConfigError("Give both `from` and `to`, or neither to fetch the days of the run's data interval.")
    last_moment = end - dt.timedelta(microseconds=1)
    start = min(start, end - dt.timedelta(days=1))
    # Airflow's dates are Pendulum dates, which libraries with strict types do not accept.
    return Window(*(dt.date(day.year, day.month, day.day) for day in (start, last_moment)))


def ingest_dag(source: Source) -> DAG:
    """Return the ingest DAG of one source."""
    asset = landing(source.name)
    with DAG(
        dag_id=f"ingest_{source.name}",
        description=f"{source.title}: fetch, then parse.",
        doc_md=DOC.format(name=source.name, title=source.title, publisher=source.publisher, licence=source.licence),
        schedule=CronDataIntervalTimetable(source.schedule, timezone="UTC"),
        start_date=dt.datetime.combine(source.start_on, dt.time(), dt.UTC),
        catchup=False,
        max_active_runs=1,
        params={
            "from": Param(
                None,
                type=["null", "string"],
                format="date",
                title="First day",
                description="The first day to ask the site for. Leave both days empty to fetch those of the run's data"
                f" interval. The site has nothing from before {source.start_on}.",
            ),
            "to": Param(
                None,
                type=["null", "string"],
                format="date",
                title="Last day",
                description="The last day to ask for; this day is fetched too. For more than a month, use"
                " `make backfill`, which goes month by month.",
            ),
            "is_backfill": Param(
                False,
                type="boolean",
                title="Only what is missing",
                description="Skip the run if its days were fetched whole before. Without it the site is asked again,"
                " and only documents that have changed are stored.",
            ),
        },
        default_args={"owner": source.owner, **EVERY_TASK},
        tags=["ingest", source.name],
    ) as dag:

        @task(pool=upstream_pool(source), execution_timeout=dt.timedelta(hours=2))
        def fetch(
            run_id: str,
            params: dict[str, Any],
            data_interval_start: dt.datetime | None = None,
            data_interval_end: dt.datetime | None = None,
        ) -> dict[str, Any]:
            """Land every document of the interval, except those that have landed before."""
            from orderpaper import ingest

            with errors_in_one_sentence():
                days = window(params, data_interval_start, data_interval_end)
                return result(
                    "fetch",
                    ingest.fetch(
                        config.paths(),
                        source.name,
                        days,
                        base_url(source),
                        run_id,
                        is_backfill=params["is_backfill"],
                    ),
                    source=source.name,
                )

        @task(execution_timeout=dt.timedelta(hours=1))
        def parse(fetched: dict[str, Any], ti: Any) -> dict[str, Any]:
            """Turn the landed documents into a batch of records."""
            from orderpaper import ingest
            from orderpaper.warehouse import spark

            with errors_in_one_sentence():
                paths, manifest = config.paths(), fetched["manifest"]
                is_new = config.is_parsed_on_spark() and spark.make_batch(paths, source.name, manifest)
                parsed = ingest.parse(paths, source.name, manifest)
            # An earlier try may have been killed after it made the batch and before it announced it. Documents that a
            # site gives again may be the newest again.
            summary = result("parse", parsed, source=source.name)
            return summary | {"is_new": is_new or parsed.is_new or fetched["is_given_again"] or ti.try_number > 1}

        @task(outlets=[asset], execution_timeout=dt.timedelta(minutes=5))
        def announce(parsed: dict[str, Any], outlet_events: Any) -> None:
            """Announce that there is something to load; skipped when everything was parsed before."""
            if not parsed["is_new"]:
                raise AirflowSkipException("Nothing new has landed, so there is nothing to load.")
            outlet_events[asset].extra = parsed
            log.info("Done: there are new records of %s, so the warehouse is built.", source.title)

        announce(parse(fetch()))
    return dag


for enabled in (source for source in load_sources().values() if source.is_enabled):
    ingest_dag(enabled)
