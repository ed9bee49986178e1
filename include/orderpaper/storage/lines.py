"""An object to which lines are added one by one, such as a log."""

import io
import time

from orderpaper.storage.store import Store

_FLUSHED_EVERY_SECONDS = 2
_MOST_LINES_BYTES = 1_000_000


class Lines:
    """An object to which lines are added one by one.

    On a disk each line is in the file when `add` returns. In a bucket, what was added is written again as a whole, at
    most every two seconds and at the end, so that a killed process loses the lines of two seconds. From some size on,
    lines go to a further object.

    Args:
        store: the store.
        name: the name of the object, without `ending`.
        ending: the ending of the name.
    """

    def __init__(self, store: Store, name: str, ending: str) -> None:
        self._store, self._name, self._ending = store, name, ending
        self._number = 0
        self._lines = bytearray()
        self._written = 0
        self._due_at = 0.0
        self._file: io.FileIO | None = None
        if store.folder is not None:
            path = store.folder / self.name
            with store.refusing(self.name, "written"):
                path.parent.mkdir(parents=True, exist_ok=True)
                self._file = io.FileIO(path, "a")

    @property
    def name(self) -> str:
        """Return the name of the object to which lines are added now."""
        return f"{self._name}{f'-{self._number}' if self._number else ''}{self._ending}"

    def add(self, line: bytes) -> None:
        """Add a line."""
        if self._file is not None:
            with self._store.refusing(self.name, "written"):
                self._file.write(line)
            self._written += len(line)
            return
        self._lines += line
        if time.monotonic() > self._due_at:
            self._flush()
            self._due_at = time.monotonic() + _FLUSHED_EVERY_SECONDS

    def close(self) -> None:
        """Write what is left. An object without lines does not stay."""
        if self._file is None:
            self._flush()
            return
        self._file.close()
        if not self._written:
            self._store.remove(self.name)

    def _flush(self) -> None:
        if len(self._lines) == self._written:
            return
        self._store.write(self.name, bytes(self._lines))
        self._written = len(self._lines)
        if self._written > _MOST_LINES_BYTES:
            self._number += 1
            self._lines.clear()
            self._written = 0
