"""A disk that is full: however an error says it, the user is told in one sentence."""

import errno
import shutil
from pathlib import Path

_REFUSALS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_PHRASES = ("No space left on device", "Disk quota exceeded", "File too large", "disk is full")
"""As the C library says it, and DuckDB, dbt and SQLite after it."""
_SMALLEST = 2_000_000
"""Bytes that must be free for anything to go on."""


def refusal(error: BaseException, home: Path) -> str | None:
    """What to tell of an error if the disk of `home` is full, quoting where it was met; None of any other error."""
    lines = [line.strip("- ") for line in str(error).splitlines()]
    met = next((line for line in lines if any(phrase in line for phrase in _PHRASES)), None)
    if met is None and isinstance(error, OSError) and error.errno in _REFUSALS:
        met = str(error)
    return sentence(home, met) if met else None


def is_full(home: Path) -> bool:
    """Whether nothing more can be written there."""
    return shutil.disk_usage(home).free < _SMALLEST


def sentence(home: Path, met: str | None = None) -> str:
    """The one sentence: what, where, what to do."""
    return (
        f"The disk of {home} is full: make room and run the same command again; what was published before stands"
        f" as it was{f' ({met})' if met else ''}."
    )
