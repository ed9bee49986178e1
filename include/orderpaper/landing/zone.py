"""The landing zone: immutable documents under their sha256, and an index that avoids fetching one twice.

`documents/` holds bodies as they come, and `packs/` those of fetches that have ended. `index/` has the newest document
of each address, `fetch_log/` a line for every request, `manifests/` the documents of each interval of a source, and
`attempts/` the intervals that are being fetched, and `newest/` the manifest of each source that was written last. It is
a folder, or a prefix of a bucket (`orderpaper.storage`). Every object appears at once, so that a killed process leaves
either the whole object or none.
"""

import contextlib
import datetime as dt
import hashlib
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import msgspec

from orderpaper.errors import OrderPaperError
from orderpaper.landing.documents import DocumentRef, Held, Manifest
from orderpaper.landing.packs import LARGEST_BODY, ROWS_IN_A_GROUP, PackedDocument, Packs
from orderpaper.storage import Location, Store

LACKING = "_lacking"
"""The end of the name of a manifest for whose interval lists did not come."""


class Landing:
    """A landing zone. Any number of writers may use it, because equal content has equal names."""

    def __init__(self, root: Location) -> None:
        self.root = root
        self.store = Store(root)
        self._packs = Packs(self.store)
        self._stored: dict[str, int] = {}
        """The sizes of the bodies that were stored through this object, because a listing may be too old for them."""

    def put(self, body: bytes) -> tuple[str, bool]:
        """Store a body; return its document id and whether it was new."""
        document_id = hashlib.sha256(body).hexdigest()
        if self._packs.read(document_id) is not None:
            return document_id, False
        is_new = self.store.create(document_name(document_id), body)
        if not is_new and not self._is_intact_object(document_id):
            self.store.write(document_name(document_id), body)
            is_new = True
        self._stored[document_name(document_id)] = len(body)
        return document_id, is_new

    def put_file(self, source: Path) -> tuple[str, bool]:
        """Store a copy of a file, of any size; return its document id and whether it was new.

        Raises:
            OrderPaperError: it cannot be read, or the disk refuses.
        """
        with self.store.new_file() as copy:
            try:
                shutil.copyfile(source, copy)
                with copy.open("rb") as file:
                    document_id = hashlib.file_digest(file, "sha256").hexdigest()
                if is_new := not self.is_intact(document_id):
                    self.store.place(copy, document_name(document_id))
                    self._stored[document_name(document_id)] = source.stat().st_size
            except OSError as error:
                raise OrderPaperError(
                    f"{source} cannot be copied into {self.root}: {error.strerror or error}"
                ) from error
        return document_id, is_new

    def is_intact(self, document_id: str) -> bool:
        """Return whether the body exists and its bytes still have its hash."""
        return self._packs.read(document_id) is not None or self._is_intact_object(document_id)

    def _is_intact_object(self, document_id: str) -> bool:
        return self.store.digest(document_name(document_id)) == document_id

    def size(self, document_id: str) -> int:
        """Return the size of a document's body in bytes.

        Raises:
            OrderPaperError: it is missing, or the disk refuses.
        """
        size = self._packs.size(document_id)
        if size is None:
            size = self.store.size(document_name(document_id))
        if size is None:
            raise self._missing(document_id)
        return size

    def read(self, document_id: str) -> bytes:
        """Return the body of a document.

        Raises:
            OrderPaperError: it is missing, the disk refuses, or its bytes no longer have its hash.
        """
        name = document_name(document_id)
        body = self._packs.read(document_id)
        if body is not None:
            return body
        try:
            body = self.store.read(name)
        except FileNotFoundError:
            body = self._packs.read(document_id, is_listed_anew=True)  # it may have been packed meanwhile
            if body is None:
                body = self._packs.recover(document_id)
            if body is not None:
                return body
            if self._packs.size(document_id) is None:
                raise self._missing(document_id) from None
        if body is None or hashlib.sha256(body).hexdigest() != document_id:
            raise OrderPaperError(
                f"{self.store.where(name)} is damaged: its bytes no longer have the hash that is its name"
            )
        return body

    def _missing(self, document_id: str) -> OrderPaperError:
        return OrderPaperError(f"{self.store.where(document_name(document_id))} is missing from the landing zone")

    def seal(self, source: str, documents: Sequence[DocumentRef]) -> int:
        """Move the bodies of a fetch that are objects of their own into a pack; return how many.

        If the process is killed, each body is still in an object, in a pack, or in both. A body that is damaged, or too
        large for a pack, stays an object.

        Raises:
            OrderPaperError: the disk refuses.
        """
        ids = dict.fromkeys(ref.document_id for ref in documents)
        sizes = self._stored | self.store.sizes("documents", map(document_name, ids))
        # In the order of the pack, whose groups are then read once each.
        found = [each for each in ids if document_name(each) in sizes]
        try:
            small = (each for each in found if sizes[document_name(each)] <= LARGEST_BODY)
            due = {each for each in small if self._packs.read(each) is None}
            if due:
                self._packs.add(source, self._packed(source, documents, due))
            sealed = [each for each in found if self._packs.read(each) is not None]
            self.store.remove_all(map(document_name, sealed))
        except OSError as error:
            raise OrderPaperError(f"{self.root} cannot be written: {error.strerror or error}") from error
        self._stored.clear()
        return len(sealed)

    def _packed(self, source: str, documents: Sequence[DocumentRef], due: set[str]) -> Iterator[PackedDocument]:
        """Yield the rows of a pack, of which those in `due` have their bodies, each once."""
        left = set(due)
        for start in range(0, len(documents), ROWS_IN_A_GROUP):
            rows = []
            for ref in documents[start : start + ROWS_IN_A_GROUP]:
                rows.append((ref, ref.document_id in left))
                left.discard(ref.document_id)
            yield from self.store.each(lambda row: self._row(source, *row), rows)

    def _row(self, source: str, ref: DocumentRef, has_body: bool) -> PackedDocument:
        held = self._entry(source, ref.url)
        entry = held if held and held.document_id == ref.document_id else None
        body = self._intact_object(ref.document_id) if has_body else None
        return PackedDocument(
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

    def _intact_object(self, document_id: str) -> bytes | None:
        """Return a body that is an object of its own, or None if it is missing or damaged."""
        try:
            body = self.store.read(document_name(document_id))
        except FileNotFoundError:
            return None
        return body if hashlib.sha256(body).hexdigest() == document_id else None

    def held(self, source: str, url: str) -> Held | None:
        """Return the newest document of an address, or None if there is none or its body is damaged."""
        entry = self._entry(source, url)
        return entry if entry and self.is_intact(entry.document_id) else None

    def _entry(self, source: str, url: str) -> Held | None:
        try:
            return msgspec.json.decode(self.store.read(_index_name(source, url)), type=Held)
        except (FileNotFoundError, msgspec.DecodeError):
            return None

    def hold(self, source: str, entry: Held) -> None:
        """Store the newest document of an address."""
        self.store.write(_index_name(source, entry.url), msgspec.json.encode(entry))

    def doubt(self, source: str, ref: DocumentRef) -> None:
        """Make the next fetch ask for an address again, because its document could not be used."""
        entry = self.held(source, ref.url)
        if entry and entry.document_id == ref.document_id:
            self.hold(source, replace(entry, state=None, asked_at=None))

    def write_manifest(self, manifest: Manifest, *, lacks_lists: bool = False) -> str:
        """Store a manifest and return its name, which is unique within the source.

        The name says if lists did not come, because then the interval was not fetched whole.
        """
        body = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
        digest = hashlib.sha256(body).hexdigest()[:12]
        name = f"{manifest.interval_start}_{manifest.interval_end}_{digest}{LACKING if lacks_lists else ''}"
        self.store.write(_manifest_name(manifest.source, name), body)
        self.store.write(_newest_name(manifest.source), name.encode())
        return name

    def manifests(self, source: str) -> list[str]:
        """Return the names of a source's manifests, the newest interval first."""
        return sorted((name for name, _ in self._manifests(source)), reverse=True)

    def newest_manifest(self, source: str) -> str | None:
        """Return the name of the manifest of a source that was written last, even if it had been written before."""
        with contextlib.suppress(FileNotFoundError):
            name = self.store.read(_newest_name(source)).decode()
            if self.store.size(_manifest_name(source, name)) is not None:
                return name
        # An older version wrote the manifests, or there are none.
        written = [(written_at, name) for name, written_at in self._manifests(source)]
        return max(written)[1] if written else None

    def read_manifest(self, source: str, name: str) -> Manifest:
        """Return the manifest of that name.

        Raises:
            OrderPaperError: there is none, or it cannot be read.
        """
        try:
            return msgspec.json.decode(self.store.read(_manifest_name(source, name)), type=Manifest)
        except (FileNotFoundError, msgspec.DecodeError) as error:
            where = self.store.where(_manifest_name(source, name))
            reason = "it is missing" if isinstance(error, FileNotFoundError) else error
            raise OrderPaperError(f"The manifest {where} cannot be read: {reason}") from error

    def whole_interval(self, source: str, interval_start: dt.date, interval_end: dt.date) -> str | None:
        """Return the newest manifest of an interval that lacks no list and was written after its last day, or None."""
        written = sorted(
            (written_at, name)
            for name, written_at in self._manifests(source)
            if name.startswith(f"{interval_start}_{interval_end}_") and not name.endswith(LACKING)
        )
        if not written or written[-1][0].astimezone(dt.UTC).date() <= interval_end:
            return None
        return written[-1][1]

    def _manifests(self, source: str) -> list[tuple[str, dt.datetime]]:
        """Return the name of each manifest of a source, and when it was written last."""
        ending = ".json"
        return [
            (entry.name.rpartition("/")[2].removesuffix(ending), entry.written_at)
            for entry in self.store.entries(f"manifests/{source}")
            if entry.name.endswith(ending)
        ]


def document_name(document_id: str) -> str:
    """Return the name of a document's body while it is an object of its own; it need not exist."""
    return f"documents/{document_id[:2]}/{document_id}"


def _index_name(source: str, url: str) -> str:
    name = hashlib.sha256(url.encode()).hexdigest()
    return f"index/{source}/{name[:2]}/{name}.json"


def _manifest_name(source: str, name: str) -> str:
    return f"manifests/{source}/{name}.json"


def _newest_name(source: str) -> str:
    return f"newest/{source}"
