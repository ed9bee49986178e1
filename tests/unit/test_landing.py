import datetime as dt
import hashlib
import signal
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from orderpaper.errors import OrderPaperError
from orderpaper.landing import DocumentRef, Held, Landing, Manifest, document_name
from orderpaper.landing import packs as packing
from orderpaper.storage import write_atomically

NOW = dt.datetime(2025, 3, 10, 9, tzinfo=dt.UTC)


@pytest.fixture
def landing(tmp_path):
    return Landing(tmp_path / "landing")


def test_a_body_is_stored_once(landing):
    document_id, is_new = landing.put(b"one")
    assert is_new
    assert landing.put(b"one") == (document_id, False)
    assert landing.read(document_id) == b"one"


def test_a_damaged_body_is_told_and_mended(landing):
    document_id, _ = landing.put(b"one")
    (landing.root / document_name(document_id)).write_bytes(b"two")
    with pytest.raises(OrderPaperError, match="damaged"):
        landing.read(document_id)
    assert landing.put(b"one") == (document_id, True)
    assert landing.read(document_id) == b"one"


def test_a_file_of_any_size_is_stored_in_little_memory(landing, tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    tracemalloc.start()
    document_id, is_new = landing.put_file(path)
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()
    assert is_new
    assert landing.size(document_id) == 100_000_000
    assert landing.is_intact(document_id)
    assert landing.put_file(path) == (document_id, False)
    assert [found.name for found in landing.root.rglob("*") if found.is_file()] == [document_id]


def test_a_file_is_stored_as_its_bytes_are(landing, tmp_path):
    (tmp_path / "one.txt").write_bytes(b"one")
    document_id, _ = landing.put(b"one")
    assert landing.put_file(tmp_path / "one.txt") == (document_id, False)
    (landing.root / document_name(document_id)).write_bytes(b"two")
    assert landing.put_file(tmp_path / "one.txt") == (document_id, True)
    assert landing.read(document_id) == b"one"


def test_a_file_that_cannot_be_copied_is_one_sentence(landing, tmp_path):
    with pytest.raises(OrderPaperError, match=r"gone\.txt cannot be copied into .*: No such file"):
        landing.put_file(tmp_path / "gone.txt")
    assert not [found for found in landing.root.rglob("*") if found.is_file()]


def test_a_missing_body_is_told(landing):
    with pytest.raises(OrderPaperError, match="missing"):
        landing.read("0" * 64)


def test_what_a_url_gave_is_forgotten_when_its_body_is_gone(landing):
    document_id, _ = landing.put(b"one")
    landing.hold("members", Held(url="u", document_id=document_id, media_type="", fetched_at=NOW, etag="e"))
    assert landing.held("members", "u").etag == "e"
    assert landing.held("inbox", "u") is None
    (landing.root / document_name(document_id)).unlink()
    assert landing.held("members", "u") is None


def test_manifests_of_one_interval_are_kept_apart_by_content(landing):
    def manifest(*ids):
        refs = [DocumentRef(document_id=i, kind="list", url=i, media_type="", fetched_at=NOW) for i in ids]
        return Manifest(source="members", interval_start=NOW.date(), interval_end=NOW.date(), documents=refs)

    first, second = landing.write_manifest(manifest("a")), landing.write_manifest(manifest("a", "b"))
    assert first != second
    assert landing.write_manifest(manifest("a")) == first
    assert landing.read_manifest("members", second) == manifest("a", "b")


def test_a_manifest_that_is_not_there_is_one_sentence(landing):
    with pytest.raises(OrderPaperError, match="cannot be read"):
        landing.read_manifest("members", "none")


def test_a_path_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OrderPaperError, match="file/below/document cannot be written"):
        write_atomically(tmp_path / "file" / "below" / "document", b"")


def test_a_failed_write_leaves_nothing(tmp_path):
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "full").write_text("")
    with pytest.raises(OrderPaperError):
        write_atomically(tmp_path / "taken", b"body")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def refs(landing, *bodies):
    """Store bodies, and return them as the documents of a fetch, with the entries of their addresses."""
    found = []
    for body in bodies:
        document_id, _ = landing.put(body)
        url = f"/{body[:20].decode()}"
        landing.hold("members", Held(url=url, document_id=document_id, media_type="t", fetched_at=NOW, etag="e"))
        found.append(DocumentRef(document_id=document_id, kind="list", url=url, media_type="t", fetched_at=NOW))
    return found


def packs(landing):
    return sorted(landing.root.glob("packs/members/*.parquet"))


def files(landing):
    return [path.name for path in landing.root.glob("documents/*/*")]


def rows_of(pack):
    return pq.read_table(pack).to_pylist()


def test_the_bodies_of_a_fetch_become_a_pack_and_are_found_as_before(landing):
    documents = refs(landing, b"one", b"two")

    assert landing.seal("members", documents) == 2

    assert files(landing) == []
    (pack,) = packs(landing)
    assert [(row["url"], row["etag"], row["body"]) for row in rows_of(pack)] == [
        ("/one", "e", b"one"),
        ("/two", "e", b"two"),
    ]
    assert pack.stem == hashlib.sha256(pack.read_bytes()).hexdigest()[:32]
    for zone in (landing, Landing(landing.root)):
        assert [zone.read(ref.document_id) for ref in documents] == [b"one", b"two"]
        assert zone.size(documents[0].document_id) == 3
        assert zone.held("members", "/two").document_id == documents[1].document_id
        assert zone.put(b"one") == (documents[0].document_id, False)
    assert landing.seal("members", documents) == 0


def test_what_came_back_the_same_refers_to_the_earlier_body(landing):
    landing.seal("members", refs(landing, b"one"))
    (first,) = packs(landing)
    documents = refs(landing, b"one", b"two")
    landing.seal("members", [*documents, documents[1]])
    (second,) = set(packs(landing)) - {first}
    assert [(row["url"], row["body"]) for row in rows_of(second)] == [("/one", None), ("/two", b"two"), ("/two", None)]
    assert landing.read(documents[0].document_id) == b"one"


def test_groups_of_a_pack_fit_in_memory(landing, monkeypatch):
    monkeypatch.setattr(packing, "LARGEST_BODY", 10_000)
    bodies = [f"{number:06} {'x' * number * 30}".encode() for number in range(250)]
    documents = refs(landing, *bodies)
    landing.seal("members", documents)
    (pack,) = packs(landing)
    with pq.ParquetFile(pack) as file:
        groups = [file.read_row_group(number).num_rows for number in range(file.num_row_groups)]
    assert sum(groups) == 250
    assert len(groups) > 50
    assert [landing.read(ref.document_id) for ref in documents] == bodies


def test_a_large_body_stays_a_file_of_its_own(landing):
    (document,) = refs(landing, b"x" * 5_000_000)
    assert landing.seal("members", [document]) == 0
    assert files(landing) == [document.document_id]


def test_a_body_that_is_damaged_as_a_file_is_not_packed(landing):
    one, two = refs(landing, b"one", b"two")
    (landing.root / document_name(one.document_id)).write_bytes(b"on")
    landing.seal("members", [one, two])
    assert files(landing) == [one.document_id]
    with pytest.raises(OrderPaperError, match="damaged"):
        landing.read(one.document_id)


@pytest.mark.parametrize("damage", [lambda pack: pack.write_bytes(b"PAR1"), lambda pack: pack.unlink()])
def test_bodies_of_a_damaged_pack_are_told_and_mended(landing, damage):
    documents = refs(landing, b"one", b"two")
    landing.seal("members", documents)
    damage(packs(landing)[0])
    zone = Landing(landing.root)
    with pytest.raises(OrderPaperError, match=r"damaged|missing"):
        zone.read(documents[0].document_id)
    assert zone.held("members", "/one") is None
    assert zone.put(b"one") == (documents[0].document_id, True)
    zone.seal("members", documents)
    assert Landing(landing.root).read(documents[0].document_id) == b"one"


def test_a_flipped_bit_of_a_pack_gives_no_other_body(landing):
    """Every byte of a small pack would be too slow; these are spread over its pages, its footer and its magic."""
    bodies = [f"{number:03} {'word ' * number}".encode() for number in range(20)]
    documents = refs(landing, *bodies)
    landing.seal("members", documents)
    (pack,) = packs(landing)
    whole, told = pack.read_bytes(), 0
    for place in range(0, len(whole), len(whole) // 40):
        pack.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << place % 8]) + whole[place + 1 :])
        (landing.root / "packs" / ".index.sqlite").unlink()
        zone = Landing(landing.root)
        for ref, body in zip(documents, bodies, strict=True):
            try:
                assert zone.read(ref.document_id) == body
            except OrderPaperError:
                told += 1
    assert told


def test_a_flipped_bit_of_the_index_of_packs_loses_no_body(landing):
    bodies = [f"{number:03} {'word ' * number}".encode() for number in range(60)]
    documents = refs(landing, *bodies)
    landing.seal("members", documents)
    index = landing.root / "packs" / ".index.sqlite"
    whole = index.read_bytes()
    for place in range(0, len(whole), len(whole) // 25):
        index.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << place % 8]) + whole[place + 1 :])
        zone = Landing(landing.root)
        assert [zone.read(ref.document_id) for ref in documents] == bodies


@pytest.mark.parametrize("content", [None, b"no database at all"])
def test_the_index_of_packs_is_made_again(landing, content):
    documents = refs(landing, b"one", b"two")
    landing.seal("members", documents)
    index = landing.root / "packs" / ".index.sqlite"
    index.unlink()
    if content is not None:
        index.write_bytes(content)
    assert Landing(landing.root).read(documents[1].document_id) == b"two"


KILLED = """
import datetime as dt, os, signal, sys
from pathlib import Path
from orderpaper.landing import Landing, packs
from orderpaper.storage import Store

sys.path.append(sys.argv[3])
from test_landing import refs

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

landing = Landing(Path(sys.argv[1]))
owner = next(kind for kind in (packs.Packs, Store, Path) if hasattr(kind, sys.argv[2]))
documents = refs(landing, b"one", b"two", b"three")
setattr(owner, sys.argv[2], die)
landing.seal("members", documents)
"""


@pytest.mark.parametrize("step", ["add", "place", "replace", "_enter", "remove"])
def test_a_fetch_that_is_killed_while_it_packs_loses_nothing(landing, step):
    tests = str(Path(__file__).parent)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(landing.root), step, tests], check=False)
    assert killed.returncode == -signal.SIGKILL
    bodies = [b"one", b"two", b"three"]
    ids = [hashlib.sha256(body).hexdigest() for body in bodies]
    assert [landing.read(document_id) for document_id in ids] == bodies
    documents = refs(landing, *bodies)
    landing.seal("members", documents)
    assert files(landing) == []
    assert [landing.read(document_id) for document_id in ids] == bodies
    assert len(packs(landing)) == 1
