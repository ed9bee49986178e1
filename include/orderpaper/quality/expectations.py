"""A build database that Great Expectations has open, and the checks as its expectations."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orderpaper.quality import results
from orderpaper.quality.checks import Check
from orderpaper.warehouse.audit_report import CheckResult

if TYPE_CHECKING:
    from sqlalchemy import Engine


@contextmanager
def opened(database: Path, *, read_only: bool = True) -> Iterator["Build"]:
    """Open `database` for Great Expectations."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    logging.getLogger("great_expectations").setLevel(logging.WARNING)  # at INFO it logs several lines for each check
    import great_expectations as gx  # noqa: PLC0415  # the import takes 3.5 s
    from great_expectations.data_context.types.base import (  # noqa: PLC0415
        DataContextConfig,
        InMemoryStoreBackendDefaults,
        ProgressBarsConfig,
    )

    from orderpaper.quality import dialect  # noqa: PLC0415

    dialect.register()
    config = DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(),
        progress_bars=ProgressBarsConfig(globally=False),
        analytics_enabled=False,
    )
    context = gx.get_context(mode="ephemeral", project_config=config)
    # The context ends with the audit. Writing it as YAML twice for each table is a tenth of the time of the checks.
    variables: Any = context.variables
    variables.save = lambda: None
    source = context.data_sources.add_sql(
        "build",
        connection_string=f"{dialect.SCHEME}:///{database}",
        kwargs={"connect_args": {"read_only": read_only}},
    )
    engine = source.get_engine()
    try:
        yield Build(source, engine)
    finally:
        # The data source and its execution engine each have a pool. Both must close before the next writer can begin.
        source.get_execution_engine().close()
        engine.dispose()


class Build:
    """A build database that Great Expectations has open."""

    def __init__(self, source: Any, engine: "Engine") -> None:
        self.source = source
        self.engine = engine
        self._batches: dict[str, Any] = {}

    def tables(self) -> set[str]:
        """Return the tables and views of the database, with their schema."""
        with self.engine.connect() as connection:
            rows = connection.exec_driver_sql(
                "SELECT schema_name || '.' || table_name FROM duckdb_tables()"
                " UNION ALL SELECT schema_name || '.' || view_name FROM duckdb_views()"
            ).fetchall()
        return {name for (name,) in rows}

    def evaluate(self, table: str, checks: tuple[Check, ...]) -> tuple[list[CheckResult], Any]:
        """Return the results of the checks of one table, also as Great Expectations has them.

        Most checks hold. So the rows that break one are counted and asked for in a second look at those that do not.
        """
        outcomes = self._validate(table, checks, {"result_format": "BOOLEAN_ONLY"})
        failed = {outcome.expectation_config.meta["check"] for outcome in outcomes.results if not outcome.success}
        by_check = {}
        if failed:
            again = self._validate(
                table,
                tuple(check for check in checks if check.name in failed),
                {
                    "result_format": "SUMMARY",
                    "include_unexpected_rows": True,
                    "partial_unexpected_count": results.SAMPLE_ROWS,
                },
            )
            by_check = {outcome.expectation_config.meta["check"]: outcome for outcome in again.results}
        row_count = self._row_count(table)
        for outcome in outcomes.results:
            if outcome.success and "unexpected_rows_query" in outcome.expectation_config.kwargs:
                outcome.result = {"observed_value": 0}
            elif outcome.success:
                outcome.result = {"element_count": row_count, "unexpected_count": 0, "unexpected_percent": 0.0}
        outcomes.results = [
            by_check.get(outcome.expectation_config.meta["check"], outcome) for outcome in outcomes.results
        ]
        return results.read(self.engine, table, checks, outcomes), outcomes

    def _row_count(self, table: str) -> int:
        with self.engine.connect() as connection:
            return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())

    def _validate(self, table: str, checks: tuple[Check, ...], result_format: dict[str, Any]) -> Any:
        """Return what Great Expectations finds, in one of its formats of results."""
        import great_expectations as gx  # noqa: PLC0415

        from orderpaper.quality.row_count import UnexpectedRowCountExpectation  # noqa: PLC0415

        ours = {"UnexpectedRowsExpectation": UnexpectedRowCountExpectation}
        suite = gx.ExpectationSuite(
            name=table,
            expectations=[
                (ours.get(check.expectation) or getattr(gx.expectations, check.expectation))(
                    **check.arguments_for(table),
                    severity="critical" if check.severity == "stop" else "warning",
                    notes=check.description,
                    meta={"check": check.name},
                )
                for check in checks
            ],
        )
        with _configurations_made_once():
            return self._batch(table).validate(suite, result_format=result_format)

    def _batch(self, table: str) -> Any:
        if table not in self._batches:
            schema, name = table.split(".")
            asset = self.source.add_table_asset(table, table_name=name, schema_name=schema)
            self._batches[table] = asset.add_batch_definition_whole_table("all rows").get_batch()
        return self._batches[table]


@contextmanager
def _configurations_made_once() -> Iterator[None]:
    """Let each expectation keep its configuration while the block runs.

    Great Expectations makes the configuration of an expectation anew some 90 times for each check, although it does not
    change while it is checked.
    """
    from great_expectations.expectations.expectation import Expectation  # noqa: PLC0415

    expectation: Any = Expectation
    original = expectation.configuration
    made: dict[int, tuple[Any, Any]] = {}  # the expectation is kept too, so that no other gets its id

    def configuration(this: Any) -> Any:
        if id(this) not in made:
            made[id(this)] = this, original.fget(this)
        return made[id(this)][1]

    expectation.configuration = property(configuration)
    try:
        yield
    finally:
        expectation.configuration = original
