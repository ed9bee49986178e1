"""Tell whether a build would change what readers see, without opening a database.

`load` writes down which batches of records the build database has, and which code built from them. `publish` moves
that note. So it is there only while the build database is as it was published.
"""

import functools
import hashlib
from collections.abc import Iterable
from pathlib import Path

from orderpaper.config import DATABASE_NAME, PROJECT, Paths
from orderpaper.ingest import batches
from orderpaper.storage import write_atomically

_CODE = ("include/orderpaper/**/*", "dbt/**/*")
_WRITTEN_BY_TOOLS = ("__pycache__", "target", "logs")


def is_published(paths: Paths) -> bool:
    """Return whether readers see this realm, and the present code has published all records that are on disk."""
    note, database = _published(paths), paths.current / DATABASE_NAME
    if not (note.exists() and database.exists() and paths.warehouse.resolve() == database.resolve()):
        return False
    return note.read_bytes() == _digest(f"{folder.parent.name}/{folder.name}" for folder in batches.folders(paths))


def note_loaded(paths: Paths, names: Iterable[str]) -> None:
    """Write down that the build database has the batches of these names."""
    write_atomically(_loaded(paths), _digest(names))


def note_published(paths: Paths) -> None:
    """Write down that what was loaded is published."""
    if _loaded(paths).exists():
        _loaded(paths).replace(_published(paths))


def forget(paths: Paths) -> None:
    """Remove the note, because the build database begins to change."""
    _loaded(paths).unlink(missing_ok=True)
    _published(paths).unlink(missing_ok=True)


def _loaded(paths: Paths) -> Path:
    return paths.build_database.parent / "loaded.sha256"


def _published(paths: Paths) -> Path:
    return paths.build_database.parent / "published.sha256"


def _digest(names: Iterable[str]) -> bytes:
    """Return the sha256 of the names of batches and of the code."""
    digest = hashlib.sha256("\n".join(sorted(names)).encode())
    digest.update(_code(PROJECT))
    return digest.hexdigest().encode()


@functools.cache
def _code(project: Path) -> bytes:
    """Return the sha256 of the code of a project as this process first finds it."""
    digest = hashlib.sha256()
    for path in sorted(path for pattern in _CODE for path in project.glob(pattern)):
        if path.is_file() and not any(part in _WRITTEN_BY_TOOLS for part in path.parts):
            digest.update(f"{path.relative_to(project)}\0".encode() + path.read_bytes())
    return digest.digest()
