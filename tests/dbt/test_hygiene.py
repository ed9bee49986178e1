"""The rules of dbt-project-evaluator that apply here, and what DESIGN promises of every mart, read off dbt's manifest.

The package itself needs dbt's package hub and builds tables of its own; these are its rules as tests of the manifest.
Left out, because they do not fit a star schema that is built by day: model fanout and rejoining of upstream concepts
(facts share their dimensions and intermediate models on purpose), source freshness (`ops.fct_source_freshness` measures
it by the upstream's days), test directories (tests stand in the yml beside their model).
"""

import re
from typing import Any

import pytest

from orderpaper.config import PROJECT
from orderpaper.enrichment.words import lists
from orderpaper.records.types import STATEMENT_TYPES

Nodes = dict[str, dict[str, Any]]

PREFIXES = {
    "staging": ("stg_",),
    "intermediate": ("int_",),
    "marts": ("dim_", "fct_", "bridge_", "rpt_"),
    "views": ("",),
    "ops": ("fct_",),
}
CURRENT_VERSIONS = "stg_landing__document_source"
UNREAD_VERSIONS = "stg_landing__unread_document"
"""The staging models that others join: which parser's rows of a document count, and which do not."""
MOST_PARENTS = 10
"""The evaluator allows 7; ours are many small keyed models, joined one to one."""
MOST_STEPS = 7
"""The most CTEs that a model has, those that only import a table left out."""
WITHOUT_KEY = {"stg_landing__quarantine", "int_name_agreements", "int_register_days"}
"""A refusal has no key of its own (`fct_quarantine` makes one); a person may agree with a member in several names; the
day on which people are named may be unknown."""
NOT_FOREIGN = {
    "statement_key": "a question, an answer, a turn or a section of a post, as statement_kind says",
    "question_group_key": "the questions that share it are the group",
    "repeat_cluster_key": "the answers that share it are the cluster",
    "disagreement_key": "the amounts that share it are the disagreement",
}
"""Keys that point to no single table, and what they stand for."""
PROMISED = """
    dim_member dim_government_post dim_department dim_constituency dim_party dim_date dim_document dim_source dim_topic
    fct_question bridge_question_document bridge_question_topic fct_answer fct_answer_version bridge_question_answer
    fct_contribution fct_debate fct_funding_figure fct_quote fct_member_mention fct_attribution_issue
    rpt_department_response_times rpt_late_named_day_answers rpt_unanswered_by_age rpt_repeated_answers
    rpt_member_activity rpt_non_answers_by_department rpt_funding_by_programme rpt_topics_by_month
    rpt_attribution_issues_by_publisher rpt_answers_by_reference
""".split()


@pytest.fixture(scope="session")
def models(nodes: Nodes) -> Nodes:
    return {name: node for name, node in nodes.items() if node["resource_type"] == "model"}


@pytest.fixture(scope="session")
def marts(models: Nodes) -> Nodes:
    return {name: node for name, node in models.items() if layer(node) == "marts"}


def layer(node: dict[str, Any]) -> str:
    return str(node["path"]).split("/")[0]


def parents(node: dict[str, Any], kind: str) -> list[str]:
    """Names of the sources, models or seeds that a model reads."""
    found = [parent.split(".") for parent in node["depends_on"]["nodes"]]
    return [".".join(parent[2:]) for parent in found if parent[0] == kind]


def test_only_staging_reads_sources_each_model_one(models: Nodes) -> None:
    """Direct join to source, downstream models dependent on source, multiple sources joined."""
    read = {name: parents(node, "source") for name, node in models.items()}
    assert {name for name, sources in read.items() if sources} == {n for n in models if n.startswith("stg_")}
    assert {name: sources for name, sources in read.items() if len(sources) > 1} == {}


def test_every_source_has_one_staging_model(models: Nodes, manifest: dict[str, Any]) -> None:
    """Source fanout, duplicate sources, unused sources."""
    readers: dict[str, list[str]] = {".".join(source.split(".")[2:]): [] for source in manifest["sources"]}
    for name, node in models.items():
        for source in parents(node, "source"):
            if name not in (CURRENT_VERSIONS, UNREAD_VERSIONS):
                readers[source].append(name)
    assert {source: names for source, names in readers.items() if len(names) != 1} == {}
    places = [(source["schema"], source["identifier"]) for source in manifest["sources"].values()]
    assert len(places) == len(set(places))


def test_staging_reads_nothing_else(models: Nodes) -> None:
    """Staging models dependent on staging, or on downstream models.

    Which version of a document counts depends on when each was last given, so that model reads the fetches too.
    """
    read = {name: set(parents(node, "model")) for name, node in models.items() if layer(node) == "staging"}
    assert read.pop(CURRENT_VERSIONS) == {"stg_landing__fetch"}
    assert {name: names for name, names in read.items() if names - {CURRENT_VERSIONS, UNREAD_VERSIONS}} == {}


def test_no_table_is_named_without_dbt(models: Nodes) -> None:
    """Hard-coded references, root models."""
    literal = re.compile(r"(?<!distinct )\b(?:from|join)\s+\w+\.\w+", re.IGNORECASE)
    assert [name for name, node in models.items() if literal.search(node["raw_code"])] == []
    assert [name for name, node in models.items() if not node["depends_on"]["nodes"]] == []


def test_reports_are_read_by_nobody(models: Nodes) -> None:
    """Reports are the ends of the graph, but for views: what two of them share is an intermediate model."""
    reading = {name: parents(node, "model") for name, node in models.items() if layer(node) != "views"}
    assert {name for name, read in reading.items() if any(parent.startswith("rpt_") for parent in read)} == set()


def test_every_model_and_seed_is_used(nodes: Nodes) -> None:
    """A model that nobody reads and that is not published is dead."""
    read = {parent for node in nodes.values() for kind in ("model", "seed") for parent in _reads(node, kind)}
    published = {name for name, node in nodes.items() if layer(node) in ("marts", "views", "ops")}
    assert nodes.keys() - read - published - set(lists.NAMES) == set()


def _reads(node: dict[str, Any], kind: str) -> list[str]:
    return parents(node, kind) if node["resource_type"] == "model" else []


def test_no_model_joins_too_many(models: Nodes) -> None:
    """Models with too many joins."""
    counts = {name: len(node["depends_on"]["nodes"]) for name, node in models.items()}
    assert {name: count for name, count in counts.items() if count > MOST_PARENTS} == {}


def test_a_model_is_a_few_steps(models: Nodes) -> None:
    """A rule that needs more steps is several models, each with a name."""
    cte = re.compile(r"^(?:with (?:recursive )?)?\w+ as \($", re.MULTILINE)  # an import closes on its own line
    steps = {name: len(cte.findall(node["raw_code"])) for name, node in models.items()}
    assert steps["int_answer_predecessors"] == 5
    assert {name for name, count in steps.items() if count > MOST_STEPS} == set()


def test_views_are_not_chained(models: Nodes) -> None:
    """Chained views: at most staging on staging is a view on a view."""

    def depth(name: str) -> int:
        if models[name]["config"]["materialized"] != "view":
            return 0
        return 1 + max((depth(parent) for parent in parents(models[name], "model")), default=0)

    assert max(map(depth, models)) <= 2


@pytest.mark.parametrize("kind", STATEMENT_TYPES)
def test_every_kind_of_statement_is_in_the_view_that_lists_them(kind: str, models: Nodes) -> None:
    assert f"'{kind}' as statement_kind" in models["statements"]["raw_code"], (
        f"dbt/models/views/statements.sql has no branch for statements of kind '{kind}', so they are missing from "
        f"search, funding's public_url and make site: add a select of their mart with '{kind}' as statement_kind."
    )


def test_names_and_folders_say_the_layer(models: Nodes) -> None:
    """Model naming conventions, model directories, source directories."""
    assert {name for name, node in models.items() if not name.startswith(PREFIXES[layer(node)])} == set()
    for name, node in models.items():
        if layer(node) == "staging":
            (source,) = parents(node, "source")
            folder = str(node["path"]).split("/")[1]
            assert source.split(".")[0] == folder
            assert name.startswith(f"stg_{folder}__")


def test_sources_are_described(manifest: dict[str, Any]) -> None:
    """Undocumented sources, undocumented source tables; of models, test_project.py asks for every column."""
    assert [
        s["name"] for s in manifest["sources"].values() if not s["source_description"] or not s["description"]
    ] == []


def keys_tested(node: dict[str, Any]) -> list[set[str]]:
    """The sets of columns that tests hold to be unique."""
    unique = {column for name, column in node["tests"] if name == "unique"}
    not_null = {column for name, column in node["tests"] if name == "not_null"}
    return [{column} for column in unique & not_null] + [set(columns) for columns in node["unique_combinations"]]


def test_every_model_has_a_tested_primary_key(models: Nodes) -> None:
    """Missing primary key tests, test coverage."""
    assert {name for name, node in models.items() if not keys_tested(node)} == WITHOUT_KEY


def test_a_marts_primary_key_is_the_one_tested(marts: Nodes) -> None:
    for name, node in marts.items():
        (key,) = [set(rule["columns"]) for rule in node["constraints"] if rule["type"] == "primary_key"]
        assert key in keys_tested(node), name


def test_every_foreign_key_of_a_mart_is_tested(marts: Nodes) -> None:
    """A column that ends in _key is the table's own key, a tested reference, or one of `NOT_FOREIGN`."""
    loose = {}
    for name, node in marts.items():
        own = next(iter(node["constraints"]))["columns"]
        linked = {column for test, column in node["tests"] if test == "relationships"}
        keys = {column for column in node["columns"] if column.endswith("_key") or column == "document_id"}
        loose[name] = keys - linked - set(own) - NOT_FOREIGN.keys()
    assert {name: keys for name, keys in loose.items() if keys} == {}


def test_every_column_of_a_mart_takes_the_definition_of_its_name(marts: Nodes) -> None:
    for name in marts:
        text = (PROJECT / "dbt" / "models" / marts[name]["path"]).with_suffix(".yml").read_text(encoding="utf-8")
        described = re.findall(r"- {?name: (\w+),?\s+description: '{{ doc\(\"(\w+)\"\) }}'", text)
        assert {column for column, block in described if column == block} >= marts[name]["columns"].keys(), name


def test_the_marts_that_are_promised_are_there(marts: Nodes) -> None:
    assert set(PROMISED) - marts.keys() == set()


def test_the_semantic_layer_has_the_promised_metrics_and_says_who_reads_the_marts(manifest: dict[str, Any]) -> None:
    metrics = {metric["name"]: metric for metric in manifest["metrics"].values()}
    promised = """
        questions_asked questions_answered median_response_sitting_days named_day_late_share pounds_announced_once
        repeated_answer_share non_answer_share
    """.split()
    assert set(promised) <= metrics.keys()
    assert all(metric["description"] and metric["label"] for metric in metrics.values())
    assert {exposure["name"] for exposure in manifest["exposures"].values()} == {
        "site",
        "how_departments_answer",
        "where_the_money_is_said_to_go",
    }
