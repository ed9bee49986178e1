"""The shape of a blog's Atom feed (RFC 4287): the elements that must be there, and their types."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import msgspec
from lxml import etree

from orderpaper.errors import ParseError
from orderpaper.records import Refusal

_ATOM = "{http://www.w3.org/2005/Atom}"
_ENTRY = f"{_ATOM}entry"
_THREAD = "{http://purl.org/syndication/thread/1.0}"
_OF_XML = frozenset(f"@{{http://www.w3.org/XML/1998/namespace}}{name}" for name in ("lang", "base"))
"""Attributes of any element: its language, and the address from which those in it are counted."""
KNOWN_FIELDS = (
    frozenset(
        f"{_ATOM}{name}"
        for name in ("author", "title", "link", "id", "updated", "published", "category", "summary", "content")
    )
    | {f"{_THREAD}total"}
    | _OF_XML
)
"""Elements and attributes of an entry that are read, and those that are known and ignored; any other is drift."""
KNOWN_AROUND = (
    frozenset(
        f"{_ATOM}{name}"
        for name in ("title", "subtitle", "link", "id", "updated", "author", "category", "generator", "icon", "logo")
    )
    | {f"{_ATOM}rights"}
    | _OF_XML
)
"""Elements and attributes of a feed beside its entries: the title, and what describes the blog and not a post."""
_STRAY = "text()"


class Entry(msgspec.Struct):
    """One post. Times carry their offset; the blogs give UTC."""

    title: str
    link: str
    """Address of the post's page."""
    id: str
    published: dt.datetime
    updated: dt.datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """One page of the feed, the newest post first. An entry that is not understood is refused by itself."""

    title: str
    entries: list[Entry]
    names: list[str]
    """The id of each entry, understood or not."""
    elements: dict[int, dict[str, str]]
    """The number of each entry that is understood → the words in its elements, by qualified name, and around them."""
    around: dict[str, str]
    """The words in the elements beside the entries, by qualified name, and around them."""
    refusals: list[Refusal]


def read_feed(body: bytes) -> Feed:
    """Return the feed in `body`. Nothing outside it is fetched, and no entity that it defines is expanded.

    Raises:
        ParseError: it is no Atom feed, brings a document type of its own, or has entries and none is understood.
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
    feed = Feed(_title(root), [], [], {}, _words_in(root), [])
    seen: set[str] = set()
    for number, element in enumerate(root.findall(_ENTRY), start=1):
        markup = etree.tostring(element, encoding="unicode", with_tail=False)
        name = (element.findtext(f"{_ATOM}id") or markup).strip()
        try:
            _check_first(name, seen)
            entry = _entry(element)
        except ParseError as error:
            feed.refusals.append(Refusal(address=f"/feed/entry[{number}]", reason=str(error), text=markup))
        else:
            feed.entries.append(entry)
            feed.elements[number] = _words_in(element)
        feed.names.append(name)
        seen.add(name)
    if feed.refusals and not feed.entries:
        first = feed.refusals[0]
        raise ParseError(f"not an Atom feed as a blog gives it: {first.address}: {first.reason}")
    return feed


def _words_in(element: Any) -> dict[str, str]:
    """Return the words in the elements of an element, by qualified name, and those around them and in its attributes.

    Words of several elements of a name are joined by line ends.
    """
    found = {f"@{name}": [value] for name, value in element.attrib.items()}
    found[_STRAY] = [element.text or "", *(child.tail or "" for child in element)]
    for child in element:
        if isinstance(child.tag, str) and child.tag != _ENTRY:
            found.setdefault(child.tag, []).append("".join(child.itertext()))
    words = {name: "\n".join(filter(str.strip, texts)) for name, texts in found.items()}
    return {name: text for name, text in words.items() if text or name != _STRAY}


def _check_first(name: str, names: set[str]) -> None:
    if name in names:
        raise ParseError(f"{name} is given twice: an entry before this one has the same id")


def _title(root: Any) -> str:
    titles = root.findall(f"{_ATOM}title")
    if len(titles) != 1 or len(titles[0]):
        found = "markup in its title" if len(titles) == 1 else f"{len(titles) or 'no'} title{'s' * (len(titles) > 1)}"
        raise ParseError(f"not an Atom feed as a blog gives it: it has {found}")
    return titles[0].text or ""


def _entry(element: Any) -> Entry:
    """Return an entry.

    Raises:
        ParseError: it lacks something, or one of its times is none or has no offset.
    """
    found = {name: element.findtext(f"{_ATOM}{name}") for name in ("title", "id", "published", "updated")}
    links = element.findall(f"{_ATOM}link")
    found["link"] = next((link.get("href") for link in links if link.get("rel", "alternate") == "alternate"), None)
    try:
        entry = msgspec.convert({name: value.strip() for name, value in found.items() if value}, Entry)
    except msgspec.ValidationError as error:
        raise ParseError(f"an entry of a feed: {error}") from error
    if entry.published.tzinfo is None or entry.updated.tzinfo is None:
        raise ParseError(f"the entry {entry.id} has a time without its offset from UTC")
    return entry
