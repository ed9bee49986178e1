"""Written statements: every page and every cut text of the days asked for, checked against the filter."""

import json
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from orderpaper import ingest
from orderpaper.config import Paths
from orderpaper.errors import UpstreamError
from orderpaper.landing import Window
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.server import serve

WINDOW = Window(date(2025, 3, 10), date(2025, 3, 14))
EXAMPLES = Path(__file__).parent / "parsers/examples/written_statements"
ROW = json.loads((EXAMPLES / "list.json").read_text())["results"][1]


def page(count, total, **fields):
    rows = [{"value": ROW["value"] | {"id": 1 + number} | fields, "links": []} for number in range(count)]
    return json.dumps({"totalResults": total, "results": rows}).encode()


def statements(paths, source="written_statements"):
    files = (paths.records / source).glob("*/written_statement.parquet")
    return [row for file in files for row in pq.read_table(file).to_pylist()]


def test_every_cut_text_is_fetched_whole(tmp_path):
    paths = Paths(tmp_path, "simulated")
    with serve(SimulatedParliament()) as server:
        fetched = ingest.fetch(paths, "written_statements", WINDOW, server.url, "run")
        parsed = ingest.parse(paths, "written_statements", fetched.manifest)
    rows = statements(paths)
    assert parsed.quarantined_count == 0
    assert {row["statement_id"] for row in rows} == {row["statement_id"] for row in rows if not row["is_truncated"]}
    assert {row["made_on"] for row in rows} == {date(2025, 3, day) for day in range(10, 15)}
    assert {row["house"] for row in rows} == {"Commons", "Lords"}


def test_a_second_fetch_asks_for_no_detail_again(tmp_path):
    paths = Paths(tmp_path, "simulated")
    with serve(SimulatedParliament()) as server:
        first = ingest.fetch(paths, "written_statements", WINDOW, server.url, "run")
        second = ingest.fetch(paths, "written_statements", WINDOW, server.url, "run")
    assert second.request_count < first.request_count
    assert (second.new_document_count, second.manifest) == (0, first.manifest)


def test_an_ignored_filter_is_an_error(tmp_path, site):
    site.respond = lambda _: page(1, 1, dateMade="2024-12-02T00:00:00")
    with pytest.raises(UpstreamError, match="number 1, whose date is 2024-12-02; it seems to ignore"):
        ingest.fetch(Paths(tmp_path, "simulated"), "written_statements", WINDOW, site.url, "run")


def test_a_total_that_is_not_the_number_of_rows_is_an_error(tmp_path, site):
    site.respond = lambda _: page(2, 3, dateMade="2025-03-11T00:00:00")
    with pytest.raises(UpstreamError, match=r"announces 3 statements .* but gave 2"):
        ingest.fetch(Paths(tmp_path, "simulated"), "written_statements", WINDOW, site.url, "run")
