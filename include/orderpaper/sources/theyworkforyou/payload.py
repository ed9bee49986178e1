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
"""What may stand before the root: an encoding that keeps ASCII as it is, and names for characters, as the files do."""
LINK = re.compile(r'href="(?P<name>debates(?P<day>\d{4}-\d\d-\d\d)[a-z]*\.xml)"')
"""A day in the list of files."""
ID = re.compile(r"uk\.org\.publicwhip/(?P<section>debate|westminhall|lords)/(?P<day>\d{4}-\d\d-\d\d)")
HEADINGS = ("oral-heading", "major-heading", "minor-heading")
"""From the widest to the narrowest."""
KNOWN_ELEMENTS = frozenset({*HEADINGS, "speech", "division", "gidredirect"})
KNOWN_ATTRIBUTES = frozenset(
    "id speakerid person_id speakername speakeroffice nospeaker error oral-qnum colnum time url type divdate divnumber"
    " hansard_membership_id oldgid newgid matchtype".split()
)


def read_elements(body: bytes) -> list[Any]:
    """The headings, speeches and divisions of a day, in order. Nothing outside the document is fetched.

    Raises:
        ParseError: it is no day of TheyWorkForYou's, defines entities that are more than a character, or has text or
            elements where there are none.
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
