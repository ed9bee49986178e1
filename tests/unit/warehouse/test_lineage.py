"""A column is followed through the models, down to the records of documents."""

import json
import re

import pytest

from orderpaper.cli.main import main
from orderpaper.errors import ConfigError
from orderpaper.warehouse import lineage

STAGING = """
with source_rows as (
    select * from "orderpaper"."raw"."answer"
)

select text as answer_text from source_rows
"""
MART = """
with answers as (
    select * from "orderpaper"."staging"."stg_answer"
),

chosen as (
    select * from answers where answer_text != ''
)

select chosen.answer_text, count(*) as answer_count from chosen group by chosen.answer_text
"""


@pytest.fixture
def manifest(tmp_path):
    def model(schema, alias, sql, columns, *parents):
        return {
            "resource_type": "model",
            "schema": schema,
            "alias": alias,
            "compiled_code": sql,
            "columns": {name: {} for name in columns},
            "depends_on": {"nodes": [*parents, "macro.dbt.something"]},
        }

    document = {
        "nodes": {
            "model.fct_answer": model("marts", "fct_answer", MART, ["answer_text", "answer_count"], "model.stg_answer"),
            "model.stg_answer": model("staging", "stg_answer", STAGING, [], "source.answer"),
            "test.something": {"resource_type": "test", "schema": "t", "alias": "t"},
        },
        "sources": {"source.answer": {"schema": "raw", "identifier": "answer"}},
    }
    path = tmp_path / "home" / "simulated" / "runs" / "run-1" / "dbt" / "manifest.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(document))
    return path


def test_a_column_is_followed_to_the_record(manifest):
    found = list(lineage.trace(lineage.read(manifest), "marts.fct_answer.answer_text"))
    assert found == [(0, "marts.fct_answer.answer_text"), (1, "staging.stg_answer.answer_text"), (2, "raw.answer.text")]


def test_a_column_of_no_other_column_names_the_tables(manifest):
    found = list(lineage.trace(lineage.read(manifest), "marts.fct_answer.answer_count"))
    assert found[1:] == [(1, "computed from staging.stg_answer")]


@pytest.mark.parametrize(
    ("column", "message"),
    [
        ("marts.fct_answer.text", "no column marts.fct_answer.text; there are answer_count, answer_text."),
        ("marts.answer.text", "no model marts.answer.text; there are marts.fct_answer, staging.stg_answer."),
        ("answer", "no model answer; there are marts.fct_answer, staging.stg_answer."),
    ],
)
def test_a_wrong_name_is_said(manifest, column, message):
    with pytest.raises(ConfigError, match=re.escape(message)):
        list(lineage.trace(lineage.read(manifest), column))


def test_every_model_is_an_event(manifest, tmp_path):
    lineage.write_events(manifest, "run-1", tmp_path / "lineage.jsonl")
    events = [json.loads(line) for line in (tmp_path / "lineage.jsonl").read_text().splitlines()]
    assert len({event["run"]["runId"] for event in events}) == 2
    (event,) = (event for event in events if event["job"]["name"].endswith("marts.fct_answer"))
    assert event["inputs"] == [{"namespace": "orderpaper", "name": "staging.stg_answer"}]
    (output,) = event["outputs"]
    assert output["facets"]["columnLineage"]["fields"]["answer_text"]["inputFields"] == [
        {"namespace": "orderpaper", "name": "staging.stg_answer", "field": "answer_text"}
    ]


def test_the_command_prints_a_tree(manifest, capsys):
    home = str(manifest.parents[4])
    assert main(["lineage", "marts.fct_answer.answer_text", "--home", home]) == 0
    assert capsys.readouterr().out.endswith("  staging.stg_answer.answer_text\n    raw.answer.text\n")
    assert main(["lineage", "answer_text", "--home", home]) == 2
    assert capsys.readouterr().err.startswith("There is no model answer_text; there are ")


def test_before_the_first_build_it_says_what_to_do(tmp_path, capsys):
    assert main(["lineage", "marts.fct_answer.answer_text", "--home", str(tmp_path)]) == 1
    assert capsys.readouterr().err == f"Nothing has been built yet under {tmp_path}; run `make run` first.\n"
