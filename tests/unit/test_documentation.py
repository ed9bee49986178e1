"""The pages of documentation agree with each other and with the tree."""

import re
import tomllib
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from orderpaper.config import PROJECT

PAGES = sorted([*PROJECT.glob("*.md"), *PROJECT.glob("docs/*.md"), *PROJECT.glob(".github/**/*.md")])
MARKDOWN = MarkdownIt("commonmark").enable("table")


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub makes for the page's headings; a heading that comes again gets a number."""
    found: dict[str, int] = {}
    for token, content in zip(tokens := MARKDOWN.parse(page.read_text(encoding="utf-8")), tokens[1:], strict=False):
        if token.type == "heading_open":
            words = "".join(child.content for child in content.children or [])
            slug = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
            found[slug] = found.get(slug, -1) + 1
            if found[slug]:
                found[f"{slug}-{found[slug]}"] = 0
    return set(found)


def links(page: Path) -> list[str]:
    """The targets of the page's links and images, those on the web left out."""
    inline = [token for token in MARKDOWN.parse(page.read_text(encoding="utf-8")) if token.type == "inline"]
    targets = [
        str(child.attrs.get("href") or child.attrs.get("src"))
        for token in inline
        for child in token.children or []
        if child.type in ("link_open", "image")
    ]
    return [target for target in targets if not target.startswith(("http://", "https://", "mailto:"))]


def dead_links(page: Path) -> list[str]:
    """Return the links to files or headings that do not exist."""
    dead = []
    for link in links(page):
        name, _, anchor = link.partition("#")
        target = (page.parent / name) if name else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            dead.append(link)
    return dead


def test_pages_with_links_are_found():
    assert len(PAGES) >= 8
    assert sum(len(links(page)) for page in PAGES) >= 15


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(PROJECT)))
def test_every_link_leads_somewhere(page):
    assert dead_links(page) == []


def test_dead_links_are_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# A title\n[a](#a-title) [b](#b) [c](other.md) ![d](page.md) [e](https://example.org) `[f](x)`\n")
    assert dead_links(page) == ["#b", "other.md"]


def test_the_site_has_every_page_of_docs():
    site = (PROJECT / "mkdocs.yml").read_text(encoding="utf-8")
    assert {page.name for page in PROJECT.glob("docs/*.md")} == set(re.findall(r"[\w-]+\.md$", site, re.MULTILINE))


ARCHITECTURE = (PROJECT / "docs" / "architecture.md").read_text(encoding="utf-8")


def first_cells(heading: str) -> list[str]:
    """The first cell of each row of the table under a heading of the architecture's page."""
    section = re.split(rf"^#+ {heading}$", ARCHITECTURE, flags=re.MULTILINE)[1].split("\n#")[0]
    return re.findall(r"^\| (?!Folder|Package)(.+?) \|", section, re.MULTILINE)


def test_the_map_names_the_folders_of_the_tree():
    tracked = {path for path in PROJECT.iterdir() if path.is_dir() and not path.name.startswith(".")}
    built = {"data", "build", "logs"}
    named = {name.strip("`/").split("/")[0] for name in first_cells("The folders")}
    assert named == {path.name for path in tracked} - built


def test_the_map_names_the_packages_of_the_library_in_their_order():
    library = PROJECT / "include" / "orderpaper"
    there = {path.stem for path in library.iterdir() if path.is_dir() or path.suffix == ".py"} - {
        "__init__",
        "__pycache__",
    }
    named = [name.strip("`") for name in first_cells("The packages of the library")]
    assert set(named) == there
    contracts = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert named == next(contract["layers"] for contract in contracts if contract["type"] == "layers")


def test_every_direct_dependency_has_its_reason():
    named = {name for cell in first_cells("Direct dependencies") for name in cell.split(", ")}
    lines = (PROJECT / "requirements.in").read_text().splitlines()
    assert named == {re.split(r"[=<>\[]", line)[0].strip() for line in lines if line and not line.startswith("#")}


def test_files_that_the_map_names_are_there():
    named = set(re.findall(r"`([\w/]+\.(?:py|sql|md))`", ARCHITECTURE))
    places = (PROJECT, PROJECT / "include" / "orderpaper")
    assert named and [name for name in named if not any((place / name).exists() for place in places)] == []


def named_tests(text: str) -> list[tuple[str, str]]:
    """Return the tests that a page names as `path::name`."""
    return re.findall(r"`([\w/.]+)::(\w+)`", text)


def is_there(path: str, name: str) -> bool:
    """Return whether a file has the test: a function, or a unit test of dbt."""
    file = PROJECT / path
    begins = "- name: " if file.suffix == ".yml" else "def "
    return (
        file.is_file()
        and re.search(rf"^\s*{begins}{name}\b", file.read_text(encoding="utf-8"), re.MULTILINE) is not None
    )


def test_each_test_that_the_page_of_time_names_is_there():
    named = named_tests((PROJECT / "docs" / "time.md").read_text(encoding="utf-8"))
    assert len(named) > 30
    assert [f"{path}::{name}" for path, name in named if not is_there(path, name)] == []


def test_a_test_that_is_not_there_is_noticed():
    assert named_tests("| x | `dbt/a.yml::one`, `tests/b.py::two` |") == [("dbt/a.yml", "one"), ("tests/b.py", "two")]
    assert not is_there("tests/unit/test_documentation.py", "test_a_test_that_is")
    assert not is_there("tests/unit/no_such_file.py", "test_a_test_that_is_not_there_is_noticed")
    assert is_there("tests/unit/test_documentation.py", "test_a_test_that_is_not_there_is_noticed")
