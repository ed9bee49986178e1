"""A row that breaks a rule is among the rows that an audit checks again, whatever was written."""

import re
import shutil

import duckdb
import pytest
from breaks import breaking, kind
from tables import create
from whole import ROWS

from orderpaper.quality import written
from orderpaper.quality.suites import SUITES
from orderpaper.warehouse.content import tables
from orderpaper.warehouse.declared import foreign_keys, primary_keys

FOLLOWED = [
    (table, check)
    for table, checks in SUITES.items()
    for check in checks
    if (table.startswith("marts.") or table in written.OF_DOCUMENTS)
    and check.severity == "stop"
    and (check.watched is not None or check.unique_columns)
]
GROUPS = {
    (table, end): [check for other, check in FOLLOWED if other == table and kind(table, check) == end]
    for table, end in dict.fromkeys((table, kind(table, check)) for table, check in FOLLOWED)
}
"""Table and kind → its checks."""
DOCUMENTS = "stg_landing__document_source"


@pytest.fixture(scope="module")
def connection(tmp_path_factory):
    """A build database in which every row has passed an audit, and a copy of it called `good`."""
    folder = tmp_path_factory.mktemp("written")
    database = create(folder / "orderpaper.duckdb", ROWS)
    shutil.copy(database, folder / "good.duckdb")
    with duckdb.connect(database) as connection:
        connection.execute(f"ATTACH '{folder / 'good.duckdb'}' AS good (READ_ONLY)")
        connection.execute("CREATE SCHEMA changes; CREATE TABLE changes.audited AS SELECT 'these' AS checks")
        models = [DOCUMENTS, *tables(connection, "marts")]
        connection.execute("CREATE TABLE changes.built AS SELECT unnest(?) AS model_name, false AS is_whole", [models])
        yield connection


@pytest.fixture
def undone(connection):
    """Undo all that a test changes."""
    connection.execute("BEGIN")
    yield connection
    connection.execute("ROLLBACK")


def change(connection, *statements):
    """Execute statements, and list what they changed, as a build does."""
    for statement in statements:
        connection.execute(statement)
    changed = re.findall(r"^(?:UPDATE|DELETE FROM|INSERT INTO) (\S+)", "\n".join(statements), re.MULTILINE)
    for table in dict.fromkeys(changed):
        schema, name = table.split(".")
        differing = (
            f"SELECT * FROM (FROM good.{table} EXCEPT ALL FROM {table}) UNION ALL"
            f" SELECT * FROM (FROM {table} EXCEPT ALL FROM good.{table})"
        )
        if schema == "raw":
            name, listed = DOCUMENTS, ["document_id"]
        else:
            columns = [row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall()]
            listed = [c for c in columns if c.endswith(("_key", "_id", "_hash", "_on")) or c in primary_keys()[name]]
        connection.execute(f"CREATE TABLE changes.{name} AS SELECT {', '.join(listed)}, 1 AS step FROM ({differing})")


def is_broken(connection, table, check):
    """Whether a row of a table breaks a check."""
    found = check.arguments_for(table)
    match check.expectation:
        case "UnexpectedRowsExpectation":
            sql = found["unexpected_rows_query"].replace("{{", "{").replace("}}", "}")
        case "ExpectColumnValuesToNotBeNull":
            sql = f"FROM {table} WHERE {check.column} IS NULL"
        case "ExpectColumnValuesToBeInSet":
            sql = f"FROM {table} WHERE {check.column} NOT IN {tuple(found['value_set'])}"
        case "ExpectColumnValuesToBeBetween":
            high = found["max_value"] if found["max_value"] is not None else "'infinity'::DOUBLE"
            sql = f"FROM {table} WHERE {check.column} NOT BETWEEN {found['min_value']} AND {high}"
        case "ExpectColumnValuesToBeUnique" | "ExpectCompoundColumnsToBeUnique":
            columns = ", ".join(check.unique_columns)
            sql = f"SELECT {columns} FROM {table} GROUP BY {columns} HAVING count(*) > 1"
    return bool(connection.execute(sql).fetchall())


@pytest.mark.parametrize(("table", "end"), GROUPS, ids=[f"{table}-{end}" for table, end in GROUPS])
def test_a_row_that_breaks_a_rule_is_checked_again(undone, table, end):
    """Break all columns of a table that have the same kind of check."""
    checks = GROUPS[table, end]
    change(undone, *dict.fromkeys(breaking(table, check) for check in checks))
    assert written.gather(undone, {table: tuple(checks)}, "these") == {table: {check.name for check in checks}}
    for check in checks:
        assert is_broken(undone, written.copy_of(table), check), check.name


def test_a_row_is_checked_again_when_what_it_refers_to_is_gone(connection):
    broken = []
    for key in foreign_keys():
        table = f"marts.{key.table}"
        (check,) = (check for check in SUITES[table] if check.name == f"{key.column}_references")
        connection.execute("BEGIN")
        change(connection, f"DELETE FROM marts.{key.target_table}")
        assert written.gather(connection, {table: (check,)}, "these") == {table: {check.name}}
        assert is_broken(connection, written.copy_of(table), check) is is_broken(connection, table, check), key
        broken.append(is_broken(connection, table, check))
        connection.execute("ROLLBACK")
    assert sum(broken) > 40


def test_nothing_is_checked_again_if_nothing_was_written(undone):
    names = written.gather(undone, SUITES, "these")
    assert sum(map(len, names.values())) == len(FOLLOWED)
    assert {undone.execute(f"SELECT count(*) FROM {written.copy_of(table)}").fetchone() for table in names} == {(0,)}


def test_all_rows_count_where_the_checks_are_others_or_a_table_was_built_from_nothing(undone):
    assert written.gather(undone, SUITES, "others") == {}
    undone.execute("INSERT INTO changes.built VALUES ('fct_question', true)")
    names = written.gather(undone, SUITES, "these")
    assert "marts.fct_question" not in names
    # It is not known which of its rows are gone.
    assert "question_key_references" not in names["marts.bridge_question_answer"]
    assert "answer_key_references" in names["marts.bridge_question_answer"]


def test_a_check_reads_no_mart_that_it_does_not_watch():
    for table, check in FOLLOWED:
        query = str(check.arguments.get("unexpected_rows_query", ""))
        read = set(re.findall(r"\b(?:marts|raw|ops)\.\w+", query))
        if table.startswith("raw."):
            read = {name for name in read if not name.startswith("raw.")}
        assert read <= {f"marts.{each.mart}" for each in check.watched or ()}, (table, check.name)
