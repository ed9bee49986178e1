"""The dashboards of Superset agree with the views, with the semantic layer and with each other, without Superset."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from orderpaper.config import PROJECT

ASSETS = PROJECT / "include" / "bi" / "superset"
MODELS = PROJECT / "dbt" / "models"


def assets(kind: str) -> dict[str, dict[str, Any]]:
    """The files of a folder, by name."""
    return {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((ASSETS / kind).iterdir())}


DATASETS, CHARTS, DASHBOARDS = assets("datasets"), assets("charts"), assets("dashboards")
BY_UUID = {dataset["uuid"]: dataset for dataset in DATASETS.values()}
SCHEMAS = {"main": "views", "marts": "marts"}


def published_columns(dataset: dict[str, Any]) -> set[str]:
    """The columns that dbt declares for the table of a dataset."""
    path = MODELS / SCHEMAS[dataset["schema"]] / f"{dataset['table_name']}.yml"
    (model,) = yaml.safe_load(path.read_text(encoding="utf-8"))["models"]
    return {column["name"] for column in model["columns"]}


def names_in(expression: str) -> set[str]:
    """The names of columns in an SQL expression: its words, without its texts, keywords and functions."""
    without_texts = re.sub(r"'[^']*'", "", expression)
    words = set(re.findall(r"[a-z_]+(?![a-z_(])(?!\s*\()", without_texts))
    return words - set(
        "and as case count distinct double else end in is median not null nullif or replace sum then when".split()
    )


def named(chart: dict[str, Any]) -> Iterator[str]:
    """The columns and metrics that the parameters of a chart name."""
    params = chart["params"]
    for key in ("x_axis", "metric", "timeseries_limit_metric"):
        if key in params:
            yield params[key]
    if "x_axis_sort" in params and not params["groupby"]:
        yield params["x_axis_sort"]
    for key in ("metrics", "groupby", "all_columns", "column_config"):
        yield from params.get(key, [])
    yield from (rule["subject"] for rule in params["adhoc_filters"])
    yield from (yaml.safe_load(order)[0] for order in params.get("order_by_cols", []))


@pytest.mark.parametrize("name", DATASETS)
def test_a_dataset_is_a_published_table_and_computes_with_its_columns(name: str) -> None:
    dataset = DATASETS[name]
    there = published_columns(dataset)
    for column in dataset["columns"]:
        assert names_in(column["expression"]) <= there if "expression" in column else column["column_name"] in there
    for metric in dataset["metrics"]:
        assert names_in(metric["expression"]) <= there, metric
    assert dataset["main_dttm_col"] in {None, *there}
    assert name == dataset["table_name"]


def test_every_view_is_a_dataset() -> None:
    assert {path.stem for path in (MODELS / "views").glob("*.sql")} <= set(DATASETS)


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_asks_for_columns_and_metrics_that_its_dataset_has(name: str) -> None:
    chart = CHARTS[name]
    dataset = BY_UUID[chart["dataset_uuid"]]
    there = published_columns(dataset) | {column["column_name"] for column in dataset["columns"]}
    there |= {metric["metric_name"] for metric in dataset["metrics"]}
    assert set(named(chart)) <= there
    # A filter of a dashboard by day reaches the charts that filter by the day of their dataset.
    assert any(rule["operator"] == "TEMPORAL_RANGE" for rule in chart["params"]["adhoc_filters"])
    assert chart["viz_type"] == chart["params"]["viz_type"]
    assert chart["cache_timeout"] == -1


def test_every_chart_is_on_a_dashboard_with_its_title() -> None:
    shown = {
        item["meta"]["uuid"]: item["meta"]["sliceName"]
        for dashboard in DASHBOARDS.values()
        for item in dashboard["position"].values()
        if isinstance(item, dict) and item["type"] == "CHART"
    }
    assert shown == {chart["uuid"]: chart["slice_name"] for chart in CHARTS.values()}


@pytest.mark.parametrize("name", DASHBOARDS)
def test_rows_fit_the_page_and_filters_reach_the_charts(name: str) -> None:
    dashboard = DASHBOARDS[name]
    position = dashboard["position"]
    for item in position.values():
        if isinstance(item, dict) and item["type"] == "ROW":
            assert sum(position[child]["meta"]["width"] for child in item["children"]) == 12
    filters = dashboard["metadata"]["native_filter_configuration"]
    assert {"Department", "House", "Date"} <= {each["name"] for each in filters}
    for each in filters:
        for target in filter(None, each["targets"]):
            dataset = BY_UUID[target["datasetUuid"]]
            assert target["column"]["name"] in published_columns(dataset)


def test_no_uuid_is_given_twice() -> None:
    found = Counter(
        re.findall(r"^uuid: (\S+)$", "\n".join(path.read_text() for path in ASSETS.rglob("*.yaml")), re.MULTILINE)
    )
    assert len(found) == len(DATASETS) + len(CHARTS) + len(DASHBOARDS) + 1
    assert set(found.values()) == {1}


def test_the_database_takes_nothing_in() -> None:
    (database,) = assets("databases").values()
    assert not any(database[f"allow_{what}"] for what in ("dml", "ctas", "cvas", "file_upload", "run_async"))
    assert database["cache_timeout"] == -1


def semantic_metrics() -> dict[str, tuple[str, str]]:
    """The metrics of dbt's semantic layer: name → label and SQL."""
    layer = yaml.safe_load((MODELS / "metrics.yml").read_text(encoding="utf-8"))
    measures = {
        measure["name"]: f"{measure['agg']}({measure['expr']})"
        for model in layer["semantic_models"]
        for measure in model["measures"]
    }
    found: dict[str, tuple[str, str]] = {}
    for metric in layer["metrics"]:
        given = metric["type_params"]
        if metric["type"] == "simple":
            sql = measures[given["measure"]]
        else:
            sql = f"1.0 * {found[given['numerator']][1]} / nullif({found[given['denominator']][1]}, 0)"
        found[metric["name"]] = (metric["label"], sql)
    return found


def test_a_metric_means_what_the_semantic_layer_says() -> None:
    shown = {
        metric["metric_name"]: (metric["verbose_name"], metric["expression"])
        for dataset in DATASETS.values()
        for metric in dataset["metrics"]
    }
    meant = semantic_metrics()
    assert meant == {name: shown.get(name) for name in meant}


def test_dbt_knows_the_dashboards() -> None:
    exposures = yaml.safe_load((MODELS / "exposures.yml").read_text(encoding="utf-8"))["exposures"]
    known = {
        exposure["label"]: set(exposure["depends_on"]) for exposure in exposures if exposure["type"] == "dashboard"
    }
    assert known == {dashboard["dashboard_title"]: tables_of(dashboard) for dashboard in DASHBOARDS.values()}


def tables_of(dashboard: dict[str, Any]) -> set[str]:
    """The tables that the charts of a dashboard read, as dbt refers to them."""
    by_uuid = {chart["uuid"]: chart for chart in CHARTS.values()}
    uuids = [
        item["meta"]["uuid"]
        for item in dashboard["position"].values()
        if isinstance(item, dict) and item["type"] == "CHART"
    ]
    tables = {BY_UUID[by_uuid[uuid]["dataset_uuid"]]["table_name"] for uuid in uuids}
    return {f"ref('{table}')" for table in tables}


def test_files_are_found() -> None:
    assert len(DATASETS) >= 6 and len(CHARTS) > 15 and len(DASHBOARDS) == 2


def test_bars_that_stand_for_names_are_sorted_by_value() -> None:
    for name, chart in CHARTS.items():
        params = chart["params"]
        if params.get("orientation") == "horizontal":
            # Superset sorts the bars of a chart with a series for each value of a column by a word for all of them.
            by = "sum" if params["groupby"] else params["timeseries_limit_metric"]
            assert (params["x_axis_sort"], params["x_axis_sort_asc"]) == (by, True), name
