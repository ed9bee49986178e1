"""What the macros of dialects make of awkward texts, lists and days is the same in DuckDB and in Spark."""

import datetime as dt
import itertools
import json
import re
import runpy
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import jinja2
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from spark_here import needs_spark

from orderpaper.config import PROJECT
from orderpaper.warehouse import spark

MACROS = PROJECT / "dbt" / "macros"
LIBRARIES = {"duckdb": PROJECT / "dbt" / "lint", "spark": PROJECT / "tests" / "dbt" / "spark"}
OF_A_BUILD = {
    "affected_units", "cast", "load_csv_rows", "place_of_record", "prepare_changes", "tracked_table", "with_steps",
    "written_rows",
}  # fmt: skip
"""Macros that no expression calls: Spark has nothing to track and no places of rows, and writes seeds and steps as
tables in its own way."""

NAMES = [
    "Rt Hon Sir Ed J. Davey MP", "O'Neill, Síle", "BAKER, Ann", "Ann Baker MP for The Wrekin", "Łukasz Żółć", "Zoë",
    "Zoe\u0308 Smith", "d’Arcy & Søn, KC", "İstanbul ıI", "ßtraße ﬁne Æon", "Lord Bishop of Durham", "Mr", "The Lord",
]  # fmt: skip
TEXTS = [
    None, "", " ", "   a  b ", "\ta\nb\r\nc\x0b\x0c", "it's", '"', "''", "\\", "\\\\n", "$1 £2 €3 5%", "_%", "50 % of",
    "a\u00a0b\u2009c\u200bd", "high-risk -x y- -", "high‑risk‐x", "–—", "👩‍👩‍👧 family", "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "a\ufe0fb", "e\u0301x\u0327",
    "Ἀθῆναι Москва Й 서울 東京", "עברית שָׁלוֹם", "x" * 5000, "1.5 2,000 3", "(The) [brackets] {x}", "a;b; c",
    "null", "None",
    "Life peer", "Bishops", "Yorks. & Humber", "St. Ives & Hayle", "end\n", "\nstart",
    "a\u2028b\u0085c", "T\u212b\u212a",
    "The Catch-Up (CU) Fund", "The Lord Chancellor, and Secretary of State for Justice", "\ud7ff\ue000", "q\x01\x7f",
]  # fmt: skip
LETTERS = [f"a{chr(point)}b" for point in (*range(0x20, 0x3000), 0xFB01, 0xFE20, 0xFF21, 0x1D400, 0x1F600, 0xE0100)]
LISTS = [None, [], ["a"], ["b", "a"], ["a", "a"], ["é", "e", ""], ["it's", "a, b", "[c]"], [str(n) for n in range(99)]]
DAYS = [
    dt.date(*day)
    for day in [(1, 1, 1), (1582, 10, 4), (1582, 10, 15), (1801, 1, 1), (1899, 12, 31), (1900, 2, 28), (1900, 3, 1),
                (1999, 12, 31), (2000, 2, 29), (2024, 2, 28), (2024, 2, 29), (2024, 3, 31), (2024, 10, 27),
                (2024, 12, 30), (2025, 1, 5), (9999, 12, 30)]
]  # fmt: skip
MOMENTS = [
    dt.datetime.fromisoformat(f"{text}+00:00")
    for text in ("1847-11-30T23:59:59", "1916-05-21T01:59:59", "1941-06-01T22:30:00", "1970-07-01T23:30:00",
                 "1971-10-31T23:59:59", "2024-03-31T00:59:59", "2024-03-31T23:00:00", "2024-10-26T23:00:00",
                 "2024-10-27T00:59:59", "2024-10-27T23:59:59", "2024-07-01T22:59:59", "2024-07-01T23:00:00")
]  # fmt: skip


class Macros:
    """The macros of the project as one engine sees them, without dbt."""

    def __init__(self, engine: str) -> None:
        files = [path.read_text() for path in sorted(MACROS.glob("*.sql")) if path.name != "materializations.sql"]
        environment = jinja2.Environment(extensions=["jinja2.ext.do"])
        environment.globals["adapter"] = SimpleNamespace(**runpy.run_path(str(LIBRARIES[engine] / "adapter.py")))
        self._module: Any = environment.from_string("\n".join(files)).make_module()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._module, name)


def queries(engine: str) -> Iterator[tuple[str, str]]:
    """Yield a name and a query for each macro that engines run differently, and for those that are made of them."""
    macros = Macros(engine)

    def of_texts(name: str, *expressions: str) -> tuple[str, str]:
        columns = ", ".join(f"{expression} AS result_{number}" for number, expression in enumerate(expressions))
        return name, f"SELECT n, {columns} FROM texts"

    def of_lists(name: str, expression: str) -> tuple[str, str]:
        return name, f"SELECT n, {expression} AS result FROM lists"

    def of_days(name: str, expression: str) -> tuple[str, str]:
        return name, f"SELECT n, {expression} AS result FROM days"

    yield of_texts("strip_accents", macros.replace_pattern(macros.strip_accents("text"), "[^A-Za-z]+", " "))
    yield of_texts("replace_pattern", macros.replace_pattern("text", "[^a-z0-9]+", " "))
    yield of_texts("extract_pattern", macros.extract_pattern("text", "^([^,]+), *[^,]+$", 1))
    yield of_texts("extract_patterns", macros.extract_patterns("text", "[^ ]*[0-9][^ ]*"))
    yield of_texts("split_words", macros.split_words("text"))
    for name in ("text", "label", "name", "post", "seat", "programme", "wording"):
        yield of_texts(f"normalise_{name}", getattr(macros, f"normalise_{name}")("text"))
    yield of_texts("wording_hash", macros.wording_hash("text"))
    yield of_texts("surrogate_key", macros.surrogate_key(["'kind'", "text", "n", "cast(null as date)", "n > 3"]))
    yield of_texts("turned_given_name", macros.turned_given_name("text"))
    yield of_texts("turned_family_name", macros.turned_family_name("text"))
    yield of_texts("membership", macros.replace_pattern("text", macros.membership_pattern(), ""))
    yield of_texts("member_for", macros.extract_pattern("text", macros.member_for_pattern(), 2))
    yield of_texts("is_one_slip", macros.is_one_slip("text", "lower(text)"))
    yield of_texts("debate_url", macros.debate_url("'Commons'", "cast('2024-11-12' as date)", "'id'", "text"))
    parts = macros.name_parts(macros.normalise_name("text"))
    yield "name_parts", f"SELECT n, {parts} FROM texts"
    letters = macros.normalise_wording("text"), macros.normalise_name("text")
    yield "letters", f"SELECT n, {letters[0]} AS wording, {letters[1]} AS name FROM letters"
    yield "join_distinct", f"SELECT n % 7 AS n, {macros.join_distinct('text')} AS result FROM texts GROUP BY n % 7"
    counted = macros.list_length(macros.distinct_values("text"))
    yield "distinct_values", f"SELECT n % 7 AS n, {counted} AS result FROM texts GROUP BY n % 7"
    yield "join_nothing", f"SELECT n, {macros.join_distinct('text')} AS result FROM texts GROUP BY n"
    yield of_lists("explode", macros.explode("one"))
    yield of_lists("list_length", macros.list_length("one"))
    yield of_lists("list_unique", f"{macros.list_length(macros.list_unique('one'))}")
    yield of_lists("list_shared", macros.list_length(macros.list_shared(macros.list_unique("one"), "other")))
    yield of_lists("shared_share", macros.shared_share(macros.list_unique("one"), macros.list_unique("other")))
    yield of_days("days_between", macros.days_between("first_on", "last_on"))
    yield of_days("day_after", macros.day_after("last_on"))
    yield of_days("day_before", macros.day_before("last_on"))
    yield of_days("iso_weekday", macros.iso_weekday("first_on"))
    yield of_days("long_date", macros.long_date("first_on"))
    yield of_days("date_text", "cast(first_on as string)")
    stretch = macros.explode_days("first_on", "last_on")
    yield "explode_days", f"SELECT n, {stretch} AS result FROM days WHERE last_on BETWEEN first_on AND first_on + 40"
    yield "london_date", f"SELECT n, {macros.london_date('moment_at')} AS result FROM moments"


def test_every_dispatched_macro_has_a_query() -> None:
    text = "".join(path.read_text() for path in MACROS.glob("*.sql"))
    dispatched = set(re.findall(r"macro spark__(\w+)\(", text)) - OF_A_BUILD
    assert dispatched - {name for name, _ in queries("duckdb")} == set()
    assert "explode" in dispatched


def test_no_model_casts_what_it_explodes() -> None:
    """Spark refuses it."""
    models = {path.name: path.read_text() for path in (PROJECT / "dbt" / "models").rglob("*.sql")}
    assert "int_days.sql" in models
    assert [name for name, sql in models.items() if re.search(r"\w\(\s*{{ explode", sql)] == []


def given() -> dict[str, pa.Table]:
    """The rows that the queries read."""

    def numbered(**columns: list[Any]) -> pa.Table:
        (length,) = {len(column) for column in columns.values()}
        return pa.table({"n": pa.array(range(length), pa.int64()), **columns})

    pairs = list(itertools.product(LISTS, repeat=2))
    days = list(itertools.product(DAYS, repeat=2))
    texts = pa.list_(pa.string())
    return {
        "texts": numbered(text=[*TEXTS, *NAMES]),
        "letters": numbered(text=LETTERS),
        "lists": numbered(
            one=pa.array([one for one, _ in pairs], texts), other=pa.array([[*{*(o or [])}] for _, o in pairs], texts)
        ),
        "days": numbered(first_on=[first for first, _ in days], last_on=[last for _, last in days]),
        "moments": numbered(moment_at=pa.array(MOMENTS, pa.timestamp("us", "UTC"))),
    }


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, duckdb.DuckDBPyConnection]:
    """Run the queries of each engine; return the folder of Spark's results and DuckDB with the rows that were given."""
    folder = tmp_path_factory.mktemp("macros")
    (folder / "given").mkdir()
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    for name, rows in given().items():
        pq.write_table(rows, folder / "given" / f"{name}.parquet")
        connection.register(name, rows)
    (folder / "queries.json").write_text(json.dumps(dict(queries("spark"))))
    subprocess.run(
        [spark.PROGRAM, Path(__file__).with_name("spark_queries.py"), folder],
        env=spark.environment() | {"SPARK_MASTER": "local[2]", "SPARK_PARTITIONS": "2"},
        check=True,
    )
    return folder / "spark", connection


@pytest.mark.parametrize(
    ("name", "query"), [pytest.param(*query, id=query[0], marks=needs_spark) for query in queries("duckdb")]
)
def test_both_engines_give_the_same(results: tuple[Path, duckdb.DuckDBPyConnection], name: str, query: str) -> None:
    folder, connection = results
    spark_rows = f"FROM read_parquet('{folder / name}.parquet')"
    of_spark, of_duckdb = (
        connection.execute(sql) for sql in (f"SELECT * {spark_rows} ORDER BY ALL", f"FROM ({query}) ORDER BY ALL")
    )
    assert len(of_duckdb.fetchall()) > 5
    assert connection.execute(f"DESCRIBE {spark_rows}").fetchall() == connection.execute(f"DESCRIBE {query}").fetchall()
    assert of_spark.fetchall() == of_duckdb.fetchall()
