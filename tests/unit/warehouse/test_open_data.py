import hashlib

import duckdb
import pytest
from frictionless import Package

from orderpaper.errors import OrderPaperError
from orderpaper.warehouse import open_data


@pytest.fixture
def connection():
    with duckdb.connect() as connection:
        connection.execute(
            """
            CREATE SCHEMA marts;
            CREATE TABLE marts.dim_source AS
                SELECT 'inbox' AS source, 'Inbox' AS title, NULL::VARCHAR AS base_url, 'as granted' AS licence;
            CREATE TABLE marts.dim_topic (topic_key VARCHAR PRIMARY KEY, topic_title VARCHAR NOT NULL, weight DOUBLE);
            CREATE TABLE marts.bridge_question_topic (
                question_key VARCHAR, topic_key VARCHAR, first_on DATE, is_in_heading BOOLEAN
            );
            CREATE TABLE marts.fct_question (question_key VARCHAR PRIMARY KEY, tabled_on DATE, text VARCHAR);
            COMMENT ON TABLE marts.dim_topic IS 'One row per topic.';
            INSERT INTO marts.dim_topic VALUES ('t2', '=1+1', 0.5), ('t1', 'Crime', NULL);
            INSERT INTO marts.fct_question VALUES
                ('q1', '2024-10-31', 'Why?'), ('q2', '2024-11-01', 'When?'), ('q3', NULL, 'Where?');
            INSERT INTO marts.bridge_question_topic VALUES
                ('q1', 't1', '2024-11-11', true), ('q2', NULL, NULL, false)
            """
        )
        yield connection


def test_the_package_is_valid_and_complete(connection, tmp_path):
    folder = open_data.write(connection, "20241121T170000Z-00000000", tmp_path)

    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "message"])
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    parts = {"dim_source", "dim_topic"}
    parts |= {f"fct_question/{month}" for month in ("2024-10", "2024-11", "undated")}
    parts |= {f"bridge_question_topic/{month}" for month in ("2024-10", "2024-11")}
    files = {f"data/{part}.{kind}" for part in parts for kind in ("csv", "parquet")}
    assert names == files | {"datapackage.json", "README.md", "SHA256SUMS"}
    for line in (folder / "SHA256SUMS").read_text().splitlines():
        checksum, name = line.split("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == checksum


def test_a_missing_parent_row_makes_the_package_invalid(connection, tmp_path):
    # The reference is that of fct_question's topics in the project's own yml.
    connection.execute("INSERT INTO marts.bridge_question_topic VALUES ('q2', 't9', NULL, true)")
    folder = open_data.write(connection, "one", tmp_path)
    report = Package(str(folder / "datapackage.json")).validate()
    assert [code for (code,) in report.flatten(["type"])] == ["foreign-key"]


def test_the_schema_has_types_keys_and_descriptions(connection):
    resources = {
        resource["name"]: resource
        for resource in open_data.describe(connection, "one", open_data.divide(connection))["resources"]
    }
    topic = resources["dim_topic"]
    assert topic["description"] == "One row per topic."
    assert topic["schema"]["primaryKey"] == ["topic_key"]
    assert [(field["name"], field["type"]) for field in topic["schema"]["fields"]] == [
        ("topic_key", "string"),
        ("topic_title", "string"),
        ("weight", "number"),
    ]
    assert {"fields": "topic_key", "reference": {"resource": "dim_topic", "fields": "topic_key"}} in (
        resources["bridge_question_topic"]["schema"]["foreignKeys"]
    )


def test_csv_is_safe_in_a_spreadsheet_and_both_formats_have_the_same_rows(connection, tmp_path):
    folder = open_data.write(connection, "one", tmp_path)
    assert (folder / "data" / "dim_topic.csv").read_text() == "topic_key,topic_title,weight\nt1,Crime,\nt2,'=1+1,0.5\n"
    rows = duckdb.sql(f"FROM '{folder}/data/dim_topic.parquet'").fetchall()
    assert rows == [("t1", "Crime", None), ("t2", "=1+1", 0.5)]


def test_an_export_writes_only_the_months_that_changed(connection, tmp_path):
    first = open_data.write(connection, "20241121", tmp_path)
    connection.execute("UPDATE marts.fct_question SET text = 'When then?' WHERE question_key = 'q2'")
    second = open_data.write(connection, "20241122", tmp_path)

    assert Package(str(second / "datapackage.json")).validate().valid
    sums = [set((folder / "SHA256SUMS").read_text().splitlines()) for folder in (first, second)]
    changed = {line.split("  ")[1] for line in sums[1] - sums[0]}
    assert changed == {"data/fct_question/2024-11.csv", "data/fct_question/2024-11.parquet"} | {
        "datapackage.json",
        "README.md",
    }
    assert (first / "data" / "dim_topic.csv").samefile(second / "data" / "dim_topic.csv")


def test_a_file_of_an_earlier_export_that_was_changed_is_written_again(connection, tmp_path):
    first = open_data.write(connection, "20241121", tmp_path)
    (first / "data" / "dim_topic.csv").write_text("other")
    second = open_data.write(connection, "20241122", tmp_path)
    assert (second / "data" / "dim_topic.csv").read_text().startswith("topic_key,")


def test_an_export_does_not_depend_on_an_earlier_one(connection, tmp_path):
    open_data.write(connection, "one", tmp_path / "a")
    open_data.write(connection, "one", tmp_path / "b")
    sums = [(tmp_path / name / "orderpaper-one" / "SHA256SUMS").read_text() for name in ("a", "b")]
    assert sums[0] == sums[1]


def test_an_export_that_is_there_is_left_alone_and_an_unfinished_one_is_made_again(connection, tmp_path):
    unfinished = tmp_path / ".orderpaper-one"
    unfinished.mkdir()
    (unfinished / "left").touch()
    folder = open_data.write(connection, "one", tmp_path)
    assert not (folder / "left").exists()
    written_at = folder.stat().st_mtime_ns
    assert open_data.write(connection, "one", tmp_path) == folder
    assert folder.stat().st_mtime_ns == written_at


def test_a_folder_that_cannot_be_written_is_named(connection, tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(OrderPaperError, match=r"could not be written to .*file"):
        open_data.write(connection, "one", tmp_path / "file")
