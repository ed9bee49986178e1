"""Find the House of a file of written answers or statements, whose ids are the same in both Houses."""

import re
from collections.abc import Iterator

from orderpaper.errors import ParseError
from orderpaper.sources.theyworkforyou.payload import File

_IN_ADDRESS = re.compile(r"/(?:(?P<Lords>ld\d|lords?\b)|(?P<Commons>cm\d|commons\b))", re.IGNORECASE)
_IN_SPEAKER = re.compile(r"publicwhip/(?:(?P<Lords>lord)|(?P<Commons>member))/")
_IN_NAME = re.compile(r"(?:(?P<Lords>lords(?:wrans|wms))|(?P<Commons>answers|ministerial))\d{4}-")


def house_of(file: File, url: str) -> str:
    """Return the House, by the addresses of the pages that the file was made from, its speakers, or its own name.

    Raises:
        ParseError: it is of both Houses, or nothing says of which.
    """
    for said in (
        _named(_IN_ADDRESS, (element.get("url", "") for element in file.elements)),
        _named(_IN_SPEAKER, (element.get("speakerid", "") for element in file.elements)),
        _named(_IN_NAME, [url]),
    ):
        if len(said) > 1:
            raise ParseError("the file is of both Houses: its pages or speakers are of the Commons and of the Lords")
        if said:
            return said.pop()
    raise ParseError("nothing in the file says of which House it is: no page, no speaker and not its name")


def _named(pattern: re.Pattern[str], texts: Iterator[str] | list[str]) -> set[str]:
    return {match.lastgroup for text in texts if (match := pattern.search(text)) and match.lastgroup}
