"""Read a file that a person dropped: find the parser that recognises its content, and let it read the file."""

import importlib
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import ModuleType

from orderpaper.errors import ParseError
from orderpaper.reading.mail import note_above, read_message
from orderpaper.reading.payloads import error_in
from orderpaper.reading.saved import SavedFile
from orderpaper.records import Document, Parsed, Refusal
from orderpaper.records.saved_pages import parse_saved
from orderpaper.sources.inbox import not_read

_SOURCES = Path(__file__).parents[1]
_SHOWS_JSON = re.compile(r"\s*(?:```\w*\s*)?[{\[]\s*[{\[\"]")
_FEED = re.compile(r"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:feed|rss|rdf:RDF)\b", re.DOTALL)


@cache
def parsers() -> tuple[ModuleType, ...]:
    """Return the parsers of all folders that can recognise a saved file.

    Such a parser has `matches(file)`, and says in `KIND` and `LOOKED_FOR` what it reads and by what it recognises it. A
    parser of prose also has `parse_text(text)`, which gets the text that a reader of the file sees.
    """
    names = sorted(path.parent.name for path in _SOURCES.glob("*/parse.py"))
    modules = [importlib.import_module(f"orderpaper.sources.{name}.parse") for name in names]
    return tuple(module for module in modules if hasattr(module, "matches"))


def parse(document: Document) -> Parsed:
    r"""Return the records of a file that a person dropped, whatever its name.

    The text of an HTML page is its visible text without what is the site's. `Parsed.text` has "\n" for every line end,
    and spans count in it.

    Raises:
        ParseError: the file is not text, no parser or more than one recognises it, or its parser refuses it. Then the
            whole file is refused.
    """
    file = SavedFile(read_message(document.body))
    if _FEED.match(file.text):
        raise ParseError(
            "the file is a feed, which has only the addresses of posts; save the page of each post instead"
        )
    of_prose = [parser for parser in parsers() if hasattr(parser, "parse_text")]
    of_payloads = [parser for parser in parsers() if parser not in of_prose]
    # The parsers of prose are tried only if no parser of payloads matches.
    found = [parser for parser in of_payloads if parser.matches(file)]
    found = found or [parser for parser in of_prose if parser.matches(file)]
    note = None if found or file.is_json else note_above(file.text)
    if note:
        file = SavedFile(note[1])
        found = [parser for parser in of_prose if parser.matches(file)]
    if len(found) > 1:
        kinds = " and as ".join(parser.KIND for parser in found)
        advice = (
            "it is one payload, so `matches` of one of these parsers recognises too much; please report it"
            if isinstance(file.payload, dict)
            else "save each in a file of its own"
        )
        raise ParseError(f"the file reads as {kinds}: {advice}")
    if not found:
        if error := error_in(file.payload):
            raise ParseError(f"the file is no document but the answer of an API to a request that failed, with {error}")
        asked = of_payloads if file.is_json else [*of_prose, *of_payloads]
        if not file.is_json and (page := not_read.named(file.page.text)):
            raise ParseError(page)
        if not file.is_json and _SHOWS_JSON.match(file.page.text):
            raise ParseError("the file shows JSON on a page or between other marks; save the JSON by itself")
        looked_for = "; ".join(f"{parser.LOOKED_FOR} ({parser.KIND})" for parser in asked)
        raise ParseError(f"the file is {'JSON ' if file.is_json else ''}of no known kind; looked for {looked_for}")
    (parser,) = found
    if parser in of_prose:
        parsed = parse_saved(file, parser.parse_text, parser.KIND)
        return replace(parsed, refusals=[*parsed.refusals, *map(_refused_note, note[:1] if note else ())])
    read: Parsed = parser.parse(replace(document, body=file.text.encode()) if file.is_json else document)
    return read


def _refused_note(note: str) -> Refusal:
    """Return the refusal of what somebody wrote above a text that is quoted."""
    return Refusal(address="line 1", reason="a note stands above the quoted text, and is no part of it", text=note)
