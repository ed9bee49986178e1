"""The dbt project itself: described, under contract, and the documents made from it up to date."""

import re
from pathlib import Path
from typing import Any

import pytest

from orderpaper.config import PROJECT
from orderpaper.records import staging
from orderpaper.warehouse import dictionary

DBT = PROJECT / "dbt"
MODELS = sorted(DBT.glob("models/**/*.sql"))
SEEDS = sorted(DBT.glob("seeds/*.csv"))


@pytest.mark.parametrize("path", [*MODELS, *SEEDS], ids=lambda path: path.stem)
def test_every_model_and_seed_is_described_beside_it(path: Path, nodes: dict[str, dict[str, Any]]) -> None:
    node = nodes[path.stem]
    assert node["patch_path"] == f"orderpaper://{path.with_suffix('.yml').relative_to(DBT)}"
    assert node["description"].startswith("One row per ")
    assert node["columns"]
    assert all(column["description"] for column in node["columns"].values())


@pytest.mark.parametrize(
    "path", [path for path in MODELS if path.parent.name in ("marts", "ops")], ids=lambda path: path.stem
)
def test_every_published_table_keeps_a_contract_and_its_keys(path: Path, nodes: dict[str, dict[str, Any]]) -> None:
    node = nodes[path.stem]
    assert node["config"]["contract"]["enforced"]
    assert node["config"]["materialized"] == ("incremental" if path.parent.name == "marts" else "table")
    assert all(column["data_type"] for column in node["columns"].values())
    unique = {column for name, column in node["tests"] if name == "unique"}
    not_null = {column for name, column in node["tests"] if name == "not_null"}
    assert unique & not_null or node["unique_combinations"]
    linked = {column for name, column in node["tests"] if name == "relationships"}
    keys = {name for name in node["columns"] if name.endswith(("member_key", "department_key", "question_key"))}
    assert keys - linked <= unique


def test_columns_are_described_once(nodes: dict[str, dict[str, Any]]) -> None:
    described: dict[str, set[str]] = {}
    for node in nodes.values():
        for column in node["columns"].values():
            described.setdefault(column["name"], set()).add(column["description"])
    assert {name: texts for name, texts in described.items() if len(texts) > 1} == {}


def test_what_dialects_write_differently_stands_in_macros(nodes: dict[str, dict[str, Any]]) -> None:
    own = re.compile(
        r"::|\bqualify\b|\b(?:unnest|explode|list_\w+|len|size|regexp_\w+|rlike|string_agg|collect_\w+|array_\w+|"
        r"strip_accents|date_diff|datediff|date_add|generate_series|sequence|isodow|dayofweek)\("
    )
    sql = {name: re.sub(r"{{.*?}}", "", node.get("raw_code", ""), flags=re.DOTALL) for name, node in nodes.items()}
    assert {name: own.findall(text) for name, text in sql.items() if own.search(text)} == {}


def test_what_follows_from_the_record_types_is_up_to_date() -> None:
    files = staging.render()
    assert set(staging.MODELS.iterdir()) == files.keys() - {staging.MACROS}, "run make staging"
    for path, text in files.items():
        assert path.read_text(encoding="utf-8") == text, f"{path}: run make staging"


def test_only_files_that_change_are_written_and_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "MODELS", tmp_path / "records")
    monkeypatch.setattr(staging, "MACROS", tmp_path / "records.sql")
    staging.MODELS.mkdir()
    assert set(staging.write()) == staging.render().keys()
    assert staging.write() == []

    staging.MACROS.write_text("-- out of date", encoding="utf-8")
    gone = staging.MODELS / "stg_records__gone.sql"
    gone.touch()
    assert staging.write() == [staging.MACROS, gone]
    assert not gone.exists()


def test_the_data_dictionary_is_up_to_date(manifest: dict[str, Any]) -> None:
    due = dictionary.render(dictionary.read_tables(manifest))
    assert dictionary.PATH.read_text(encoding="utf-8") == due, "run `make docs`"
