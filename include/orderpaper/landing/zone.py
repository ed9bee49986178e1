"""The landing zone: immutable documents under their sha256, and an index that avoids fetching one twice.

`documents/` holds the bodies, `index/` the newest document of each address, `fetch_log/` a line for every request,
`manifests/` the documents of each interval of a source, and `attempts/` the intervals that are being fetched. Every
file is written under a temporary name and then renamed, so that a killed process leaves either the whole file or none.
"""

import datetime as dt
import hashlib
import os
import shutil
import tempfile
import uuid
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from orderpaper.errors import OrderPaperError

LACKING = "_lacking"
"""The end of the name of a manifest for whose interval lists did not come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The newest document of one address."""

    url: str
    """The address below the source's site, or the name of a dropped file. It does not contain the host, so that it
    stays the same when a replay is served on another port."""
    document_id: str
    media_type: str
    fetched_at: dt.datetime
    etag: str | None = None
    last_modified: str | None = None
    state: str | None = None
    """A value for the state of the resource when it was fetched. While the state is equal, nothing is fetched again."""
    asked_at: dt.datetime | None = None
    """When the site was last asked, whether or not it gave anything new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRef:
    """A document of a manifest."""

    document_id: str
    kind: str
    url: str
    media_type: str
    fetched_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The documents of one interval of one source."""

    source: str
    interval_start: dt.date
    interval_end: dt.date
    documents: list[DocumentRef]


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


def _unreadable(path: Path, error: OSError) -> OrderPaperError:
    if isinstance(error, FileNotFoundError):
        return OrderPaperError(f"{path} is missing from the landing zone")
    return OrderPaperError(f"{path} cannot be read: {error.strerror or error}")


class Landing:
    """A landing zone in one folder. Any number of writers may use it, because equal content has equal names."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def document_path(self, document_id: str) -> Path:
        """Return the path of a document's body, which need not exist."""
        return self.root / "documents" / document_id[:2] / document_id

    def put(self, body: bytes) -> tuple[str, bool]:
        """Store a body; return its document id and whether it was new."""
        document_id = hashlib.sha256(body).hexdigest()
        path = self.document_path(document_id)
        if self.is_intact(document_id):
            return document_id, False
        write_atomically(path, body)
        return document_id, True

    def put_file(self, source: Path) -> tuple[str, bool]:
        """Store a copy of a file, of any size; return its document id and whether it was new.

        Raises:
            OrderPaperError: it cannot be read, or the disk refuses.
        """
        temporary = self.root / "documents" / f".tmp-{uuid.uuid4().hex}"
        try:
            temporary.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, temporary)
            with temporary.open("rb") as file:
                document_id = hashlib.file_digest(file, "sha256").hexdigest()
            if is_new := not self.is_intact(document_id):
                path = self.document_path(document_id)
                path.parent.mkdir(exist_ok=True)
                temporary.replace(path)
        except OSError as error:
            raise OrderPaperError(f"{source} cannot be copied into {self.root}: {error.strerror or error}") from error
        finally:
            temporary.unlink(missing_ok=True)
        return document_id, is_new

    def is_intact(self, document_id: str) -> bool:
        """Return whether the body exists and its bytes still have its hash."""
        try:
            with self.document_path(document_id).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == document_id
        except FileNotFoundError:
            return False

    def size(self, document_id: str) -> int:
        """Return the size of a document's body in bytes.

        Raises:
            OrderPaperError: it is missing, or the disk refuses.
        """
        path = self.document_path(document_id)
        try:
            return path.stat().st_size
        except OSError as error:
            raise _unreadable(path, error) from error

    def read(self, document_id: str) -> bytes:
        """Return the body of a document.

        Raises:
            OrderPaperError: it is missing, the disk refuses, or its bytes no longer have its hash.
        """
        path = self.document_path(document_id)
        try:
            body = path.read_bytes()
        except OSError as error:
            raise _unreadable(path, error) from error
        if hashlib.sha256(body).hexdigest() != document_id:
            raise OrderPaperError(f"{path} is damaged: its bytes no longer have the hash that is its name")
        return body

    def held(self, source: str, url: str) -> Held | None:
        """Return the newest document of an address, or None if there is none or its body is damaged."""
        try:
            entry = msgspec.json.decode(self._index_path(source, url).read_bytes(), type=Held)
        except (FileNotFoundError, msgspec.DecodeError):
            return None
        return entry if self.is_intact(entry.document_id) else None

    def hold(self, source: str, entry: Held) -> None:
        """Store the newest document of an address."""
        write_atomically(self._index_path(source, entry.url), msgspec.json.encode(entry))

    def doubt(self, source: str, ref: DocumentRef) -> None:
        """Make the next fetch ask for an address again, because its document could not be used."""
        entry = self.held(source, ref.url)
        if entry and entry.document_id == ref.document_id:
            self.hold(source, replace(entry, state=None, asked_at=None))

    def _index_path(self, source: str, url: str) -> Path:
        name = hashlib.sha256(url.encode()).hexdigest()
        return self.root / "index" / source / name[:2] / f"{name}.json"

    def write_manifest(self, manifest: Manifest, *, lacks_lists: bool = False) -> str:
        """Store a manifest and return its name, which is unique within the source.

        The name says if lists did not come, because then the interval was not fetched whole.
        """
        body = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
        digest = hashlib.sha256(body).hexdigest()[:12]
        name = f"{manifest.interval_start}_{manifest.interval_end}_{digest}{LACKING if lacks_lists else ''}"
        write_atomically(self._manifest_path(manifest.source, name), body)
        return name

    def manifests(self, source: str) -> list[str]:
        """Return the names of a source's manifests, the newest interval first."""
        return sorted((path.stem for path in (self.root / "manifests" / source).glob("[!.]*.json")), reverse=True)

    def newest_manifest(self, source: str) -> str | None:
        """Return the name of the manifest of a source that was written last, even if it had been written before."""
        paths = (self.root / "manifests" / source).glob("[!.]*.json")
        written = [(path.stat().st_mtime_ns, path.stem) for path in paths]
        return max(written)[1] if written else None

    def read_manifest(self, source: str, name: str) -> Manifest:
        """Return the manifest of that name.

        Raises:
            OrderPaperError: there is none, or it cannot be read.
        """
        path = self._manifest_path(source, name)
        try:
            return msgspec.json.decode(path.read_bytes(), type=Manifest)
        except (OSError, msgspec.DecodeError) as error:
            raise OrderPaperError(f"The manifest {path} cannot be read: {error}") from error

    def whole_interval(self, source: str, interval_start: dt.date, interval_end: dt.date) -> str | None:
        """Return the newest manifest of an interval that lacks no list and was written after its last day, or None."""
        paths = (self.root / "manifests" / source).glob(f"{interval_start}_{interval_end}_*.json")
        written = sorted((path.stat().st_mtime, path.stem) for path in paths if not path.stem.endswith(LACKING))
        if not written or dt.datetime.fromtimestamp(written[-1][0], dt.UTC).date() <= interval_end:
            return None
        return written[-1][1]

    def _manifest_path(self, source: str, name: str) -> Path:
        return self.root / "manifests" / source / f"{name}.json"
