"""Read the XML of a day safely: a document may only define entities that are single characters."""

import re
from typing import Any

from lxml import etree

from orderpaper.errors import ParseError

_PROLOGUE = re.compile(
    rb"\s*+(?:<\?xml\s++version=[\"']1\.0[\"']\s++encoding=[\"'](?:iso-8859-1|utf-8|us-ascii)[\"']\s*+\?>)?+\s*+"
    rb"(?:<!DOCTYPE\s++publicwhip\s*+\[(?:\s*+<!ENTITY\s++\w++\s++\"&\#\d{1,7};\"\s*+>)*+\s*+\]>)?+\s*+<publicwhip\b",
    re.IGNORECASE,
)
"""The allowed text before the root: an encoding that is a superset of ASCII, and entities for single characters."""
LINK = re.compile(r'href="(?P<name>debates(?P<day>\d{4}-\d\d-\d\d)[a-z]*\.xml)"')
"""The link to the file of a day in the list of files."""
ID = re.compile(r"uk\.org\.publicwhip/(?P<section>debate|westminhall|lords)/(?P<day>\d{4}-\d\d-\d\d)")
HEADINGS = ("oral-heading", "major-heading", "minor-heading")
"""The elements of headings, from the widest to the narrowest."""
KNOWN_ELEMENTS = frozenset({*HEADINGS, "speech", "division", "gidredirect"})
KNOWN_ATTRIBUTES = frozenset(
    "id speakerid person_id speakername speakeroffice nospeaker error oral-qnum colnum time url type divdate divnumber"
    " hansard_membership_id oldgid newgid matchtype".split()
)


def read_elements(body: bytes) -> list[Any]:
    """Return the headings, speeches and divisions of a day, in order. Nothing outside the document is fetched.

    Raises:
        ParseError: the document is not a day of TheyWorkForYou, defines entities of more than one character, or has
            text or elements in unexpected places.
    """
    if not _PROLOGUE.match(body):
        raise ParseError(
            "not a day of TheyWorkForYou: expected its XML declaration, names for single characters and nothing else,"
            " and the root element publicwhip"
        )
    parser = etree.XMLParser(resolve_entities="internal", no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ParseError(f"not a day of TheyWorkForYou: {error}") from error
    elements = [element for element in root if isinstance(element.tag, str)]
    for text in (root.text, *(element.tail for element in root)):
        if text and text.strip():
            raise ParseError(f"not a day of TheyWorkForYou: text stands between its elements: {text.strip()[:60]!r}")
    for element in elements:
        if element.tag != "gidredirect" and not ID.match(element.get("id", "")):
            raise ParseError(f"line {element.sourceline}: the {element.tag} has no id that says its day")
    return elements
