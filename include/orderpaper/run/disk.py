"""Recognise that a disk is full, whichever library reports it, and say so in one sentence."""

import errno
import shutil
from pathlib import Path

_REFUSALS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_PHRASES = ("No space left on device", "Disk quota exceeded", "File too large", "disk is full")
"""The phrases of the C library, DuckDB, dbt and SQLite."""
_BEGINNING = "The disk of "
_SMALLEST = 2_000_000
"""With fewer free bytes than this, a disk counts as full."""


def refusal(error: BaseException, home: Path) -> str | None:
    """Return the sentence for an error that says the disk of `home` is full, or None for any other error."""
    lines = [line.strip("- ") for line in str(error).splitlines()]
    met = next((line for line in lines if any(phrase in line for phrase in _PHRASES)), None)
    if met is None and isinstance(error, OSError) and error.errno in _REFUSALS:
        met = str(error)
    return sentence(home, met) if met else None


def is_said_full(message: str) -> bool:
    """Return whether a message is the sentence of this module."""
    return message.startswith(_BEGINNING)


def is_full(home: Path) -> bool:
    """Return whether the disk of `home` is full."""
    return shutil.disk_usage(home).free < _SMALLEST


def sentence(home: Path, met: str | None = None) -> str:
    """Return the sentence that says which disk is full and what to do."""
    return (
        f"{_BEGINNING}{home} is full: make room and run the same command again; what was published before stands"
        f" as it was{f' ({met})' if met else ''}."
    )
