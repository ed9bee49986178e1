"""A dropped file to records: decoded, recognised by what it contains, and handed to the parser of its kind."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from orderpaper.errors import ParseError
from orderpaper.reading.decode import decode
from orderpaper.reading.lines import Line, content_lines
from orderpaper.reading.page import readable_text
from orderpaper.records import Document, Parsed
from orderpaper.sources.debate_digest import parse as debate_digest
from orderpaper.sources.hansard import parse as hansard
from orderpaper.sources.members import parse as members
from orderpaper.sources.oral_questions import parse as oral_questions
from orderpaper.sources.oral_sitting import parse as oral_sitting
from orderpaper.sources.press_blog import parse as press_blog
from orderpaper.sources.question_listing import parse as question_listing
from orderpaper.sources.theyworkforyou import parse as theyworkforyou
from orderpaper.sources.written_questions import parse as written_questions

_OWN_VERSION = 1
"""Raise it when decoding or recognition changes."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of saved document: what it is called, how it is known, and its parser."""

    title: str
    looked_for: str
    matches: Callable[[Sequence[Line]], bool]
    parse_text: Callable[[str], Parsed]


_KINDS = (
    _Kind("a question listing", question_listing.LOOKED_FOR, question_listing.is_listing, question_listing.parse_text),
    _Kind("a digest of a debate", debate_digest.LOOKED_FOR, debate_digest.is_digest, debate_digest.parse_text),
    _Kind("a press post", press_blog.LOOKED_FOR, press_blog.is_post, press_blog.parse_text),
    _Kind("a sitting of oral questions", oral_sitting.LOOKED_FOR, oral_sitting.is_sitting, oral_sitting.parse_text),
)

PARSER_VERSION = _OWN_VERSION + sum(
    parser.PARSER_VERSION - 1
    for parser in (
        question_listing,
        debate_digest,
        press_blog,
        oral_sitting,
        written_questions,
        members,
        oral_questions,
        hansard,
        theyworkforyou,
    )
)
"""Rises when any of the parsers does."""


def parse(document: Document) -> Parsed:
    r"""The records of a file that a person dropped, whatever its name.

    Text files, saved HTML pages (their visible text is then the document's text), saved JSON payloads of the
    written-questions, members, oral-questions and Hansard APIs, and days in TheyWorkForYou's XML are read.
    `Parsed.text` has "\n" for every line end, and spans count in it.

    Raises:
        ParseError: the bytes are not text, are of no known kind or of two, or are not understood to the end. Then the
            whole file is refused: nothing is half read.
    """
    text = decode(document.body)
    if text.lstrip().startswith(("{", "[")):
        parsed = _parse_payload(document, text)
    elif theyworkforyou.is_day(text):
        parsed = theyworkforyou.parse(document)
    else:
        parsed = _parse_prose(readable_text(text))
    return replace(parsed, parser_version=PARSER_VERSION)


def _parse_prose(text: str) -> Parsed:
    lines = content_lines(text)
    kinds = [kind for kind in _KINDS if kind.matches(lines)]
    if len(kinds) > 1:
        raise ParseError(
            f"the file reads as {' and as '.join(kind.title for kind in kinds)}: save each in a file of its own"
        )
    if not kinds:
        looked_for = "; ".join(f"{kind.looked_for} ({kind.title})" for kind in _KINDS)
        looked_for += f"; {theyworkforyou.LOOKED_FOR} (a day of TheyWorkForYou)"
        raise ParseError(f"the file is of no known kind; looked for {looked_for}")
    return kinds[0].parse_text(text)


def _parse_payload(document: Document, text: str) -> Parsed:
    """A saved JSON payload, read by the parser of the API it came from."""
    try:
        payload: Any = json.loads(text)
    except RecursionError as error:
        raise ParseError("the file looks like JSON but nests too deep to be a payload") from error
    except ValueError as error:
        raise ParseError(f"the file looks like JSON but is not: {error}") from error
    as_utf8 = replace(document, body=text.encode())
    if isinstance(payload, dict) and "Response" in payload:
        return oral_questions.parse(as_utf8)
    if isinstance(payload, dict) and "Overview" in payload:
        return hansard.parse(as_utf8)
    value = _first_value(payload)
    if "questionText" in value:
        return written_questions.parse(as_utf8)
    if value.keys() & {"nameDisplayAs", "partyHistory", "governmentPosts"}:
        return members.parse(as_utf8)
    raise ParseError(
        "the file is JSON of no known kind; looked for a payload of the written-questions API (value.questionText), "
        "of the members API (value.nameDisplayAs, value.partyHistory, value.governmentPosts), of the oral-questions "
        "API (Response), or a debate of the Hansard API (Overview)"
    )


def _first_value(payload: Any) -> dict[str, Any]:
    """The `value` of a payload, or of the first item of its list; empty if there is none."""
    if isinstance(payload, dict):
        payload = payload.get("results") or payload.get("items") or payload
    if isinstance(payload, list):
        payload = payload[0] if payload else {}
    value = payload.get("value") if isinstance(payload, dict) else None
    return value if isinstance(value, dict) else {}
