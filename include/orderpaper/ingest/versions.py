"""The version of a parser: a digest of the code that makes a source's records.

The version changes with this code by itself, even when only a comment changes, so nobody has to raise it.
"""

import ast
import hashlib
import importlib
from functools import cache
from pathlib import Path

from orderpaper.config import PROJECT
from orderpaper.enrichment.people import office_holders
from orderpaper.enrichment.words import lists

_PACKAGE = Path(__file__).parents[1]
_DATA = (".csv", ".json")


@cache
def parser_version(source_name: str) -> str:
    """Return the present version of a source's parser, as its records carry it.

    It covers the source's `parse.py`, the enrichment, every module of Order Paper that one of these imports, directly
    or not, the data files beside these modules, and the seed of dbt that dates press posts. The other seeds that the
    enrichment reads decide the readings only, which have a version of their own.
    """
    parser = importlib.import_module(f"orderpaper.sources.{source_name}.parse")
    # The inbox hands documents on to other parsers, which its `parsers` lists.
    others = [other.__name__ for other in getattr(parser, "parsers", tuple)()]
    digest = hashlib.sha256()
    for path in _files([parser.__name__, *others, "orderpaper.enrichment.statements"]):
        digest.update(f"{path.relative_to(PROJECT)}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _files(modules: list[str]) -> list[Path]:
    """Return the files of these modules and of all that they import, with the data files beside them."""
    found: set[Path] = set()
    due = list(modules)
    while due:
        path = _file(due.pop())
        if path is None or path in found:
            continue
        found.add(path)
        due += _imports(path)
    data = {file for path in found for file in path.parent.iterdir() if file.suffix in _DATA}
    return sorted(found | data | {lists.path(office_holders.SEED)})


@cache
def _imports(path: Path) -> list[str]:
    """Return the names that a file imports, each of which may be a module."""
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.ImportFrom):
            names += [f"{node.module}", *(f"{node.module}.{name.name}" for name in node.names)]
        elif isinstance(node, ast.Import):
            names += [name.name for name in node.names]
    return names


def _file(module: str) -> Path | None:
    """Return the file of a module of Order Paper, or None for a name that is not such a module."""
    package, _, inner = module.partition(".")
    if package != _PACKAGE.name:
        return None
    path = _PACKAGE.joinpath(*inner.split("."))
    return next((file for file in (path / "__init__.py", path.with_suffix(".py")) if file.is_file()), None)
