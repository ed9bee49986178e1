"""An object of storage as a file that is read in ranges of bytes."""

import io
from collections.abc import Callable


class Ranges(io.RawIOBase):
    """An object as a file to read and seek in. Each read is one request.

    Args:
        read_range: returns so many bytes of the object from a position.
        size: the size of the object in bytes.
    """

    def __init__(self, read_range: Callable[[int, int], bytes], size: int) -> None:
        self._read_range, self._size = read_range, size
        self._position = 0

    def readable(self) -> bool:
        """Return True, because an object can be read."""
        return True

    def seekable(self) -> bool:
        """Return True, because any part of an object can be read."""
        return True

    def tell(self) -> int:
        """Return the position in bytes."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move to a position; return it."""
        self._position = offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        return self._position

    def read(self, size: int | None = -1) -> bytes:
        """Return so many bytes from the position, or all that are left."""
        left = max(0, self._size - self._position)
        length = left if size is None or size < 0 else min(size, left)
        body = self._read_range(self._position, length) if length else b""
        self._position += len(body)
        return body
