"""A document of the landing zone as a manifest names it, and as the newest one of its address."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRef:
    """A document of a manifest."""

    document_id: str
    kind: str
    url: str
    media_type: str
    fetched_at: dt.datetime


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

    def as_reference(self, kind: str) -> DocumentRef:
        """Return the document as one of a manifest."""
        return DocumentRef(
            document_id=self.document_id,
            kind=kind,
            url=self.url,
            media_type=self.media_type,
            fetched_at=self.fetched_at,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The documents of one interval of one source."""

    source: str
    interval_start: dt.date
    interval_end: dt.date
    documents: list[DocumentRef]
