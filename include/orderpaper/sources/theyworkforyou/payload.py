"""Read a file of TheyWorkForYou safely and strictly: known elements in known places, and no text between them.

What is unknown is refused by itself, and the other elements are kept.

A document may only define entities that are single characters.
"""

import codecs
import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from orderpaper.errors import ParseError
from orderpaper.reading.pieces import Piece, nodes_of
from orderpaper.records import Refusal
from orderpaper.sources.theyworkforyou.folders import version_rank

_PROLOGUE = re.compile(
    rb"\s*+(?>(?:<\?xml\s++version=[\"']1\.0[\"'](?>(?:\s++encoding=[\"'](?:iso-8859-1|windows-1252|utf-8|us-ascii)[\"'])?)"
    rb"(?>(?:\s++standalone=[\"'](?:yes|no)[\"'])?)\s*+\?>)?)(?>(?:\s*+<!--(?>(?:[^-]|-(?!->))*)-->)*)\s*+"
    rb"(?>(?:<!DOCTYPE\s++publicwhip\s*+\[(?>(?:\s*+<!ENTITY\s++\w++\s++\"&\#\d{1,7};\"\s*+>)*)\s*+\]>)?)\s*+<publicwhip\b",
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
_LATEST = "yes"
"""The value of `latest` in the newest version of a file. Files of committees do not have it."""
LEAST_SHARE = 2 / 3
"""More than this share of the ids of a file must be of one day and one kind."""
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
_MARKUP = _INLINE | _BLOCKS
"""The elements of HTML, whose names older files may have in capital letters."""
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


@dataclass(slots=True)
class File:
    """A file: the kind in its ids, its day, and the elements below its root without those that have no text.

    An element that is not understood is refused by itself. It stays in its place, without its words.
    """

    section: str
    day: dt.date
    root: Any
    elements: list[Any]
    refusals: list[Refusal] = field(default_factory=list)
    division_numbers: set[int] = field(default_factory=set)
    """The numbers of the divisions that were read."""
    _refused: set[Any] = field(default_factory=set)

    @property
    def pieces(self) -> list[Piece]:
        """Return the text nodes, each of which a record has to have, without those that are refused."""
        return [piece._replace(text=piece.text.translate(WINDOWS)) for piece in nodes_of(self.root, LEFT_OUT)]

    def has_refused(self, element: Any) -> bool:
        """Return whether an element is refused."""
        return element in self._refused

    def refuse(self, element: Any, reason: str) -> None:
        """Refuse an element with all that is in it."""
        if self.has_refused(element):
            return
        text = etree.tostring(element, encoding="unicode", with_tail=False).translate(WINDOWS)
        self.refusals.append(Refusal(address=self.path(element), reason=reason, text=text))
        self._refused.add(element)
        for inner in element.iterdescendants():
            inner.text = inner.tail = None
            inner.attrib.clear()
        element.text = None

    def refuse_text_between(self, holder: Any) -> None:
        """Refuse the text that stands directly in an element that only holds other elements."""
        for place, text in [(holder, holder.text), *((child, child.tail) for child in holder)]:
            if text and text.strip():
                reason = f"line {place.sourceline}: text stands between elements: {text.strip()[:60]!r}"
                self.refusals.append(Refusal(address=self.path(place), reason=reason, text=text.strip()))
                if place is holder:
                    holder.text = None
                else:
                    place.tail = None

    def path(self, element: Any) -> str:
        """Return the place of an element in the file."""
        return str(self.root.getroottree().getpath(element))


def read_file(body: bytes) -> File:
    """Return the file with its elements in order. Nothing outside the document is fetched.

    Its kind and its day are those of most of its elements.

    Raises:
        ParseError: the document is no file of TheyWorkForYou, is superseded, defines entities of more than one
            character, or is of several days or kinds.
    """
    root = _root(body)
    elements = [element for element in root if isinstance(element.tag, str)]
    if superseded := _superseded(root, elements):
        raise ParseError(superseded)
    whole = [element for element in elements if element.tag != _REDIRECT]
    found = Counter(filter(None, map(_kind_and_day, whole)))
    most = found.most_common(1)
    if not most or most[0][1] <= LEAST_SHARE * found.total():
        first = next((f"; line {e.sourceline}: the {e.tag} has no id that says its day" for e in whole), "")
        raise ParseError(
            f"a file of TheyWorkForYou is of one day and one kind, this is of {len(found)}{'' if found else first}"
        )
    section, printed = most[0][0]
    try:
        day = dt.date.fromisoformat(printed)
    except ValueError as error:
        raise ParseError(f"there is no such day as {printed}") from error
    file = File(section, day, root, whole)
    for holder in root.iter(*_HOLDERS):
        file.refuse_text_between(holder)
    seen: set[str] = set()
    for element in elements:
        name = element.get("id", "").casefold()
        if fault := _fault(element, section, printed):
            file.refuse(element, f"line {element.sourceline}: {fault}")
        elif name in seen:
            file.refuse(
                element, f"line {element.sourceline}: {name} is given twice: an element before it has the same id"
            )
        elif name and element.tag != _REDIRECT:
            seen.add(name)
    return file


def _kind_and_day(element: Any) -> tuple[str, str] | None:
    """Return the kind of file and the day in the id of an element."""
    match = _ID.match(element.get("id", ""))
    return (match["section"], match["day"]) if match else None


def _fault(element: Any, section: str, day: str) -> str | None:
    """Return what is wrong with an element below the root, if anything: its name, its id, or what is in it."""
    if element.tag not in _TOP[section] | {_REDIRECT}:
        return f"the element {element.tag} is not known in a file of {section}"
    if element.tag not in _WITHOUT_ID and (found := _kind_and_day(element)) != (section, day):
        named = f"an id of {' and '.join(found)}" if found else "no id that says its day"
        return f"the {element.tag} has {named}"
    known = _INSIDE.get(element.tag, _INLINE)
    for inner in element.iterdescendants():
        if isinstance(inner.tag, str) and inner.tag not in known and inner.tag.lower() not in known & _MARKUP:
            return f"the element {inner.tag} is not known in a {element.tag}"
    return None


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


def _superseded(root: Any, elements: list[Any]) -> str | None:
    """Return why a version is refused that a newer one has replaced: it has only what the newer one left out.

    The file says so itself, or its elements have their place in a newer version.
    """
    own = root.get("scrapeversion", "")
    versions = {match["version"] for e in elements if (match := _ID.match(e.get("newgid", "")))}
    newest = max(versions - {own}, key=version_rank, default=None)
    is_replaced = bool(own and newest and version_rank(newest) > version_rank(own))
    latest = root.get("latest", _LATEST).casefold()
    if latest == _LATEST and not is_replaced:
        return None
    if latest not in (_LATEST, "no"):
        return f"the file says latest={latest[:20]!r}, which is neither yes nor no; save the newest version"
    newer = f"version {newest}" if newest else "a newer version"
    return f"this is version {own} of a file, which {newer} has replaced; save {newer}"
