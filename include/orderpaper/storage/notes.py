"""Small objects that a process reads, changes and writes again, and that no other may have changed in between."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Generic, TypeVar

import msgspec
import obstore
from obstore.exceptions import PreconditionError

from orderpaper.errors import OrderPaperError, StorageError
from orderpaper.storage.store import Store

_Value = TypeVar("_Value")


class Note(Generic[_Value]):
    """A value that is kept as JSON under a name.

    Args:
        store: where it is kept.
        name: its name there.
        kind: its type.
        when_removed: what happens to what it says if a person removes it, for the message that it is damaged.
    """

    def __init__(self, store: Store, name: str, kind: type[_Value], when_removed: str) -> None:
        self._store, self._name, self._kind = store, name, kind
        self._when_removed = when_removed
        self._version: str | None = None
        """The version that was read last; None if there was none."""

    def read(self) -> _Value | None:
        """Return the value, or None if none is kept.

        Raises:
            OrderPaperError: it is damaged.
        """
        found = self._found()
        self._version = None if found is None else found[1]
        try:
            return None if found is None else msgspec.json.decode(found[0], type=self._kind)
        except msgspec.DecodeError as error:
            raise OrderPaperError(
                f"{self._store.where(self._name)} is damaged ({error}); remove it, and {self._when_removed}."
            ) from error

    def write(self, value: _Value) -> None:
        """Keep another value.

        Raises:
            StorageError: the value that is kept is not the one that was read last, because another process wrote it.
        """
        body = msgspec.json.encode(value)
        if not self._replace(body):
            found = self._found()
            # If an answer is lost, the request is made again, and finds what it wrote itself.
            if found is None or found[0] != body:
                raise self.overtaken()

    def overtaken(self) -> StorageError:
        """Return the error that says that another process has written the value meanwhile."""
        return StorageError(
            f"{self._store.where(self._name)} was written by another run while this one fetched, so it is left as it"
            " is; run the task again."
        )

    def _found(self) -> tuple[bytes, str] | None:
        """Return the object and its version."""
        try:
            with self._store.refusing(self._name, "read"):
                given = obstore.get(self._store.existing, self._name)
                body = bytes(given.bytes())
        except FileNotFoundError:
            return None
        return body, str(given.meta["e_tag"]) if self._store.folder is None else hashlib.sha256(body).hexdigest()

    def _replace(self, body: bytes) -> bool:
        """Write the object if it is still of the version that was read; return whether it was."""
        if self._version is None:
            return self._store.create(self._name, body)
        folder = self._store.folder
        if folder is None:
            with self._store.refusing(self._name, "written"):
                try:
                    obstore.put(
                        self._store.writable, self._name, body, mode={"e_tag": self._version}, use_multipart=False
                    )
                except PreconditionError:
                    return False
            return True
        with _alone((folder / self._name).parent):
            found = self._found()
            if found is None or found[1] != self._version:
                return False
            self._store.write(self._name, body)
            return True


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one process of this machine at a time write the notes of a folder."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
