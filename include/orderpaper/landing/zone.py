"""The landing zone: immutable documents under their sha256, and an index that avoids fetching one twice.

`documents/` holds bodies as they come, and `packs/` those of fetches that have ended. `index/` has the newest document
of each address, `fetch_log/` a line for every request, `manifests/` the documents of each interval of a source, and
`attempts/` the intervals that are being fetched. Every file is written under a temporary name and then renamed, so that
a killed process leaves either the whole file or none.
"""

import datetime as dt
import hashlib
import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from orderpaper.errors import OrderPaperError
from orderpaper.landing.packs import LARGEST_BODY, PackedDocument, Packs

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
        self._packs = Packs(root / "packs")

    def document_path(self, document_id: str) -> Path:
        """Return the path of a document's body while it is a file of its own; it need not exist."""
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
        return self._is_intact_file(document_id) or self._packs.read(document_id) is not None

    def _is_intact_file(self, document_id: str) -> bool:
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
            size = self._packs.size(document_id)
            if size is None:
                raise _unreadable(path, error) from error
            return size

    def read(self, document_id: str) -> bytes:
        """Return the body of a document.

        Raises:
            OrderPaperError: it is missing, the disk refuses, or its bytes no longer have its hash.
        """
        path = self.document_path(document_id)
        unreadable: OSError | None = None
        try:
            body = path.read_bytes()
            if hashlib.sha256(body).hexdigest() == document_id:
                return body
        except OSError as error:
            unreadable = error
        packed = self._packs.read(document_id)
        if packed is not None:
            return packed
        if unreadable is not None and self._packs.size(document_id) is None:
            raise _unreadable(path, unreadable) from unreadable
        raise OrderPaperError(f"{path} is damaged: its bytes no longer have the hash that is its name")

    def seal(self, source: str, documents: Sequence[DocumentRef]) -> int:
        """Move the bodies of a fetch that are files of their own into a pack; return how many.

        If the process is killed, each body is still in a file, in a pack, or in both. A body that is damaged, or too
        large for a pack, stays a file.

        Raises:
            OrderPaperError: the disk refuses.
        """
        # In the order of the pack, whose groups are then read once each.
        found = [
            name for name in dict.fromkeys(ref.document_id for ref in documents) if self.document_path(name).exists()
        ]
        try:
            new = {name for name in found if self._is_due(name)}
            if new:
                self._packs.add(source, self._packed(source, documents, new))
            sealed = [name for name in found if self._packs.read(name) is not None]
            for name in sealed:
                self.document_path(name).unlink(missing_ok=True)
        except OSError as error:
            raise OrderPaperError(f"{self.root} cannot be written: {error.strerror or error}") from error
        return len(sealed)

    def _is_due(self, document_id: str) -> bool:
        """Return whether a body that is a file is intact, not too large for a pack, and in no pack."""
        return (
            self.document_path(document_id).stat().st_size <= LARGEST_BODY
            and self._is_intact_file(document_id)
            and self._packs.read(document_id) is None
        )

    def _packed(self, source: str, documents: Sequence[DocumentRef], new: set[str]) -> Iterator[PackedDocument]:
        """Yield the rows of a pack, of which those in `new` have their bodies, each once."""
        left = set(new)
        for ref in documents:
            held = self._entry(source, ref.url)
            entry = held if held and held.document_id == ref.document_id else None
            body = self.document_path(ref.document_id).read_bytes() if ref.document_id in left else None
            left.discard(ref.document_id)
            yield PackedDocument(
                document_id=ref.document_id,
                url=ref.url,
                kind=ref.kind,
                media_type=ref.media_type,
                fetched_at=ref.fetched_at,
                etag=entry.etag if entry else None,
                last_modified=entry.last_modified if entry else None,
                byte_count=None if body is None else len(body),
                body=body,
            )

    def held(self, source: str, url: str) -> Held | None:
        """Return the newest document of an address, or None if there is none or its body is damaged."""
        entry = self._entry(source, url)
        return entry if entry and self.is_intact(entry.document_id) else None

    def _entry(self, source: str, url: str) -> Held | None:
        try:
            return msgspec.json.decode(self._index_path(source, url).read_bytes(), type=Held)
        except (FileNotFoundError, msgspec.DecodeError):
            return None

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
