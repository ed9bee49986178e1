"""Documents are parsed on several cores and in pieces, and the batch does not show it."""

import datetime as dt
import pickle
import signal
import subprocess
import sys
from dataclasses import replace

import psutil
import pyarrow.parquet as pq
import pytest

from orderpaper import ingest
from orderpaper.config import Paths, workers
from orderpaper.errors import ConfigError, OrderPaperError
from orderpaper.ingest import batch, chunks
from orderpaper.ingest.workers import parse_chunks
from orderpaper.landing import DocumentRef, Landing, Manifest

DAY = dt.date(2025, 3, 10)
AT = dt.datetime(2025, 3, 11, tzinfo=dt.UTC)
KILLED_PARENT = """
import pickle, sys
from orderpaper.ingest.workers import parse_chunks
for records in parse_chunks(pickle.loads(sys.stdin.buffer.read()), 2):
    print("begun", flush=True)
    import time; time.sleep(600)
"""


@pytest.fixture
def paths(tmp_path):
    return Paths(tmp_path, "simulated")


@pytest.fixture
def manifest(paths):
    """A manifest of saved questions, one of which nobody understands and one of which is missing."""
    landing = Landing(paths.landing)
    question = "Question to the Treasury:\nTo ask the Chancellor of the Exchequer, what {n} is.\nIt is £{n} million."
    texts = [question.format(n=number) for number in range(1, 30)]
    refs = []
    for number, text in enumerate([*texts, '{"questionText": 1}']):
        document_id, _ = landing.put(text.encode())
        refs.append(
            DocumentRef(
                document_id=document_id, kind="file", url=f"{number}.txt", media_type="text/plain", fetched_at=AT
            )
        )
    refs.append(replace(refs[0], document_id="0" * 64, url="missing.txt"))
    return landing.write_manifest(Manifest(source="inbox", interval_start=DAY, interval_end=DAY, documents=refs))


@pytest.fixture
def parts(paths, manifest):
    documents = Landing(paths.landing).read_manifest("inbox", manifest).documents
    return chunks.chunks_of(paths.landing, "inbox", "1", AT, documents)


def tables(folder):
    """Return the rows of each table of a batch, without the times of parsing."""
    read = {path.stem: pq.read_table(path) for path in folder.glob("*.parquet")}
    times = {"parsed_at", "quarantined_at"}
    return {name: table.drop_columns(times & {*table.column_names}).to_pylist() for name, table in read.items()}


def children_of(process):
    """Return the processes that parse for a process."""
    return [child for child in process.children() if is_worker(child)]


def is_worker(process):
    """Return whether a process parses; one that another test has started may end while it is looked at."""
    try:
        return "orderpaper.ingest.worker" in process.cmdline()
    except psutil.NoSuchProcess:
        return False


def test_the_batch_is_the_same_whatever_parses_it(paths, manifest, monkeypatch):
    whole, _ = ingest.make_batch(paths, "inbox", manifest)
    expected = tables(whole)
    assert (len(expected["document"]), len(expected["quarantine"])) == (31, 2)
    monkeypatch.setattr(chunks, "DOCUMENTS_IN_A_CHUNK", 1)
    monkeypatch.setattr(batch, "ROW_GROUP_BYTES", 5_000)
    files = []
    for count in (1, 2):
        monkeypatch.setenv("ORDERPAPER_WORKERS", str(count))
        monkeypatch.setattr("orderpaper.ingest.workers.parse_chunks", at_one_time(parse_chunks))
        (whole / "document.parquet").write_bytes(b"damaged")
        folder, is_new = ingest.make_batch(paths, "inbox", manifest)
        assert is_new
        assert tables(folder) == expected
        files.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert files[0] == files[1]
    assert pq.read_metadata(folder / "document.parquet").num_row_groups > 1


def at_one_time(parse):
    """Return `parse` with the time that a batch carries set to one and the same."""
    return lambda parts, count: parse([replace(part, parsed_at=AT) for part in parts], count)


def test_a_killed_process_is_one_sentence_that_names_its_document(parts, monkeypatch):
    parts = [replace(part, documents=part.documents * 3) for part in parts * 20]
    parsed = parse_chunks(parts, 2)
    next(parsed)
    for process in children_of(psutil.Process()):
        process.kill()
    with pytest.raises(OrderPaperError, match=r"inbox: the process that parsed \S+ \(document \w{64}\) was killed"):
        list(parsed)
    assert children_of(psutil.Process()) == []


def test_the_processes_end_with_a_killed_parent(parts):
    parts = [replace(part, documents=part.documents * 3) for part in parts * 20]
    parent = subprocess.Popen([sys.executable, "-c", KILLED_PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    parent.stdin.write(pickle.dumps(parts))
    parent.stdin.close()
    assert parent.stdout.readline() == b"begun\n"
    children = children_of(psutil.Process(parent.pid))
    assert len(children) == 2
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    assert psutil.wait_procs(children, timeout=60)[1] == []


def test_nothing_is_left_of_a_batch_that_fails(paths, manifest, monkeypatch):
    def fail(parts, count):
        yield from list(parse_chunks(parts, count))[:1]
        raise OrderPaperError("a process ended")

    monkeypatch.setattr("orderpaper.ingest.workers.parse_chunks", fail)
    with pytest.raises(OrderPaperError, match="a process ended"):
        ingest.make_batch(paths, "inbox", manifest)
    assert list((paths.records / "inbox").iterdir()) == []


def test_the_number_of_processes_can_be_set(monkeypatch):
    monkeypatch.delenv("ORDERPAPER_WORKERS", raising=False)
    assert workers() >= 1
    monkeypatch.setenv("ORDERPAPER_WORKERS", "3")
    assert workers() == 3
    monkeypatch.setenv("ORDERPAPER_WORKERS", "many")
    with pytest.raises(ConfigError, match="ORDERPAPER_WORKERS is 'many'"):
        workers()
