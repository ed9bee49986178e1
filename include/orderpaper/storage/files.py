"""Files of this machine that appear at once."""

import os
import tempfile
from pathlib import Path

from orderpaper.errors import OrderPaperError


def write_atomically(path: Path, body: bytes) -> None:
    """Write `body` to `path` at once, so that a reader or a crash never sees a part of it.

    Raises:
        OrderPaperError: the disk refuses; the message names the path and the reason.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".tmp-")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(body)
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise OrderPaperError(f"{path} cannot be written: {error.strerror or error}") from error


def sync(path: Path) -> None:
    """Wait until a file or folder is on disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
