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
            CREATE TABLE marts.bridge_question_topic (topic_key VARCHAR, first_on DATE, is_in_heading BOOLEAN);
            COMMENT ON TABLE marts.dim_topic IS 'One row per topic.';
            INSERT INTO marts.dim_topic VALUES ('t2', '=1+1', 0.5), ('t1', 'Crime', NULL);
            INSERT INTO marts.bridge_question_topic VALUES ('t1', '2024-11-11', true), (NULL, NULL, false)
            """
        )
        yield connection


def test_the_package_is_valid_and_complete(connection, tmp_path):
    folder = open_data.write(connection, "20241121T170000Z-00000000", tmp_path)

    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "message"])
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    tables = ("bridge_question_topic", "dim_source", "dim_topic")
    files = {f"data/{table}.{kind}" for table in tables for kind in ("csv", "parquet")}
    assert names == files | {"datapackage.json", "README.md", "SHA256SUMS"}
    for line in (folder / "SHA256SUMS").read_text().splitlines():
        checksum, name = line.split("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == checksum


def test_a_missing_parent_row_makes_the_package_invalid(connection, tmp_path):
    # The reference is that of fct_question's topics in the project's own yml.
    connection.execute("INSERT INTO marts.bridge_question_topic VALUES ('t9', NULL, true)")
    folder = open_data.write(connection, "one", tmp_path)
    report = Package(str(folder / "datapackage.json")).validate()
    assert [code for (code,) in report.flatten(["type"])] == ["foreign-key"]


def test_the_schema_has_types_keys_and_descriptions(connection):
    resources = {resource["name"]: resource for resource in open_data.describe(connection, "one")["resources"]}
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
