"""A landing zone of an older version, whose bodies are files, becomes one of packs and loses nothing."""

import datetime as dt

import duckdb
import pyarrow.parquet as pq
import pytest

from orderpaper import ingest
from orderpaper.config import Paths
from orderpaper.landing import Landing, Window, document_name
from orderpaper.run import options
from orderpaper.run.packing import pack_landing

WINDOW = Window(dt.date(2025, 3, 10), dt.date(2025, 3, 14))


@pytest.fixture
def paths(tmp_path, monkeypatch):
    """A realm that fetched a folder twice, and whose bodies were then taken out of their packs."""
    paths = Paths(home=tmp_path / "home", realm="simulated")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    monkeypatch.setenv("ORDERPAPER_INBOX", str(inbox))
    for first in (0, 150):
        for number in range(first, first + 200):
            text = f"To ask the Home Secretary, how many there are of {number}."
            listing = f"Asked by: Alex Archer (Labour - Ambridge)\nQuestion to the Home Office:\n{text}"
            (inbox / f"{number:03}.txt").write_text(listing)
        ingest.fetch(paths, "inbox", WINDOW, None, "run")
    landing = Landing(paths.landing)
    for pack in paths.landing.glob("packs/*/*.parquet"):
        for row in pq.read_table(pack).to_pylist():
            if row["body"] is not None:
                path = landing.root / document_name(row["document_id"])
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(row["body"])
        pack.unlink()
    return paths


def records(paths, home):
    """Parse every manifest into the records of another home; return a hash of the rows of each table."""
    elsewhere = Paths(home=home, realm="simulated")
    elsewhere.root.mkdir(parents=True)
    (elsewhere.root / "landing").symlink_to(paths.landing)
    for manifest in Landing(paths.landing).manifests("inbox"):
        ingest.parse(elsewhere, "inbox", manifest)
    with duckdb.connect() as connection:
        files = sorted(elsewhere.records.glob("*/*/[!.]*.parquet"))
        return {
            (file.parent.name, file.stem): connection.execute(
                "SELECT count(*), sum(hash(COLUMNS(name -> name NOT IN ('parsed_at', 'quarantined_at'))))::VARCHAR"
                f" FROM '{file}'"
            ).fetchone()
            for file in files
        }


def test_every_document_is_in_a_pack_and_gives_the_same_records(paths, tmp_path, capsys):
    before = records(paths, tmp_path / "before")
    assert len(list(paths.landing.glob("documents/*/*"))) == 350

    pack_landing(options.check(paths.home))

    assert "inbox: 350 documents of 2 fetches were put into packs." in capsys.readouterr().out
    assert list(paths.landing.glob("documents/*/*")) == []
    assert records(paths, tmp_path / "after") == before
    pack_landing(options.check(paths.home))
    assert "inbox: 0 documents" in capsys.readouterr().out
