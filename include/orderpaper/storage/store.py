"""Objects under names, in a folder on this machine or below a prefix of a bucket."""

import contextlib
import datetime as dt
import hashlib
import io
import re
import tempfile
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import LocalStore, S3Store

from orderpaper.errors import ConfigError, OrderPaperError, StorageError
from orderpaper.storage import bucket, refusals
from orderpaper.storage.files import sync
from orderpaper.storage.ranges import Ranges

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

Location = Path | str
"""A folder, or a URL such as `s3://bucket/prefix`."""

_LISTED_WITHIN = dt.timedelta(seconds=60)
_AT_A_TIME = 16
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Entry:
    """An object of a listing."""

    name: str
    byte_count: int
    written_at: dt.datetime


class Store:
    """The objects of a location. Any number of processes may use it at the same time.

    Raises:
        ConfigError: the location is a URL of another kind.
        OrderPaperError: each method, if the disk or the storage refuses; the message names the object and the reason.
    """

    def __init__(self, location: Location) -> None:
        self.location = location
        self.folder = location if isinstance(location, Path) else None
        """The folder, if the objects are files of this machine."""
        if not isinstance(location, Path) and not re.fullmatch(r"s3://[a-z0-9][a-z0-9.-]{2,62}(/[^?#]*)?", location):
            raise ConfigError(f"{location!r} is neither a folder nor a URL of a bucket, such as s3://bucket/prefix.")

    def where(self, name: str) -> str:
        """Return the path or the URL of an object."""
        return f"{self.location}/{name}"

    def read(self, name: str) -> bytes:
        """Return an object.

        Raises:
            FileNotFoundError: there is none of that name.
        """
        with self.refusing(name, "read"):
            return bytes(obstore.get(self.existing, name).bytes())

    def digest(self, name: str) -> str | None:
        """Return the sha256 of an object of any size, or None if there is none."""
        found = hashlib.sha256()
        try:
            with self.refusing(name, "read"):
                for piece in obstore.get(self.existing, name).stream(_PIECE):
                    found.update(piece)
        except FileNotFoundError:
            return None
        return found.hexdigest()

    def size(self, name: str) -> int | None:
        """Return the size of an object in bytes, or None if there is none."""
        try:
            with self.refusing(name, "read"):
                return int(obstore.head(self.existing, name)["size"])
        except FileNotFoundError:
            return None

    def write(self, name: str, body: bytes) -> None:
        """Write an object in place of the one of that name, if there is one."""
        with self.refusing(name, "written"):
            obstore.put(self.writable, name, body, use_multipart=False)

    def create(self, name: str, body: bytes) -> bool:
        """Write an object if there is none of that name; return whether there was none.

        Of several processes that create one name, one is told that there was none. If the answer to a request is lost,
        none may be told so.
        """
        try:
            with self.refusing(name, "written"):
                obstore.put(self.writable, name, body, mode="create", use_multipart=False)
        except FileExistsError:
            return False
        return True

    def remove(self, name: str) -> None:
        """Remove an object, if there is one."""
        with contextlib.suppress(FileNotFoundError), self.refusing(name, "removed"):
            if self.folder is not None:
                (self.folder / name).unlink()  # obstore takes ten times as long
            else:
                obstore.delete(self._s3, name)

    def entries(self, folder: str) -> list[Entry]:
        """Return the objects below a folder, at any depth, in the order of their names.

        Names that begin with a dot are those of unfinished files, and are left out.
        """
        try:
            with self.refusing(folder, "listed"):
                found = [each for part in obstore.list(self.existing, folder, chunk_size=1000) for each in part]
        except FileNotFoundError:
            return []
        entries = [Entry(each["path"], each["size"], each["last_modified"]) for each in found]
        return sorted((each for each in entries if not _is_hidden(each.name)), key=lambda each: each.name)

    def sizes(self, folder: str, names: Iterable[str]) -> dict[str, int]:
        """Return the sizes of those of these objects below a folder that there are. In a bucket, a listing says it."""
        if self.folder is not None:
            paths = ((name, self.folder / name) for name in names)
            return {name: path.stat().st_size for name, path in paths if path.exists()}
        found = {entry.name: entry.byte_count for entry in self.entries(folder)}
        return {name: found[name] for name in names if name in found}

    def remove_all(self, names: Iterable[str]) -> None:
        """Remove objects, of which some may be missing. In a bucket, a request removes a thousand."""
        due = list(names)
        if self.folder is not None:
            for name in due:
                self.remove(name)
        elif due:
            with self.refusing(due[0], "removed"):
                obstore.delete(self._s3, due)

    def each(self, function: Callable[[_Item], _Result], items: Iterable[_Item]) -> Iterator[_Result]:
        """Yield what a function returns for each item, in their order. In a bucket, several wait for it at a time."""
        if self.folder is not None:
            yield from map(function, items)
            return
        with ThreadPoolExecutor(_AT_A_TIME) as pool:
            yield from pool.map(function, items)

    @contextlib.contextmanager
    def local_files(self, names: Iterable[str]) -> Iterator[list[Path]]:
        """Give the files of objects: those of the disk, or copies that are removed at the end."""
        if self.folder is not None:
            yield [self.folder / name for name in names]
            return
        with tempfile.TemporaryDirectory() as folder:
            yield [self.copy(name, Path(folder) / name) for name in names]

    def copy(self, name: str, path: Path) -> Path:
        """Write an object into a file of this machine; return its path.

        Raises:
            FileNotFoundError: there is none of that name.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file, self.refusing(name, "read"):
            for piece in obstore.get(self.existing, name).stream(_PIECE):
                file.write(piece)
        return path

    @contextlib.contextmanager
    def new_file(self) -> Iterator[Path]:
        """Give the path of a new file on this machine, for `place`; remove what is left of it at the end."""
        with contextlib.ExitStack() as stack:
            if self.folder is None:
                folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            else:
                folder = self.folder
                folder.mkdir(parents=True, exist_ok=True)
            path = folder / f".tmp-{uuid.uuid4().hex}"
            stack.callback(path.unlink, missing_ok=True)
            yield path

    def place(self, file: Path, name: str) -> None:
        """Make a file of `new_file` the object of that name, once it is on disk."""
        if self.folder is None:
            self.upload(file, name)
            return
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        sync(file)
        file.replace(path)
        sync(path.parent)

    def upload(self, file: Path, name: str) -> None:
        """Write a file of this machine to an object, in place of the one of that name, if there is one."""
        with self.refusing(name, "written"):
            obstore.put(self.writable, name, file)

    def parquet(self, name: str) -> Path | io.RawIOBase:
        """Return what pyarrow opens to read parts of an object: its file, or a reader that asks for ranges of bytes.

        Raises:
            FileNotFoundError: there is none of that name.
        """
        if self.folder is not None:
            return self.folder / name
        with self.refusing(name, "read"):
            size = int(obstore.head(self.existing, name)["size"])
        return Ranges(lambda start, length: self.range(name, start, length), size)

    def range(self, name: str, start: int, length: int) -> bytes:
        """Return a part of an object."""
        with self.refusing(name, "read"):
            return bytes(obstore.get_range(self.existing, name, start=start, length=length))

    def await_listed(self, name: str) -> None:
        """Wait until a listing has an object that was written. On some storage that takes a few seconds.

        What others find by listing is announced after this, and what it replaces is removed after this.
        """
        if self.folder is not None:
            return
        until = time.monotonic() + _LISTED_WITHIN.total_seconds()
        wait = 0.1
        while not any(each.name == name for each in self.entries(name.rpartition("/")[0])):
            if time.monotonic() > until:
                raise StorageError(
                    f"{self.where(name)} was written, but no listing has it after {_LISTED_WITHIN.seconds} seconds;"
                    " check the storage, and run the task again."
                )
            time.sleep(wait)
            wait = min(2 * wait, 5)

    @cached_property
    def _s3(self) -> S3Store:
        return bucket.opened(str(self.location))

    @cached_property
    def _disk(self) -> LocalStore:
        return LocalStore(self.folder)

    @property
    def existing(self) -> S3Store | LocalStore:
        """Return the store, to read from.

        Raises:
            FileNotFoundError: it is a folder that is not there.
        """
        if self.folder is None:
            return self._s3
        if not self.folder.exists():
            raise FileNotFoundError(self.folder)
        return self._disk

    @property
    def writable(self) -> S3Store | LocalStore:
        """Return the store, to write to; make the folder if it is one."""
        if self.folder is None:
            return self._s3
        self.folder.mkdir(parents=True, exist_ok=True)
        return self._disk

    @contextlib.contextmanager
    def refusing(self, name: str, verb: str) -> Iterator[None]:
        """Turn the errors of the library into our own; let through that an object is missing or exists already."""
        try:
            yield
        except AlreadyExistsError as error:
            raise FileExistsError(self.where(name)) from error
        except FileNotFoundError as error:
            # S3 says the same of a bucket that is missing, which must not look like an empty one.
            if "NoSuchBucket" in str(error):
                raise ConfigError(f"There is no bucket {str(self.location).split('/')[2]!r}; make it.") from error
            raise FileNotFoundError(self.where(name)) from error
        except (BaseError, OSError) as error:
            kind = StorageError if self.folder is None else OrderPaperError
            raise kind(f"{self.where(name)} cannot be {verb}: {refusals.reason(error)}") from error


def _is_hidden(name: str) -> bool:
    return name.rpartition("/")[2].startswith(".")
