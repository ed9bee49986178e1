"""The shape of a blog's Atom feed (RFC 4287): the elements that must be there, and their types."""

import datetime as dt
from typing import Any

import msgspec
from lxml import etree

from orderpaper.errors import ParseError

_ATOM = "{http://www.w3.org/2005/Atom}"
_THREAD = "{http://purl.org/syndication/thread/1.0}"
KNOWN_FIELDS = frozenset(
    f"{_ATOM}{name}"
    for name in ("author", "title", "link", "id", "updated", "published", "category", "summary", "content")
) | {f"{_THREAD}total"}
"""Elements of an entry that are read, and those that are known and ignored; any other is drift."""


class Entry(msgspec.Struct):
    """One post. Times carry their offset; the blogs give UTC."""

    title: str
    link: str
    """Address of the post's page."""
    id: str
    published: dt.datetime
    updated: dt.datetime


class Feed(msgspec.Struct):
    """One page of the feed, the newest post first."""

    title: str
    entries: list[Entry]
    elements: list[dict[str, str]]
    """The elements of each entry, by qualified name."""


def read_feed(body: bytes) -> Feed:
    """Return the feed in `body`. Nothing outside it is fetched, and no entity that it defines is expanded.

    Raises:
        ParseError: it is no Atom feed, brings a document type of its own, or an entry lacks something.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ParseError(f"not an Atom feed: {error}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ParseError("not an Atom feed that can be trusted: it brings a document type of its own")
    if root.tag != f"{_ATOM}feed":
        raise ParseError(f"not an Atom feed: its root element is {root.tag}")
    entries = root.findall(f"{_ATOM}entry")
    content = {
        "title": root.findtext(f"{_ATOM}title"),
        "entries": [_fields(entry) for entry in entries],
        "elements": [
            {child.tag: child.text or "" for child in entry if isinstance(child.tag, str)} for entry in entries
        ],
    }
    try:
        feed = msgspec.convert(content, Feed)
    except msgspec.ValidationError as error:
        raise ParseError(f"not an Atom feed as a blog gives it: {error}") from error
    for entry in feed.entries:
        if entry.published.tzinfo is None or entry.updated.tzinfo is None:
            raise ParseError(f"the entry {entry.id} has a time without its offset from UTC")
    return feed


def _fields(entry: Any) -> dict[str, str]:
    """Return the fields that an entry has."""
    found = {name: entry.findtext(f"{_ATOM}{name}") for name in ("title", "id", "published", "updated")}
    links = entry.findall(f"{_ATOM}link")
    found["link"] = next((link.get("href") for link in links if link.get("rel", "alternate") == "alternate"), None)
    return {name: value.strip() for name, value in found.items() if value}
