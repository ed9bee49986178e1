"""The pages of an audit load nothing from other sites, and the text of documents is escaped in them."""

import re

import duckdb
import pytest
from bs4 import BeautifulSoup

from orderpaper.config import Paths
from orderpaper.quality import auditing, data_docs
from orderpaper.quality.checks import key, not_null, suite, warn

EVIL = "<script>alert(1)</script><img src=https://evil.example/x onerror=alert(2)>"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    database = tmp_path_factory.mktemp("build") / "orderpaper.duckdb"
    with duckdb.connect(database) as connection:
        connection.execute("CREATE SCHEMA marts")
        connection.execute("CREATE TABLE marts.good AS SELECT 1 AS good_key")
        connection.execute("CREATE TABLE marts.bad AS SELECT ? AS bad_key, NULL AS note FROM range(2)", [EVIL])
        connection.execute("CREATE TABLE marts.doubtful AS SELECT 1 AS doubtful_key, NULL AS note")
    folder = database.parent / "data_docs"
    suites = suite("marts.good", *key("good_key")) | suite("marts.bad", *key("bad_key"), not_null("note"))
    suites |= suite("marts.doubtful", *key("doubtful_key"), warn(not_null("note")))
    auditing.validate(database, suites, folder)
    return folder


def pages(folder):
    found = {page: BeautifulSoup(page.read_text(encoding="utf-8"), "lxml") for page in folder.rglob("*.html")}
    assert len(found) == 4  # the index, and one for each table
    return found


def test_no_page_loads_anything_from_elsewhere(folder):
    for page, soup in pages(folder).items():
        loaded = list(soup.find_all(["script", "iframe"]))
        loaded += [tag for tag in soup.find_all(["link", "img"]) if re.search(r"//", str(tag))]
        assert loaded == [], page
        policy = soup.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
        assert policy["content"] == data_docs.POLICY


def test_the_index_leads_to_every_table(folder):
    soup = pages(folder)[folder / "index.html"]
    rows = [row.get_text(" ", strip=True) for row in soup.find_all("tr")]
    assert rows == [
        "marts.good 2 of 2 hold",
        "marts.bad 1 of 3 hold",
        "marts.doubtful 2 of 3 hold, 1 warning",
    ]
    for page, soup in pages(folder).items():
        for link in soup.find_all(href=re.compile("^[^#]")):
            assert link["href"].startswith("https://") or (folder / link["href"]).exists(), page


def test_failing_rows_stand_there_as_text(folder):
    assert EVIL in pages(folder)[folder / "marts.bad.html"].get_text()


def test_only_a_check_that_stops_makes_a_table_fail(folder):
    words = {page.stem: " ".join(soup.get_text(" ").split()) for page, soup in pages(folder).items()}
    assert "Status: Succeeded" in words["marts.good"]
    assert "Status: Failed" in words["marts.bad"]
    assert "Status: Passed with warnings" in words["marts.doubtful"]
    assert "Failed" not in words["marts.doubtful"].replace("Failed Only", "")  # a button that is not shown
    doubtful = pages(folder)[folder / "marts.doubtful.html"]
    assert doubtful.select(".text-warning")
    assert not doubtful.select(".text-danger")


def test_pages_of_old_runs_are_removed(tmp_path):
    paths = Paths(home=tmp_path, realm="simulated")
    for number in range(data_docs.KEPT + 2):
        (paths.runs / f"run-{number}" / "data_docs").mkdir(parents=True)
        (paths.runs / f"run-{number}" / "quality.json").touch()

    data_docs.prune(paths)

    assert len(list(paths.runs.glob("*/data_docs"))) == data_docs.KEPT
    assert len(list(paths.runs.glob("*/quality.json"))) == data_docs.KEPT + 2
