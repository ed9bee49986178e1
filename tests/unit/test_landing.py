import datetime as dt
import tracemalloc

import pytest

from orderpaper.errors import OrderPaperError
from orderpaper.landing import DocumentRef, Held, Landing, Manifest, write_atomically

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
    landing.document_path(document_id).write_bytes(b"two")
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
    landing.document_path(document_id).write_bytes(b"two")
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
    landing.document_path(document_id).unlink()
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
