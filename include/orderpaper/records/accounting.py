"""Account for each piece of text of a document: the records have it, the parser leaves it out by a rule, or it is lost.

A parser lists the pieces that it does not leave out (`Parsed.pieces`). A piece is accounted for if a record has its
text: a line that no record's span touches, if a record has it that does not say where it stands; a sentence of markup
or of a payload, if the records have it as often as the document. A piece that no record has is refused: it goes to
quarantine with its address. A document of which most is lost is not understood and is refused whole. The words of a
field that the parser does not know are pieces too, but say nothing about whether the rest is understood.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from orderpaper.errors import ParseError
from orderpaper.reading.dates import check_days
from orderpaper.reading.markup import html_to_text
from orderpaper.reading.pieces import Piece, has_words
from orderpaper.records.consistency import check_records
from orderpaper.records.kept import Kept, field_names, squash
from orderpaper.records.types.documents import Drift, Parsed, Refusal

MOST_LOST_SHARE = 0.5
"""A document that loses a larger share of its characters is refused whole."""
_SAYS = re.compile(r"£ ?\d|[.!?][)\]”’\"'\s]*(?:<[^<>]*>\s*)*$")
"""Matches a text that ends a sentence or has a sum. Others, such as headings, may be printed in several places."""


def account(parsed: Parsed) -> Parsed:
    """Return the document with a refusal for each piece that its records do not have.

    Raises:
        ParseError: the document has the same thing twice, a day of an impossible year, or a value that its record type
            does not allow; most of its text is lost, or nothing of it is understood.
    """
    records = [record for record in parsed.records if not isinstance(record, Drift)]
    check_days([parsed.published_on])
    check_days(getattr(record, name) for record in records for name in field_names(type(record)))
    check_records(records)
    if parsed.refusals and not records and not parsed.understood_count:
        first = parsed.refusals[0]
        raise ParseError(f"nothing of the document is understood; first: {first.address}: {first.reason}")
    kept = Kept(parsed, records)
    lost = [*_lost_pieces(parsed.pieces, kept)]
    if not lost:
        return parsed
    pieces, of_known = ([piece for piece in found if piece.field is None] for found in (parsed.pieces, lost))
    if sum(len(piece.text) for piece in of_known) > MOST_LOST_SHARE * sum(len(piece.text) for piece in pieces):
        raise ParseError(
            f"{len(of_known)} of {len(pieces)} pieces of text would be lost, first {of_known[0].address}:"
            f" “{_short(of_known[0].text)}”; the parser neither takes them nor leaves them out by a rule"
        )
    refusals = [Refusal(address=piece.address, reason=_reason(piece), text=piece.text) for piece in _joined(lost)]
    return replace(parsed, refusals=[*parsed.refusals, *refusals])


def _lost_pieces(pieces: Sequence[Piece], kept: Kept) -> Iterator[Piece]:
    """Yield the pieces that no record has, and those that stand more often in the document than in the records."""
    repeated: defaultdict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        if not kept.has(piece):
            yield piece
        elif piece.start is None and piece.field is None and _SAYS.search(piece.text) and has_words([piece.text]):
            repeated[squash(html_to_text(piece.text))].append(piece)
    for text, alike in repeated.items():
        if len(alike) > 1 and (count := kept.count(text, len(alike))):
            yield from alike[count:]


def _joined(lost: Iterable[Piece]) -> list[Piece]:
    """Return the pieces with those that stand beside the text in elements of one kind as one, with a text a line.

    A page has such an element for each of its questions. Many refusals of them would count against its records.
    """
    joined: dict[object, Piece] = {}
    for number, piece in enumerate(lost):
        key = piece.address.rsplit("/", 1)[-1] if piece.is_apart else number
        above = joined.get(key)
        joined[key] = above._replace(text=f"{above.text}\n{piece.text}") if above else piece
    return [*joined.values()]


def _reason(piece: Piece) -> str:
    """Return why a piece that no record has is refused."""
    if piece.field is not None:
        return f"the field {piece.field} is not known to the parser, and no record has its words"
    return "no record has this text, and no rule of the parser leaves it out"


def _short(text: str) -> str:
    return " ".join(text.split())[:80]
