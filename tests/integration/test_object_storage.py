"""The landing zone and the records in a bucket of a real S3 server and, by the same tests, on a disk."""

import datetime as dt
import hashlib
import subprocess
import sys
import time

import duckdb
import pytest
import s3

from orderpaper import ingest
from orderpaper.config import Paths
from orderpaper.errors import ConfigError, OrderPaperError, StorageError
from orderpaper.ingest import batches, chunks
from orderpaper.landing import DocumentRef, Held, Landing, Manifest, Window, attempts, document_name, missing
from orderpaper.simulate.parliament import SimulatedParliament
from orderpaper.simulate.server import serve
from orderpaper.storage import Lines, Note, Store
from orderpaper.storage import bucket as bucket_module
from orderpaper.storage import lines as lines_module
from orderpaper.warehouse.load import load

NOW = dt.datetime(2025, 3, 10, 12, tzinfo=dt.UTC)
DAY = NOW.date()
WINDOW = Window(DAY, DAY)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with s3.server(tmp_path_factory.mktemp("s3")) as url:
        yield url


@pytest.fixture
def faults(server, monkeypatch, tmp_path):
    with s3.proxy(server) as (url, found):
        for name, value in s3.environment(url).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("ORDERPAPER_HOME", str(tmp_path / "home"))
        yield found


@pytest.fixture
def bucket(faults, request):
    """The URL of an empty prefix."""
    return f"s3://{s3.BUCKET}/{hashlib.sha256(request.node.name.encode()).hexdigest()[:12]}"


@pytest.fixture(params=["disk", "bucket"])
def location(request, tmp_path):
    return tmp_path / "disk" if request.param == "disk" else request.getfixturevalue("bucket")


def landed(landing, count, source="members"):
    """Put documents into a landing zone as a fetch does; return them."""
    found = []
    for number in range(count):
        document_id, _ = landing.put(f"body {number} of {source}".encode())
        url = f"/{source}/{number}"
        landing.hold(source, Held(url=url, document_id=document_id, media_type="t", fetched_at=NOW, etag="e"))
        found.append(DocumentRef(document_id=document_id, kind="list", url=url, media_type="t", fetched_at=NOW))
    return found


def test_objects_are_written_read_listed_and_removed(location):
    store = Store(location)
    assert store.entries("a") == []
    assert store.size("a/one") is None
    assert store.digest("a/one") is None
    with pytest.raises(FileNotFoundError):
        store.read("a/one")
    store.write("a/one", b"first")
    store.write("a/one", b"second")
    store.write("a/b/empty", b"")
    assert store.create("a/two", b"2")
    assert not store.create("a/two", b"22")
    assert (store.read("a/one"), store.read("a/b/empty"), store.read("a/two")) == (b"second", b"", b"2")
    assert store.digest("a/one") == hashlib.sha256(b"second").hexdigest()
    assert [(entry.name, entry.byte_count) for entry in store.entries("a")] == [
        ("a/b/empty", 0),
        ("a/one", 6),
        ("a/two", 1),
    ]
    assert all(abs(dt.datetime.now(dt.UTC) - entry.written_at) < dt.timedelta(hours=1) for entry in store.entries("a"))
    assert store.sizes("a", ["a/one", "a/three"]) == {"a/one": 6}
    assert list(store.each(store.read, ["a/two", "a/one"])) == [b"2", b"second"]
    store.remove("a/one")
    store.remove("a/one")
    assert [entry.name for entry in store.entries("a")] == ["a/b/empty", "a/two"]
    store.remove_all(["a/two", "a/gone", "a/b/empty"])
    assert store.entries("a") == []


def test_a_note_that_another_run_has_written_meanwhile_is_left_as_it_is(location):
    store = Store(location)
    late, quick, quicker = (Note(store, "notes/open.json", dict[str, int], "it is made again") for _ in range(3))
    assert (late.read(), quick.read()) == (None, None)
    quick.write({"a": 1})
    with pytest.raises(StorageError, match=r"notes/open\.json was written by another run while this one fetched"):
        late.write({"b": 2})
    assert (late.read(), quicker.read()) == ({"a": 1}, {"a": 1})
    quicker.write({"a": 3})
    with pytest.raises(StorageError, match="run the task again"):
        late.write({"b": 2})
    assert late.read() == {"a": 3}
    store.remove("notes/open.json")
    with pytest.raises(StorageError, match="run the task again"):
        late.write({"b": 2})


def test_a_note_whose_answer_is_lost_is_written_once(bucket, faults):
    note = Note(Store(bucket), "open.json", dict[str, int], "it is made again")
    for count in (1, 2):
        note.read()
        faults.loses = s3.once("PUT", "/open.json")
        note.write({"a": count})
        assert Note(Store(bucket), "open.json", dict[str, int], "").read() == {"a": count}


def test_what_is_missing_of_other_parts_is_kept(location):
    landing = Landing(location)
    first, second, late = (missing.Missing(landing, "members", DAY) for _ in range(3))
    first.note("lists", DAY, {"a": "404"})
    first.save()
    second.note("biographies", DAY, {"b": "404"})
    second.save()
    assert {each.name for each in missing.read(landing, "members")} == {"a", "b"}
    late.note("lists", DAY, {})
    with pytest.raises(StorageError, match=r"missing/members\.json was written by another run"):
        late.save()


def test_a_large_file_is_placed_as_it_is(location, tmp_path):
    store = Store(location)
    body = bytes(range(256)) * 80_000  # more than one part of an upload
    with store.new_file() as file:
        file.write_bytes(body)
        store.place(file, "large")
    assert store.digest("large") == hashlib.sha256(body).hexdigest()
    assert store.copy("large", tmp_path / "copy").read_bytes() == body
    assert [entry.name for entry in store.entries("")] == ["large"]


def test_lines_are_there_after_the_writer_has_ended(location, monkeypatch):
    monkeypatch.setattr(lines_module, "_MOST_LINES_BYTES", 50)
    store = Store(location)
    lines = Lines(store, "log/x", ".jsonl")
    for number in range(20):
        lines.add(b"line %d\n" % number)
    lines.close()
    Lines(store, "log/empty", ".jsonl").close()
    written = b"".join(store.read(entry.name) for entry in store.entries("log"))
    assert sorted(written.splitlines()) == sorted(b"line %d" % number for number in range(20))


def test_lines_are_in_the_bucket_before_the_end(bucket, monkeypatch):
    monkeypatch.setattr(lines_module, "_FLUSHED_EVERY_SECONDS", 0)
    lines = Lines(Store(bucket), "log/x", ".jsonl")
    for number in range(3):
        lines.add(b"%d\n" % number)
        assert Store(bucket).read("log/x.jsonl").endswith(b"%d\n" % number)


def test_a_fetch_is_packed_and_read_from_another_process(location):
    landing = Landing(location)
    documents = landed(landing, 250)
    assert landing.put(b"body 7 of members") == (documents[7].document_id, False)
    assert landing.seal("members", documents) == 250
    assert landing.store.entries("documents") == []
    assert len(landing.store.entries("packs")) == 1
    other = Landing(location)
    assert [other.read(ref.document_id) for ref in documents] == [b"body %d of members" % n for n in range(250)]
    assert other.size(documents[0].document_id) == len(b"body 0 of members")
    assert other.held("members", "/members/3").etag == "e"
    assert other.put(b"body 7 of members") == (documents[7].document_id, False)
    with pytest.raises(OrderPaperError, match="missing from the landing zone"):
        other.read("0" * 64)


def test_a_document_takes_few_requests(bucket, faults):
    landing = Landing(bucket)
    documents = landed(landing, 200)
    assert len(faults.requests) <= 2 * 200 + 5, "a body and the entry of its address"
    faults.requests.clear()
    landing.seal("members", documents)
    assert len(faults.requests) <= 2 * 200 + 20, "both are read; bodies are removed together"
    faults.requests.clear()
    other = Landing(bucket)
    for ref in documents:
        other.read(ref.document_id)
    assert len(faults.requests) <= 20, "a hundred bodies are read together"


def test_what_a_fetch_leaves_is_found_by_the_next(location):
    landing, window = Landing(location), Window(DAY, DAY)
    assert attempts.begin(landing, "members", window, NOW) == NOW
    assert attempts.begin(Landing(location), "members", window, NOW + dt.timedelta(minutes=5)) == NOW
    assert attempts.is_open(landing, "members", window)
    attempts.end(landing, "members", window)
    assert not attempts.is_open(landing, "members", window)
    absent = missing.Missing(landing, "hansard", DAY)
    absent.note("Commons", DAY, {"one": "404"})
    absent.save()
    assert [each.name for each in missing.read_all(Landing(location))["hansard"]] == ["one"]
    first, second = (
        landing.write_manifest(
            Manifest(source="members", interval_start=DAY, interval_end=DAY, documents=landed(landing, count))
        )
        for count in (1, 2)
    )
    assert landing.newest_manifest("members") == second
    assert landing.manifests("members") == sorted([first, second], reverse=True)
    assert landing.whole_interval("members", DAY, DAY) in (first, second)
    assert landing.newest_manifest("inbox") is None


def test_a_body_that_is_damaged_is_stored_again(location):
    landing = Landing(location)
    document_id, _ = landing.put(b"one")
    landing.store.write(document_name(document_id), b"two")
    with pytest.raises(OrderPaperError, match="is damaged"):
        landing.read(document_id)
    assert landing.put(b"one") == (document_id, True)
    assert landing.read(document_id) == b"one"


def test_storage_that_asks_to_slow_down_is_asked_again(bucket, faults):
    landing = Landing(bucket)
    faults.refuses = s3.once("PUT", "/(documents|packs)/", times=6)
    documents = landed(landing, 3)
    landing.seal("members", documents)
    assert [landing.read(ref.document_id) for ref in documents] == [b"body %d of members" % n for n in range(3)]
    faults.refuses = s3.once("GET", "", times=4)
    assert Landing(bucket).read(documents[0].document_id) == b"body 0 of members"


def test_a_connection_that_is_lost_in_an_upload_leaves_no_half_object(bucket, faults):
    landing = Landing(bucket)
    documents = landed(landing, 120)
    faults.breaks = s3.once("PUT", "/packs/", times=2)
    assert landing.seal("members", documents) == 120
    assert Landing(bucket).read(documents[99].document_id) == b"body 99 of members"
    assert len(landing.store.entries("packs")) == 1


@pytest.mark.parametrize("fault", ["breaks", "loses"])
def test_a_body_is_stored_although_its_connection_is_lost(bucket, faults, fault):
    landing = Landing(bucket)
    setattr(faults, fault, s3.once("PUT", "/documents/"))
    document_id, _ = landing.put(b"one")
    assert landing.read(document_id) == b"one"


def test_a_pack_that_no_listing_has_yet_keeps_its_bodies(bucket, faults):
    """Others find a pack by a listing. Until it has the pack, the bodies stay where they are."""
    faults.hidden_for = 2
    landing = Landing(bucket)
    documents = landed(landing, 5)
    waits = landing.store.await_listed

    def seen(name):
        assert landing.store.entries("packs") == []
        assert all(Landing(bucket).read(ref.document_id) for ref in documents)
        waits(name)

    landing.store.await_listed = seen
    assert landing.seal("members", documents) == 5
    assert landing.store.entries("documents") == []
    assert [Landing(bucket).read(ref.document_id) for ref in documents] == [b"body %d of members" % n for n in range(5)]


def test_an_outage_is_one_sentence_and_no_document_is_called_unread(bucket, faults, monkeypatch):
    monkeypatch.setattr(bucket_module, "RETRY_FOR", dt.timedelta(seconds=1))
    landing = Landing(bucket)
    document_id, _ = landing.put(b"one")
    ref = DocumentRef(document_id=document_id, kind="file", url="u", media_type="t", fetched_at=NOW)
    (chunk,) = chunks.chunks_of(bucket, "inbox", "1", NOW, [ref])
    faults.refuses = lambda method, path: True
    with pytest.raises(StorageError, match=r"s3://orderpaper/\w+/\S+ cannot be (read|listed): .*503.*SlowDown") as told:
        chunks.parse_chunk(chunk)
    assert "\n" not in str(told.value)
    faults.refuses = lambda method, path: False
    assert chunks.parse_chunk(chunk).unread_ids == []


def test_a_bucket_that_is_not_there_is_not_taken_for_an_empty_one(faults):
    store = Store("s3://another-bucket/prefix")
    with pytest.raises(OrderPaperError, match=r"another-bucket"):
        store.read("x")
    with pytest.raises(OrderPaperError, match=r"another-bucket"):
        store.entries("x")


@pytest.mark.parametrize("url", ["http://host/x", "s3://", "s3:///prefix", "gs://bucket/prefix"])
def test_another_url_is_refused(url):
    with pytest.raises(ConfigError, match="neither a folder nor a URL of a bucket"):
        Store(url)


@pytest.fixture
def machines(bucket, monkeypatch, tmp_path):
    """Two machines that share a landing zone and records, and an inbox with ten documents."""
    monkeypatch.setenv("ORDERPAPER_LANDING", bucket)
    monkeypatch.setenv("ORDERPAPER_RECORDS", bucket)
    monkeypatch.setenv("ORDERPAPER_INBOX", str(tmp_path / "inbox"))
    (tmp_path / "inbox").mkdir()
    for number in range(10):
        text = (
            f"Question to the Treasury:\nTo ask the Chancellor of the Exchequer, what {number} is.\nIt is £1 million."
        )
        (tmp_path / "inbox" / f"{number}.txt").write_text(text)
    return Paths(tmp_path / "worker", "simulated"), Paths(tmp_path / "writer", "simulated")


def loaded(paths):
    summary = load(paths)
    with duckdb.connect(paths.work_database, read_only=True) as connection:
        columns = "document_id, source, parser_version, kind, url, title, text"
        rows = connection.execute(f"SELECT {columns} FROM raw.document ORDER BY ALL").fetchall()
    return summary, rows


def test_one_machine_fetches_another_parses_and_a_third_loads(machines, tmp_path):
    worker, writer = machines
    fetched = ingest.fetch(Paths(tmp_path / "fetcher", "simulated"), "inbox", WINDOW, None, "run")
    assert fetched.new_document_count == 10
    parsed = ingest.parse(worker, "inbox", fetched.manifest)
    assert (parsed.document_count, parsed.is_new) == (10, True)
    summary, rows = loaded(writer)
    assert (summary.batch_count, summary.document_count, len(rows)) == (1, 10, 10)
    assert not ingest.parse(writer, "inbox", fetched.manifest).is_new, "it is there already"
    assert loaded(writer)[0].batch_count == 0
    assert [*batches.arrived_at(writer)] == [*batches.arrived_at(worker)] != []
    assert not (writer.root / "landing").exists()


def test_a_batch_that_was_made_and_not_shared_is_shared_by_the_next_try(machines, faults, monkeypatch):
    worker, writer = machines
    manifest = ingest.fetch(worker, "inbox", WINDOW, None, "run").manifest
    monkeypatch.setattr(bucket_module, "RETRY_FOR", dt.timedelta(seconds=1))
    faults.refuses = lambda method, path: method == "PUT" and path.endswith("SHA256SUMS")
    with pytest.raises(StorageError, match="SHA256SUMS cannot be written"):
        ingest.parse(worker, "inbox", manifest)
    assert batches.folders(writer) == [], "without its checksums it is no batch"
    faults.refuses = lambda method, path: False
    ingest.parse(worker, "inbox", manifest)
    assert loaded(writer)[0].document_count == 10


def test_a_shared_batch_that_is_damaged_is_made_again(machines):
    worker, writer = machines
    manifest = ingest.fetch(worker, "inbox", WINDOW, None, "run").manifest
    ingest.parse(worker, "inbox", manifest)
    store = Store(worker.records_url)
    (name,) = [entry.name for entry in store.entries("") if entry.name.endswith("/document.parquet")]
    store.write(name, store.read(name)[:-8] + b"damaged!")
    summary, rows = loaded(writer)
    assert (summary.remade_count, len(rows)) == (1, 10)
    again, _ = loaded(Paths(writer.home.with_name("third"), "simulated"))
    assert again.remade_count == 0, "the bucket has the good one"


def test_a_batch_that_was_replaced_is_removed_from_the_bucket(machines):
    worker, writer = machines
    ingest.parse(worker, "inbox", ingest.fetch(worker, "inbox", WINDOW, None, "run").manifest)
    (folder,) = batches.folders(writer)
    batches.remove(writer, batches.bring(writer, folder))
    assert batches.folders(worker) == []
    assert [entry for entry in Store(worker.records_url).entries("") if entry.name.endswith(".parquet")] == []


FETCH = """
import datetime as dt, sys
from pathlib import Path
from orderpaper import ingest
from orderpaper.config import Paths
from orderpaper.landing import Window

window = Window(dt.date(2025, 3, 10), dt.date(2025, 3, 14))
ingest.fetch(Paths(Path(sys.argv[1]), "simulated"), "written_questions", window, sys.argv[2], "run")
"""


def test_a_fetch_that_is_killed_is_continued_by_another_machine(bucket, monkeypatch, tmp_path):
    week = Window(dt.date(2025, 3, 10), dt.date(2025, 3, 14))
    parliament = SimulatedParliament(member_count=20, questions_per_day=12, as_of=week.end_on)

    def ids(paths, fetched):
        return {ref.document_id for ref in Landing(paths.landing).read_manifest("written_questions", fetched).documents}

    with serve(parliament, shifting_pages=False) as site:
        disk = Paths(tmp_path / "disk", "simulated")
        whole = ingest.fetch(disk, "written_questions", week, site.url, "run")
        expected = ids(disk, whole.manifest)
        monkeypatch.setenv("ORDERPAPER_LANDING", bucket)
        killed, other = (Paths(tmp_path / name, "simulated") for name in ("killed", "other"))
        landing = Landing(killed.landing)
        worker = subprocess.Popen([sys.executable, "-c", FETCH, str(killed.home), site.url])
        while len(landing.store.entries("documents")) < 40:
            assert worker.poll() is None, "it ended before it could be killed"
            time.sleep(0.05)
        worker.kill()
        worker.wait()
        assert landing.manifests("written_questions") == []
        fetched = ingest.fetch(other, "written_questions", week, site.url, "run")
    assert ids(other, fetched.manifest) == expected
    # Some of the 40 are pages of the listing, which are asked for again because a page may have changed.
    assert fetched.request_count <= whole.request_count - 20, "details that had landed are not asked for again"
    assert all(landing.is_intact(document_id) for document_id in expected)
    assert landing.store.entries("documents") == []
