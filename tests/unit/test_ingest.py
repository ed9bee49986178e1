"""Fetch, parse and load from a small scripted upstream, up to the rows in `raw`."""

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from packed import change_body, pack_of
from payloads import written_question as question

from orderpaper import ingest
from orderpaper.config import Paths
from orderpaper.errors import ConfigError, NotNowError, OrderPaperError, ParseError, UpstreamError
from orderpaper.ingest import checksums, versions
from orderpaper.landing import Landing, Window, attempts, missing, set_aside
from orderpaper.records import READING_TYPES
from orderpaper.warehouse.load import load

WINDOW = Window(date(2025, 3, 10), date(2025, 3, 14))
LIST_PATH = "/api/writtenquestions/questions"


def answered(number: int, text: str) -> dict[str, object]:
    return question(
        number,
        dateAnswered="2025-03-12T00:00:00",
        answerText=text,
        answeringMemberId=2,
        answerIsHolding=False,
        answerIsCorrection=False,
    )


class Api:
    """The list and its details, served from rows that a test may change between requests."""

    def __init__(self, rows):
        self.rows = rows
        self.details = {}
        self.asked = []

    def __call__(self, path):
        self.asked.append(path)
        if path.startswith(f"{LIST_PATH}/"):
            return json.dumps({"value": self.details[int(path.rsplit("/", 1)[1])], "links": []}).encode()
        query = dict(pair.split("=") for pair in path.split("?")[1].split("&"))
        rows = [row for row in self.rows if "tabledWhenFrom" in query or row["dateAnswered"]]
        rows = [] if "correctedWhenFrom" in query else rows
        skip = int(query["skip"])
        page = [{"value": row, "links": []} for row in rows[skip : skip + 100]]
        return json.dumps({"totalResults": len(rows), "results": page}).encode()


@pytest.fixture
def paths(tmp_path):
    return Paths(tmp_path, "simulated")


def fetch(paths, site):
    return ingest.fetch(paths, "written_questions", WINDOW, site.url, "run")


def rows(paths, sql):
    with duckdb.connect(paths.work_database, read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_a_question_and_its_answer_arrive_with_their_sums(paths, site):
    site.respond = Api([answered(1, "We are investing up to £13.1 million in 2025-26."), question(2)])
    parsed = ingest.parse(paths, "written_questions", fetch(paths, site).manifest)
    assert (parsed.is_new, parsed.quarantined_count) == (True, 0)
    load(paths)
    assert rows(paths, "SELECT DISTINCT question_id, uin FROM raw.question ORDER BY 1") == [(1, "1"), (2, "2")]
    (figure,) = rows(
        paths,
        "SELECT DISTINCT surface, amount_low::int, qualifier, period, text_char_start, char_start"
        " FROM raw.funding_figure",
    )
    assert figure == ("£13.1 million", 13_100_000, "at_most", "2025-26", 23, None)


def test_what_the_list_cuts_is_fetched_whole_and_only_once(paths, site):
    long = "A word and another. " * 30
    api = site.respond = Api([answered(1, long[:255] + "...")])
    api.details[1] = answered(1, f"<p>{long}</p>")
    assert fetch(paths, site).new_document_count == 3
    again = fetch(paths, site)
    assert again.new_document_count == 0
    assert [path for path in api.asked if path.endswith("/1")] == [f"{LIST_PATH}/1"]
    ingest.parse(paths, "written_questions", again.manifest)
    load(paths)
    found = rows(paths, "SELECT DISTINCT is_truncated, length(text) FROM raw.answer ORDER BY 1")
    assert found == [(False, len(long.strip())), (True, 258)]


def test_a_cut_question_is_fetched_again_when_its_row_has_changed(paths, site):
    text = "x" * 255
    api = site.respond = Api([question(1, questionText=text)])
    api.details[1] = question(1, questionText=text + "y")
    fetch(paths, site)
    api.rows = [answered(1, "No.") | {"questionText": text}]
    api.details[1] = answered(1, "<p>No.</p>") | {"questionText": text + "y"}
    fetch(paths, site)
    assert len([path for path in api.asked if path.endswith("/1")]) == 2


def test_rows_that_move_while_paging_are_neither_lost_nor_doubled(paths, site):
    api = Api([question(number) for number in range(1, 151)])

    def insert_between_pages(path):
        body = api(path)
        if len(api.asked) == 1:
            api.rows = [question(999), *api.rows]
        return body

    site.respond = insert_between_pages
    ingest.parse(paths, "written_questions", fetch(paths, site).manifest)
    load(paths)
    assert rows(paths, "SELECT count(DISTINCT question_id) FROM raw.question") == [(151,)]


def test_a_fetch_that_is_told_to_wait_goes_on_where_it_was(paths, site):
    api = Api([answered(1, "A word and another. " * 12 + "..."), question(2)])
    later = (429, {"Retry-After": "7200"}, b"")
    site.respond = lambda path: later if "answeredWhenFrom" in path else api(path)
    with pytest.raises(NotNowError, match=r"not now: 127\.0\.0\.1 told us to wait; try again at"):
        fetch(paths, site)
    asked = len(api.asked)
    site.respond = api
    next(paths.pace.glob("*.closed")).unlink()
    fetch(paths, site)
    assert [path for path in api.asked[asked:] if "tabledWhenFrom" in path] == []


def test_fewer_rows_than_announced_is_an_error_with_both_numbers(paths, site):
    site.respond = lambda _: json.dumps({"totalResults": 7, "results": [{"value": question(1)}]}).encode()
    with pytest.raises(UpstreamError, match=r"announces 7 questions tabled .* gave 1 different"):
        fetch(paths, site)


def test_a_filter_that_is_ignored_is_noticed(paths, site):
    site.respond = Api([question(1, dateTabled="2019-01-01T00:00:00")])
    with pytest.raises(UpstreamError, match=r"number 1, whose date is 2019-01-01; it seems to ignore"):
        fetch(paths, site)


def test_a_changed_shape_is_reported_with_the_field(paths, site, caplog):
    row = question(1)
    row["askedByMember"] = row.pop("askingMemberId")
    site.respond = Api([row])
    assert ingest.parse(paths, "written_questions", fetch(paths, site).manifest).quarantined_count == 1
    assert "1 of 2 documents is not understood" in caplog.text
    assert "`askingMemberId`" in caplog.text


@pytest.mark.parametrize("odd", [None, 7, {}, [], {"value": None}])
def test_rows_that_are_no_questions_keep_no_other_from_being_fetched(paths, site, odd):
    api = Api([question(number) for number in range(1, 5)])

    def respond(path):
        body = json.loads(api(path))
        if "results" in body:
            body["results"][1:1] = [odd, odd] if body["results"] else []
            body["totalResults"] += 2 * bool(body["results"])
        return json.dumps(body).encode()

    site.respond = respond
    fetched = fetch(paths, site)
    with pytest.raises(OrderPaperError, match="2 of 6 rows are not understood"):
        ingest.parse(paths, "written_questions", fetched.manifest)
    assert fetched.request_count == 3, "the rows add up, so no list is read again"


@pytest.mark.parametrize("number", [2**63, 10**30, 0, -1])
def test_a_number_that_is_no_id_puts_its_row_in_quarantine_and_keeps_no_other_from_being_counted(paths, site, number):
    site.respond = Api([question(number), question(2)])
    parsed = ingest.parse(paths, "written_questions", fetch(paths, site).manifest)
    assert (parsed.refused_row_count, parsed.record_counts["question"]) == (1, 1)
    load(paths)
    assert rows(paths, "SELECT row_address, reason LIKE '%.id`%' FROM raw.quarantine") == [("$.results[0]", True)]


def test_a_larger_share_of_the_rows_that_is_not_understood_stops_the_run(paths, site):
    site.respond = Api([*(question(number) for number in range(1, 9)), question(9, uin=9), question(10, uin=10)])
    manifest = fetch(paths, site).manifest
    with pytest.raises(OrderPaperError, match=r"2 of 10 rows are not understood \(tolerated: 2%\).*`\$.value.uin`"):
        ingest.parse(paths, "written_questions", manifest)


def test_rows_behind_a_total_that_is_too_small_are_noticed(paths, site):
    numbers = [question(number) for number in range(1, 251)]

    def respond(path):
        payload = json.loads(Api(numbers)(path))
        return json.dumps(payload | {"totalResults": 200}).encode()

    site.respond = respond
    with pytest.raises(UpstreamError, match=r"announces 200 questions tabled .* gave 250 different"):
        fetch(paths, site)


def test_an_unknown_field_is_drift_and_no_error(paths, site):
    site.respond = Api([question(1, mood="hopeful")])
    ingest.parse(paths, "written_questions", fetch(paths, site).manifest)
    load(paths)
    assert rows(paths, "SELECT DISTINCT field_path, example FROM raw.drift") == [("value.mood", "'hopeful'")]


def test_loading_twice_changes_nothing(paths, site):
    site.respond = Api([answered(1, "£5 million."), question(2)])
    ingest.parse(paths, "written_questions", fetch(paths, site).manifest)
    load(paths)
    tables = [name for (name,) in rows(paths, "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'raw'")]
    before = {table: rows(paths, f"FROM raw.{table} ORDER BY ALL") for table in tables}
    assert not ingest.parse(paths, "written_questions", fetch(paths, site).manifest).is_new
    assert load(paths).document_count == 0
    after = {
        table: rows(paths, f"FROM raw.{table} ORDER BY ALL") for table in tables if table not in ("fetch", "fetch_file")
    }
    assert after == {table: found for table, found in before.items() if table in after}


def test_a_loaded_batch_knows_its_documents_and_when_the_last_of_them_came(paths, site):
    site.respond = Api([answered(1, "£5 million."), question(2)])
    ingest.parse(paths, "written_questions", fetch(paths, site).manifest)
    load(paths)
    ((document_ids, fetched_at),) = rows(paths, "SELECT document_ids, fetched_at FROM raw.batch")
    assert rows(paths, "SELECT list(document_id ORDER BY document_id), max(fetched_at) FROM raw.document") == [
        (document_ids, fetched_at)
    ]


def test_a_lost_build_database_is_made_again_from_the_records(paths, site):
    site.respond = Api([answered(1, "£5 million."), question(2)])
    ingest.parse(paths, "written_questions", fetch(paths, site).manifest)
    load(paths)
    before = rows(paths, "FROM raw.question ORDER BY ALL")
    paths.work_database.unlink()
    load(paths)
    assert rows(paths, "FROM raw.question ORDER BY ALL") == before


def set_version(monkeypatch, version):
    """Change the digest of the parsers' code, as a change of the parsers does."""
    monkeypatch.setattr(versions, "parser_version", lambda _: version)


def test_the_present_parser_replaces_the_rows_of_any_other(paths, site, monkeypatch):
    site.respond = Api([question(1)])
    manifest = fetch(paths, site).manifest
    ingest.parse(paths, "written_questions", manifest)
    load(paths)
    set_version(monkeypatch, "b")
    ingest.parse(paths, "written_questions", manifest)
    assert load(paths).document_count > 0
    assert rows(paths, "SELECT DISTINCT parser_version FROM raw.question") == [("b",)]
    assert rows(paths, "SELECT count(*) FROM raw.question") == [(1,)]


def test_a_parser_that_is_changed_back_replaces_the_rows_again(paths, site, monkeypatch):
    site.respond = Api([question(1)])
    manifest = fetch(paths, site).manifest
    for version in ("a", "b", "a"):
        set_version(monkeypatch, version)
        assert ingest.parse(paths, "written_questions", manifest).is_new
        assert load(paths).document_count > 0
        assert rows(paths, "SELECT DISTINCT parser_version FROM raw.question") == [(version,)]
        assert [path.name[-2:] for path in paths.records.glob("*/*")] == [f"v{version}"]
        assert rows(paths, "SELECT right(batch_id, 2) FROM raw.batch") == [(f"v{version}",)]


def test_of_other_parsers_the_newest_rows_stand_in_whatever_order_they_are_loaded(paths, site, monkeypatch):
    site.respond = Api([question(1)])
    manifest = fetch(paths, site).manifest
    for version in ("c", "a", "b"):
        set_version(monkeypatch, version)
        ingest.parse(paths, "written_questions", manifest)
    set_version(monkeypatch, "d")
    load(paths)
    assert rows(paths, "SELECT DISTINCT parser_version FROM raw.question") == [("b",)]
    set_version(monkeypatch, "a")
    paths.work_database.unlink()
    load(paths)
    assert rows(paths, "SELECT DISTINCT parser_version FROM raw.question") == [("a",)]


def test_batches_of_numbered_versions_are_older_than_any_other(paths, site):
    site.respond = Api([question(1)])
    manifest = fetch(paths, site).manifest
    new = ingest.parse(paths, "written_questions", manifest).batch_id
    for file in list(paths.records.glob("*/*/*.parquet")):
        older = file.parents[1] / f"{manifest}_v3004" / file.name
        older.parent.mkdir(exist_ok=True)
        changed = {"batch": "REPLACE (replace(batch_id, 'v', 'v3004') AS batch_id)", "document": "EXCLUDE (parsed_at)"}
        with duckdb.connect() as connection:
            columns = f"* {changed.get(file.stem, '')}"
            table = connection.execute(f"SELECT {columns} FROM '{file}'").to_arrow_table()
        if "parser_version" in table.column_names:
            place = table.column_names.index("parser_version")
            table = table.set_column(place, "parser_version", pa.array([3004] * len(table)))
        pq.write_table(table, older)
    load(paths)
    assert rows(paths, "SELECT DISTINCT parser_version FROM raw.question") == [(new.rpartition("_v")[2],)]
    assert not (paths.records / "written_questions" / f"{manifest}_v3004").exists()


def test_a_row_that_is_not_understood_is_quarantined_alone(paths, site):
    site.respond = Api([question(1), question(2, id="odd"), question(3)])
    parsed = ingest.parse(paths, "written_questions", fetch(paths, site).manifest)
    assert (parsed.quarantined_count, parsed.record_counts["question"]) == (0, 2)
    load(paths)
    assert rows(paths, 'SELECT row_address, excerpt LIKE \'%"id": "odd"%\' FROM raw.quarantine') == [
        ("$.results[1]", True)
    ]
    assert rows(paths, "SELECT row_count, refused_row_count FROM raw.document WHERE announced_count = 3") == [(2, 1)]


def test_what_is_given_again_after_something_else_is_news(paths, site):
    api = site.respond = Api([question(1)])
    first = fetch(paths, site)
    assert not fetch(paths, site).is_given_again
    api.rows = [answered(1, "Yes.")]
    ingest.fetch(paths, "written_questions", Window(WINDOW.start_on, date(2025, 3, 15)), site.url, "run")
    api.rows = [question(1)]
    again = fetch(paths, site)
    assert (again.manifest, again.new_document_count, again.is_given_again) == (first.manifest, 0, True)
    load(paths)
    assert rows(
        paths,
        "SELECT count(DISTINCT requested_at) FROM raw.fetch WHERE url LIKE '%tabledWhenTo=2025-03-14%' AND document_id"
        " IS NOT NULL",
    ) == [(3,)]


def test_a_detail_of_another_question_is_not_taken_and_is_asked_for_again(paths, site):
    long = "A word and another. " * 30
    api = site.respond = Api([*(question(number) for number in range(2, 90)), answered(1, long[:255] + "...")])
    for given in (answered(7, f"<p>{long}</p>"), answered(2, f"<p>{long}</p>")):
        api.details[1] = given
        fetched = fetch(paths, site)
        assert not any(path.endswith("/questions/1") for path in urls(paths, fetched.manifest))
        assert ingest.parse(paths, "written_questions", fetched.manifest).quarantined_count == 0
    (absent,) = missing.read(Landing(paths.landing), "written_questions")
    assert "asked for the question 1, the API gave the question 2" in absent.reason
    api.details[1] = answered(1, f"<p>{long}</p>")
    fetched = fetch(paths, site)
    assert any(path.endswith("/questions/1") for path in urls(paths, fetched.manifest))
    assert ingest.parse(paths, "written_questions", fetched.manifest).quarantined_count == 0


def urls(paths, manifest):
    return [document.url for document in Landing(paths.landing).read_manifest("written_questions", manifest).documents]


def test_a_site_that_has_none_of_the_details_is_not_as_agreed(paths, site):
    long = "A word and another. " * 30
    api = Api([answered(number, long[:255] + "...") for number in range(1, 6)])

    def respond(path):
        return (404, {}, b"{}") if path.startswith(f"{LIST_PATH}/") else api(path)

    site.respond = respond
    with pytest.raises(UpstreamError, match="does not have 5 of the 5 details that its lists announce"):
        fetch(paths, site)


def test_a_document_that_is_set_aside_has_no_rows_until_it_is_released(paths, site):
    site.respond = Api([question(1), answered(2, "Yes.")])
    ingest.parse(paths, "written_questions", fetch(paths, site).manifest)
    load(paths)
    ((document_id,),) = rows(paths, "SELECT document_id FROM raw.document WHERE announced_count = 2")
    before = rows(paths, "SELECT document_id, count(*) FROM raw.question GROUP BY ALL ORDER BY ALL")
    landing = Landing(paths.landing)
    set_aside.set_aside(landing, document_id, "it has every item twice")
    for _ in range(2):
        load(paths)
        assert rows(paths, f"SELECT count(*) FROM raw.question WHERE document_id = '{document_id}'") == [(0,)]
        assert rows(paths, "SELECT stage, reason, row_address FROM raw.quarantine") == [
            ("manual", "it has every item twice", None)
        ]
    set_aside.release(landing, document_id)
    load(paths)
    assert rows(paths, "SELECT document_id, count(*) FROM raw.question GROUP BY ALL ORDER BY ALL") == before
    assert rows(paths, "SELECT count(*) FROM raw.quarantine") == [(0,)]


def test_only_a_known_document_is_set_aside_or_released(paths):
    landing = Landing(paths.landing)
    with pytest.raises(ConfigError, match="There is no document 'x'"):
        set_aside.set_aside(landing, "x", "why")
    with pytest.raises(ConfigError, match="'x' is not set aside"):
        set_aside.release(landing, "x")


def test_a_torn_line_in_the_fetch_log_is_left_out(paths, site):
    site.respond = Api([question(1)])
    fetch(paths, site)
    (log,) = paths.landing.glob("fetch_log/*/*.jsonl")
    with log.open("a") as file:
        file.write('{"fetch_id": "torn", "sour')
    assert load(paths).fetch_count == 3


def test_an_inbox_without_a_new_file_is_no_news_on_another_day(paths, tmp_path, monkeypatch):
    inbox = tmp_path / "dropped"
    inbox.mkdir()
    (inbox / "note.txt").write_text("Milk, eggs, bread.\n")
    (inbox / "a.txt").write_text("Tea.\n")
    monkeypatch.setenv("ORDERPAPER_INBOX", str(inbox))
    tomorrow = Window(WINDOW.end_on + timedelta(1), WINDOW.end_on + timedelta(1))
    first = ingest.fetch(paths, "inbox", WINDOW, None, "run")
    assert ingest.parse(paths, "inbox", first.manifest).is_new
    again = ingest.fetch(paths, "inbox", tomorrow, None, "run-2")
    assert (again.manifest, again.is_given_again) == (first.manifest, False)
    assert not ingest.parse(paths, "inbox", again.manifest).is_new
    (inbox / "another.txt").write_text("Rice.\n")
    more = ingest.fetch(paths, "inbox", tomorrow, None, "run-3")
    assert (more.document_count, more.new_document_count) == (3, 1)
    assert ingest.parse(paths, "inbox", more.manifest).is_new


def test_an_inbox_takes_what_it_knows_and_quarantines_the_rest(paths, tmp_path, monkeypatch):
    inbox = tmp_path / "dropped"
    (inbox / "deep").mkdir(parents=True)
    (inbox / "deep" / "note.txt").write_text("Milk, eggs, bread.\n")
    (inbox / ".DS_Store").write_bytes(b"\0")
    page = {"totalResults": 1, "results": [{"value": question(1), "links": []}]}
    (inbox / "page.json").write_text(json.dumps(page))
    (inbox / "copy of page.json").write_text(json.dumps(page))
    monkeypatch.setenv("ORDERPAPER_INBOX", str(inbox))
    fetched = ingest.fetch(paths, "inbox", WINDOW, None, "run")
    assert (fetched.document_count, fetched.new_document_count, fetched.request_count) == (3, 2, 0)
    parsed = ingest.parse(paths, "inbox", fetched.manifest)
    assert (parsed.document_count, parsed.quarantined_count, parsed.record_counts["question"]) == (2, 1, 1)
    load(paths)
    ((url, stage, excerpt),) = rows(paths, "SELECT url, stage, excerpt FROM raw.quarantine")
    assert (url, stage, excerpt) == ("deep/note.txt", "parse", "Milk, eggs, bread.\n")
    assert ingest.fetch(paths, "inbox", WINDOW, None, "run").new_document_count == 0


def test_a_file_too_large_to_read_is_quarantined_with_its_size(paths, tmp_path, monkeypatch):
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "large.txt").write_bytes(b"x" * 21_000_000)
    monkeypatch.setenv("ORDERPAPER_INBOX", str(tmp_path / "inbox"))
    ingest.parse(paths, "inbox", ingest.fetch(paths, "inbox", WINDOW, None, "run").manifest)
    load(paths)
    ((reason,),) = rows(paths, "SELECT reason FROM raw.quarantine")
    assert reason == "the document has 21.0 MB; a document of more than 20 MB is not read"


def test_one_document_that_is_not_understood_is_left_to_the_audit_and_its_interval_asked_for_again(paths, site, caplog):
    site.respond = Api([question(1, dateAnswered="2025-03-12T00:00:00")])
    manifest = fetch(paths, site).manifest
    assert ingest.parse(paths, "written_questions", manifest).quarantined_count == 1
    assert "1 of 2 documents is not understood" in caplog.text
    assert "without an answerText" in caplog.text
    assert attempts.is_open(Landing(paths.landing), "written_questions", WINDOW)


def test_an_empty_inbox_is_no_error(paths, tmp_path, monkeypatch):
    monkeypatch.setenv("ORDERPAPER_INBOX", str(tmp_path / "nowhere"))
    fetched = ingest.fetch(paths, "inbox", WINDOW, None, "run")
    assert ingest.parse(paths, "inbox", fetched.manifest).document_count == 0
    assert load(paths).document_count == 0


def test_bad_arguments_are_one_sentence(paths):
    with pytest.raises(ConfigError, match="no source 'astrology'; there are"):
        ingest.fetch(paths, "astrology", WINDOW, None, "run")
    with pytest.raises(ConfigError, match="starts on 2025-03-14, after it ends"):
        Window(WINDOW.end_on, WINDOW.start_on)


def test_raw_tables_of_another_shape_are_made_again(paths, site):
    site.respond = Api([question(1)])
    ingest.parse(paths, "written_questions", fetch(paths, site).manifest)
    load(paths)
    with duckdb.connect(paths.work_database) as connection:
        connection.execute("ALTER TABLE raw.question DROP COLUMN heading")
    load(paths)
    assert rows(paths, "SELECT heading FROM raw.question") == [("Numbers",)]


def test_a_batch_of_an_older_shape_is_loaded_with_its_new_columns_empty(paths, site):
    site.respond = Api([question(1)])
    ingest.parse(paths, "written_questions", fetch(paths, site).manifest)
    (file,) = paths.records.glob("*/*/question.parquet")
    with duckdb.connect() as connection:
        older = connection.execute(f"SELECT * EXCLUDE (heading) FROM '{file}'").to_arrow_table()
    pq.write_table(older, file)
    checksums.write(file.parent)
    load(paths)
    assert rows(paths, "SELECT question_id, heading FROM raw.question") == [(1, None)]


def flip_a_bit(file):
    body = bytearray(file.read_bytes())
    body[len(body) // 2] ^= 4
    file.write_bytes(body)


def truncate(file):
    file.write_bytes(file.read_bytes()[:-7])


def test_every_flipped_bit_of_a_record_file_is_noticed(paths, site):
    site.respond = Api([answered(1, "£449,000,000.")])
    folder = paths.records / ingest.parse(paths, "written_questions", fetch(paths, site).manifest).batch_id
    assert checksums.damage(folder) is None
    for name in ("funding_figure.parquet", checksums.NAME):
        whole = (folder / name).read_bytes()
        for place in range(0, len(whole), max(1, len(whole) // 60)):
            (folder / name).write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
            assert checksums.damage(folder)
        (folder / name).write_bytes(whole)


@pytest.mark.parametrize("damage", [flip_a_bit, truncate, Path.unlink], ids=["flipped", "truncated", "missing"])
@pytest.mark.parametrize("name", ["answer", "document", "batch", "SHA256SUMS"])
def test_a_damaged_batch_is_made_again_from_the_landing_zone(paths, site, caplog, damage, name):
    site.respond = Api([answered(1, "£449,000,000."), question(2)])
    manifest = fetch(paths, site).manifest
    batch_id = ingest.parse(paths, "written_questions", manifest).batch_id
    (file,) = (path for path in (paths.records / batch_id).iterdir() if path.stem == name)
    damage(file)
    assert load(paths).remade_count == 1
    (warning,) = [record.getMessage() for record in caplog.records if "is damaged" in record.getMessage()]
    assert warning.startswith(f"{paths.records / batch_id} is damaged (")
    assert warning.endswith("; it is made again from the landing zone.")
    assert rows(paths, "SELECT DISTINCT amount_low FROM raw.funding_figure") == [(449_000_000,)]
    assert load(paths).remade_count == 0
    damage(file)
    assert ingest.parse(paths, "written_questions", manifest).is_new
    assert checksums.damage(paths.records / batch_id) is None


def test_a_damaged_batch_of_an_older_parser_is_made_again_by_the_present_one(paths, site, monkeypatch):
    site.respond = Api([question(1)])
    manifest = fetch(paths, site).manifest
    old = paths.records / ingest.parse(paths, "written_questions", manifest).batch_id
    truncate(old / "question.parquet")
    set_version(monkeypatch, "b")
    load(paths)
    assert rows(paths, "SELECT parser_version FROM raw.question") == [("b",)]
    assert not old.exists()


def test_a_damaged_batch_without_its_manifest_is_one_sentence(paths, site):
    site.respond = Api([question(1)])
    folder = paths.records / ingest.parse(paths, "written_questions", fetch(paths, site).manifest).batch_id
    truncate(folder / "question.parquet")
    shutil.rmtree(paths.landing / "manifests")
    with pytest.raises(
        OrderPaperError, match=f"^The damaged batch {folder} cannot be made again: The manifest .* read"
    ):
        load(paths)
    assert folder.exists()


def test_a_changed_list_of_phrases_is_read_again_from_the_records(paths, site, caplog, edit_list):
    site.respond = Api([answered(1, "We count gulls."), question(2)])
    ingest.parse(paths, "written_questions", fetch(paths, site).manifest)
    load(paths)
    readings = {table: rows(paths, f"FROM raw.{table} ORDER BY ALL") for table in READING_TYPES}
    edit_list("topic_keyword", "environment,include,gull")
    shutil.rmtree(paths.landing / "packs")
    with caplog.at_level("INFO"):
        load(paths)
    assert "are read again from their records" in caplog.text
    found = rows(paths, "SELECT statement_kind, topic_key, parser_version FROM raw.topic_mention WHERE phrase = 'gull'")
    version = versions.parser_version("written_questions")
    assert found == [("answer", "environment", version)] * len(found) != []
    caplog.clear()
    load(paths)
    assert "are read again" not in caplog.text
    edit_list("topic_keyword", "")
    load(paths)
    assert {table: rows(paths, f"FROM raw.{table} ORDER BY ALL") for table in READING_TYPES} == readings


def refuse_all(document):
    raise ParseError("line 1: a comma where a full stop is due")


def test_a_refusal_stays_when_a_newer_parser_understands_the_document(paths, site, monkeypatch):
    site.respond = Api([question(1)])
    manifest = fetch(paths, site).manifest
    parser = "orderpaper.sources.written_questions.parse"
    with monkeypatch.context() as patch:
        patch.setattr(f"{parser}.parse", refuse_all)
        with pytest.raises(OrderPaperError, match="a comma where a full stop is due"):
            ingest.parse(paths, "written_questions", manifest)
    load(paths)
    assert rows(paths, "SELECT DISTINCT document_kind FROM raw.document") == [(None,)]
    set_version(monkeypatch, "b")
    ingest.parse(paths, "written_questions", manifest)
    load(paths)
    assert (None,) not in rows(paths, "SELECT document_kind FROM raw.document")
    assert rows(paths, "SELECT DISTINCT parser_version != 'b', reason FROM raw.quarantine") == [
        (True, "line 1: a comma where a full stop is due")
    ]


def test_a_batch_that_a_newer_parser_has_made_again_is_removed(paths, site, monkeypatch):
    site.respond = Api([question(1)])
    manifest = fetch(paths, site).manifest
    old = ingest.parse(paths, "written_questions", manifest).batch_id
    load(paths)
    set_version(monkeypatch, "b")
    new = ingest.parse(paths, "written_questions", manifest).batch_id
    assert (paths.records / old).exists()
    load(paths)
    assert not (paths.records / old).exists()
    assert (paths.records / new).exists()
    before = rows(paths, "FROM raw.question ORDER BY ALL")
    paths.work_database.unlink()
    load(paths)
    assert rows(paths, "FROM raw.question ORDER BY ALL") == before


def test_a_damaged_body_waits_in_quarantine_until_it_is_fetched_again(paths, site, monkeypatch):
    set_version(monkeypatch, "b")
    site.respond = Api([question(1), question(2)])
    manifest = fetch(paths, site).manifest
    ingest.parse(paths, "written_questions", manifest)
    load(paths)
    tables = ("question", "document")
    before = [
        rows(paths, f"SELECT COLUMNS(c -> c NOT IN ('fetched_at', 'parsed_at')) FROM raw.{table} ORDER BY ALL")
        for table in tables
    ]
    site.requests.clear()

    shutil.rmtree(paths.records)
    paths.work_database.unlink()
    change_body(paths.landing, b"Treasury", b"Tr\0asury")
    for _ in range(2):
        assert ingest.parse(paths, "written_questions", manifest).quarantined_count == 1
    load(paths)
    ((stage, version),) = rows(paths, "SELECT stage, parser_version FROM raw.quarantine")
    assert (stage, version) == ("landing", "unread")
    assert site.requests == []

    again = fetch(paths, site)
    assert again.new_document_count == 1
    ingest.parse(paths, "written_questions", again.manifest)
    load(paths)
    assert [
        rows(paths, f"SELECT COLUMNS(c -> c NOT IN ('fetched_at', 'parsed_at')) FROM raw.{table} ORDER BY ALL")
        for table in tables
    ] == before
    assert len(rows(paths, "FROM raw.quarantine")) == 1


def test_a_body_that_was_put_back_is_parsed_again_without_fetching(paths, site):
    site.respond = Api([question(1)])
    manifest = fetch(paths, site).manifest
    pack = pack_of(paths.landing)
    whole = pack.read_bytes()
    pack.unlink()
    with pytest.raises(OrderPaperError, match="is missing from the landing zone"):
        ingest.parse(paths, "written_questions", manifest)
    load(paths)
    pack.write_bytes(whole)
    assert ingest.parse(paths, "written_questions", manifest).is_new
    load(paths)
    assert rows(paths, "SELECT count(*) FROM raw.question") == [(1,)]
    assert len(list(paths.records.glob("*/*"))) == 1, "the batch without it was removed"


def test_the_order_of_loading_makes_no_difference(paths, site):
    """An empty page comes from every address of a day without questions: it is one document."""
    windows = [Window(date(2025, 3, day), date(2025, 3, day)) for day in (12, 10, 11)]
    site.respond = Api([])
    for window in windows:
        manifest = ingest.fetch(paths, "written_questions", window, site.url, "run").manifest
        ingest.parse(paths, "written_questions", manifest)
        load(paths)
    ((url, _),) = before = rows(paths, "SELECT url, fetched_at FROM raw.document")
    assert "2025-03-10" in url
    paths.work_database.unlink()
    load(paths)
    assert rows(paths, "SELECT url, fetched_at FROM raw.document") == before
