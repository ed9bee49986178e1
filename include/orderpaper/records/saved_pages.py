"""Read a saved page: the document on it, and nothing else that is on it."""

from collections.abc import Callable
from dataclasses import replace

from orderpaper.errors import ParseError
from orderpaper.reading.page import Page
from orderpaper.reading.saved import SavedFile
from orderpaper.records.types.documents import Parsed


def parse_saved(file: SavedFile, parse_text: Callable[[str], Parsed], kind: str) -> Parsed:
    """Return what a parser of prose makes of a file, with the words of a page that are outside the document as pieces.

    Args:
        file: the file, which may be a page or plain text.
        parse_text: the parser.
        kind: what the parser reads, for messages.

    Raises:
        ParseError: the parser refuses the text, or the page has an article beside the document, which would be taken
            for a part of it.
    """
    page = file.page
    try:
        parsed = parse_text(file.prose)
    except ParseError:
        _refuse_others(page, parse_text, kind)
        raise
    _refuse_others(page, parse_text, kind)
    first, last = _extent(parsed)
    within = [piece for place, piece in page.within if first < place < last]
    apart = [piece._replace(is_apart=True) for piece in (*page.outside, *within)]
    return replace(parsed, pieces=[*parsed.pieces, *apart])


def _refuse_others(page: Page, parse_text: Callable[[str], Parsed], kind: str) -> None:
    """Refuse a page that has an article beside the document.

    Raises:
        ParseError: it has; the message names the article.
    """
    if others := [*page.apart, *_others(page, parse_text)]:
        heading = others[0].strip().split("\n")[0]
        raise ParseError(f"the page has another article beside {kind}, “{heading}”; save the page without it")


def _extent(parsed: Parsed) -> tuple[int, int]:
    """Return where the first and the last words of a document stand in its text."""
    spans = [(piece.start, piece.end) for piece in parsed.pieces]
    spans += [(getattr(record, "char_start", None), getattr(record, "char_end", None)) for record in parsed.records]
    known = [(start, end) for start, end in spans if start is not None and end is not None]
    return min((start for start, _ in known), default=0), max((end for _, end in known), default=0)


def _others(page: Page, parse_text: Callable[[str], Parsed]) -> list[str]:
    """Return the articles in the text that are no documents, if another article or the rest of the text is one.

    If none is, the document is what all of them are together.
    """
    own = {article for article in page.articles if _reads(article, parse_text)}
    if not own and not (page.articles and _reads(page.rest, parse_text)):
        return []
    return [article for article in page.articles if article not in own]


def _reads(text: str, parse_text: Callable[[str], Parsed]) -> bool:
    """Return whether a text is a document by itself."""
    try:
        parse_text(text)
    except ParseError:
        return False
    return True
