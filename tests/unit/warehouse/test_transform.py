import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest
from flips import flip_in_table

from orderpaper.config import PROJECT, Paths
from orderpaper.errors import OrderPaperError
from orderpaper.warehouse import builds, changes, dbt_project, transform
from orderpaper.warehouse.culprits import documents_at_fault
from orderpaper.warehouse.load import build_connection

PROFILE = """
tiny:
  target: duckdb
  outputs:
    duckdb:
      type: duckdb
      path: "{{ env_var('ORDERPAPER_BUILD_DATABASE') }}"
      attach: [{path: work.duckdb, alias: work}]
      threads: 1
"""
TESTS = """
models:
  - name: fct_question
    data_tests:
      - well_formed:
          arguments:
            not_null: [question_key, document_id]
            unique: [question_key, [question_key, document_id]]
    columns:
      - name: question_key
        data_tests: [{accepted_values: {arguments: {values: [1, 2]}}}]
"""
ROWS = "select * from (values {}) as row (question_key, document_id)"


@pytest.fixture(scope="session")
def parse(once):
    """Parse the project as it stands before a test changes it, so that dbt need not read all of it again."""

    def read(folder):
        paths = Paths(home=folder / "home", realm="simulated")
        dbt_project.invoke(paths, make_project(folder / "dbt"), ["parse", "--no-write-json"])
        shutil.copy(dbt_project.target(paths) / "partial_parse.msgpack", folder)

    return once("tiny_parse", read) / "partial_parse.msgpack"


@pytest.fixture
def paths(tmp_path, parse):
    paths = Paths(home=tmp_path / "home", realm="simulated")
    dbt_project.target(paths).mkdir(parents=True)
    shutil.copy(parse, dbt_project.target(paths))
    return paths


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path / "dbt")


def make_project(folder):
    (folder / "models").mkdir(parents=True)
    (folder / "dbt_project.yml").write_text(
        "name: tiny\nversion: '1.0'\nprofile: tiny\non-run-start: '{{ prepare_changes() }}'\n"
    )
    (folder / "profiles.yml").write_text(PROFILE)
    (folder / "models" / "models.yml").write_text(TESTS)
    (folder / "tests").mkdir()
    (folder / "tests" / "generic").symlink_to(PROJECT / "dbt" / "tests" / "generic")
    (folder / "macros").mkdir()
    for name in ("changes.sql", "materializations.sql", "reconcile.sql"):
        (folder / "macros" / name).symlink_to(PROJECT / "dbt" / "macros" / name)
    model(folder, "fct_question", ROWS.format("(1, 'aaa'), (2, 'bbb')"), "table")
    model(folder, "question_view", "select * from {{ ref('fct_question') }}", "view")
    return folder


def model(project, name, sql, materialized="table"):
    (project / "models" / f"{name}.sql").write_text(f"{{{{ config(materialized='{materialized}') }}}}\n{sql}\n")


def results(paths, run_id):
    """Open the database read-only in this process, which fails if dbt still has it open."""
    with duckdb.connect(paths.build_database, read_only=True) as connection:
        nodes = connection.execute(
            "SELECT name, status, row_count, failure_count FROM ops.fct_dbt_node_result WHERE run_id = ?"
            " AND resource_type = 'model' ORDER BY name",
            [run_id],
        ).fetchall()
        runs = connection.execute("SELECT status FROM ops.fct_run WHERE run_id = ?", [run_id]).fetchall()
    return nodes, runs


def test_builds_records_and_lets_go_of_the_file(paths, project, caplog):
    caplog.set_level("INFO")
    environment = dict(os.environ)

    summary = transform.build(paths, "run-1", project)

    assert (summary.model_count, summary.test_count, summary.warning_count) == (2, 5, 0)
    assert results(paths, "run-1") == (
        [("fct_question", "success", 2, None), ("question_view", "success", None, None)],
        [("built",)],
    )
    artifacts = {path.name for path in (paths.runs / "run-1" / "dbt").iterdir()}
    assert artifacts == {"manifest.json", "run_results.json", "dbt.log"}
    assert "fct_question" in caplog.text
    assert "5 of 5 tests passed" in caplog.text
    assert dict(os.environ) == environment


def test_a_build_does_not_read_again_what_dbt_has_read_ahead_of_it(paths, project):
    dbt_project.invoke(paths, project, ["parse", "--no-write-json", "--log-level-file=none"])
    read = dbt_project.target(paths) / "partial_parse.msgpack"
    before = read.stat().st_mtime_ns
    transform.build(paths, "run-1", project)
    assert read.stat().st_mtime_ns == before


def test_names_a_failing_test_and_where_its_sql_is(paths, project):
    model(project, "fct_question", ROWS.format("(1, 'aaa'), (2, 'bbb'), (7, 'ccc')"))
    with pytest.raises(OrderPaperError) as failure:
        transform.build(paths, "run-1", project)
    message = str(failure.value)
    assert "accepted_values_fct_question_question_key__1__2: Got 1 result" in message
    compiled = message.split("(SQL: ")[1].split(")", maxsplit=1)[0]
    assert "question_key" in Path(compiled).read_text()
    assert results(paths, "run-1")[1] == [("failed",)]


def test_says_how_a_damaged_database_is_made_again(paths, project):
    with duckdb.connect(paths.work_database) as work:
        work.execute("CREATE SCHEMA raw")
        work.execute("CREATE TABLE raw.held AS SELECT range AS question_key, hash(range) AS text FROM range(100000)")
    flip_in_table(paths.work_database, "raw.held")
    model(project, "fct_question", "select question_key, cast(text as varchar) as document_id from work.raw.held")
    with pytest.raises(OrderPaperError, match=rf"1 node\(s\); a database in {paths.build_database.parent} is damaged"):
        transform.build(paths, "run-1", project)


def test_names_each_rule_that_a_table_breaks_and_the_documents_of_its_rows(paths, project):
    broken = "(1, 'aaa'), (2, 'bbb'), (2, 'ccc'), (7, 'ddd'), (null, 'eee'), (null, 'eee'), (1, null)"
    model(project, "fct_question", ROWS.format(broken))
    with pytest.raises(OrderPaperError, match=r"dbt failed on 5 node") as failure:
        transform.build(paths, "run-1", project)
    accepted, null_document, null_key, unique_pair, unique_key = sorted(
        line for line in str(failure.value).splitlines() if line.startswith("- ")
    )
    assert "rows of the documents ddd: `orderpaper quarantine <document_id>` sets one aside" in accepted
    assert null_document.startswith("- not_null_fct_question_document_id: rows without document_id: 1 (SQL: ")
    assert null_key.startswith("- not_null_fct_question_question_key: rows without question_key: 2 (SQL: ")
    assert "rows of the documents eee: " in null_key
    assert unique_key.startswith("- unique_fct_question_question_key: repeated values of question_key: 2 (SQL: ")
    assert "rows of the documents aaa, bbb, ccc: " in unique_key
    assert unique_pair.startswith(
        "- unique_combination_fct_question_question_key__document_id: repeated values of question_key, document_id: 1"
    )
    assert "rows of the documents eee: " in unique_pair


def test_a_rule_that_holds_passes_beside_one_that_does_not(paths, project):
    model(project, "fct_question", ROWS.format("(1, 'aaa'), (1, 'bbb')"))
    with pytest.raises(OrderPaperError, match=r"dbt failed on 1 node"):
        transform.build(paths, "run-1", project)
    expected = {
        "accepted_values_fct_question_question_key__1__2": ("pass", 0, None),
        "not_null_fct_question_document_id": ("pass", 0, None),
        "not_null_fct_question_question_key": ("pass", 0, None),
        "unique_fct_question_question_key": ("fail", 1, "repeated values of question_key: 1"),
        "unique_combination_fct_question_question_key__document_id": ("pass", 0, None),
    }
    with duckdb.connect(paths.build_database, read_only=True) as connection:
        recorded = connection.execute(
            "SELECT name, status, failure_count, message FROM ops.fct_dbt_node_result WHERE resource_type = 'test'"
        ).fetchall()
    assert {name: tuple(result) for name, *result in recorded} == expected
    (build,) = builds.read_all(paths)
    shown = {
        node.name: (node.status, node.failures, node.message) for node in build.nodes if node.resource_type == "test"
    }
    assert shown == expected


def test_a_model_that_fails_is_no_fault_of_the_documents_that_it_reads(paths, project):
    """The memory may have been too small, for example."""
    model(project, "fct_question", ROWS.format("(1, 'aaa')"))
    transform.build(paths, "run-1", project)
    sql = (project / "models" / "fct_question.sql").read_text().partition("\n")[2]
    with build_connection(paths.build_database) as connection:
        for kind, found in (("model", []), ("test", ["aaa"])):
            node = SimpleNamespace(resource_type=kind, compiled_code=sql)
            assert documents_at_fault(connection, node) == found


def test_names_a_failing_model_and_not_those_skipped_after_it(paths, project):
    model(project, "fct_question", "select nope from (select 1 as question_key, 'aaa' as document_id)")
    with pytest.raises(OrderPaperError, match=r"(?s)failed on 1 node.*- fct_question: .*nope") as failure:
        transform.build(paths, "run-1", project)
    assert "question_view" not in str(failure.value)
    nodes, _ = results(paths, "run-1")
    assert ("question_view", "skipped", None, None) in nodes


def test_says_why_dbt_could_not_start(paths, project):
    model(project, "fct_question", "select * from {{ ref('missing') }}")
    with pytest.raises(OrderPaperError, match=r"dbt could not build the warehouse: .*missing.*dbt\.log"):
        transform.build(paths, "run-1", project)
    assert results(paths, "run-1") == ([], [("failed",)])


def test_a_repeated_run_replaces_its_results(paths, project):
    for _ in range(2):
        transform.build(paths, "run-1", project)
    assert len(results(paths, "run-1")[0]) == 2


def test_keeps_the_folders_of_the_last_runs(paths, project):
    for number in range(transform.RUNS_KEPT + 3):
        folder = paths.runs / f"old-{number:02d}"
        folder.mkdir(parents=True)
        os.utime(folder, (number, number))
    transform.build(paths, "run-1", project)
    kept = sorted(folder.name for folder in paths.runs.iterdir())
    assert len(kept) == transform.RUNS_KEPT + 1
    assert kept[0] == "old-03"
    assert kept[-1] == "run-1"


def test_what_an_older_version_kept_beside_the_marts_is_removed(paths, project):
    with duckdb.connect(paths.build_database) as connection:
        connection.execute("CREATE SCHEMA raw; CREATE TABLE raw.document AS SELECT 'aa' AS document_id")
        connection.execute("CREATE SCHEMA reference; CREATE TABLE reference.topic AS SELECT 'x' AS topic_key")
    transform.build(paths, "run-1", project)
    with duckdb.connect(paths.build_database, read_only=True) as connection:
        found = connection.execute("SELECT DISTINCT schema_name FROM duckdb_tables() ORDER BY 1").fetchall()
    assert found == [("main",), ("ops",), ("reference",)]


def test_incremental_models_are_made_anew_when_the_project_changed_and_only_then(paths, project):
    def keys():
        with duckdb.connect(paths.build_database, read_only=True) as connection:
            return [
                key for (key,) in connection.execute("SELECT question_key FROM main.fct_question ORDER BY 1").fetchall()
            ]

    model(
        project,
        "fct_question",
        "select 1 + {{ is_incremental() | int }} as question_key, 'aaa' as document_id",
        "incremental",
    )
    transform.build(paths, "run-1", project)
    assert keys() == [1]
    transform.build(paths, "run-2", project)
    assert keys() == [2]

    model(
        project,
        "fct_question",
        "select 2 - {{ is_incremental() | int }} as question_key, 'aaa' as document_id",
        "incremental",
    )
    transform.build(paths, "run-3", project)
    assert keys() == [2]


def test_the_keys_of_views_are_checked_when_the_views_are_new(paths, project):
    (project / "models" / "views").mkdir()
    model(project, "views/shown", "select * from {{ ref('fct_question') }}", "view")
    (project / "models" / "views" / "shown.yml").write_text(
        "models: [{name: shown, data_tests: [{well_formed: {arguments: {unique: [question_key]}}}]}]"
    )
    former = transform.build(paths, "run-1", project)
    assert former.test_count - transform.build(paths, "run-2", project).test_count == 1

    twice = "select * from {{ ref('fct_question') }} union all select * from {{ ref('fct_question') }}"
    model(project, "views/shown", twice, "view")
    with pytest.raises(OrderPaperError, match="unique_shown_question_key"):
        transform.build(paths, "run-3", project)


def test_rows_that_were_written_are_checked_until_an_audit_has_passed_them(paths, project):
    model(project, "fct_question", "select * from work.raw.given", "incremental")

    def build(run_id, *statements):
        with build_connection(paths.work_database) as connection:
            for statement in statements:
                connection.execute(statement)
        transform.build(paths, run_id, project)

    build("run-1", "CREATE SCHEMA raw; CREATE TABLE raw.given AS " + ROWS.format("(1, 'aaa'), (2, 'bbb')"))
    with build_connection(paths.build_database) as connection:
        changes.forget(connection, "checks")
    for run_id, statement in (("run-2", "INSERT INTO raw.given VALUES (2, 'ccc')"), ("run-3", "SELECT 1")):
        with pytest.raises(OrderPaperError, match="_question_key: repeated values of question_key: 1 "):
            build(run_id, statement)
    build("run-4", "DELETE FROM raw.given WHERE document_id = 'ccc'")
    with pytest.raises(OrderPaperError, match="not_null_fct_question_question_key: "):
        build("run-5", "INSERT INTO raw.given VALUES (NULL, 'ddd')")
    (compiled,) = (paths.build_database.parent / "dbt" / "compiled").rglob("well_formed*.sql")
    assert compiled.read_text().count("in (select question_key from work.changes.fct_question)") == 3


def test_records_are_checked_if_their_document_was_written_since_an_audit(paths, project):
    documents = "stg_landing__document_source"
    model(project, documents, "select document_id from work.raw.document", "incremental")
    model(
        project,
        "stg_records__answer",
        f"select * from work.raw.answer inner join {{{{ ref('{documents}') }}}} using (document_id)",
        "view",
    )
    (project / "models" / "answer.yml").write_text(
        TESTS.replace("fct_question", "stg_records__answer").partition("    columns:")[0]
    )

    def build(run_id, *statements):
        with build_connection(paths.work_database) as connection:
            for statement in statements:
                connection.execute(statement)
        transform.build(paths, run_id, project)

    build(
        "run-1",
        "CREATE SCHEMA raw; CREATE TABLE raw.document AS SELECT 'aaa' AS document_id, 'x' AS document_kind;"
        " CREATE TABLE raw.answer AS SELECT 1 AS question_key, 'aaa' AS document_id",
    )
    with build_connection(paths.build_database) as connection:
        changes.forget(connection, "checks")
    added = "INSERT INTO raw.document VALUES ('bbb', 'x'); INSERT INTO raw.answer VALUES (2, 'bbb'), (2, 'bbb')"
    for run_id, statement in (("run-2", added), ("run-3", "SELECT 1")):
        with pytest.raises(OrderPaperError, match="stg_records__answer_question_key__document_id: repeated values"):
            build(run_id, statement)
    build("run-4", "DELETE FROM raw.document WHERE document_id = 'bbb'")


KILLED = """
import os, signal, sys
from pathlib import Path
from orderpaper.config import Paths
from orderpaper.warehouse import transform

transform._log_progress = lambda event: event.info.name == "LogModelResult" and os.kill(os.getpid(), signal.SIGKILL)
transform.build(Paths(home=Path(sys.argv[1]), realm="simulated"), "run-2", Path(sys.argv[2]))
"""


def test_after_a_build_that_was_killed_between_two_models_the_next_one_ends_with_the_same_rows(paths, project):
    marts = ("fct_question", "fct_answer")
    for mart, parent in zip(marts, ("{{ source('raw', 'given') }}", "{{ ref('fct_question') }}"), strict=True):
        model(project, mart, f"select * from {parent}", "incremental")
    (project / "models" / "raw.yml").write_text("sources: [{name: raw, database: work, tables: [{name: given}]}]\n")

    def load(statement):
        with build_connection(paths.work_database) as connection:
            connection.execute(statement)

    def keys():
        with duckdb.connect(paths.build_database) as connection:
            found = [connection.execute(f"SELECT question_key FROM {mart} ORDER BY 1").fetchall() for mart in marts]
        return [[key for (key,) in rows] for rows in found]

    load("CREATE SCHEMA raw; CREATE TABLE raw.given AS " + ROWS.format("(1, 'aaa')"))
    transform.build(paths, "run-1", project)
    load("INSERT INTO raw.given VALUES (2, 'bbb')")
    killed = subprocess.run([sys.executable, "-c", KILLED, str(paths.home), str(project)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert keys() == [[1, 2], [1]]
    transform.build(paths, "run-3", project)
    assert keys() == [[1, 2], [1, 2]]


MODELS_AT_ONCE = "{{ env_var('ORDERPAPER_DBT_THREADS') | int }}"


def models_at_once(paths, *runs):
    """Return how many models dbt built at once in each build of these runs."""
    return [re.findall(r"Concurrency: (\d)", (paths.runs / name / "dbt" / "dbt.log").read_text()) for name in runs]


def test_one_model_at_a_time_is_built_where_all_data_fill_the_memory(paths, project, monkeypatch):
    (project / "profiles.yml").write_text(PROFILE.replace("threads: 1", f'threads: "{MODELS_AT_ONCE}"'))
    transform.build(paths, "small", project)
    monkeypatch.setattr(dbt_project, "memory_bytes", lambda: paths.work_database.stat().st_size)
    transform.build(paths, "only what is new", project)
    dbt_project.note_built(paths, None)
    transform.build(paths, "large", project)
    assert models_at_once(paths, "small", "only what is new", "large") == [["2"], ["2"], ["1"]]


def test_a_build_that_runs_out_of_memory_goes_on_with_one_model_at_a_time(paths, project, caplog):
    (project / "profiles.yml").write_text(PROFILE.replace("threads: 1", f'threads: "{MODELS_AT_ONCE}"'))
    needs_all = "{% if env_var('ORDERPAPER_DBT_THREADS') == '2' %} select error('Out of Memory Error') {% else %}"
    model(project, "fct_question", needs_all + ROWS.format("(1, 'aaa'), (2, 'bbb')") + "{% endif %}")
    transform.build(paths, "run", project)
    assert models_at_once(paths, "run") == [["2", "1"]]
    assert "Two models at once need more memory than there is" in caplog.text
    assert results(paths, "run")[1] == [("built",)]


def test_an_index_of_search_that_cannot_be_made_is_one_sentence(paths, project, monkeypatch):
    def fail(connection):
        connection.execute("SELECT error('Out of Memory')")

    monkeypatch.setattr(transform.search_index, "update", fail)
    with pytest.raises(OrderPaperError, match=r"^The models were built, but the index of .*: .*Out of Memory"):
        transform.build(paths, "run-1", project)
