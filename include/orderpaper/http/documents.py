"""Documents of a site: one that is asked for, and one that is in the landing zone."""

import datetime as dt
from dataclasses import dataclass

from orderpaper.http.answers import Format, Reply
from orderpaper.landing import DocumentRef, Held


@dataclass(frozen=True, slots=True)
class Landed:
    """A document as a source sees it: its reference and its body."""

    ref: DocumentRef
    body: bytes


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document to ask for."""

    url: str
    address: str
    """Its name in the landing zone."""
    due: Format
    held: Held | None
    """The newest document of this address in the landing zone."""
    state: str | None = None

    def is_current(self, attempt_began_at: dt.datetime | None) -> bool:
        """Return whether the held document is in the known state, or was asked for since an attempt began."""
        if self.held is None:
            return False
        if self.state is not None:
            return self.held.state == self.state
        asked_at = self.held.asked_at
        return attempt_began_at is not None and asked_at is not None and asked_at >= attempt_began_at

    def conditions(self) -> dict[str, str]:
        """Return the headers that ask for a body only if it has changed. Invalid values are left out."""
        held = self.held
        conditions = {"If-None-Match": held.etag, "If-Modified-Since": held.last_modified} if held else {}
        return {name: value for name, value in conditions.items() if value and value.isascii() and value.isprintable()}

    def given(self, document_id: str, reply: Reply) -> Held:
        """Return the entry of this address, of which a reply has given the document."""
        held = self.held
        return Held(
            url=self.address,
            document_id=document_id,
            media_type=reply.media_type,
            # Unchanged content keeps its time, so that a repeated fetch gives the same manifest.
            fetched_at=held.fetched_at if held and held.document_id == document_id else reply.requested_at,
            etag=reply.headers.get("ETag"),
            last_modified=reply.headers.get("Last-Modified"),
            state=self.state,
            asked_at=reply.requested_at,
        )
