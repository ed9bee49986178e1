import pytest

from orderpaper.config import DATABASE_NAME, Paths
from orderpaper.warehouse import news
from orderpaper.warehouse.snapshots import link


@pytest.fixture
def paths(tmp_path, monkeypatch):
    """A realm whose one batch is published, by code that the test may change."""
    paths = Paths(home=tmp_path / "home", realm="simulated")
    (paths.records / "hansard" / "2025-03-10_2025-03-14_0a").mkdir(parents=True)
    show(paths)
    code = tmp_path / "project" / "include" / "orderpaper" / "parse.py"
    code.parent.mkdir(parents=True)
    code.write_text("VERSION = 1")
    monkeypatch.setattr(news, "PROJECT", tmp_path / "project")
    news.note_loaded(paths, ["hansard/2025-03-10_2025-03-14_0a"])
    news.note_published(paths)
    return paths


def show(paths):
    """Let readers see a snapshot of this realm."""
    snapshot = paths.snapshots / "first"
    snapshot.mkdir(parents=True)
    (snapshot / DATABASE_NAME).touch()
    link(paths.current, snapshot.relative_to(paths.root))
    link(paths.warehouse, snapshot / DATABASE_NAME)


def test_without_news_all_is_published(paths):
    (paths.records / "hansard" / ".unfinished").mkdir()
    assert news.is_published(paths)


def test_a_new_batch_is_news(paths):
    (paths.records / "hansard" / "2025-03-17_2025-03-21_0b").mkdir()
    assert not news.is_published(paths)


def test_a_batch_that_was_loaded_and_is_gone_is_news(paths):
    (paths.records / "hansard" / "2025-03-10_2025-03-14_0a").rmdir()
    assert not news.is_published(paths)


def test_changed_code_is_news(paths, tmp_path):
    (tmp_path / "project" / "include" / "orderpaper" / "parse.py").write_text("VERSION = 2")
    news._code.cache_clear()  # the next run is another process
    assert not news.is_published(paths)


def test_a_load_that_was_not_published_is_news(paths):
    news.forget(paths)
    news.note_loaded(paths, ["hansard/2025-03-10_2025-03-14_0a"])
    assert not news.is_published(paths)


def test_another_realm_that_readers_see_is_news(paths):
    show(Paths(home=paths.home, realm="live"))
    assert not news.is_published(paths)


def test_a_lost_snapshot_is_news(paths):
    (paths.snapshots / "first" / DATABASE_NAME).unlink()
    assert not news.is_published(paths)
