"""Read a file of TheyWorkForYou safely and strictly: known elements in known places, and no text between them.

A document may only define entities that are single characters.
"""

import codecs
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from orderpaper.errors import ParseError
from orderpaper.reading.pieces import Piece, nodes_of

_PROLOGUE = re.compile(
    rb"\s*+(?:<\?xml\s++version=[\"']1\.0[\"']\s++encoding=[\"'](?:iso-8859-1|utf-8|us-ascii)[\"']\s*+\?>)?+\s*+"
    rb"(?:<!DOCTYPE\s++publicwhip\s*+\[(?:\s*+<!ENTITY\s++\w++\s++\"&\#\d{1,7};\"\s*+>)*+\s*+\]>)?+\s*+<publicwhip\b",
    re.IGNORECASE,
)
"""The allowed text before the root: an encoding that is a superset of ASCII, and entities for single characters."""
_ID = re.compile(
    r"uk\.org\.publicwhip/(?P<section>debate|westminhall|lords|wrans|wms|standing)/(?:standing[\w-]*?_)?"
    r"(?P<day>\d{4}-\d\d-\d\d)(?P<version>[a-z]*)\."
)
HEADINGS = ("oral-heading", "major-heading", "minor-heading")
"""The elements of headings, from the widest to the narrowest."""
_CHAMBER = frozenset({*HEADINGS, "speech", "division"})
_TOP = {
    "debate": _CHAMBER,
    "westminhall": _CHAMBER,
    "lords": _CHAMBER,
    "wrans": frozenset({"major-heading", "minor-heading", "ques", "reply"}),
    "wms": frozenset({"major-heading", "minor-heading", "speech"}),
    "standing": frozenset({"major-heading", "minor-heading", "speech", "bill", "committee", "divisioncount"}),
}
"""The elements that stand directly below the root, for each kind of file."""
_REDIRECT = "gidredirect"
LEFT_OUT = {_REDIRECT: "it says under which id of this version an element of an older one stands, and has no text"}
WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
"""Characters of Windows-1252 that older files give as the control characters with the same numbers."""
_WITHOUT_ID = frozenset({_REDIRECT, "bill", "committee"})
_INLINE = frozenset(
    "a abbr b br big cite code del em font i img ins phrase q s small span strike strong sub sup tt u".split()
)
_BLOCKS = frozenset(
    "blockquote caption center col colgroup data dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre table tbody td tfoot th"
    " thead tr ul".split()
)
_INSIDE = {
    **dict.fromkeys(HEADINGS, _INLINE),
    **dict.fromkeys(("speech", "ques", "reply"), _INLINE | _BLOCKS),
    "division": frozenset({"divisioncount", "mplist", "mpname", "lordlist", "lord"}),
    "divisioncount": frozenset({"mplist", "mpname"}),
    "bill": _INLINE,
    "committee": frozenset({"chairmen", "mpname", "clerk", "witnesses", "witness", *_INLINE}),
    _REDIRECT: frozenset[str](),
}
"""The elements that may stand inside each element below the root."""
_HOLDERS = frozenset(
    {"publicwhip", _REDIRECT, "division", "divisioncount", "mplist", "lordlist", "committee", "chairmen", "witnesses"}
)
"""Elements that hold other elements and no text of their own."""
KNOWN_ATTRIBUTES = frozenset(
    "id speakerid person_id speakername speakeroffice nospeaker error oral-qnum colnum time url type divdate divnumber"
    " hansard_membership_id oldgid newgid matchtype oldstyleid inserted-heading colon title ayes noes".split()
)


@dataclass(frozen=True, slots=True)
class File:
    """A file: the kind in its ids, its day, and the elements below its root without those that have no text."""

    section: str
    day: dt.date
    elements: list[Any]
    pieces: list[Piece]
    """The text nodes, each of which a record has to have."""


def read_file(body: bytes) -> File:
    """Return the file with its elements in order. Nothing outside the document is fetched.

    Raises:
        ParseError: the document is no file of TheyWorkForYou, is superseded, defines entities of more than one
            character, is of several days or kinds, or has an unknown element or text between its elements.
    """
    root = _root(body)
    elements = [element for element in root if isinstance(element.tag, str)]
    found = {(m["section"], m["day"]) for e in elements if e.tag != _REDIRECT and (m := _ID.match(e.get("id", "")))}
    if root.get("latest") == "no":
        raise ParseError(_superseded(root, elements))
    for element in elements:
        if element.tag not in _WITHOUT_ID and not _ID.match(element.get("id", "")):
            raise ParseError(f"line {element.sourceline}: the {element.tag} has no id that says its day")
    if len(found) != 1:
        raise ParseError(f"a file of TheyWorkForYou is of one day and one kind, this is of {len(found)}")
    ((section, printed),) = found
    try:
        day = dt.date.fromisoformat(printed)
    except ValueError as error:
        raise ParseError(f"there is no such day as {printed}") from error
    _check(root, section)
    pieces = [piece._replace(text=piece.text.translate(WINDOWS)) for piece in nodes_of(root, LEFT_OUT)]
    return File(section, day, [element for element in elements if element.tag != _REDIRECT], pieces)


def _root(body: bytes) -> Any:
    """Return the root element.

    Raises:
        ParseError: it is not XML, or its prologue is not that of TheyWorkForYou.
    """
    body = body.removeprefix(codecs.BOM_UTF8)
    if not _PROLOGUE.match(body):
        raise ParseError(
            "not a day of TheyWorkForYou: expected its XML declaration, names for single characters and nothing else,"
            " and the root element publicwhip"
        )
    parser = etree.XMLParser(
        encoding=_encoding(body),
        resolve_entities="internal",
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ParseError(f"not a day of TheyWorkForYou: {error}") from error


def _encoding(body: bytes) -> str | None:
    """Return UTF-8 for a file that was saved as UTF-8, whatever it declares; None to believe its declaration.

    Latin-1 text with a character beyond ASCII is hardly ever valid UTF-8.
    """
    try:
        body.decode()
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _superseded(root: Any, elements: list[Any]) -> str:
    """Return the refusal of a version that a newer one has replaced. It has only what the newer one left out."""
    versions = {match["version"] for e in elements if (match := _ID.match(e.get("newgid", "")))}
    newest = max(versions - {root.get("scrapeversion")}, key=lambda version: (len(version), version), default=None)
    newer = f"version {newest}" if newest else "a newer version"
    return f"this is version {root.get('scrapeversion')} of a file, which {newer} has replaced; save {newer}"


def _check(root: Any, section: str) -> None:
    """Check that every element is known where it stands, and that no text stands between elements.

    Raises:
        ParseError: one is unknown, or text stands where only elements are expected.
    """
    for place, element in _with_place(root):
        tag = str(element.tag).lower()
        known = _TOP[section] | {_REDIRECT} if place is root else _INSIDE.get(place.tag, _INLINE)
        if tag not in known:
            where = f"a file of {section}" if place is root else f"a {place.tag}"
            raise ParseError(f"line {element.sourceline}: the element {element.tag} is not known in {where}")
    for holder in root.iter(*_HOLDERS):
        for text in (holder.text, *(child.tail for child in holder)):
            if text and text.strip():
                raise ParseError(f"line {holder.sourceline}: text stands between elements: {text.strip()[:60]!r}")


def _with_place(root: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each element below the root with the one that says what it may be: the root, or the top one it is in."""
    for top in root:
        if not isinstance(top.tag, str):
            continue
        yield root, top
        for element in top.iterdescendants():
            if isinstance(element.tag, str):
                yield top, element
