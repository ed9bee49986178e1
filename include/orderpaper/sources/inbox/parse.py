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

_SOURCES = Path(__file__).parents[1]
_FEED = re.compile(r"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:feed|rss|rdf:RDF)\b", re.DOTALL)
_NOT_READ = (
    (
        re.compile(r"^[^\S\n]*UIN:? \w+,? [Tt]abled on:? \d|^[^\S\n]*(?:Tabled on|Date tabled):? \d", re.MULTILINE),
        "a page of questions-statements.parliament.uk",
        "the same question from its API, or a listing with “Asked by:” and “Question to the …:”",
    ),
    (
        re.compile(
            r"\(Citation: H[CL] Deb\b|^[^\S\n]*Link to this speech\b|^[^\S\n]*TheyWorkForYou\b"
            r"|^[^\S\n]*All (?:Commons|Lords|Westminster Hall) debates on |^[^\S\n]*Alert me about debates like this\b"
            r"|^.{0,80}\b(?:written question|debate) – (?:answered on|in the House of (?:Commons|Lords)) ",
            re.MULTILINE,
        ),
        "a page of theyworkforyou.com",
        "the XML file of the day from TheyWorkForYou, or the debate from the Hansard API",
    ),
    (
        re.compile(
            r"^[^\S\n]*Volume \d+(?:: debated on |[^\S\n]*$)|^[^\S\n]*H[CL] Deb \d{1,2} \w+ \d{4} vol"
            r"|^[^\S\n]*(?:Share this (?:contribution|debate)|Copy link to this contribution)[^\S\n]*$",
            re.MULTILINE,
        ),
        "a page of hansard.parliament.uk",
        "the debate from the Hansard API, or a question time without its speakers",
    ),
    (
        re.compile(r"^[^\S\n]*\d{1,2} [A-Z][a-z]{2,8} \d{4} ?: ?Column \d", re.MULTILINE),
        "a page of the Official Report on publications.parliament.uk",
        "the XML file of the day from TheyWorkForYou, or the debate from the Hansard API",
    ),
    (
        re.compile(r"^[^\S\n]*Questions (?:tabled on \w+ \d|for (?:Written|Oral) Answer[^\S\n]*$)", re.MULTILINE),
        "a list of questions of the Order Paper",
        "the same questions from the API of written or of oral questions",
    ),
    (
        re.compile(r"^[^\S\n]*The below Parliamentary question was asked by ", re.MULTILINE),
        "a page of ukpol.co.uk",
        "the same question from the API of written questions",
    ),
    (
        re.compile(
            r"^[^\S\n]*(?:[TQ]?\d{1,2}\. )?[A-Z][^.?!:£()\n]{3,80} \([^()\n]{2,60}\)"
            r" \([A-Z][A-Za-z/-]{1,9}\)(?: ?:|[^\S\n]*$)",
            re.MULTILINE,
        ),
        "a text of Hansard with its speakers",
        "the debate from the Hansard API, or a question time without its speakers",
    ),
    (
        re.compile(r"^[^\S\n]*Parliamentary career[^\S\n]*$", re.MULTILINE),
        "a page of members.parliament.uk",
        "the member's detail, history or biography from the members API",
    ),
    (
        re.compile(r"^[^\S\n]*Read more of .+", re.MULTILINE),
        "a page that lists posts of a blog",
        "the page of each post",
    ),
)
"""Pages that people save and no parser reads: a pattern, the name of the page, and what would be read instead.

The spaces before a line's words are those of that line: with `\\s*`, many empty lines would be read again from each.
"""


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
        for pattern, name, instead in () if file.is_json else _NOT_READ:
            if pattern.search(file.page.text):
                raise ParseError(f"the file is {name}, which is not read; save {instead} instead")
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
