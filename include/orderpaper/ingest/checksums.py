"""The checksums of a batch: a file beside its Parquet files, as `sha256sum --check SHA256SUMS` reads it.

Parquet readers do not notice a flipped bit in most of a file, so a batch is checked before its records are used. A
batch that is damaged, or that was made before there were checksums, is made again from the landing zone.
"""

import hashlib
import logging
from pathlib import Path

NAME = "SHA256SUMS"

_log = logging.getLogger(__name__)


def write(folder: Path) -> None:
    """Write the checksums of every Parquet file of a folder."""
    (folder / NAME).write_text(_render(folder))


def damage(folder: Path) -> str | None:
    """Return what is wrong with a batch in a few words, or None if every file is as it was written."""
    try:
        stated, found = (folder / NAME).read_text(), _render(folder)
    except (OSError, UnicodeDecodeError) as error:
        return f"{NAME} cannot be read ({type(error).__name__})"
    if stated == found:
        return None
    differing = sorted(line.rpartition("  ")[2] for line in {*stated.splitlines()} ^ {*found.splitlines()})
    return f"{next(iter(differing), NAME) or NAME} is not as it was written"


def is_sound(folder: Path) -> bool:
    """Return whether a batch exists and is whole. A warning in the log names a damaged one, which is to be replaced."""
    if not folder.exists():
        return False
    if (found := damage(folder)) is not None:
        warn(folder, found)
    return found is None


def warn(folder: Path, found: str) -> None:
    """Say in the log that a batch is damaged and is made again."""
    _log.warning("%s is damaged (%s); it is made again from the landing zone.", folder, found)


def _render(folder: Path) -> str:
    lines = []
    for path in sorted(folder.glob("*.parquet")):
        with path.open("rb") as file:
            lines.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.name}\n")
    return "".join(lines)
